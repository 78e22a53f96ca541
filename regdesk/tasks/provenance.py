"""Where a result comes from: enough to tell two results apart, to make one again, and to apply it to new rows."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from regdesk import __version__
from regdesk.core.model.configuration import Configuration
from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.types import Integers
from regdesk.data.csv.cells import MISSING_AMONG_NUMBERS, MISSING_WORDS
from regdesk.data.csv.kinds import date_format, ignores_case, words_of
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.prepare.folds import Folds
from regdesk.tasks.fit_plan import FitPlan
from regdesk.tasks.sweep_plan import SweepPlan

EXACT = "exact"
"""The optimiser of a linear model that is solved for its minimum."""
WARM_STARTS = "l-bfgs"
"""That of a network's sweep to convergence."""
EPOCH = "1970-01-01T00:00:00+00:00"
"""Days of dates count from it."""


def fit_provenance(
    command: Sequence[str], table: Table, dataset: Dataset, configuration: Configuration, plan: FitPlan
) -> dict[str, Any]:
    """Of a fit of ``dataset``, made from ``table``; ``command`` is what was typed after the program's name."""
    is_exact = plan.is_exact(configuration.architecture)
    return {
        **_origin(command, table, configuration),
        "split": _split(dataset.split, dataset),
        "optimizer": EXACT if is_exact else configuration.training.optimizer,
        **_figures(table, dataset),
    }


def sweep_provenance(
    command: Sequence[str], table: Table, folds: Folds, configuration: Configuration, plan: SweepPlan
) -> dict[str, Any]:
    """Of a sweep; ``encoding`` and ``target`` are those of the all-rows models. With folds no row only validates."""
    split = folds.whole.split if len(folds.folds) > 1 else folds.folds[0].split
    if configuration.architecture.is_linear:
        optimizer = EXACT
    else:
        optimizer = WARM_STARTS if plan.n_epochs is None else configuration.training.optimizer
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
        **_figures(table, folds.whole),
    }


def _origin(command: Sequence[str], table: Table, configuration: Configuration) -> dict[str, Any]:
    return {
        "version": __version__,
        "command": shlex.join(["regdesk", *command]),
        "file": str(table.path),
        "digest": table.digest,
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


def _figures(table: Table, dataset: Dataset) -> dict[str, Any]:
    """How a cell becomes a number: what all of them have in common, and each input and the target for itself."""
    scaler, target = dataset.input_scaler, dataset.target_scaler
    columns = {column.name: column for column in table.columns}
    readings = {name: _reading(columns[name]) for name in dataset.features}
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
                **readings[one.column],
                "mean": mean,
                "scale": scale,
            }
            for one, mean, scale in zip(dataset.encoding, scaler.mean.tolist(), scaler.scale.tolist(), strict=True)
        ],
        "target": {
            "mean": float(target.mean[0]),
            "scale": float(target.scale[0]),
            "classes": list(dataset.classes) or None,
            **_classes(columns[dataset.target], dataset.classes),
        },
    }


def _reading(column: Column) -> dict[str, Any]:
    """How a feature's cells are read: words by ``case`` and ``words``, dates by ``format``, ``unit`` and ``epoch``.

    Where case is ignored ``words`` gives the label of each spelling in the file and of the same in small letters. A
    date without a zone is taken for UTC, as ``epoch`` is.
    """
    is_date = column.kind == "datetime"
    return {
        **_words(column, is_date or isinstance(column, NumberColumn)),
        "format": date_format(column.levels) if is_date else None,
        "unit": "days" if is_date else None,
        "epoch": EPOCH if is_date else None,
    }


def _classes(column: Column, classes: Sequence[str]) -> dict[str, Any]:
    """How cells of the target become classes: as words, or as the ``numbers`` that the classes are."""
    are_numbers = isinstance(column, NumberColumn)
    return {
        **_words(column, not classes or are_numbers),
        "numbers": [float(one.replace(",", ".")) for one in classes] if classes and are_numbers else None,
    }


def _words(column: Column, is_number: bool) -> dict[str, Any]:
    case = None if is_number else "ignored" if ignores_case(column) else "exact"
    return {"case": case, "words": None if is_number else words_of(column)}
