"""A folder of downloads → its files as bytes, whatever their names: sub-folders, .gz and .zip opened.

A file that cannot be opened is not passed over: it comes with a `problem` that says what to do.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

MOST_BYTES = 1 << 30  # of one file after opening; the largest real download is a hundredth of this
MOST_FOLD, SMALL = 200, 1 << 26  # a packed file opens to so many times its size at most, or to 64 MB: real ones to 20
MOST_MEMBERS = 10_000  # of an archive
MOST_ROWS = 50_000_000  # of a Parquet file, which can say any number in a few bytes
TOO_MUCH = "opens to over 1 GB, or to over 200 times its size; unpack what is needed, or download a shorter period"
NO_EXPORTS = {  # first bytes → what the file is and what to do
    b"\xd0\xcf\x11\xe0": "is an old spreadsheet workbook; put the file in as it was downloaded (.txt, .csv)",
    b"%PDF": "is a PDF; download the report as .txt, .csv or .json",
    b"Rar!": "is a .rar archive; unpack it, or pack it as .zip",
    b"7z\xbc\xaf": "is a .7z archive; unpack it, or pack it as .zip",
    b"\x89PNG": "is a picture; the kit reads reports, no screenshots",
    b"\xff\xd8\xff": "is a picture; the kit reads reports, no screenshots",
}
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
PAGE_SAVED = "is a saved web page; open that page again, choose its download button, and put in the file it gives (.txt, .csv, .json)"
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
    return [source for path in sorted(paths(exports)) for source in _opened(path, exports)]


def paths(exports: Path) -> Iterator[Path]:
    """Everything that may be a download, and each folder that cannot be looked into."""
    shut: list[OSError] = []
    for place, folders, names in os.walk(exports, onerror=shut.append):
        links = [name for name in folders if (Path(place) / name).is_symlink()]  # to a folder, or in a circle
        folders[:] = [name for name in folders if _is_wanted(name)]
        yield from (Path(place) / name for name in (*names, *links) if _is_wanted(name))
    yield from (Path(error.filename) for error in shut)


def _is_wanted(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in IGNORED


def _opened(path: Path, exports: Path) -> Iterator[Source]:
    # A name in another encoding than the system's cannot be printed as it is.
    name = path.relative_to(exports if path != exports else exports.parent).as_posix()
    name = name.encode("utf-8", "replace").decode()
    try:
        problem, content = _read(path, exports)
    except FileNotFoundError:
        problem, content = "was taken away while it was read; read the folder again", b""
    except OSError as error:
        problem, content = f"cannot be read ({error.strerror}); check its permissions", b""
    if problem:
        yield Source(name, problem=problem)
        return
    if content.startswith(b"PK\x03\x04"):
        yield from _members(name, content)
    elif content.startswith(b"\x1f\x8b"):
        yield _unpacked(name, content)
    else:
        yield _told(name, content)


def _read(path: Path, exports: Path) -> tuple[str, bytes]:
    """Why a path gives nothing, and what is in it. Raises OSError when it cannot be read."""
    try:
        is_inside = path.resolve().is_relative_to(exports.resolve())
    except RuntimeError:  # a link to itself
        return "is a link that leads in a circle; copy the files into the folder", b""
    if not is_inside:
        return "is a link that leads outside the folder; copy the files into the folder", b""
    if path.is_symlink() and not path.is_file():
        return "is a link that leads to no file; copy the file into the folder", b""
    found = path.stat()
    if path == exports and stat.S_ISREG(found.st_mode):
        return "is a file; make it a folder and put the downloads into it", b""
    if stat.S_ISDIR(found.st_mode):
        return "is a folder that cannot be opened; check its permissions", b""
    if not stat.S_ISREG(found.st_mode):
        return "is neither a file nor a folder; take it out", b""
    if found.st_size > MOST_BYTES:
        return "is over 1 GB; download a shorter period", b""
    return "", path.read_bytes()


def _most(size: int) -> int:
    """How many bytes something packed may open to."""
    return min(MOST_BYTES, max(MOST_FOLD * size, SMALL))


def _told(name: str, content: bytes) -> Source:
    """The file; or what it is instead of a download."""
    found = [said for start, said in NO_EXPORTS.items() if content.startswith(start)]
    if PAGE.match(content):
        found = [PAGE_SAVED]
    if content.startswith(b"PAR1") and _rows(content) > MOST_ROWS:
        found = [f"is Parquet of over {MOST_ROWS:,} rows; write a shorter period"]
    return Source(name, problem=found[0]) if found else Source(name, content)


def _rows(content: bytes) -> int:
    """How many rows a Parquet file says it holds; none where it is damaged, which its reader says."""
    try:
        return int(pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, OverflowError):
        return 0


def _unpacked(name: str, content: bytes) -> Source:
    try:
        with gzip.open(io.BytesIO(content)) as file:
            inside = file.read(_most(len(content)) + 1)
    except (EOFError, OSError, zlib.error):
        return Source(name, problem="is a damaged .gz file; download it again")
    if len(inside) > _most(len(content)):
        return Source(name, problem=TOO_MUCH)
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
        if len(infos) > MOST_MEMBERS:
            yield Source(name, problem=f"holds over {MOST_MEMBERS:,} files; unpack what is needed")
            return
        left = _most(len(content))
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
        return Source(name, problem=TOO_MUCH)
    if content.startswith(b"PK\x03\x04"):
        return Source(name, problem="is an archive inside an archive; unpack it first")
    return _unpacked(name, content) if content.startswith(b"\x1f\x8b") else _told(name, content)
