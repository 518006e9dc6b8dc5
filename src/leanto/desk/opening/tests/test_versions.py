"""A program that worked before there was a list goes on working."""

from importlib import import_module

from django.apps import apps
from django.db import connection

from leanto.desk.admission.models import Box
from leanto.desk.opening import queries
from leanto.desk.opening.models import Opening

STEP = import_module("leanto.desk.opening.migrations.0001_initial")


def test_whoever_printed_cards_is_open_and_nobody_else(db: None) -> None:
    """Officers with a card go on asking; cards that only the watch holds open nothing."""
    watch = {"count": 2, "last_day": "2029-01-01", "for_watch": True}
    Box.objects.create(number=1, **watch)
    schema = connection.SchemaEditorClass(connection)
    STEP.whoever_has_cards_is_open(apps, schema)
    assert not queries.is_open()
    Box.objects.create(number=2, **watch | {"for_watch": False, "revoked": True})
    STEP.whoever_has_cards_is_open(apps, schema)
    assert queries.is_open()
    assert Opening.objects.count() == 1
