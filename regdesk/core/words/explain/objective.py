"""J as a formula: which pictures stand in a row, and the live number under each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from regdesk.core.words.explain.adding_up import adding_up, digits_text
from regdesk.core.words.number_text import epoch_text, exact_text, glance_text

if TYPE_CHECKING:
    from regdesk.core.model.losses import LossKind
    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot

Role = Literal["", "objective", "loss", "lam", "penalty"]
"""What a term is, by which it has its colour; empty for signs."""
ROUNDED = "Rounded so that the terms add up."


@dataclass(frozen=True)
class FormulaTerm:
    """One picture of ``resources/formulas``, and what stands beneath it.

    ``starts_line``: where there is no room for the whole, a new line begins with it. ``topic`` is what explains it.
    """

    picture: str
    number: str = ""
    caption: str = ""
    role: Role = ""
    topic: str = ""
    starts_line: bool = False


@dataclass(frozen=True)
class ObjectiveFormula:
    """``terms`` from left to right; ``addition`` is the same with numbers alone; ``notes`` say what signs stand for."""

    terms: tuple[FormulaTerm, ...]
    addition: str
    notes: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """For who does not see it."""
        parts = [f"{term.caption} {term.number}" for term in self.terms if term.caption]
        return f"{', '.join(parts)}. {self.addition}."


def loss_kind(scene: RunScene) -> LossKind:
    """Which data loss the rows of ``scene`` have."""
    if scene.task == "regression":
        return "squared"
    return "logistic" if len(scene.classes) == 2 else "softmax"


def objective_formula(snapshot: TrainSnapshot, scene: RunScene) -> ObjectiveFormula:
    """J of ``snapshot`` under its own settings; of very many rows, of the moment at which it was measured last."""
    measured = snapshot.measured
    settings, network = measured.settings, measured.network
    lam, penalty = settings.effective_lam, measured.penalty_value
    loss_text, product_text, total_text = adding_up(measured.train_loss, lam * penalty)
    kind = f"loss-{loss_kind(scene)}{'-weighted' if scene.is_weighted else ''}"
    terms = [
        FormulaTerm("objective", total_text, "objective", "objective", "objective"),
        FormulaTerm("equals"),
        FormulaTerm(kind, loss_text, "data loss", "loss", f"loss-{loss_kind(scene)}", starts_line=True),
    ]
    addition, has_factors = f"J = {total_text}", network.weight_factors is not None
    if settings.penalty != "none":
        lam_text, penalty_text = glance_text(lam), digits_text(penalty)
        terms += [
            FormulaTerm("plus", starts_line=True),
            FormulaTerm("lambda", lam_text, "λ", "lam", "lambda"),
            FormulaTerm(
                f"penalty-{settings.penalty}{'-factors' if has_factors else ''}", penalty_text, "penalty R(W)",
                "penalty", settings.penalty,
            ),
        ]  # fmt: skip
        sign = "=" if _is_equal(lam_text, penalty_text, product_text) else "≈"
        addition = f"J = {loss_text} + {lam_text} × {penalty_text} {sign} {loss_text} + {product_text} = {total_text}"
    return ObjectiveFormula(tuple(terms), addition, _notes(snapshot, scene, has_factors))


def _is_equal(lam_text: str, penalty_text: str, product_text: str) -> bool:
    """Whether the product of the numbers that are shown is, rounded, the one that is shown."""
    if "–" in (penalty_text, product_text):
        return False
    product = float(lam_text.replace("\u202f", "")) * float(penalty_text.replace("−", "-"))
    mantissa, _, exponent = product_text.partition("e")
    unit = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return abs(product - float(product_text)) <= 0.5 * unit


def _notes(snapshot: TrainSnapshot, scene: RunScene, has_factors: bool) -> tuple[str, ...]:
    settings = snapshot.measured.settings
    notes = []
    if snapshot.last_measured is not None:
        notes.append(f"Measured at epoch {epoch_text(snapshot.measured.epoch)}.")
    if snapshot.is_exact:
        notes.append("This is the exact model, not the trained one.")
    if scene.is_weighted:
        notes.append("v: row weights.")
    if settings.penalty == "elastic-net":
        notes.append(f"r = {exact_text(settings.l1_ratio)}, the L1 share.")
    if settings.penalty == "group-lasso":
        notes.append("g: groups of |g| weights.")
    if settings.penalty != "none" and has_factors:
        notes.append("F: penalty factors.")
    notes.append(ROUNDED if settings.penalty != "none" else "No penalty: J is the data loss.")
    return tuple(notes)
