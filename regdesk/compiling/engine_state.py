"""Which parts of the engine are kept compiled, found without making, filling or tidying anything."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from regdesk.compiling.cache_folder import FOLDER_VARIABLE, VARIABLE, is_temporary, usual_folder
from regdesk.compiling.compiled_files import CompiledFiles
from regdesk.compiling.engine_cache import PIECES
from regdesk.compiling.engine_sources import digests_of_sources


def engine_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder that this process uses, or would use first."""
    prepared = environment.get(FOLDER_VARIABLE)
    return Path(prepared) if prepared and environment.get(VARIABLE) == prepared else usual_folder()


def engine_state() -> dict[str, object]:
    """``folder``, ``is_temporary``, and ``parts``: of each part whether it can be loaded without compiling."""
    folder = engine_folder()
    files = CompiledFiles(folder, digests_of_sources())
    parts = {part: all(files.is_complete(piece) for piece in pieces) for part, pieces in PIECES.items()}
    return {"folder": str(folder), "is_temporary": is_temporary(folder), "parts": parts}
