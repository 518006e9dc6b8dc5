"""What the desk says about itself on its operator's screen."""

import logging
import traceback


class TypeOnly(logging.Formatter):
    """Where a page failed and with which kind of error: no address, path, form or error text."""

    def format(self, record: logging.LogRecord) -> str:
        """One line: level, source and, for an exception, its type and the place in our code."""
        if not record.exc_info or record.exc_info[1] is None:
            return f"desk: {record.levelname.lower()} from {record.name}"
        error = record.exc_info[1]
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"desk: {type(error).__name__} in {last.name}, {last.filename}:{last.lineno}"
