"""The one table of judged rates: what each row says of a bound, a miss, a movement, and which rates have no row."""

import csv
import io
import re
from datetime import date, timedelta

import nbformat
import polars as pl
from test_answer import ACCOUNT, DAY, KEY, audited, verdict
from test_charts import trailing
from test_charts import verdict as drawn

from helpers import answer, tables
from helpers.frames import SCHEMAS, empty
from helpers.reports import contents, results, sheets
from helpers.reports.results import plain
from helpers.tables.spark import spark
from helpers.vocabulary import Account

MOVED = KEY | {"word": "falling", "compared_with": "window_before", "numerator": 2, "denominator": 150}
MOVED |= {"numerator_before": 9, "denominator_before": 160}


def the_only(*rows, **said):
    (rate,) = answer.rates(audited(*rows, **said))
    return rate


def test_a_rate_says_its_count_its_interval_its_target_and_its_movement_with_both_counts():
    rate = the_only(verdict("breached", clear_from=date(2026, 11, 9)), movement=[MOVED])
    assert (rate.label, rate.of) == ("Order defect rate", "")  # one store, one channel: the page names them over it
    assert (rate.figure, rate.interval, rate.target) == (
        "1.33\u202f% (2 of 150 orders)",
        "0.37–4.73\u202f%",
        "under 1\u202f%",
    )
    assert (rate.moved, rate.beside) == ("falling, beyond chance", "from 9 of 160 before")
    assert rate.left == "met from 9 Nov 2026 at best"
    two = answer.rates(audited(verdict("met"), verdict("met", fulfilment="amazon")))
    assert [one.of for one in two] == ["amazon.de, seller ships", "amazon.de, Amazon ships"]
    assert the_only(verdict("met"), movement=[MOVED | {"exactness_before": "lower_bound"}]).beside == (
        "from at least 9 of 160 before"
    )


def test_the_chance_of_a_missed_day_stands_beside_the_rate_it_is_of():
    chances = pl.DataFrame([KEY | {"chance": "1 in 5"}], schema_overrides={"group": pl.String})
    (rate,) = answer.rates(audited(verdict("met", headroom=1)), chances)
    assert rate.chance == "1 in 5"
    other = chances.with_columns(marketplace=pl.lit("amazon.fr"))
    assert answer.rates(audited(verdict("met", headroom=1)), other)[0].chance == ""


def test_of_a_bound_no_more_is_said_than_it_bears():
    least = the_only(verdict("breached", exactness="lower_bound", clear_from=date(2026, 11, 9), probability_met=0.2))
    assert least.figure.startswith("at least 1.33")
    assert least.left == "met from 9 Nov 2026 at the earliest"
    assert least.truly_met == "at most 20 in 100"
    met = the_only(verdict("met", exactness="lower_bound", headroom=3))
    assert met.left == "at most 3 more bad ones"
    assert met.verdict == "Target met, not proved"


def test_without_feedback_to_the_day_the_table_says_the_same_word_as_the_first_screen():
    row = verdict("breached", clear_from=date(2026, 11, 9))
    bare = Account(**vars(ACCOUNT) | {"feedback": empty("feedback")})
    audit = audited(row, account=bare)
    assert answer.rates(audit)[0].left == "met from 9 Nov 2026 at the earliest"
    assert answer.first_screen(audit).facts[0].startswith("Met again at the earliest ")
    assert answer.surely_first(audit, audit.verdicts) == "at the earliest"


def test_a_verdict_stands_over_its_evidence_and_what_is_not_proved_beside_its_word():
    def cell(*rows):
        audit = audited(*rows)
        shown = tables.rates(answer.rates(audit), pl.DataFrame(schema=SCHEMAS["trailing"]), audit.verdicts).data
        return re.search(r"<div><span class=\"(?:met|breached)\">.*?</div>", shown)[0]

    assert cell(verdict("breached", probability_met=0.2)) == (
        '<div><span class="breached">◆ Missed</span><small>weak evidence, chance it is truly met 20 in 100</small></div>'
    )
    assert cell(verdict("met", exactness="lower_bound")).startswith('<div><span class="met">● Met, not proved</span>')


def test_a_miss_that_does_not_end_by_itself_says_so_and_the_marketplace_s_own_figure_says_nothing_of_it():
    assert the_only(verdict("breached")).left == "not by waiting; 51 further good orders"
    assert the_only(verdict("breached", unjudged_from=DAY + timedelta(3))).left.startswith(
        "no longer judged from 3 Nov"
    )
    assert the_only(verdict("breached", source="marketplace")).left == "the marketplace does not say"
    assert the_only(verdict("met", headroom=0)).left == "the next bad one would miss it"


