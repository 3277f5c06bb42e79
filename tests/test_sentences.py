"""Sentences by key: what a table refuses, and that a page says by Vega what Python says from the same template."""

import ast
import html
import re
from pathlib import Path

import pytest
import vl_convert
from babel import Locale

from helpers import sentences, wording
from helpers.charts.live import words
from helpers.charts.spoken import counted, estimated, factor, spoken
from helpers.sentences import Saying, Table, Written, say
from helpers.vocabulary import METRICS

ROOT = Path(__file__).parent.parent
TABLE = sentences.table(sentences.writing_now().sentences)
SOURCES = sorted((ROOT / "src" / "helpers").rglob("*.py"))
TEMPLATES = sorted((ROOT / "src" / "helpers").rglob("*.j2"))
ORDERS = """
seen = { $place } has { $orders ->
        [0] no order
        [one] { $orders } order
       *[other] { $orders } orders
    }.
    .of = Of { $names }, { $names ->
        [one] which is
       *[other] which are
    } judged: { seen }
"""


def said(text, key, **given):
    return Saying(Table(text, Locale.parse("en_GB")), given).of(key)


@pytest.mark.parametrize(("orders", "words"), [(0, "no order"), (1, "1 order"), (1380, "1,380 orders")])
def test_a_number_chooses_its_words_and_is_written_like_every_other(orders, words):
    assert said(ORDERS, "seen", place="amazon.de", orders=orders) == f"amazon.de has {words}."


def test_a_number_known_no_better_than_it_is_written_chooses_by_what_is_written():
    assert said(ORDERS, "seen", place="amazon.de", orders=Written(1, "about 1")) == "amazon.de has about 1 order."


def test_a_list_is_written_in_the_language_and_chooses_its_words_by_how_many_there_are():
    seen = {"place": "amazon.de", "orders": 2}
    assert said(ORDERS, "seen.of", names=["a", "b", "c"], **seen) == (
        "Of a, b and c, which are judged: amazon.de has 2 orders."
    )
    assert said(ORDERS, "seen.of", names=["a"], **seen).startswith("Of a, which is judged: ")


@pytest.mark.parametrize(
    ("key", "given", "error"),
    [
        ("sene", {"place": "a", "orders": 1}, KeyError),
        ("seen.off", {"place": "a", "orders": 1}, KeyError),
        ("seen", {"place": "a"}, TypeError),
        ("seen", {"orders": 0}, TypeError),
        ("seen", {"place": "a", "orders": 1, "names": ["a"]}, TypeError),
        ("seen.of", {"names": ["a"]}, TypeError),
        ("seen", {"place": None, "orders": 1}, TypeError),
        ("seen", {"place": "a", "orders": True}, TypeError),
        ("seen", {"place": "a", "orders": 1.5}, TypeError),
        ("seen", {"place": "a", "orders": None}, TypeError),
    ],
)
def test_nothing_is_said_of_a_key_that_is_not_there_or_with_less_or_more_than_it_takes(key, given, error):
    with pytest.raises(error, match="expected"):
        said(ORDERS, key, **given)


@pytest.mark.parametrize(
    "text", ["a = { missing }", "a = { -term }", "a = { CALLED() }", 'a = { "word" ->\n   *[b] c\n  }']
)
def test_a_template_that_holds_what_nobody_can_read_is_an_error_and_no_gap_on_the_page(text):
    with pytest.raises((KeyError, TypeError, ValueError), match="expected"):
        said(text, "a")


def test_a_text_that_is_no_table_is_refused_a_message_that_is_none_when_it_is_asked_for():
    with pytest.raises(ValueError, match="Fluent syntax"):
        said("seen = { $place\n", "seen")
    with pytest.raises(ValueError, match="each key once"):
        said("seen = a\nother = b\nseen = b\n", "other")
    with pytest.raises(ValueError, match="each key once"):
        said("seen = a\n    .of = b\n    .of = c\n", "seen")
    with pytest.raises(ValueError, match="Fluent syntax"):
        said("# a note\nseen = a\nno message\n", "seen")
    assert said("other = { $place\nseen = a\n", "seen") == "a"


def test_what_stands_in_a_choice_that_is_not_made_is_not_needed():
    text = """
seen = Seen{ $on ->
        [a_day] { " " }on { $day }
       *[never] , but not { $where }
    }.
"""
    assert said(text, "seen", on="a_day", day="1 May") == "Seen on 1 May."
    assert said(text, "seen", on="never", where="here") == "Seen, but not here."
    with pytest.raises(TypeError, match="expected 'day'"):
        said(text, "seen", on="a_day")


def test_a_line_break_is_a_space_and_a_thin_space_stays():
    assert said("seen = under\n    1\u202f%", "seen") == "under 1\u202f%"


def test_what_is_long_is_said_whole():
    assert len(said("seen = { $files }", "seen", files=["orders.txt"] * 1000)) > 10_000


