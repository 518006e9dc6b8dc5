"""Stops a wheel from being built without the pocket in it."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

POCKET = Path("src/leanto/pocket_dist/files.json")


class PocketInWheel(BuildHookInterface[Any]):
    """An editable install may lack the pocket; a wheel that people install may not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and not (Path(self.root) / POCKET).is_file():
            raise RuntimeError("The pocket is not built: `make release` builds both.")
