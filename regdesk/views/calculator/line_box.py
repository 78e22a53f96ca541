"""The box in which a row of the data is chosen by its line of the file; its arrows go from row to row."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox

from regdesk.core.types import Integers

MOST = 2_147_483_647


class LineBox(QSpinBox):
    """Signal: ``line_chosen(int)`` with a line that holds a row; of a line that holds none it is the next one."""

    line_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("calculatorLineBox")
        self.setKeyboardTracking(False)
        self._lines: Integers = np.empty(0, np.int64)
        self.valueChanged.connect(self._on_value_changed)
        self.setSpecialValueText(self.tr("row…"))
        self.show_lines(None)

    def show_lines(self, lines: Integers | None) -> None:
        """The lines that hold rows, ``(n_rows,)``; None where there are no data."""
        self._lines = np.empty(0, np.int64) if lines is None else np.unique(lines)
        known = self._lines[self._lines <= MOST]
        self._lines = known
        with QSignalBlocker(self):
            # The least value is none of them: it stands for no row.
            least = int(known[0]) - 1 if len(known) else 0
            self.setRange(least, int(known[-1]) if len(known) else 0)
            self.setValue(least)
        self.setEnabled(bool(len(known)))
        reason = self.tr(
            "Load a row of the data by its line of the file; a click on a point of the data fit does so too"
        )
        self.setToolTip(reason if len(known) else self.tr("There are no data whose rows could be loaded"))
        self.setAccessibleName(self.tr("Line of the file whose row is loaded"))

    def show_line(self, line: int) -> None:
        """The line whose row is shown; 0 where what is shown is no row."""
        with QSignalBlocker(self):
            self.setValue(line or self.minimum())

    def stepBy(self, steps: int) -> None:
        if not len(self._lines):
            return
        now = self.value()
        if steps > 0:
            place = int(np.searchsorted(self._lines, now, side="right")) + steps - 1
        else:
            place = int(np.searchsorted(self._lines, now, side="left")) + steps
        self.setValue(int(self._lines[min(max(place, 0), len(self._lines) - 1)]))

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag
        if not len(self._lines):
            return flags.StepNone
        found = flags.StepNone
        if self.value() < int(self._lines[-1]):
            found |= flags.StepUpEnabled
        if self.value() > int(self._lines[0]):
            found |= flags.StepDownEnabled
        return found

    def _on_value_changed(self, line: int) -> None:
        if not len(self._lines) or line < int(self._lines[0]):
            return
        place = min(int(np.searchsorted(self._lines, line)), len(self._lines) - 1)
        nearest = int(self._lines[place])
        if nearest != line:
            with QSignalBlocker(self):
                self.setValue(nearest)
        self.line_chosen.emit(nearest)
