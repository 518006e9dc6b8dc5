"""Whoever copied both databases every hour, and logged every draw, guesses who asked.

Each attack gives every member a score for every spent pass: higher is likelier. None sees `truth`.
The last one learns on half of the spent passes how telling each of the others is, and combines
them; it is told the truth of that half, as somebody would be who knows of some talks.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from tests.linkability.rooms import Dump
from tests.linkability.story import Told

type Scores = dict[bytes, list[float]]
"""For each spent pass a score for each member."""

NEVER = 10_000.0
BINS = 12


@dataclass
class Seen:
    """What changed from one hour's copy to the next."""

    spent_at: dict[bytes, int]  # token digest → hour of the first copy that has it
    born: dict[int, list[bytes]]  # hour → mailboxes that are new
    leased: dict[bytes, set[int]]  # mailbox → hours in which its lease moved
    emptied: dict[bytes, set[int]]  # mailbox → hours in which a letter left it
    slots: dict[bytes, set[bytes]]  # request → duty addresses that got a copy
    asked_at: dict[bytes, int]  # request → hour
    ids: dict[int, list[bytes]]  # hour → everything random that is new in it
    draws: dict[int, list[int]]  # member → hours of draws
    batches: Counter[int]  # member → how many
    epochs: dict[bytes, int]  # token digest → epoch


