"""The packs and helplines that come with Leanto, read from its own data folder."""

import json
from importlib.resources import files

from leanto.desk.directory.shapes import BadData, Content, check_helplines, check_pack


def shipped_packs() -> dict[str, Content]:
    """Every jurisdiction pack that ships, by id. Raises BadData for the first that is malformed."""
    return {content["id"]: content for content in map(_pack, _names("packs"))}


def shipped_helplines() -> dict[str, Content]:
    """Every list of lines that ships, by id. Raises BadData for the first that is malformed."""
    return {content["id"]: content for content in map(_helplines, _names("helplines"))}


def _pack(name: str) -> Content:
    return check_pack(_json("packs", name), name)


def _helplines(name: str) -> Content:
    return check_helplines(_json("helplines", name), name)


def _names(folder: str) -> list[str]:
    entries = files("leanto").joinpath("data", folder).iterdir()
    return sorted(entry.name for entry in entries if entry.name.endswith(".json"))


def _json(folder: str, name: str) -> object:
    text = files("leanto").joinpath("data", folder, name).read_text("utf-8")
    try:
        content: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadData(f"{name} is not JSON: {error.msg} in line {error.lineno}.") from None
    return content
