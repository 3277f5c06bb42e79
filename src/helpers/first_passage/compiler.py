"""Whether loops can be compiled here, and the loops that are. Without numba all has its form in numpy."""

from functools import cache
from importlib.util import find_spec
from types import ModuleType


@cache
def loops() -> ModuleType | None:
    """The compiled loops (helpers.first_passage.kernel), imported when first asked for; None where numba is not installed
    (`pip install seller-audit-kit[fast]`; `make` installs it)."""
    if find_spec("numba") is None:
        return None
    from helpers.first_passage import kernel

    return kernel


def is_compiled() -> bool:
    """Whether numba is there to compile."""
    return loops() is not None
