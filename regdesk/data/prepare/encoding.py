"""From a table and the user's choices to a dataset, with a note on everything that was decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np

from regdesk.core.model.dataset import Dataset, Split, Standardizer
from regdesk.core.stopping import Stop
from regdesk.core.types import DataSettings, Float64s, Integers
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.errors import DataError, listing, shorten
from regdesk.data.prepare.encoders import Encoder
from regdesk.data.prepare.fractions import check_fractions
from regdesk.data.prepare.magnitudes import check_spreads
from regdesk.data.prepare.splitting import Assignment, read_assignment, split_rows
from regdesk.data.prepare.targets import Target, read_target, suggest_target

__all__ = ["Preparation", "choose_features", "find_column", "prepare_dataset", "suggest_target"]

LARGEST = 1e300
"""Whatever its unit, a number that is standardised may be as large; its differences from others are still finite."""
LARGEST_STANDARDIZED = 1e15
"""Far beyond any cell that means something, and small enough to be squared in a network's float32."""
LARGEST_RAW_TARGET = 1e140
"""Of a target that is not standardised: its square can still be summed over the rows."""
MOST_NAMED = 6
"""Columns that a note names before it only counts."""
MOST_GAPS_NAMED = 3
LEFT_OUT = ("identifier", "datetime", "text", "constant")


@dataclass(frozen=True)
class _Rows:
    """Rows of the table that can be used, and what was said about the others."""

    kept: Integers
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Preparation:
    """A table with a target, features and usable rows: all that does not depend on the split."""

    table: Table
    settings: DataSettings
    target_column: Column
    target: Target
    features: tuple[str, ...]
    rows: _Rows
    notes: tuple[str, ...]

    @classmethod
    def of(cls, table: Table, settings: DataSettings) -> Preparation:
        """Raises DataError, one sentence, when a column is unknown or unfit or no row is left."""
        if settings.target is None:
            raise DataError("no target is chosen; choose the column to predict.", file=table.path)
        target_column = find_column(table, settings.target, "target")
        for name, role in ((settings.split_column, "split"), (settings.fold_column, "fold")):
            if name is not None and find_column(table, name, f"{role} column") is target_column:
                raise DataError(f"the target cannot also {role} the rows.", file=table.path, column=target_column.name)
        try:
            check_fractions(settings.validation_fraction, settings.test_fraction)
        except ValueError as error:
            raise DataError(f"{error}.", file=table.path) from None
        features, notes = choose_features(table, settings)
        for name, _ in settings.penalty_factors:
            if find_column(table, name, "a column with a penalty factor").name not in features:
                raise DataError("it has a penalty factor but is no feature.", file=table.path, column=name)
        _check_magnitudes(table, [target_column, *(table.column(name) for name in features)])
        rows = _usable_rows(table, target_column, features, settings)
        target = read_target(table, target_column, settings.task, rows.kept)
        return cls(table, settings, target_column, target, features, rows, notes + rows.notes)

    @property
    def class_of(self) -> Integers | None:
        """The class's index of each usable row, ``(n_rows,)``; None for regression."""
        return self.target.values.astype(np.int64) if self.target.task == "classification" else None

    def assignment(self) -> Assignment | None:
        """The parts that a split column gives. Raises DataError for a value that is none."""
        name = self.settings.split_column
        return None if name is None else read_assignment(self.table, self.table.column(name), self.rows.kept)

    def dataset(self, split: Split, split_notes: tuple[str, ...], stop: Stop | None = None) -> Dataset:
        """Encoded and with the figures of the training rows of ``split``. Raises DataError when these are too few.

        Between two columns and two passes over all rows ``stop`` is heard; then it raises Stopped.
        """
        stop = stop or Stop()
        table, settings, target, kept = self.table, self.settings, self.target, self.rows.kept
        _check_training(table, self.target_column, target, split, settings)
        encoder = Encoder.fit(table, self.features, kept[split.train], stop)
        inputs = encoder.transform(kept, stop)
        input_scaler = _fit_scaler(inputs[split.train], settings.standardize)
        stop.check()
        columns = tuple(self.features[group] for group in encoder.input_groups.tolist())
        _check_outliers(table, columns, input_scaler, inputs, kept, settings.standardize)
        if not settings.standardize:
            check_spreads(table.path, columns, inputs[split.train])
        stop.check()
        scale_target = settings.standardize_target and target.task == "regression"
        target_scaler = _fit_scaler(target.values[split.train, np.newaxis], scale_target)
        name, values = (self.target_column.name,), target.values[:, np.newaxis]
        if target.task == "regression":
            most = LARGEST_STANDARDIZED if scale_target else LARGEST_RAW_TARGET
            _check_outliers(table, name, target_scaler, values, kept, scale_target, most)
            if not scale_target:
                check_spreads(table.path, name, values[split.train])
        notes = self.notes + _encoding_notes(encoder, self.features) + _naming_notes(encoder)
        notes += _imputation_notes(encoder, kept) + _unseen_notes(encoder, kept)
        notes += split_notes + _absence_notes(target, split)
        still = still_inputs(encoder.input_names, inputs[split.train])
        notes += _scaling_notes(settings, target, target_scaler, split.train, still)
        return Dataset(
            name=table.name,
            inputs=inputs,
            targets=target.values,
            split=split,
            task=target.task,
            target=self.target_column.name,
            features=self.features,
            input_names=encoder.input_names,
            input_groups=encoder.input_groups,
            classes=target.classes,
            input_scaler=input_scaler,
            target_scaler=target_scaler,
            notes=notes,
            labels=encoder.labels,
            label_names=encoder.label_names,
            encoding=encoder.inputs,
            row_lines=table.row_lines[kept],
            penalty_factors=_factors(self.features, settings),
        )


