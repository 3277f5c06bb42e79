"""The still pictures of a notebook's charts, drawn beside the kernel: it goes on while this process draws."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from helpers import charts
from helpers.charts.look import MIME as CHART
from helpers.charts.look import PICTURE
from helpers.reports.failures import Failed
from helpers.reports.terminal import plain

SENT = 0.03  # seconds until the next cell has been sent: the library that draws holds this process while it does


class Stills:
    """The pictures of the cells run so far, drawn or waiting for it."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._drawn: list[tuple[dict[str, Any], Future[str]]] = []

    def of_cell(self, cell: Any, **said: Any) -> None:
        """Draw the charts of a cell that has run: those its kernel has left without a picture."""
        for output in cell.outputs:
            data = output.get("data", {})
            if CHART in data and PICTURE not in data:
                self._drawn.append((data, self._pool.submit(_drawn, data[CHART])))

    def put_in(self) -> None:
        """Put every picture beside its chart. Raises Failed for a chart that cannot be drawn."""
        for data, drawn in self._drawn:
            try:
                data[PICTURE] = drawn.result()
            except ValueError as error:
                raise Failed(plain(f"a chart cannot be drawn: {error}")) from error


def _drawn(spec: dict[str, Any]) -> str:
    time.sleep(SENT)
    return charts.still(spec)


@contextmanager
def drawing() -> Iterator[Stills]:
    """Draw while the block runs; a block that fails waits for no picture."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="stills")  # the library that draws has one thread of its own
    try:
        yield Stills(pool)
    finally:
        pool.shutdown(cancel_futures=True)
