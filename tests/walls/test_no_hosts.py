"""No tracked file names a package registry or a path of somebody's machine."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = {"uv.lock", "package-lock.json"}
# Put together here, so that this file passes its own test.
HOSTS = [
    r"pypi\." + "org",
    r"pythonhosted\." + "org",
    r"npmjs\." + "(com|org)",
    r"deb\." + "debian",
]
FOLDERS = r"(?<![\w.~$}])/" + r"(work|root|tmp|home/\w+|Users/\w+)/"
FORBIDDEN = re.compile("|".join([*HOSTS, FOLDERS]))


def test_no_file_names_a_registry_or_a_machine() -> None:
    """The tree builds on any machine, through whatever mirror that machine uses."""
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in own_text_files()
        for match in FORBIDDEN.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_pattern_finds_what_it_looks_for() -> None:
    """A pattern that matches nothing would prove nothing."""
    for breach in ("https://" + "pypi" + ".org/simple", 'open("/' + 'root/x")', "/" + "home/ana/x"):
        assert FORBIDDEN.search(breach)


def own_text_files() -> list[Path]:
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in names.split("\0") if name]
    return [p for p in paths if p.name not in LOCKS and p.is_file() and b"\0" not in p.read_bytes()]
