"""The notebooks as they are committed: how they are built, what they may hold, that their outputs are of today."""

import re
from pathlib import Path

import nbformat
import pytest

from helpers.reports import committed

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def tags(cell):
    return cell.metadata.get("tags", [])


def test_a_notebook_tells_and_a_module_computes(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 12
            assert not re.search(r"^\s*(def|class|for|while) ", cell.source, re.MULTILINE), cell.source


def test_the_title_is_a_question_and_prose_comes_first(notebook):
    headings = [cell for cell in notebook.cells if cell.cell_type == "markdown" and re.match(r"# ", cell.source)]
    assert len(headings) == 1
    assert notebook.cells[0] is headings[0]
    assert notebook.cells[0].source.splitlines()[0].endswith("?")


def test_the_second_cell_holds_the_parameters_and_nothing_else(notebook):
    marked = [cell for cell in notebook.cells if "parameters" in tags(cell)]
    assert marked == [notebook.cells[1]]
    for line in marked[0].source.splitlines():
        assert re.fullmatch(r'\w+: str = "[^"]*"  # .+', line)


def test_there_is_at_least_as_much_prose_as_code(notebook):
    counts = [cell.cell_type for cell in notebook.cells if not {"parameters", "setup"} & set(tags(cell))]
    assert counts.count("markdown") >= counts.count("code")


def test_no_output_holds_widget_state_or_the_name_of_a_folder(notebook):
    text = nbformat.writes(notebook)
    assert "widget-state" not in text
    assert "widget-view" not in text
    assert not re.search(r"(/home/|/Users/|/root/|C:\\\\Users)", text)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell in notebook.cells:
        assert not [one for one in cell.get("outputs", ()) if one.output_type == "error" or one.get("name") == "stderr"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_committed_outputs_are_those_of_the_sample_data_today(path):
    assert path.read_text(encoding="utf-8") == committed.written(path), "run: make notebooks"
