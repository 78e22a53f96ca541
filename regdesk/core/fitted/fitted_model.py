"""A model that has left its table: what every solver ends in, and what answers for new rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regdesk.core.fitted.cells import Fault
from regdesk.core.fitted.column_encoding import Rows
from regdesk.core.fitted.column_spread import ColumnSpread
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.fitted.outputs import network_outputs
from regdesk.core.model.losses import class_probabilities
from regdesk.core.model.metrics import predicted_classes
from regdesk.core.model.network import Network
from regdesk.core.settings.configuration import Configuration
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Floats, Integers

Scores = Mapping[str, float | None]


@dataclass(frozen=True)
class FitCertificate:
    """How good a solution the parameters are, as far as it is known; None where it is not.

    Attributes:
        kkt_residual: ∞-norm of the smallest subgradient of J.
        duality_gap: the most that J can be above its minimum.
        converged: there is a minimum and it has been reached; ``reason`` is a sentence that says why not.
        is_unique: no other parameters do as well.
        n_epochs: passes over the training rows, or iterations of a convex solver.
    """

    kkt_residual: float | None
    duality_gap: float | None
    converged: bool
    reason: str = ""
    is_unique: bool | None = None
    n_epochs: float | None = None


@dataclass(frozen=True, eq=False)
class Predictions:
    """What a model answers for rows.

    Attributes:
        outputs: ``(n_rows, n_outputs)``: the standardised target, the log-odds of the second of two classes, or a logit
            for each of more; NaN in rows that were skipped.
        values: ``(n_rows,)``, in units of the target; None for classes.
        probabilities: ``(n_rows, n_classes)``; None for regression.
        class_numbers: ``(n_rows,)``, indices of the likeliest classes, −1 in rows that were skipped; None as above.
        classes: labels as written in the file that the model was fitted on; empty for regression.
        skipped, imputed, unseen: as ``Applied`` has them.
    """

    outputs: Float64s
    values: Float64s | None
    probabilities: Float64s | None
    class_numbers: Integers | None
    classes: tuple[str, ...]
    skipped: tuple[Fault, ...]
    imputed: Mapping[str, int]
    unseen: Mapping[str, tuple[str, ...]]

    @property
    def labels(self) -> NDArray[np.object_]:
        """The likeliest class of each row as it is written, ``(n_rows,)``; None in rows that were skipped."""
        if self.class_numbers is None:
            raise ValueError("a regression predicts numbers and no classes")
        # The last entry is for rows that were skipped, whose number is -1.
        return np.array([*self.classes, None], dtype=object)[self.class_numbers]


@dataclass(frozen=True, eq=False)
class FittedModel:
    """A network with all that it needs to answer for rows it has never seen.

    Attributes:
        parameters: ``(n_parameters,)`` in the dtype they were found in: float64 of linear models and of networks along
            λ, float32 of networks trained step by step.
        configuration: what it was fitted under.
        scores: of ``train``, ``validation`` and ``test`` the loss on the training scale and the metrics; None for a
            part without rows.
        spreads: what the training rows hold in each column of ``encoding``; empty where that is not known.
    """

    network: Network
    parameters: Floats
    encoding: Encoding
    configuration: Configuration
    scores: Mapping[str, Scores | None]
    certificate: FitCertificate
    spreads: tuple[ColumnSpread, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError when the parts do not belong together."""
        n_inputs, n_outputs = len(self.encoding.input_names), max(len(self.classes), 1)
        sizes = (n_inputs, 1 if n_outputs == 2 else n_outputs)
        if (self.network.sizes[0], self.network.sizes[-1]) != sizes:
            raise ValueError(f"a network of {self.network.sizes} does not fit the {sizes} of its encoding")
        if self.parameters.shape != (self.network.n_parameters,):
            raise ValueError(
                f"a network of {self.network.sizes} has {self.network.n_parameters} parameters and not "
                f"{self.parameters.shape}"
            )

    @property
    def classes(self) -> tuple[str, ...]:
        """Labels as written in the file, sorted; empty for regression."""
        return self.encoding.target.classes

    def outputs(self, inputs: Float64s) -> Float64s:
        """Outputs ``(n_rows, n_outputs)`` of ``inputs`` ``(n_rows, n_inputs)`` in original units, in float64.

        Each row for itself: bit for bit the same alone, in any order and in any company.
        """
        return network_outputs(self.network, self.parameters, self.encoding.input_scaler.apply(inputs))

    def predictions(self, rows: Rows, stop: Stop | None = None) -> Predictions:
        """All that there is to say of ``rows``. Raises Stopped as ``stop`` says."""
        applied = self.encoding.apply(rows, stop)
        outputs, is_sound = np.full((len(applied.inputs), self.network.sizes[-1]), np.nan), applied.is_sound
        outputs[is_sound] = self.outputs(applied.inputs[is_sound])
        values, probabilities, class_numbers = None, None, None
        if self.classes:
            probabilities = class_probabilities(outputs)
            class_numbers = np.where(is_sound, predicted_classes(np.where(np.isnan(outputs), 0.0, outputs)), -1)
        else:
            values = self.encoding.target.scaler.invert(outputs)[:, 0]
        return Predictions(
            outputs,
            values,
            probabilities,
            class_numbers,
            self.classes,
            applied.faults,
            applied.imputed,
            applied.unseen,
        )

    def none(self, reasons: Sequence[str]) -> Predictions:
        """Of rows that are none, each with its reason, that nothing is predicted."""
        n_rows = len(reasons)
        outputs = np.full((n_rows, self.network.sizes[-1]), np.nan)
        faults = tuple(Fault(row, "", reason) for row, reason in enumerate(reasons))
        if not self.classes:
            return Predictions(outputs, np.full(n_rows, np.nan), None, None, (), faults, {}, {})
        probabilities, numbers = np.full((n_rows, len(self.classes)), np.nan), np.full(n_rows, -1)
        return Predictions(outputs, None, probabilities, numbers, self.classes, faults, {}, {})

    def predict(self, rows: Rows) -> NDArray[Any]:
        """Numbers in units of the target, or labels, ``(n_rows,)``; NaN or None for a row that cannot be encoded."""
        found = self.predictions(rows)
        return found.labels if found.values is None else found.values

    def predict_proba(self, rows: Rows) -> Float64s:
        """Probabilities ``(n_rows, n_classes)``, in the order of ``classes``; NaN as above.

        Raises ValueError for a regression.
        """
        found = self.predictions(rows).probabilities
        if found is None:
            raise ValueError(f"{self.encoding.target.name} is a number: a regression has no probabilities")
        return found
