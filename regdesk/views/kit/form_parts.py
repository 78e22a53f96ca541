"""Parts that the control column and the dialogs are put together from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLayout, QSizePolicy, QWidget

from regdesk.views.kit import spacing
from regdesk.views.kit.plain_text import PlainLabel, tool_tip
from regdesk.views.kit.section import Section
from regdesk.views.kit.slim_box import SlimComboBox


def make_group(title: str) -> tuple[Section, QFormLayout]:
    """A section with a form in it."""
    group = Section(title)
    return group, make_form(group)


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
