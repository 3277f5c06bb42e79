"""Many accounts on one morning: whom to call first, and why. From the results of their reports, never from their files.

reading    Portfolio · Report       the reports of a month and of the month before, and what the runs recorded
night      night                    what became of each report: the `night` frame
reasons    REASONS                  what an account is called for, with the sentence that says so
standing   accounts                 the `portfolio` frame, whom to call first
news       news                     what is so this month and was not in the last: the `news` frame
listed     listed                   one list on one day with its promise: the `listed` frame
funnel     funnel · limits          each store's rate beside what chance does at its size: the `funnel` frame
letters    letters                  deadlines: the `letters` frame
leads      way · kept                from the page to the reports and to what failed
screen     first_screen             the first screen as text
rows       what one row of each of these frames is
"""

from helpers.portfolio.funnel import funnel, limits
from helpers.portfolio.leads import kept, way
from helpers.portfolio.letters import letters
from helpers.portfolio.listed import listed, promise
from helpers.portfolio.news import news
from helpers.portfolio.night import failures, night
from helpers.portfolio.reading import FRAMES, Portfolio, Report, read
from helpers.portfolio.reasons import REASONS
from helpers.portfolio.rows import FunnelRow, LetterRow, ListedRow, NewsRow, NightRow, PortfolioRow
from helpers.portfolio.screen import first_screen
from helpers.portfolio.standing import accounts

__all__ = [
    "FRAMES",
    "REASONS",
    "FunnelRow",
    "LetterRow",
    "ListedRow",
    "NewsRow",
    "NightRow",
    "Portfolio",
    "PortfolioRow",
    "Report",
    "accounts",
    "failures",
    "first_screen",
    "funnel",
    "kept",
    "letters",
    "limits",
    "listed",
    "news",
    "night",
    "promise",
    "read",
    "way",
]
