"""In a made-up language the charges of a letter are judged in words of the table of sentences, and every subject has one."""

from datetime import date

import pytest
from marked import DAY, TODAY, outside

from helpers import audit, cases, evidence, sentences
from helpers.cases import Charge
from helpers.evidence import orders, papers, shared, sources
from helpers.notices import SUBJECTS

TABLE = sentences.table(sentences.writing_now().sentences)
# What a letter can print of a rate that stands at `x` of `n`: the figure itself, another, none, a window, a target.
LETTERS = {
    "same": lambda x, n: {"count": x, "out_of": n},
    "more": lambda x, n: {"count": x + 3, "out_of": n + 5},
    "fewer orders": lambda x, n: {"count": x, "out_of": n - 1},
    "count": lambda x, _: {"count": x + 2},
    "figure": lambda *_: {"figure": "0.0301"},
    "nothing": lambda *_: {},
    "length": lambda x, _: {"window_days": 45, "count": x},
    "window": lambda *_: {"window_from": date(2026, 8, 1), "window_to": date(2026, 8, 30)},
    "target": lambda *_: {"target": "0.02", "target_sense": "below", "hedged": True},
}


@pytest.mark.parametrize("sample", ["on-the-mend", "late-and-broken", "with-holes", "lamp-house"])
def test_in_a_marked_language_charges_their_reasons_and_their_limits_are_said_in_it(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        rows = of.verdicts.filter(of.verdicts["denominator"] > 0).iter_rows(named=True)
        judged = [
            evidence.judged(
                Charge(subject=row["metric"], **letter(row["numerator"], row["denominator"])), of, row["marketplace"]
            )
            for row in rows
            if row["metric"] in SUBJECTS
            for letter in LETTERS.values()
        ]
        judged += [evidence.judged(Charge(subject=one), of, of.account.marketplaces[0]) for one in SUBJECTS]
        told = [text for one in judged for text in (one.name, one.finding, *one.download)]
        told += [reason.said for one in judged for reason in one.reasons]
        told += [missing for one in judged for counted in one.counted for missing in counted.missing]
        told += [said for one in judged for _, said in shared.shared(one, of)]
        told += [sources.files_behind(one, of).replace("exports/", "") for one in judged]
        told += [text for row in evidence.charges(judged).iter_rows() for text in row if text]
        behind = [one for one in judged if one.meant and one.counted and one.counted[0].is_judged]
        behind = [one for one in behind if one.meant.metric.rows in ("orders", "lateness", "packages")]
        outcomes = [orders.behind(one.meant, one.counted[0].span, of).get_column("outcome") for one in behind]
        told += [text for words in outcomes for text in words.drop_nulls()]
    assert {text: words for text in told if (words := outside(text, of))} == {}


def test_in_a_marked_language_every_row_of_evidence_and_what_the_records_do_not_support_is_said_in_it(samples, marked):
    found = evidence.of(cases.read(samples / "on-the-mend", "2026-11-letter"), TODAY)
    said = found.case.said
    theirs = [said.letter, said.confirmed_by, "case.toml", "may-go.csv", "documents/", "exports/"]
    theirs += [
        text for one in (*said.causes, *said.done, *said.steps) for text in (one.text, getattr(one, "owner", ""))
    ]
    theirs += [text for one in said.documents for text in (one.file, one.shows)]
    theirs += [words.text for one in found.reading.charges for words in one.words]
    with sentences.written(marked):
        told = [text for row in found.rows for text in (row.said, row.source)]
        told += [*found.unsupported, *(paper.shows for paper in found.papers)]
    theirs += found.tables
    for name in sorted(filter(None, theirs), key=len, reverse=True):
        told = [text.replace(name, "") for text in told]
    assert {text: words for text in told if (words := outside(text, found.audit))} == {}


def test_every_subject_of_a_letter_is_named_and_every_paper_told_what_it_must_show():
    named = {f"charge.{subject}" for subject in SUBJECTS} | {f"charge-status.{status}" for status in evidence.STATUSES}
    named |= {f"must-show.{kind}" for kind in papers.AGES} | {f"shows-more.{subject}" for subject in papers.SHOWN_MORE}
    assert sorted(named - TABLE.templates.keys()) == []
    families = {"charge", "charge-status", "must-show", "shows-more"}
    assert {key for key in TABLE.templates if key.split(".")[0] in families} == named
