"""The key holder's laptop has no network and no desk, and still does all that a key holder does."""

import subprocess
import sys
from pathlib import Path

from leanto.press import square_code
from leanto.programkey.keyfile import public_half, read
from leanto.wire.charter import fingerprint
from leanto.wire.rehearsal import Rehearsal
from leanto.wire.sheets import Heading, read_sheet, write_sheet
from tests.harness.paper import typed

# One command, in a process where neither a desk nor a network can be had.
ALONE = """
import socket, sys
for absent in ("django", "allauth", "leanto.desk"):
    sys.modules[absent] = None
def no_network(*given, **more):
    raise OSError("there is no network")
socket.socket.connect = socket.getaddrinfo = no_network
from leanto.cli import main
sys.exit(main(sys.argv[1:]))
"""


def alone(*arguments: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", ALONE, *map(str, arguments)]
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=False)


def test_two_sheets_are_made_lost_typed_and_rehearsed_without_network(tmp_path: Path) -> None:
    """Made on a laptop, printed, the files destroyed: from each sheet its key comes back."""
    file, folder = tmp_path / "program.pem", tmp_path / "sheets"
    assert alone("key", "new", "--key", file, typed="\n").returncode == 0
    made = alone("key", "sheets", "--key", file, "--program", "Tres", "--out", folder, typed="\n")
    assert made.returncode == 0, made.stderr
    assert folder.stat().st_mode & 0o777 == 0o700
    named = bytes.fromhex(made.stdout.split("public half")[1].split()[0])
    program = public_half(read(file, passphrase=""))
    file.unlink()
    request = tmp_path / "rehearsal-request.txt"
    asked = [
        Rehearsal(program_id=fingerprint(program), key=key, day=20780) for key in (program, named)
    ]
    lines = [one.unsigned() for one in asked]
    request.write_text(write_sheet(Heading.REHEARSAL_REQUEST, *lines))
    for role, public in (("program", program), ("successor", named)):
        rows = typed(folder / f"{role}-key.txt")
        assert (folder / f"{role}-key.pdf").read_bytes().startswith(b"%PDF")
        shown, again = tmp_path / f"{role}.txt", tmp_path / f"{role}.pem"
        call = (
            "key",
            "rehearse",
            "--request",
            request,
            "--out",
            shown,
            "--qr",
            tmp_path / "qr.svg",
        )
        said = alone(*call, typed=rows)
        assert said.returncode == 0, said.stderr
        assert (tmp_path / "qr.svg").read_text() == square_code(shown.read_text())
        assert Rehearsal.read(read_sheet(Heading.REHEARSAL, shown.read_text())).key == public
        assert alone("key", "restore", "--key", again, typed=f"{rows}words\n").returncode == 0
        assert public_half(read(again, passphrase="words")) == public
