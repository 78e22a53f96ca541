"""Whether a name that a person, a file or a text gives is that of a file which can be looked into."""

from __future__ import annotations

import os
from pathlib import Path


def is_ordinary(path: Path) -> bool:
    """Whether there is a file at ``path``, and no pipe or device, which would have whoever looks into it wait.

    A name that no file can have is that of none: ``Path.is_file`` raises where it has more than 255 bytes.
    """
    return os.path.isfile(path)  # noqa: PTH113
