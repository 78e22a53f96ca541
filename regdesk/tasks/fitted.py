"""What solvers end in: fits, points of sweeps and moments of a live model as models that have left their table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from regdesk.core.fitted.column_spread import column_spreads
from regdesk.core.fitted.fitted_model import FitCertificate, FittedModel, Scores
from regdesk.core.fitted.outputs import network_outputs
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.network import Network
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Float64s, Floats
from regdesk.core.words.shortfalls import shortfall_sentence, shortfalls_text
from regdesk.tasks.fit_record import finite, part_record
from regdesk.tasks.fits.finished import FinishedFit
from regdesk.tasks.linear_sweep import Sweep
from regdesk.tasks.network_sweep import NetworkResult

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot


def model_of_fit(dataset: Dataset, configuration: Configuration, fit: FinishedFit) -> FittedModel:
    """The model that ``fit`` of ``dataset`` has found."""
    certificate = FitCertificate(
        kkt_residual=finite(fit.kkt_residual),
        duality_gap=fit.duality_gap,
        converged=fit.converged,
        reason=fit.reason,
        is_unique=fit.is_unique,
        n_epochs=fit.n_epochs,
    )
    return _model(dataset, configuration, fit.network, fit.parameters, fit.outputs, certificate)


def model_of_sweep(sweep: Sweep, configuration: Configuration, number: int) -> FittedModel:
    """The linear model of all rows at λ ``number`` of ``sweep``; no row has validated it."""
    whole, point = sweep.folds.whole, sweep.points[number]
    configuration = _at(configuration, point.lam)
    network = Network.of(
        configuration.architecture, whole.n_inputs, whole.n_outputs, whole.input_groups, whole.input_factors
    )
    certificate = FitCertificate(
        kkt_residual=finite(point.model.kkt_residual),
        duality_gap=finite(point.model.gap),
        converged=point.model.converged,
        reason=shortfalls_text(point.shortfalls),
        is_unique=point.model.is_unique,
    )
    parameters = point.model.parameters
    return _model(whole, configuration, network, parameters, None, certificate)


def model_of_network_sweep(result: NetworkResult, configuration: Configuration, number: int) -> FittedModel:
    """As ``model_of_sweep``, of a network."""
    whole, point = result.folds.whole, result.points[number]
    certificate = FitCertificate(
        kkt_residual=finite(point.residual),
        duality_gap=None,
        converged=point.converged,
        reason=shortfall_sentence(point.shortfall(configuration.ending.n_epochs)),
    )
    return _model(whole, _at(configuration, point.lam), result.network, point.parameters, None, certificate)


def model_of_snapshot(dataset: Dataset, configuration: Configuration, snapshot: TrainSnapshot) -> FittedModel:
    """The live model, or the exact one that stands in its place, at the moment of ``snapshot``.

    Where there was no time to measure it, nothing is known of its residual.
    """
    is_measured, parameters = snapshot.measured is snapshot, snapshot.parameters
    converged = snapshot.is_converged and is_measured
    certificate = FitCertificate(
        kkt_residual=finite(snapshot.kkt_residual) if is_measured else None,
        duality_gap=None,
        converged=converged,
        reason="" if converged else f"taken from a live model after {snapshot.epoch:.6g} epochs.",
        n_epochs=snapshot.epoch,
    )
    configuration = replace(configuration, training=snapshot.settings)
    return _model(dataset, configuration, snapshot.network, parameters, None, certificate)


def _model(
    dataset: Dataset,
    configuration: Configuration,
    network: Network,
    parameters: Floats,
    outputs: Float64s | None,
    certificate: FitCertificate,
) -> FittedModel:
    """Raises ValueError for a dataset that comes from no table: nobody could encode a new row."""
    if dataset.encoding is None:
        raise ValueError(f"{dataset.name} comes from no table, and its model cannot leave one")
    if outputs is None:
        outputs = network_outputs(network, parameters, dataset.input_scaler.apply(dataset.inputs))
    scores, rows = _scores(dataset, outputs), dataset.split.train
    return FittedModel(
        network,
        parameters.copy(),
        dataset.encoding,
        configuration,
        scores,
        certificate,
        column_spreads(dataset.encoding, dataset.inputs[rows], dataset.weights_of(rows)),
    )


def _scores(dataset: Dataset, outputs: Float64s) -> Mapping[str, Scores | None]:
    split = dataset.split
    parts = {"train": split.train, "validation": split.validation, "test": split.test}
    return {name: part_record(dataset, outputs, rows) for name, rows in parts.items()}


def _at(configuration: Configuration, lam: float) -> Configuration:
    return replace(configuration, training=replace(configuration.training, lam=lam))
