"""Which threads come first where there are fewer processors than threads: the window, the live model, then sweeps."""

from __future__ import annotations

import os
import sys
import threading

LARGEST = 19
LIVE_MODEL, SWEEP = 4, 5
"""On Linux threads have a niceness of their own; these are beyond the window's, which mostly is 0.

2,000 × 8 at full speed beside a network's sweep on two cores: of 8 s the window waited 2.9 for a processor with 0 and
3, and 1.6 with these; the largest hundredth of the gaps went from 49 to 33 ms, and the model trained as many steps.
From 8 on a thread that is held with Python's lock in its hands keeps the window waiting.
"""


def step_back(niceness: int) -> None:
    """The thread that calls this, and those that it makes, give way to others; does nothing but on Linux.

    ``niceness`` is beyond that of the window's thread: a program begun with ``nice`` may have any, and may not go back.
    """
    if sys.platform == "linux":
        # A process has the number of its first thread, which is the window's.
        window = os.getpriority(os.PRIO_PROCESS, os.getpid())
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), min(window + niceness, LARGEST))
