"""Running the mailroom by itself: uvicorn, told to remember nothing."""

import logging
import time
from typing import Any

import uvicorn

from leanto.mailroom.app import create_app
from leanto.mailroom.config import MailroomConfig

FRAME_AT_MOST = 8192


class SystemClock:
    """The machine's own clock."""

    def seconds(self) -> int:
        return int(time.time())


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
        "http": "httptools",
        "ws": "websockets-sansio",
        "ws_max_size": FRAME_AT_MOST,
        "ws_per_message_deflate": False,
        "lifespan": "on",
    }


def run(config: MailroomConfig, *, host: str, port: int) -> None:
    """Serves until stopped."""
    app = create_app(config=config, clock=SystemClock())
    uvicorn.run(app, host=host, port=port, **uvicorn_settings())
