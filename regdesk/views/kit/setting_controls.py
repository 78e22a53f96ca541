"""Controls of settings: their names, tips, entries and bounds are those of the table of settings."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QLocale, QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLayout, QSlider, QWidget

from regdesk.core.settings.setting_kinds import Choice, Number, Truth, Whole
from regdesk.core.settings.settings_table import setting_at
from regdesk.views.kit.check_outline import OutlinedCheckBox
from regdesk.views.kit.form_parts import make_combo, name_widget
from regdesk.views.kit.number_edit import ValueEdit, entry_parser
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.slim_box import SlimComboBox, make_slim_box
from regdesk.views.kit.toggle_button import ToggleButton

MOST_DECIMALS, USUAL_DIGITS = 6, 10
KEY_ROOM_PX = 2


def name_setting(widget: QWidget, path: str) -> None:
    """Give the control of the setting at ``path`` its object name, its name for a reader and its tip."""
    setting = setting_at(path)
    name_widget(widget, setting.control, setting.label, setting.tip or setting.label)


def add_setting_row(form: QFormLayout, path: str, field: QWidget | QLayout) -> None:
    """A row of a form with the setting's caption before ``field``."""
    form.addRow(setting_at(path).beside, field)
    # Qt measures a text that has a key a little too narrow, and would cut its last letter.
    form.labelForField(field).setContentsMargins(0, 0, KEY_ROOM_PX, 0)


def entries_of(path: str) -> tuple[tuple[Any, str, str], ...]:
    """Of each entry of the setting's list the value, the text and the tip, which may be empty."""
    kind = setting_at(path).kind
    if isinstance(kind, Choice):
        return tuple((word, kind.entry_of(word), kind.tip_of(word)) for word in kind.words)
    if isinstance(kind, Truth):
        return tuple((value, text, "") for value, text in zip((False, True), kind.entries, strict=True))
    assert isinstance(kind, Number), path
    return tuple((value, text, "") for value, text in kind.offers)


def setting_combo(path: str) -> QComboBox:
    """A list of a form with the words of a choice; empty for a setting that is no choice."""
    setting = setting_at(path)
    box = make_combo(setting.control, setting.label, setting.tip or setting.label)
    if isinstance(setting.kind, Choice):
        _fill(box, path)
    return box


def setting_slim_box(path: str, most_px: int | None = None) -> SlimComboBox:
    """The list of a panel, with the entries that the table has for it."""
    setting = setting_at(path)
    box = make_slim_box(setting.control, setting.label, setting.tip or setting.label, most_px)
    name_setting(box, path)
    if isinstance(setting.kind, Choice | Truth | Number):
        _fill(box, path)
    return box


def setting_toggle(path: str) -> ToggleButton:
    """The button of a panel that stays down while the setting is true."""
    setting = setting_at(path)
    button = ToggleButton(setting.control, setting.beside, setting.tip)
    name_setting(button, path)
    return button


def setting_check(path: str) -> QCheckBox:
    """The box of a form with a check while the setting is true."""
    box = OutlinedCheckBox(setting_at(path).beside)
    name_setting(box, path)
    return box


def setting_edit(path: str, write: Callable[[Any], str], glance: Callable[[Any], str] | None = None) -> ValueEdit:
    """An edit that refuses what is out of the setting's bounds; see ``ValueEdit``."""
    edit = ValueEdit(entry_parser(path), write, glance)
    name_setting(edit, path)
    return edit


def setting_slider(path: str, per_unit: int) -> QSlider:
    """A slider over the setting's bounds, with ``per_unit`` positions for 1."""
    kind = setting_at(path).kind
    assert isinstance(kind, Number), path
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(round(per_unit * kind.low), round(per_unit * kind.high))
    name_setting(slider, path)
    return slider


def show_choice(box: QComboBox, path: str, value: Any, is_idle: bool = False) -> None:
    """Show that ``value`` is in force, with its own tip, without a signal; ``is_idle`` as of ``show_idle``."""
    kind = setting_at(path).kind
    assert isinstance(kind, Choice), path
    show_datum(box, value)
    show_idle(box, path, is_idle)
    if kind.tips and not is_idle:
        box.setToolTip(tool_tip(kind.tip_of(value)))


def show_datum(box: QComboBox, value: Any, text: str = "") -> None:
    """Show the entry for ``value`` without a signal; where there is none, one is added that reads ``text``."""
    with QSignalBlocker(box):
        index = next((row for row in range(box.count()) if box.itemData(row) == value), -1)
        if index < 0 and text:
            box.addItem(text, value)
            index = box.count() - 1
        box.setCurrentIndex(index)


def show_idle(widget: QWidget, path: str, is_idle: bool) -> None:
    """Whether the control does something at the moment; where it does not, its tip says why."""
    setting = setting_at(path)
    widget.setEnabled(not is_idle)
    widget.setToolTip(tool_tip(setting.idle if is_idle else setting.tip))


class SettingSpin(QDoubleSpinBox):
    """A box for a number within the setting's bounds, with as many digits as its steps have.

    A value that has more of them, such as 1/3, is shown with up to six, and read to its last digit while it stands.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        kind = setting_at(path).kind
        assert isinstance(kind, Number | Whole), path
        # As on the command line and everywhere else in the window: a point.
        self.setLocale(QLocale.c())
        self._step = kind.step if isinstance(kind, Number) else 1.0
        self._bounds: tuple[float, float] = (
            (kind.least, kind.most) if isinstance(kind, Number) else (kind.low, kind.high)
        )
        self.setSingleStep(self._step)
        name_setting(self, path)
        self.show_value(self._bounds[0])

    def sizeHint(self) -> QSize:
        # As for ten digits: room for the largest number of all would put the box under its name.
        hint = super().sizeHint()
        advance = self.fontMetrics().horizontalAdvance
        longest_px = max(advance(self.textFromValue(bound)) for bound in (self.minimum(), self.maximum()))
        return QSize(min(hint.width(), hint.width() - longest_px + advance("0" * USUAL_DIGITS)), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_value(self, value: float) -> None:
        """Show what is in force, without a signal."""
        with QSignalBlocker(self):
            self._show_digits_of(value)
            self.setValue(value)
        self._known, self._shown = value, self.value()

    @property
    def entered(self) -> float:
        """What stands here: the value that was shown to its last digit, or what was entered since."""
        value = self.value()
        return self._known if value == self._shown else round(value, self.decimals())

    def _show_digits_of(self, value: float) -> None:
        least = max(0, -math.floor(math.log10(self._step)))
        fitting = (n for n in range(least, MOST_DECIMALS) if abs(round(value, n) - value) < 0.5 * 10.0**-MOST_DECIMALS)
        decimals = next(fitting, MOST_DECIMALS) if least else 0
        self.setDecimals(decimals)
        # Qt would round a bound that is open up to the bound itself.
        unit = 10.0**decimals
        low, high = self._bounds
        self.setRange(math.ceil(low * unit) / unit, math.floor(high * unit) / unit)


def _fill(box: QComboBox, path: str) -> None:
    for value, text, tip in entries_of(path):
        box.addItem(text, value)
        if tip:
            box.setItemData(box.count() - 1, tool_tip(tip), Qt.ItemDataRole.ToolTipRole)
