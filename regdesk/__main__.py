"""``python -m regdesk``."""

import os
import sys
from contextlib import suppress

try:
    from regdesk.start import main

    sys.exit(main())
except KeyboardInterrupt:
    # Before the program has begun to answer it. Where standard error is closed or full nobody is told.
    with suppress(OSError):
        os.write(2, b"regdesk: interrupted.\n")
    sys.exit(130)
