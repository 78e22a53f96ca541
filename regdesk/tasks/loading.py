"""From a file to a dataset that can be trained on: the work that the background thread is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from regdesk.core.fit.slices import usual_row
from regdesk.core.fit.view import FitView
from regdesk.core.model.dataset import Dataset
from regdesk.core.stopping import AskedStop, Stopped
from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import Consequences
from regdesk.data.csv.table import Table
from regdesk.data.editing.changed_cells import TableCopy, with_changed_cells
from regdesk.data.errors import DataError
from regdesk.data.formats.reading import FileReader
from regdesk.data.health.health import TOO_WIDE, data_health
from regdesk.data.prepare.consequences import consequences_of, inputs_text, rows_text, task_text
from regdesk.data.prepare.encoding import prepare_dataset, suggest_target
from regdesk.data.source import Source
from regdesk.tasks.not_trainable import NotTrainable

PREDICTABLE_KINDS = ("numeric", "boolean", "categorical")


class LoadedWords(NamedTuple):
    """What is predicted, from what, with which rows, and all of it in sentences."""

    task: str
    inputs: str
    rows: str
    summary: str


@dataclass(frozen=True)
class Loaded:
    """A table with one way of using it."""

    source: Source
    table: Table
    settings: DataSettings
    seed: int
    dataset: Dataset
    fit_view: FitView
    consequences: Consequences

    @cached_property
    def copy(self) -> TableCopy:
        """The table with the cells that a person has changed: the table itself where there are none."""
        return with_changed_cells(self.table, self.settings.cells)

    @property
    def words(self) -> LoadedWords:
        """The dataset in words."""
        dataset = self.dataset
        return LoadedWords(task_text(dataset), inputs_text(dataset), rows_text(dataset), _summary_of(dataset))


def load(
    source: Source,
    settings: DataSettings,
    seed: int,
    should_stop: Callable[[], bool],
    report: Callable[[float], None] | None = None,
) -> Loaded:
    """Read a file and prepare it under ``settings``; without a target, with the first that works.

    ``report`` is called now and then with the share of the bytes read, 0 to 1.
    Raises DataError with a sentence for the user when it cannot be read, NotTrainable when it can but nothing can be
    learnt from it, Stopped when ``should_stop`` says so.
    """

    def check(fraction: float) -> None:
        if should_stop():
            raise Stopped
        if report is not None:
            report(fraction)

    table = replace(FileReader(source.reading).read(source.path, progress=check), name=source.title)
    if settings.target is not None:
        try:
            return prepare(source, table, settings, seed, should_stop)
        except DataError as problem:
            raise NotTrainable(problem, source, table, settings, seed) from problem
    taken = (settings.split_column, settings.fold_column, settings.weight_column)
    suggested = source.target or suggest_target(table, taken)
    names = [suggested] if suggested else []
    names += [
        column.name
        for column in reversed(table.columns)
        if column.kind in PREDICTABLE_KINDS and column.name not in (suggested, *taken)
    ]
    first_problem: DataError | None = None
    for name in names:
        try:
            return prepare(source, table, replace(settings, target=name), seed, should_stop)
        except DataError as problem:
            first_problem = first_problem or problem
    if first_problem is None:
        reason = "every one is constant, an identifier, a date or free text"
        none_fits = DataError(f"there is no column to predict: {reason}.", file=str(source.path))
        raise NotTrainable(none_fits, source, table, settings, seed)
    raise NotTrainable(first_problem, source, table, replace(settings, target=names[0]), seed) from first_problem


def prepare(source: Source, table: Table, settings: DataSettings, seed: int, should_stop: Callable[[], bool]) -> Loaded:
    """A table that has been read, under other settings or another seed. Raises DataError and Stopped."""
    stop = AskedStop(should_stop)
    stop.check()
    dataset = prepare_dataset(table, settings, seed, stop)
    stop.check()
    fit_view = FitView(dataset, usual=usual_row(dataset, stop))
    stop.check()
    used = with_changed_cells(table, settings.cells).table
    consequences = consequences_of(used, settings, dataset)
    stop.check()
    health = tuple(
        one
        for one in data_health(used, settings, stop=stop)
        # How many inputs there are to how many training rows is known for certain by now.
        if one.sentence not in consequences.warnings and one.topic != TOO_WIDE
    )
    return Loaded(source, table, settings, seed, dataset, fit_view, replace(consequences, health=health))


def _summary_of(dataset: Dataset) -> str:
    """What is predicted from what, and what was done to the rows."""
    inputs = "1 input" if dataset.n_inputs == 1 else f"{dataset.n_inputs} inputs"
    return "\n".join([f"Predicts {dataset.target} from {inputs}.", *dataset.notes])
