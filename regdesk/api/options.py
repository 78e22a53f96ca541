"""What a notebook asks for, as keywords, and the sentences in which it is refused."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from regdesk.cli.keyword_options import namespace_of, value_of, workers_of
from regdesk.core.errors import RegdeskError
from regdesk.core.settings.column_roles import ROLES
from regdesk.core.settings.data_table import DATA
from regdesk.core.settings.run_table import ENDING, MODEL, STARTS, SWEEP
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.settings_table import READING
from regdesk.data.csv.table import Table
from regdesk.data.prepare.given_cells import described

_MANY = {"ignored", "identifier"}
"""Roles that several columns may have, as features do."""
FIT = (*DATA, *MODEL, *ENDING, *STARTS)
READ = (*READING, *(one for one in DATA if one.path == ROLES))
SWEEP_SETTINGS = (*DATA, *MODEL, *ENDING, *SWEEP)


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
    if table.roles and any(one.path == ROLES for one in settings):
        keywords["role"] = _roles(table, keywords)
    if settings is SWEEP_SETTINGS:
        unsaid["at"] = None
        unsaid["workers"] = workers_of(keywords.pop("workers", None), refuse)
    found = namespace_of(keywords, settings, unsaid, refuse)
    if found.target is None and "target" not in dict(found.role or ()).values():
        refuse("target: it must be the name of a column, not None")
    return found


def _roles(table: Table, keywords: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The roles of ``keywords``, and those of ``table`` that these leave open."""
    setting = next(one for one in DATA if one.path == ROLES)
    said = keywords.get("role")
    own = list(() if said is None else value_of("role", setting, said, refuse))
    known = {name for name, _ in own} | {keywords.get("target")}
    single = {role for _, role in own if role not in ("feature", *_MANY)} | (
        {"target"} if keywords.get("target") else set()
    )
    if keywords.get("features") is not None:
        # The features are named: who is none of them is known.
        single |= {"feature", *_MANY}
    rest = ((name, role) for name, role in table.roles if name not in known and role not in single)
    return [*own, *rest]


def refuse(sentence: str) -> NoReturn:
    """Options have the names that a command line gives them; here they are keywords."""
    said = re.sub(r"--([a-z][a-z0-9-]*)", lambda found: found[1].replace("-", "_"), sentence)
    raise UsageError(said if said.endswith((".", "?")) else f"{said}.")
