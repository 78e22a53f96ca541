"""From a table and the user's choices to a dataset and its encoding, with a note on everything that was decided."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from regdesk.core.fitted.encoding import LARGEST_STANDARDIZED, Encoding, TargetEncoding
from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.stopping import Stop
from regdesk.core.types import DataSettings, Float64s, Integers
from regdesk.data.columns.kinds import words_of
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.editing.changed_cells import with_changed_cells
from regdesk.data.errors import DataError
from regdesk.data.prepare import notes as say
from regdesk.data.prepare.column_fitting import fit_columns, has_powers, with_scales
from regdesk.data.prepare.counting_rows import with_columns_of_counting_rows
from regdesk.data.prepare.features import (
    UsableRows,
    choose_features,
    find_column,
    usable_rows,
    with_parts_as_features,
)
from regdesk.data.prepare.fractions import check_fractions
from regdesk.data.prepare.likely_targets import suggest_target
from regdesk.data.prepare.magnitudes import (
    LARGEST_RAW_TARGET,
    check_magnitudes,
    check_outliers,
    check_powers,
    check_spreads,
)
from regdesk.data.prepare.row_weights import weighed_rows
from regdesk.data.prepare.splitting import Assignment, read_assignment, split_rows
from regdesk.data.prepare.table_rows import TableRows
from regdesk.data.prepare.targets import Target, choose_task, read_target
from regdesk.data.prepare.wording import count_of

__all__ = ["Preparation", "fit_encoding", "prepare_dataset", "suggest_target"]


@dataclass(frozen=True)
class Preparation:
    """A table with a target, features and usable rows: all that does not depend on the split."""

    table: Table
    settings: DataSettings
    target_column: Column
    target: Target
    features: tuple[str, ...]
    rows: UsableRows
    notes: tuple[str, ...]
    weights: Float64s | None = None
    """``(n_rows,)``, how much each usable row counts; None where each counts once."""
    absent: Integers = field(default_factory=lambda: np.empty(0, np.int64))
    """Rows of the table that could be used but for their weight, which is 0."""
    n_added: int = 0
    """Usable rows, the last ones, that the file does not have."""

    @classmethod
    def of(cls, table: Table, settings: DataSettings) -> Preparation:
        """Raises DataError, one sentence, when a column is unknown or unfit or no row is left."""
        target = settings.target
        if target is None:
            raise DataError("no target is chosen; choose the column to predict.", file=table.path)
        copy = with_changed_cells(table, settings.cells)
        if settings.cells and settings.task == "auto":
            # What is written into a cell does not turn a number into classes.
            settings = replace(settings, task=choose_task(find_column(table, target, "target")))
        table = copy.table
        table, settings = with_parts_as_features(table, settings)
        _check_roles(table, settings, find_column(table, target, "target"))
        reread: tuple[str, ...] = ()
        if settings.weight_column is not None:
            table, reread = with_columns_of_counting_rows(
                table, _columns_read_as_values(table, settings), table.column(settings.weight_column)
            )
        target_column = table.column(target)
        try:
            check_fractions(settings.validation_fraction, settings.test_fraction)
        except ValueError as error:
            raise DataError(f"{error}.", file=table.path) from None
        features, notes = choose_features(table, settings)
        for name, _ in settings.penalty_factors:
            if find_column(table, name, "a column with a penalty factor").name not in features:
                raise DataError("it has a penalty factor but is no feature.", file=table.path, column=name)
        columns = [table.column(name) for name in features]
        check_magnitudes(table, [target_column, *columns])
        if settings.degree > 1:
            check_powers(table, [column for column in columns if has_powers(column)], settings.degree)
        rows, weights, absent = usable_rows(table, target_column, features, settings), None, np.empty(0, np.int64)
        if settings.weight_column is not None:
            weighed = weighed_rows(table, table.column(settings.weight_column), rows.kept)
            rows = UsableRows(weighed.kept, rows.notes + weighed.notes)
            weights, absent = weighed.weights, weighed.absent
        read = read_target(table, target_column, settings.task, rows.kept)
        notes = (*((copy.sentence,) if copy.sentence else ()), *reread, *notes, *rows.notes)
        n_added = int(np.count_nonzero(rows.kept >= table.n_rows - copy.n_added))
        return cls(table, settings, target_column, read, features, rows, notes, weights, absent, n_added)

    @property
    def class_of(self) -> Integers | None:
        """The class's index of each usable row, ``(n_rows,)``; None for regression."""
        return self.target.values.astype(np.int64) if self.target.task == "classification" else None

    def assignment(self) -> Assignment | None:
        """The parts that a split column gives. Raises DataError for a value that is none."""
        name = self.settings.split_column
        if name is None:
            return None
        column, when_true = self.table.column(name), self.settings.split_true
        return read_assignment(self.table, column, self.rows.kept, self.absent, when_true)

    def dataset(self, split: Split, split_notes: tuple[str, ...], stop: Stop | None = None) -> Dataset:
        """Encoded and with the figures of the training rows of ``split``. Raises DataError when these are too few.

        Between two columns and two passes over all rows ``stop`` is heard; then it raises Stopped.
        """
        stop = stop or Stop()
        table, settings, target, kept = self.table, self.settings, self.target, self.rows.kept
        _check_training(table, self.target_column, target, split, settings)
        train_weights = self._weights_of(split.train)
        columns = fit_columns(
            table, self.features, kept[split.train], stop, train_weights, settings.missing == "level", settings.degree
        )
        encoding = Encoding(columns, self._target_encoding(Standardizer.identity(1)), settings.missing)
        applied = encoding.encode(TableRows(table, kept), stop)
        input_scaler = self._input_scaler(encoding, applied.inputs, split, stop)
        target_scaler = self._target_scaler(split)
        encoding = replace(
            encoding, columns=with_scales(columns, input_scaler), target=self._target_encoding(target_scaler)
        )
        still = say.still_inputs(encoding.input_names, applied.inputs[split.train])
        notes = self.notes + say.encoding_notes(encoding, applied)
        factors = _factors(self.features, settings)
        notes += split_notes + say.factor_notes(self.features, factors) + say.absence_notes(target, split)
        notes += say.scaling_notes(settings, target, target_scaler, split.train, still)
        return Dataset(
            name=table.name,
            inputs=applied.inputs,
            targets=target.values,
            split=split,
            task=target.task,
            target=self.target_column.name,
            features=self.features,
            input_names=encoding.input_names,
            input_groups=encoding.input_groups,
            classes=target.classes,
            input_scaler=input_scaler,
            target_scaler=target_scaler,
            notes=notes,
            labels=encoding.levels,
            label_names=encoding.level_names,
            encoding=encoding,
            row_lines=table.row_lines[kept],
            penalty_factors=factors,
            row_weights=self.weights,
            changed_cells=settings.cells,
        )

    def _weights_of(self, rows: Integers) -> Float64s | None:
        return None if self.weights is None else self.weights[rows]

    def _input_scaler(self, encoding: Encoding, inputs: Float64s, split: Split, stop: Stop) -> Standardizer:
        """Figures of the training rows of ``inputs``. Raises DataError where one of these cannot be worked with."""
        is_scaled, kept = self.settings.standardize, self.rows.kept
        scaler = _fit_scaler(inputs[split.train], is_scaled, self._weights_of(split.train))
        stop.check()
        names = tuple(self.features[group] for group in encoding.input_groups.tolist())
        powers = tuple(one.power for one in encoding.inputs)
        check_outliers(self.table, names, powers, scaler, inputs, kept, is_scaled)
        if not is_scaled:
            check_spreads(self.table.path, names, inputs[split.train])
        stop.check()
        return scaler

    def _target_scaler(self, split: Split) -> Standardizer:
        """As ``_input_scaler``, of the target; the identity for classes."""
        values, kept = self.target.values[:, np.newaxis], self.rows.kept
        if self.target.task == "classification":
            return Standardizer.identity(1)
        is_scaled, name = self.settings.standardize_target, (self.target_column.name,)
        scaler = _fit_scaler(values[split.train], is_scaled, self._weights_of(split.train))
        most = LARGEST_STANDARDIZED if is_scaled else LARGEST_RAW_TARGET
        check_outliers(self.table, name, (1,), scaler, values, kept, is_scaled, most)
        if not is_scaled:
            check_spreads(self.table.path, name, values[split.train])
        return scaler

    def _target_encoding(self, scaler: Standardizer) -> TargetEncoding:
        column, classes = self.target_column, self.target.classes
        are_numbers = isinstance(column, NumberColumn)
        return TargetEncoding(
            name=column.name,
            kind=column.kind,
            task=self.target.task,
            classes=classes,
            numbers=tuple(float(one.replace(",", ".")) for one in classes) if classes and are_numbers else None,
            words=words_of(column) if classes and not are_numbers else None,
            mean=float(scaler.mean[0]),
            scale=float(scaler.scale[0]),
            number_form=column.number_form if isinstance(column, NumberColumn) else None,
            missing_words=column.missing_words,
        )


