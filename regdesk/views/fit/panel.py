"""The fit against the data: curves, a map, predicted against actual, ROC and scores, or a confusion matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from regdesk.core.fit.scene import is_same_picture
from regdesk.core.fit.tools import NO_TOOLS
from regdesk.views.fit.help import help_text, title_of
from regdesk.views.fit.picture_actions import PictureActions
from regdesk.views.fit.picture_row import FitPictureRow
from regdesk.views.fit.tools_fold import ToolsFold
from regdesk.views.fit.tools_row import FitToolsRow
from regdesk.views.kit import spacing
from regdesk.views.kit.text_size import heading_font
from regdesk.views.plots.panel import Panel

if TYPE_CHECKING:
    from regdesk.core.fit.cloud import FitCloud
    from regdesk.core.fit.scene import FitFrame, FitScene
    from regdesk.core.fit.tools import PointTools
    from regdesk.core.run.frame import Frame
    from regdesk.core.settings.configuration import ViewSettings
    from regdesk.views.fit.stage import FitStage

SIDE_BY_SIDE_FROM = 1.0
"""Width over height of the panel from which on ROC and histogram stand side by side."""


class DataFitPanel(Panel):
    """Training rows filled, validation rows open, the model as curves, a map, a ROC or a matrix.

    Signals: ``picture_chosen(object)`` with the columns of a slice, a tuple that is empty for the automatic picture;
    ``row_chosen(int)`` with the number, among the rows of the dataset, of one that was clicked on;
    ``point_moved(int, object)`` with such a number and new values by column, ``point_added(object)`` with the values of
    a new row, ``point_removed(int)``, ``copy_left()``, ``degree_chosen(int)``;
    ``refused(str)`` with a sentence; ``settings_chosen(object)`` with the values of settings by path.
    """

    picture_chosen = Signal(object)
    row_chosen = Signal(int)
    point_moved = Signal(int, object)
    point_added, point_removed = Signal(object), Signal(int)
    copy_left = Signal()
    degree_chosen = Signal(int)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "dataFitPanel",
            "Data fit",
            "The rows and the model's answer to them. The line under the title says which marks are training rows and "
            "which validation rows, and how good the answer is.",
            "Open a file or a sample to begin.",
        )
        self._stage: FitStage | None = None
        self._scene: FitScene | None = None
        self._frozen: FitFrame | None = None
        self._cloud: tuple[FitCloud | None, bool, bool] = (None, False, False)
        self._shows_spread = False
        self._picture_row = FitPictureRow()
        self._picture_row.picture_chosen.connect(self.picture_chosen)
        self._tools_row = FitToolsRow()
        self._tools_row.degree_chosen.connect(self.degree_chosen)
        self._tools_row.copy_left.connect(self.copy_left)
        self._tools_row.resampling.settings_chosen.connect(self.settings_chosen)
        self._tools_row.refused.connect(self.refused)
        content, room = QWidget(), QWidget()
        self._plots = QBoxLayout(QBoxLayout.Direction.LeftToRight, room)
        self._plots.setContentsMargins(0, 0, 0, 0)
        self._plots.setSpacing(spacing.SMALL_PX)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.TIGHT_PX)
        self._fold = ToolsFold(self._picture_row, self._tools_row)
        layout.addWidget(self._fold)
        layout.addWidget(room, 1)
        self._actions = PictureActions(self)
        self._actions.kind_chosen.connect(self._picture_row.choose_kind)
        self._actions.settings_chosen.connect(self._on_rows_chosen)
        self.set_content(content)

    def build(self) -> None:
        if self._stage is not None:
            return
        from regdesk.views.fit.point_actions import PointActions
        from regdesk.views.fit.point_editing import PointEditing, PointView
        from regdesk.views.fit.stage import FitStage
        from regdesk.views.plots.axes import quiet_plot
        from regdesk.views.plots.steady_plots import plot_parts

        self._view = PointView(**plot_parts())
        self._plot = self._view.getPlotItem()
        quiet_plot(self._plot, "", "")
        self._plots.addWidget(self._view, 1)
        self.add_view(self._view)
        self._view.scene().sigMouseClicked.connect(self._on_scene_clicked)
        stage = self._stage = FitStage(self._view, self._plots, self.add_view)
        self._numbers = stage.numbers
        self._editing = PointEditing(self._view, stage, self._tools_row)
        self._editing.moved.connect(self.point_moved)
        self._editing.added.connect(self.point_added)
        self._editing.removed.connect(self.point_removed)
        self._point_actions = PointActions(self, self._editing)

    def menu_actions(self) -> list[QAction]:
        own = self._point_actions.of(self._scene) if self._stage is not None else []
        return [*own, *self._actions.of_scene(self._scene), self._tools_row.back_action]

    def show_tools(self, tools: PointTools | None) -> None:
        """What can be done to the points of the data in force; None: there are none."""
        self._tools_row.show_tools(tools or NO_TOOLS)
        self.show_again()

    def show_resampling(self, no_resample: str) -> None:
        """As ``FitToolsRow.show_resampling``."""
        self._tools_row.show_resampling(no_resample)

    def show_cloud(self, cloud: FitCloud | None, is_stale: bool, is_working: bool) -> None:
        """Fits of other samples; ``is_stale``: of another λ than is in force. None: there are none, or none yet."""
        self._cloud = cloud, is_stale, is_working
        self._draw_cloud()
        self.show_again()

    def _draw_cloud(self) -> None:
        cloud, is_stale, _ = self._cloud
        if self._stage is not None:
            shown = cloud if cloud is not None and cloud.scene is self._scene else None
            self._stage.cloud.show(shown, is_stale, self._shows_spread)

    def show_view_settings(self, view: ViewSettings) -> None:
        super().show_view_settings(view)
        self._tools_row.resampling.show_view_settings(view)
        if self._actions.show_view_settings(view):
            self._show_chosen_rows()
            self.show_again()
        if view.shows_spread != self._shows_spread:
            self._shows_spread = view.shows_spread
            self._draw_cloud()
            self.show_again()

    def show_scene(self, scene: FitScene) -> None:
        """Draw what stands still and fix the axes; a ghost stays where it can be compared."""
        before, self._scene = self._scene, scene
        if self._frame is None:
            self._say_waiting()
        # In another picture of the same model the sentence stays until the next frame.
        self.forget_frame()
        if self._frozen is not None:
            from regdesk.views.fit.ghost import as_comparable

            self._frozen = as_comparable(self._frozen, scene)
        self.set_title(title_of(scene))
        self.set_help(help_text(scene))
        self._picture_row.show_scene(scene)
        self._tools_row.show_scene(scene)
        self._draw_scene(scene, before is not None and before.copy != scene.copy and is_same_picture(before, scene))

    def _say_waiting(self) -> None:
        if self._scene is not None or self._obstacle:
            self._invite("The model appears with its first step.", "Press Run to see the model fit these rows.")

    def _draw_scene(self, scene: FitScene, goes_on: bool = False) -> None:
        """All that stands still, in the colours in force; ``goes_on``: the answer stays until there is another."""
        self.build()
        assert self._stage is not None
        self._stage.show_scene(scene, goes_on, self._editing.is_dragging)
        self._editing.show_scene(scene)
        self._show_ghost()
        self._draw_cloud()
        self._show_chosen_rows()

    def _fit_of(self, frame: Frame | None) -> FitFrame | None:
        """The fit of a frame, if it is of the scene that is drawn: one that was under way may be of another."""
        if frame is None or frame.snapshot.fit.scene is not self._scene:
            return None
        return frame.snapshot.fit

    def draw(self, frame: Frame) -> None:
        scene, fit = self._scene, self._fit_of(frame)
        if scene is None or fit is None or self._stage is None:
            return
        self._stage.show_frame(scene, fit, *self._actions.chosen_rows)

    def draw_words(self, frame: Frame) -> None:
        scene, fit = self._scene, self._fit_of(frame)
        if scene is not None and fit is not None and self._stage is not None:
            self._stage.show_words(scene, fit)

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        scene, fit = self._scene, self._fit_of(frame)
        if scene is None or fit is None:
            return self.readout, self._readout.text()
        from regdesk.core.words.verdict_words import short_verdict
        from regdesk.views.fit.cloud_picture import cloud_sentence
        from regdesk.views.fit.readout import (
            confusion_sentence,
            frozen_sentence,
            key_line,
            new_rows_sentence,
            score_sentence,
            slice_sentence,
            wrapped,
        )

        score = score_sentence(scene, fit)
        if frame.verdict is not None:
            # On the line of the figures: a line of its own would move the picture when it comes and goes.
            score = f"{score} {short_verdict(frame.verdict)}"
        sentences = [score, new_rows_sentence(scene, frame.new_rows)]
        if scene.kind == "confusion":
            sentences.append(confusion_sentence(scene, fit))
        sentences += [
            self._tools_row.tools.copy,
            cloud_sentence(*self._cloud, self._shows_spread),
            slice_sentence(scene),
            frozen_sentence(scene, self._frozen),
        ]
        sentences = list(filter(None, sentences))
        width_px, bold = self._readout.width(), heading_font(self.font())
        key = key_line(scene, self._numbers.levels, QFontMetrics(bold), width_px)
        # Within a tag no word is a link: a corner of a cell is none of the diamond, and a class may be called "zero".
        parts = [key and f"<span>{key}</span>", wrapped(sentences, self.fontMetrics(), width_px)]
        return " ".join(sentences), "<br>".join(filter(None, parts))

    @property
    def has_ghost(self) -> bool:
        return self._frozen is not None

    @property
    def ghost(self) -> FitFrame | None:
        return self._frozen

    def show_ghost(self, ghost: FitFrame | None) -> None:
        if ghost is not self._frozen:
            self._frozen = ghost
            self._show_ghost()
            self.show_again()

    def ghost_of(self, frame: Frame) -> FitFrame | None:
        from regdesk.views.fit.ghost import as_comparable

        return as_comparable(frame.snapshot.fit, self._scene)

    def _show_ghost(self) -> None:
        if self._stage is not None:
            self._stage.show_ghost(self._frozen if self._scene is not None else None)

    def apply_theme(self) -> None:
        self._fold.apply_theme()
        if self._scene is not None:
            self._draw_scene(self._scene)
        super().apply_theme()

    def value_at(self, view: Any, place: QPointF) -> str | None:
        scene, fit = self._scene, self._fit_of(self._frame)
        box = view.getPlotItem().getViewBox()
        if scene is None or self._stage is None or not box.sceneBoundingRect().contains(place):
            return None
        from regdesk.views.fit.hover import Pointer, bin_text, picture_text

        where, pixel = box.mapSceneToView(place), box.viewPixelSize()
        pointer = Pointer(where.x(), where.y(), pixel[0], pixel[1])
        scores = self._stage.scores
        if scores is not None and view is scores.view:
            two = fit.scores_of_two if fit is not None else None
            before = self._frozen.scores_of_two if self._frozen is not None else None
            return bin_text(scene, two, before.counts if before else None, pointer.x) if two else None
        return picture_text(scene, fit, self._frozen, pointer, self._stage.points, bool(self._exact_mark))

    def _on_scene_clicked(self, event: Any) -> None:
        """A point that is clicked on is its row, unless points are moved."""
        row = self._editing.row_clicked_on(event) if event.button() == Qt.MouseButton.LeftButton else None
        if row is not None:
            self.row_chosen.emit(row)

    def _show_chosen_rows(self) -> None:
        if self._stage is not None and self._scene is not None:
            self._stage.show_rows(self._scene, *self._actions.chosen_rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold.fit_height(self.height())
        is_wide = self.width() > SIDE_BY_SIDE_FROM * self.height()
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if direction != self._plots.direction():
            self._plots.setDirection(direction)
        if self._frame is not None:
            # Its lines are cut to the width.
            self._say_frame(self._frame)

    def _on_rows_chosen(self, values: dict[str, bool]) -> None:
        self.settings_chosen.emit(values)
        self._show_chosen_rows()
        self.show_again()
