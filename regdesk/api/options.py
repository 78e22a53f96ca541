"""What a notebook asks for, as keywords, and the sentences in which it is refused."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from regdesk.cli.keyword_options import namespace_of, workers_of
from regdesk.core.errors import RegdeskError
from regdesk.core.settings.data_table import DATA
from regdesk.core.settings.run_table import ENDING, MODEL, SWEEP
from regdesk.core.settings.setting import Setting
from regdesk.data.csv.table import Table
from regdesk.data.prepare.given_cells import described

FIT = (*DATA, *MODEL, *ENDING)
SWEEP_SETTINGS = (*FIT, *SWEEP)


class UsageError(RegdeskError, ValueError):
    """An option or an argument that cannot be. ``str()`` is one sentence that names it and what it has to be."""


def path_of(path: Any) -> Path:
    if not isinstance(path, str | Path) or not str(path) or "\0" in str(path):
        raise UsageError(f"path: it must be the name of a file, not {described(path)}.")
    return Path(path)


def arguments_of(
    table: Table, target: str | None, options: Mapping[str, Any], settings: Sequence[Setting]
) -> Namespace:
    """What the command line would make of ``options``. Raises UsageError."""
    if not isinstance(table, Table):
        refuse(f"table: it must be a table, which read() makes of a file, not {described(table)}")
    unsaid: dict[str, Any] = {"file": str(table.path), "json": False, "out": None, "workers": None, "save": None}
    keywords = ({} if target is None else {"target": target}) | dict(options)
    if settings is SWEEP_SETTINGS:
        unsaid["at"] = None
        unsaid["workers"] = workers_of(keywords.pop("workers", None), refuse)
    found = namespace_of(keywords, settings, unsaid, refuse)
    if found.target is None and "target" not in dict(found.role or ()).values():
        refuse("target: it must be the name of a column, not None")
    return found


def refuse(sentence: str) -> NoReturn:
    """Options have the names that a command line gives them; here they are keywords."""
    said = re.sub(r"--([a-z][a-z0-9-]*)", lambda found: found[1].replace("-", "_"), sentence)
    raise UsageError(said if said.endswith((".", "?")) else f"{said}.")
