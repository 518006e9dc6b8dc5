"""A made-up region to rehearse in: three agencies, two coordinators, nine peers."""

from dataclasses import dataclass

NAME = "Three Rivers Peer Support"
REGION = "Three Rivers (made up)"
TIME_ZONE = "America/Chicago"

AGENCIES = {
    "harlow-pd": ("Harlow Police Department", ("Patrol", "Investigations", "Dispatch")),
    "reed-so": ("Reed County Sheriff", ("Patrol", "Jail", "Civil")),
    "ash-pd": ("Ash Falls Police Department", ("Patrol", "Traffic")),
}

COORDINATORS = {"cleo": "Cleo Marsh", "otis": "Otis Grant"}


@dataclass(frozen=True, kw_only=True)
class Neighbor:
    """A made-up peer: what the desk knows, and what they chose to share."""

    name: str
    handle: str
    agency: str
    unit: str
    about: str
    shares: tuple[tuple[str, str], ...]
    reserve: bool = True


PEERS = (
    Neighbor(
        name="Marisol Vega",
        handle="Marisol",
        agency="harlow-pd",
        unit="Patrol",
        about="Nineteen years on patrol. I lost a partner and it took me years to say so.",
        shares=(
            ("years", "19"),
            ("work", "Patrol"),
            ("been", "grief"),
            ("been", "after-a-bad-call"),
            ("language", "en"),
            ("language", "es"),
            ("gender", "Woman"),
            ("region", "Harlow"),
        ),
    ),
    Neighbor(
        name="Deke Larsson",
        handle="Deke",
        agency="reed-so",
        unit="Jail",
        about="Corrections. Two divorces, nine years sober. Ask me anything about either.",
        shares=(
            ("years", "14"),
            ("work", "Corrections"),
            ("been", "alcohol"),
            ("been", "family"),
            ("language", "en"),
            ("faith", "None"),
            ("gender", "Man"),
        ),
    ),
    Neighbor(
        name="Tanya Brooks",
        handle="Tanya",
        agency="harlow-pd",
        unit="Dispatch",
        about="Dispatcher. I know what it is to hear it and not be there.",
        shares=(
            ("years", "11"),
            ("work", "Dispatch"),
            ("been", "after-a-bad-call"),
            ("been", "sleep"),
            ("language", "en"),
            ("gender", "Woman"),
            ("region", "Three Rivers"),
        ),
    ),
    Neighbor(
        name="Samir Haddad",
        handle="Sam",
        agency="ash-pd",
        unit="Patrol",
        about="New father, night shift, no sleep. It got better, and I can say how.",
        shares=(
            ("years", "6"),
            ("work", "Patrol"),
            ("been", "sleep"),
            ("been", "family"),
            ("language", "en"),
            ("language", "ar"),
            ("faith", "Muslim"),
            ("gender", "Man"),
        ),
    ),
    Neighbor(
        name="Ruth Okafor",
        handle="Ruth",
        agency="reed-so",
        unit="Civil",
        about="I was under investigation for fourteen months. I am still here.",
        shares=(
            ("years", "22"),
            ("work", "Sheriff's deputy"),
            ("been", "under-investigation"),
            ("been", "hurt"),
            ("language", "en"),
            ("faith", "Christian"),
            ("gender", "Woman"),
        ),
    ),
    Neighbor(
        name="Bill Tran",
        handle="Bill",
        agency="harlow-pd",
        unit="Investigations",
        about="Child cases for eight years. I do not shock.",
        shares=(
            ("years", "17"),
            ("work", "Investigations"),
            ("been", "after-a-bad-call"),
            ("been", "alcohol"),
            ("language", "en"),
            ("language", "vi"),
            ("veteran", "yes"),
            ("gender", "Man"),
        ),
    ),
    Neighbor(
        name="Jo Castellano",
        handle="Jo",
        agency="ash-pd",
        unit="Traffic",
        about="Fatal crashes, then my own. Learning to walk again taught me to ask.",
        shares=(
            ("years", "12"),
            ("work", "Traffic"),
            ("been", "hurt"),
            ("been", "money"),
            ("language", "en"),
        ),
    ),
    Neighbor(
        name="Earl Whitaker",
        handle="Earl",
        agency="reed-so",
        unit="Patrol",
        about="Retired after thirty years. The first year was the hardest of all.",
        shares=(
            ("years", "30"),
            ("work", "Patrol, retired"),
            ("been", "retirement"),
            ("been", "grief"),
            ("language", "en"),
            ("veteran", "yes"),
            ("gender", "Man"),
        ),
    ),
    Neighbor(
        name="Practice Peer",
        handle="Pat (practice)",
        agency="ash-pd",
        unit="Patrol",
        about="A practice peer: a program that answers, so that you can try a talk alone.",
        shares=(("work", "Practice"), ("language", "en")),
    ),
)
