"""The dock that holds a lesson, beside the panels in which it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPalette
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from regdesk.views.kit import icons, spacing, theme
from regdesk.views.kit.card_dock import CardDock
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.kit.text_size import make_heading, scaled_px
from regdesk.views.lessons.step_view import StepView

if TYPE_CHECKING:
    from regdesk.core.lessons.view import LessonView

WIDTH_PX = 300
"""For text of the usual size."""


class _Area(QScrollArea):
    """As wide as a line that reads well."""

    def sizeHint(self) -> QSize:
        return QSize(scaled_px(WIDTH_PX), 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled_px(180), 120)


class LessonDock(CardDock):
    """Signals: ``next_requested()``, ``back_requested()``, ``list_requested()``, ``next_lesson_requested()`` for the
    lesson after this one, ``return_requested()`` to what was open before, ``was_left()`` when it is closed; of its step
    ``step`` speaks.
    """

    next_requested = Signal()
    back_requested = Signal()
    list_requested = Signal()
    next_lesson_requested = Signal()
    return_requested = Signal()
    was_left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent, around_px=spacing.SMALL_PX)
        self.setObjectName("lessonDock")
        self.setAccessibleName(self.tr("Lesson"))
        self.setWindowTitle(self.tr("Lesson"))
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        self._place: tuple[str, int, bool] | None = None
        self.setTitleBarWidget(self._make_title())
        self.step = StepView()
        self._area = area = _Area()
        area.setObjectName("lessonArea")
        area.setAccessibleName(self.tr("The step"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.step)
        self._pages = QStackedWidget()
        self._pages.addWidget(area)
        self._pages.addWidget(self._make_end())
        # As the card that it is on.
        body = QWidget()
        for part in (area, self.step, body):
            part.setBackgroundRole(QPalette.ColorRole.Base)
        body.setAutoFillBackground(True)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, stretch=1)
        self._footer = self._make_footer()
        layout.addWidget(self._footer)
        self.setWidget(body)
        self.apply_theme()

    def _make_title(self) -> QWidget:
        bar = QWidget()
        self._title = ElidedLabel()
        self._title.setObjectName("lessonTitle")
        make_heading(self._title)
        self._count = PlainLabel()
        self._count.setObjectName("lessonStepCount")
        self._close = QToolButton()
        self._close.setObjectName("lessonCloseButton")
        self._close.setAccessibleName(self.tr("Leave this lesson"))
        self._close.setToolTip(self.tr("Leave this lesson: panels and controls are put back, the data stay"))
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.was_left)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(spacing.USUAL_PX, spacing.SMALL_PX, spacing.SMALL_PX, spacing.TIGHT_PX)
        layout.addWidget(self._title, stretch=1)
        layout.addWidget(self._count)
        layout.addWidget(self._close)
        return bar

    def _make_footer(self) -> QWidget:
        footer = QWidget()
        self._back = _button("lessonBackButton", self.tr("&Back"), self.tr("The step before"))
        self._next = _button("lessonNextButton", self.tr("&Next"), self.tr("The next step"))
        self._back.clicked.connect(self.back_requested)
        self._next.clicked.connect(self.next_requested)
        layout = QHBoxLayout(footer)
        layout.setContentsMargins(spacing.USUAL_PX, spacing.SMALL_PX, spacing.USUAL_PX, spacing.SMALL_PX)
        layout.addWidget(self._back)
        layout.addStretch(1)
        layout.addWidget(self._next)
        return footer

    def _make_end(self) -> QWidget:
        end = QWidget()
        self._end_text = PlainLabel()
        self._end_text.setObjectName("lessonEndText")
        self._end_text.setWordWrap(True)
        self._following = _button("lessonFollowingButton", "", self.tr("The lesson after this one"))
        others = _button("lessonListButton", self.tr("&All lessons…"), self.tr("The list of lessons"))
        tip = self.tr("The data and settings of before the lesson, with a new run")
        self._return = _button("lessonReturnButton", self.tr("Back to &what was open before"), tip)
        leave = _button("lessonLeaveButton", self.tr("&Close"), self.tr("Leave this lesson"))
        self._following.clicked.connect(self.next_lesson_requested)
        others.clicked.connect(self.list_requested)
        self._return.clicked.connect(self.return_requested)
        leave.clicked.connect(self.was_left)
        layout = QVBoxLayout(end)
        layout.setContentsMargins(spacing.USUAL_PX, spacing.USUAL_PX, spacing.USUAL_PX, spacing.USUAL_PX)
        layout.addWidget(self._end_text)
        for button in (self._following, others, self._return, leave):
            layout.addWidget(button)
        layout.addStretch(1)
        return end

    def show_lesson(self, view: LessonView) -> None:
        """The step at which the reader stands; a new one is read from its top."""
        self._title.show_text(view.title)
        words = self.tr("step {n} of {all}").format(n=view.number, all=view.n_steps)
        self._count.setText("" if view.is_over else f"{view.number} / {view.n_steps}")
        self._count.setAccessibleName("" if view.is_over else words)
        self._pages.setCurrentIndex(int(view.is_over))
        self._footer.setVisible(not view.is_over)
        # Read behind the tab of what is in front of it.
        self.setWindowTitle(self.tr("Lesson ☑") if view.is_done and not view.is_over else self.tr("Lesson"))
        if view.is_over:
            self._show_end(view)
            return
        self.step.show_step(view)
        self._back.setEnabled(view.number > 1)
        text, tip = self._onward_words(view)
        self._next.setText(text)
        self._next.setToolTip(tip)
        self._next.setAccessibleName(tip)
        self._next.setDefault(view.onward != "skip")
        place = (view.title, view.number, view.is_over)
        if place != self._place:
            self._place = place
            self._area.verticalScrollBar().setValue(0)
            # Explain may be in front of it.
            self.raise_()
        else:
            # When it has been laid out.
            QTimer.singleShot(0, self, self._show_newest)

    def _onward_words(self, view: LessonView) -> tuple[str, str]:
        """Of the button that goes on, and of its tip: what is left out is named, and where it ends all the same."""
        if view.onward == "next":
            return self.tr("&Next"), self.tr("The next step")
        if view.onward == "finish":
            return self.tr("&Finish"), self.tr("All is done: to the end of the lesson")
        is_last = view.number == view.n_steps
        if view.question is not None:
            # The task is done and marked so: "Skip" alone looked like the way on.
            tip = self.tr("To the end of the lesson") if is_last else self.tr("The next step")
            return self.tr("&Skip question"), self.tr("{place}, without an answer").format(place=tip)
        if is_last:
            return self.tr("&Skip and end"), self.tr("To the end of the lesson, without doing this step")
        return self.tr("&Skip"), self.tr("The next step, without doing this one")

    def _show_newest(self) -> None:
        newest = self.step.newest
        if newest is not None:
            self._area.ensureWidgetVisible(newest)

    def _show_end(self, view: LessonView) -> None:
        self._place = None
        learnt = self.tr("You have done all of “{title}”.") if view.is_learnt else self.tr("That was “{title}”.")
        rest = self.tr("The data and the model stay as they are; panels and controls are put back when you close this.")
        self._end_text.setText(f"{learnt.format(title=view.title)} {rest}")
        self._following.setVisible(bool(view.next_title))
        self._return.setVisible(view.can_return)
        self._following.setText(self.tr("Next: {title}").format(title=view.next_title.replace("&", "&&")))

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        theme.style_scroll_bars(self._area)
        self._close.setIcon(icons.icon("close"))
        self.step.apply_theme()

    def apply_text_size(self) -> None:
        self.step.apply_text_size()
        self._area.updateGeometry()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.was_left.emit()


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    # The space bar stays with the model for who uses the mouse.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
