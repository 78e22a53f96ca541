"""Where a result comes from: enough to tell two results apart, to make one again, and to apply it to new rows."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from regdesk import __version__
from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Integers
from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS, MISSING_WORDS
from regdesk.data.csv.table import Table, warning_text
from regdesk.data.prepare.folds import Folds
from regdesk.tasks.ending import is_exact, is_searched
from regdesk.tasks.fits.starts import Start, starts_origin

EXACT = "exact"
"""The optimiser of a linear model that is solved for its minimum."""
WARM_STARTS = "l-bfgs"
"""That of a network's sweep to convergence, and of a fit that is a search."""
EPOCH = "1970-01-01T00:00:00+00:00"
"""Days of dates count from it."""


def fit_provenance(
    command: Sequence[str],
    table: Table,
    dataset: Dataset,
    configuration: Configuration,
    starts: Sequence[Start] = (),
) -> dict[str, Any]:
    """Of a fit of ``dataset``, made from ``table``; ``command`` is what was typed after the program's name.

    ``starts`` are those of a ``FinishedFit``.
    """
    return {
        **_origin(command, table, configuration),
        "split": _split(dataset.split, dataset),
        "optimizer": _optimizer_of(configuration),
        **starts_origin(starts),
        **_figures(table, dataset.encoding),
    }


def sweep_provenance(
    command: Sequence[str], table: Table, folds: Folds, configuration: Configuration
) -> dict[str, Any]:
    """Of a sweep; ``encoding`` and ``target`` are those of the all-rows models. With folds no row only validates."""
    split = folds.whole.split if len(folds.folds) > 1 else folds.folds[0].split
    if configuration.architecture.is_linear:
        optimizer = EXACT
    else:
        optimizer = WARM_STARTS if configuration.ending.n_epochs is None else configuration.training.optimizer
    found = _split(split, folds.whole)
    if len(folds.folds) > 1:
        column = configuration.data.fold_column
        said = f"drawn with seed {configuration.seed}" if column is None else f"as {column} says"
        found["how"] = "; ".join(part for part in (split.how, f"{len(folds.folds)} folds {said}") if part)
        found["folds"] = [len(fold.split.validation) for fold in folds.folds]
    return {
        **_origin(command, table, configuration),
        "split": found,
        "optimizer": optimizer,
        **_figures(table, folds.whole.encoding),
    }


def _optimizer_of(configuration: Configuration) -> str:
    """Of a fit."""
    if is_exact(configuration):
        return EXACT
    return WARM_STARTS if is_searched(configuration) else configuration.training.optimizer


def _origin(command: Sequence[str], table: Table, configuration: Configuration) -> dict[str, Any]:
    return {
        "version": __version__,
        "command": shlex.join(["regdesk", *command]),
        "file": str(table.path),
        "digest": table.digest,
        **({} if not table.warnings else {"warnings": [warning_text(one) for one in table.warnings]}),
        **({} if table.drawn is None else {"drawn": {"of": table.drawn.n_rows, "seed": table.drawn.seed}}),
        **({} if not configuration.data.cells else {"changed_cells": dict(configuration.data.cells)}),
        "seed": configuration.seed,
    }


def _split(split: Split, dataset: Dataset) -> dict[str, Any]:
    """How many rows each part has, and the lines of the file, from 1, of those that do not train."""

    def lines(rows: Integers) -> list[int]:
        return sorted(dataset.row_lines[rows].tolist())

    return {
        "how": split.how,
        "train": len(split.train),
        "validation": len(split.validation),
        "test": len(split.test),
        "validation_lines": lines(split.validation),
        "test_lines": lines(split.test),
    }


def _figures(table: Table, encoding: Encoding | None) -> dict[str, Any]:
    """How a cell becomes a number: what all of them have in common, and each input and the target for itself."""
    assert encoding is not None, "what comes from a table has its encoding"
    target = encoding.target
    return {
        "cells": {
            "spaces": "stripped",
            "decimal": table.dialect.decimal,
            "missing": sorted(MISSING_WORDS),
            "missing_numbers": sorted(MISSING_AMONG_NUMBERS),
        },
        "encoding": [
            {
                "column": one.column,
                "kind": one.kind,
                "level": one.level,
                "labels": None if one.labels is None else list(one.labels),
                "fill": one.fill,
                **({} if one.power == 1 else {"power": one.power}),
                **_reading(column),
                "mean": mean,
                "scale": scale,
            }
            for column in encoding.columns
            for one, mean, scale in zip(column.inputs, column.means, column.scales, strict=True)
        ],
        "target": {
            "mean": target.mean,
            "scale": target.scale,
            "classes": list(target.classes) or None,
            **_words(target.words, not target.classes or target.numbers is not None),
            "numbers": None if target.numbers is None else list(target.numbers),
        },
    }


def _reading(column: ColumnEncoding) -> dict[str, Any]:
    """How a feature's cells are read: words by ``case`` and ``words``, dates by ``format``, ``unit`` and ``epoch``.

    Numbers have a ``format`` where they are written with thousands, a unit or a currency, such as ``$ 1,234.5``.

    Where case is ignored ``words`` gives the label of each spelling in the file and of the same in small letters. A
    date without a zone is taken for UTC, as ``epoch`` is. A ``part`` is the month or the weekday of the dates in
    ``source``. ``missing_words`` are there where a person has named what is missing besides empty cells.
    """
    is_date = column.date_form is not None
    return {
        **_words(column.words, not column.levels),
        "format": column.date_form or column.number_form,
        "unit": "days" if is_date and column.part is None else None,
        "epoch": EPOCH if is_date else None,
        **({} if column.part is None else {"source": column.source, "part": column.part}),
        **({} if column.missing_words is None else {"missing_words": list(column.missing_words)}),
    }


def _words(words: Mapping[str, str] | None, is_number: bool) -> dict[str, Any]:
    case = None if is_number else "exact" if words is None else "ignored"
    return {"case": case, "words": None if words is None else dict(words)}
