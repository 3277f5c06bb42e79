"""The pages a reader is sent to: every frame, column and option stands in them, and nothing else does."""

import re
from pathlib import Path

import pytest

from helpers import coverage
from helpers.exports.recognise import REPORTS
from helpers.frames import SCHEMAS
from helpers.vocabulary import OPTIONS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
        *DOCS.glob("*.md"),
        ROOT / "data" / "sample" / "README.md",
    ]
)


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def sections(text):
    """Name → body of each section whose title is a word of code."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return {title.strip("`"): body for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def rows(text):
    """The rows of a table whose first cell is a word of code: that word and the other cells."""
    found = re.findall(r"^\| `(\w+)` \|(.+)\|$", text, re.MULTILINE)
    return [(name, [cell.strip() for cell in rest.split(" | ")]) for name, rest in found]


def test_the_page_of_frames_names_every_frame_and_no_other():
    assert list(sections(page("frames.md"))) == list(SCHEMAS)


@pytest.mark.parametrize("frame", SCHEMAS)
def test_every_column_of_a_frame_has_its_row_in_the_order_of_the_frame(frame):
    assert [name for name, _ in rows(sections(page("frames.md"))[frame])] == list(SCHEMAS[frame])


@pytest.mark.parametrize("frame", SCHEMAS)
def test_every_column_says_what_it_means_and_in_which_unit(frame):
    silent = [name for name, cells in rows(sections(page("frames.md"))[frame]) if len(cells) != 3 or not all(cells[:2])]
    assert silent == []


def test_the_page_of_deviations_names_every_option_with_its_readings():
    said = {name: tuple(re.findall(r"`([^`]+)`", cells[0])) for name, cells in rows(page("deviations.md"))}
    assert said == {name: option.values for name, option in OPTIONS.items()}


def test_the_map_in_the_readme_names_every_part_of_the_package():
    package = ROOT / "src" / "helpers"
    parts = {one.stem for one in package.iterdir() if one.suffix == ".py" or (one / "__init__.py").is_file()}
    map_of_parts = (ROOT / "README.md").read_text(encoding="utf-8").split("## The map", 1)[1].split("```")[1]
    assert [part for part in sorted(parts - {"__init__"}) if not re.search(rf"\b{part}\b", map_of_parts)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_a_page_links_to_is_there(path):
    links = re.findall(r"\]\((?!https?://)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_no_page_and_no_advice_asks_for_a_settlement_of_the_first_version_which_is_gone():
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## What to download", 1)[1].split("\n## ", 1)[0]
    asked = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    assert [cell for cell in (*asked, *map(coverage.asking, coverage.KINDS)) if "ettlement" in cell] == [
        " Settlements (V2), or the transaction file (CSV) "
    ]


def test_every_reader_is_named_where_exports_explains_itself():
    said = (ROOT / "src" / "helpers" / "exports" / "__init__.py").read_text(encoding="utf-8")
    assert [name for name in REPORTS if name not in said] == []
