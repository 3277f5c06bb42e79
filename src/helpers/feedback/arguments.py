"""What may be asked of the readings of feedback: chances, confidence, numbers that fit the machine."""

from __future__ import annotations

from fractions import Fraction

Number = float | Fraction

MOST = 5_000_000  # rows or chances held in memory at once: some hundreds of megabytes


def chance(name: str, value: Number) -> None:
    """Refuse what is no chance or share. Raises ValueError outside 0 to 1 and for nan."""
    if not 0 <= value <= 1:
        raise ValueError(f"expected {name} from 0 to 1, such as 0.05 for 5 %, found {value}")


def confidence(level: float) -> None:
    """Refuse what is no confidence level. Raises ValueError outside 0 to 1, both left out, and for nan."""
    if not 0 < level < 1:
        raise ValueError(f"expected a level between 0 and 1, such as 0.95 for 95 %, found {level}")


def number(name: str, value: int, most: int = MOST) -> None:
    """Refuse a number of things that cannot be laid out one by one. Raises ValueError below 0 and above `most`."""
    if not 0 <= value <= most or value != int(value):
        raise ValueError(f"expected a whole number of {name} from 0 to {most:,}, found {value}")
