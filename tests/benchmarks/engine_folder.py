"""Import this before numba: finds this checkout's regdesk and points numba at the folder of exactly these sources.

Without it numba would keep compiled code beside the sources and notice changes of one file of the engine only.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from regdesk.compiling import engine_cache

engine_cache.prepare_cache_folder()
