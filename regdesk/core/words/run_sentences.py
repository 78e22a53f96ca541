"""What just happened in a run, in sentences; every number in them comes from two snapshots."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from regdesk.core.model.penalties import penalty_for
from regdesk.core.types import FULL_BATCH
from regdesk.core.weights.summaries import columns_out
from regdesk.core.words.distinct_names import cut_names
from regdesk.core.words.number_text import epoch_text, exact_text, fixed_text, number_text
from regdesk.core.words.settings_text import PENALTY_NAMES, penalty_symbol, settings_change
from regdesk.core.words.verdict_words import gap_change

if TYPE_CHECKING:
    from regdesk.core.run.collapse_recovery import RestartAdvice
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import TrainSettings


MAX_NAMES = 5


MAX_NAME_LENGTH = 24


def change_sentence(
    before: TrainSnapshot, now: TrainSnapshot, columns: tuple[str, ...] = (), is_running: bool = False
) -> str:
    """What the change of settings between two snapshots of one run has done so far.

    ``columns`` names the columns that the network's ``input_groups`` number; without them none is named.
    """
    change = settings_change(before.settings, now.settings)
    if not change:
        return ""
    fallen = before.n_nonzero - now.n_nonzero
    if fallen > 0:
        weights = f"{fallen} of {before.n_nonzero} weights fell to zero"
    elif fallen < 0:
        n_zero = before.n_weights - before.n_nonzero
        weights = f"{-fallen} of {n_zero} weights at zero came back"
    elif now.n_nonzero == 0:
        weights = "all weights are still zero"
    elif now.n_nonzero < now.n_weights:
        weights = f"still {now.n_weights - now.n_nonzero} of {now.n_weights} weights at zero"
    else:
        weights = f"‖W‖₂ {fixed_text(_l2_norm(before))} → {fixed_text(_l2_norm(now))}, no weight at zero"
    if now.n_negligible:
        weights += f", {negligible_text(now, is_running)}"
    gap = gap_change(before, now)
    return f"{change}: {weights}{_columns_out(now, columns)}{f'; {gap}' if gap else ''}."


def too_small_text(snapshot: TrainSnapshot) -> str:
    """Of weights that have left their dtype without a penalty that makes zeros: "147 too small for float32"."""
    return f"{snapshot.n_too_small} too small for {snapshot.parameters.dtype.name}"


def too_small_count(n_weights: int, is_running: bool) -> str:
    """Such as "276 too small"; while it trains the number is another from one moment to the next, and says nothing."""
    return f"{'some' if is_running else n_weights} too small"


def negligible_text(snapshot: TrainSnapshot, is_running: bool = False) -> str:
    """Of weights that are neither exactly zero nor alive: "276 too small to matter"."""
    return f"{too_small_count(snapshot.n_negligible, is_running)} to matter"


def exact_sentence(exact: TrainSnapshot, columns: tuple[str, ...] = ()) -> str:
    """What is seen of a paused linear model whose λ has moved; ``columns`` as for ``change_sentence``."""
    settings = exact.settings
    where = f"at λ = {number_text(settings.lam)}" if settings.penalty != "none" else "without a penalty"
    n_zero = exact.n_weights - exact.n_nonzero
    zeros = f"{n_zero} of {exact.n_weights} weights are exactly zero" if n_zero else "no weight is zero"
    # Two lines of a small window with large text hold it.
    return (
        f"Exact model {where}: {zeros}{_columns_out(exact, columns)}. Your own weights wait at epoch "
        f"{epoch_text(exact.epoch)}: Run trains them, Solve replaces them."
    )


def loaded_sentence(before: TrainSnapshot, now: TrainSnapshot, words: str) -> str:
    """What weights that were put in have done since ``before``; ``words`` say where they are from."""
    change = settings_change(before.settings, now.settings)
    start = f"{words[:1].upper()}{words[1:]}" if not change else f"{change}, {words}"
    return (
        f"{start}: J {fixed_text(before.objective)} → {fixed_text(now.objective)}, "
        f"{now.n_nonzero} of {now.n_weights} weights are not zero."
    )


def _columns_out(now: TrainSnapshot, columns: tuple[str, ...]) -> str:
    """The columns of which the group lasso has left nothing, such as "; inputs age, s2 are out"."""
    if not columns or penalty_for(now.settings, now.network).is_separable:
        return ""
    network = now.network
    layers = [network.weights(now.parameters, layer) for layer in range(network.n_layers)]
    numbers = columns_out(layers, network.input_groups)
    if not numbers:
        return ""
    if len(numbers) == len(columns):
        return "; all inputs are out"
    names = cut_names([columns[number] for number in numbers], [MAX_NAME_LENGTH] * len(numbers), len)
    listed = ", ".join(names[:MAX_NAMES])
    if len(names) > MAX_NAMES:
        listed += f" and {len(names) - MAX_NAMES} more"
    return f"; input {listed} is out" if len(names) == 1 else f"; inputs {listed} are out"


def _l2_norm(snapshot: TrainSnapshot) -> float:
    return math.sqrt(sum(layer.l2_norm**2 for layer in snapshot.layers))


def collapse_sentence(snapshot: TrainSnapshot, advice: RestartAdvice | None = None) -> str:
    """Why a network without weights does not come back, and what to begin again with."""
    reason = f"Collapsed: {_collapse_reason(snapshot)} revive them"
    if advice is None:
        note = "" if snapshot.n_nonzero else " (a linear model would come back)"
        return f"{reason}{note}. To begin again, set a smaller λ and press Reset, then Run."
    # Short enough for two lines beside the button that offers the same.
    if advice.lam is None:
        return f"{reason}. {_rate_advice(snapshot.settings.learning_rate, advice)}"
    way_out = "They last lived at" if advice.has_lived else "Begin again with"
    return f"{reason}. {way_out} λ = {number_text(advice.lam)}."


def _rate_advice(rate: float, advice: RestartAdvice) -> str:
    if rate < advice.too_high_rate:
        return f"The learning rate was too high at {exact_text(advice.too_high_rate)}: press Reset, then Run."
    return (
        f"Lower the learning rate, now {exact_text(rate)}, for example to {exact_text(advice.lower_rate)}, and reset."
    )


def _collapse_reason(snapshot: TrainSnapshot) -> str:
    if snapshot.n_nonzero:
        return "all weights are nearly zero, hardly any gradient reaches them, and a smaller λ may not"
    settings = snapshot.settings
    # Of the little that rounding leaves, Adam makes whole steps, a saddle a way down, and a batch a gradient.
    if settings.optimizer == "adam" or settings.batch_size != FULL_BATCH or snapshot.network.n_layers == 2:
        return f"all {snapshot.n_weights} weights are zero, hardly any gradient reaches them, and a smaller λ may not"
    return f"all {snapshot.n_weights} weights are zero, no gradient reaches any of them, and a smaller λ does not"


def divergence_sentence(snapshot: TrainSnapshot) -> str:
    """Why training stopped, and what to try."""
    return (
        f"Diverged at step {snapshot.step} with λ = {number_text(snapshot.settings.effective_lam)} and learning rate "
        f"{number_text(snapshot.settings.learning_rate)}: the loss left all bounds. The last sound weights are kept; "
        "set a smaller learning rate, then press Run."
    )


def objective_text(snapshot: TrainSnapshot) -> str:
    """The objective with live numbers, as rich text."""
    name, snapshot = _name_of_objective(snapshot, "Exact model: J"), snapshot.measured
    settings = snapshot.settings
    if settings.penalty == "none":
        return f"{name} = data loss <b>{fixed_text(snapshot.train_loss)}</b> (no penalty)"
    return (
        f"{name} = data loss <b>{fixed_text(snapshot.train_loss)}</b> + λ <b>{number_text(settings.lam)}</b> × "
        f"penalty {penalty_symbol(settings, snapshot.network)} <b>{fixed_text(snapshot.penalty_value)}</b> = "
        f"<b>{fixed_text(snapshot.objective)}</b>"
    )


def _name_of_objective(snapshot: TrainSnapshot, exact: str) -> str:
    """What stands before its value; ``exact`` for an exact model."""
    if snapshot.last_measured is not None:
        return f"J at epoch {epoch_text(snapshot.measured.epoch)}"
    return exact if snapshot.is_exact else "J"


def shorter_objectives(snapshot: TrainSnapshot, optimum: str) -> tuple[str, ...]:
    """What a line says of the objective that has no room for ``objective_text`` and ``optimum``, fullest first."""
    name, snapshot = _name_of_objective(snapshot, "Exact J"), snapshot.measured
    settings, j = snapshot.settings, f"<b>{fixed_text(snapshot.objective)}</b>"
    end = f" · {escape(optimum)}" if optimum else ""
    if settings.penalty == "none":
        return (f"{name} = {j} (no penalty){end}", f"{name} = {j}{end}", f"{name} = {j}")
    loss, value = f"<b>{fixed_text(snapshot.train_loss)}</b>", f"<b>{fixed_text(snapshot.penalty_value)}</b>"
    lam = f"λ <b>{number_text(settings.lam)}</b>"
    sums = tuple(f"{loss} + {lam} × {called} {value}" for called in ("penalty", "R(W)"))
    return (
        *(f"{name} = {one} = {j}{end}" for one in sums),
        *(f"{name} = {one} = {j}" for one in sums),
        f"{name} = {j}{end}",
        f"{name} = {j}",
    )


RETURNED = "Returned to a branch; the course that was left is one by now (Train, Earlier moments, Branches)."


def gone_on_sentence(epoch: float) -> str:
    """Somebody goes on from an earlier moment."""
    return (
        f"The model is that of epoch {epoch_text(epoch)} again. What came after it is kept as a branch "
        "(Train, Earlier moments, Branches)."
    )


def earlier_sentence(snapshot: TrainSnapshot, now: TrainSnapshot) -> str:
    """Which moment the window shows, and that nothing has happened to the model."""
    pressure = pressure_text(snapshot.settings)
    return (
        f"An earlier moment: epoch {epoch_text(snapshot.epoch)} of {epoch_text(now.epoch)}, {pressure}. "
        "The model itself is untouched and rests at the last one."
    )


def branch_sentence(left: TrainSnapshot, epoch: float) -> str:
    """A course that ended with ``left`` and was left at ``epoch``, for a list of them."""
    return (
        f"Epoch {epoch_text(left.epoch)}, {pressure_text(left.settings)}, training loss "
        f"{number_text(left.train_loss)} (left at epoch {epoch_text(epoch)})"
    )


def pressure_text(settings: TrainSettings) -> str:
    """Penalty and λ in a few words."""
    if settings.penalty == "none":
        return "without a penalty"
    return f"{PENALTY_NAMES[settings.penalty]} with λ {number_text(settings.effective_lam)}"
