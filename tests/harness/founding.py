"""Founds a program by the commands that a real one is founded by, one after the other.

`founding.py FOLDER PORT SEEN_PORT NOTIFIER_PORT PEOPLE` does so in a process of its own, with the
key holder's answers on its input. PEOPLE is an act of `desk_acts.py`: who is there from the
beginning.
"""

import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from leanto.cli import main as leanto
from tests.harness import desk_acts
from tests.harness.databases import own_place

ANSWERS = "\n\nyes\n"
"""No passphrase, twice; and yes, this charter."""


def key_file(folder: Path) -> Path:
    return folder / "key-holder" / "program-key.pem"


def main(folder: Path, port: str, seen_port: str, notifier_port: str, people: str) -> None:
    data, key = folder / "program", key_file(folder)
    key.parent.mkdir(parents=True)
    said = run("key", "new", "--key", key)
    public = said.split("public half")[1].split()[0]
    run("init", "--data", data, "--program-key", public, *settings(port, seen_port, notifier_port))
    asked, charter = data / "charter-request.txt", key.parent / "charter.txt"
    run("key", "charter", "--key", key, asked, "--out", charter)
    run("charter", "--data", data, charter)
    desk_acts.main(folder, people, *([str(key)] if people == "settle" else []))


def run(*arguments: str | Path) -> str:
    """One `leanto` command; gives what it printed."""
    said = StringIO()
    with redirect_stdout(said):
        code = leanto([str(one) for one in arguments])
    assert code == 0, said.getvalue()
    return said.getvalue()


def settings(port: str, seen_port: str, notifier_port: str) -> list[str]:
    chosen = {
        "name": "Two Creeks Peer Support",
        "region": "Two Creeks (made up)",
        "time-zone": "America/Chicago",
        "pocket": f"http://leanto.localhost:{seen_port}",
        "desk": f"http://desk.localhost:{seen_port}",
        "mailroom": f"http://mailroom.localhost:{seen_port}",
        "notifier": f"http://wake.leanto.localhost:{notifier_port}",
        "notifier-port": notifier_port,
        "port": port,
        "security-contact": "mailto:security@two-creeks.example",
        "card-place": "The shelf by the union hall's coffee machine",
    }
    for room in ("desk", "mailroom"):
        if place := own_place(room):
            chosen[f"{room}-database"] = place.url
    return [part for name, value in chosen.items() for part in (f"--{name}", value)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
