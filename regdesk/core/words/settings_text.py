"""Settings by the names that people know them by, and what changed from one to another."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from regdesk.core.settings.configuration import Configuration, differing_paths
from regdesk.core.settings.first_lambda import first_lambda, presets_for
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Choice, Named, Number, Several, Truth, Whole
from regdesk.core.settings.settings_table import SETTINGS, TABLE
from regdesk.core.types import TrainSettings
from regdesk.core.words.number_text import exact_text, number_text

if TYPE_CHECKING:
    from regdesk.core.model.network import Network
    from regdesk.core.settings.change import Change


def _names_of(path: str) -> dict[str, str]:
    kind = SETTINGS[path].kind
    assert isinstance(kind, Choice)
    return dict(zip(kind.words, kind.names, strict=True))


PENALTY_NAMES = _names_of("training.penalty")
OPTIMIZER_NAMES = _names_of("training.optimizer")
NO_PRESSURE = "λ is 0, so the penalty does nothing yet: raise λ."


def settings_change(before: TrainSettings, after: TrainSettings) -> str:
    """The settings that differ, such as "λ 0.01 → 0.1"; empty when none does."""
    return _sentences(before, after, "training.")


def configuration_change(before: Configuration, after: Configuration) -> str:
    """The same of everything that can be chosen, but for what the table leaves unsaid."""
    return _sentences(before, after, "")


def _sentences(before: object, after: object, prefix: str) -> str:
    differing = set(differing_paths(before, after, prefix))
    parts = []
    # In the order of the table.
    for setting in TABLE:
        if setting.path in differing and setting.sentence:
            names = setting.path.removeprefix(prefix).split(".")
            old, new = (value_text(setting, reduce(getattr, names, one)) for one in (before, after))
            parts.append(setting.sentence.format(before=old, after=new))
    return ", ".join(parts)


def value_text(setting: Setting, value: Any) -> str:
    """A value of a setting as people write it."""
    kind = setting.kind
    if value is None:
        return setting.none_text
    if isinstance(kind, Choice):
        return kind.name_of(value)
    if isinstance(kind, Truth):
        return "yes" if value else "no"
    if isinstance(kind, Number):
        return number_text(value)
    if isinstance(kind, Whole) and kind.word and value == kind.low:
        return kind.word
    if isinstance(kind, Several) and isinstance(kind.one, Named):
        return ",".join(f"{name}={one if isinstance(one, str) else exact_text(one)}" for name, one in value) or "none"
    if isinstance(kind, Several):
        return ",".join(number_text(one) if isinstance(one, float) else str(one) for one in value) or "none"
    return "tab" if value == "\t" else str(value)


def batch_text(batch_size: int) -> str:
    """A number of rows, or the word for all of them."""
    return value_text(SETTINGS["training.batch_size"], batch_size)


def penalty_symbol(settings: TrainSettings, network: Network) -> str:
    """R(W) as a formula, with the shares of an elastic net as numbers.

    With penalty factors F it has another name than the norms ‖W‖₁ and ‖W‖₂ of all weights, which it then is not.
    """
    has_factors = network.weight_factors is not None
    l1, l2 = ("Σ F|w|", "Σ F w²") if has_factors else ("‖W‖₁", "‖W‖₂²")
    if settings.penalty == "elastic-net":
        ratio = settings.l1_ratio
        return f"({number_text(ratio)} {l1} + {number_text((1 - ratio) / 2)} {l2})"
    groups = "Σ F√|g| ‖W_g‖₂" if has_factors else "Σ√|g| ‖W_g‖₂"
    return {"none": "0", "l1": l1, "l2": f"½ {l2}" if has_factors else f"½{l2}", "group-lasso": groups}[
        settings.penalty
    ]


def first_lambda_words(change: Change) -> str:
    """A sentence on the λ that a penalty begins with; empty where there is nothing to say."""
    before, after = change.before.training, change.after.training
    if not change.touches("training.penalty") or after.penalty == "none":
        return ""
    if after.lam == 0.0:
        return NO_PRESSURE
    buttons = _buttons_words(change)
    if after.lam == before.lam or after.lam != first_lambda(change.before, after.penalty):
        return buttons
    name, lam = PENALTY_NAMES[after.penalty], exact_text(after.lam)
    begins = f"{name[:1].upper()}{name[1:]} at λ = {exact_text(before.lam)} may leave no weight: it begins with {lam}."
    return f"{begins} {buttons}".rstrip()


def _buttons_words(change: Change) -> str:
    """Which λ the buttons offer, where that is another choice than before; empty where it is not."""
    before, after = (
        presets_for(one.training.penalty, one.architecture.is_linear) for one in (change.before, change.after)
    )
    if before == after:
        return ""
    _, first, *_, last, _ = after
    return f"The λ buttons offer {number_text(first)} to {number_text(last)} now."
