"""Made-up tables of many accounts as Parquet files, in the kit's own columns; order numbers as whole numbers.

The same seed gives the same tables. A tenth of the orders is the marketplace's to fulfil, one in a hundred is bad,
one in twenty has feedback; every account has one category of goods. Rows stand by account and day, as files of accounts
put one after another would.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

FIRST = np.datetime64("2025-01-01")
DAYS = 365
STORE = "amazon.co.uk"
WORDS = pl.Categorical()


def write(folder: Path, orders: int, accounts: int, seed: int = 1) -> Path:
    """Four files in `folder`: orders, shipments, feedback, defects."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    volume = rng.lognormal(0, 1, accounts)
    account = np.repeat(np.arange(accounts), rng.multinomial(orders, volume / volume.sum()))
    placed = rng.integers(0, DAYS, orders)
    placed = placed[np.argsort(account * DAYS + placed, kind="stable")]
    order_id = (np.arange(orders, dtype=np.int64) * 1_000_003 + 7) % 99_999_999_977  # a prime: no number twice
    is_cancelled, is_by_amazon = rng.random(orders) < 0.02, rng.random(orders) < 0.1
    frame = pl.DataFrame(
        {
            "order_id": order_id,
            "account": _words(account, [f"account-{n:05d}" for n in range(accounts)]),
            "marketplace": _words(np.zeros(orders, int), [STORE]),
            "fulfilment": _words(is_by_amazon, ["merchant", "amazon"]),
            "day": _days(placed),
            "updated_on": _days(placed + rng.integers(0, 8, orders)),
            "status": _words(
                np.where(is_cancelled, 1, np.where(rng.random(orders) < 0.01, 2, 0)),
                ["shipped", "cancelled", "pending"],
            ),
            "is_cancelled": is_cancelled,
            "is_buyer_requested": is_cancelled & (rng.random(orders) < 0.3),
            "is_replacement": rng.random(orders) < 0.005,
        }
    )
    frame.write_parquet(folder / "orders.parquet")
    _shipments(frame, account, placed, accounts, rng).write_parquet(folder / "shipments.parquet")
    _feedback(frame, placed, rng).write_parquet(folder / "feedback.parquet")
    _defects(frame, placed, rng).write_parquet(folder / "defects.parquet")
    return folder


def _words(codes: np.ndarray, words: list[str]) -> pl.Series:
    return pl.Series(words, dtype=WORDS).gather(codes.astype(np.uint32))


def _days(number: np.ndarray) -> pl.Series:
    return pl.Series((FIRST + number.astype("timedelta64[D]")).astype("datetime64[D]"))


def _shipments(orders: pl.DataFrame, account, placed, accounts: int, rng) -> pl.DataFrame:
    """One row an order the seller fulfils and did not cancel: what was promised, and whether it was kept."""
    kept = np.flatnonzero((orders["fulfilment"] == "merchant").to_numpy() & ~orders["is_cancelled"].to_numpy())
    promised = _days(placed[kept] + rng.integers(2, 8, len(kept)))
    return orders[kept].select(
        "order_id", "account", "marketplace", "fulfilment", "day", "is_replacement",
        late_on=_days(placed[kept] + rng.integers(1, 4, len(kept))),
        is_late=pl.Series(rng.random(len(kept)) < 0.03),
        promised_day=promised,
        promised_day_pacific=promised,
        category=_words(account[kept] % 5, [f"category-{n}" for n in range(5)]),
        units=pl.Series(rng.integers(1, 4, len(kept))),
        is_valid=pl.Series(rng.random(len(kept)) < 0.97),
        is_on_time=pl.Series(rng.random(len(kept)) < 0.95),
    )  # fmt: skip


def _feedback(orders: pl.DataFrame, placed, rng) -> pl.DataFrame:
    rated = np.flatnonzero(rng.random(len(placed)) < 0.05)
    stars = rng.choice([1, 2, 3, 4, 5], len(rated), p=[0.06, 0.02, 0.04, 0.13, 0.75])
    return orders[rated].select(
        "account", "marketplace",
        fulfilment=_words(np.zeros(len(rated), int), ["all"]),
        received_on=_days(placed[rated] + rng.integers(3, 40, len(rated))),
        stars=pl.Series(stars, dtype=pl.Int8),
        is_negative=pl.Series(stars <= 2),
        is_struck=pl.Series(rng.random(len(rated)) < 0.02),
    )  # fmt: skip


def _defects(orders: pl.DataFrame, placed, rng) -> pl.DataFrame:
    """One row an order and kind; one bad order in ten has two kinds."""
    bad = np.flatnonzero(rng.random(len(placed)) < 0.01)
    bad = np.concatenate([bad, bad[rng.random(len(bad)) < 0.1]])
    kinds = ["negative_feedback", "a_to_z_claim", "chargeback"]
    return pl.DataFrame(
        {
            "order_id": orders["order_id"].gather(bad),
            "kind": _words(rng.integers(0, 3, len(bad)), kinds),
            "occurred_on": _days(placed[bad] + rng.integers(1, 60, len(bad))),
            "counts": rng.random(len(bad)) < 0.9,
        }
    ).unique(["order_id", "kind"], maintain_order=True)
