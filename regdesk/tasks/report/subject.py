"""What a report is about: a model, and as much as is there of its data and of the sweep that chose its λ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import loss_for
from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.types import Booleans, Float64s
from regdesk.core.words.data_facts import HealthFinding
from regdesk.core.words.distinct_names import cut_names
from regdesk.core.words.number_text import number_text
from regdesk.core.words.safe_text import safe_line
from regdesk.data.csv.table import Table, warning_text
from regdesk.data.prepare.inspection import inspect_table

Rule = Literal["best", "1se", "hand"]
"""How λ was chosen: by the lowest validation loss, by one standard error, or by a person."""

PENALTY_WORDS = {
    "none": "no penalty",
    "l1": "an L1 penalty (lasso)",
    "l2": "an L2 penalty (ridge)",
    "elastic-net": "an elastic-net penalty",
    "group-lasso": "a group-lasso penalty",
}
_LINEAR_NAMES = {"squared": "linear regression", "logistic": "logistic regression", "softmax": "softmax regression"}
MOST_LETTERS = 40
"""Of a name in a sentence; tables have it whole."""
PARTS = (("train", "training"), ("validation", "validation"), ("test", "test"))


MOST_GUESSES = 20


@dataclass(frozen=True)
class TableFacts:
    """Of the table that a model was fitted on: its rows, its columns as ``inspect`` has them, its health, and how its
    cells were read where that was a guess.
    """

    n_rows: int
    columns: tuple[Mapping[str, Any], ...]
    health: tuple[str, ...]
    guesses: tuple[str, ...]

    @classmethod
    def of(cls, table: Table, health: Sequence[HealthFinding]) -> TableFacts:
        record = inspect_table(table, health)
        said = tuple(warning_text(one) for one in table.warnings[:MOST_GUESSES])
        n_more = len(table.warnings) - len(said)
        said += (f"regdesk inspect lists {n_more} more.",) if n_more else ()
        return cls(record["rows"], tuple(record["columns"]), tuple(one.sentence for one in health), said)


@dataclass(frozen=True, eq=False)
class ReportSubject:
    """All that a report is made of.

    Attributes:
        name: of the data, such as the file's.
        model: what the report is about.
        provenance: where it comes from, as ``regdesk fit`` has it.
        rule: how its λ was chosen.
        dataset: the rows it was fitted on and scored on; None where they are not there.
        table: facts of the table that they come from; None as above.
        curve: of the sweep; None where there was none.
        commands: captions and command lines that make it again.
        absent: sentences on what cannot be shown, and why.
    """

    name: str
    model: FittedModel
    provenance: Mapping[str, Any]
    rule: Rule = "hand"
    dataset: Dataset | None = None
    table: TableFacts | None = None
    curve: SweepCurve | None = None
    commands: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = field(default=())

    @property
    def lam(self) -> float:
        """The λ in force: 0 without a penalty."""
        return self.model.configuration.training.effective_lam

    @property
    def has_penalty(self) -> bool:
        return self.model.configuration.training.penalty != "none"

    @property
    def target(self) -> str:
        return self.model.encoding.target.name

    @property
    def model_name(self) -> str:
        """Such as "linear regression" or "network with hidden layers of 16 and 8 tanh units"."""
        network = self.model.network
        if network.is_linear:
            return _LINEAR_NAMES[loss_for(self.model.encoding.target.task, network.sizes[-1]).kind]
        hidden = [str(size) for size in network.sizes[1:-1]]
        layers = "a hidden layer" if len(hidden) == 1 else "hidden layers"
        return f"network with {layers} of {listed(hidden)} {network.activation} units"

    @property
    def penalty_words(self) -> str:
        """Such as "an L1 penalty (lasso) at λ = 0.012"."""
        settings = self.model.configuration.training
        words = PENALTY_WORDS[settings.penalty]
        if settings.penalty == "elastic-net":
            words += f" with an L1 share of {number_text(settings.l1_ratio)}"
        return f"{words} at λ = {number_text(settings.lam)}" if self.has_penalty else words

    @property
    def output_names(self) -> tuple[str, ...]:
        """Of each output: the classes where there are more than two, else the target."""
        return self.model.classes if len(self.model.classes) > 2 else (self.target,)

    @cached_property
    def weights(self) -> Float64s:
        """Of the first layer, standardised, ``(n_inputs, n_units)``."""
        return self.model.network.weights(self.model.parameters, 0).astype(np.float64)

    @cached_property
    def is_live(self) -> Booleans:
        """Of each input whether a weight that is not zero leaves it, ``(n_inputs,)``."""
        return np.asarray(self.weights.any(axis=1))

    def without_data(self, *reasons: str) -> ReportSubject:
        """The same where the rows are not there."""
        return replace(self, dataset=None, table=None, curve=None, absent=reasons)


def listed(names: Sequence[str], limit: int = 40) -> str:
    """Such as "a, b and c"; long ones lose their middle, of very many the first ``limit`` stand for all."""
    names = cut_names(
        [safe_line(name) for name in names], [float(MOST_LETTERS)] * len(names), lambda text: float(len(text))
    )
    if len(names) > limit:
        return f"{', '.join(names[:limit])} and {len(names) - limit:,} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def figure(value: float | None) -> str:
    """Four significant digits, in type."""
    if value is None or not np.isfinite(value):
        return "–"
    return f"{value + 0.0:.4g}".replace("-", "−")


def counted(count: int, noun: str) -> str:
    """Such as "1 row" and "1,200 rows"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def sentence(text: str) -> str:
    """``text`` with a capital and a full stop."""
    text = text.strip()
    return text if not text else text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
