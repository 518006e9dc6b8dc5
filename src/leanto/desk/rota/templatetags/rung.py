"""The panel about when a peer is rung, for the roster's page of that peer."""

from django import template

from leanto.desk.enrolment.models import OwnWord
from leanto.desk.roster.models import Peer
from leanto.desk.rota.people import in_reserve, own_word, switch
from leanto.desk.site.clock import now
from leanto.rules.cover import BACKSTOPS_WANTED
from leanto.rules.weeks import date_of

register = template.Library()
HOUR_MINUTES = 60


@register.inclusion_tag("rota/_rung.html")
def rung_panel(peer: Peer) -> dict[str, object]:
    """In reserve, quiet hours, switch, last test and backstop: by whose word, and since when."""
    word = own_word(peer)
    on = switch(word) if word else None
    backstops = Peer.objects.enrolled(at=now()).filter(backstop_since__isnull=False)
    return {
        "peer": peer,
        "reserve": in_reserve(peer),
        "word": word,
        "few_backstops": backstops.count() < BACKSTOPS_WANTED,
        "quiet": _quiet(word) if word else None,
        "available_until": on.until if on and on.start <= now() < on.until else None,
        "reached": date_of(word.reached_day) if word and word.reached_day else None,
    }


def _quiet(word: OwnWord) -> tuple[str, str] | None:
    ends = word.quiet_from_minute, word.quiet_until_minute
    if ends[0] == ends[1]:
        return None
    start, until = ("{:02}:{:02}".format(*divmod(end, HOUR_MINUTES)) for end in ends)
    return start, until
