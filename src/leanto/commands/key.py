"""`leanto key`: what the key holder does, on a machine without network."""

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.commands.program import Commands
from leanto.press import square_code
from leanto.programkey import byhand, keyfile, printing, rehearsing, renewal, signing
from leanto.wire.charter import Charter, fingerprint

LARGEST_SQUARE = 1200
"""Letters that a phone's camera still reads from a screen."""


def register(commands: Commands) -> None:
    key = commands.add_parser("key", help="the off-line program key: make it, sign with it")
    acts = key.add_subparsers(title="acts", metavar="ACT", required=True)
    _register_sheets(acts)
    for name, run, told in (
        ("new", _new, "make a program key"),
        ("show", _show, "say its public half and fingerprint"),
        ("charter", _charter, "sign a charter request"),
        ("vouch", _vouch, "sign a vouch request, after comparing the words by voice"),
        ("renew", _renew, "sign the charter and every vouch in force anew, in one sitting"),
    ):
        act = acts.add_parser(name, help=told)
        act.add_argument("--key", type=Path, required=True, help="the key file")
        if name in {"charter", "renew"}:
            act.add_argument(
                "--successor",
                type=bytes.fromhex,
                help="public half of the key that may take this one's place when it is lost",
            )
        if name in {"charter", "vouch", "renew"}:
            act.add_argument("request", type=Path, help="the file from the desk")
            act.add_argument(
                "--out", type=Path, required=True, help="the signed file to carry back"
            )
            _add_square(act)
        act.set_defaults(run=partial(_or_say_why, run))


def _register_sheets(acts: Commands) -> None:
    sheets = acts.add_parser("sheets", help="make the two sheets that two people keep")
    sheets.add_argument("--key", type=Path, required=True, help="the program key's file")
    sheets.add_argument("--next", type=Path, help="the successor key's file; without, a new key")
    sheets.add_argument("--program", required=True, help="the program's name, to be printed")
    sheets.add_argument("--language", choices=printing.LANGUAGES, default="en")
    sheets.add_argument("--paper", choices=printing.PAPERS, default="letter")
    sheets.add_argument("--out", type=Path, required=True, help="a folder that is not there yet")
    sheets.set_defaults(run=partial(_or_say_why, _sheets))

    restore = acts.add_parser("restore", help="type a sheet, and have its key file again")
    restore.add_argument("--key", type=Path, required=True, help="the key file to make")
    restore.set_defaults(run=partial(_or_say_why, _restore))

    rehearse = acts.add_parser("rehearse", help="type a sheet, and show that its key came back")
    rehearse.add_argument("--request", type=Path, required=True, help="the file from the desk")
    rehearse.add_argument("--out", type=Path, required=True, help="the file to carry back")
    _add_square(rehearse)
    rehearse.set_defaults(run=partial(_or_say_why, _rehearse))


def _add_square(act: argparse.ArgumentParser) -> None:
    """For a laptop that nothing is plugged into: a phone reads the code, its text is pasted."""
    act.add_argument("--qr", type=Path, help="also as a QR code to scan, an SVG picture")


