"""Account-health report (V2, JSON): the marketplace's own figures → the `snapshots` frame.

Never validated as a condition for reading: the marketplace's own example breaks its own schema. What contradicts itself
is read as it stands, with a warning. A rate without orders is "not measured", whatever rate and status say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from helpers.exports import loose, repeated
from helpers.exports.content import Content
from helpers.exports.dates import TOMORROW
from helpers.exports.implied_count import implied_count
from helpers.exports.reading import Known, Reading, asking, counted, days, whose_figures
from helpers.exports.unknown import named
from helpers.frames import SCHEMAS

DAMAGED = "no account-health report, or a damaged one (cut off?); download it again"
MUST_BE = {"LESS_THAN": "below", "GREATER_THAN": "above", "EQUALS": "equal"}
SPELLINGS = {  # the schema's name wins over the other one
    "preFulfillmentCancellationRate": "prefulfillmentCancelRate",
    "documentRequests": "documentRequest",
    "warningStates": "warningState",
}
# block → metric, numerator, denominator
RATES = {
    "lateShipmentRate": ("late_shipment_rate", "lateShipmentCount", "orderCount"),
    "preFulfillmentCancellationRate": ("cancellation_rate", "cancellationCount", "orderCount"),
    "validTrackingRate": ("valid_tracking_rate", "validTrackingCount", "shipmentCount"),
    "onTimeDeliveryRate": ("on_time_delivery_legacy", "onTimeDeliveryCount", "shipmentCountWithValidTracking"),
    "unitOnTimeDeliveryRate": ("on_time_delivery_rate", "unitOnTimeDeliveryCount", "totalUnitCount"),
    "invoiceDefectRate": ("invoice_defect_rate", "invoiceDefect", "orderCount"),
}
PARTS = {
    "order_defect_rate": "orderWithDefects",
    "a_to_z_claims": "claims",
    "chargebacks": "chargebacks",
    "negative_feedback_rate": "negativeFeedback",
}
ACCOUNT_STATUS = "account_status"
FULFILMENT = {"mfn": "merchant", "afn": "amazon"}
NO_RATE = {"marketplaceId", "warningStates", "policyViolationWarnings", "lateShipmentRateList", "orderDefectRate"}


def recognises(content: Content) -> bool:
    said = content.json
    return isinstance(said, dict) and ("performanceMetrics" in said or "accountStatuses" in said)


def read(text: bytes, known: Known) -> Reading:
    """Every figure of the file as one row of the `snapshots` frame; odd ones named in the warnings."""
    said = Content(text).json
    if not isinstance(said, dict):
        return Reading(pl.DataFrame(schema=dict(SCHEMAS["snapshots"])), warnings=(DAMAGED,))
    warnings: list[str] = []
    stores = said.get("performanceMetrics")
    stores = [stores] if isinstance(stores, dict) else stores if isinstance(stores, list) else []
    rows = [row for block in loose.blocks(stores) for row in _store(block, known.own_store, warnings)]
    statuses = loose.blocks(said.get("accountStatuses"))
    words = [row for block in statuses for row in _status(block, known.own_store)]
    rows += words
    warnings += counted(len(statuses) - len(words), "account statuses without a word, not used")
    warnings += counted(len(stores) - len(loose.blocks(stores)), "entries that are no store's figures, not used")
    ends = [row["window_end"] for row in rows if row["window_end"]]
    past = [day for day in ends if day <= known.today + TOMORROW]
    warnings += counted(len(ends) - len(past), "figures whose window ends in the future, not used to date the file")
    last = max(past, default=None)
    taken_on = known.taken_on or (last + timedelta(days=1) if last else None)
    question = whose_figures(rows, taken_on, known)
    if question:
        return asking("snapshots", question, len(rows))
    blank = dict.fromkeys(SCHEMAS["snapshots"])
    named = {"account": known.settings.id, "taken_on": taken_on, "source_file": known.path}
    frame = pl.DataFrame([blank | row | named for row in rows], schema=dict(SCHEMAS["snapshots"]))
    first, _ = days(frame, "window_start")
    return Reading(
        rows=frame,
        first_day=first,
        last_day=last,
        reaches=last or (taken_on and taken_on - timedelta(days=1)),
        marketplaces=tuple(sorted(set(frame.get_column("marketplace").drop_nulls()))),
        warnings=tuple(warnings),
    )


def _status(block: dict, own_store: str | None) -> Iterator[dict]:
    """What the marketplace says of the whole account in one store."""
    word = block.get("status")
    if isinstance(word, str):
        store = loose.store_name(block.get("marketplaceId"), own_store)
        blank = {"window_start": None, "window_end": None}
        yield blank | {
            "marketplace": store,
            "metric": ACCOUNT_STATUS,
            "fulfilment": "all",
            "status_reported": repeated.word(word),
        }


def _store(block: dict, own_store: str | None, warnings: list[str]) -> Iterator[dict]:
    """The rows of one store's block."""
    store, block = loose.store_name(block.get("marketplaceId"), own_store), dict(block)
    for name, other in SPELLINGS.items():
        if other in block:
            if name in block:
                warnings.append(f"{store}: both {name} and {other} are given; {name} is used")
            block.setdefault(name, block.pop(other))
    for key, one in loose.block(block.get("orderDefectRate")).items():
        fulfilment = FULFILMENT.get(key)
        if fulfilment and isinstance(one, dict):
            written = one.get("fulfillmentType")
            if written not in (None, key):
                warnings.append(f"{store}: order defect rate of {key} calls itself another")
            for metric, part in PARTS.items():
                numbers = (loose.count(one.get(part)), loose.count(one.get("orderCount")))
                whole = one if metric == "order_defect_rate" else _part_of(one, numbers)
                yield _row(store, metric, fulfilment, whole, *numbers, warnings)
    for name, (metric, x, n) in RATES.items():
        listed = loose.blocks(block.get("lateShipmentRateList")) if name == "lateShipmentRate" else []
        first = loose.blocks([block.get(name)])
        # The list repeats the figure that also stands alone.
        windows = [_window(one) for one in first if all(_window(one))]
        for one in [*first, *(one for one in listed if _window(one) not in windows)]:
            yield _row(store, metric, "merchant", one, loose.count(one.get(x)), loose.count(one.get(n)), warnings)
    unknown: list[str] = []
    for name, one in block.items():
        if name in RATES or name in NO_RATE or not isinstance(one, dict):
            continue
        if name == "accountHealthRating":
            one = one | {"status": one.get("ahrStatus", one.get("accountHealthRatingStatus"))}
            yield _row(store, "account_health_rating", "all", one, loose.count(one.get("ahrScore")), None, warnings)
        elif repeated.is_key(name) and ("defectsCount" in one or isinstance(one.get("status"), str)):
            yield _row(store, _snake(name), "all", one, loose.count(one.get("defectsCount")), None, warnings)
        else:
            unknown.append(name)
    warnings += [f"{store}: {new}" for new in [named(unknown, "entry", "entries")] if new]


