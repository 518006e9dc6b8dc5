"""Whom the watch tells: `[watch]` in leanto.toml."""

from dataclasses import dataclass
from re import fullmatch

from leanto.mail.settings import is_address

OFTEN_MINUTES, SELDOM_MINUTES = 15, 24 * 60


class WatchRefused(ValueError):
    """`[watch]` cannot be used; the message says what to change."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """`heartbeat` is asked by GET after each look that found nothing wrong: its silence is the
    alarm. `every_minutes` is how often the whole way is tried."""

    operator_mail: str = ""
    heartbeat: str = ""
    every_minutes: int = 15

    def __post_init__(self) -> None:
        if self.operator_mail and not is_address(self.operator_mail):
            raise WatchRefused("operator_mail in [watch] is one address, such as ops@example.org.")
        if not fullmatch(r"https?://[!-~]+|", self.heartbeat):
            raise WatchRefused("heartbeat in [watch] is one https:// address.")
        if not OFTEN_MINUTES <= self.every_minutes <= SELDOM_MINUTES:
            raise WatchRefused("every_minutes in [watch] is a number from 15 to 1440.")


NOBODY_TOLD = Watch()
