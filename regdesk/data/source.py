"""Where data come from; apart from what reads them, which is loaded when the window is up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """Where a table comes from, and what is said about it."""

    path: Path
    title: str
    hint: str = ""
    target: str | None = None
    delimiter: str | None = None
