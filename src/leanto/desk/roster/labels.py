"""By what an officer's own device sees that a peer must not be asked. spec/bulletin.md."""

from leanto.desk.roster.models import Agency, Peer
from leanto.rules.conflicts import Kind, Mine, in_conflict


def labels(peer: Peer) -> list[tuple[Kind, str]]:
    """The peer's agency, unit, chain of command, and where they lead others, as pockets read it."""
    found = [(Kind.AGENCY, peer.agency.code)]
    if peer.unit is not None:
        found.append((Kind.UNIT, peer.unit.name))
    if peer.chain_of_command:
        found.append((Kind.CHAIN, peer.chain_of_command))
    if peer.supervises:
        found.append((Kind.LEADS, peer.agency.code))
    return found


def serves_somebody(peer: Peer) -> bool:
    """Is there an agency in the program whose people can be offered this peer?"""
    codes = Agency.objects.values_list("code", flat=True)
    return any(not in_conflict(labels=labels(peer), mine=Mine(agency=code)) for code in codes)
