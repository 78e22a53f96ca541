"""The four things that a notebook asks for: read, load, fit, sweep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from regdesk.api.models import FittedModel
from regdesk.api.options import FIT, READ, SWEEP_SETTINGS, arguments_of, path_of, refuse
from regdesk.api.sweeps import LambdaSweep
from regdesk.cli.arguments import fit_arguments_of, sweep_arguments_of
from regdesk.cli.command_text import fit_words
from regdesk.cli.keyword_options import namespace_of
from regdesk.cli.setting_options import configuration_of
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.files.model_file import read_model
from regdesk.data.formats.reading import read_file
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.features import nearest_names
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fitted import model_of_fit
from regdesk.tasks.provenance import fit_provenance
from regdesk.tasks.sweep import sweep_steps
from regdesk.tasks.sweep_crews import headless_crew


def read(path: Path | str | Sequence[Path | str], **options: Any) -> Table:
    """The table in a file; ``options`` are those of reading, and what is left out is detected.

    ``role`` says what columns are for, as ``{"y": "target"}``; ``fit`` and ``sweep`` heed it where they are told
    nothing else of a column.
    Several files with the same columns are one table, with a column ``file`` that names the file of each row.
    Raises UsageError and DataError.
    """
    paths: list[Any] = list(path) if isinstance(path, list | tuple) and path else [path]
    for one in paths:
        path_of(one)
    found = namespace_of(options, READ, {"more_files": [str(one) for one in paths[1:]]}, refuse)
    table = read_file(paths[0], configuration_of(found, None).source.reading)
    roles = tuple((str(name), str(role)) for name, role in found.role or ())
    for name, role in roles:
        if name not in table.column_names:
            raise DataError(
                f"there is no column '{name}' to be {role}; {nearest_names(name, table.column_names)}", file=table.path
            )
    return replace(table, roles=roles)


def load(path: Path | str) -> FittedModel:
    """The model that ``save``, the window or ``--save`` has written as the file ``path``.

    Raises UsageError, and DataError for a file that is damaged, no model, or of a later version.
    """
    saved = read_model(path_of(path))
    return FittedModel(saved.model, saved.provenance)


def fit(table: Table, target: str | None = None, **options: Any) -> FittedModel:
    """A model of ``table`` that predicts its column ``target``, or the one to which ``role`` gives that role.

    Raises UsageError, DataError, and DivergedError when training leaves all bounds.
    """
    arguments = fit_arguments_of(arguments_of(table, target, options, FIT), refuse)
    configuration = arguments.configuration
    dataset = prepare_dataset(table, configuration.data, configuration.seed)
    fitted = fit_model(dataset, configuration)
    words = fit_words(str(table.path), configuration)
    provenance = fit_provenance(words, table, dataset, configuration, fitted.starts)
    return FittedModel(model_of_fit(dataset, configuration, fitted), provenance)


def sweep(table: Table, target: str | None = None, **options: Any) -> LambdaSweep:
    """Loss of models of ``table`` against λ, cross-validated; nothing is calculated before it is iterated.

    Raises UsageError.
    """
    arguments = sweep_arguments_of(arguments_of(table, target, options, SWEEP_SETTINGS), refuse)
    configuration = arguments.configuration
    crew = headless_crew(arguments.workers, configuration.architecture.is_linear)
    return LambdaSweep(sweep_steps(table, configuration, crew), configuration, table)