def _factors(features: tuple[str, ...], settings: DataSettings) -> tuple[float, ...]:
    """The penalty factor of each feature; empty where all are 1."""
    factors = dict(settings.penalty_factors)
    found = tuple(factors.get(name, 1.0) for name in features)
    return found if any(factor != 1.0 for factor in found) else ()


def prepare_dataset(table: Table, settings: DataSettings, seed: int = 0) -> Dataset:
    """``table`` encoded, split and with figures to standardise it, as ``settings`` say.

    Raises DataError, one sentence, when a column is unknown or unfit or too little is left to train on.
    """
    preparation = Preparation.of(table, settings)
    assignment = preparation.assignment()
    split = split_rows(
        len(preparation.rows.kept),
        validation_fraction=settings.validation_fraction,
        test_fraction=settings.test_fraction,
        seed=seed,
        class_of=preparation.class_of,
        assignment=assignment,
    )
    drawn = f"drawn with seed {seed}" + (", each class in its share" if preparation.class_of is not None else "")
    if assignment is None:
        return preparation.dataset(replace(split, how=drawn), (_split_note(split, drawn),))
    how = f"as {assignment.column} says" + (f", validation {drawn}" if assignment.takes_validation else "")
    sentence = assignment.sentence()
    return preparation.dataset(replace(split, how=f"{how}: {sentence[:-1]}"), (_split_note(split, how), sentence))


def find_column(table: Table, name: str, role: str) -> Column:
    """The column called ``name``. Raises DataError with the nearest names when there is none."""
    try:
        return table.column(name)
    except KeyError:
        folded = {known.casefold(): known for known in table.column_names}
        close = [folded[match] for match in get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)]
        remedy = f"did you mean {' or '.join(close)}?" if close else f"the columns are {listing(table.column_names)}."
        raise DataError(f"there is no column '{name}' to use as {role}; {remedy}", file=table.path) from None


