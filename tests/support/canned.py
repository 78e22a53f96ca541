"""Moments of a run that nobody trained: a table, a network that is fitted in one step, and what panels are shown of it.

No engine, thread, window or clock: numpy and the reference alone say what the model answers.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from reference import forward, group_labels, mean_loss, penalty_value, unpack

from regdesk.core.fit.scene import FitFrame, FitScene
from regdesk.core.fit.slices import SliceColumns
from regdesk.core.fit.view import FitView
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.network import Network
from regdesk.core.run.frame import Frame
from regdesk.core.run.history import HistoryColumns
from regdesk.core.run.live_trail import TrailColumns
from regdesk.core.run.scene import RunScene, run_scene_of
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.types import Architecture, DataSettings, Float64s, Floats, Integers, TrainSettings, training_dtype
from regdesk.core.weights.summaries import summarize_layers
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset

LOGIT = 2.0
"""Of the fitted answer to a class: sure of most rows, and wrong about some."""
USUAL = TrainSettings()


def dataset_of(file: Path, target: str, seed: int = 0, **settings: Any) -> Dataset:
    """The rows of a CSV as the window prepares them; ``settings`` are those of ``DataSettings``."""
    return prepare_dataset(read_table(file), DataSettings(target=target, **settings), seed)


@dataclass(frozen=True)
class Canned:
    """A network with parameters of its own on a data set, looked at in one picture."""

    dataset: Dataset
    network: Network
    parameters: Floats
    view: FitView
    settings: TrainSettings

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        hidden: tuple[int, ...] = (16, 16),
        activation: str = "tanh",
        columns: SliceColumns = (),
        settings: TrainSettings = USUAL,
        seed: int = 0,
    ) -> Canned:
        """Hidden weights are drawn, those of the output are the least squares of the training rows."""
        architecture = Architecture(hidden, activation)
        network = Network.of(architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups)
        parameters = np.random.default_rng(seed).normal(0.0, 0.6, network.n_parameters)
        inputs = dataset.standardized_inputs(dataset.split.train)
        features = forward(parameters, network.sizes, activation, inputs)[0][-1]
        targets = dataset.standardized_targets(dataset.split.train)[:, np.newaxis]
        if dataset.task == "classification":
            kinds = np.array([[1.0]]) if dataset.n_outputs == 1 else np.arange(dataset.n_outputs)[np.newaxis]
            targets = LOGIT * np.where(targets == kinds, 1.0, -1.0)
        design = np.column_stack([features, np.ones(len(features))])
        # A little ridge: the answer is one and the same on every machine.
        last = np.linalg.solve(design.T @ design + 0.01 * np.eye(design.shape[1]), design.T @ targets)
        weights, biases = unpack(parameters, network.sizes)[-1]
        weights[:], biases[:] = last[:-1], last[-1]
        return cls(dataset, network, as_trained(parameters, architecture), FitView(dataset, columns), settings)

    def with_slice(self, *columns: str) -> Canned:
        return replace(self, view=self.view.with_slice(columns))

    def with_weights(self, factor: float) -> Canned:
        """All weights so many times as large; biases as they are."""
        scale = np.where(self.network.is_weight, factor, 1.0).astype(self.parameters.dtype)
        return replace(self, parameters=self.parameters * scale)

    def without_weights(self, share: float = 0.5, seed: int = 1) -> Canned:
        """About ``share`` of the weights exactly 0, as a penalty makes them."""
        is_gone = self.network.is_weight & (np.random.default_rng(seed).uniform(size=self.network.n_parameters) < share)
        return replace(self, parameters=np.where(is_gone, 0, self.parameters).astype(self.parameters.dtype))

    def with_zeros(self, n_zero: int) -> Canned:
        """The first ``n_zero`` weights exactly 0."""
        parameters = self.parameters.copy()
        parameters[np.flatnonzero(self.network.is_weight)[:n_zero]] = 0.0
        return replace(self, parameters=parameters)

    @property
    def scene(self) -> FitScene:
        return self.view.scene

    @property
    def run_scene(self) -> RunScene:
        return run_scene_of(self.dataset)

    def outputs(self, inputs: Float64s) -> Float64s:
        """By the reference for ``inputs`` in original units: standardised targets or logits ``(n_rows, n_outputs)``."""
        return self._answers(self.dataset.input_scaler.apply(inputs))

    def _answers(self, inputs: Float64s) -> Float64s:
        parameters = self.parameters.astype(np.float64)
        return forward(parameters, self.network.sizes, self.network.activation, inputs)[2]

    def numbers(self, inputs: Float64s) -> Float64s:
        """What a person reads for ``inputs``: original units, or the second one's probability, ``(n_rows,)``."""
        outputs = self.outputs(inputs)
        if self.dataset.task == "classification":
            return np.asarray(1.0 / (1.0 + np.exp(-outputs[:, 0])))
        return np.asarray(self.dataset.target_scaler.invert(outputs)[:, 0])

    def fit(self) -> FitFrame:
        # The view asks in standardised units.
        return self.view.frame(self._answers(self.view.inputs))

    def _loss(self, rows: Integers) -> float:
        """Mean data loss of the reference; NaN without rows."""
        if not len(rows):
            return float("nan")
        dataset, network = self.dataset, self.network
        loss = {"regression": "squared"}.get(dataset.task, "softmax" if dataset.n_outputs > 1 else "logistic")
        inputs, targets = dataset.standardized_inputs(rows), dataset.standardized_targets(rows)
        parameters = self.parameters.astype(np.float64)
        return float(
            mean_loss(parameters, network.sizes, network.activation, loss, inputs, targets, np.ones(len(rows)))
        )

    def snapshot(self, epoch: float = 200.0, **values: Any) -> TrainSnapshot:
        """The moment at ``epoch``, with other ``values`` in some fields."""
        dataset, network, settings = self.dataset, self.network, self.settings
        parameters = self.parameters.astype(np.float64)
        train_loss, validation_loss = self._loss(dataset.split.train), self._loss(dataset.split.validation)
        labels = group_labels(network.sizes, dataset.input_groups)[network.is_weight]
        penalty = float(penalty_value(settings.penalty, settings.l1_ratio, parameters[network.is_weight], labels))
        layers = summarize_layers(network, self.parameters, np.ones(network.n_layers))
        found = TrainSnapshot(
            run=1,
            step=round(epoch),
            epoch=epoch,
            settings=settings,
            network=network,
            parameters=self.parameters,
            train_loss=train_loss,
            validation_loss=validation_loss,
            penalty_value=penalty,
            objective=train_loss + settings.effective_lam * penalty,
            n_weights=network.n_weights,
            n_nonzero=sum(layer.n_alive for layer in layers),
            layers=layers,
            fit=self.fit(),
            rows=np.empty((0, len(fields(HistoryColumns)))),
            kkt_residual=0.1,
            is_converged=False,
            is_collapsed=False,
            has_diverged=False,
        )
        return replace(found, **values)

    def frame(self, epoch: float = 200.0, **values: Any) -> Frame:
        """That moment as it is shown, after a course of straight lines; ``values`` are fields of ``Frame``."""
        snapshot = values.pop("snapshot", None) or self.snapshot(epoch)
        return Frame(**{"snapshot": snapshot, "history": course_to(snapshot), "story": "", "objective": "", **values})


