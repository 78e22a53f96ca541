"""Threads that give way to the window and the live model."""

from __future__ import annotations

import os
import sys
import threading

NICENESS = 3
"""2,000 × 8 with a live model at full speed on two busy cores, beside a sweep: 22 frames a second without, 40 with it.
At 10 the sweep hardly got a turn: seconds instead of 0.1."""


def step_back() -> None:
    """On Linux threads have a niceness of their own: this one's is ``NICENESS`` from here on, as is that of those it
    starts.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
