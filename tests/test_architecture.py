"""Which way imports point, and how long a module may be: the map of the package as a table."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "helpers"
MODULES = sorted(path for path in SOURCE.rglob("*.py"))


def part(path):
    """The part of the map a file belongs to: a package speaks for all its files."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


# module → modules of ours it may import
MAY_IMPORT = {
    "__init__": set(),
    "errors": set(),
    "drafts": set(),
    "frames": set(),
    "places": {"errors"},
    "vocabulary": {"frames", "sentences"},
    "rows": {"vocabulary"},
    "sentences": set(),
    "wording": {"vocabulary", "sentences"},
    "targets": {"vocabulary", "sentences", "wording"},
    "windows": {"vocabulary", "targets"},
    "notebooks": {"errors", "places"},
    "exports": {
        "notebooks",
        "drafts",
        "vocabulary",
        "errors",
        "frames",
        "places",
        "rows",
        "sentences",
        "targets",
        "wording",
    },
    "intervals": set(),
    "clustering": set(),
    "coverage": {"vocabulary", "errors", "frames", "rows", "sentences", "targets", "windows", "wording"},
    "metrics": {"vocabulary", "frames", "targets", "windows", "intervals", "clustering", "coverage"},
    "verdicts": {"vocabulary", "frames", "rows", "sentences", "targets", "intervals", "clustering", "wording"},
    "referee": {"vocabulary", "frames", "rows", "sentences", "windows", "intervals", "clustering", "wording"},
    "marks": {"vocabulary", "frames", "sentences", "rows", "windows", "wording"},
    "tallies": {"vocabulary", "frames", "sentences", "targets", "wording", "coverage"},
    "history": {
        "vocabulary",
        "frames",
        "sentences",
        "rows",
        "targets",
        "intervals",
        "clustering",
        "verdicts",
        "wording",
    },
    "maturity": {
        "vocabulary",
        "frames",
        "sentences",
        "rows",
        "targets",
        "intervals",
        "clustering",
        "metrics",
        "verdicts",
        "history",
    },
    "actions": {
        "vocabulary",
        "frames",
        "sentences",
        "rows",
        "targets",
        "clustering",
        "coverage",
        "history",
        "maturity",
        "wording",
    },
    "signals": {
        "vocabulary",
        "frames",
        "rows",
        "targets",
        "windows",
        "clustering",
        "coverage",
        "metrics",
        "verdicts",
        "maturity",
    },
    "drivers": {
        "vocabulary",
        "frames",
        "sentences",
        "wording",
        "intervals",
        "clustering",
        "metrics",
        "history",
        "maturity",
    },
    "audit": {
        "vocabulary",
        "sentences",
        "targets",
        "exports",
        "coverage",
        "metrics",
        "verdicts",
        "referee",
        "marks",
        "tallies",
        "history",
        "maturity",
        "actions",
        "signals",
        "drivers",
        "feedback",
    },
    "alerts": {
        "vocabulary",
        "frames",
        "rows",
        "sentences",
        "metrics",
        "verdicts",
        "history",
        "maturity",
        "signals",
        "audit",
        "exports",
        "scenarios",
        "wording",
    },
    "sensitivity": {"vocabulary", "frames", "targets", "metrics", "audit"},
    "feedback": {"vocabulary", "intervals", "sentences", "wording"},
    "answer": {
        "marks",
        "vocabulary",
        "frames",
        "sentences",
        "rows",
        "coverage",
        "verdicts",
        "history",
        "targets",
        "maturity",
        "actions",
        "audit",
        "wording",
    },
    "first_passage": {"verdicts"},
    "scenarios": {
        "answer",
        "audit",
        "drivers",
        "errors",
        "exports",
        "frames",
        "intervals",
        "metrics",
        "rows",
        "sentences",
        "targets",
        "verdicts",
        "vocabulary",
        "wording",
    },
    "money": {"sentences", "coverage", "vocabulary", "wording"},
    "what_if": {"sentences", "charts", "rows", "scenarios"},
    "colours": set(),
    "templates": {"colours", "sentences"},
    "identification": {"sentences", "feedback", "intervals", "wording"},
    "own_feedback": {
        "sentences",
        "vocabulary",
        "exports",
        "audit",
        "frames",
        "rows",
        "targets",
        "intervals",
        "coverage",
        "metrics",
        "feedback",
        "identification",
        "answer",
        "wording",
    },
    "notices": {"errors", "exports", "wording"},
    "cases": {"vocabulary", "errors", "exports", "notices"},
    "evidence": {
        "actions",
        "vocabulary",
        "rows",
        "windows",
        "targets",
        "coverage",
        "metrics",
        "verdicts",
        "referee",
        "audit",
        "drivers",
        "own_feedback",
        "notices",
        "cases",
        "sentences",
        "wording",
    },
    "packs": {"vocabulary", "sentences", "audit", "answer", "scenarios", "notices", "cases", "evidence", "wording"},
    "portfolio": {
        "vocabulary",
        "sentences",
        "errors",
        "places",
        "frames",
        "rows",
        "coverage",
        "verdicts",
        "marks",
        "history",
        "maturity",
        "signals",
        "cases",
        "answer",
        "wording",
    },
    "front": {"vocabulary", "wording", "answer", "templates"},
    "charts": {
        "vocabulary",
        "frames",
        "rows",
        "verdicts",
        "maturity",
        "signals",
        "portfolio",
        "sentences",
        "wording",
        "colours",
    },
    "tables": {
        "vocabulary",
        "referee",
        "frames",
        "sentences",
        "rows",
        "wording",
        "answer",
        "coverage",
        "metrics",
        "verdicts",
        "targets",
        "maturity",
        "actions",
        "templates",
        "signals",
        "drivers",
        "packs",
        "portfolio",
        "scenarios",
    },
    "lesson": {"feedback", "charts", "tables", "sentences", "wording", "templates", "intervals"},
    "sample": {"places"},
    "reports": {part(path) for path in MODULES} - {"sample"},
}
ONLY_IN = {
    "altair": {"charts"},
    "papermill": {"reports"},
    "distributed": {"reports"},
    "mistune": {"reports"},
    "fluent": {"sentences", "charts"},
    "ipywidgets": {"lesson"},
}
SLOW = {"pandas", "statsmodels", "scipy.stats", "matplotlib", "duckdb", "pyarrow"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def name(path):
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_one_way(path):
    ours = {module.split(".")[1] for module in imported(path) if module.startswith("helpers.")}
    assert ours - {part(path)} <= MAY_IMPORT[part(path)]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_drawing_and_running_stay_in_their_own_modules(path):
    outside = {module.split(".")[0] for module in imported(path)}
    assert [package for package, places in ONLY_IN.items() if package in outside and part(path) not in places] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_slow_to_import_is_imported(path):
    assert [module for module in imported(path) if any(f"{module}.".startswith(f"{slow}.") for slow in SLOW)] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_has_one_idea_and_at_most_three_hundred_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_every_module_stands_on_the_map():
    said = (SOURCE / "__init__.py").read_text(encoding="utf-8")
    assert [part(path) for path in MODULES if part(path) != "__init__" and part(path) not in said] == []


def test_there_is_no_drawer_for_odds_and_ends():
    assert not {path.stem for path in MODULES} & {"utils", "common", "helpers", "misc"}


def test_an_account_is_judged_in_one_place():
    notebooks = SOURCE.parents[1] / "notebooks"
    texts = {str(path): path.read_text(encoding="utf-8") for path in (*MODULES, *notebooks.glob("*.ipynb"))}
    assert [name for name, text in texts.items() if "verdicts.judge(" in text] == [str(SOURCE / "audit.py")]
