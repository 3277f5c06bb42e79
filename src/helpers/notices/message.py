"""One message → its reading: what kind it is, what it takes away, holds against the seller, asks for and by when."""

from __future__ import annotations

import re
from collections import Counter

from helpers.notices import charges as held
from helpers.notices import dates, demands, happened, origin, periods, rules
from helpers.notices.clauses import Clause, clauses
from helpers.notices.layout import Unit, units, unread_end
from helpers.notices.opening import Message
from helpers.notices.reading import Charge, OtherPeriod, Reading, Sure, Words

NOT_NOTICES = ("marketing", "seller_text", "community_ban", "support_reply", "announcement", "advice")
DOUBTS = re.compile(r"\b(?:if|think|believe)\b", re.IGNORECASE)
MONTH_FIRST = ("amazon.com", "amazon.ca")


def read(message: Message) -> Reading:
    """The reading of one message."""
    text = message.text
    language, is_read = origin.language(text)
    if not is_read:
        said = f"this text is in another language than English ({language or 'not known which'}): it was not read"
        return Reading(
            None, None, language=language, note=said, sent_on=message.sent_on, marketplaces=origin.stores(text)[1]
        )
    subject, body = origin.subject(message)
    every = units(body)
    sent_on = origin.sent_on(message, every)
    stores = origin.stores(f"{message.head('subject')}\n{text}")
    month_first = stores[0] in MONTH_FIRST
    found = clauses(([Unit(subject, 1, "sentence", 0)] if subject else []) + every, month_first=month_first)
    events = happened.events(found)
    no_notice = _no_notice(message, found, events)
    if no_notice is not None:
        mentioned = tuple(held.mentions(found, ()))
        return Reading(
            no_notice.value, "not_a_notice", "none", stores[0], stores[1], sent_on, mentions=mentioned,
            truncated=unread_end(text), rests_on={"kind": _quote(no_notice.pattern, found)}, sure={"kind": "likely"},
        )  # fmt: skip
    if "reinstated" not in events and any(
        one.marked("taken_back") and not one.is_aside and not DOUBTS.search(one.sentence) for one in found
    ):
        return Reading(
            None, None, "none", stores[0], stores[1], sent_on, mentions=tuple(held.mentions(found, ())),
            note="this letter takes an earlier one back: read it yourself",
        )  # fmt: skip
    is_closed = "reinstated" not in events or "deactivated" in events
    is_answer = any(one.marked("answer") for one in found) and "information_request" in events
    charged = held.charges(found, is_closed=is_closed, is_answer=is_answer) if is_closed else []
    is_banner = _is_banner(every)
    since = sent_on or dates.first(" ".join(one.text for one in every), month_first=month_first)
    asked, offered, demanded = demands.asked(every)
    tone = _tone(events, charged, found, is_banner, asked)
    deadlines, others = periods.told(found, every, subject, month_first=month_first, since=since)
    if "plan_of_action" not in asked and tone == "information_request" and _wants_plan(every, events, asked):
        asked = ("plan_of_action", *(one for one in asked if one != "none"))
    kind, why = _kind(text, tone, charged, events, is_banner, others, asked)
    tone = tone or ("warning" if kind else None)
    if kind is None:
        note = "no notice was recognised in this text: read it yourself"
        return Reading(
            None,
            None,
            "none",
            stores[0],
            stores[1],
            sent_on,
            note=note,
            mentions=tuple(held.mentions(found, charged)),
        )
    scope = happened.scope(kind, tone, events, found, every)
    if scope == "listing" and kind == "metric_deactivation" and any(one.category for one in charged):
        scope = "category"
    funds, funds_words = demands.funds(every, others)
    if kind == "reinstatement" or (kind == "account_review" and tone == "warning"):
        scope = "funds" if funds == "true" else "none"
    if tone in ("denied", "reinstated"):
        deadlines, asked = [], ("none",)
    plan = demands.plan_topics(every, charged, asked, tone)
    settled = tone == "reinstated" and any(one.subjects for one in found)
    rests: dict[str, tuple[Words, ...]] = {"kind": why} if why else {}
    rests |= {"tone": (events[tone],)} if tone in events else {}
    rests |= {name: words for name, words in {**demanded, "funds_held": funds_words}.items() if words}
    sure: dict[str, Sure] = {
        "kind": "stated" if why and charged else "likely",
        "tone": "stated" if tone in events else "likely",
    }
    sure["funds_held"] = "stated" if funds != "unknown" else "unclear"
    sure["marketplace"] = "stated" if len(stores[1]) == 1 else "unclear" if not stores[1] else "likely"
    sure["deadline"] = "unclear" if len(deadlines) > 1 or any(one.is_doubtful for one in deadlines) else "stated"
    return Reading(
        kind,
        tone,
        scope,
        *stores,
        sent_on,
        bool(charged) or settled,
        unread_end(text) and not is_banner,
        tuple(charged),
        tuple(held.mentions(found, charged)),
        plan,
        tuple(deadlines),
        asked,
        offered,
        funds,
        tuple(others),
        note=_unnamed(found),
        rests_on=rests,
        sure=sure,
    )


def _unnamed(found: list[Clause]) -> str:
    """What to read oneself: a figure of the account's own with a target, of a measure no words of which are known."""
    lost = [
        one
        for one in found
        if one.figures and one.targets and one.about is None and not one.is_aside and not one.marked("general")
    ]
    return (
        f"a figure of a measure that was not recognised stands in line {lost[0].unit.line}: read it yourself"
        if lost
        else ""
    )


