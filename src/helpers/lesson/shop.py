"""The shop of the lesson: four numbers, typed once, and used in every picture after it."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.feedback import arguments


@dataclass(frozen=True)
class Shop:
    """What a shop's own page shows. Raises ValueError for what cannot be.

    orders           of 60 days · good, bad   feedback on them, of four and five and of one and two stars
    target_of_1000   fewer bad orders than so many of 1,000: 10 is “under 1 %”
    """

    orders: int
    good: int
    bad: int
    target_of_1000: int

    def __post_init__(self) -> None:
        arguments.number("orders", self.orders)
        arguments.number("good feedback", self.good, self.orders)
        arguments.number("bad feedback", self.bad, self.orders)
        if not self.orders or self.good + self.bad > self.orders:
            raise ValueError(
                f"expected at most as many feedback as orders, found {self.good} good and {self.bad} bad on {self.orders}"
            )
        if not 1 <= self.target_of_1000 <= 999:
            raise ValueError(f"expected a target from 1 to 999 of 1,000 orders, found {self.target_of_1000}")

    @property
    def silent(self) -> int:
        """Buyers who said nothing."""
        return self.orders - self.good - self.bad

    @property
    def is_missed(self) -> bool:
        """Whether bad feedback alone is not under the target."""
        return self.bad * 1000 >= self.target_of_1000 * self.orders
