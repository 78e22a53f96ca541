"""What notebooks and scripts import: read a table, fit a model, sweep over λ, predict; no window and no Qt.

    from regdesk import api

    table = api.read("houses.csv")
    model = api.fit(table, target="price", hidden=(), penalty="l1", lam=0.01)
    model.predict({"size": [80, 120], "garden": ["yes", None]})

    sweep = api.sweep(table, target="price", hidden=(), penalty="l1")
    for step in sweep:
        print(step.n_done, "of", step.n_all)
    best = sweep.result.model("best")

Options are those of ``regdesk fit`` and ``regdesk sweep`` with underscores, such as ``l1_ratio=0.5``,
``split_column="part"`` or ``no_standardize=True``; several values are a list or a tuple, such as ``hidden=(16, 16)``,
and values with names a dict, such as ``penalty_factor={"age": 0}``.
Text is read as the command line reads it: ``hidden="16,16"`` is the same.
Whatever goes wrong is a ``RegdeskError`` and says why in one sentence: an option or an argument that cannot be is a
``UsageError``, data that cannot be used a ``DataError`` (it names the column, and the row, counted from 1), training
that left all bounds a ``DivergedError`` (``AllDivergedError`` in a sweep), workers that cannot be had a ``CrewLost``.
"""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from regdesk.cli.arguments import fit_arguments_of, sweep_arguments_of
from regdesk.cli.keyword_options import namespace_of, workers_of
from regdesk.cli.setting_options import configuration_of
from regdesk.core.errors import RegdeskError
from regdesk.core.fitted import fitted_model
from regdesk.core.fitted.fitted_form import fitted_to_dict
from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.run_table import ENDING, MODEL, SWEEP
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.settings_table import DATA, READING
from regdesk.core.types import Float64s
from regdesk.crews.choice import CrewLost
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.given_cells import described
from regdesk.data.prepare.mapping_rows import Columns, MappingRows
from regdesk.tasks.draining import Drain
from regdesk.tasks.fit import DivergedError, fit_model
from regdesk.tasks.fitted import model_of_fit, model_of_network_sweep, model_of_sweep
from regdesk.tasks.linear_sweep import Sweep
from regdesk.tasks.network_record import network_record
from regdesk.tasks.network_sweep import AllDivergedError, NetworkResult
from regdesk.tasks.predict import predict
from regdesk.tasks.sweep import sweep_steps
from regdesk.tasks.sweep_crews import headless_crew
from regdesk.tasks.sweep_record import sweep_record
from regdesk.tasks.sweep_steps import LinearStep, NetworkStep

__all__ = [
    "AllDivergedError",
    "CrewLost",
    "DataError",
    "DivergedError",
    "FittedModel",
    "LambdaSweep",
    "RegdeskError",
    "SweepResult",
    "SweepStep",
    "Table",
    "UsageError",
    "fit",
    "read",
    "sweep",
]

_FIT = (*DATA, *MODEL, *ENDING)
_SWEEP = (*_FIT, *SWEEP)


class UsageError(RegdeskError, ValueError):
    """An option or an argument that cannot be. ``str()`` is one sentence that names it and what it has to be."""


@dataclass(frozen=True, eq=False)
class FittedModel:
    """A model that has left its table, as notebooks hold it.

    ``model`` has its network, parameters, encoding, configuration, scores and certificate.
    """

    model: fitted_model.FittedModel

    @property
    def classes(self) -> tuple[str, ...]:
        """Labels as written in the file, sorted; empty for regression."""
        return self.model.classes

    @property
    def scores(self) -> Mapping[str, fitted_model.Scores | None]:
        """Of ``train``, ``validation`` and ``test`` the loss and the metrics; None for a part without rows."""
        return self.model.scores

    @property
    def certificate(self) -> fitted_model.FitCertificate:
        """Whether it has converged, and how far from the minimum it can be."""
        return self.model.certificate

    def predict(self, rows: Table | Columns) -> NDArray[Any]:
        """Numbers in units of the target, or labels as written in the file, ``(n_rows,)``.

        ``rows`` is a table, a dict of lists or arrays, or a data frame. NaN or None stands for a row that cannot be
        encoded. Raises DataError when a column is missing or of another kind than in training.
        """
        found = self.predictions_of(rows)
        parts = [one.labels if one.values is None else one.values for one in found]
        return np.concatenate(parts)

    def predict_proba(self, rows: Table | Columns) -> Float64s:
        """Probabilities ``(n_rows, n_classes)``, in the order of ``classes``. Raises UsageError for a
        regression."""
        if not self.classes:
            raise UsageError(f"{self.model.encoding.target.name} is a number: a regression has no probabilities.")
        found = [one.probabilities for one in self.predictions_of(rows)]
        return np.concatenate([one for one in found if one is not None])

    def predictions_of(self, rows: Table | Columns) -> list[fitted_model.Predictions]:
        """All that there is to say of ``rows``, block by block: also what was skipped, imputed and unseen."""
        if isinstance(rows, Table):
            return [block.predictions for block in predict(self.model, rows)]
        return [self.model.predictions(MappingRows(rows, self.model.encoding))]

    def to_json(self) -> str:
        """Network, parameters, encoding, configuration, scores and certificate as a text of JSON."""
        return json.dumps(fitted_to_dict(self.model), allow_nan=False)


@dataclass(frozen=True)
class SweepStep:
    """``n_done`` of ``n_all`` models of a sweep are there; 0 of 0 while the range of λ is looked for.

    Of a linear model ``lam`` is the λ that was solved last, and ``validation_loss`` its loss on rows held out; of a
    network, whose λ become known together, both are None.
    """

    n_done: int
    n_all: int
    lam: float | None = None
    validation_loss: float | None = None


