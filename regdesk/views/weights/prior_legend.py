"""What stands above the weights while their prior is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.words.penalty_words import prior_text

if TYPE_CHECKING:
    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.weights.prior import WeightPrior


def prior_legend(
    snapshot: TrainSnapshot,
    scene: RunScene | None,
    priors: tuple[WeightPrior | None, ...],
    bars: list[tuple[float, float]],
) -> str:
    """The name of each of ``priors``, or why there is none; ``bars`` are ends of axes and widths of bars."""
    is_noisy = scene is not None and scene.task == "regression"
    text = prior_text(snapshot.settings, priors, bars, is_noisy, snapshot.network.input_factors)
    # The dashes of the curve in front of its name.
    return f"╌╌ {text}" if any(prior is not None for prior in priors) else text
