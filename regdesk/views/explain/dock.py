"""The dock that explains what is on screen: empty until somebody opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from regdesk.views.kit import icons, spacing
from regdesk.views.kit.card_dock import CardDock, title_button
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.text_size import make_heading, scaled_px

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.settings.selected import Selected
    from regdesk.views.explain.content import ExplainContent

WIDTH_PX, LEAST_WIDTH_PX, MOST_LEAST_WIDTH_PX = 330, 190, 240
"""What is usual; and the least, which grows with the text only so far: a small window must have room for a panel."""


class ExplainDock(CardDock):
    """Signal: ``opened_or_closed(bool)``, by whoever. What it is told while it is closed it shows when it opens."""

    opened_or_closed = Signal(bool)
    usual_width_px = WIDTH_PX

    def __init__(self) -> None:
        super().__init__(around_px=spacing.SMALL_PX)
        self.setObjectName("explainDock")
        self.setWindowTitle(self.tr("Explain"))
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._content: ExplainContent | None = None
        self._scene: RunScene | None = None
        self._frame: Frame | None = None
        self._selected: Selected = ()
        self._looked_at = ""
        self._make_title()
        self._room = _Room()
        self.setWidget(self._room)
        self.hide()

    def _make_title(self) -> None:
        title = ElidedLabel()
        title.show_text(self.windowTitle())
        make_heading(title)
        self._float = title_button("explainFloat", self.tr("Float this dock, or dock it again"))
        self._close = title_button("explainClose", self.tr("Close; F2 or the Help menu opens it again"))
        self._float.clicked.connect(self._on_float_clicked)
        self._close.clicked.connect(self.close)
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(spacing.USUAL_PX, spacing.SMALL_PX, spacing.SMALL_PX, spacing.TIGHT_PX)
        layout.setSpacing(spacing.TIGHT_PX)
        layout.addWidget(title, stretch=1)
        layout.addWidget(self._float)
        layout.addWidget(self._close)
        self.setTitleBarWidget(bar)

    @property
    def content(self) -> ExplainContent:
        """What it is filled with; made now if nobody has opened it yet."""
        if self._content is None:
            from regdesk.views.explain.content import ExplainContent

            self._content = made = ExplainContent()
            self._room.fill(made)
            made.show_run_scene(self._scene)
            made.show_selected(self._selected)
            made.note_panel(self._looked_at)
            made.show_frame(self._frame)
        return self._content

    def explain(self, topic: str) -> None:
        """Open it at a topic; see ``ExplainContent.choose``."""
        self.open()
        self.content.choose(topic)

    def explain_objective(self) -> None:
        """Open it at what training makes small."""
        self.explain("objective")

    def explain_penalty(self) -> None:
        """Open it at the penalty in force."""
        from regdesk.core.words.explain.on_screen import PENALTY_IN_FORCE

        self.explain(PENALTY_IN_FORCE)

    def explain_panel(self, panel: str, title: str, text: str) -> None:
        """Open it with what one sees in the panel of that object name."""
        from regdesk.views.explain.content import PanelHelp

        self.open()
        self.content.show_help(PanelHelp(panel, title, text))

    def open(self) -> None:
        self.show()
        self.raise_()

    def show_run_scene(self, scene: RunScene) -> None:
        """What the model is trained on."""
        self._scene, self._frame = scene, None
        if self._content is not None:
            self._content.show_run_scene(scene)

    def show_frame(self, frame: Frame | None) -> None:
        """The moment that the window shows, None for none; costs nothing while it is closed."""
        self._frame = frame
        if self._content is not None and self.isVisible():
            self._content.show_frame(frame)

    def show_selected(self, selected: Selected) -> None:
        """What is selected in all panels."""
        self._selected = selected
        if self._content is not None:
            self._content.show_selected(selected)

    def note_panel(self, panel: str) -> None:
        """The panel of that object name was clicked on."""
        self._looked_at = panel
        if self._content is not None:
            self._content.note_panel(panel)

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._float.setIcon(icons.icon("float"))
        self._close.setIcon(icons.icon("close"))
        if self._content is not None:
            self._content.apply_theme()

    def apply_text_size(self) -> None:
        """Take on the size of the text in force."""
        self._room.updateGeometry()
        if self._content is not None:
            self._content.apply_text_size()

    def showEvent(self, event: QShowEvent) -> None:
        self.content.show_frame(self._frame)
        super().showEvent(event)
        self.opened_or_closed.emit(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.opened_or_closed.emit(False)

    def _on_float_clicked(self) -> None:
        self.setFloating(not self.isFloating())


class _Room(QWidget):
    """As wide as is asked for where there is room, and never so wide that panels have none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("explainRoom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        # As the card that it is on.
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def fill(self, content: QWidget) -> None:
        layout = self.layout()
        assert layout is not None
        layout.addWidget(content)

    def sizeHint(self) -> QSize:
        return QSize(scaled_px(WIDTH_PX), scaled_px(WIDTH_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(scaled_px(LEAST_WIDTH_PX), MOST_LEAST_WIDTH_PX), 0)
