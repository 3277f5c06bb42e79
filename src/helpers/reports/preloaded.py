"""What a report and its kernel need, imported once: the server of forks imports this module and runs nothing of it.

No query, no chart, no thread: a library that has started its threads hangs in a fork. What is imported is frozen, so that
the collector of one report does not copy the memory all of them share; it rests meanwhile, for modules leave it nothing.
"""

from __future__ import annotations

import gc
import importlib

from helpers import sentences

MODULES = (
    "numpy",
    "polars",
    "vl_convert",
    "papermill",
    "nbclient",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "IPython.core.interactiveshell",
    "debugpy",
    "helpers.charts",
    "helpers.tables",
    "helpers.front",
    "helpers.what_if",
    "helpers.own_feedback",
    "helpers.packs",
    "helpers.sensitivity",
    "helpers.money",
    "helpers.reports.kernels",
    "helpers.reports.making",
    "helpers.reports.mail",
)

gc.disable()
for _name in MODULES:
    importlib.import_module(_name)
sentences.table(sentences.writing_now().sentences)
gc.enable()
gc.collect()
gc.freeze()
