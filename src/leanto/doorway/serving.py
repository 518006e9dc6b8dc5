"""What a server of a nameless room is told: remember nothing."""

import logging
from typing import Any

from leanto.doorway.knocking import Knock

FRAME_AT_MOST = 8192


class Nameless(logging.Filter):
    """Lets an error of the server through without what it is about: no traceback, no value."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return True


def uvicorn_settings() -> dict[str, Any]:
    """What any server of this room must be told, so that no log and no header says who or when."""
    logging.getLogger("uvicorn.error").addFilter(Nameless())
    return {
        "access_log": False,
        "log_level": "error",
        "server_header": False,
        "date_header": False,
        "proxy_headers": False,
        "loop": "uvloop",
        "http": Knock,
        "ws": "websockets-sansio",
        "ws_max_size": FRAME_AT_MOST,
        "ws_per_message_deflate": False,
        "lifespan": "on",
    }
