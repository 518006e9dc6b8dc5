"""The panel about a peer's keys, for the roster's page of that peer."""

from django import template

from leanto.desk.enrolment.queries import panel
from leanto.desk.roster.models import Peer
from leanto.desk.site.clock import now

register = template.Library()


@register.inclusion_tag("enrolment/_peer.html", takes_context=True)
def enrolment_panel(context: template.Context, peer: Peer) -> dict[str, object]:
    """How far a peer's keys have come, and the next step."""
    return {
        "csrf_token": context.get("csrf_token"),
        "for_all": context.get("for_all"),
        "peer": peer,
        "panel": panel(peer=peer, now=now()),
    }
