"""Notebooks × accounts → HTML, results and a manifest; the command line.

command_line   what a person or a scheduler types        listing    the text tables of `check`
parameters     which day, which notebook, checked before anything starts
runner         one process a report, many accounts at once
results        what a notebook publishes, as JSON          export     executed notebook → one HTML file
pictures       the still picture of a chart, nothing in it but drawing
privacy        the gate: stops a report that says who a buyer is
publish        files that appear whole or not at all, with a manifest
"""
