"""The lesson as one page that needs no account, no kernel and no network."""

from __future__ import annotations

import json
from pathlib import Path

from helpers import notebooks
from helpers.exports.personal import NOTHING_DROPPED
from helpers.reports import contents, export, making, pdf, product, publish


def make(out: Path, *, as_pdf: bool = False) -> list[Path]:
    """Run the notebook of the lesson and write its page, and if asked two PDFs: a handout, and its answers on a sheet of their
    own. All go through the privacy gate.

    Raises Failed when the notebook did not run to its end, product.LeakError when the gate stops the page, and
    SettingsError when a PDF is asked for and there is no browser.
    """
    if as_pdf:
        pdf.demanded()
    name = notebooks.LESSON.stem
    notebook = making.execute(notebooks.LESSON, {})
    title = product.question(notebook)
    page = export.written(contents.read(notebook, title, running=title))
    shown = json.dumps([cell.get("outputs", ()) for cell in notebook.cells], ensure_ascii=False)
    product.let_through({f"{name}.html": page, f"outputs of {name}.ipynb": shown}, NOTHING_DROPPED)
    made: dict[str, str | bytes] = {}
    if as_pdf:
        answers = page.replace('<body class="lesson"', '<body class="lesson answers"', 1)
        made = {f"{name}.pdf": pdf.printed(page), f"{name}-answers.pdf": pdf.printed(answers)}
    return [publish.place(out / name, content) for name, content in (made | {f"{name}.html": page}).items()]
