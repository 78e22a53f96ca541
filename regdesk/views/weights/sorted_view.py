"""Weights by size: the live model's, or those of three penalties side by side, with what is folded away in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from regdesk.core.rounding import round_limit
from regdesk.core.weights.by_size import Ranking, ranking_of
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.following_range import FollowingRange, Patience
from regdesk.views.weights.column_titles import ColumnTitles
from regdesk.views.weights.sorted_bars import EMPTY, BarRows, SortedBars

if TYPE_CHECKING:
    from regdesk.core.model.side_by_side import SideBySide
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Float64s
    from regdesk.core.weights.named_weights import NamedWeights

RESORT_FRAMES = 20
"""While a model trains the order is another so seldom that a line can be read before it goes."""
MOST_FOLDED = 40
"""Names of zeros that are told; of more only how many."""
START = 1e-3
FINE_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Ends of an axis that stands still: of the solutions at one λ."""


class SortedView(QWidget):
    """Signal: ``weight_selected(int)``, the position among all parameters of the weight that was clicked on."""

    weight_selected = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.bars = SortedBars()
        self.bars.weight_selected.connect(self.weight_selected)
        self.titles = ColumnTitles(self.bars)
        self.area = QScrollArea()
        self.area.setObjectName("sortedWeightsArea")
        self.area.setAccessibleName(self.tr("Weights by size"))
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.bars)
        self.bars.setBackgroundRole(QPalette.ColorRole.Base)
        self.area.setBackgroundRole(QPalette.ColorRole.Base)
        self.folded = ElidedLabel()
        self.folded.setObjectName("foldedWeights")
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.TIGHT_PX)
        for widget, stretch in ((self.titles, 0), (self.area, 1), (self.sentence, 1), (self.folded, 0)):
            layout.addWidget(widget, stretch)
        self._weights: NamedWeights | None = None
        self._ranking: Ranking | None = None
        self._patience = Patience(RESORT_FRAMES)
        self._range = FollowingRange(START)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        theme.style_scroll_bars(self.area)
        quiet = f"color: {theme.colours().quiet_text}"
        for label in (self.folded, self.sentence):
            label.setStyleSheet(quiet)
        self.bars.update()
        self.titles.update()

    def reset(self) -> None:
        """Empty, for a new run with an order and an axis of its own."""
        self._weights = self._ranking = None
        self._range.reset()
        self._patience.begin_again()
        self.bars.show_rows(EMPTY)
        self.folded.show_text("")

    def show_sentence(self, sentence: str) -> None:
        """Why there is nothing to be drawn."""
        self.sentence.setText(sentence)
        for widget in (self.titles, self.area, self.folded):
            widget.setVisible(not sentence)
        self.sentence.setVisible(bool(sentence))

    def show_snapshot(self, snapshot: TrainSnapshot, weights: NamedWeights, n_frames: int) -> None:
        """The weights of a moment, which ``weights`` names; ``n_frames`` have passed since the last."""
        self.show_sentence("")
        values = snapshot.parameters[weights.positions].astype(np.float64)[:, np.newaxis]
        if weights is not self._weights:
            self._weights, self._ranking = weights, None
        known = self._ranking
        if known is None or self._patience.is_over(True, n_frames):
            known = self._ranking = ranking_of(values)
        largest = float(np.abs(values).max(initial=0.0))
        self._range.follow(largest, n_frames=n_frames)
        self.titles.show_titles((), self._range.top)
        self._show(weights, values, known, self._range.top)
        self.folded.show_text(self._folded_text(weights, known, snapshot.n_too_small))

    def show_comparison(self, found: SideBySide, weights: NamedWeights) -> None:
        """The solutions under three penalties, every weight on one line."""
        self.show_sentence("")
        values = found.weights
        ranking = ranking_of(values)
        # Whatever is zero under all three belongs to the picture: it is what they agree on.
        every = Ranking(np.concatenate([ranking.listed, ranking.zeros]), ranking.n_more, ranking.zeros[:0])
        limit = round_limit(max(float(np.abs(values).max(initial=0.0)), START), FINE_STEPS)
        n_alive = np.count_nonzero(values, axis=0)
        names = (PENALTY_NAMES["l1"], PENALTY_NAMES["l2"], PENALTY_NAMES["elastic-net"])
        titles = tuple(
            (self.tr("{name}: {alive} of {all} alive").format(name=name, alive=alive, all=len(values)), name)
            for name, alive in zip(names, n_alive, strict=True)
        )
        self.titles.show_titles(titles, limit)
        self._weights, self._ranking = None, None
        self._show(weights, values, every, limit)
        more = self.tr("{n} more weights are not listed.").format(n=ranking.n_more) if ranking.n_more else ""
        self.folded.show_text(more)

    def show_selected(self, positions: frozenset[int]) -> None:
        """The weights at ``positions`` among all parameters are selected."""
        self.bars.show_selected(positions)

    def data_columns(self, axis_words: str) -> list[Column]:
        """What is listed, by name."""
        rows = self.bars.rows
        titles = self.titles.names or (axis_words,)
        return [
            Column(self.tr("input or connection"), rows.names),
            *(Column(title, column) for title, column in zip(titles, rows.values.T, strict=True)),
        ]

    def _show(self, weights: NamedWeights, values: Float64s, ranking: Ranking, limit: float) -> None:
        listed = ranking.listed.tolist()
        self.bars.show_rows(
            BarRows(
                tuple(weights.name(number) for number in listed),
                values[listed],
                tuple(int(weights.positions[number]) for number in listed),
                limit,
            )
        )

    def _folded_text(self, weights: NamedWeights, ranking: Ranking, n_too_small: int) -> str:
        """Which weights are gone, in one line; the tool tip has all of it."""
        parts = []
        if ranking.n_more:
            parts.append(self.tr("{n} more are not zero").format(n=ranking.n_more))
        zeros = [weights.name(number) for number in ranking.zeros[:MOST_FOLDED].tolist()]
        if len(ranking.zeros) > MOST_FOLDED:
            zeros.append("…")
        if zeros:
            form = self.tr("{n} at zero: {names}") if not n_too_small else self.tr("{n} at zero or next to it: {names}")
            parts.append(form.format(n=len(ranking.zeros), names=", ".join(zeros)))
        return "; ".join(parts)
