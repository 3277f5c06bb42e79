"""Words by which a sentence of the seller is known: it blames, promises, admits, denies, gives a cause or a number."""

from __future__ import annotations

import re

BECAUSE = re.compile(
    r"\b(?:because|caused by|the cause|root cause|reason (?:was|is|for)|due to|led to|resulted from|stems? from)\b",
    re.IGNORECASE,
)
DENIES = re.compile(
    r"\b(?:we|i) (?:do|did) not (?:accept|agree|admit|recogni[sz]e)|\b(?:we|i) (?:deny|dispute|reject|contest)\b"
    r"|\bnever (?:shipped|sent|confirmed|dispatched|cancelled)\b|\bno (?:late (?:shipments?|dispatch\w*)|defects?|cancellations?)\b"
    r"|\b(?:did|do|have|had) not (?:\w+ ){0,2}(?:a )?single\b"
    r"|\bnot our (?:fault|mistake|responsibility|error)\b|\b(?:figure|rate|charge|notice|letter|count) (?:is|was) (?:wrong|incorrect|false|mistaken|not right)",
    re.IGNORECASE,
)
ADMITS = re.compile(
    r"\b(?:we|i) (?:fully )?(?:accept|admit|acknowledge|recogni[sz]e|failed|apologi[sz]e|regret)\b"
    r"|\b(?:our|my) (?:own )?(?:fault|mistake|error|failure)\b(?<!not our fault)|\btake (?:full )?responsibility\b"
    r"|\bwe (?:shipped|confirmed|sent|dispatched)\b[^.]{0,30}\blate\b",
    re.IGNORECASE,
)
OF_LETTER = re.compile(
    r"\b(?:letter|notice|notification|message|e-?mail|warning) (?:of|from|dated|on) ?$", re.IGNORECASE
)
IN_WORDS = {word: number for number, word in enumerate(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"], 1
)}  # fmt: skip
COUNTED = re.compile(
    rf"(?<![\d.,%])\b(\d{{1,3}}(?:[,.]\d{{3}})+|\d+|{'|'.join(list(IN_WORDS)[1:])}) (?:\w+ ){{0,2}}?(?:late|defective|affected|negative|cancelled|claims?"
    r"|charge ?backs?|cancel+ations|defects|orders (?:with|had|have)|orders of these)",
    re.IGNORECASE,
)
UNWARNED = re.compile(
    r"\b(?:never|not|no (?:record|knowledge|notice) of)\b[^.]{0,40}\b(?:warn\w*|notified|told before)\b|\bwithout (?:any |a )?(?:prior )?(?:warning|notice)\b|\bfirst (?:letter|notice|warning)\b",
    re.IGNORECASE,
)
# Numbers a sentence commits itself to: hours of the day, and numbers with the word they count.
BY_DAY = re.compile(r"\b(?:by|until|before|no later than)\b", re.IGNORECASE)
# An hour of the day with the word before it: `until 20:00`.
CLOCK = re.compile(
    r"\b(until|till|at|by|from|before|after|since) ((?:[01]?\d|2[0-3])[:.][0-5]\d|\d{1,2} ?(?:am|pm|o.clock)|noon|midnight)\b",
    re.IGNORECASE,
)
SPANNED = re.compile(r"\b(\d+)[ -](hours?|days?|weeks?|minutes?|colleagues|people|shifts?|times)\b", re.IGNORECASE)
_CARRIER = (
    r"(?:carriers?|couriers?|(?:delivery|parcel|postal|shipping) (?:company|companies|services?|firm|driver|partner|network)|drivers?"
    r"|post office|royal mail|dhl|ups|fedex|usps|evri|hermes|dpd|gls|parcelforce|yodel|deutsche post|amazon logistics|the weather|strikes?)"
)
_BUYER = r"(?:buyers?|customers?|clients?|purchasers?)"
_ILL = (
    r"(?:fault|to blame|blam\w+|responsib\w+|lied|lies|abus\w+|fraud\w*|dishonest\w*|los[et]s?|losing|delay\w*|caus\w+|mistake\w*|wrong\w*"
    r"|slow\w*|too late|let us down|fail\w*|damag\w+|broke\w*|misdeliver\w+|(?:did|do|does) not (?:read|understand|deliver|scan|look|follow)"
    r"|(?:didn|don|doesn).t (?:read|understand|deliver|scan|look|follow)|careless\w*|unfair\w*|scam\w*|never (?:read|scanned|delivered))"
)
BLAMES = re.compile(
    rf"\b(?:{_CARRIER}|{_BUYER})\b[^.]{{0,60}}\b{_ILL}\b|\b{_ILL}\b[^.]{{0,40}}\b(?:of|by|with|because|due to|the|our|on)\b[^.]{{0,15}}\b{_CARRIER}\b"
    rf"|\b(?:fault|mistakes?|errors?|dishonesty|carelessness|blam\w+)\b[^.]{{0,25}}\b(?:of|by|the|our)\b[^.]{{0,12}}\b{_BUYER}\b"
    rf"|\b(?:because|due to|caused by) (?:of )?(?:the |our |some |a )?(?:{_CARRIER}|{_BUYER})\b",
    re.IGNORECASE,
)
PROMISES = re.compile(
    r"\b(?:we|i)(?: can| shall| will| do)? (?:promise|guarantee|assure|swear|ensure you)\b|\brest assured\b"
    r"|\bnever (?:happen|occur|be late|again)\w*\b|\b(?:not|never) (?:recur|happen again|occur again|be repeated)\b"
    r"|\b(?:impossible|last time|zero risk|no risk|without fail|100 ?%|once and for all)\b"
    r"|\b(?:rates?|figures?|orders?|we|feedback|account)\b[^.]{0,30}\b(?:will|shall) (?:always |all |then )?(?:be|stay|remain) (?:\w+ )?"
    r"(?:below|under|over|above|at|within|removed|on time|perfect|met)\b|\bstay (?:under|below)\b"
    r"|\b(?:reinstate|reactivate|restore|unblock|answer|reply)\b[^.]{0,25}\b(?:by|within|before|until)\b[^.]{0,20}"
    r"(?:\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bdays?\b|\bhours?\b|\d)",
    re.IGNORECASE,
)
# A step may say how fast buyers are answered; what may not be promised is what others do, and what a rate will be.
COUNT = re.compile(
    r"(?<![\d.,:%/-])(?:\d{1,3}(?:[,.]\d{3})+|\d+)(?![\d%:/-]|[.,]\d| ?%| ?(?:stars?|days?|hours?|o.clock)\b)"
)
MANY = re.compile(
    r"\b(?:most(?! recent\w*)|mainly|mostly|the majority|nearly all|almost all|the bulk|hardly any|the main (?:part|share))\b",
    re.IGNORECASE,
)
