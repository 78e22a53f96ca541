"""How a file is read: each thing as it was found, or as somebody says."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QSpinBox, QWidget

from regdesk.core.reading_options import NO_QUOTE, ReadingOptions, words_text
from regdesk.core.settings.settings_table import MOST_SKIPPED, setting_at
from regdesk.core.words.import_facts import ImportPreview
from regdesk.core.words.safe_text import safe_line
from regdesk.views.importing.typed_box import TypedBox
from regdesk.views.kit import spacing
from regdesk.views.kit.form_parts import make_combo, name_widget

STRETCHES = (19, 17, 17, 8)
"""Of the columns of fields; names of delimiters are the longest, and at 1024 × 700 and 150 % all have just room."""
COLUMNS_OF_FIELDS = len(STRETCHES)
DELIMITERS = {
    ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", ":": "colon", " ": "blanks", "~": "tilde", "^": "caret",
    "  ": "two blanks or more", "\x01": "\\x01", "\x1f": "\\x1f",
}  # fmt: skip
ENCODINGS = (
    "utf-8", "utf-16", "utf-32", "cp1252", "latin-1", "iso8859-15", "cp1250", "iso8859-2", "cp852", "cp1251",
    "koi8-r", "iso8859-5", "cp866", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874", "cp437", "cp850",
    "mac-roman", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr",
)  # fmt: skip
QUOTES = {'"': '"', "'": "'", NO_QUOTE: "none"}
DECIMALS = {".": "point", ",": "comma"}
TYPED = {
    "delimiter": {entry: mark for mark, entry in DELIMITERS.items()} | {"blank": " ", "\\t": "\t"},
    "encoding": {},
    "quote": {},
    "sheet": {},
}
"""What can also be typed, with the words that stand for marks."""
HEADERS = {True: "names", False: "no names"}
DETECTED = -1
"""What the box for lines skipped holds while nobody says how many."""


class ReadingForm(QWidget):
    """Signals: ``edited()`` after every change by hand; ``refused(str)`` with why what was typed cannot be.

    ``sheet_label`` and ``sheet_box`` belong to the form and stand where there is room for them; they are seen where
    there is a choice.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._reading = ReadingOptions()
        self._boxes: dict[str, QComboBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(spacing.SMALL_PX)
        self._n_fields = 0
        self._add_box("delimiter", "importDelimiterBox", self.tr("De&limiter"))
        self._add_box("encoding", "importEncodingBox", self.tr("&Encoding"))
        self._add_box("has_header", "importHeaderBox", self.tr("&Header"))
        self._skipped = self._make_skipped()
        self._add_box("quote", "importQuoteBox", self.tr("&Quote"))
        self._add_box("decimal", "importDecimalBox", self.tr("Deci&mal"))
        self._missing = self._make_missing()
        self.sheet_box = self._make_box("sheet", "importSheetBox")
        self.sheet_label = QLabel(self.tr("Shee&t"))
        self.sheet_label.setBuddy(self.sheet_box)
        for place, stretch in enumerate(STRETCHES):
            self._grid.setColumnStretch(2 * place + 1, stretch)

    def _add(self, field: QWidget, caption: str, width: int = 1) -> None:
        row, place = divmod(self._n_fields, COLUMNS_OF_FIELDS)
        self._n_fields += 1
        label = QLabel(caption)
        label.setBuddy(field)
        self._grid.addWidget(label, row, 2 * place)
        self._grid.addWidget(field, row, 2 * place + 1, 1, 2 * width - 1)

    def _make_box(self, name: str, object_name: str) -> QComboBox:
        setting = setting_at(f"source.reading.{name}")
        box: QComboBox
        if name in TYPED:
            box = typed = TypedBox(setting.label, setting.kind, TYPED[name])
            name_widget(box, object_name, setting.label, setting.tip)
            typed.chosen.connect(self.edited)
            typed.refused.connect(self.refused)
        else:
            box = make_combo(object_name, setting.label, setting.tip)
            box.currentIndexChanged.connect(self.edited)
        self._boxes[name] = box
        return box

    def _add_box(self, name: str, object_name: str, caption: str) -> None:
        self._add(self._make_box(name, object_name), caption)

    def _make_skipped(self) -> QSpinBox:
        setting = setting_at("source.reading.n_skipped")
        spin = QSpinBox()
        spin.setRange(DETECTED, MOST_SKIPPED)
        name_widget(spin, "importSkipSpin", setting.label, setting.tip)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(self.edited)
        self._add(spin, self.tr("S&kipped"))
        return spin

    def _make_missing(self) -> QLineEdit:
        setting = setting_at("source.reading.missing_words")
        edit = _EnteredEdit()
        name_widget(edit, "importMissingEdit", setting.label, setting.tip)
        edit.setPlaceholderText(self.tr("the usual words"))
        edit.entered.connect(self._on_missing_entered)
        self._add(edit, self.tr("Missin&g"), width=2)
        return edit

    def show_preview(self, preview: ImportPreview) -> None:
        """What was found and what was said of another reading. Says nothing."""
        self._reading = reading = preview.reading
        found = preview.found
        is_text = bool(preview.problem) or found.delimiter is not None
        self._fill("delimiter", DELIMITERS, found.delimiter, is_text)
        self._fill("encoding", dict(zip(ENCODINGS, ENCODINGS, strict=True)), found.encoding, is_text)
        self._fill("quote", QUOTES, found.quote, is_text)
        self._fill("decimal", DECIMALS, found.decimal, True)
        self._fill("has_header", HEADERS, found.has_header, True)
        self._fill("sheet", {name: name for name in preview.sheets}, None, True)
        for widget in (self.sheet_label, self.sheet_box):
            widget.setVisible(bool(preview.sheets))
        with QSignalBlocker(self._skipped), QSignalBlocker(self._missing):
            n_found = found.n_skipped if reading.n_skipped is None else None
            self._skipped.setSpecialValueText(
                self.tr("found") if n_found is None else self.tr("found: {n}").format(n=n_found)
            )
            self._skipped.setValue(DETECTED if reading.n_skipped is None else reading.n_skipped)
            self._missing.setText(words_text(reading.missing_words or ()))

    def _fill(self, name: str, entries: dict[Any, str], found: Any, is_of_use: bool) -> None:
        box, said = self._boxes[name], getattr(self._reading, name)
        known = entries if said is None or said in entries else {**entries, said: safe_line(str(said))}
        with QSignalBlocker(box):
            box.clear()
            box.addItem(self._unsaid(name, entries, found if said is None else None, is_of_use), None)
            for value, entry in known.items():
                box.addItem(safe_line(entry), value)
            box.setCurrentIndex(0 if said is None else 1 + list(known).index(said))
            if isinstance(box, TypedBox):
                box.offer_typing()
        box.setEnabled(is_of_use)

    def _unsaid(self, name: str, entries: dict[Any, str], found: Any, is_of_use: bool) -> str:
        """What stands in the list where nobody says anything."""
        if not is_of_use:
            return self.tr("none")
        if name == "sheet":
            return self.tr("the first with cells")
        if found is None:
            return self.tr("found")
        return self.tr("found: {text}").format(text=entries.get(found, safe_line(str(found))))

    @property
    def reading(self) -> ReadingOptions:
        """What stands in the form; kinds of columns are as they were."""
        n_skipped, words = self._skipped.value(), _parted(self._missing.text())
        values: dict[str, Any] = {
            name: box.value if isinstance(box, TypedBox) else box.currentData() for name, box in self._boxes.items()
        }
        return replace(
            self._reading,
            **values,
            n_skipped=None if n_skipped == DETECTED else n_skipped,
            missing_words=words or None,
        )

    def _on_missing_entered(self) -> None:
        if (_parted(self._missing.text()) or None) != self._reading.missing_words:
            self.edited.emit()


class _EnteredEdit(QLineEdit):
    """Signals: ``entered()``. Enter is taken here: it must not open the file with what was just typed unseen."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.editingFinished.connect(self.entered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)


def _parted(text: str) -> tuple[str, ...]:
    """Words between commas; one that has a comma itself stands in double quotes."""
    try:
        words = next(csv.reader([text], skipinitialspace=True), [])
    except csv.Error:
        words = text.split(",")
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
