"""Settings by the names that people know them by, and what changed from one to another."""

from __future__ import annotations

from regdesk.core.types import FULL_BATCH, TrainSettings
from regdesk.core.words.number_text import number_text

PENALTY_NAMES = {
    "none": "no penalty",
    "l1": "L1",
    "l2": "L2",
    "elastic-net": "elastic net",
    "group-lasso": "group lasso",
}


OPTIMIZER_NAMES = {"adam": "Adam", "momentum": "momentum", "sgd": "SGD"}


def settings_change(before: TrainSettings, after: TrainSettings) -> str:
    """The settings that differ, such as "λ 0.01 → 0.1"; empty when none does."""
    parts = []
    if before.penalty != after.penalty:
        parts.append(f"{PENALTY_NAMES[before.penalty]} → {PENALTY_NAMES[after.penalty]}")
    if before.lam != after.lam:
        parts.append(f"λ {number_text(before.lam)} → {number_text(after.lam)}")
    if before.l1_ratio != after.l1_ratio:
        parts.append(f"L1 share {number_text(before.l1_ratio)} → {number_text(after.l1_ratio)}")
    if before.optimizer != after.optimizer:
        parts.append(f"{OPTIMIZER_NAMES[before.optimizer]} → {OPTIMIZER_NAMES[after.optimizer]}")
    if before.learning_rate != after.learning_rate:
        parts.append(f"learning rate {number_text(before.learning_rate)} → {number_text(after.learning_rate)}")
    if before.batch_size != after.batch_size:
        parts.append(f"batch size {batch_text(before.batch_size)} → {batch_text(after.batch_size)}")
    return ", ".join(parts)


def batch_text(batch_size: int) -> str:
    return "full" if batch_size == FULL_BATCH else str(batch_size)


def penalty_symbol(settings: TrainSettings) -> str:
    """R(W) as a formula, with the shares of an elastic net as numbers."""
    if settings.penalty == "elastic-net":
        ratio = settings.l1_ratio
        return f"({number_text(ratio)} ‖W‖₁ + {number_text((1 - ratio) / 2)} ‖W‖₂²)"
    return {"none": "0", "l1": "‖W‖₁", "l2": "½‖W‖₂²", "group-lasso": "Σ√|g| ‖W_g‖₂"}[settings.penalty]
