"""What the thread of the calculator does; what it takes is loaded in that thread, when a calculator is first seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regdesk.core.fitted.calculation import Calculation
    from regdesk.core.fitted.calculator_model import CalculatorModel
    from regdesk.core.fitted.column_spread import ColumnSpread
    from regdesk.core.fitted.points import Point
    from regdesk.core.model.dataset import Dataset
    from regdesk.data.csv.table import Table


@dataclass(frozen=True, eq=False)
class Answered:
    """What came back: a calculation, the point of a row, or what had to be known before the first one."""

    spreads: tuple[ColumnSpread, ...] | None = None
    point: Point | None = None
    calculation: Calculation | None = None


def find_spreads(dataset: Dataset, _should_stop: Callable[[], bool]) -> Answered:
    """What the training rows of ``dataset`` hold."""
    from regdesk.tasks.calculator import spreads_of

    return Answered(spreads=spreads_of(dataset))


def find_point(table: Table, dataset: Dataset, row: int, _should_stop: Callable[[], bool]) -> Answered:
    """Row ``row`` of ``dataset``, which was made of ``table``."""
    from regdesk.tasks.calculator import point_of_row

    return Answered(point=point_of_row(table, dataset, row))


def find_answer(
    model: CalculatorModel, point: Point, columns: Sequence[int], _should_stop: Callable[[], bool]
) -> Answered:
    """What ``model`` answers at ``point``, with the curves of ``columns``."""
    from regdesk.tasks.calculator import answer_at

    return Answered(calculation=answer_at(model, point, columns))
