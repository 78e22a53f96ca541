"""Roles in a file that is looked at: the likeliest ones, and whether true in a split column has to be asked about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regdesk.core.types import ColumnRole

if TYPE_CHECKING:
    from regdesk.core.words.import_facts import ColumnSplit, ImportPreview


def likely_roles(preview: ImportPreview, chosen: Mapping[str, ColumnRole]) -> dict[str, ColumnRole]:
    """Those that were ``chosen``, as far as there are such columns; and the likeliest target where there is none."""
    roles = preview.usual_roles | {name: role for name, role in chosen.items() if name in preview.usual_roles}
    if "target" not in roles.values():
        free = [name for name in preview.targets if roles[name] == preview.usual_roles[name]]
        if free:
            roles[free[0]] = "target"
    return roles


def split_by_truth(preview: ImportPreview | None, roles: Mapping[str, ColumnRole]) -> tuple[str, ColumnSplit] | None:
    """The column that splits the rows by true and false, and how; None where none does."""
    for column in () if preview is None else preview.columns:
        if roles[column.name] == "split" and column.split is not None and column.split.true_label:
            return column.name, column.split
    return None
