"""ntfy, and the operator's gateways for text messages and calls: whatever Apprise speaks.

Apprise knows far more than is wanted here: a peer gives a topic or a number and never a way, and
what it calls stands in the operator's own settings.
"""

from pathlib import Path
from urllib.parse import quote, urlsplit

from leanto.notifier.ways.reached import Reached
from leanto.notifier.words import Words

NUMBER = "{number}"


def ntfy(address: str, words: Words) -> Reached:
    """`address` is `origin/topic`, its origin one of the operator's list."""
    parts = urlsplit(address)
    kind = "ntfys" if parts.scheme == "https" else "ntfy"
    return _tell(f"{kind}://{parts.netloc}{parts.path}?priority=max", words)


def gateway(file: Path, number: str, words: Words) -> Reached:
    """By the address in the operator's file, with this number put into it."""
    return _tell(file.read_text("utf-8").strip().replace(NUMBER, quote(number)), words)


def _tell(url: str, words: Words) -> Reached:
    """Blocks until it is told, or not. No redirect is followed and nothing is kept on disk."""
    from apprise import Apprise, AppriseAsset, PersistentStoreMode  # noqa: PLC0415 - half the start of a small process; most programs never need it

    asset = AppriseAsset(
        app_id=words.title,
        app_desc="",
        app_url="",
        http_redirects=False,
        secure_logging=True,
        storage_mode=PersistentStoreMode.MEMORY,
    )
    apprise = Apprise(asset=asset)
    if not apprise.add(url):
        return Reached.NOT_YET
    told = apprise.notify(title=words.title, body=words.sentence)
    return Reached.TAKEN if told else Reached.NOT_YET
