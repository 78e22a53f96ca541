"""Folds of a table: each with inputs, levels and figures from its own training rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.stopping import Stop
from regdesk.core.types import DataSettings, Float64s, Integers
from regdesk.data.csv.table import Codes, Column, NumberColumn, Table
from regdesk.data.errors import DataError, shorten
from regdesk.data.prepare.encoding import Preparation, prepare_dataset
from regdesk.data.prepare.splitting import split_rows

NO_ROWS: Integers = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Folds:
    """What a sweep works on.

    Attributes:
        whole: trains on every row that is not test.
        folds: each trains on all of these rows but its own, which validate; with one fold the validation split does.
    """

    whole: Dataset
    folds: tuple[Dataset, ...]


def prepare_folds(table: Table, settings: DataSettings, seed: int, n_folds: int, stop: Stop | None = None) -> Folds:
    """``n_folds`` folds drawn with ``seed``, each class in its share, or those that ``settings.fold_column`` names.

    With one fold the validation split of ``settings`` is used instead. Raises DataError, one sentence, when a column
    is unfit or there are too few rows for so many folds; Stopped soon after ``stop`` says so.
    """
    stop = stop or Stop()
    preparation = Preparation.of(table, settings)
    if n_folds == 1 and settings.fold_column is None:
        dataset = prepare_dataset(table, settings, seed)
        if not len(dataset.split.validation):
            raise DataError("one fold needs a --validation-fraction above 0, or use more --folds.", file=table.path)
        rows = np.concatenate([dataset.split.train, dataset.split.validation])
        whole = preparation.dataset(Split(rows, NO_ROWS, dataset.split.test), (), stop)
        return Folds(whole, (dataset,))
    stop.check()
    assignment = preparation.assignment()
    split = split_rows(
        len(preparation.rows.kept),
        validation_fraction=0.0,
        test_fraction=settings.test_fraction,
        seed=seed,
        class_of=preparation.class_of,
        assignment=assignment,
        n_added=preparation.n_added,
    )
    # A split column may name validation rows; in a sweep every row that is not test is in a fold.
    rows = np.concatenate([split.train, split.validation])
    said = () if assignment is None else (assignment.sentence(is_folded=True),)
    whole = preparation.dataset(Split(rows, NO_ROWS, split.test, *said), said, stop)
    fold_of = _folds_of(preparation, rows, n_folds)
    folds = []
    for fold in range(int(fold_of.max()) + 1):
        held = fold_of == fold
        dataset = preparation.dataset(Split(rows[~held], rows[held], split.test), (), stop)
        # Where nothing was imputed and no level is missing all folds have the same inputs: kept once.
        is_shared = np.array_equal(dataset.inputs, whole.inputs)
        folds.append(replace(dataset, inputs=whole.inputs) if is_shared else dataset)
    return Folds(whole, tuple(folds))


def _folds_of(preparation: Preparation, rows: Integers, n_folds: int) -> Integers:
    """The fold of each of ``rows``, ``(len(rows),)``, from 0. ``rows`` stand in a shuffled order."""
    table, name = preparation.table, preparation.settings.fold_column
    if name is not None:
        return _named_folds(table, table.column(name), preparation.rows.kept[rows])
    if n_folds > len(rows):
        raise DataError(
            f"{len(rows)} rows are too few for {n_folds} folds; add rows, or use fewer (--folds).", file=table.path
        )
    class_of = preparation.class_of
    labels = np.zeros(len(rows), dtype=np.int64) if class_of is None else class_of[rows]
    fold_of = np.empty(len(rows), dtype=np.int64)
    start = 0
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        if class_of is not None and len(members) < 2:
            raise DataError(
                f"the class {shorten(preparation.target.classes[label])} has one row, which cannot both train and "
                "validate; remove the row from the file, give it another class, or do without folds (--folds 1).",
                file=table.path,
                row=int(table.row_lines[preparation.rows.kept[rows[members[0]]]]),
                column=preparation.target_column.name,
            )
        # Every class goes on dealing where the one before ended, so that folds differ by one row at most.
        fold_of[members] = (start + np.arange(len(members))) % n_folds
        start += len(members)
    return fold_of


def _named_folds(table: Table, column: Column, rows: Integers) -> Integers:
    missing = rows[column.missing[rows]]
    if missing.size:
        raise DataError(
            "a missing cell does not say to which fold the row belongs; give every row a fold.",
            file=table.path,
            row=int(table.row_lines[missing[0]]),
            column=column.name,
        )
    values: Float64s | Codes = column.numbers if isinstance(column, NumberColumn) else column.codes
    found, fold_of = np.unique(values[rows], return_inverse=True)
    if len(found) < 2:
        raise DataError("every row has the same fold; at least 2 are needed.", file=table.path, column=column.name)
    if 2 * len(found) > len(rows):
        raise DataError(
            f"{len(found)} different values for {len(rows)} rows name no folds; choose another column.",
            file=table.path,
            column=column.name,
        )
    return np.asarray(fold_of, dtype=np.int64)
