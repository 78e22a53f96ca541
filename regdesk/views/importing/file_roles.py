"""Roles in a file that is looked at: what has been chosen, what is proposed, and what has to be asked about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regdesk.core.settings.column_roles import roles_of
from regdesk.core.types import ColumnRole, DataSettings, SplitPart

if TYPE_CHECKING:
    from regdesk.core.words.import_facts import ColumnSplit, ImportPreview


class FileRoles:
    """Roles that somebody has chosen, or that have come back: of columns that only a new reading has, too.

    Attributes:
        when_true: what true stands for in the split column, where somebody has said.
    """

    def __init__(self) -> None:
        self._chosen: dict[str, ColumnRole] = {}
        self._is_touched = False
        self._proposed_split = ""
        self.when_true: SplitPart | None = None

    def begin(self, preview: ImportPreview, settings: DataSettings) -> None:
        """Another file, with the ``settings`` to begin with."""
        usual = preview.usual_roles
        self._chosen = {name: role for name, role in roles_of(settings, usual).items() if role != usual[name]}
        self._is_touched, self._proposed_split = bool(self._chosen), ""
        self.when_true = settings.split_true

    def roles_in(self, preview: ImportPreview) -> dict[str, ColumnRole]:
        """Those that were chosen, as far as there are such columns, or else a column that says how it splits the rows;
        and the likeliest target where there is none.
        """
        if not self._is_touched:
            self._proposed_split = preview.split_column
            self._chosen = {preview.split_column: "split"} if preview.split_column else {}
        roles = preview.usual_roles | {name: role for name, role in self._chosen.items() if name in preview.usual_roles}
        if "target" not in roles.values():
            free = [name for name in preview.targets if roles[name] == preview.usual_roles[name]]
            if free:
                roles[free[0]] = "target"
        return roles

    def note(self, roles: Mapping[str, ColumnRole], usual: Mapping[str, ColumnRole]) -> None:
        """Somebody has given a column another role: these are in force, where others would be ``usual``."""
        kept = {name: role for name, role in self._chosen.items() if name not in roles}
        self._chosen = kept | {name: role for name, role in roles.items() if role != usual[name]}
        self._is_touched = True
        if self._chosen.get(self._proposed_split) != "split":
            self._proposed_split = ""

    def settle_split(self, part: SplitPart) -> None:
        """Somebody has said what true stands for in the split column."""
        self.when_true, self._proposed_split = part, ""

    def part_in(self, found: tuple[str, ColumnSplit] | None) -> SplitPart | None:
        """What true stands for in the split column: as somebody has said, or as its name says where somebody has made
        it the split column; None where that is to be asked.
        """
        if found is None or self.when_true is not None:
            return self.when_true
        name, split = found
        return split.when_true if split.is_named and name != self._proposed_split else None


def split_by_truth(preview: ImportPreview | None, roles: Mapping[str, ColumnRole]) -> tuple[str, ColumnSplit] | None:
    """The column that splits the rows by true and false, and how; None where none does."""
    for column in () if preview is None else preview.columns:
        if roles[column.name] == "split" and column.split is not None and column.split.true_label:
            return column.name, column.split
    return None
