"""One file, the environment over it, secrets in files of their own; and each host told its part."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from leanto.host.clock import SystemClock
from leanto.host.config import FILE, Config, ConfigError, load, load_with_sources, missing, save
from leanto.host.deskroom import desk_config
from leanto.host.rooms import ALL
from leanto.host.showing import shown
from leanto.host.tests.test_config import MAIL, PROGRAM, written
from leanto.host.watching import Watch
from leanto.mail.settings import Mail

EVERYTHING = replace(
    PROGRAM,
    notifier="https://wake.example.org",
    notifier_port=8001,
    mail=Mail(host="127.0.0.1", port=25, sender="wake@example.org"),
    watch=Watch(heartbeat="https://beat.example.org/nobody-may-read-this"),
)


def test_the_environment_counts_over_the_file(tmp_path: Path) -> None:
    """Also where the file says nothing, and in every kind: texts, numbers, lists, true or false."""
    written(tmp_path, MAIL)
    said = {
        "LEANTO_PORT": "9000",
        "LEANTO_ADAPTIVE": "false",
        "LEANTO_NAME": 'Two Creeks = "ours"',
        "LEANTO_MAIL__FROM": "other@example.org",
        "LEANTO_MAIL__TLS": "tls",
        "LEANTO_CHANNELS__NTFY": '["https://ntfy.example.org"]',
        "PATH": "/bin",
    }
    config = load(tmp_path, environment=said)
    assert (config.port, config.adaptive, config.name) == (9000, False, 'Two Creeks = "ours"')
    assert config.mail is not None
    assert (config.mail.sender, config.mail.tls) == ("other@example.org", "tls")
    assert config.channels.ntfy == ("https://ntfy.example.org",)
    assert load(tmp_path, environment={}).port == 8000


@pytest.mark.parametrize(
    ("variable", "text", "says"),
    [
        ("LEANTO_PROT", "9000", "LEANTO_PROT in the environment is no setting"),
        ("LEANTO_MAIL", "smtp.example.org", "LEANTO_MAIL in the environment is no setting"),
        ("LEANTO_MAIL__PASSWORD", "secret-words", "LEANTO_MAIL__PASSWORD in the environment"),
        ("LEANTO_PORT", "nine", "LEANTO_PORT in the environment is to be written as"),
        ("LEANTO_PORT", '"9000"', "LEANTO_PORT: port must be a number"),
        ("LEANTO_ROOMS", '["kitchen"]', "rooms is a list of some of these"),
        ("LEANTO_ROOMS", "[1]", "rooms must be a list of texts"),
        ("LEANTO_ROOMS", '["mailroom"]', "desk is nothing that the mailroom may know"),
        ("LEANTO_TRUSTED_PROXIES", "-1", "trusted_proxies is a number from 0"),
    ],
)
def test_a_slip_in_the_environment_is_told_and_means_no_default(
    tmp_path: Path, variable: str, text: str, says: str
) -> None:
    """It names the variable, and never says what was in one that might be a secret."""
    written(tmp_path)
    with pytest.raises(ConfigError, match=says) as refusal:
        load(tmp_path, environment={variable: text})
    assert "secret-words" not in str(refusal.value)


def test_a_secret_is_read_from_where_the_system_puts_it(tmp_path: Path) -> None:
    """systemd's credentials count before the folder; without one, the folder's own file does."""
    written(tmp_path / "program", MAIL)
    given = tmp_path / "given"
    given.mkdir()
    environment = {"CREDENTIALS_DIRECTORY": str(given)}
    for there, expected in ((False, tmp_path / "program"), (True, given)):
        if there:
            (given / "mail-password").write_text("secret-words")
        mail = load(tmp_path / "program", environment=environment).mail
        assert mail is not None
        assert mail.password_file == expected / "mail-password"


def test_what_is_in_force_is_shown_with_its_source_and_without_a_secret(tmp_path: Path) -> None:
    save(replace(EVERYTHING, data=tmp_path))
    with (tmp_path / FILE).open("a") as file:
        file.write('[channels]\nsms_file = "gateway"\n')
    (tmp_path / "gateway").write_text("https://secret-words@sms.example.org")
    config, settings = load_with_sources(tmp_path, environment={"LEANTO_PORT": "9000"})
    lines = list(shown(config, settings))
    assert "port = 9000  # LEANTO_PORT" in lines
    assert 'pocket = "http://leanto.localhost:8000"  # leanto.toml' in lines
    assert "port = 25  # leanto.toml" in lines
    assert "every_minutes = 15  # as shipped" in lines
    assert any("sms_file" in line and "it is there" in line for line in lines)
    said = "\n".join(lines)
    assert "secret-words" not in said
    assert "nobody-may-read-this" not in said
    assert tomllib.loads(said)["watch"]["heartbeat"] == "https://beat.example.org/"


@pytest.mark.parametrize("room", ALL)
def test_each_room_apart_is_told_what_it_may_know(tmp_path: Path, room: str) -> None:
    """What is written for it is read again, and what belongs to another is refused by name."""
    apart = replace(EVERYTHING, data=tmp_path, rooms=(room,))
    save(apart)
    assert load(tmp_path, environment={}).rooms == (room,)
    told = tomllib.loads((tmp_path / FILE).read_text())
    assert (told.keys() & {"name", "region", "desk"} == set()) == (room in {"mailroom", "notifier"})
    for name, line in beyond(told):
        whole = (tmp_path / FILE).read_text()
        (tmp_path / FILE).write_text(f"{line}\n{whole}")
        with pytest.raises(ConfigError, match=f"{name} is nothing that the {room} may know"):
            load(tmp_path, environment={})
        (tmp_path / FILE).write_text(whole)


def test_a_folder_is_its_own_users_alone(tmp_path: Path) -> None:
    """The rooms of one machine have users of their own; none looks into another's folder."""
    save(replace(EVERYTHING, data=tmp_path / "mailroom", rooms=("mailroom",)))
    assert (tmp_path / "mailroom").stat().st_mode & 0o077 == 0


def beyond(told: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name, line in {"desk": 'desk = "x"', "adaptive": "adaptive = true"}.items():
        if name not in told:
            yield name, line


def test_a_desk_behind_a_proxy_is_told_whether_it_believes_it(tmp_path: Path) -> None:
    """A desk named https that believes nobody refuses every form: its operator is told."""
    https = replace(PROGRAM, data=tmp_path, desk="https://desk.example.org")
    assert any("trusted_proxies = 1" in sentence for sentence in missing(https))
    save(replace(https, trusted_proxies=1))
    behind = load(tmp_path, environment={})
    assert not any("trusted_proxies" in sentence for sentence in missing(behind))
    assert desk_config(behind, clock=SystemClock()).trusted_proxies == 1


def test_an_older_file_is_a_whole_program(tmp_path: Path) -> None:
    """It names no rooms, and so runs them all."""
    older: Config = written(tmp_path)
    assert older.rooms == ALL
