"""The sentence of the panel of the weights, and as much of it as has room."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.words.number_text import fixed_text
from regdesk.core.words.run_sentences import too_small_count
from regdesk.views.kit.name_room import whole_parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from regdesk.core.run.snapshot import TrainSnapshot

LAST_NORM = "‖W‖₂"
EDGES_PX = 16
"""Beside the sentence of a panel."""


def weights_sentence(snapshot: TrainSnapshot, is_running: bool, has_outline: bool) -> str:
    """How many weights are alive, both norms, and what is too small; ``has_outline``: of what is frozen."""
    l1 = sum(layer.l1_norm for layer in snapshot.layers)
    l2 = float(np.sqrt(sum(layer.l2_norm**2 for layer in snapshot.layers)))
    norms = f"‖W‖₁ {fixed_text(l1)}, {LAST_NORM} {fixed_text(l2)}"
    # As its rows say it: what is more is said in the tip, and was cut in the smallest window.
    small = f"; {too_small_count(snapshot.n_negligible, is_running)}" if snapshot.n_negligible else ""
    outline = "; frozen outline" if has_outline else ""
    return f"{snapshot.n_alive} of {snapshot.n_weights} alive; {norms}{small}{outline}."


def fitting_sentence(sentence: str, panel: QWidget) -> str:
    """Whole parts of it, as HTML: half a number is another number. Fewer letters come before one norm without the
    other: the penalty may be about either.
    """
    width_px = max(panel.contentsRect().width() - EDGES_PX, 1)
    fitting = whole_parts(sentence, panel.fontMetrics(), width_px)
    if LAST_NORM not in fitting:
        shorter = whole_parts(sentence.replace(" of ", "/", 1), panel.fontMetrics(), width_px)
        fitting = shorter if LAST_NORM in shorter else fitting
    return escape(fitting)
