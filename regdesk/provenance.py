"""Where a result comes from: enough to tell two results apart, to make one again, and to apply it to new rows."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from regdesk import __version__
from regdesk.core.dataset import Dataset, Split
from regdesk.core.types import Configuration, Integers
from regdesk.data.folds import Folds
from regdesk.data.table import Table
from regdesk.fit_plan import FitPlan
from regdesk.sweep_plan import SweepPlan

EXACT = "exact"
"""The optimiser of a linear model that is solved for its minimum."""
WARM_STARTS = "l-bfgs"
"""That of a network's sweep to convergence."""


def fit_provenance(
    command: Sequence[str], table: Table, dataset: Dataset, configuration: Configuration, plan: FitPlan
) -> dict[str, Any]:
    """Of a fit of ``dataset``, made from ``table``; ``command`` is what was typed after the program's name."""
    is_exact = plan.is_exact(configuration.architecture)
    return {
        **_origin(command, table, configuration),
        "split": _split(dataset.split, dataset),
        "optimizer": EXACT if is_exact else configuration.training.optimizer,
        **_figures(dataset),
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
        **_figures(folds.whole),
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


def _figures(dataset: Dataset) -> dict[str, Any]:
    scaler, target = dataset.input_scaler, dataset.target_scaler
    return {
        "encoding": [
            {
                "column": one.column,
                "kind": one.kind,
                "level": one.level,
                "labels": None if one.labels is None else list(one.labels),
                "fill": one.fill,
                "mean": mean,
                "scale": scale,
            }
            for one, mean, scale in zip(dataset.encoding, scaler.mean.tolist(), scaler.scale.tolist(), strict=True)
        ],
        "target": {
            "mean": float(target.mean[0]),
            "scale": float(target.scale[0]),
            "classes": list(dataset.classes) or None,
        },
    }
