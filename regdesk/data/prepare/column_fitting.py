"""Levels, fills and names of columns, with every figure taken from the training rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regdesk.core.fitted.column_encoding import ColumnEncoding, FillRule
from regdesk.core.model.row_weights import mean_of_rows, median_of_rows
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.kinds import labels_of, sorted_labels, words_of
from regdesk.data.csv.table import MISSING_CODE, Column, NumberColumn, Table, WordColumn
from regdesk.data.dates.formats import days_since_1970, form_of
from regdesk.data.errors import DataError
from regdesk.data.prepare.input_names import Wanted, distinct_input_names

MISSING_LEVEL = "(missing)"
MOST_INPUTS = 20_000
"""Of one model: a row of a thousand then takes 160 MB in all."""


def fit_columns(
    table: Table,
    features: Sequence[str],
    rows: Integers,
    stop: Stop | None = None,
    weights: Float64s | None = None,
    has_missing_levels: bool = False,
    degree: int = 1,
) -> tuple[ColumnEncoding, ...]:
    """How ``features`` of ``table`` are encoded, from its training ``rows``; nothing is standardised yet.

    ``weights`` ``(len(rows),)`` say how much each row counts for what is median and most frequent; None: once.
    ``has_missing_levels``: labels that are missing in training rows are a level of their own. Numbers, but not dates
    and truth values, become their powers up to ``degree``.

    Raises DataError when there would be more than 20,000 inputs, Stopped when ``stop`` says so.
    """
    found: list[ColumnEncoding] = []
    for name in features:
        if stop is not None:
            stop.check()
        own = table.column(name)
        fitted = _fit_column(own, rows, weights, has_missing_levels)
        found.append(
            replace(fitted, degree=degree, means=(0.0,) * degree, scales=(1.0,) * degree) if has_powers(own) else fitted
        )
    n_inputs = sum(len(column.input_levels) for column in found)
    if n_inputs > MOST_INPUTS:
        widest = max(found, key=lambda column: len(column.input_levels))
        which = "labels. Leave it out of the features" if widest.levels else "powers. Choose a smaller degree"
        raise DataError(
            f"{n_inputs:,} inputs are more than the {MOST_INPUTS:,} that can be solved for; this column alone "
            f"makes {len(widest.input_levels):,}, one for each of its {which}.",
            file=table.path,
            column=widest.name,
        )
    # Of all labels in the file, so that an input has the same name whichever rows are trained on.
    wanted: list[Wanted] = []
    for column in found:
        levels = sorted_labels(table.column(column.name)) if column.levels else ()
        levels += tuple(level for level in column.levels if level not in levels)
        wanted += [(column.name, level, 1) for level in levels]
        wanted += [] if levels else [(column.name, None, power) for power in column.input_powers]
    names = distinct_input_names(wanted)
    return tuple(
        replace(
            column,
            input_names=tuple(
                names[column.name, level, power]
                for level, power in zip(column.input_levels, column.input_powers, strict=True)
            ),
            level_names=tuple(names[column.name, level, 1] for level in column.levels),
        )
        for column in found
    )


def has_powers(column: Column) -> bool:
    """Whether a degree says anything about ``column``: numbers, where 0 and 1 are no truth values."""
    return isinstance(column, NumberColumn) and column.kind != "boolean"


def with_scales(columns: Sequence[ColumnEncoding], scaler: Standardizer) -> tuple[ColumnEncoding, ...]:
    """``columns`` with the figures of ``scaler``, which has one of each for every input."""
    means, scales = scaler.mean.tolist(), scaler.scale.tolist()
    found, start = [], 0
    for column in columns:
        end = start + len(column.input_levels)
        found.append(replace(column, means=tuple(means[start:end]), scales=tuple(scales[start:end])))
        start = end
    return tuple(found)


def _fit_column(column: Column, rows: Integers, weights: Float64s | None, has_missing_levels: bool) -> ColumnEncoding:
    """Levels and the value for missing cells of ``column``, from ``rows`` of its table; without names."""
    if isinstance(column, NumberColumn):
        return _number_encoding(column, column.numbers[rows], weights)
    if column.kind == "datetime":
        return _number_encoding(column, days_since_1970(column)[rows], weights, form_of(column))
    codes = column.codes[rows]
    is_known = codes != MISSING_CODE
    own = None if weights is None else weights[is_known]
    counts = np.bincount(codes[is_known], weights=own, minlength=len(column.levels))
    count_of: defaultdict[str, float] = defaultdict(float)
    for label, count in zip(labels_of(column), counts.tolist(), strict=True):
        count_of[label] += count
    levels = sorted_labels(column)
    seen = tuple(label for label in levels if count_of[label])
    if not seen:
        return _encoding_of(column, levels, (), None, "nothing known", column.date_form if column.part else None)
    frequent = max(seen, key=lambda label: count_of[label])
    if column.empty_label in seen:
        # What an empty cell says in training it says in new rows.
        frequent = column.empty_label or frequent
    # With two labels in the file the input has the same name in every fold, also in one that trains on one of them.
    told_apart = levels if len(levels) == 2 else seen
    date_form = column.date_form if column.part else None
    if has_missing_levels and not is_known.all():
        own_level = MISSING_LEVEL
        while own_level in levels:
            own_level += "_"
        return _encoding_of(column, (*told_apart, own_level), (*seen, own_level), own_level, "own level", date_form)
    return _encoding_of(column, told_apart, seen, frequent, "most frequent", date_form)


def _number_encoding(
    column: Column, numbers: Float64s, weights: Float64s | None, date_form: str | None = None
) -> ColumnEncoding:
    is_known = ~np.isnan(numbers)
    present, own = numbers[is_known], None if weights is None else weights[is_known]
    if not present.size:
        return _encoding_of(column, (), (), 0.0, "nothing known", date_form)
    if column.kind == "boolean":
        return _encoding_of(column, (), (), float(mean_of_rows(present, own) > 0.5), "most frequent")
    return _encoding_of(column, (), (), median_of_rows(present, own), "median", date_form)


def _encoding_of(
    column: Column,
    levels: tuple[str, ...],
    seen: tuple[str, ...],
    fill: float | str | None,
    fill_rule: FillRule,
    date_form: str | None = None,
) -> ColumnEncoding:
    found = ColumnEncoding(
        name=column.name,
        kind=column.kind,
        levels=levels,
        seen=seen,
        fill=fill,
        fill_rule=fill_rule,
        words=words_of(column) if isinstance(column, WordColumn) and levels else None,
        date_form=date_form,
        input_names=(),
        level_names=(),
        means=(),
        scales=(),
        number_form=column.number_form if isinstance(column, NumberColumn) else None,
        missing_words=column.missing_words,
        source=column.source if isinstance(column, WordColumn) else None,
        part=column.part if isinstance(column, WordColumn) else None,
    )
    n_inputs = len(found.input_levels)
    return replace(found, means=(0.0,) * n_inputs, scales=(1.0,) * n_inputs)
