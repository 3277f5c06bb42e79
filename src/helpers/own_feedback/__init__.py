"""An account's own feedback: what the public sees, who is silent, what else the files say of the silent.

displayed   the score on the seller's page, from the download and from the page's own counts
orders      the orders of each judged window and who of their buyers spoke
implied     the ratio that decides a target; the dissatisfied share under each published case; a Bayesian reading
signs       claims, returns and refunds on the same orders: lists that overlap, signs known for every order
removals    what feedback that may go, or has gone, changes in both numbers
grounds     on which ground each may still be asked about, and until when
series      response rates month by month, cut where the way to rate changed
first       the first screen
points      the open points of the rules that influenced one of these figures
parts       OwnFeedback: all of them of one audited account, each computed once (`of`)
"""

from helpers.own_feedback.displayed import compared, displayed
from helpers.own_feedback.first import first_screen
from helpers.own_feedback.grounds import grounds
from helpers.own_feedback.implied import beliefs, breakdowns, implied
from helpers.own_feedback.orders import heard, orders
from helpers.own_feedback.parts import OwnFeedback, of
from helpers.own_feedback.points import influenced
from helpers.own_feedback.removals import removals
from helpers.own_feedback.series import response_by_part, response_rates
from helpers.own_feedback.signs import lists, proxies

__all__ = [
    "OwnFeedback",
    "beliefs",
    "breakdowns",
    "compared",
    "displayed",
    "first_screen",
    "grounds",
    "heard",
    "implied",
    "influenced",
    "lists",
    "of",
    "orders",
    "proxies",
    "removals",
    "response_by_part",
    "response_rates",
]
