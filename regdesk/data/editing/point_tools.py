"""Which points of a table can be moved and added in the picture of the fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.fit.tools import PointTools
from regdesk.data.csv.table import NumberColumn

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.types import DataSettings
    from regdesk.data.csv.table import Table

MOST_AXES = 2
NOT_SEEN = "Points are moved where every input is along an axis: choose one or two features (Ctrl+D)."
NOT_NUMBERS = "Only numbers are moved: {name} has labels or dates."
JOINED = "Points of several files that were read together cannot be moved: they share the lines of a file."
HAS_ROLES = "Points can be moved, but not added: {name} says how rows are split, dealt out or weighed."


def tools_of(table: Table, settings: DataSettings, dataset: Dataset, copy: str, is_joined: bool) -> PointTools:
    """What can be done to the points of ``dataset``, which was made of ``table``, or of a copy, as ``copy`` says."""
    names = dataset.features
    # Of 20,000 columns a search for each took most of the time in which a file is opened, and the window stood still.
    known = frozenset(table.column_names)
    columns = [table.column(name) for name in names if name in known]
    axes = [*columns] + ([table.column(dataset.target)] if dataset.task == "regression" else [])
    labelled = next((one.name for one in axes if not isinstance(one, NumberColumn)), None)
    no_move = ""
    if len(names) > MOST_AXES or len(columns) < len(names):
        no_move = NOT_SEEN
    elif labelled is not None:
        no_move = NOT_NUMBERS.format(name=labelled)
    elif is_joined or len(np.unique(table.row_lines)) < table.n_rows:
        no_move = JOINED
    roles = (settings.split_column, settings.fold_column, settings.weight_column)
    role = next((one for one in roles if one is not None), None)
    has_degree = len(names) == len(columns) == 1 and isinstance(columns[0], NumberColumn)
    return PointTools(
        no_move,
        no_move or ("" if role is None else HAS_ROLES.format(name=role)),
        copy,
        settings.degree if has_degree and columns[0].kind != "boolean" else None,
        asks_value=dataset.task == "regression" and len(names) == MOST_AXES,
    )
