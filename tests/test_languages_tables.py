"""In a made-up language every table of a monthly report says its heads and its cells from the table of sentences."""

import pytest
from marked import DAY, SAMPLES, TODAY, outside, read_aloud

from helpers import alerts, answer, audit, sensitivity, sentences, tables

SHOWN = {
    "files": lambda a: tables.files(a.account),
    "rejected": lambda a: tables.rejected(a.account),
    "coverage": lambda a: tables.coverage(a.covered),
    "rates": lambda a: tables.rates(answer.rates(a), a.counted, a.verdicts),
    "parts": lambda a: tables.parts(a.trailing, a.verdicts, a.covered),
    "changes": lambda a: tables.changes(a.changes, a.verdicts),
    "roll_off": lambda a: tables.roll_off(a.roll_off, a.verdicts),
    "actions": lambda a: tables.actions(a.actions),
    "maturity": lambda a: tables.maturity(a.maturity),
    "decided": lambda a: tables.decided(a.decided),
    "alerts": lambda a: tables.alerts(alerts.of(a)),
    "signals": lambda a: tables.signals(a.signals),
    "drivers": lambda a: tables.drivers(a.drivers),
    "returned": lambda a: tables.returned(a.returned),
    "compared": lambda a: tables.compared(a.compared),
    "reported": lambda a: tables.reported(a.account.snapshots, a.day),
    "score": lambda a: tables.score(a.trailing, a.day),
    "standing": lambda a: tables.standing(a.standing),
    "tallies": lambda a: tables.tallies(a.tallies),
    "unjudged": lambda a: tables.unjudged(a.trailing, a.verdicts, a.covered, a.day),
    "definitions": lambda a: tables.definitions(a.covered, a.verdicts),
    "evidence_words": lambda a: tables.evidence_words(),
    "targets": lambda a: tables.targets(a.covered, a.rules, a.day),
    "open_points": lambda a: tables.open_points(a.account, sensitivity.other_readings(a)),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_no_table_of_a_monthly_report_says_a_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        texts = {name: read_aloud(shown(of).data) for name, shown in SHOWN.items()}
    left = {name: {text: words for text in said if (words := outside(text, of))} for name, said in texts.items()}
    assert {name: found for name, found in left.items() if found} == {}
    assert all("⟦" in "".join(said) for name, said in texts.items() if name != "reported")
