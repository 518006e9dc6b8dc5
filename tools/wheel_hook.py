"""Stops a wheel from being built without the pocket and the translations in it."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = (
    Path("src/leanto/pocket_dist/files.json"),
    Path("src/leanto/desk/locale/es/LC_MESSAGES/django.mo"),
)


class PocketInWheel(BuildHookInterface[Any]):
    """An editable install may lack what `make` builds; a wheel that people install may not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and not all((Path(self.root) / file).is_file() for file in BUILT):
            raise RuntimeError("The pocket or a translation is not built: run `make release`.")
