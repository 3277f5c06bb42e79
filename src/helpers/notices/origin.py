"""Where a message comes from: its language, the marketplace it is about, its subject line, the day printed as its own."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from helpers.notices import dates, rules
from helpers.notices.layout import Unit
from helpers.notices.opening import Message
from helpers.notices.parting import named

LEAST_WORDS = 12  # a shorter text is told to be of a language by its letters alone
STORE = re.compile(
    r"(?<![\w@.])amazon\.(com\.(?:au|be|br|mx|tr)|co\.(?:uk|jp|za)|com|ca|de|fr|it|es|nl|pl|se|in|sg|ae|sa|eg|ie)(?![\w]|\.\w)",
    re.IGNORECASE,
)
CENTRAL = re.compile(r"sellercentral(?:-(europe|japan))?\.amazon\.([a-z.]+[a-z])", re.IGNORECASE)


def language(text: str) -> tuple[str | None, bool]:
    """The language a text is in (None: English, or not known) and whether it can be read."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    letters = [letter for letter in text if letter.isalpha()]
    scripts = {"ja": r"[぀-ヿ]", "zh": r"[一-鿿]", "ar": r"[؀-ۿ]", "ko": r"[가-힯]", "ru": r"[Ѐ-ӿ]"}
    for code, pattern in scripts.items():
        if letters and len(re.findall(pattern, text)) > 0.2 * len(letters):
            return code, False
    counted = Counter(words)
    scores = {code: sum(counted[word] for word in small) for code, small in rules.languages().items()}
    best = max(scores, key=lambda code: scores[code])
    if best != "en" and scores[best] > 1.3 * scores["en"] and len(words) >= LEAST_WORDS:
        return best, False
    if scores["en"] < 0.06 * len(words) and len(words) >= 25 and not any(named(line) for line in text.split("\n")):
        return None, False
    return None, True


def stores(text: str) -> tuple[str, tuple[str, ...]]:
    """The marketplace a message is about, and every one it names."""
    named_ones: dict[str, None] = {}
    for match in CENTRAL.finditer(text):
        region, ending = match[1], match[2].lower().rstrip(".")
        store = {"europe": "europe", "japan": "amazon.co.jp"}.get((region or "").lower(), f"amazon.{ending}")
        named_ones.setdefault(store, None)
    bare = re.sub(r"\S+@\S+|https?://\S+|sellercentral\S+", " ", text)
    spoken = {f"amazon.{match[1].lower()}": None for match in STORE.finditer(bare)}
    every = tuple(spoken) or tuple(named_ones)
    counts = Counter(f"amazon.{match[1].lower()}" for match in STORE.finditer(bare))
    accused = [
        store
        for store in every
        if re.search(rf"(?:account|sell|offer|orders?)[^.\n]{{0,60}}(?i:{re.escape(store)})", bare, re.IGNORECASE)
    ]
    if not every:
        return "unknown", ()
    return (accused or sorted(every, key=lambda store: -counts[store]))[0], every


def subject(message: Message) -> tuple[str, str]:
    """The subject line, of the mail's headers or of the first line, and the text without it."""
    match = re.match(r"\s*(?:subject|re|fwd?|betreff) ?: ?(.+)\n", message.text, re.IGNORECASE)
    if match:
        return match[1].strip(), "\n" + message.text[match.end() :]
    return re.sub(r"^(?:(?:re|fwd?|aw|wg) ?: ?)+", "", message.head("subject"), flags=re.IGNORECASE), message.text


def sent_on(message: Message, every: list[Unit]) -> date | None:
    """The day printed as that of the message: of its headers, `today, 12 June 2024`, a date that stands alone on top, or `Sent …` below."""
    if message.sent_on is not None:
        return message.sent_on
    for one in every:
        match = re.search(
            r"^(?:letter|message|mail|notice) (?:of|dated) |\btoday,? ?\(?(?:on )?|\bthis (?:letter|message|mail|notice) (?:is|was) (?:written|sent|dated)(?: on)? ",
            one.text,
            re.IGNORECASE,
        )
        after = dates.days(one.text[match.end() :]) if match else []
        if after and after[0].start == 0:
            return after[0].day
    lines = message.text.strip().split("\n")
    for line in lines[-3:]:
        match = re.match(r"\W*(?:sent|dated|written)(?: on)?:? ", line, re.IGNORECASE)
        after = dates.days(line[match.end() :]) if match else []
        if after and after[0].start == 0:
            return after[0].day
    for line in lines[:4]:
        found = dates.days(line)
        bare = re.sub(
            r"^(?:date|sent|dated|received)\W*|^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ",
            "",
            line.strip(),
            flags=re.IGNORECASE,
        )
        is_title = re.match(r"(?:performance |policy )?(?:notification|notice|warning|message)\b", bare, re.IGNORECASE)
        if found and len(bare) - (found[0].end - found[0].start) <= (40 if is_title else 8):
            return found[0].day
    return None
