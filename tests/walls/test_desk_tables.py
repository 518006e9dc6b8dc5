"""What the desk may hold, and what it must never hold."""

import re

import pytest
from django.apps import apps
from django.db import models

from leanto.desk.pages.holdings import words

MODELS = apps.get_models(include_auto_created=True)
# Words of the other side. A table or column named so would begin to tell who sought help.
FORBIDDEN = re.compile(
    r"officer|seeker|asked|help_?request|talk|conversation|letter|envelope|mailbox|contact_count"
    r"|last_seen|last_active|ip_address|user_agent|phone"
)


@pytest.mark.parametrize("model", MODELS, ids=[m.__name__ for m in MODELS])
def test_what_we_hold_explains_every_column(model: type[models.Model]) -> None:
    """A table or column that the page cannot explain is one that nobody should have added."""
    said = words(model)
    assert said is not None
    assert [one.name for one in model._meta.concrete_fields if one.name not in said.columns] == []


@pytest.mark.parametrize("model", MODELS, ids=[m.__name__ for m in MODELS])
def test_no_row_can_mean_that_an_officer_sought_help(model: type[models.Model]) -> None:
    """The desk knows people, so it must know nothing of what passes between them."""
    names = [model._meta.db_table, *(field.name for field in model._meta.concrete_fields)]
    assert [name for name in names if FORBIDDEN.search(name)] == []


@pytest.mark.parametrize("name", ["help_requests", "officer_id", "last_seen_at"])
def test_the_forbidden_words_are_found(name: str) -> None:
    """The check above fails for what it is there to keep out."""
    assert FORBIDDEN.search(name)
