"""Which λ to begin again with when a network has collapsed: the last at which its weights lived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regdesk.core.types import LEARNING_RATE_RANGE, PenaltyKind, TrainSettings

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.snapshot import TrainSnapshot

LIVED_STEPS = 100
"""A tenth of a second at the default pace: a λ that a drag only passed through has proved nothing."""
DEFAULT_LAMBDA = TrainSettings().lam
FALLBACK_SHARE = 0.1
WORTH = 1e-3
"""The share by which J must lie below that of no model: more than float32 rounds."""
NO_LAMBDA = 1e-5
"""Up to here λ is not what killed a network: it takes a thousandth of what the default λ does."""

FAR_BELOW = 0.5
"""Of a learning rate: a λ that weights lived under at such a one did not kill them."""


@dataclass(frozen=True)
class RestartAdvice:
    """What to begin again with: a λ or, when λ is not to blame, a learning rate.

    Attributes:
        lam: None when the learning rate is to blame.
        has_lived: weights lived under it; else it is a guess.
        too_high_rate: the learning rate that killed; of no meaning with a λ.
    """

    lam: float | None
    has_lived: bool
    too_high_rate: float = float("inf")

    @property
    def lower_rate(self) -> float:
        """A learning rate to try."""
        return _lower_rate(self.too_high_rate)


def _lower_rate(rate: float) -> float:
    return max(float(f"{FALLBACK_SHARE * rate:.3g}"), LEARNING_RATE_RANGE[0])


LambdaAtRate = tuple[float, float]
"""λ and the learning rate at which it was in force."""
Remembered = tuple[tuple[PenaltyKind, tuple[LambdaAtRate, ...]], ...]


@dataclass(frozen=True)
class LivedMemory:
    """All that ``LivedLambdas`` knows but for the latest moment: where weights lived (the last last) and died, what was
    guessed; the hardest pressure since the model was worth its weights; the penalty and λ in force since which step.
    """

    lived: Remembered = ()
    died: Remembered = ()
    guessed: Remembered = ()
    null_loss: float = float("inf")
    suspect: TrainSettings | None = None
    in_force: tuple[PenaltyKind, float] | None = None
    first_step: int = 0
    advice: RestartAdvice | None = None


def null_loss(dataset: Dataset) -> float:
    """Mean training loss of the best constant, on the training scale: J of a network without weights."""
    rows = dataset.split.train
    return dataset.loss_on(rows).null_loss(dataset.standardized_targets(rows), dataset.n_outputs)


class LivedLambdas:
    """Remembers, over runs on the same data and layers, where weights lived and where they died.

    Penalties are kept apart: 0.1 of L1 removes weights that 0.1 of L2 only shrinks, and the group lasso presses
    √|g| times as hard, so that a λ survived under one of them says nothing about another.
    """

    def __init__(self) -> None:
        # Pairs of λ and learning rate.
        self._lived: dict[PenaltyKind, list[tuple[float, float]]] = {}
        self._died: dict[PenaltyKind, set[tuple[float, float]]] = {}
        self._guessed: dict[PenaltyKind, set[tuple[float, float]]] = {}
        self._null_loss = float("inf")
        self._latest: TrainSnapshot | None = None
        # The hardest pressure since the model was last worth its weights.
        self._suspect: TrainSettings | None = None
        self._in_force: tuple[PenaltyKind, float] | None = None
        self._first_step = 0
        self._advice: RestartAdvice | None = None

    @property
    def advice(self) -> RestartAdvice | None:
        """What to begin again with; None while the network has not collapsed."""
        return self._advice

    def memory(self) -> LivedMemory:
        """What is known."""
        lived = tuple((kind, tuple(lives)) for kind, lives in self._lived.items())
        died, guessed = (
            tuple((kind, tuple(sorted(ones))) for kind, ones in known.items()) for known in (self._died, self._guessed)
        )
        return LivedMemory(
            lived, died, guessed, self._null_loss, self._suspect, self._in_force, self._first_step, self._advice
        )

    def bring_back(self, memory: LivedMemory) -> None:
        """Know what ``memory`` does and nothing else; the latest moment is still to come."""
        self._lived = {kind: list(lives) for kind, lives in memory.lived}
        self._died, self._guessed = (
            {kind: set(ones) for kind, ones in known} for known in (memory.died, memory.guessed)
        )
        self._null_loss, self._suspect, self._latest = memory.null_loss, memory.suspect, None
        self._in_force, self._first_step, self._advice = memory.in_force, memory.first_step, memory.advice

    def begin_run(self, null_loss: float) -> None:
        """A new run; ``null_loss`` as the function of that name."""
        self._null_loss = null_loss
        self._latest = self._suspect = self._in_force = self._advice = None

    def note_snapshot(self, snapshot: TrainSnapshot) -> None:
        """The newest moment of the run."""
        settings = snapshot.settings
        if (settings.penalty, settings.lam) != self._in_force:
            self._in_force, self._first_step = (settings.penalty, settings.lam), snapshot.step
        # A collapse is seen some time after it has happened: its biases settle first, and λ may have moved meanwhile.
        if self._suspect is None or not snapshot.step or self._is_worth_its_weights(snapshot):
            self._suspect = settings
        else:
            self._suspect = max(self._suspect, settings, key=lambda one: one.effective_lam)
        if not snapshot.is_collapsed:
            self._advice = None
        elif self._advice is None:
            self._advice = self._advice_after(self._suspect)
        self._latest = snapshot

    def note_gesture(self) -> None:
        """The user begins to change what presses on the model: was there life under what was in force until now?"""
        latest = self._latest
        if latest is None or not self._is_worth_its_weights(latest) or latest.step - self._first_step < LIVED_STEPS:
            return
        lives = self._lived.setdefault(latest.settings.penalty, [])
        life = (latest.settings.lam, latest.settings.learning_rate)
        if life in lives:
            lives.remove(life)
        lives.append(life)

    def _is_worth_its_weights(self, snapshot: TrainSnapshot) -> bool:
        """Whether J is below that of no model at all, from where steps that lower J cannot lead to W = 0.

        That weights are not zero would prove nothing: under L2 they die for thousands of steps.
        """
        is_sound = not (snapshot.is_collapsed or snapshot.has_diverged)
        return is_sound and snapshot.objective < (1.0 - WORTH) * self._null_loss

    def _advice_after(self, killer: TrainSettings) -> RestartAdvice:
        lam, rate = killer.effective_lam, killer.learning_rate
        deaths = self._died.setdefault(killer.penalty, set())
        deaths.add((lam, rate))
        # What a network did not survive at some learning rate it may at a lower one.
        died = {one for one, at in deaths if at <= rate}
        lives = self._lived.get(killer.penalty, [])
        lived = [one for one, _ in lives if one < lam and one not in died]
        if lived:
            return RestartAdvice(lived[-1], has_lived=True)
        guesses = self._guessed.setdefault(killer.penalty, set())
        is_rate = lam <= NO_LAMBDA or any(lam <= guess and at <= rate for guess, at in guesses)
        is_rate |= any(lam <= one and at < FAR_BELOW * rate for one, at in lives)
        if is_rate and _lower_rate(rate) < rate:
            return RestartAdvice(None, False, rate)
        lowest = min(died)
        is_default = lowest > DEFAULT_LAMBDA or lowest <= 0
        guess = DEFAULT_LAMBDA if is_default else float(f"{FALLBACK_SHARE * lowest:.3g}")
        guesses.add((guess, rate))
        return RestartAdvice(guess, has_lived=False)
