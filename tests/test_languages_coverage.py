"""In a made-up language what the files prove, what woke somebody, the first screen as a page and the mail say every word
from the table of sentences."""

from datetime import date

import nbformat
import pytest
from marked import DAY, SAMPLES, TODAY, outside, read_aloud

from helpers import alerts, answer, audit, coverage, front, sentences
from helpers.reports import contents, export, mail, results

SEPTEMBER = date(2026, 9, 30)


def left(said, of):
    """The texts with words outside the marks, each with these words."""
    return {text: words for text in said if text and (words := outside(text, of))}


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_what_files_prove_and_what_to_download_is_said_in_it(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        rows = list(of.covered.iter_rows(named=True))
        told = [text for row in rows for text in (*row["missing"], *coverage.advice(row))]
        told += [text for frame in (of.gaps, of.holes) for text in frame.get_column("kind")]
        told += [*of.gaps.get_column("why"), *of.gaps.get_column("download"), *of.holes.get_column("download")]
    assert left(told, of) == {}
    assert any("⟦" in text for text in told)


@pytest.mark.parametrize("store", ["amazon.co.uk", "ebay.co.uk"])
def test_in_a_marked_language_every_download_is_asked_for_in_it(samples, marked, store):
    of = audit.of(samples / "small-good", DAY, TODAY)
    with sentences.written(marked):
        runs = (None, (SEPTEMBER, DAY), (DAY, DAY))
        told = [coverage.asking(kind, store, run) or "" for kind in coverage.KINDS for run in runs]
    assert left([text.replace(store, "") for text in told], of) == {}
    assert sum(map(bool, told)) == 3 * (11 if store == "amazon.co.uk" else 6)


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_alerts_are_said_in_it(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        rows = alerts.of(of, date(2026, 8, 31))
        told = [*rows.get_column("sentence"), *rows.get_column("fixed_step")]
    assert left(told, of) == {}


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_the_page_around_the_answer_and_the_mail_are_said_in_it(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        screen = answer.first_screen(of)
        figures = [{"label": one.label, "text": one.text, "counts": one.counts} for one in screen.figures]
        figures = [
            row | {"interval": one.interval, "aim": one.aim, "word": one.word, "status": one.status}
            for row, one in zip(figures, screen.figures, strict=True)
        ]
        said = {"account": of.account.id, "name": of.account.name, "as_of": DAY.isoformat()}
        said |= {"answer": results.plain(screen) | {"figures": figures}, "changed": answer.changed(of)}
        letter = mail.words(said, ["a.pdf", "b.html"])
        shown = nbformat.v4.new_output("display_data", {"text/html": front.html(screen).data})
        fold = nbformat.v4.new_markdown_cell("## ⟦Fold⟧", metadata={"tags": ["appendix"]})
        cells = [nbformat.v4.new_code_cell("", outputs=[shown]), fold]
        page = contents.read(nbformat.v4.new_notebook(cells=cells), "⟦title⟧", note="⟦a note⟧")
        html = export.written(page).replace("</bdi> · <bdi>", " · ")
        texts = [*read_aloud(html), mail.text(letter).replace("a.pdf", "").replace("b.html", "")]
        texts += read_aloud(mail._html(letter, []).replace("a.pdf", "").replace("b.html", ""))
    assert left(texts, of) == {}
    assert any("⟦Skip" in text for text in texts)
