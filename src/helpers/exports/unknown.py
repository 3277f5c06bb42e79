"""What a file holds that the kit has not seen before: a new column, a new entry, another version. It is told and not used.

A name is printed only where it looks like one of the marketplace's; any other may be a buyer's, and so may a column about
buyers: they are counted.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from helpers.exports.content import Content
from helpers.exports.personal import is_personal
from helpers.wording import count, plural

NAME = re.compile(r"[A-Za-z][A-Za-z]*(?:[-_][A-Za-z0-9]+){0,7}")  # of code: two plain words may be a person
VERSION = re.compile(r"[vV]?\d{1,4}(?:[.-]\d{1,4}){0,3}")
OF_XML = re.compile(rb'<[A-Za-z][^<>]*?\bversion="([^"]{1,20})"')
TYPE = re.compile(r"GET_[A-Z0-9_]{3,60}")
MOST_NAMED = 6
FIRST_BYTES = 4096  # in which an XML report names itself
# report → what it calls itself, and the entries of its outermost level
TYPES: Mapping[str, str] = MappingProxyType(
    {"account_health": "GET_V2_SELLER_PERFORMANCE_REPORT", "sales_and_traffic": "GET_SALES_AND_TRAFFIC_REPORT"}
)
ENTRIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "account_health": frozenset({"accountStatuses", "performanceMetrics", "reportSpecification"}),
        "sales_and_traffic": frozenset({"reportSpecification", "salesAndTrafficByDate", "salesAndTrafficByAsin"}),
    }
)


@cache
def known_columns() -> Mapping[str, frozenset[str]]:
    """report → every column the kit has seen in a flat file of it (known_columns.toml)."""
    said = tomllib.loads(files("helpers.exports").joinpath("known_columns.toml").read_text(encoding="utf-8"))
    return {report: frozenset(name.strip() for name in text.split(",")) for report, text in said.items()}


def remarks(report: str | None, text: bytes) -> tuple[str, ...]:
    """What is new in a file, in sentences without a full stop; empty where nothing is, and of reports with any headers."""
    content, kind = Content(text), report or ""
    said = []
    if kind in known_columns() and content.is_flat:
        said.append(named(content.header - known_columns()[kind] - {""}, "column"))
    if kind in ENTRIES and isinstance(content.json, dict):
        said.append(named(content.json.keys() - ENTRIES[kind], "entry", "entries"))
        said.append(_of_type(kind, content.json))
    if content.is_xml and (found := OF_XML.search(content.body[:FIRST_BYTES])):
        said.append(_version(found[1].decode("utf-8", "replace")))
    return tuple(filter(None, said))


def named(names: Iterable[str], one: str, many: str | None = None) -> str:
    """`2 columns the kit does not know (promise-kind, lane), not used`; empty where there is none."""
    new = sorted(names)
    told = [name for name in new if NAME.fullmatch(name) and len(name) <= 60 and not is_personal(name)]
    more = [f"{count(len(new) - len(told[:MOST_NAMED]))} not named"] if len(new) > len(told[:MOST_NAMED]) else []
    listed = ", ".join([*told[:MOST_NAMED], *more])
    return f"{plural(len(new), one, many)} the kit does not know ({listed}), not used" if new else ""


def _of_type(report: str, said: Mapping[str, object]) -> str:
    """What a JSON report says of itself where that is not what the kit reads: its type, else a version."""
    asked = said.get("reportSpecification")
    kind = asked.get("reportType") if isinstance(asked, dict) else None
    if isinstance(kind, str) and kind != TYPES[report]:
        other = kind if TYPE.fullmatch(kind) else "another report"
        return f"it calls itself {other}, not {TYPES[report]}: read as the one the kit knows, look whether it is"
    version = next((one for name, one in said.items() if name.lower().endswith("version")), None)
    return "" if version is None else _version(str(version))


def _version(said: str) -> str:
    version = said if VERSION.fullmatch(said) else "another"
    return f"it names a version ({version}) the kit has not seen: read as the one it knows, look whether it is"