def calls(path, of=("say", "spoken")):
    """Each call of `say` or `spoken` in a module: its key, None where it is composed, and the names it gives, None where
    some are composed."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in of:
            names = {keyword.arg for keyword in node.keywords}
            key = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            yield key, None if None in names else names


def test_every_sentence_that_is_said_stands_in_the_table_and_takes_what_it_is_given():
    said = [(key, names) for path in SOURCES for key, names in calls(path) if key is not None]
    assert [key for key, _ in said if key not in TABLE.templates] == []
    assert [key for key, names in said if names is not None and not names <= TABLE.takes(key)] == []


def test_every_sentence_a_template_of_a_page_says_stands_in_the_table():
    said = [key for path in TEMPLATES for key in re.findall(r'say\("([^"]+)"', path.read_text(encoding="utf-8"))]
    assert "page.appendix" in said
    assert [key for key in said if key not in TABLE.templates] == []


def test_every_sentence_of_the_table_is_said_somewhere():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (*SOURCES, *TEMPLATES))
    table = sentences.writing_now().sentences.read_text(encoding="utf-8")
    whole = set(re.findall(r"""["']([A-Za-z][\w.-]*)["']""", code)) | set(re.findall(r"{ ([A-Za-z][\w.-]*) }", table))
    composed = set(re.findall(r"""f["']([A-Za-z][\w-]*[.-]){""", code))  # f"status.{…}", f"bound-{…}"
    silent = [
        key
        for key in TABLE.templates
        if key not in whole
        and not ("." in key and key.partition(".")[0] + "." in composed)
        and key.split("-")[0] + "-" not in composed
    ]
    assert silent == []


def test_every_rate_and_what_it_counts_has_its_words():
    keys = {f"{of}.{metric}" for of in ("rate", "short-rate", "counted-is") for metric in METRICS}
    keys |= {
        f"{of}.{metric.one_is.replace(' ', '-')}" for of in ("number-of", "plural-of") for metric in METRICS.values()
    }
    assert sorted(keys - TABLE.templates.keys()) == []
    of_rates = {
        key for key in TABLE.templates if key.split(".")[0] in ("rate", "short-rate", "counted-is") and "." in key
    }
    assert sorted(of_rates - keys) == []


# --- the same by Vega --------------------------------------------------------------------------------------------

COUNTS = [0, 1, 2, 11, 1380]
SPOKEN = {  # name → what a template of the charts is given: each value in Python, and its expression over `datum.value`
    "count": [(n, n) for n in COUNTS],
    "estimate": [(Written(round(n, 1), wording.about(n)), n) for n in (0, 0.04, 0.96, 1, 1.04, 1.5, 2, 1380.25)],
    "factor": [
        (Written(1 if wording.times(n) == "1" else n, wording.times(n)), n) for n in (0.1, 1, 1.004, 14.85, 1500)
    ],
    "text": [("it's 1\u202f% \\ so", "it's 1\u202f% \\ so")],
    "change": [(word, word) for word in ("none", "more", "fewer")],
}
WRITERS = {"count": counted, "estimate": estimated, "factor": factor, "text": str, "change": str}
KINDS = {
    "unhappy": "estimate",
    "ratio": "factor",
    "change": "change",
    "positive": "text",
    "of_feedback": "text",
    "of_orders": "text",
    "share": "text",
    "low": "text",
    "high": "text",
    "target": "text",
    "rate": "text",
    "missed": "text",
    "interval": "text",
    "least": "text",
    "most": "text",
    "lately": "text",
    "aim": "text",
}
KEYS = sorted(
    {key for path in SOURCES if path.parent.name == "charts" for key, _ in calls(path, of=("spoken",)) if key}
)


def drawn(expr, rows):
    """What Vega makes of an expression over each of these rows."""
    text = {"x": {"value": 0}, "y": {"field": "at"}, "text": {"signal": expr}}
    marks = [{"type": "text", "from": {"data": "rows"}, "encode": {"enter": text}}]
    values = [{"at": 20 * at} | row for at, row in enumerate(rows)]
    picture = vl_convert.vega_to_svg({"data": [{"name": "rows", "values": values}], "marks": marks})
    return [html.unescape(one) for one in re.findall(r"<text[^>]*>(.*?)</text>", picture)]


@pytest.mark.parametrize("key", KEYS)
def test_a_chart_says_by_vega_the_very_sentence_that_python_says(key):
    names = sorted(TABLE.takes(key))
    kinds = [KINDS.get(name, "count") for name in names]
    expr = spoken(key, **{name: WRITERS[kind](f"datum.{name}") for name, kind in zip(names, kinds, strict=True)})
    # every value of each, and of the choices every combination
    width = max([len(SPOKEN[kind]) for kind in kinds], default=1)
    turned = [[SPOKEN[kind][(at + by) % len(SPOKEN[kind])] for kind in kinds] for at in range(width) for by in range(3)]
    rows = [dict(zip(names, row, strict=True)) for row in turned]
    expected = [say(key, **{name: value for name, (value, _) in row.items()}) for row in rows]
    assert drawn(expr, [{name: value for name, (_, value) in row.items()} for row in rows]) == expected


def test_what_a_chart_cannot_say_is_refused():
    with pytest.raises(TypeError, match="expected"):
        spoken("setting-is-over", over=counted("over"))
    with pytest.raises(KeyError, match="expected"):
        spoken("no-such-sentence")
    assert words("it's") == r"'it\'s'"
