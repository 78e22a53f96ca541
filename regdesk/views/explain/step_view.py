"""The numbers of one step of one weight, beneath the two formulas that they stand in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from regdesk.core.words.explain.step_words import StepStory
from regdesk.views.explain.formula_picture import FormulaPicture
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.kit.text_size import make_heading

MOST_ROWS = 9


class StepView(QWidget):
    """``show_story`` None says that no weight is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("explainStep")
        self._name = _wrapped("explainStepName")
        make_heading(self._name)
        self._formulas = FormulaPicture("explainStepFormula"), FormulaPicture("explainProxFormula")
        self._verdict, self._notes = _wrapped("explainVerdict"), _wrapped("explainStepNotes")
        self._cells: list[tuple[PlainLabel, PlainLabel, PlainLabel]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(spacing.USUAL_PX)
        self._grid.setVerticalSpacing(spacing.TIGHT_PX)
        self._grid.setColumnStretch(1, 1)
        for row in range(MOST_ROWS):
            cells = PlainLabel(), PlainLabel(), PlainLabel()
            cells[1].setWordWrap(True)
            cells[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, row, column)
            self._cells.append(cells)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        layout.addWidget(self._name)
        for formula in self._formulas:
            layout.addWidget(formula)
        layout.addLayout(self._grid)
        layout.addWidget(self._verdict)
        layout.addWidget(self._notes)
        self.apply_theme()

    @property
    def words(self) -> list[str]:
        """What can be read, line by line."""
        rows = [" ".join(cell.text() for cell in cells) for cells in self._cells if not cells[0].isHidden()]
        return [self._name.text(), *rows, self._verdict.text(), self._notes.text()]

    def show_story(self, name: str, story: StepStory | None) -> None:
        """Of the weight called ``name``; without a ``story`` that is all that is said."""
        _set(self._name, name)
        rows = story.rows if story is not None else ()
        for formula, picture in zip(self._formulas, story.formulas if story is not None else ("", ""), strict=True):
            formula.show_formula(picture)
        for number, cells in enumerate(self._cells):
            has_row = number < len(rows)
            for cell in cells:
                cell.setVisible(has_row)
            if has_row:
                row = rows[number]
                for cell, text in zip(cells, (row.sign, row.name, row.number), strict=True):
                    _set(cell, text)
        _set(self._verdict, story.verdict if story is not None else "")
        _set(self._notes, " ".join(story.notes) if story is not None else "")

    def apply_theme(self) -> None:
        colours = theme.colours()
        self._verdict.setStyleSheet(f"color: {colours.penalty}; font-weight: bold")
        self._notes.setStyleSheet(f"color: {colours.quiet_text}")
        self.update()


def _wrapped(name: str) -> PlainLabel:
    label = PlainLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _set(label: QLabel, text: str) -> None:
    # Ten times a second: what is the same is not laid out anew.
    if label.text() != text:
        label.setText(text)
