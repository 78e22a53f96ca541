"""The program's first and last lines: a signal while the rest is imported ends it with a sentence, no traceback."""

from __future__ import annotations

import gc
import os
from contextlib import suppress


def main() -> int:
    """The program as the system starts it, of ``sys.argv``. Returns the exit status."""
    try:
        from regdesk.system import leaving, signals

        leaving.prepare()
        signals.take_over()
    except KeyboardInterrupt:
        # Before ``signals`` could answer. Where standard error is closed or full nobody is told.
        with suppress(OSError):
            os.write(2, b"regdesk: interrupted.\n")
        return 130
    from regdesk.app import main as run

    try:
        status = run()
        leaving.leave_with(status)
        return status
    finally:
        # What had to be done is done and what remains takes a moment; its status stands.
        signals.ignore_from_here()
        # Python ends with several collections. Among 500,000 objects they took 0.35 s, on busy cores 0.9, for nothing.
        gc.freeze()
