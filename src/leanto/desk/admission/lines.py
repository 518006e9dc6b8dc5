"""Lines that answer, as paper names them: each sheet helps even when nothing else works."""

from leanto.desk.directory.queries import NothingChosen, helplines
from leanto.desk.directory.templatetags.bilingual import dialled


def lines_to_call() -> list[dict[str, str]]:
    """Name and number of each line in force that can be called, none before lines are chosen."""
    try:
        lines = helplines()
    except NothingChosen:
        return []
    return [
        {"name": line["name"], "call": dialled(line["call"])} for line in lines if "call" in line
    ]
