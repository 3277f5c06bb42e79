"""A folder of downloads → its files as bytes, whatever their names: sub-folders, .gz and .zip opened.

A file that cannot be opened is not passed over: it comes with a `problem` that says what to do.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

MOST_BYTES = 1 << 30  # of one file after opening; the largest real download is a hundredth of this
NO_EXPORTS = {  # first bytes → what the file is and what to do
    b"\xd0\xcf\x11\xe0": "is an old spreadsheet workbook; put the file in as it was downloaded (.txt, .csv)",
    b"%PDF": "is a PDF; download the report as .txt, .csv or .json",
    b"Rar!": "is a .rar archive; unpack it, or pack it as .zip",
    b"7z\xbc\xaf": "is a .7z archive; unpack it, or pack it as .zip",
    b"\x89PNG": "is a picture; the kit reads reports, no screenshots",
    b"\xff\xd8\xff": "is a picture; the kit reads reports, no screenshots",
}
IGNORED = frozenset({"desktop.ini", "thumbs.db", "__macosx"})


@dataclass(frozen=True)
class Source:
    """One file: its path under exports/ (`a.zip/b.txt` inside an archive), its bytes, or why there are none."""

    path: str
    content: bytes = b""
    problem: str = ""

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def sources(exports: Path) -> list[Source]:
    """Every file under `exports`, sorted by path; hidden files and the litter of file managers are left out."""
    wanted = (path for path in sorted(exports.rglob("*")) if _is_wanted(path, exports))
    return [source for path in wanted for source in _opened(path, exports)]


def _is_wanted(path: Path, exports: Path) -> bool:
    parts = path.relative_to(exports).parts
    return (path.is_file() or path.is_symlink()) and not any(
        part.startswith(".") or part.lower() in IGNORED for part in parts
    )


def _opened(path: Path, exports: Path) -> Iterator[Source]:
    # A name in another encoding than the system's cannot be printed as it is.
    name = path.relative_to(exports).as_posix().encode("utf-8", "replace").decode()
    if not path.resolve().is_relative_to(exports.resolve()):
        yield Source(name, problem="is a link that leads outside the folder; copy the files into the folder")
        return
    if not path.is_file():
        yield Source(name, problem="is a link that leads to no file; copy the file into the folder")
        return
    if path.stat().st_size > MOST_BYTES:
        yield Source(name, problem="is over 1 GB; download a shorter period")
        return
    try:
        content = path.read_bytes()
    except OSError as error:
        yield Source(name, problem=f"cannot be read ({error.strerror}); check the file's permissions")
        return
    if content.startswith(b"PK\x03\x04"):
        yield from _members(name, content)
    elif content.startswith(b"\x1f\x8b"):
        yield _unpacked(name, content)
    else:
        yield _told(name, content)


def _told(name: str, content: bytes) -> Source:
    """The file; or what it is instead of a download."""
    found = [said for start, said in NO_EXPORTS.items() if content.startswith(start)]
    return Source(name, problem=found[0]) if found else Source(name, content)


def _unpacked(name: str, content: bytes) -> Source:
    try:
        with gzip.open(io.BytesIO(content)) as file:
            inside = file.read(MOST_BYTES + 1)
    except (EOFError, OSError, zlib.error):
        return Source(name, problem="is a damaged .gz file; download it again")
    if len(inside) > MOST_BYTES:
        return Source(name, problem="opens to over 1 GB; download a shorter period")
    return _told(name, inside)


def _members(name: str, content: bytes) -> Iterator[Source]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield Source(name, problem="is a damaged .zip file; download it again")
        return
    with archive:
        infos = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
        if any(info.filename == "[Content_Types].xml" for info in infos):
            yield Source(name, problem="is a spreadsheet workbook; put the file in as it was downloaded (.txt, .csv)")
            return
        left = MOST_BYTES
        for info in infos:
            # `../a.txt` is read as `a.txt`: nothing is ever written where a name points.
            parts = [part for part in info.filename.replace("\\", "/").split("/") if part.strip(".")]
            if any(part.startswith(".") or part.lower() in IGNORED for part in parts):
                continue
            member = _member(archive, info, f"{name}/{'/'.join(parts)}", left)
            left -= len(member.content)
            yield member


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, left: int) -> Source:
    if info.flag_bits & 0x1:
        return Source(name, problem="is protected by a password; unpack the archive first")
    try:
        with archive.open(info) as file:
            content = file.read(left + 1)
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error, lzma.LZMAError, NotImplementedError, ValueError):
        return Source(name, problem="is a damaged member of a .zip file; download it again")
    if len(content) > left:
        return Source(name, problem="opens to over 1 GB together with the archive; unpack what is needed")
    if content.startswith(b"PK\x03\x04"):
        return Source(name, problem="is an archive inside an archive; unpack it first")
    return _unpacked(name, content) if content.startswith(b"\x1f\x8b") else _told(name, content)
