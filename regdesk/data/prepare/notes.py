"""Sentences on what was decided while a table was prepared."""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.fitted.cells import Applied
from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.model.dataset import Split
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.types import DataSettings, Float64s, Integers
from regdesk.core.words.number_text import exact_text
from regdesk.data.dates.time_forms import WITHOUT_YEAR
from regdesk.data.errors import listing, shorten
from regdesk.data.prepare.input_names import wanted_name
from regdesk.data.prepare.targets import Target
from regdesk.data.prepare.wording import count_of

MOST_DAYS = 3_000_000
"""From 1970 on, or before: some 8,000 years."""
MOST_NAMED = 6
"""Columns that a note names before it only counts."""


def fill_text(column: ColumnEncoding) -> str:
    """What a missing cell of ``column`` becomes, such as "median 34"."""
    if column.fill_rule == "nothing known":
        return "no label, as no training row has one" if column.levels else "0, as no training row has a value"
    if isinstance(column.fill, float):
        day = day_text(column, column.fill)
        if day and column.fill_rule == "median":
            return f"median {day}"
        return f"median {column.fill:.6g}" if column.fill_rule == "median" else f"most frequent, {column.fill:g}"
    return f"{column.fill}" if column.fill_rule == "own level" else f"most frequent, {column.fill}"


def day_text(column: ColumnEncoding, days: float) -> str:
    """The day that is ``days`` after 1970-01-01, such as 2024-01-31; empty where these are no days of the calendar."""
    has_days = column.date_form is not None and column.part is None
    if not has_days or column.date_form in WITHOUT_YEAR or abs(days) > MOST_DAYS:
        return ""
    return str(np.datetime64(0, "D") + np.timedelta64(math.floor(days), "D"))


def encoding_notes(encoding: Encoding, applied: Applied) -> tuple[str, ...]:
    """How columns have become inputs, and what became of cells without a value or with a label that is not known."""
    return (
        *_several_notes(encoding),
        *_power_notes(encoding),
        *_naming_notes(encoding),
        *_level_notes(encoding),
        *_imputation_notes(encoding, applied),
        *_unseen_notes(encoding, applied),
    )


def factor_notes(features: tuple[str, ...], factors: tuple[float, ...]) -> tuple[str, ...]:
    """What multiplies the penalty of which columns; ``factors`` ``(n_features,)`` are empty where all are 1."""
    said = [
        f"{name} {exact_text(factor)}" + ("" if factor else " (never penalised)")
        for name, factor in zip(features, factors, strict=False)
        if factor != 1.0
    ]
    if not said:
        return ()
    others = "" if len(said) == len(features) else "; 1 of every other column"
    return (f"Penalty factors F: {listing(said)}{others}.",)


def _level_notes(encoding: Encoding) -> tuple[str, ...]:
    """Which columns have a level for missing cells."""
    names = [column.name for column in encoding.columns if column.fill_rule == "own level"]
    return (f"Missing cells are a level of their own in {_some(names)}.",) if names else ()


def _imputation_notes(encoding: Encoding, applied: Applied) -> tuple[str, ...]:
    counts = applied.imputed
    filled = [f"{counts[one.name]} in {one.name} ({fill_text(one)})" for one in encoding.columns if one.name in counts]
    if not filled:
        return ()
    return (f"{count_of(sum(counts.values()), 'missing cell')} imputed: {_first_of(filled)}.",)


def _unseen_notes(encoding: Encoding, applied: Applied) -> tuple[str, ...]:
    """How many cells hold labels that were not trained on, and what becomes of them."""
    cells = applied.unseen
    parts = [
        f"{len(cells[one.name])} in {one.name} "
        f"({listing([shorten(label) for label in dict.fromkeys(cells[one.name])], 3)}; "
        f"taken as missing: {fill_text(one)})"
        for one in encoding.columns
        if one.name in cells
    ]
    if not parts:
        return ()
    total = sum(map(len, cells.values()))
    verb = "cell holds" if total == 1 else "cells hold"
    return (f"{total} {verb} a label that no training row has: {_first_of(parts)}.",)


