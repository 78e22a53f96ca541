"""The column to predict: which task it makes, and its classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Float64s, Integers, Task, TaskChoice
from regdesk.data.columns.kinds import labels_of, sorted_labels
from regdesk.data.csv.table import Column, NumberColumn, Table, WordColumn
from regdesk.data.errors import DataError, listing, shorten

MOST_INTEGER_CLASSES = 10
MOST_CLASSES = 100
"""More could hardly be told apart on a screen, and would leave few rows for each."""


@dataclass(frozen=True)
class Target:
    """The column to predict. ``values`` ``(n_rows,)``: original units, or indices into ``classes``."""

    task: Task
    values: Float64s
    classes: tuple[str, ...]


def choose_task(column: Column, choice: TaskChoice = "auto") -> Task:
    """``choice``, or for ``auto`` classification for words, booleans and integers of at most 10 values.

    A column with one value has nothing to tell apart and is left to regression when it is a number.
    """
    if choice != "auto":
        return choice
    if isinstance(column, WordColumn) or column.kind == "boolean":
        return "classification"
    present = column.numbers[~column.missing]
    few = 2 <= column.distinct <= MOST_INTEGER_CLASSES
    return "classification" if few and bool((present == np.floor(present)).all()) else "regression"


def read_target(table: Table, column: Column, choice: TaskChoice, rows: Integers) -> Target:
    """The target in ``rows`` of ``table``, none of which may be missing.

    Raises DataError when the column does not suit the task, or has one class, more than 100 or almost as many as rows.
    """
    task = choose_task(column, choice)
    if task == "regression":
        if isinstance(column, WordColumn):
            raise DataError(
                f"regression needs a target of numbers and this column is {column.kind}; "
                "choose classification or another target.",
                file=table.path,
                column=column.name,
            )
        return Target(task, column.numbers[rows], ())
    classes, values = _classes(column, rows)
    problem = _problem_of(classes, len(rows), isinstance(column, NumberColumn))
    if problem:
        raise DataError(problem, file=table.path, column=column.name)
    return Target(task, values.astype(np.float64), classes)


def _problem_of(classes: tuple[str, ...], n_rows: int, are_numbers: bool) -> str:
    """Why ``classes`` cannot be told apart, with a remedy; empty when they can."""
    if len(classes) == 1:
        return (
            f"every row has the class {shorten(classes[0])}, so there is nothing to tell apart; choose another target."
        )
    remedy = "choose regression or another target" if are_numbers else "choose another target"
    if len(classes) > MOST_CLASSES:
        labels = listing([shorten(label) for label in classes], 3)
        return (
            f"there are {len(classes)} classes ({labels}) and at most {MOST_CLASSES} can be told apart; "
            f"{remedy}, or give several of them one name."
        )
    is_scattered = len(classes) > MOST_INTEGER_CLASSES and 2 * len(classes) > n_rows
    if is_scattered or len(classes) == n_rows > 2:
        return f"there are {len(classes)} classes in {n_rows} rows, too few rows of each to learn from; {remedy}."
    return ""


def _classes(column: Column, rows: Integers) -> tuple[tuple[str, ...], Integers]:
    """Labels in the order of the classes, each in its first spelling, and the class of each row."""
    if isinstance(column, NumberColumn):
        distinct, values = np.unique(column.numbers[rows], return_inverse=True)
        spelled = {float(level.replace(",", ".")): level for level in reversed(column.levels)}
        return tuple(spelled.get(float(value), f"{value:.17g}") for value in distinct), values
    labels, codes = labels_of(column), column.codes[rows]
    used = {labels[code] for code in np.unique(codes)}
    classes = tuple(label for label in sorted_labels(column) if label in used)
    place = {label: number for number, label in enumerate(classes)}
    return classes, np.array([place.get(label, -1) for label in labels])[codes]
