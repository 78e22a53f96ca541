"""How many processors there are for this process, which may be fewer than the machine has."""

from __future__ import annotations

import os


def n_processors() -> int:
    """Those that this process may use, one at least."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
