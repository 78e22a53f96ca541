"""What settings do to a table, in sentences for whoever is about to apply them."""

from __future__ import annotations

from regdesk.core.model.dataset import Dataset
from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import Consequences
from regdesk.data.csv.table import Column, Table
from regdesk.data.errors import listing, shorten
from regdesk.data.prepare.column_facts import KIND_WORDS, REASONS
from regdesk.data.prepare.features import LEFT_OUT
from regdesk.data.prepare.notes import still_inputs

MOSTLY_MISSING = 0.5
MOST_CLASSES_NAMED = 6
SHORT_NAME = 40


def consequences_of(table: Table, settings: DataSettings, dataset: Dataset) -> Consequences:
    """What ``settings`` have made of ``table``: ``dataset``."""
    return Consequences(
        task=dataset.task,
        sentences=(_target_sentence(dataset), _size_sentence(table, dataset), *dataset.notes),
        warnings=(*_column_warnings(table, settings, dataset), *_size_warnings(table, dataset)),
    )


def rows_text(dataset: Dataset) -> str:
    """How many rows each part has, such as "36 train, 12 validate"."""
    split = dataset.split
    parts = [f"{len(split.train):,} train", f"{len(split.validation):,} validate"]
    return ", ".join(parts + ([f"{len(split.test):,} test"] if len(split.test) else []))


def inputs_text(dataset: Dataset) -> str:
    """How many inputs come from how many columns, such as "9, from 6 columns"."""
    columns = _count(len(dataset.features), "column")
    return f"{dataset.n_inputs}, from {columns}"


def task_text(dataset: Dataset) -> str:
    """The task, and how many classes there are."""
    return f"{dataset.task}, {len(dataset.classes)} classes" if dataset.classes else dataset.task


def _target_sentence(dataset: Dataset) -> str:
    target = shorten(dataset.target, SHORT_NAME).strip("'")
    if dataset.task == "regression":
        low, high = float(dataset.targets.min()), float(dataset.targets.max())
        return f"Predicts {target}, a number from {low:.6g} to {high:.6g}."
    labels = [shorten(label).strip("'") for label in dataset.classes]
    return f"Predicts {target}, one of {len(labels)} classes: {listing(labels, MOST_CLASSES_NAMED)}."


def _size_sentence(table: Table, dataset: Dataset) -> str:
    n_rows, n_used = table.n_rows, len(dataset.targets)
    rows = f"All {n_rows:,} rows are used" if n_used == n_rows else f"{n_used:,} of {n_rows:,} rows are used"
    columns = "1 column becomes" if len(dataset.features) == 1 else f"{len(dataset.features)} columns become"
    return f"{rows}; {columns} {_count(dataset.n_inputs, 'input')}."


def _column_warnings(table: Table, settings: DataSettings, dataset: Dataset) -> tuple[str, ...]:
    # Months and weekdays are no columns of the table.
    features = frozenset(dataset.features)
    columns = [column for column in table.columns if column.name in features]
    found = [
        f"{_name(column)} is {_article(KIND_WORDS[column.kind])}: {REASONS[column.kind]}."
        for column in columns
        if column.kind in LEFT_OUT
    ]
    gaps = [column for column in columns if column.n_missing > MOSTLY_MISSING * table.n_rows]
    found += [
        f"{_name(column)} is missing in {column.n_missing:,} of {table.n_rows:,} rows."
        for column in gaps
        if settings.missing != "drop"
    ]
    still = still_inputs(dataset.input_names, dataset.inputs[dataset.split.train])
    known = {column.name for column in columns if column.kind == "constant"}
    names = [name for name in still if name not in known]
    if names:
        verb = "is" if len(names) == 1 else "are"
        short = [shorten(name, SHORT_NAME).strip("'") for name in names]
        found.append(f"{listing(short, 3)} {verb} the same in every training row.")
    return tuple(found)


def _size_warnings(table: Table, dataset: Dataset) -> tuple[str, ...]:
    n_train, found = len(dataset.split.train), []
    n_used, n_rows = len(dataset.targets), table.n_rows
    if n_used < (1.0 - MOSTLY_MISSING) * n_rows:
        found.append(f"{n_rows - n_used:,} of {n_rows:,} rows are lost to missing cells.")
    if not len(dataset.split.validation):
        found.append(
            "No row validates: the validation loss, and with it the gap (validation − training), cannot be seen."
        )
    if dataset.n_inputs >= n_train:
        found.append(
            f"{dataset.n_inputs} inputs and {n_train} training rows: even a linear model can fit them exactly."
        )
    return tuple(found)


def _name(column: Column) -> str:
    return shorten(column.name, SHORT_NAME).strip("'")


def _article(words: str) -> str:
    if words in ("constant", "free text"):
        return words
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
