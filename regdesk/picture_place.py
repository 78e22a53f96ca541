"""Whether a picture can be written somewhere, asked before the model trains for it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def check_picture_place(path: Path) -> None:
    """Raises OSError, with the system's reason, when no file can be written as ``path``; leaves nothing behind."""
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(None, "it may not be written to")
    if target.exists() and not target.is_file():
        # A device or a pipe is written to as it is.
        return
    with tempfile.TemporaryFile(dir=target.parent):
        pass
