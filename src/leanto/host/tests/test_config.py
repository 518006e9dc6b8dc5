"""What an operator writes down is read strictly; what came later is missing from no older file."""

from dataclasses import replace
from pathlib import Path

import pytest

from leanto.host.config import Config, ConfigError, load, missing, save
from leanto.host.serve import mailroom_config
from leanto.host.watching import Watch
from leanto.mail.settings import Mail, Tls
from leanto.notifier.config import Channels

PROGRAM = Config(
    name="Two Creeks Peer Support",
    region="Two Creeks (made up)",
    time_zone="America/Chicago",
    fingerprint="00" * 16,
    pocket="http://leanto.localhost:8000",
    desk="http://desk.localhost:8000",
    mailroom="http://mailroom.localhost:8000",
    host="127.0.0.1",
    port=8000,
    data=Path("program"),
)
MAIL = """
[mail]
host = "smtp.example.org"
port = 587
from = "wake@example.org"
user = "wake"
password_file = "mail-password"
"""


def test_a_program_made_before_is_served_and_says_what_it_does_without(tmp_path: Path) -> None:
    """Its phones ring through open pages only, and its operator is told."""
    older = written(tmp_path)
    assert (older.notifier, older.mail, older.channels) == ("", None, Channels())
    assert mailroom_config(older).adaptive
    no_notifier, no_mail, no_heartbeat, no_operator = missing(older)
    assert "rings only while its page is open" in no_notifier
    assert "e-mail" in no_mail
    assert "this whole machine stops" in no_heartbeat
    assert "operator_mail" in no_operator


def test_what_is_saved_is_what_is_read(tmp_path: Path) -> None:
    """A notifier, a mail server, and every way that an operator allows."""
    full = replace(
        PROGRAM,
        data=tmp_path,
        notifier="https://wake.example.org",
        notifier_port=8001,
        adaptive=False,
        mail=Mail(host="127.0.0.1", port=25, sender="wake@example.org", tls=Tls.NONE),
        channels=Channels(
            language="es",
            ntfy=("https://ntfy.example.org", "http://10.0.0.7:8080"),
            sms_file=tmp_path / "sms",
            private_hosts=("10.0.0.7:8080",),
        ),
        watch=Watch(operator_mail="ops@example.org", heartbeat="https://example.org/beat?us"),
    )
    save(full)
    assert load(tmp_path) == full
    assert not mailroom_config(full).adaptive
    assert "No notifier" not in " ".join(missing(full))
    assert "No mail server" not in " ".join(missing(full))


def test_a_mail_server_is_read_with_its_password_beside_the_program(tmp_path: Path) -> None:
    mail = written(tmp_path, MAIL).mail
    assert mail is not None
    assert (mail.sender, mail.tls) == ("wake@example.org", Tls.STARTTLS)
    assert mail.password_file == tmp_path / "mail-password"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[watch]\noperator_mail = "Cleo"', "operator_mail in .watch. is one address"),
        ('[watch]\nheartbeat = "ftp://x"', "heartbeat in .watch. is one https"),
        ("[watch]\nevery_minutes = 1", "every_minutes in .watch. is a number from 15"),
        (MAIL.replace("587", '"587"'), "port in .mail. must be a number"),
        (MAIL.replace("587", "99999"), "port in .mail. is a number from 1"),
        (MAIL.replace("wake@example.org", "Cleo"), "from in .mail. is one address"),
        (MAIL.replace('user = "wake"', ""), "go together"),
        (MAIL.replace('host = "smtp.example.org"', ""), "lacks the setting host"),
        (MAIL + 'tls = "none"', "on this computer alone"),
        (MAIL + 'tls = "ssl"', "tls in .mail. is one of: starttls, tls, none"),
        (MAIL + 'cc = "max@example.org"', "nobody knows: cc"),
        ('mail = "smtp.example.org"', "section of its own"),
        ('[channels]\nlanguage = "fr"', "language"),
        ('[channels]\npush_hosts = ["https://max.example"]', "not the name of a host"),
        ('[channels]\nntfy = ["http://max.example"]', "begin with https"),
        ('[channels]\nntfy = ["https://max.example/path"]', "not https://host"),
        ('[channels]\nntfy = "https://max.example"', "must be a list of texts"),
        ('notifier = "https://wake.example.org"', "go together"),
        ('adaptive = "no"', "adaptive must be true or false"),
        ("adaptive = 1", "adaptive must be true or false"),
        ('notifier = "wake.example.org"\nnotifier_port = 1', "is an origin"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_change(
    tmp_path: Path, more: str, says: str
) -> None:
    """Before the program starts, and not when a phone should ring."""
    with pytest.raises(ConfigError, match=says):
        written(tmp_path, more)


def written(folder: Path, more: str = "") -> Config:
    """The settings of a program from before all this, with more written below."""
    save(replace(PROGRAM, data=folder))
    later = ("notifier", "adaptive", "security_contact", "#")
    lines = (folder / "leanto.toml").read_text().splitlines()
    kept = [line for line in lines if not line.startswith(later)]
    (folder / "leanto.toml").write_text("\n".join([*kept, more]))
    return load(folder)


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("pocket", "leanto.example.org"),
        ("desk", "https://desk.example.org/"),
        ("mailroom", "https://Mailroom.example.org"),
        ("time_zone", "America/Chicgo"),
        ("time_zone", "../etc/passwd"),
    ],
)
def test_a_slip_in_an_address_or_a_zone_is_said_before_anything_is_made(
    name: str, slip: str
) -> None:
    """Half a program in the folder would be in the way of the whole one."""
    with pytest.raises(ConfigError, match=name):
        replace(PROGRAM, **{name: slip})  # type: ignore[arg-type]  # each of them is a text
