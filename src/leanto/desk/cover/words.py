"""Alarms in plain words, for a page and for a mail: no peer's name, and nothing of officers."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leanto.desk.rota.templatetags.rota_words import dated
from leanto.rules.cover import Alarm, Kind


def sentence(alarm: Alarm) -> str:
    """What is wrong."""
    if alarm.span is not None:
        sentences = {
            Kind.NOBODY_RINGS: _(
                "Nobody at all would be rung: %(span)s. Whoever asks then reaches no one."
            ),
            Kind.NOBODY_ON_DUTY: _("Nobody is on duty: %(span)s."),
            Kind.THIN: _("Fewer are on duty than you want: %(span)s."),
        }
        return sentences[alarm.kind] % {"span": dated(alarm.span)}
    number = alarm.number
    if alarm.kind is Kind.FEW_BACKSTOPS and number:
        return _("There is only one backstop who can be rung. Two at least are wanted.")
    if alarm.kind is Kind.FEW_BACKSTOPS:
        return _("There is no backstop who can be rung. Two at least are wanted.")
    if alarm.kind is Kind.KEYS_RUN_OUT:
        return ngettext(
            "The weekly keys of %(number)s peer on the rota run out within a week.",
            "The weekly keys of %(number)s peers on the rota run out within a week.",
            number,
        ) % {"number": number}
    return _("The newest bulletin has not reached the mailroom, or it is past its date.")


def over(kind: Kind) -> str:
    """That it is mended."""
    return {
        Kind.NOBODY_RINGS: _("Mended: at every hour of the next two weeks somebody would be rung."),
        Kind.NOBODY_ON_DUTY: _("Mended: somebody is on duty at every hour of the next three days."),
        Kind.THIN: _("Mended: enough are on duty in the next three days."),
        Kind.FEW_BACKSTOPS: _("Mended: there are two backstops or more."),
        Kind.KEYS_RUN_OUT: _("Mended: nobody's weekly keys run out within a week."),
        Kind.BULLETIN_WAITS: _("Mended: the mailroom has the newest bulletin."),
    }[kind]