def _wants_plan(every: list[Unit], events: dict[str, Words], asked: tuple[str, ...]) -> bool:
    """Whether more is wanted of a plan: its missing points are listed as questions, or no other paper is asked for."""
    asks = any(
        one.kind == "item" and re.match(r"(?:why|how|what|which|the (?:root )?cause)\b", one.text, re.IGNORECASE)
        for one in every
    )
    return asks or (
        not set(asked) & {"invoices", "documents"}
        and "information_request" in events
        and "document" not in events["information_request"].text.lower()
    )


def _no_notice(message: Message, found: list[Clause], events: dict[str, Words]) -> rules.Rule | None:
    """The kind of a text that is no notice; None for what may be one."""
    text = message.text
    scores: Counter[str] = Counter()
    for rule in rules.table("kinds"):
        if rule.value in NOT_NOTICES:
            hits = {match[0].lower() for match in rule.pattern.finditer(text)}
            scores[rule.value] = len(hits)
    own = [
        one
        for one in found
        if re.search(r"\byour (?:\w+ ){0,3}(?:account|rate|offers|listings)\b", one.text, re.IGNORECASE)
    ]
    is_told = bool({"deactivated", "denied", "reinstated", "information_request"} & set(events)) and any(own)
    for value in NOT_NOTICES:
        least = 2 if value in ("marketing", "seller_text", "support_reply") else 1
        if value == "seller_text" and message.is_of_another_sender:
            least = 1
        if value == "community_ban" and scores[value]:
            return rules.table("kinds")[[one.value for one in rules.table("kinds")].index(value)]
        if value in ("marketing", "seller_text") and scores[value] >= least:
            return _kind_rule(value)
        if (
            scores[value] >= least
            and not is_told
            and not any(one.figures and _is_own(one) and held.accuses(one) for one in found)
        ):
            return _kind_rule(value)
    return None


def _is_own(one: Clause) -> bool:
    """Whether a figure is the account's: of `your` rate, or with counts."""
    return bool(one.pairs) or (bool(re.search(r"\byour\b", one.text, re.IGNORECASE)) and not one.marked("supposed"))


def _kind_rule(value: str) -> rules.Rule:
    return next(one for one in rules.table("kinds") if one.value == value)


def _is_banner(every: list[Unit]) -> bool:
    """Whether the text is a pasted dashboard: a few short lines, at risk, and no sentence that ends."""
    sentences = [
        one for one in every if one.kind == "sentence" and one.text.endswith((".", "!")) and len(one.text.split()) > 7
    ]
    return (
        len(every) <= 25
        and not sentences
        and any(re.search(r"\bat risk\b|\bdeactivat", one.text, re.IGNORECASE) for one in every)
    )


def _tone(
    events: dict[str, Words], charged: list[Charge], found: list[Clause], is_banner: bool, asked: tuple[str, ...]
) -> str | None:
    if is_banner and charged:
        return "warning"
    is_answer = any(one.marked("answer") for one in found)
    if "reinstated" in events and "denied" not in events:
        return "reinstated"
    if "information_request" in events and is_answer:
        return "information_request"
    if "denied" in events and (is_answer or "deactivated" not in events or not charged):
        return "denied"
    if "deactivated" in events:
        return "deactivated"
    if "denied" in events:
        return "denied"
    if is_answer and asked != ("none",):
        return "information_request"
    return "warning" if charged else None


def _kind(
    text: str,
    tone: str | None,
    charged: list[Charge],
    events: dict[str, Words],
    is_banner: bool,
    others: list[OtherPeriod],
    asked: tuple[str, ...],
) -> tuple[str | None, tuple[Words, ...]]:
    """What kind of notice it is, with the words that say so; None where none was recognised."""
    because = tuple(words for charge in charged[:1] for words in charge.words)
    happened = tuple(events[tone] for _ in (0,) if tone in events)
    if is_banner and charged:
        return "at_risk_banner", because
    if tone == "reinstated":
        return "reinstatement", happened
    if tone in ("information_request", "denied"):
        return "appeal_answer", happened
    end = "deactivation" if tone == "deactivated" else "warning"
    names = [charge.subject for charge in charged]
    if (
        _kind_rule("programme_notice").pattern.search(text)
        and tone == "deactivated"
        and re.search(r"eligib|programme|program\b|premium|\bprime\b", events["deactivated"].text, re.IGNORECASE)
    ):
        return "programme_notice", happened
    if any(rules.is_rate(name) and name != "account_health_rating" for name in names):
        return f"metric_{end}", because
    if names and set(names) <= {"identity_verification", "document_request"}:
        return "verification", because
    if names and set(names) <= {"account_review", "identity_verification", "document_request"}:
        return (
            "verification" if set(asked) & {"documents"} and "identity_verification" in names else "account_review"
        ), because
    if names:
        gone = _kind_rule("listing_removal").pattern
        is_listing = gone.search(text) and not re.search(
            r"\b(?:selling |seller )?account (?:is|has been|was) (?:\w+ )?(?:deactivated|suspended|closed|blocked)|(?:deactivated|suspended|closed|blocked) your (?:\w+ )?account",
            text,
            re.IGNORECASE,
        )
        return ("listing_removal" if is_listing and tone == "deactivated" else f"policy_{end}"), because
    for value in ("contact_request", "programme_notice", "funds_notice"):
        if _kind_rule(value).pattern.search(text):
            return value, happened
    if tone == "deactivated":
        return "account_review", happened
    return ("funds_notice", ()) if any(one.what == "reserve" for one in others) else (None, ())


def _quote(pattern: re.Pattern[str], found: list[Clause]) -> tuple[Words, ...]:
    return tuple(Words(one.text[:300], one.unit.line) for one in found if pattern.search(one.text))[:2]