def _part_of(whole: dict, numbers: tuple[int | None, int | None]) -> dict:
    """A part of the order defect rate: same window, a rate from its own count, no target of its own."""
    x, n = numbers
    rate = x / n if x is not None and n else None
    return {"reportingDateRange": whole.get("reportingDateRange"), "rate": rate}


def _row(
    store: str | None, metric: str, fulfilment: str, one: dict, x: int | None, n: int | None, warnings: list[str]
) -> dict:
    start, end = _window(one)
    label = f"{store}: {metric.replace('_', ' ')} ({fulfilment})"
    rate = loose.number(one.get("rate"))
    is_rate = n is not None or "rate" in one
    if n == 0:
        rate = None  # not measured, whatever rate and status say
    if x is None and (x := implied_count(rate, n)) is not None:
        warnings.append(f"{label}: printed without its count; {x} of {n} is the only one that gives its rate")
    target, must_be = _target(one)
    status = repeated.word(one["status"]) if isinstance(one.get("status"), str) else None
    if start and end and start > end:
        warnings.append(f"{label}: its window runs backwards ({start} to {end})")
    if x is not None and n and x > n:
        warnings.append(f"{label}: {x} of {n} is more than all")
    if rate is not None and x is not None and n and abs(rate - x / n) > 0.0005:
        warnings.append(f"{label}: the printed rate {rate:.4f} is not {x} of {n}")
    figure = rate if is_rate else x
    if figure is not None and target is not None and must_be and status in ("GOOD", "BAD"):
        met = {"below": figure < target, "above": figure > target, "equal": figure == target}[must_be]
        if met != (status == "GOOD"):
            warnings.append(f"{label}: called {status} with {figure:g} against {target:g}")
    return {
        "marketplace": store,
        "metric": metric,
        "fulfilment": fulfilment,
        "window_days": (end - start).days + 1 if start and end else None,
        "window_start": start,
        "window_end": end,
        "numerator": x,
        "denominator": n,
        "rate_reported": rate if is_rate else None,
        "target_reported": _decimal_text(target),
        "must_be_reported": must_be,
        "status_reported": status,
    }


def _target(one: dict) -> tuple[float | None, str | None]:
    """The target printed beside a figure and its sense, which can stand in a block of their own."""
    printed = one.get("targetValue")
    if isinstance(printed, dict):
        return loose.number(printed.get("value")), MUST_BE.get(str(printed.get("condition")))
    return loose.number(printed), MUST_BE.get(str(one.get("targetCondition")))


def _decimal_text(number: float | None) -> str | None:
    return None if number is None else f"{Decimal(str(number)).normalize():f}"


def _window(one: dict) -> tuple[date | None, date | None]:
    printed = loose.block(one.get("reportingDateRange"))
    return loose.day(printed.get("reportingDateFrom")), loose.day(printed.get("reportingDateTo"))


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
