"""What key holders do with their two printed sheets, once every file is gone."""

from pathlib import Path

from tests.harness.house import House


def prints_sheets(house: House) -> tuple[Path, str]:
    """Both sheets in a folder, and the public half of the successor key, which is on paper only."""
    folder = house.folder / "sheets"
    call = ("key", "sheets", "--key", house.key, "--program", "Two Creeks", "--out", folder)
    said = house.leanto(*call, answers="\n")
    return folder, said.split("public half")[1].split()[0]


def typed(sheet: Path) -> str:
    """What its holder types, row by row."""
    rows = [line.strip() for line in sheet.read_text("utf-8").splitlines() if line[:4] == "    "]
    return "".join(f"{row}\n" for row in rows)


def restored(house: House, sheet: Path) -> Path:
    """A key file in another drawer, by nothing but what stands on this sheet."""
    path = house.folder / "second-drawer" / "key.pem"
    path.parent.mkdir()
    house.leanto("key", "restore", "--key", path, answers=f"{typed(sheet)}\n")
    return path
