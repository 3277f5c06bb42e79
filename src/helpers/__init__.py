"""From a folder of marketplace downloads to a report, in the order the data flows.

Nouns       vocabulary   Account, Metric, METRICS, options, verdict words
            errors       expected, found, where, what to do
            frames       what one row of each frame is
            rows         a row of a frame by itself: a dict with the type of each column
            notebooks    which notebooks there are, by number and name
            places       where the kit lies: the notebooks, and the home of data/, reports/ and .cache/
            drafts       files on their way: whole or not at all, and what dead runs left is swept away
            targets      targets.toml: which target was in force for a metric, a marketplace, a day
            sentences/   what a reader reads, by key: one table a language, and how an account writes numbers
            windows      over which days a rate stands, with which lag, on a day
            wording      counts, rates and days as text
Reading     exports/     a folder of downloads → Account: good rows, rejected rows, questions
            coverage     what those files can prove: which days, each metric exactly or as a bound
Computing   metrics/     Account → daily counts → trailing windows; what changed, what rolls off
            intervals    interval and posterior of a rate
            clustering   how bad ones come in lumps, and how much fewer orders such counts are worth
            verdicts     trailing windows + targets → one judged row a metric, with its sentence
            referee      the marketplace's own figures beside ours, with the gap explained
            marks        the marketplace's own words (BAD, AT RISK) with its figures, also where a count is missing
            tallies      counts no target judges: payments, returns, open orders, policy counters
            history/     the year before a judged window: missed then too, moved or not, what the record explains
            first_passage/  how likely a rolling rate misses its target on some day, at a known true rate
            maturity/    how many of the bad ones of young orders have been reported, and how many there will be
            actions/     did what the account did work: before and after, at equal maturity
            signals/     is a movement real: watches on reports as they come in, control charts for the eye
            drivers/     where bad ones come from: SKU, carrier, region …, crude and within strata
            audit        one account on one day: everything above put together, each part once
            alerts       what has become true since an earlier day and should wake somebody
            scenarios/   every judged rate a year ahead: chances, budget, way back, and what would change them
            money/       what would be held if the account were closed on a day, by the reserve rules of that day
            sensitivity  what the open points of the rules change
            feedback/    who speaks and who is silent: a model, what counts imply, chance
            identification  what silence hides, learnt from random asking, a known sign, lists that overlap
            own_feedback/   an account's own feedback: its score, its silent buyers, other signs, what may still go
            notices/     the text of a letter → what is charged, what is asked for, by when
            cases/       a letter in the account's folder: what a person confirmed of it, what goes back
            evidence/    a letter's charges against the account's records, fact by numbered fact
            packs/       the answer to a letter: answers, plan, tables, and what contradicts or is still open
            answer       verdicts → the first screen: a headline, three figures, what to do; what changed, in sentences
            portfolio/   results of many accounts' reports → whom to call first, and why
Showing     front        answer → HTML
            colours      colours by meaning, light and dark, and their contrast
            charts/      frame → Altair chart with its table twin (the only package that imports altair)
            tables/      frame → table
            templates/   every piece of HTML, style and script, one file each
            what_if      an account's rates to come as charts, one of them under sliders
            lesson/      a class: numbers → chart with its sentence, dealt chance, questions, sliders of JupyterLab (the
                         only package that imports ipywidgets)
Making      sample/      seed → a made-up account with known truth, in the real file formats
            reports/     notebooks × accounts → HTML, results, manifest; the command line

Imports point one way, towards the nouns; `tests/test_architecture.py` holds the table.
"""

import sys

# jsonschema tries to import it for one optional check, and its grammar costs a second of start-up in
# every process that draws a chart or reads a notebook. A missing module is a case jsonschema handles.
# (The stub of `sys` leaves out that None is allowed; the import system documents it.)
sys.modules.setdefault("rfc3987_syntax", None)  # pyright: ignore[reportArgumentType]