def test_rates_without_a_verdict_share_one_line_however_many_stores_there_are():
    none = [verdict("no_data", denominator=0, marketplace=f"amazon.{n}") for n in range(20)]
    audit = audited(verdict("met", headroom=1), *none)
    shown = tables.rates(answer.rates(audit), pl.DataFrame(schema=SCHEMAS["trailing"]), audit.verdicts).data
    assert shown.count("<tr") == 2
    assert "and 16 more, for their window has no order." in shown


def test_no_verdict_is_laid_on_youth_or_on_no_order_where_files_are_missing():
    """Orders of a month are missing; every order file is a web page; no day of the window is told; and truly no order."""
    holed = verdict("no_data", exactness="approximate", numerator=2, denominator=278)
    unread = verdict("no_data", exactness="impossible", numerator=18, denominator=0)
    none = verdict("no_data", numerator=0, denominator=0)
    rate = "No verdict on the order defect rate (amazon.de, seller ships), for "
    part = (
        trailing([0.0])
        .head(1)
        .with_columns(
            *(pl.lit(value, SCHEMAS["trailing"][name]).alias(name) for name, value in KEY.items()),
            pl.lit(DAY).alias("day"),
            pl.lit(False).alias("is_covered"),
        )
    )
    nothing = empty("trailing")
    days = "the files do not tell all days of their window."
    assert answer.without_verdict([holed], nothing) == rate + days
    assert (
        answer.without_verdict([unread], nothing) == rate + "no file that can be read holds an order of their window."
    )
    assert answer.without_verdict([none], part) == rate + days
    assert answer.without_verdict([none], nothing) == rate + "their window has no order."
    assert answer.without_verdict([verdict("not_mature")], nothing) == rate + "their orders are too young."


def test_what_is_not_known_to_have_moved_has_an_empty_cell_and_a_column_of_those_is_left_out():
    def shown(movement):
        found = audited(verdict("met"), verdict("met", fulfilment="amazon"), movement=movement)
        rows = found.verdicts
        return tables.rates(answer.rates(found), empty("trailing"), rows).data

    assert "Moved" not in shown([])
    told = shown([MOVED])
    assert ">Moved</th>" in told
    assert '<span class="moved"></span>' not in told


def test_the_small_trend_changes_colour_where_the_day_lies_on_the_other_side():
    days = trailing([0.01] * 7).with_columns(window_numerator=pl.Series([5, 5, 5, 5, 7, 7, 7]), window_denominator=600)
    picture = spark(days, drawn())
    assert picture.count('<path class="met"') == 1
    assert picture.count('<path class="breached"') == 1
    assert 'aria-label="25 Oct 2026 to 31 Oct 2026: 1.00–1.00\u202f%, target 1\u202f%"' in picture
    assert spark(days.head(1), drawn()) == ""


def test_the_csv_holds_the_same_rates_and_no_cell_a_spreadsheet_would_compute():
    audit = audited(verdict("breached", group="=1+1"))
    said = plain({"rates": list(answer.rates(audit)), "verdicts": audit.verdicts, "defects": []})
    (name, text), *others = sheets.sheets(said).items()
    assert (name, others) == (".rates.csv", [])
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["label"], row["numerator"], row["denominator"], row["status"]) == (
        *("Order defect rate", "2", "150", "breached"),
    )
    assert row["group"] == "'=1+1"


def shown(*cells):
    return contents.read(nbformat.v4.new_notebook(cells=list(cells)), "T")


def html(text):
    return nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", data={"text/html": text})])


def heading(text, *tags):
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def test_a_section_with_nothing_to_say_is_not_printed_and_from_the_appendix_on_each_is_a_fold():
    none = '<p class="nothing">No row was rejected.</p>'
    page = shown(heading("# T"), heading("## A\n\ntext"), html("<p>1</p>"), html(none), heading("## B"), html(none))
    assert [section.words for section in page.sections] == ["", "A"]
    page = shown(heading("## A"), html("<p>1</p>"), heading("## C", "appendix"), html("<p>2</p>"), heading("## D"))
    assert [(section.words, section.is_folded) for section in page.sections[1:]] == [
        *(("A", False), ("C", True), ("D", True)),
    ]


def test_what_a_page_says_before_its_results_is_printed():
    published = nbformat.v4.new_output("display_data", data={results.MIME: {}, "text/plain": "7 verdicts"})
    page = shown(heading("## Limits\n\nNo target protects."), nbformat.v4.new_code_cell("", outputs=[published]))
    assert [section.words for section in page.sections] == ["", "Limits"]


def test_a_look_that_every_table_brings_stands_once():
    one = "<style>\n.x{}\n</style><div>1</div>"
    blocks = shown(html(one), html(one.replace("1", "2"))).blocks
    assert [str(block.content).count("<style>") for block in blocks] == [1, 0]
