"""Notebooks × accounts → HTML, results and a manifest; PDF and mail on request; the command line.

command_line   what a person or a scheduler types        listing    the text tables of `check`
parameters     which day, which notebook, checked before anything starts
runner         one process a report, many accounts at once
results        what a notebook publishes, as JSON                  sent       the last of them, to be held against the next
product        executed notebook → the files a client gets        privacy    the gate each of them has to pass
export         the page        pictures   its still charts        brand      whose name stands on it
pdf            the page, printed by a browser                     mail       the report as a mail ready to send
gallery        every chart and table on one page, with extreme figures too
publish        files that appear whole or not at all, with a manifest
"""
