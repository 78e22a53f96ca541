"""How the cells of one column become inputs, as values: nothing here knows the table that it was fitted on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from regdesk.core.fitted.cells import EncodedColumn, LabelCells, NumberCells
from regdesk.core.powers import powers

FillRule = Literal["median", "most frequent", "own level", "nothing known"]


@dataclass(frozen=True)
class InputEncoding:
    """How a cell of a column becomes one input, before it is standardised.

    Of numbers the input is the cell, a missing one ``fill`` (dates count days since 1970-01-01, UTC), raised to
    ``power`` by multiplying it ``power`` − 1 times. Of labels it is 1
    where the cell is ``level`` and else 0; a missing cell, and one that is none of ``labels``, counts as ``fill``. Of a
    boolean or constant column labels are compared without regard to case.

    Attributes:
        column: its name in the file.
        kind: that of the column, such as numeric or boolean.
        level: None for numbers.
        labels: those of the training rows; None for numbers.
        fill: a number, or a label; None when the training rows hold none, and then the input is 0.
        power: 1 for the cell itself, and for labels.
    """

    column: str
    kind: str
    level: str | None
    labels: tuple[str, ...] | None
    fill: float | str | None
    power: int = 1


@dataclass(frozen=True)
class ColumnEncoding:
    """How one column becomes inputs.

    A second input for the second of two labels would be the first one mirrored, and which of the two a penalty keeps
    would be chance. So two labels are one input, which is 1 for the second; three and more have one input each.

    Attributes:
        name: that of the column.
        kind: what its cells were taken for, such as numeric, boolean or datetime.
        levels: the labels that inputs tell apart, in sorted order; empty when the column is one number.
        seen: those of ``levels`` that training rows have, in the same order.
        fill: what a missing cell becomes: a number, or a label (None when the training rows hold none).
        fill_rule: where ``fill`` comes from; with ``own level`` it is a level that stands for missing cells alone, and
            no cell counts as filled.
        words: of a column in which case is ignored the label of each spelling that the file had, and of the same in
            small letters; None where a label is its spelling.
        date_form: of dates, how they are written: ``ISO 8601``, a format of strptime (a time in brackets is one that
            cells may lack) or one of ``time_forms``, such as
            ``quarters, 2020-Q1``; None for anything else.
        input_names: what its inputs are called, ``(n_inputs,)``.
        level_names: what an input of each of ``levels`` is called, also of the first of two.
        means, scales: what standardises each of its inputs, ``(n_inputs,)``: 0 and 1 where nothing does.
        number_form: of numbers with thousands, a unit or a currency, how they are written: 1,234.5; None for others.
        missing_words: the cells that are missing besides empty ones, where a person has named them; else None.
        degree: of numbers the largest power that is an input, beside each smaller one; 1 for labels.
        source, part: of labels that are the ``month`` or the ``weekday`` of dates, the column of these; else None.
    """

    name: str
    kind: str
    levels: tuple[str, ...]
    seen: tuple[str, ...]
    fill: float | str | None
    fill_rule: FillRule
    words: Mapping[str, str] | None
    date_form: str | None
    input_names: tuple[str, ...]
    level_names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    number_form: str | None = None
    missing_words: tuple[str, ...] | None = None
    source: str | None = None
    part: str | None = None
    degree: int = 1

    @property
    def source_name(self) -> str:
        """The column of a file or table in which its cells are."""
        return self.name if self.source is None else self.source

    @property
    def input_levels(self) -> tuple[str | None, ...]:
        """The label that each input is 1 for; None for each input of numbers."""
        return (self.levels[1:] if len(self.levels) == 2 else self.levels) or (None,) * self.degree

    @property
    def input_powers(self) -> tuple[int, ...]:
        """Which power of the cell each input is; 1 for labels."""
        return tuple(range(1, self.degree + 1)) if not self.levels else (1,) * len(self.input_levels)

    @property
    def inputs(self) -> tuple[InputEncoding, ...]:
        """How each of the inputs comes from a cell; what ``encode`` does, in values."""
        labels = self.seen if self.levels else None
        return tuple(
            InputEncoding(self.name, self.kind, level, labels, self.fill, power)
            for level, power in zip(self.input_levels, self.input_powers, strict=True)
        )

    def label_of(self, spelling: str) -> str:
        """The label that a cell stands for which is not missing."""
        if self.words is None:
            return spelling
        return self.words.get(spelling) or self.words.get(spelling.casefold(), spelling)

    def encode(self, cells: NumberCells | LabelCells) -> EncodedColumn:
        """Inputs of ``cells``. A label that no training row has, and a word among numbers, is filled as a missing cell.

        Raises ValueError when these are labels and the column is a number, or the other way round.
        """
        if isinstance(cells, NumberCells) == bool(self.levels):
            raise ValueError(f"column '{self.name}' was fitted on {'labels' if self.levels else 'numbers'}")
        if isinstance(cells, NumberCells):
            is_missing = np.isnan(cells.numbers)
            fill = self.fill if isinstance(self.fill, float) else 0.0
            inputs = powers(np.where(is_missing, fill, cells.numbers), self.degree)
            if cells.words:
                is_missing[list(cells.words)] = False
            return EncodedColumn(inputs, is_missing, cells.words, cells.faults, cells.words)
        seen = set(self.seen)
        place = {level: number for number, level in enumerate(self.levels) if level in seen}
        filled = place.get(self.fill, -1) if isinstance(self.fill, str) else -1
        known = [place.get(label, -1) if code not in cells.no_dates else -1 for code, label in enumerate(cells.labels)]
        # The last entry is for missing cells, whose code is -1.
        places = np.array([filled if one < 0 else one for one in known] + [filled], np.int64)[cells.codes]
        is_missing = np.asarray(cells.codes < 0) & (self.fill_rule != "own level")
        is_unseen = np.array([one < 0 for one in known] + [False])[cells.codes]
        unseen = {int(row): cells.labels[cells.codes[row]] for row in np.flatnonzero(is_unseen)}
        words = {row: word for row, word in unseen.items() if cells.codes[row] in cells.no_dates}
        if len(self.levels) == 2:
            return EncodedColumn(np.asarray(places == 1, np.float64)[:, np.newaxis], is_missing, unseen, {}, words)
        inputs = np.asarray(places[:, np.newaxis] == np.arange(len(self.levels)), np.float64)
        return EncodedColumn(inputs, is_missing, unseen, {}, words)


class Rows(Protocol):
    """Rows that a model can be asked about: they show their cells of a column as the model read it in training."""

    @property
    def n_rows(self) -> int:
        """How many there are."""

    def cells(self, column: ColumnEncoding) -> NumberCells | LabelCells:
        """Those of ``column``: numbers where it has no ``levels``, else labels."""