@dataclass(frozen=True, eq=False)
class SweepResult:
    """A sweep that has ended; ``record`` is what ``regdesk sweep --json`` writes, without its provenance."""

    found: Sweep | NetworkResult
    configuration: Configuration
    record: dict[str, Any]

    @property
    def lambda_best(self) -> float:
        """λ of the lowest validation loss."""
        return float(self.record["lambda_best"])

    @property
    def lambda_1se(self) -> float:
        """The largest λ whose validation loss is within one standard error of the lowest."""
        return float(self.record["lambda_1se"])

    def model(self, at: str | float = "best") -> FittedModel:
        """The model of all rows at ``best``, at ``1se``, or at the λ of the sweep that is ``at``.

        Raises UsageError for a λ that the sweep did not visit.
        """
        lambdas = [point.lam for point in self.found.points]
        lam = at.item() if isinstance(at, np.generic) else at
        if isinstance(lam, str) and lam == "best":
            number = self.found.best
        elif isinstance(lam, str) and lam == "1se":
            number = self.found.one_standard_error
        elif isinstance(lam, int | float) and not isinstance(lam, bool) and lam in lambdas:
            number = lambdas.index(lam)
        else:
            raise UsageError(
                f"at: {described(at)} is none of the {len(lambdas)} λ of this sweep; choose 'best', '1se' or one."
            )
        if isinstance(self.found, Sweep):
            return FittedModel(model_of_sweep(self.found, self.configuration, number))
        return FittedModel(model_of_network_sweep(self.found, self.configuration, number))


class LambdaSweep:
    """A sweep that goes on as it is iterated; ``result`` takes it to its end."""

    def __init__(
        self,
        steps: Generator[LinearStep, None, Sweep] | Generator[NetworkStep, None, NetworkResult],
        configuration: Configuration,
    ) -> None:
        self._drain: Drain[LinearStep | NetworkStep, Sweep | NetworkResult] = Drain(steps)
        self._configuration = configuration

    def __iter__(self) -> Iterator[SweepStep]:
        """The steps that are left. Raises DataError, or AllDivergedError when no λ of a network has a model."""
        for step in self._drain:
            if isinstance(step, LinearStep):
                yield SweepStep(step.n_done, step.n_all, step.point.lam, step.point.validation_loss)
            else:
                yield SweepStep(step.n_done, step.n_all)
        if not self._drain.has_ended:
            raise UsageError("this sweep was ended by an error or by close(); begin another one.")

    def close(self) -> None:
        """Give the sweep up; nothing of it goes on."""
        self._drain.close()

    @property
    def result(self) -> SweepResult:
        """What the sweep found, at its end, which this waits for. Raises as iterating does."""
        for _ in self:
            pass
        found = self._drain.value
        if isinstance(found, Sweep):
            record = sweep_record(found, self._configuration)
        else:
            record = network_record(found, self._configuration)
        return SweepResult(found, self._configuration, record)


def read(path: Path | str | Sequence[Path | str], **options: Any) -> Table:
    """The table in a file; ``options`` are those of reading, and what is left out is detected.

    Several files with the same columns are one table, with a column ``file`` that names the file of each row.
    Raises UsageError and DataError.
    """
    paths: list[Any] = list(path) if isinstance(path, list | tuple) and path else [path]
    for one in paths:
        if not isinstance(one, str | Path) or not str(one) or "\0" in str(one):
            raise UsageError(f"path: it must be the name of a file, not {described(one)}.")
    found = namespace_of(options, READING, {"more_files": [str(one) for one in paths[1:]]}, _refuse)
    return read_file(paths[0], configuration_of(found, None).source.reading)


def fit(table: Table, target: str | None = None, **options: Any) -> FittedModel:
    """A model of ``table`` that predicts its column ``target``, or the one to which ``role`` gives that role.

    Raises UsageError, DataError, and DivergedError when training leaves all bounds.
    """
    arguments = fit_arguments_of(_namespace(table, target, options, _FIT), _refuse)
    configuration = arguments.configuration
    dataset = prepare_dataset(table, configuration.data, configuration.seed)
    fitted = fit_model(dataset, configuration)
    return FittedModel(model_of_fit(dataset, configuration, fitted))


def sweep(table: Table, target: str | None = None, **options: Any) -> LambdaSweep:
    """Loss of models of ``table`` against λ, cross-validated; nothing is calculated before it is iterated.

    Raises UsageError.
    """
    arguments = sweep_arguments_of(_namespace(table, target, options, _SWEEP), _refuse)
    configuration = arguments.configuration
    crew = headless_crew(arguments.workers, configuration.architecture.is_linear)
    return LambdaSweep(sweep_steps(table, configuration, crew), configuration)


def _namespace(table: Table, target: str | None, options: Mapping[str, Any], settings: Sequence[Setting]) -> Namespace:
    """What the command line would make of ``options``. Raises UsageError."""
    if not isinstance(table, Table):
        _refuse(f"table: it must be a table, which read() makes of a file, not {described(table)}")
    unsaid: dict[str, Any] = {"file": str(table.path), "json": False, "out": None, "workers": None}
    keywords = ({} if target is None else {"target": target}) | dict(options)
    if settings is _SWEEP:
        unsaid["workers"] = workers_of(keywords.pop("workers", None), _refuse)
    found = namespace_of(keywords, settings, unsaid, _refuse)
    if found.target is None and "target" not in dict(found.role or ()).values():
        _refuse("target: it must be the name of a column, not None")
    return found


def _refuse(sentence: str) -> NoReturn:
    """Options have the names that a command line gives them; here they are keywords."""
    said = re.sub(r"--([a-z][a-z0-9-]*)", lambda found: found[1].replace("-", "_"), sentence)
    raise UsageError(said if said.endswith((".", "?")) else f"{said}.")
