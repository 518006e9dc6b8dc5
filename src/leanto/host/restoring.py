"""A program comes back from its backup: everything is looked at first, and then all or nothing."""

import json
import sqlite3
import tarfile
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

from leanto.host.backup import DATABASE, MANIFEST, VERSION, Manifest, _sum
from leanto.host.config import FILE, ConfigError, load


class NotWhole(ConfigError):
    """This backup cannot be restored; the message says why."""
