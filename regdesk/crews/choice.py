"""Who was asked to do the units, as a value; apart from what makes them, so that arguments are read without it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from regdesk.core.errors import RegdeskError

CrewKind = Literal["threads", "processes", "dask"]
MOST_WORKERS = 1024
_COUNT = re.compile(r"0*([1-9][0-9]{0,3})")
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss)://)?(?:[^\s/:\[\]@]+|\[[0-9A-Fa-f:.]+\]):0*([1-9][0-9]{0,4})/?")
LARGEST_PORT = 65_535
MOST_QUOTED = 60
"""Characters of a wrong text that a sentence shows."""


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
    if kind == "dask":
        address = _ADDRESS.fullmatch(rest.strip())
        if address is not None and int(address[1]) <= LARGEST_PORT:
            return CrewChoice("dask", address=rest.strip())
    count = _COUNT.fullmatch(rest)
    if kind in ("threads", "processes") and count is not None and int(count[1]) <= MOST_WORKERS:
        return CrewChoice("threads" if kind == "threads" else "processes", int(count[1]))
    short = text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"
    raise ValueError(
        f"workers are threads:N or processes:N with N from 1 to {MOST_WORKERS}, or dask:HOST:PORT of a scheduler, "
        f"such as dask:tcp://127.0.0.1:8786, not '{short}'"
    )


class CrewLost(RegdeskError):
    """Whoever was to do the units cannot. ``str()`` is one sentence."""
