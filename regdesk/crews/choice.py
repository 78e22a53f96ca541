"""Who was asked to do the units, as a value; apart from what makes them, so that arguments are read without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CrewKind = Literal["threads", "processes", "dask"]
MOST_WORKERS = 1024


@dataclass(frozen=True)
class CrewChoice:
    """``n_workers`` threads or child processes of this machine, or the cluster whose scheduler is at ``address``."""

    kind: CrewKind
    n_workers: int = 1
    address: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.address or self.n_workers}"


def crew_choice(text: str) -> CrewChoice:
    """From ``threads:N``, ``processes:N`` or ``dask:ADDRESS``. Raises ValueError with a sentence."""
    kind, _, rest = text.partition(":")
    if kind == "dask" and rest.strip():
        return CrewChoice("dask", address=rest.strip())
    if kind in ("threads", "processes") and rest.isascii() and rest.isdecimal() and 1 <= int(rest) <= MOST_WORKERS:
        return CrewChoice("threads" if kind == "threads" else "processes", int(rest))
    raise ValueError(
        f"workers are threads:N or processes:N with N from 1 to {MOST_WORKERS}, or dask:ADDRESS of a scheduler, "
        f"not '{text}'"
    )


class CrewLost(Exception):
    """Whoever was to do the units cannot. ``str()`` is one sentence."""