def _or_say_why(run: Callable[[argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    try:
        return run(chosen)
    except keyfile.KeyRefused as reason:
        print(reason)
        return 1


def _new(chosen: argparse.Namespace) -> int:
    passphrase = _ask_passphrase("A passphrase for the key file (empty for none): ")
    key = keyfile.new(chosen.key, passphrase=passphrase)
    _tell(keyfile.public_half(key))
    return 0


def _show(chosen: argparse.Namespace) -> int:
    _tell(keyfile.public_half(_open(chosen.key)))
    return 0


def _sheets(chosen: argparse.Namespace) -> int:
    key = _open(chosen.key)
    successor = _open(chosen.next) if chosen.next else keyfile.fresh()
    if keyfile.public_half(key) == keyfile.public_half(successor):
        raise keyfile.KeyRefused("Both files hold one key. The successor has to be another one.")
    chosen.out.mkdir(mode=0o700)
    both: tuple[tuple[Ed25519PrivateKey, printing.Role], ...]
    both = ((key, "program"), (successor, "successor"))
    for one, role in both:
        sheet = printing.printed(
            one,
            role=role,
            program=chosen.program,
            language=chosen.language,
            paper=chosen.paper,
        )
        (chosen.out / f"{role}-key.pdf").write_bytes(sheet.pdf)
        (chosen.out / f"{role}-key.txt").write_text(sheet.text, "utf-8")
    print("The successor key, to be named with --successor when you sign the charter:")
    _tell(keyfile.public_half(successor))
    print(f"Print both sheets in {chosen.out}, one for each holder; then destroy that folder.")
    print("Whoever reads a sheet has its key.")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    key = byhand.typed(ask=input, say=print)
    passphrase = _ask_passphrase("A passphrase for the key file (empty for none): ")
    keyfile.write(key, chosen.key, passphrase=passphrase)
    _tell(keyfile.public_half(key))
    return 0


def _rehearse(chosen: argparse.Namespace) -> int:
    request = _carried(chosen.request)
    rehearsing.lines_asked(request)  # before five rows are typed in vain
    key = byhand.typed(ask=input, say=print)
    asked = rehearsing.read_rehearsal_request(request, key=key)
    _write(chosen, rehearsing.sign_rehearsal(asked, key=key))
    print(f"The key came back from paper. Carry {chosen.out} to the desk; put the sheet away.")
    return 0


def _charter(chosen: argparse.Namespace) -> int:
    key = _open(chosen.key)
    asked = signing.read_charter_request(_carried(chosen.request), key=key)
    wanted = signing.naming_successor(asked, chosen.successor)
    _show_charter(wanted)
    return _sign(chosen, lambda: signing.sign_charter(wanted, key=key), "Sign this charter?")


def _vouch(chosen: argparse.Namespace) -> int:
    key = _open(chosen.key)
    wanted = signing.read_vouch_request(_carried(chosen.request))
    words = files("leanto.data").joinpath("words.txt").read_text("ascii").split()
    print(f"{wanted.handle}, until {_date(wanted.last_day)}")
    print("  " + " ".join(signing.words_of(wanted, words=words)))
    asked = "Did the peer read you these six words from their own screen?"
    return _sign(chosen, lambda: signing.sign_vouch(wanted, key=key), asked)


def _renew(chosen: argparse.Namespace) -> int:
    key = _open(chosen.key)
    text = _carried(chosen.request)
    wanted = renewal.read_renewal_request(text, key=key, successor=chosen.successor)
    _show_charter(wanted.charter)
    if wanted.succeeds:
        print("THIS KEY TAKES THE PLACE OF THE ONE BEFORE, which never comes back.")
        print("Could the old key be in other hands? Then compare these words by voice first.")
    if wanted.new_history:
        print("Every bulletin key is new: what the old ones signed counts for nobody any more.")
    words = files("leanto.data").joinpath("words.txt").read_text("ascii").split()
    for vouch in renewal.readable(wanted.before):
        said = " ".join(signing.words_of(vouch, words=words)) if wanted.succeeds else ""
        print(f"  {vouch.handle}, vouched for until {_date(vouch.last_day)}  {said}".rstrip())
    asked = f"Are all {len(wanted.before)} still peers of this program, and is this its desk?"
    return _sign(chosen, lambda: renewal.sign_renewal(wanted, key=key), asked)


def _show_charter(wanted: Charter) -> None:
    print(f"Charter {wanted.serial}\n  mailroom  {wanted.mailroom}\n  desk      {wanted.issuance}")
    for one in wanted.bulletin_keys:
        print(f"  bulletin key {one.key.hex()[:16]}… until {_date(one.last_day)}")
    if wanted.successor_key is not None:
        print(f"  successor key {wanted.successor_key.hex()}")


def _sign(chosen: argparse.Namespace, make: Callable[[], str], question: str) -> int:
    if input(f"{question} Type yes: ").strip().lower() != "yes":
        print("Nothing was signed.")
        return 1
    _write(chosen, make())
    print(f"Signed. Carry {chosen.out} back to the desk.")
    return 0


def _write(chosen: argparse.Namespace, text: str) -> None:
    chosen.out.write_text(text, "ascii")
    if chosen.qr is None:
        return
    if len(text) > LARGEST_SQUARE:
        print(f"It is too long for one QR code. Carry {chosen.out}.")
        return
    chosen.qr.write_text(square_code(text), "ascii")
    print(f"{chosen.qr} says the same: scan it, and paste its lines at the desk.")


def _carried(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except UnicodeDecodeError:
        raise keyfile.KeyRefused(f"{path} is not the file that the desk gave.") from None


def _open(path: Path) -> Ed25519PrivateKey:
    return keyfile.read(
        path, passphrase=_ask_passphrase("The key file's passphrase (empty for none): ")
    )


def _ask_passphrase(prompt: str) -> str:
    """Typed unseen by a person; one line of input where there is no terminal, as in a ceremony's
    rehearsal."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\n")


def _tell(public: bytes) -> None:
    print(f"public half  {public.hex()}\nfingerprint  {fingerprint(public).hex()}")


def _date(day: int) -> date:
    return datetime.fromtimestamp(day * 86_400, UTC).date()
