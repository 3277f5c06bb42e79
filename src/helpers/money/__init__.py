"""What would be held if the account were closed on a day: a range and a calendar, never the chance of a closure.

reserves   Reserve · RESERVES · reserve   the marketplace's rules on money it holds, by day
settled    paid   what the payment files say was earned, day by day
held       held · told   the amounts, from payment files or else from orders, and what they rest on
"""

from helpers.money.held import held, told
from helpers.money.reserves import PAYOUT, RESERVES, STANDARD, TIGHTER, Reserve, reserve

__all__ = ["PAYOUT", "RESERVES", "STANDARD", "TIGHTER", "Reserve", "held", "reserve", "told"]
