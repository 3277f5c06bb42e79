"""Notebooks × accounts → HTML, results and a manifest; PDF and mail on request; the command line.

command_line   what a person or a scheduler types        listing    the text tables of `check`
report_command  `report`: folders checked, reports made, told and written down        ending  when somebody ends it
parameters     which day, which notebook, checked before anything starts
tasks          what a run is asked for and what became of it
runner         one process a report, many accounts at once, their time and memory watched (processes)
forking        the server processes are forked from      preloaded  what it imports, running nothing
making         one report from start to end              kernels    its kernel, a fork as well
cluster        the same tasks on the workers of a Dask scheduler
stills         pictures of charts, drawn beside the kernel
made_of        what a report is made of, as hashes: what is unchanged is left as it is
records        what a run leaves for machines            progress   what a person sees of it
failures       why a report was not made, in a line      kept       the page of it, for the one who mends it
results        what a notebook publishes, as JSON                  sent       the last of them, to be held against the next
morning        what follows a run        index      the page over all accounts        notify     heartbeat, mails, a command
product        executed notebook → the files a client gets        privacy    the gate each of them has to pass
export         the page        pictures   its still charts        brand      whose name stands on it
pdf            the page, printed by a browser                     mail       the report as a mail ready to send
gallery        every chart and table on one page, with extreme figures too
publish        files that appear whole or not at all, with a manifest
"""