def as_trained(parameters: Float64s, architecture: Architecture) -> Floats:
    """In the precision in which such a model is trained, read-only as those of snapshots are."""
    found = parameters.astype(training_dtype(architecture))
    found.flags.writeable = False
    return found


def history(epochs: Float64s, **columns: Any) -> HistoryColumns:
    """A course over ``epochs`` ``(n_rows,)``; each of ``columns`` is a number or ``(n_rows,)``, the others are 0."""
    known = {field.name: np.zeros(len(epochs)) for field in fields(HistoryColumns)}
    known |= {name: np.broadcast_to(np.asarray(values, float), len(epochs)).copy() for name, values in columns.items()}
    return HistoryColumns(**(known | {"epoch": np.asarray(epochs, float)}))


def course_to(snapshot: TrainSnapshot, n_rows: int = 41) -> HistoryColumns:
    """Straight lines that end in the losses and norms of ``snapshot``."""
    share = np.linspace(0.0, 1.0, n_rows)
    weights = snapshot.parameters[snapshot.network.is_weight].astype(np.float64)
    l1, l2 = np.abs(weights).sum(), np.linalg.norm(weights)
    return history(
        snapshot.epoch * share,
        step=snapshot.step * share,
        train_loss=snapshot.train_loss + 0.5 * (1.0 - share),
        validation_loss=snapshot.validation_loss + 0.4 * (1.0 - share),
        penalty_value=snapshot.penalty_value * share,
        lam=snapshot.settings.effective_lam,
        l1_norm=l1 * (0.2 + 0.8 * share),
        l2_norm=l2 * (0.4 + 0.6 * share),
        n_nonzero=np.rint(snapshot.n_weights + (snapshot.n_nonzero - snapshot.n_weights) * share),
    )


def visited(frame: Frame, lam: float, losses: dict[float, tuple[float, float]]) -> Frame:
    """``frame`` with the model at ``lam``, and training and validation losses at each λ that it has been at."""
    lambdas = sorted(losses)
    train, validation = (np.array([losses[one][part] for one in lambdas]) for part in (0, 1))
    settings = replace(frame.snapshot.settings, lam=lam)
    snapshot = replace(
        frame.snapshot, settings=settings, train_loss=losses[lam][0], validation_loss=losses[lam][1], stands_for=None
    )
    return replace(frame, snapshot=snapshot, trail=TrailColumns(np.array(lambdas), train, validation), up_down=None)
