"""Every reader keeps or rejects each row of its file, whatever is in its cells: kept + rejected = rows of the file.

Cells of the invented files are spoilt at random, or emptied. The rows are counted without any reader: lines by their
ends, records of feedback by hand (their comments run over lines), entries of JSON by its own lists, items of XML by their
tags, figures of the marketplace by hand.
"""

import copy
import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import exports

FORMATS = Path(__file__).parent / "data" / "formats"
TODAY = date(2025, 11, 1)
TAB, COMMA, SEMICOLON = "\t", ",", ";"
# file → its encoding, its delimiter, the lines up to its header, its rows (tests/data/formats/README.md)
TABLES = {
    "all_orders/eu_91col.txt": ("utf-8", TAB, 1, 36),
    "all_orders/eu_91col_cut.txt": ("utf-8", TAB, 1, 13),
    "all_orders/jp_31col_cp932.txt": ("cp932", TAB, 1, 7),
    "all_orders/us_31col.txt": ("utf-8", TAB, 1, 22),
    "all_orders/us_31col_by_last_update.txt": ("utf-8", TAB, 1, 8),
    "feedback/us_mdy.txt": ("utf-8", TAB, 1, 12),
    "feedback/us_mdy_newer.txt": ("utf-8", TAB, 1, 13),
    "feedback/gb_dmy.txt": ("utf-8-sig", TAB, 1, 11),
    "feedback/us_damaged.txt": ("utf-8", TAB, 1, 9),
    "fulfilled_shipments/de_48col.txt": ("utf-8", TAB, 1, None),
    "returns/fba_returns.txt": ("utf-8", TAB, 1, 5),
    "returns/mfn_flat_32col.txt": ("utf-8", TAB, 1, None),
    "returns/mfn_flat_33col.txt": ("utf-8", TAB, 1, None),
    "settlement/v1_36col_uk.txt": ("utf-8", TAB, 1, None),
    "settlement/v2_us.txt": ("utf-8", TAB, 1, None),
    "settlement/v2_de.txt": ("utf-8", TAB, 1, None),
    "settlement/date_range_us.csv": ("utf-8-sig", COMMA, 8, None),
    "unshipped/eu_85col.txt": ("utf-8", TAB, 1, None),
    "unshipped/na_68col_day1.txt": ("utf-8", TAB, 1, None),
    "defects/odr_a.csv": ("utf-8-sig", COMMA, 1, None),
    "defects/odr_b.csv": ("cp1252", SEMICOLON, 4, None),
    "defects/lsr_a.csv": ("utf-8-sig", COMMA, 1, None),
    "defects/vtr_a.csv": ("utf-8-sig", COMMA, 1, None),
    "defects/vtr_b.csv": ("utf-8", TAB, 1, None),
    "defects/otdr_a.csv": ("utf-8-sig", COMMA, 1, None),
    "defects/otdr_b.csv": ("utf-8", SEMICOLON, 1, None),
}
JUNK = ("", "x", "?", "0", "-1", "99999999999", "31/31/31", "2025-02-30", "1E+13", "N/A", "soon", "203-1")
SPOILING = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(JUNK)), min_size=1, max_size=12
)


def reading(folder, name, content, entry):
    """The file's row in `files`; waiting lines are counted in its warnings."""
    (folder / "exports").mkdir(exist_ok=True)
    (folder / "account.toml").write_text(f'id = "t"\nname = "T"\nmarketplaces = ["amazon.co.uk"]\n{entry}')
    (folder / "exports" / Path(name).name).write_bytes(content)
    return exports.read(folder, TODAY).files.row(0, named=True)


def accounted(file):
    said = " ".join(file["warnings"])
    waiting = re.search(r"(\d+) feedback wait|lines that wait for an answer: (\d+)", said)
    twice = re.search(r"entries given twice, read once: (\d+)", said)
    more = sum(int(one) for found in (waiting, twice) if found for one in found.groups() if one)
    return file["rows_kept"] + file["rows_rejected"] + max(more, file["rows_waiting"])


def filled(lines, delimiter):
    return [place for place, line in enumerate(lines) if line.strip(delimiter + ' "\r')]


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoiling=SPOILING)
def test_a_spoilt_cell_loses_no_row_of_a_table(tmp_path, mapping, name, spoiling):
    encoding, delimiter, header, rows = TABLES[name]
    ends = "\r\n" if b"\r\n" in (FORMATS / name).read_bytes() else "\n"
    lines = (FORMATS / name).read_bytes().decode(encoding).split(ends)
    places = [place for place in filled(lines, delimiter) if place >= header]
    rows = len(places) if rows is None else rows
    for line, cell, junk in spoiling:
        place = places[line % len(places)]
        cells = lines[place].split(delimiter)
        cells[cell % len(cells)] = junk
        # a line of nothing but delimiters is no row, and a line of a comment must not become one
        is_of_comment = len(cells) != len(lines[header - 1].split(delimiter)) and rows != len(places)
        # and a comment that goes on in the next line must keep its beginning
        is_begun = cell % len(cells) == len(cells) - 1 and place + 1 in places and delimiter not in lines[place + 1]
        # one mark left open costs its own line; two in two lines are what a line break inside a cell looks like
        others = sum(line.count('"') % 2 for at, line in enumerate(lines) if at != place)
        is_open = delimiter != TAB and "".join(cells).count('"') % 2 and others
        if "".join(cells).strip(' "') and not (is_of_comment or is_begun or is_open):
            lines[place] = delimiter.join(cells)
    is_list = name.startswith("defects/")
    found = reading(tmp_path, name, ends.join(lines).encode(encoding), mapping(Path(name).name) if is_list else "")
    assert found["report"] is not None
    assert accounted(found) == rows


