"""How a process that has used Qt ends: at once, when all has been done that was to be done at its end.

At Python's end PySide destroys what Python owns of Qt, one object after the other, in no order. Those that are left are
told, overrides in Python find half of what they need, and under Python 3.11 their errors are segmentation faults
(``tests/reliability/error_in_override.py``): two in nine windows that had been worked hard ended so, with status −11.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
from contextlib import suppress

_statuses: list[int] = []


def prepare() -> None:
    """Before anything else that is to be done at the end is registered: the last of it is to leave."""
    atexit.register(_leave)


def leave_with(status: int) -> None:
    """The program has come to its end, and ``status`` stands; where it has not used Qt Python ends as ever."""
    qt = sys.modules.get("PySide6.QtCore")
    if qt is None:
        return
    shutdown = getattr(qt, "__moduleShutdown", None)
    if shutdown is not None:
        atexit.unregister(shutdown)
    _statuses.append(status)


def is_leaving() -> bool:
    """Whether the process will end without Python's own end."""
    return bool(_statuses)


def _leave() -> None:
    if not _statuses:
        return
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        # Where nobody reads any more, or there is no room, that has been said.
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(_statuses[-1])