def _first_of(parts: list[str]) -> str:
    """``parts``, the first of them where there are many columns."""
    shown = ", ".join(parts[:MOST_NAMED])
    if len(parts) > MOST_NAMED:
        shown += f" and others in {count_of(len(parts) - MOST_NAMED, 'column')} more"
    return shown


def _several_notes(encoding: Encoding) -> tuple[str, ...]:
    """Which columns have become several inputs."""
    counts = [(column.name, len(column.input_names)) for column in encoding.columns if column.levels]
    several = [f"{name} ({count} inputs)" for name, count in counts if count > 1]
    return (f"One input for each label of {_some(several)}.",) if several else ()


def _power_notes(encoding: Encoding) -> tuple[str, ...]:
    """Which columns have become their powers."""
    degree = max(column.degree for column in encoding.columns)
    names = [column.name for column in encoding.columns if column.degree > 1]
    powers = "its first two powers" if degree == 2 else f"its powers 1 to {degree}"
    return (f"Each number becomes {powers}: {_some(names)}.",) if names else ()


def _naming_notes(encoding: Encoding) -> tuple[str, ...]:
    """Which inputs are not called as they would be, because another one is: "two=B (2) of two"."""
    renamed = [
        f"{name} of {column.name}"
        for column in encoding.columns
        for name, level, power in zip(column.input_names, column.input_levels, column.input_powers, strict=True)
        if name != wanted_name(column.name, level, power)
    ]
    return (f"Numbered, as their names were taken: {_some(renamed)}.",) if renamed else ()


def _some(names: list[str]) -> str:
    """``names``, the first of them where there are many."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def split_note(split: Split, how: str) -> str:
    """How many rows each part has; ``how`` says where the parts come from."""
    return (
        f"Rows: {len(split.train)} for training, {len(split.validation)} for validation, "
        f"{len(split.test)} for test, {how}."
    )


def absence_notes(target: Target, split: Split) -> tuple[str, ...]:
    """Which classes a part lacks, so that scores of it are missing."""
    absent = [
        (part, classes_without(target, rows))
        for part, rows in (("validation", split.validation), ("test", split.test))
        if len(rows)
    ]
    return tuple(
        f"No {part} row has {named_classes(classes)}; scores that rank, such as AUROC, are not defined there."
        for part, classes in absent
        if classes
    )


def scaling_notes(
    settings: DataSettings, target: Target, scaler: Standardizer, train: Integers, still: list[str]
) -> tuple[str, ...]:
    """How inputs and target are standardised; ``still`` names the inputs that do not vary in the rows ``train``."""
    figures = f"with figures from the {len(train)} training rows"
    notes = [
        f"Inputs standardised: mean 0, standard deviation 1, {figures}."
        if settings.standardize
        else "Inputs are not standardised."
    ]
    if still and settings.standardize:
        notes.append(f"Inputs that are the same in every training row are 0 there: {_some(still)}.")
    if target.task == "regression":
        notes.append(
            f"Target standardised: mean {scaler.mean[0]:.6g} becomes 0, standard deviation {scaler.scale[0]:.6g} "
            f"becomes 1, {figures}."
            if settings.standardize_target
            else "The target is not standardised."
        )
        if (target.values[train] == target.values[train[0]]).all():
            notes.append("The target is the same in every training row: there is nothing to learn.")
    return tuple(notes)


def classes_without(target: Target, rows: Integers) -> list[str]:
    """Labels of the classes that none of ``rows`` has; none for regression."""
    seen = set(np.unique(target.values[rows]).tolist()) if target.classes else set()
    return [label for number, label in enumerate(target.classes) if number not in seen]


def named_classes(classes: list[str]) -> str:
    """``classes`` in quotes with their noun."""
    labels = [shorten(label) for label in classes]
    return f"the class {labels[0]}" if len(labels) == 1 else f"the classes {listing(labels)}"


def still_inputs(names: tuple[str, ...], rows: Float64s) -> list[str]:
    """Those of ``names`` whose column of ``rows`` ``(n_rows, n_inputs)`` holds one value only."""
    return [name for name, is_still in zip(names, (rows == rows[0]).all(axis=0), strict=True) if is_still]
