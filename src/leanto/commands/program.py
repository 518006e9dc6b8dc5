"""`leanto init`, `charter`, `publish`: a program from nothing to what `leanto serve` runs."""

import argparse
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from leanto.databases.places import Place
from leanto.host.clock import SystemClock, moment
from leanto.host.config import Config, missing

KEY_SIZE = 32

type Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 -- argparse names its own type so


def register(commands: Commands) -> None:
    init = commands.add_parser("init", help="make a new program in a folder")
    where = init.add_mutually_exclusive_group(required=True)
    where.add_argument("--data", type=Path, help="the program's folder")
    where.add_argument("--apart", type=Path, help="makes a folder for each room in it")
    init.add_argument(
        "--program-key",
        type=_public_half,
        required=True,
        help="public half, as `leanto key new` says",
    )
    init.add_argument("--name", required=True, help="what officers call the program")
    init.add_argument("--region", required=True, help='whom it is for, such as "Reed County"')
    init.add_argument("--time-zone", required=True, help="such as America/Chicago")
    init.add_argument("--pocket", required=True, help="origin of the officers' pages")
    init.add_argument("--desk", required=True, help="origin of the coordinators' pages")
    init.add_argument("--mailroom", required=True, help="origin of the mailroom")
    init.add_argument("--notifier", default="", help="origin of what wakes phones")
    init.add_argument("--notifier-port", type=int, default=0, help="by default one above --port")
    init.add_argument("--host", default="127.0.0.1", help="address to listen on")
    init.add_argument("--port", type=int, default=8000)
    init.add_argument("--desk-database", default="", help="postgresql://…; by default a file")
    init.add_argument("--mailroom-database", default="", help="another one; by default a file")
    init.add_argument("--security-contact", default="", help="mailto: or https:// for security.txt")
    init.add_argument(
        "--pack", choices=_shipped("packs"), default="us-federal", help="jurisdiction pack"
    )
    init.add_argument(
        "--helplines", choices=_shipped("helplines"), default="us", help="list of lines that answer"
    )
    init.add_argument("--card-place", required=True, help="where the next card lies")
    init.set_defaults(run=_init)

    charter = commands.add_parser("charter", help="put a signed charter in force")
    add_data(charter)
    charter.add_argument("file", type=Path, help="what `leanto key charter` or `renew` wrote")
    charter.set_defaults(run=_charter)

    publish = commands.add_parser("publish", help="make the next bulletin now")
    add_data(publish)
    publish.set_defaults(run=_publish)


def add_data(parser: argparse.ArgumentParser) -> None:
    """Every command about a program takes its folder."""
    parser.add_argument("--data", type=Path, required=True, help="the program's folder")


def _public_half(text: str) -> bytes:
    with suppress(ValueError):
        key = bytes.fromhex(text)
        if len(key) == KEY_SIZE:
            return key
    raise argparse.ArgumentTypeError("it is 64 digits, 0 to 9 and a to f")


def _shipped(folder: str) -> list[str]:
    """Said before anything is made: half a program would be in the way of the whole one."""
    there = files("leanto").joinpath("data", folder).iterdir()
    return sorted(one.name.removesuffix(".json") for one in there)


def _init(chosen: argparse.Namespace) -> int:
    from leanto.host.founding import FirstWords, found, found_apart  # noqa: PLC0415 -- loads the desk
    from leanto.wire.charter import fingerprint  # noqa: PLC0415 -- as above

    config = Config(
        name=chosen.name,
        region=chosen.region,
        time_zone=chosen.time_zone,
        fingerprint=fingerprint(chosen.program_key).hex(),
        pocket=chosen.pocket,
        desk=chosen.desk,
        mailroom=chosen.mailroom,
        notifier=chosen.notifier,
        notifier_port=chosen.notifier_port or (chosen.port + 1 if chosen.notifier else 0),
        host=chosen.host,
        port=chosen.port,
        data=chosen.apart or chosen.data,
        security_contact=chosen.security_contact,
        desk_database=_place(chosen.desk_database),
        mailroom_database=_place(chosen.mailroom_database),
        trusted_proxies=int(chosen.desk.startswith("https://")),  # we serve no https ourselves
    )
    first = FirstWords(pack=chosen.pack, helplines=chosen.helplines, card_place=chosen.card_place)
    make = found_apart if chosen.apart else found
    request = make(config, first=first, clock=SystemClock())
    print(f"Made {chosen.name} in {config.data}.")
    if chosen.apart:
        print("Carry each folder to the machine that runs its room, and delete it here.")
    for sentence in missing(config):
        print(sentence)
    print(f"Next: carry {request} to the key holder, who runs `leanto key charter` on it.")
    print("Then: `leanto charter` with the file that comes back.")
    return 0


def _place(url: str) -> Place | None:
    return Place(url=url) if url else None


def _charter(chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    open_desk(chosen.data, clock=clock)
    from leanto.desk.bulletin.renewal import install_signed  # noqa: PLC0415 -- as above

    # A sign that is not theirs cannot be part of a charter: refused below, in a sentence.
    text = chosen.file.read_text("ascii", errors="replace")
    install_signed(text=text, by=None, now=moment(clock))
    print("The charter is in force. `leanto serve` runs the program.")
    return 0


def _publish(chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    open_desk(chosen.data, clock=clock)
    from leanto.desk.bulletin.actions import publish  # noqa: PLC0415 -- as above

    publication = publish(now=moment(clock))
    print(f"Bulletin {publication.serial} is made; a running program sends it within a minute.")
    return 0
