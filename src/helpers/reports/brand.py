"""The consultant's own name on a report: logo, name, one colour, a footer; nothing else can be changed.

Said in `brand.toml` beside the accounts' folders for all of them, or under `[brand]` in an account.toml for one.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from helpers.colours import COLOURS, DARK, LIGHT, READABLE, contrast, readable_on
from helpers.errors import SettingsError
from helpers.exports import settings, toml_text

FILE = "brand.toml"
NOTE = "note.md"  # beside account.toml: the consultant's own words
MOST_BYTES = 200_000
KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


@dataclass(frozen=True)
class Brand:
    """What stands on the page: all empty where nobody set anything. `logo` is the file's bytes, `kind` png or jpeg."""

    name: str = ""
    footer: str = ""
    accent: str = ""
    logo: bytes = b""
    kind: str = ""

    @property
    def address(self) -> str:
        """The logo as an address inside the page."""
        return f"data:image/{self.kind};base64,{base64.b64encode(self.logo).decode()}" if self.logo else ""

    @property
    def is_set(self) -> bool:
        return bool(self.name or self.logo)

    @property
    def light(self) -> dict[str, str]:
        """The page's colours with the own one."""
        return LIGHT | ({"accent": self.accent} if self.accent else {})

    @property
    def dark(self) -> dict[str, str]:
        """The dark page's, where the own colour is made as light as it has to be."""
        return DARK | ({"accent": readable_on(DARK["ground"], self.accent)} if self.accent else {})


def read(folder: Path) -> Brand:
    """The brand of an account: brand.toml beside its folder, and over it what its account.toml says.

    Raises SettingsError for a key, a colour or a logo that cannot be used.
    """
    shared = folder.parent / FILE
    said: dict[str, str] = {}
    places: dict[str, Path] = {}
    for path, found in ((shared, _shared(shared)), (folder / settings.FILE, settings.read(folder).brand)):
        own = found.model_dump(exclude_none=True) if found else {}
        said |= own
        places |= dict.fromkeys(own, path)
    if "accent" in said:
        _check_accent(said["accent"], places["accent"])
    logo, kind = _logo(places["logo"], said["logo"]) if "logo" in said else (b"", "")
    return Brand(said.get("name", ""), said.get("footer", ""), said.get("accent", "").upper(), logo, kind)


def _shared(path: Path) -> settings.Brand | None:
    return settings.checked(settings.Brand, toml_text.read(path), path) if path.exists() else None


def _check_accent(accent: str, path: Path) -> None:
    found = contrast(accent, COLOURS["ground"][0])
    if found < READABLE:
        nearest = readable_on(COLOURS["ground"][0], accent)
        raise SettingsError(
            f"{path}: accent: expected a colour that can be read on white (contrast {READABLE} or more), "
            f"found {accent} (contrast {found:.1f})",
            f'the nearest that can be read: accent = "{nearest}"',
        )


def _logo(path: Path, name: str) -> tuple[bytes, str]:
    place = (path.parent / name).resolve()
    hint = "put a PNG or JPEG of up to 200 kB beside the file that names it"
    if not place.is_relative_to(path.parent.resolve()) or not place.is_file():
        raise SettingsError(f"{path}: logo: expected a file in the same folder, found no {name!r}", hint)
    content = place.read_bytes()
    kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
    if kind is None or len(content) > MOST_BYTES:
        what = f"{len(content):,} bytes" if kind else "neither PNG nor JPEG"
        raise SettingsError(f"{path}: logo: expected PNG or JPEG of up to {MOST_BYTES:,} bytes, found {what}", hint)
    return content, kind


def note(folder: Path) -> str:
    """The consultant's own words for this account, Markdown; empty where there is no `note.md`.

    Raises SettingsError for a file that is no text.
    """
    path = folder / NOTE
    try:
        return path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        found = error.strerror if isinstance(error, OSError) else "other signs"
        raise SettingsError(f"{path}: expected a text in UTF-8, found {found}", "save it as UTF-8") from error
