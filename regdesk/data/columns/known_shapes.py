"""The shapes of a column's spellings, found once for each form, and kept while several look at the same column."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from regdesk.core.types import Float64s
from regdesk.data.blocks.spelling_forms import SpellingForms
from regdesk.data.columns.cells import in_plain_digits
from regdesk.data.columns.number_formats import NumberFormat, Shape, shape_of
from regdesk.data.columns.word_cells import checked

_MOST_KEPT = 200_000
_MAY_BE_TEN = frozenset("×x*·")
"""What stands before a power of ten, which no other figures are."""
_Shapes = tuple[Shape | None, ...]


class _KnownShapes:
    """Shapes of the spellings of the last columns, up to ``_MOST_KEPT`` of them beside those of the very last, and
    their values in the forms that were tried: all columns are asked for their evidence, and then for their numbers."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], tuple[_Shapes, dict[NumberFormat, Float64s]]] = {}
        self._n_kept = 0

    def of(self, cells: tuple[str, ...]) -> tuple[_Shapes, dict[NumberFormat, Float64s]] | None:
        return self._known.get(cells)

    def keep(self, cells: tuple[str, ...], shapes: _Shapes) -> None:
        """Another thread may do so too: what is lost is found again."""
        if self._n_kept + len(cells) > _MOST_KEPT:
            self.clear()
        self._known[cells] = shapes, {}
        self._n_kept += len(cells)

    def clear(self) -> None:
        self._known, self._n_kept = {}, 0


_KNOWN_SHAPES = _KnownShapes()


def shapes_of(cells: tuple[str, ...], check: Callable[[], None] = lambda: None) -> tuple[Shape | None, ...]:
    """As ``shape_of``, of the spellings of a column, which are asked for several times and may be very many.

    ``check`` is called now and then, and may raise. Those of the last columns are kept until ``forget_shapes``.
    """
    known = _KNOWN_SHAPES.of(cells)
    if known is not None:
        return known[0]
    forms = SpellingForms(cells, check)
    shapes = tuple(_shapes_by_form(forms, check))
    _KNOWN_SHAPES.keep(cells, shapes)
    return shapes


def values_of_shapes(cells: tuple[str, ...]) -> dict[NumberFormat, Float64s]:
    """The numbers that the shapes of ``cells`` have been found to be, by the format, to be added to."""
    known = _KNOWN_SHAPES.of(cells)
    return {} if known is None else known[1]


def forget_shapes() -> None:
    """Let go of the last columns' shapes, of which there may be a million."""
    _KNOWN_SHAPES.clear()


def _shapes_by_form(forms: SpellingForms, check: Callable[[], None]) -> list[Shape | None]:
    """Of each of the levels of ``forms``: what is the same for all of one form is looked at once."""
    cells = forms.levels
    if not forms.are_shared:
        return [shape_of(cell) for cell in checked(cells, check)]
    found = [_FormOfCells.of(form) for form in forms.texts]
    shapes: list[Shape | None] = []
    for cell, kind in zip(checked(cells, check), forms.kinds(), strict=True):
        form = found[kind]
        if form is None:
            shapes.append(None)
        elif form.shape is None:
            shapes.append(shape_of(cell))
        else:
            shapes.append(Shape(cell[form.begin : form.end], *form.shape))
    return shapes


class _FormOfCells(NamedTuple):
    """Where the body of a number stands in cells of a form, and the rest of their shape.

    ``shape`` is None where each cell has to be looked at.
    """

    begin: int = 0
    end: int = 0
    shape: tuple[str, bool, str, bool, bool, bool] | None = None

    @classmethod
    def of(cls, form: str) -> _FormOfCells | None:
        """What cells of the ``form`` have in common; None where they are no numbers."""
        if not _MAY_BE_TEN.isdisjoint(form) or in_plain_digits(form) != form:
            return cls()
        shape = shape_of(form)
        if shape is None:
            return None
        # Neither a sign nor a currency has figures, so that no other place comes before it.
        begin = form.find(shape.body)
        if begin < 0 or shape.exponent or any(map(str.isdecimal, shape.affix)):
            return cls()
        return cls(begin, begin + len(shape.body), shape[1:])
