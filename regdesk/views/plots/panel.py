"""What every panel shares: one sentence that says what one sees, the plot, values on hover, a menu, help and themes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from regdesk.core.run.pace import Part
from regdesk.core.words.explain.word_links import own_words, with_topic_links
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.plain_text import title_text, tool_tip
from regdesk.views.kit.readout_label import ReadoutRoom, SentenceLabel
from regdesk.views.kit.text_size import text_scale
from regdesk.views.plots.panel_views import PanelViews

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdesk.core.run.frame import Frame
    from regdesk.views.plots.data_columns import Column


LEAST_PX, LEAST_TEXT_PX = (140, 90), (140, 90)
"""Width and height of the smallest panel in which a picture can be read: so much, and so much more for the text at its
usual size."""


class Panel(PanelViews):
    """Base of the panels; ``readout`` is the sentence under the title, which is the window title of the panel.

    A panel that cannot be seen keeps its sentence current and draws when it is seen again. Subclasses give
    ``sentence`` and ``draw`` (Qt's metaclass leaves no room for that of abstract classes), and where they have them
    ``build``, ``draw_words``, ``value_at``, ``fit_axes``, ``menu_actions``, ``apply_theme`` and, of what can be frozen,
    ``ghost``, ``ghost_of`` and ``show_ghost``.
    """

    picture_requested, data_requested = Signal(), Signal()
    """Somebody wants to save its picture, or to copy the numbers behind it."""
    help_requested = Signal()
    """Somebody wants to know what one sees in it."""
    link_clicked = Signal(str)
    """Somebody wants to know what a word of its readout means; with the address of its topic."""
    shows_the_model = True
    """Whether it draws the model of the moment, and not the course of a run or a sweep."""
    curves = Part.RUN_CURVES
    """Which part of the window the curves are that it draws if it draws no model."""

    def __init__(self, object_name: str, title: str, description: str, empty_readout: str) -> None:
        super().__init__(object_name)
        self.setAccessibleDescription(description)
        self.set_title(title)
        self._help_text = description
        self.setWhatsThis(tool_tip(description))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._frame: Frame | None = None
        # Since the picture was last drawn, the newest one counted: what is patient counts them. A frame that is drawn
        # once more is none: whoever looks at a model at rest moves no axis.
        self._n_frames = 0
        self._is_running, self._obstacle = False, ""
        self._readout = SentenceLabel(empty_readout)
        self._readout.linkActivated.connect(self.link_clicked)
        # What stands in the readout before words in it became links, which takes time ten times a second.
        self._unlinked: tuple[str, str | None] = (empty_readout, None)
        # Words that are no links, as names in the data have them.
        self._own_words: frozenset[str] = frozenset()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(spacing.USUAL_PX, spacing.SMALL_PX, spacing.USUAL_PX, spacing.SMALL_PX)
        layout.setSpacing(spacing.TIGHT_PX)
        self._readout_room = ReadoutRoom(self._readout)
        self._may_have_readout = self._wants_readout = True
        # At the top also before there is a picture beneath.
        layout.addWidget(self._readout_room, alignment=Qt.AlignmentFlag.AlignTop)
        self._style_readout()

    def minimumSizeHint(self) -> QSize:
        width_px, height_px = (
            round(fixed + text_scale() * text) for fixed, text in zip(LEAST_PX, LEAST_TEXT_PX, strict=True)
        )
        return super().minimumSizeHint().expandedTo(QSize(width_px, height_px))

    def build(self) -> None:
        """Make what the first paint need not wait for, once; what a panel is shown before is drawn then."""

    def building(self) -> Iterator[None]:
        """``build`` and what else can be made ahead of the first frame, with a stop after each 20 to 40 ms of it."""
        self.build()
        yield

    def set_help(self, text: str) -> None:
        """What one sees, where it is known only after construction."""
        self._help_text = text
        self.setAccessibleDescription(text)
        self.setWhatsThis(tool_tip(text))

    def set_title(self, title: str) -> None:
        if title_text(title) != self.windowTitle():
            self.setWindowTitle(title_text(title))
            self.setAccessibleName(safe_line(title))

    @property
    def readout(self) -> str:
        return self._readout.sentence

    @property
    def help_text(self) -> str:
        """What one sees, in a few sentences."""
        return self._help_text

    def set_readout(self, sentence: str, rich: str | None = None) -> None:
        """``rich`` is the same sentence with colours. Words of it that have a topic become links."""
        if (sentence, rich) != self._unlinked:
            self._unlinked = (sentence, rich)
            self._readout.show_sentence(sentence, with_topic_links(sentence, rich, self._own_words))

    def leave_unlinked(self, names: tuple[str, ...]) -> None:
        """Words that ``names`` in the data have as well lead nowhere from the next sentence on."""
        self._own_words = own_words(names)

    def show_readout(self, is_shown: bool) -> None:
        """Whether the sentence may stand above the picture; in a picture to take away it may stand elsewhere."""
        self._may_have_readout = is_shown
        self._readout_room.setVisible(is_shown and self._wants_readout)

    def _want_readout(self, is_wanted: bool) -> None:
        """Whether the panel itself has use for the sentence above its picture."""
        self._wants_readout = is_wanted
        self._readout_room.setVisible(is_wanted and self._may_have_readout)

    @property
    def part(self) -> Part:
        """Which part of the window its picture is."""
        return Part.PICTURES if self.shows_the_model else self.curves

    @property
    def is_seen(self) -> bool:
        """Whether anybody can see any of it."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    def show_frame(self, frame: Frame, due: Part = Part.ALL, n_frames: int = 1) -> None:
        """Say what is so at this moment, and draw it if anybody can see it; as much of both as is ``due``.

        A new one counts for ``n_frames`` with what is patient.
        """
        if frame is not self._frame:
            self._frame = frame
            self._n_frames += n_frames
        if Part.WORDS in due:
            self._say_frame(frame)
        if not self.is_seen:
            # What nobody saw was waited for by nobody.
            self._n_frames = 0
            return
        if self.part in due:
            self._draw_frame(frame)
            # The picture may have moved under a pointer at rest.
            self._read_pointer()
        if Part.WORDS in due:
            self.draw_words(frame)

    def forget_frame(self) -> None:
        """A new run begins: what was shown is no longer so."""
        self._frame = None
        self.forget_picture()

    def show_again(self) -> None:
        """Draw the newest frame once more: the panel is seen again, or in other colours."""
        if self._frame is not None:
            self._say_frame(self._frame)
            self._draw_frame(self._frame)
            self.draw_words(self._frame)

    def _draw_frame(self, frame: Frame) -> None:
        self.build()
        self.draw(frame)
        if self.settle_picture():
            self.draw(frame)
        self._n_frames = 0

    def _say_frame(self, frame: Frame) -> None:
        plain, rich = self.sentence(frame)
        mark = self._exact_mark
        # What belongs to another picture keeps the sentence that it has.
        if mark and not plain.startswith(mark):
            plain, rich = f"{mark} {plain}", f"<b>{mark}</b> {escape(plain) if rich is None else rich}"
        self.set_readout(plain, rich)

    @property
    def _exact_mark(self) -> str:
        """What the readout begins with while an exact model stands in for the paused one; empty at other times."""
        is_exact = self._frame is not None and self._frame.snapshot.is_exact and self.shows_the_model
        return self.tr("Exact optimum:") if is_exact else ""

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        """The readout of a frame, plain and with colours (None: the same)."""
        raise NotImplementedError

    def draw(self, frame: Frame) -> None:
        """Bring the picture to a frame."""
        raise NotImplementedError

    def draw_words(self, frame: Frame) -> None:
        """Bring the numbers in the picture to a frame that is drawn."""

    def show_running(self, is_running: bool) -> None:
        """Whether Run is pressed, for what a panel says as long as it has nothing to show."""
        self._is_running = is_running
        if self._frame is None:
            self._say_waiting()

    def show_obstacle(self, sentence: str) -> None:
        """Why nothing can be trained yet, empty where it can: Run would do nothing, and no panel asks for it."""
        self._obstacle = sentence
        if self._frame is None:
            self._say_waiting()

    def _invite(self, first: str, invitation: str) -> None:
        """Say that the ``first`` step is to come, or what would begin it; what stands in the way comes before both."""
        self.set_readout(self._obstacle or (first if self._is_running else invitation))

    def _say_waiting(self) -> None:
        """Say what is waited for, where nothing has been shown yet."""

    @property
    def has_ghost(self) -> bool:
        """Whether a frozen picture is left behind what is drawn."""
        return False

    @property
    def ghost(self) -> object:
        """What is frozen, as a value that ``show_ghost`` takes; None where nothing is."""
        return None

    def ghost_of(self, frame: Frame) -> object:
        """What freezing ``frame`` leaves; None where there is nothing to be left."""
        return None

    def show_ghost(self, ghost: Any) -> None:
        """Have ``ghost``, which was once this panel's, behind what is drawn; None for nothing."""

    def data_columns(self) -> list[Column]:
        """The numbers behind the picture; of a panel that does not say its own, those that its items hold."""
        from regdesk.views.plots.item_columns import columns_of_items

        return columns_of_items(self, self._views)

    def freeze(self) -> None:
        """Leave a ghost of the present picture behind what comes."""
        ghost = None if self._frame is None else self.ghost_of(self._frame)
        if ghost is not None:
            self.show_ghost(ghost)

    def thaw(self) -> None:
        """Take the ghost away."""
        self.show_ghost(None)

    @property
    def picture_growth(self) -> float:
        """By which factor the sheet of a picture has to grow for all that belongs into it; 1 for none."""
        return 1.0

    def show_as_picture(self, is_picture: bool) -> None:
        """Whether it is on the sheet of a picture, without its controls: what they say must be read elsewhere."""

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._style_readout()
        self.restyle_views()
        self.show_again()

    def apply_text_size(self) -> None:
        """Take on the size of the text in force."""
        self.resize_texts()
        self.updateGeometry()
        self.show_again()

    def menu_actions(self) -> list[QAction]:
        """The panel's own entries of the menu that its dock opens, topmost."""
        return []

    def show_help(self) -> None:
        """Ask for what one sees to be explained."""
        self.help_requested.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_again()

    def _style_readout(self) -> None:
        self._readout.setStyleSheet(f"color: {theme.colours().quiet_text}")
