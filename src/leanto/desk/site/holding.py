"""How an app says in plain words what its tables hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

NOT_SHOWN = ""  # a column that only ties rows together, such as the random number of a row


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A table: what it is, why it is kept and how long, and each of its columns in words."""

    title: str | Promise
    why: str | Promise
    columns: Mapping[str, str | Promise]