def choose_features(table: Table, settings: DataSettings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the features, and notes on what is left out. Raises DataError when none is usable."""
    reserved = {
        settings.target: "target",
        settings.split_column: "split column",
        settings.fold_column: "fold column",
    }
    if settings.features is not None:
        features = tuple(dict.fromkeys(settings.features))
        for name in features:
            column = find_column(table, name, "feature")
            if name in reserved:
                raise DataError(f"the {reserved[name]} cannot be a feature.", file=table.path, column=name)
            if column.n_missing == table.n_rows:
                raise DataError("every cell is missing; leave it out of the features.", file=table.path, column=name)
        if not features:
            raise DataError("no feature is chosen; choose at least one column.", file=table.path)
        return features, ()
    others = [column for column in table.columns if column.name not in reserved]
    left_out = [f"{column.name} ({column.kind})" for column in others if column.kind in LEFT_OUT]
    features = tuple(column.name for column in others if column.kind not in LEFT_OUT)
    if not features:
        reason = f"left out are {listing(left_out)}; choose those to be used" if left_out else "add one to the file"
        raise DataError(f"no column is left as a feature: {reason}.", file=table.path)
    return features, (f"Left out: {', '.join(left_out)}.",) if left_out else ()


def _usable_rows(table: Table, target: Column, features: tuple[str, ...], settings: DataSettings) -> _Rows:
    usable = ~target.missing
    notes = []
    if target.n_missing == table.n_rows:
        raise DataError("every cell is missing; choose another target.", file=table.path, column=target.name)
    if target.n_missing:
        notes.append(f"{_count(target.n_missing, 'row')} left out: {target.name}, the target, is missing.")
    if settings.missing == "drop":
        complete = ~np.any([table.column(name).missing for name in features], axis=0)
        dropped = int(np.count_nonzero(usable & ~complete))
        usable = usable & complete
        if dropped:
            notes.append(f"{_count(dropped, 'row')} left out: a feature is missing.")
    if not usable.any():
        raise DataError(_no_row_is_left(table, target, features), file=table.path)
    return _Rows(np.flatnonzero(usable), tuple(notes))


def _no_row_is_left(table: Table, target: Column, features: tuple[str, ...]) -> str:
    """Which columns take most of the rows, and what can be done; for rows that are dropped where a cell is missing."""
    gaps = sorted((table.column(name) for name in features), key=lambda column: -column.n_missing)
    emptiest = [f"{one.name} ({one.n_missing:,} of {table.n_rows:,} cells)" for one in gaps if one.n_missing]
    also = f", and the target {target.name} in {_count(target.n_missing, 'row')}" if target.n_missing else ""
    return (
        "no row is left: each lacks the target or a feature. Missing most often: "
        f"{listing(emptiest, MOST_GAPS_NAMED)}{also}. Impute missing cells, or leave such columns out of the features."
    )


def _check_training(table: Table, column: Column, target: Target, split: Split, settings: DataSettings) -> None:
    if len(split.train) < 2:
        raise DataError(
            f"{_count(len(split.train), 'row')} to train on; at least 2 are needed, so add rows "
            "or hold fewer back for validation and test.",
            file=table.path,
        )
    unseen = _classes_without(target, split.train)
    if unseen:
        seen = [label for label in target.classes if label not in unseen]
        problem = f"no training row has {_named(unseen)}" if len(seen) > 1 else f"every training row has {_named(seen)}"
        # Rows that are drawn leave every class one to train on; a column of the file need not.
        names = [name for name in (settings.fold_column, settings.split_column) if name is not None]
        remedy = f"the rows are split by {' and '.join(names)}: correct it or use another column"
        raise DataError(f"{problem}; {remedy}.", file=table.path, column=column.name)


def _classes_without(target: Target, rows: Integers) -> list[str]:
    """Labels of the classes that none of ``rows`` has; none for regression."""
    seen = set(np.unique(target.values[rows]).tolist()) if target.classes else set()
    return [label for number, label in enumerate(target.classes) if number not in seen]


def _named(classes: list[str]) -> str:
    labels = [shorten(label) for label in classes]
    return f"the class {labels[0]}" if len(labels) == 1 else f"the classes {listing(labels)}"


def still_inputs(names: tuple[str, ...], rows: Float64s) -> list[str]:
    """Those of ``names`` whose column of ``rows`` ``(n_rows, n_inputs)`` holds one value only."""
    return [name for name, is_still in zip(names, (rows == rows[0]).all(axis=0), strict=True) if is_still]


def _fit_scaler(columns: Float64s, wanted: bool) -> Standardizer:
    return Standardizer.fit(columns) if wanted else Standardizer.identity(columns.shape[1])


def _check_magnitudes(table: Table, columns: list[Column]) -> None:
    """Raises DataError, naming the line, for a number that cannot be subtracted from another."""
    for column in columns:
        if not isinstance(column, NumberColumn):
            continue
        large = np.flatnonzero(np.abs(column.numbers) > LARGEST)
        if large.size:
            raise DataError(
                f"{column.numbers[large[0]]:g} is too large to work with; correct it or use a larger unit.",
                file=table.path,
                row=int(table.row_lines[large[0]]),
                column=column.name,
            )


def _check_outliers(
    table: Table,
    names: tuple[str, ...],
    scaler: Standardizer,
    columns: Float64s,
    kept: Integers,
    is_scaled: bool,
    most: float = LARGEST_STANDARDIZED,
) -> None:
    """Raises DataError, naming the line, for a number more than ``most`` deviations from the training rows' mean, or
    than ``most`` where nothing is standardised. ``columns`` ``(n_rows, n_columns)``, which come from the file's
    ``names``, are in original units.
    """
    # Far beyond the deviation of the training rows a quotient may be infinite.
    with np.errstate(over="ignore"):
        scaled = np.abs(scaler.apply(columns))
    if not scaled.size or scaled.max() <= most:
        return
    row, position = np.unravel_index(int(scaled.argmax()), scaled.shape)
    raise DataError(
        f"{columns[row, position]:g} is too far from the training rows to work with; correct it or leave it empty."
        if is_scaled
        else f"{columns[row, position]:g} is too large to work with as it is; standardise it or use a larger unit.",
        file=table.path,
        row=int(table.row_lines[kept[row]]),
        column=names[position],
    )


def _imputation_notes(encoder: Encoder, rows: Integers) -> tuple[str, ...]:
    filled = encoder.imputed(rows)
    total = sum(int(one.split()[0]) for one in filled)
    shown = ", ".join(filled[:MOST_NAMED])
    if len(filled) > MOST_NAMED:
        shown += f" and others in {_count(len(filled) - MOST_NAMED, 'column')} more"
    return (f"{_count(total, 'missing cell')} imputed: {shown}.",) if filled else ()


def _unseen_notes(encoder: Encoder, rows: Integers) -> tuple[str, ...]:
    """How many cells hold labels that were not trained on, and what becomes of them."""
    found = [(one, one.unseen(rows)) for one in encoder.columns]
    parts = [
        f"{len(cells)} in {one.column.name} ({listing([shorten(label) for label in dict.fromkeys(cells)], 3)}; "
        f"{'all its inputs are 0' if len(one.levels) > 2 else f'taken as missing: {one.fill_note}'})"
        for one, cells in found
        if cells
    ]
    if not parts:
        return ()
    total = sum(len(cells) for _, cells in found)
    shown = ", ".join(parts[:MOST_NAMED])
    if len(parts) > MOST_NAMED:
        shown += f" and others in {_count(len(parts) - MOST_NAMED, 'column')} more"
    verb = "cell holds" if total == 1 else "cells hold"
    return (f"{total} {verb} a label that no training row has: {shown}.",)


def _encoding_notes(encoder: Encoder, features: tuple[str, ...]) -> tuple[str, ...]:
    """Which columns have become several inputs."""
    counts = np.bincount(encoder.input_groups, minlength=len(features))
    several = [f"{name} ({count} inputs)" for name, count in zip(features, counts, strict=True) if count > 1]
    if not several:
        return ()
    return (f"One input for each label of {_some(several)}.",)


def _naming_notes(encoder: Encoder) -> tuple[str, ...]:
    """Which inputs are not called as they would be, because another one is."""
    renamed = list(encoder.renamed)
    return (f"Numbered, as their names were taken: {_some(renamed)}.",) if renamed else ()


def _some(names: list[str]) -> str:
    """``names``, the first of them where there are many."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _split_note(split: Split, how: str) -> str:
    return (
        f"Rows: {len(split.train)} for training, {len(split.validation)} for validation, "
        f"{len(split.test)} for test, {how}."
    )


def _absence_notes(target: Target, split: Split) -> tuple[str, ...]:
    """Which classes a part lacks, so that scores of it are missing."""
    absent = [
        (part, _classes_without(target, rows))
        for part, rows in (("validation", split.validation), ("test", split.test))
        if len(rows)
    ]
    return tuple(
        f"No {part} row has {_named(classes)}; scores that rank, such as AUROC, are not defined there."
        for part, classes in absent
        if classes
    )


def _scaling_notes(
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


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
