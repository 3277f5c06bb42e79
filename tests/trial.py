"""Small notebooks for the tests of a run, and the tasks that make reports of them."""

import json
from pathlib import Path

import nbformat

from helpers.reports import results
from helpers.reports.tasks import Task

PUBLISH = f'''
from IPython.display import display
display({{"{results.MIME}": {{"account": "acme", "as_of": "2026-10-31", "files": []}}}}, raw=True)
'''


def task(folder: Path, *cells: str, out: Path | None = None, id: str = "acme", **said) -> Task:
    """A task of a small notebook with the given cells after its parameters, in an account folder made for it."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = nbformat.v4.new_notebook(metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
    first = nbformat.v4.new_code_cell('account_folder: str = ""\nas_of: str = ""')
    first.metadata["tags"] = ["parameters"]
    book.cells = [nbformat.v4.new_markdown_cell("# Trial?"), first, *map(nbformat.v4.new_code_cell, cells)]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "07-trial.ipynb"
    nbformat.write(book, path)
    (folder / "account.toml").write_text(f'id = "{id}"\nname = "Acme"\nmarketplaces = ["amazon.de"]')
    return Task(id, folder, path, "", "2026-10", out or folder / "out", **said)


def recorded(out: Path) -> list[list[dict]]:
    """The lines of each run that was written down in a folder of reports, the oldest run first."""
    return [list(map(json.loads, path.read_text().splitlines())) for path in sorted((out / ".runs").glob("*.jsonl"))]


def tell(**said: str) -> str:
    """A cell that writes what Python expressions give, as JSON, into `told.json` of its account's folder; hidden from the
    look at what a report is made of."""
    pairs = ", ".join(f"{name!r}: ({code})" for name, code in said.items())
    return f"import json\nopen(account_folder + '/.told.json', 'w').write(json.dumps({{{pairs}}}))"


def told(one: Task):
    return json.loads((one.folder / ".told.json").read_text())
