"""Writes the notebooks with the outputs of the sample accounts, and the sample pack, as they are committed: `make notebooks`.

Without execution times, machine names and run numbers, so that a second run changes nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from helpers import cases, evidence, packs
from helpers.places import NOTEBOOKS
from helpers.reports import making, packing

SAMPLE = ("data/sample/on-the-mend", "2026-11-letter")
MADE_ON = "2026-11-28"  # what its pack calls today


def written(path: Path) -> str:
    """The text of a notebook with the outputs of its own default parameters and nothing of this machine."""
    executed = making.execute(path, {})
    cells = [cell for cell in executed.cells if "injected-parameters" not in cell.metadata.get("tags", ())]
    for number, cell in enumerate((cell for cell in cells if cell.cell_type == "code"), 1):
        _clean_code(cell, number)
    for cell in cells:
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.NotebookNode({"tags": tags} if tags else {})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=metadata)) + "\n"


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


def main() -> None:
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        path.write_text(written(path), encoding="utf-8")
        print(path.name)
    print(sample_pack())


if __name__ == "__main__":
    main()
