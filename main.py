"""Start regdesk from a checkout: the same program as ``python -m regdesk``."""

from regdesk.app import main

raise SystemExit(main())
