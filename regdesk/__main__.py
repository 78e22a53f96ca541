"""``python -m regdesk``."""

import sys

try:
    from regdesk.start import main

    sys.exit(main())
except KeyboardInterrupt:
    # Before the program has begun to answer it.
    print("regdesk: interrupted.", file=sys.stderr)
    sys.exit(130)
