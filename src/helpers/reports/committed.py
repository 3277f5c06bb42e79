"""Writes the notebooks with the outputs of the sample accounts, the sample pack and the sample night, as they are committed:
`make notebooks`.

Without execution times, machine names and run numbers, so that a second run changes nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from helpers import cases, evidence, packs, places, portfolio
from helpers.exports import settings
from helpers.places import NOTEBOOKS
from helpers.portfolio import reading
from helpers.reports import making, packing, publish, runner
from helpers.reports.tasks import Task

SAMPLE = ("data/sample/on-the-mend", "2026-11-letter")
MADE_ON = "2026-11-28"  # what its pack calls today
MONTHLY = "02-metric-trends"
MONTHS, DAYS = ("2026-09", "2026-10"), ("2026-09-30", "2026-10-31")  # of the night the portfolio is shown on
RAN_AT = "2026-11-28T041500Z"
OF_FILES = ("path", "report", "reaches", "last_day", "rows_kept", "rows_rejected", "rows_waiting", "warnings")
FAILED = (
    "moss-and-rye",
    3,
    "feedback.txt line 1: expected six tab-separated columns (Date, Rating, …), found 5",
)


def written(path: Path) -> str:
    """The text of a notebook with the outputs of its own default parameters and nothing of this machine."""
    executed = making.execute(path, {})
    cells = [cell for cell in executed.cells if "injected-parameters" not in cell.metadata.get("tags", ())]
    for number, cell in enumerate((cell for cell in cells if cell.cell_type == "code"), 1):
        _clean_code(cell, number)
    for cell in cells:
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.NotebookNode({"tags": tags} | _closed(cell, tags) if tags else {})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=metadata)) + "\n"


def _closed(cell: Any, tags: list[str]) -> dict:
    """What keeps prose that follows a guess closed in JupyterLab until it is asked for; pictures close themselves."""
    return {"jupyter": {"source_hidden": True}} if "reveal" in tags and cell.cell_type == "markdown" else {}


def _clean_code(cell: Any, number: int) -> None:
    """Number the cell as a fresh run would, and keep of its outputs what a reader sees."""
    cell.execution_count = number
    if {"keys", "interactive"} & set(cell.metadata.get("tags", ())):
        # Keys of order numbers differ from one checkout to the next; sliders of JupyterLab are dead without a kernel.
        cell.outputs = []
    cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = number


def sample_pack() -> Path:
    """The pack of the sample letter as it is committed: texts and tables, without PDF and without its manifest, which names
    the versions of this machine. Returns its folder."""
    pack = packs.of(evidence.of(cases.read(*SAMPLE), today=MADE_ON))
    place = packing.place_of(pack.evidence.case, None)
    packing.written(pack, place, as_pdf=False, as_zip=False)
    (place / packing.MANIFEST).unlink()
    return place


def sample_night(reports: Path, place: Path) -> None:
    """What `06-portfolio` reads of the sample accounts' reports, small enough to be committed: their results without what
    it does not look at, and the record of a run in which one more account failed.

    reports   a folder of reports of MONTHS · place   data/sample/night
    """
    for path in sorted(reports.glob(f"*/20*/{publish.MANIFEST}")):
        entries = json.loads(path.read_text(encoding="utf-8"))["reports"]
        report = next(entry for name, entry in entries.items() if reading.is_monthly(name))
        results = next(name for name in report["outputs"] if name.endswith(".json"))
        said = json.loads((path.parent / results).read_text(encoding="utf-8"))
        kept = {"reports": {MONTHLY: {"as_of": report["as_of"], "outputs": {f"{MONTHLY}.json": ""}}}}
        folder = place / path.parent.relative_to(reports)
        publish.place(folder / publish.MANIFEST, publish.as_json(kept))
        publish.place(folder / f"{MONTHLY}.json", publish.as_json(small(said)))
    publish.place(place / ".runs" / f"{RAN_AT}.jsonl", "".join(f"{json.dumps(line)}\n" for line in _recorded(reports)))


def small(said: dict[str, Any]) -> dict[str, Any]:
    """The results without what the portfolio does not look at; floats as far as every machine agrees."""
    keep = {
        "decided": lambda row: row["word"] == "missed",
        "signals": lambda row: row["watch"] == "target",
        "marketplace_marks": lambda row: row["is_flagged"],
    }
    small = {name: said[name] for name in ("schema_version", "notebook", "account", "name", "as_of")}
    small["answer"] = {"headline": said["answer"]["headline"]}
    frames = {name: [row for row in said[name] if keep.get(name, bool)(row)] for name in portfolio.FRAMES}
    frames["files"] = [{name: row[name] for name in OF_FILES} for row in frames["files"]]
    for row in frames["files"]:
        row["warnings"] = row["warnings"][:1] if row["report"] is None else []
    return small | {name: [_rounded(row) for row in rows] for name, rows in frames.items()}


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {name: float(f"{one:.6g}") if isinstance(one, float) else one for name, one in row.items()}


def _recorded(reports: Path) -> Iterator[dict[str, Any]]:
    """The lines of a run over the sample accounts, and one account that is not there."""
    every = [(path.name, 0, "") for path in sorted(reports.iterdir()) if path.is_dir() and path.name[0] != "."]
    for account, code, why in (*every, FAILED):
        folder = f"data/sample/{account}"
        known = settings.read(places.home() / folder).name if not code else "Moss and Rye (made up)"
        yield {
            "schema_version": 1,
            "account": account,
            "name": known,
            "folder": folder,
            "notebook": MONTHLY,
            "month": MONTHS[-1],
            "as_of": "2026-10-31",
            "status": "failed" if code else "made",
            "code": code,
            "said": why,
            "seconds": 0.0,
            "memory_mb": 0,
            "flags": [],
            "verdict": "",
            "files": [],
            "look": f"seller-audit check {folder}" if code else "",
        }
    yield {
        "schema_version": 1,
        "ended_at": "2026-11-28T04:21:00Z",
        "code": 3,
        "made": len(every),
        "unchanged": 0,
        "failed": 1,
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        out = Path(made)
        folders = sorted(path.parent for path in (places.home() / "data" / "sample").glob(f"*/{settings.FILE}"))
        for month, day in zip(MONTHS, DAYS, strict=True):
            tasks = [
                Task(one.name, one, NOTEBOOKS / f"{MONTHLY}.ipynb", day, month, out, today=MADE_ON) for one in folders
            ]
            for outcome in runner.run(tasks, jobs=2):
                if outcome.code:
                    raise SystemExit(f"{outcome.task.account}: {outcome.said}")
        sample_night(out, places.home() / "data" / "sample" / "night")
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        path.write_text(written(path), encoding="utf-8")
        print(path.name)
    print(sample_pack())


if __name__ == "__main__":
    main()
