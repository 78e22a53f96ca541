"""Parts that the control column and the dialogs are put together from."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QGroupBox, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from regdesk.views.kit import spacing, theme
from regdesk.views.kit.plain_text import PlainLabel, tool_tip
from regdesk.views.kit.slim_box import SlimComboBox
from regdesk.views.kit.text_size import heading_font


class Section(QGroupBox):
    """Controls under a heading, a bold name and a line beside it, with no frame around them.

    For who does not see it a group box with its title; without a title only what is in it is seen.
    """

    def paintEvent(self, _event: QPaintEvent) -> None:
        title = self.title()
        if not title:
            return
        font = heading_font(self.font())
        metrics = QFontMetrics(font)
        # As far out as what stands under it.
        room = QRect(self.contentsRect().left(), 0, self.contentsRect().width(), metrics.height())
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        start = room.left() + metrics.horizontalAdvance(shown) + spacing.USUAL_PX
        middle = room.center().y() + 1
        painter.setPen(QColor(theme.colours().grid))
        painter.drawLine(start, middle, room.right(), middle)
        painter.end()


def make_group(title: str) -> tuple[Section, QFormLayout]:
    """A section with a form in it."""
    group = Section(title)
    return group, make_form(group)


def make_section(title: str, part: QWidget) -> Section:
    """A section with ``part`` in it."""
    section = Section(title)
    layout = QVBoxLayout(section)
    keep_to_grid(layout)
    layout.addWidget(part)
    return section


def keep_to_grid(layout: QLayout) -> None:
    """Of what is in a section: it stands under the heading, and as far out."""
    layout.setContentsMargins(0, spacing.SMALL_PX, 0, spacing.SMALL_PX)


def make_form(parent: QWidget | None = None) -> QFormLayout:
    form = QFormLayout(parent) if parent is not None else QFormLayout()
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setVerticalSpacing(spacing.SMALL_PX)
    if isinstance(parent, Section):
        keep_to_grid(form)
    # Large text in a narrow column: a name stands above its field rather than cut it off.
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return form


def make_paragraph() -> QLabel:
    """Plain text on as many lines as it needs."""
    label = PlainLabel()
    label.setWordWrap(True)
    # A long name has no place to wrap; it must not widen the column.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def name_widget(widget: QWidget, object_name: str, accessible_name: str, tip: str) -> None:
    widget.setObjectName(object_name)
    widget.setAccessibleName(accessible_name)
    widget.setAccessibleDescription(tip)
    widget.setToolTip(tool_tip(tip))


class CalmComboBox(SlimComboBox):
    """Leaves the wheel to what scrolls around it: a notch in passing must not begin a new run."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def make_combo(object_name: str, accessible_name: str, tip: str) -> QComboBox:
    box = CalmComboBox()
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    name_widget(box, object_name, accessible_name, tip)
    return box
