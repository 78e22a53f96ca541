"""``python -m regdesk``."""

from regdesk.app import main

raise SystemExit(main())