def seen(told: Told) -> Seen:
    found = Seen(
        spent_at={},
        born=defaultdict(list),
        leased=defaultdict(set),
        emptied=defaultdict(set),
        slots={},
        asked_at={},
        ids=defaultdict(list),
        draws={},
        batches=Counter(card for _, card, _, _ in told.draws),
        epochs={},
    )
    before = Dump(0, {}, {}, {}, set(), {})
    for dump in told.dumps:
        _compare(before, dump, found)
        before = dump
    for second, who, _, _ in told.draws:
        found.draws.setdefault(who, []).append(second // 3_600)
    return found


def _compare(before: Dump, now: Dump, found: Seen) -> None:
    hour = now.hour
    for digest in now.spent.keys() - before.spent.keys():
        found.spent_at[digest] = hour
        found.epochs[digest] = now.spent[digest][0]
        found.ids[hour] += [digest, now.spent[digest][1]]
    new = now.mailboxes.keys() - before.mailboxes.keys()
    found.born[hour] += list(new)
    found.ids[hour] += list(new)
    for address, lease in now.mailboxes.items():
        if before.mailboxes.get(address, lease) != lease:
            found.leased[address].add(hour)
    for letter in before.envelopes.keys() - now.envelopes.keys():
        if before.envelopes[letter] in now.mailboxes:
            found.emptied[before.envelopes[letter]].add(hour)
    for request in now.requests.keys() - before.requests.keys():
        found.asked_at[request] = hour
        found.slots[request] = {duty for one, duty in now.sealed if one == request}
        found.ids[hour].append(request)


def last_draw(told: Told, saw: Seen, digest: bytes, who: int) -> float:
    """Who drew last before?"""
    hours = sorted(saw.draws.get(who, []))
    at = bisect_right(hours, saw.spent_at[digest])
    return -(saw.spent_at[digest] - hours[at - 1]) if at else -NEVER


def same_hour(told: Told, saw: Seen, digest: bytes, who: int) -> float:
    """Who drew in the very hour, or the one before?"""
    gaps = (saw.spent_at[digest] - hour for hour in saw.draws.get(who, []))
    return float(any(0 <= gap <= 1 for gap in gaps))


def epoch_order(told: Told, saw: Seen, digest: bytes, who: int) -> float:
    """Who had drawn from this pass's epoch, and from no other that is spent first?"""
    epoch, hour = saw.epochs[digest], saw.spent_at[digest]
    drawn = {one for second, card, one, _ in told.draws if card == who and second // 3_600 <= hour}
    return (epoch in drawn) + (drawn == {epoch}) * 0.5


def batches(told: Told, saw: Seen, digest: bytes, who: int) -> float:
    """Who drew more than once in an epoch, and so asks often?"""
    return float(saw.batches[who])


def leases(told: Told, saw: Seen, digest: bytes, who: int) -> float:
    """Whose draws fall into hours in which a mailbox was looked into that was opened with it?"""
    hour = saw.spent_at[digest]
    own = saw.born.get(hour, [])
    moved = {at for address in own for at in saw.leased[address] | saw.emptied[address]}
    return float(len(moved & set(saw.draws.get(who, [])))) / (1 + len(own))


def row_order(told: Told, saw: Seen, digest: bytes, who: int) -> float:
    """Whose card stands where the pass stands, when both are put in order?"""
    cards = sorted(told.cards)
    spent = sorted(saw.spent_at)
    card = cards.index(told.cards[who]) / len(cards)
    return -abs(card - spent.index(digest) / len(spent))


def likeness(told: Told, saw: Seen, digest: bytes, who: int) -> float:
    """Whose card, or batch, shares its first bits with anything that was new in that hour?"""
    own = [told.cards[who], *(batch for _, card, _, batch in told.draws if card == who)]
    new = saw.ids.get(saw.spent_at[digest], [])
    return max((float(_same_bits(one, other)) for one in own for other in new), default=0.0)


def units(told: Told, saw: Seen, digest: bytes, who: int) -> float:
    """Whose unit has a peer that got no copy? For somebody who knows everyone's unit."""
    asked = [one for one, hour in saw.asked_at.items() if hour == saw.spent_at[digest]]
    if not asked:
        return 0.0
    sent = [{told.duty[duty] for duty in saw.slots[one] if duty in told.duty} for one in asked]
    theirs = {peer for peer, unit in enumerate(told.peer_units) if unit == told.units[who]}
    return float(any(theirs - peers for peers in sent))


def addresses(told: Told, saw: Seen, digest: bytes, who: int) -> float:
    """Who drew from a network address at which this pocket was ever heard? Live, both rooms."""
    drew: dict[str, set[int]] = defaultdict(set)
    for card, address in told.drew_from:
        drew[address].add(card)
    heard = told.heard_from[digest]
    return max((1 / len(drew[one]) for one in heard if who in drew[one]), default=0.0)


STORED = (last_draw, same_hour, epoch_order, batches, leases, row_order, likeness)
type Attack = Callable[[Told, Seen, bytes, int], float]


def scores(told: Told, saw: Seen, attack: Attack) -> Scores:
    digests = [one for one in told.truth if one in saw.spent_at]
    return {one: [attack(told, saw, one, who) for who in range(len(told.cards))] for one in digests}


def combined(games: list[tuple[Told, dict[str, Scores]]]) -> list[Scores]:
    """All of them together: how much likelier does each score make a member, learned on others."""
    halves: list[dict[str, list[tuple[float, bool]]]] = [defaultdict(list), defaultdict(list)]
    for told, found in games:
        for name, by_digest in found.items():
            for digest, row in by_digest.items():
                pairs = halves[digest[-1] % 2][name]
                pairs += [(score, who == told.truth[digest]) for who, score in enumerate(row)]
    weights = [{name: _Weight(pairs) for name, pairs in half.items()} for half in halves]
    return [_weighed(found, weights) for _, found in games]


def _weighed(found: dict[str, Scores], weights: list[dict[str, "_Weight"]]) -> Scores:
    one_attack = next(iter(found.values()))
    return {
        digest: [
            sum(weights[1 - digest[-1] % 2][name](by[digest][who]) for name, by in found.items())
            for who in range(len(one_attack[digest]))
        ]
        for digest in one_attack
    }


class _Weight:
    """How telling a score is: the logarithm of how much commoner it is where it is right."""

    def __init__(self, pairs: list[tuple[float, bool]]) -> None:
        values = sorted(score for score, _ in pairs)
        # Even shares, and narrow ones at both ends: what is rare tells most.
        shares = [0.0005, 0.005, *(at / BINS for at in range(1, BINS)), 0.995, 0.9995]
        self._edges = sorted({values[int(len(values) * share)] for share in shares})
        hits: Counter[int] = Counter()
        all_: Counter[int] = Counter()
        for score, right in pairs:
            place = bisect_left(self._edges, score)
            all_[place] += 1
            hits[place] += right
        share = sum(hits.values()) / max(1, len(pairs))
        self._says = {
            place: math.log((hits[place] + 1) / (all_[place] * share + 1)) for place in all_
        }

    def __call__(self, score: float) -> float:
        return self._says.get(bisect_left(self._edges, score), 0.0)


def auc(pairs: Iterable[tuple[list[float], int]]) -> float:
    """How often does the true one score higher than another? 0.5 is chance, 1 is certainty."""
    shares = []
    for row, right in pairs:
        mine = row[right]
        below = sum(one < mine for one in row) + 0.5 * (sum(one == mine for one in row) - 1)
        shares.append(below / (len(row) - 1))
    return sum(shares) / len(shares)


def top_one(pairs: Iterable[tuple[list[float], int]]) -> float:
    """How often is the first guess right?"""
    shares = []
    for row, right in pairs:
        best = max(row)
        shares.append((row[right] == best) / sum(one == best for one in row))
    return sum(shares) / len(shares)


def same_pocket(told: Told, moved: dict[bytes, set[int]]) -> list[tuple[float, bool]]:
    """For mailboxes in use at one time: how often both changed in one hour; and the truth."""
    used = {one: (min(at), max(at)) for one, at in moved.items() if at and one in told.pockets}
    return [
        (
            len(moved[one] & moved[two]) / len(moved[one] | moved[two]),
            told.pockets[one] == told.pockets[two],
        )
        for one, two in combinations(used, 2)
        if used[one][0] <= used[two][1] and used[two][0] <= used[one][1]
    ]


def auc_of_pairs(pairs: list[tuple[float, bool]]) -> float:
    """The same measure where each pair is judged by itself."""
    ordered = sorted(pairs)
    right = sum(same for _, same in pairs)
    below, ranks, at = 0, 0.0, 0
    while at < len(ordered):
        tied = [one for one in ordered[at:] if one[0] == ordered[at][0]]
        hits = sum(same for _, same in tied)
        ranks += hits * (below + 0.5 * (len(tied) - hits))
        below += len(tied) - hits
        at += len(tied)
    return ranks / max(1, right * (len(pairs) - right))


def _same_bits(one: bytes, other: bytes) -> int:
    """How many bits both begin with."""
    size = min(len(one), len(other), 8)
    differs = int.from_bytes(one[:size]) ^ int.from_bytes(other[:size])
    return 8 * size - differs.bit_length()