def leaves(value, path=()):
    """The path of every value of a JSON text that is none of its own parts."""
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in leaves(one, (*path, key))]
    if isinstance(value, list):
        return [leaf for key, one in enumerate(value) for leaf in leaves(one, (*path, key))]
    return [path]


ENTRIES = {
    "orders_api/uk_v2026_page1.json": "orders",
    "sales_and_traffic/uk_day_sku.json": "salesAndTrafficByDate",
    "sales_and_traffic/uk_day_duplicate_unsorted.json": "salesAndTrafficByDate",
}


@pytest.mark.parametrize("name", ENTRIES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spoiling=st.lists(st.tuples(st.integers(0, 100_000), st.sampled_from([*JUNK, None, 7, 1e300, [], {}])), max_size=8)
)
def test_a_spoilt_value_loses_no_entry_of_a_json_file(tmp_path, name, spoiling):
    whole = copy.deepcopy(json.loads((FORMATS / name).read_bytes()))
    entries = whole[ENTRIES[name]]
    for place, junk in spoiling:
        path = leaves(entries)[place % len(leaves(entries))]
        parent = entries
        for key in path[:-1]:
            parent = parent[key]
        parent[path[-1]] = junk
    found = reading(tmp_path, name, json.dumps(whole).encode(), "")
    assert found["report"] is not None
    assert accounted(found) == len(entries)


TEXTS = re.compile(r"(?<=>)[^<>]+(?=</)")
XML_JUNK = ("", "x", "?", "0", "-1", "99999999999", "31/31/31", "2025-02-30", "1E+13", "0.5%", "50", "Bad")
V1 = (
    "<sellerPerformanceReports><sellerPerformanceReport><marketplaceId>A1F83G8C2ARO7P</marketplaceId>"
    + "".join(
        f"<m><timeFrame><start>2025-0{month}-01T00:00:00Z</start><end>2025-0{month}-28T00:00:00Z</end></timeFrame>"
        "<lateShipment><rate>0.50%</rate><count>2</count></lateShipment>"
        "<orderWithDefects><rate>0.20%</rate><count>1</count></orderWithDefects>"
        "<responseUnder24Hours>98.00%</responseUnder24Hours></m>"
        for month in (6, 7)
    )
    + "<performanceChecklist><lateShipmentRate><status>Good</status></lateShipmentRate></performanceChecklist>"
    "</sellerPerformanceReport></sellerPerformanceReports>"
)
XMLS = {
    "returns.xml": ((FORMATS / "returns" / "mfn_returns.xml").read_text(encoding="utf-8"), "<item_details>"),
    "v1.xml": (V1, "<lateShipment>|<orderWithDefects>|<responseUnder24Hours>"),
}


@pytest.mark.parametrize("name", XMLS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoiling=st.dictionaries(st.integers(0, 10_000), st.sampled_from(XML_JUNK), max_size=12))
def test_a_spoilt_text_loses_no_record_of_an_xml_file(tmp_path, name, spoiling):
    text, record = XMLS[name]
    spans = [match.span() for match in TEXTS.finditer(text)]
    for place, junk in sorted({number % len(spans): junk for number, junk in spoiling.items()}.items(), reverse=True):
        first, last = spans[place]
        text = text[:first] + junk + text[last:]
    found = reading(tmp_path, name, text.encode(), "")
    assert found["report"] is not None
    assert accounted(found) == len(re.findall(record, text))


FIGURES = 26  # of v2_clean_uk: 8 of order defects, 6 other rates, 10 counters, a rating, a word on the account


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spoiling=st.lists(st.tuples(st.integers(0, 100_000), st.sampled_from([*JUNK, None, 7, 1e300, [], {}])), max_size=8)
)
def test_a_spoilt_value_loses_no_figure_of_the_marketplace(tmp_path, spoiling):
    whole = json.loads((FORMATS / "account_health" / "v2_clean_uk_2025-08-31.json").read_bytes())
    for place, junk in spoiling:
        path = leaves(whole)[place % len(leaves(whole))]
        parent = whole
        for key in path[:-1]:
            parent = parent[key]
        parent[path[-1]] = junk
    found = reading(tmp_path, "health.json", json.dumps(whole).encode(), "")
    assert found["report"] == "account_health"
    named = sum("not used" in text for text in found["warnings"])
    # a figure that the file prints twice is one, unless its window was spoilt in one of the two places
    assert FIGURES <= accounted(found) + named <= FIGURES + 2
