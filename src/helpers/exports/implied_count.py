"""The one whole count that a printed rate and its orders allow, where a file leaves the count out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor


def implied_count(rate: float | None, of: int | None) -> int | None:
    """The only whole number out of `of` that rounds to the rate as it is printed; None where none or several do.

    A rate printed with k decimals is within half a unit of the k-th of the true one, either way; one printed with more
    than a number of the file can hold stands for the number itself. 0.0161 of 62 is 1; 0.0161 of 12,000 is 193; 0.016 of
    12,000 can be anything from 186 to 198, and is none.
    """
    if rate is None or not of:
        return None
    printed = Decimal(repr(rate))
    half = max(Fraction(10) ** int(printed.as_tuple().exponent) / 2, Fraction(rate) / 2**52)
    least, most = ((Fraction(printed) + side * half) * of for side in (-1, 1))
    fitting = range(max(0, ceil(least)), min(of, floor(most)) + 1)
    return fitting[0] if len(fitting) == 1 else None
