"""In a made-up language every table of a monthly report says its heads and its cells from the table of sentences."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import get_args, get_type_hints

import polars as pl
import pytest
from conftest import ROOT
from marked import DAY, SAMPLES, TODAY, outside, read_aloud

from helpers import alerts, answer, audit, portfolio, sensitivity, sentences, tables, targets
from helpers.actions.rows import Word
from helpers.drivers import FACTORS
from helpers.exports.recognise import REPORTS
from helpers.maturity.priors import AT_ONCE, PRIORS
from helpers.notices import KINDS
from helpers.portfolio import REASONS
from helpers.reports import gallery_portfolio
from helpers.signals import AlertRow
from helpers.vocabulary import DEFECT_KINDS, METRICS, OPTIONS

SHOWN = {
    "files": lambda a: tables.files(a.account),
    "rejected": lambda a: tables.rejected(a.account),
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


def of_files(of):
    """What stands in these tables as files, readers of files and the register of targets say it."""
    told = targets.table().select(pl.format("{} [{}]", "source", "grade"), "note").unique()
    remarks = of.account.files.get_column("warnings").explode().drop_nulls()
    return [
        *of.standing.get_column("order_key"),
        *of.account.rejected.get_column("reason"),
        *remarks,
        *(re.split("[:;]", remark)[0] for remark in remarks),
        *of.drivers.filter(~pl.col("factor").is_in(["weekday", "handling"])).get_column("level"),
        *of.returned.get_column("sku"),
        *(reason.replace("_", " ") for reason in of.account.returns.get_column("reason").drop_nulls().unique()),
        *(event.what for store in of.account.marketplaces for event in targets.events(store, date(2020, 1, 1), DAY)),
        *(text for row in told.iter_rows() for text in row if text),
        *OPTIONS,
    ]


def test_every_head_in_the_table_of_sentences_stands_over_a_column():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "helpers").rglob("*.py"))
    templates = sentences.table(sentences.writing_now().sentences).templates
    heads = [key.partition(".")[2] for key in templates if re.match(r"head(-[\w-]+)?\.", key)]
    assert "bad_ones" in heads
    assert [head for head in heads if f'"{head}"' not in code and f'.{head}"' not in code] == []


WORDS = {  # family of templates → the codes of which each has a word
    "definition": METRICS,
    "open-point": OPTIONS,
    "reading": {value for one in OPTIONS.values() if one.kind == "word" for value in one.values if value.islower()},
    "report": {*REPORTS, "all_orders_by_last_update"},
    "defect": DEFECT_KINDS,
    "factor": {*FACTORS, "month"},
    "group": {one.group for one in METRICS.values() if one.group},
    "alert-kind": get_args(get_type_hints(AlertRow)["kind"]),
    "fix-word": get_args(Word),
    "prior": {prior.source for prior in (*PRIORS.values(), AT_ONCE)},
    "reason": REASONS,
    "letter-kind": KINDS,
}


@pytest.mark.parametrize("family", WORDS)
def test_every_code_that_a_table_prints_has_its_word(family):
    templates = sentences.table(sentences.writing_now().sentences).templates
    assert {key.partition(".")[2] for key in templates if key.startswith(f"{family}.")} == set(WORDS[family])


@pytest.mark.parametrize("sample", SAMPLES)
def test_in_a_marked_language_no_table_of_a_monthly_report_says_a_word_outside_the_marks(samples, marked, sample):
    of = audit.of(samples / sample, DAY, TODAY)
    with sentences.written(marked):
        texts = {name: read_aloud(shown(of).data) for name, shown in SHOWN.items()}
    theirs = re.compile("|".join(map(re.escape, sorted(set(of_files(of)), key=len, reverse=True))))
    left = {
        name: {text: words for text in said if (words := outside(theirs.sub(" ", text), of))}
        for name, said in texts.items()
    }
    assert {name: found for name, found in left.items() if found} == {}
    assert all("⟦" in "".join(said) for name, said in texts.items() if name != "reported")


MADE_UP = (
    "All is well.",
    ("its process died; " * 9).strip(),
    "its process died",
    "<i>2026-11-letter</i>",
    "data/<b>shop</b>",
)
NAMES = ("02-metric-trends", "seller-audit check")


@pytest.mark.parametrize("sample", ["late-and-broken", "with-holes"])
def test_in_a_marked_language_the_morning_of_many_accounts_says_no_word_outside_the_marks(samples, marked, sample):
    of, earlier = (audit.of(samples / sample, day, TODAY) for day in (DAY, date(2026, 8, 31)))
    with sentences.written(marked):
        before = gallery_portfolio.of(earlier).now
        whole = replace(gallery_portfolio.of(of), before=before)
        accounts, letters = portfolio.accounts(whole), gallery_portfolio.letters(of)
        screen = portfolio.first_screen(whole, accounts, letters)
        listed = portfolio.listed(whole)
        shown = [
            tables.calls(accounts, ".."),
            tables.news(portfolio.news(whole)),
            tables.stores({one.name: one.frames["verdicts"] for one in whole.now.values()}),
            tables.one_list(listed, portfolio.promise(listed)),
            tables.deadlines(letters, DAY),
            tables.failures(whole.night, {}, ".."),
        ]
        texts = [screen.kicker, screen.headline, screen.others, *screen.actions, *screen.facts]
        texts += [text for table in shown for text in read_aloud(table.data)]
    said = {*MADE_UP, *NAMES, *of_files(of)}
    theirs = re.compile("|".join(map(re.escape, sorted(filter(None, said), key=len, reverse=True))))
    assert {text: words for text in texts if (words := outside(theirs.sub(" ", text), of))} == {}


def test_in_a_marked_language_the_tables_of_a_letter_and_of_the_lesson_say_no_word_outside_the_marks(samples, marked):
    of = audit.of(samples / "small-good", DAY, TODAY)
    charge = dict.fromkeys(("letter", "records", "window", "target")) | {"charge": "1", "status": "2"}
    order = dict.fromkeys(("ordered_on", "ship_by", "confirmed_at", "promised_by", "outcome", "seen_on"))
    rate = {
        "rate": "1",
        "marketplace": "amazon.com",
        "group": None,
        "window_days": 60,
        "bad": 1,
        "of": 2,
        "target": "3",
    }
    rate |= {"status": "met", "headroom": 4, "met_from_at_best": None, "chance_30": None}
    shares = {"dissatisfied": 0.1, "response_rate": 0.2, "negative_of_feedback": 0.3, "negative_of_orders": 0.4}
    read = {"covered": 1, "shops": 2, "mean_error": 0.1, "mean_width": 0.2}
    with sentences.written(marked):
        shown = [
            tables.charges(pl.DataFrame([charge])),
            tables.facts(pl.DataFrame([{"number": "1", "said": "2", "source": "3, 4, 5, 6, 7"}])),
            *tables.behind({"1.csv": pl.DataFrame([order | {"order_key": "2"}])}),
            tables.problems(pl.DataFrame([{"what": "1", "place": "2", "said": "3"}])),
            tables.watch(pl.DataFrame([rate])),
            tables.two_roads(SimpleNamespace(**shares), SimpleNamespace(**shares)),
            tables.known_truth(pl.DataFrame([read | {"reading": name} for name in ("score", "ratio", "bounds")])),
        ]
    texts = [text for table in shown for text in read_aloud(table.data)]
    assert {text: words for text in texts if (words := outside(text, of))} == {}
