"""The numbers behind a picture, in columns with names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Column(NamedTuple):
    """Its ``name`` with the unit, and one cell after the other; None is an empty one."""

    name: str
    cells: Sequence[Any] | NDArray[Any]


def rows_of(columns: Iterable[Column]) -> list[list[Any]]:
    """``columns`` side by side under their names; shorter ones end in empty cells."""
    columns = list(columns)
    cells = [column.cells.tolist() if isinstance(column.cells, np.ndarray) else column.cells for column in columns]
    rows = [[_cell(one) for one in row] for row in zip_longest(*cells)]
    return [[column.name for column in columns], *rows]


def _cell(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
