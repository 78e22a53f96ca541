"""A rule that chooses λ while the sweep is still under way: λ follows what the rule says until the sweep has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from regdesk.core.words.number_text import number_text

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve

Rule = Literal["best", "one_standard_error"]
NAMES: dict[Rule, str] = {"best": "λ_best", "one_standard_error": "λ_1se"}


class FollowedChoice(QObject):
    """Signals: ``lambda_chosen(float)`` at the choice, and ``lambda_followed(float)`` as often as the rule then chooses
    another λ.

    Whoever sets another λ in between ends it.
    """

    lambda_chosen = Signal(float)
    lambda_followed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rule: Rule | None = None
        self._lam = 0.0

    def choose(self, rule: Rule, curve: SweepCurve) -> None:
        """What ``rule`` says of ``curve`` now, and while it grows what it will say."""
        self._rule = None if curve.is_done else rule
        self._lam = _chosen(rule, curve)
        self.lambda_chosen.emit(self._lam)

    def show_curve(self, curve: SweepCurve | None, is_stale: bool) -> None:
        """What the sweep has found by now; a curve that is done is followed once more, and then no longer."""
        rule = self._rule
        if rule is None or (curve is not None and not len(curve.lambdas)):
            return
        if curve is None or is_stale:
            self._rule = None
            return
        lam = _chosen(rule, curve)
        if curve.is_done:
            self._rule = None
        if lam != self._lam:
            self._lam = lam
            self.lambda_followed.emit(lam)

    def show_lambda(self, lam: float) -> None:
        """The λ in force."""
        if lam != self._lam:
            self._rule = None

    @property
    def words(self) -> str:
        """What is being followed, one sentence; empty when nothing is."""
        if self._rule is None:
            return ""
        return f"λ follows {NAMES[self._rule]}, so far {number_text(self._lam)}, until the sweep has ended."


def _chosen(rule: Rule, curve: SweepCurve) -> float:
    return float(curve.lambdas[getattr(curve, rule)])