def fit_encoding(table: Table, settings: DataSettings, seed: int = 0) -> Encoding:
    """How ``table`` is encoded under ``settings``, with figures from the training rows that ``seed`` draws.

    Raises DataError as ``prepare_dataset``.
    """
    encoding = prepare_dataset(table, settings, seed).encoding
    assert encoding is not None
    return encoding


def _factors(features: tuple[str, ...], settings: DataSettings) -> tuple[float, ...]:
    """The penalty factor of each feature; empty where all are 1."""
    factors = dict(settings.penalty_factors)
    found = tuple(factors.get(name, 1.0) for name in features)
    return found if any(factor != 1.0 for factor in found) else ()


def prepare_dataset(table: Table, settings: DataSettings, seed: int = 0, stop: Stop | None = None) -> Dataset:
    """``table`` encoded, split and with figures to standardise it, as ``settings`` say.

    Raises DataError, one sentence, when a column is unknown or unfit or too little is left to train on,
    and Stopped as ``stop`` says.
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
        n_added=preparation.n_added,
    )
    drawn = f"drawn with seed {seed}" + (", each class in its share" if preparation.class_of is not None else "")
    if assignment is None:
        return preparation.dataset(replace(split, how=drawn), (say.split_note(split, drawn),), stop)
    how = f"as {assignment.column} says" + (f", validation {drawn}" if assignment.takes_validation else "")
    sentence = assignment.sentence()
    split_notes = (say.split_note(split, how), sentence)
    return preparation.dataset(replace(split, how=f"{how}: {sentence[:-1]}"), split_notes, stop)


def _columns_read_as_values(table: Table, settings: DataSettings) -> frozenset[str | None]:
    """The target and what may be a feature: what is not a part, a fold or a weight."""
    others = {settings.split_column, settings.fold_column, settings.weight_column}
    return frozenset(table.column_names) - others


def _check_roles(table: Table, settings: DataSettings, target: Column) -> None:
    """Raises DataError where a column that is told to split, fold or weight the rows is none, or is something else."""
    named = {"split": settings.split_column, "fold": settings.fold_column, "weight": settings.weight_column}
    for role, name in named.items():
        if name is not None and find_column(table, name, f"{role} column") is target:
            raise DataError(f"the target cannot also {role} the rows.", file=table.path, column=target.name)
    weight = settings.weight_column
    other = next((role for role in ("split", "fold") if weight is not None and named[role] == weight), None)
    if other is not None:
        raise DataError(f"the {other} column cannot also weight the rows.", file=table.path, column=weight)
    if named["split"] is not None and named["split"] == named["fold"]:
        raise DataError("the split column cannot also name the folds.", file=table.path, column=named["split"])


def _check_training(table: Table, column: Column, target: Target, split: Split, settings: DataSettings) -> None:
    if len(split.train) < 2:
        raise DataError(
            f"{count_of(len(split.train), 'row')} to train on; at least 2 are needed, so add rows "
            "or hold fewer back for validation and test.",
            file=table.path,
        )
    unseen = say.classes_without(target, split.train)
    if unseen:
        seen = [label for label in target.classes if label not in unseen]
        problem = (
            f"no training row has {say.named_classes(unseen)}"
            if len(seen) > 1
            else f"every training row has {say.named_classes(seen)}"
        )
        # Rows that are drawn leave every class one to train on; a column of the file need not.
        names = [name for name in (settings.fold_column, settings.split_column) if name is not None]
        remedy = f"the rows are split by {' and '.join(names)}: correct it or use another column"
        raise DataError(f"{problem}; {remedy}.", file=table.path, column=column.name)


def _fit_scaler(columns: Float64s, wanted: bool, weights: Float64s | None) -> Standardizer:
    return Standardizer.fit(columns, weights) if wanted else Standardizer.identity(columns.shape[1])
