"""Columns as rows of a list: what each cell says, which can be checked, and what is known of them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from regdesk.core.words.data_facts import ColumnFact
from regdesk.views.controls.feature_model import DISTINCT, FACTOR, KIND, MISSING, NAME, FeatureModel

AGE = ColumnFact("age", "numeric", 0, 1234, "1 input", "", True)
TOWN = ColumnFact("town", "categorical", 1500, 7, "6 inputs", "", True)
NUMBER = ColumnFact("number", "identifier", 0, 2000, "1 input", "it numbers the rows", True)
EMPTY = ColumnFact("empty", "numeric", 2000, 0, "–", "it has no value", False)
PRICE = ColumnFact("price <€>", "numeric", 0, 900, "1 input", "", True)
FACTS = (AGE, TOWN, NUMBER, EMPTY, PRICE)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Edited:
    """A model, and what it has said."""

    def __init__(self) -> None:
        self.model = FeatureModel()
        self.model.show_facts(FACTS, ["age", "town", "price <€>", "empty"], {"price <€>": "the target"}, {"town": 2.0})
        self.n_edits, self.refused = 0, list[str]()
        self.changed: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self.model.features_edited.connect(self._on_edited)
        self.model.factor_refused.connect(self.refused.append)
        self.model.dataChanged.connect(self._on_data_changed)

    def _on_edited(self) -> None:
        self.n_edits += 1

    def _on_data_changed(self, first: Any, last: Any) -> None:
        self.changed.append(((first.row(), first.column()), (last.row(), last.column())))

    def cells(self, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[list[Any]]:
        model = self.model
        return [
            [model.data(model.index(row, column), role) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def enter(self, row: int, text: str) -> bool:
        return self.model.setData(self.model.index(row, FACTOR), text)

    def check(self, row: int, state: Qt.CheckState) -> bool:
        return self.model.setData(self.model.index(row, NAME), state.value, Qt.ItemDataRole.CheckStateRole)


def test_each_cell_says_what_is_known() -> None:
    edited = Edited()
    assert edited.cells() == [
        ["age", "numeric", "1 input", "–", "1,234", "1"],
        ["town", "categorical", "6 inputs", "1,500", "7", "2"],
        ["number", "identifier", "1 input", "–", "2,000", "–"],
        ["empty", "numeric", "–", "2,000", "0", "–"],
        ["price <€>", "the target", "–", "–", "900", "–"],
    ]
    assert (edited.model.rowCount(), edited.model.columnCount()) == (5, 6)
    inner = edited.model.index(0, 0)
    assert (edited.model.rowCount(inner), edited.model.columnCount(inner)) == (0, 0), "no row has rows"
    on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
    assert edited.cells(Qt.ItemDataRole.CheckStateRole) == [[one] + [None] * 5 for one in (on, on, off, off, off)]
    assert edited.cells(Qt.ItemDataRole.TextAlignmentRole) == [[None, None, None, RIGHT, RIGHT, RIGHT]] * 5
    assert edited.cells(Qt.ItemDataRole.EditRole) == [[None] * 5 + [text] for text in ("1", "2", "1", "1", "1")]


def test_headings_say_what_stands_below() -> None:
    model = FeatureModel()
    across, role = Qt.Orientation.Horizontal, Qt.ItemDataRole
    heads = [model.headerData(column, across) for column in range(6)]
    assert heads == ["Column", "Kind", "Becomes", "Missing", "Values", "Factor"]
    tips = [model.headerData(column, across, role.ToolTipRole) for column in range(6)]
    assert [tip.split()[0] for tip in tips[:5]] == ["The", "What", "What", "Cells", "Distinct"]
    assert "penal" in tips[FACTOR]
    aligned = [model.headerData(column, across, role.TextAlignmentRole) for column in range(6)]
    assert aligned == [None, None, None, RIGHT, RIGHT, RIGHT]
    assert [model.headerData(column, across, role.DecorationRole) for column in range(6)] == [None] * 6
    assert [model.headerData(0, Qt.Orientation.Vertical, one) for one in (role.DisplayRole, role.ToolTipRole)] == [
        None,
        None,
    ]


def test_tips_give_the_reason_or_what_is_known() -> None:
    edited = Edited()
    tips = [row[NAME] for row in edited.cells(Qt.ItemDataRole.ToolTipRole)]
    assert tips == [
        "<p>age<br>numeric, 0 missing, 1234 distinct values; becomes 1 input.</p>",
        "<p>town<br>categorical, 1500 missing, 7 distinct values; becomes 6 inputs.</p>",
        "<p>number<br>identifier, left out unless you check it: it numbers the rows.</p>",
        "<p>empty<br>Cannot be a feature: it has no value.</p>",
        "<p>price &lt;€&gt;<br>Cannot be a feature: it is the target.</p>",
    ]
    spoken = edited.cells(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[0] == ["age: numeric, 0 missing, 1234 distinct values; becomes 1 input.", *[None] * 5]


def test_what_can_be_done_with_a_cell() -> None:
    model, flag = Edited().model, Qt.ItemFlag
    free = flag.ItemIsSelectable | flag.ItemIsEnabled
    assert model.flags(model.index(0, NAME)) == free | flag.ItemIsUserCheckable
    assert model.flags(model.index(0, KIND)) == free
    assert model.flags(model.index(0, FACTOR)) == free | flag.ItemIsEditable
    assert model.flags(model.index(2, FACTOR)) == free, "a column that is no feature has no factor"
    for row in (3, 4):
        assert model.flags(model.index(row, NAME)) == flag.ItemIsSelectable


def test_features_and_factors_are_in_the_order_of_the_table() -> None:
    edited = Edited()
    model = edited.model
    assert model.features == ("age", "town")
    assert model.defaults == ("age", "town")
    assert model.n_free == 3
    assert model.factors == {"town": 2.0}
    model.show_reserved({"age": "the weight"})
    assert edited.changed == [((0, NAME), (4, FACTOR))], "every row may read otherwise"
    assert model.features == ("town", "price <€>")
    assert edited.n_edits == 0, "nobody has edited anything"


def test_checking_is_told_once_and_only_where_it_changes_something() -> None:
    edited = Edited()
    model = edited.model
    assert edited.check(2, Qt.CheckState.Checked)
    assert (model.features, edited.n_edits) == (("age", "town", "number"), 1)
    assert edited.changed == [((0, NAME), (4, FACTOR))]
    assert edited.check(2, Qt.CheckState.Checked)
    assert edited.check(4, Qt.CheckState.Checked), "the target cannot be one"
    assert (model.features, edited.n_edits) == (("age", "town", "number"), 1)
    model.toggle([0, 1, 3], False)
    assert (model.features, edited.n_edits) == (("number",), 2)
    assert not model.setData(model.index(0, NAME), "x", Qt.ItemDataRole.DecorationRole)
    assert not model.setData(model.index(0, NAME), "x"), "a name is not edited"


def test_all_and_none_act_on_what_the_filter_shows() -> None:
    edited = Edited()
    model = edited.model
    model.check_shown(False)
    assert (model.features, edited.n_edits) == ((), 1)
    model.show_filter(" N ")
    assert [row[NAME] for row in edited.cells()] == ["town", "number"]
    assert [model.is_checked(row) for row in (0, 1)] == [False, False]
    model.check_shown(True)
    # A column that is none by default is checked one by one.
    assert model.features == ("town",)
    assert [model.is_checked(row) for row in (0, 1)] == [True, False]
    model.show_filter("age")
    model.check_shown(True)
    model.show_filter("town")
    model.check_shown(False)
    assert model.features == ("age",)
    model.show_filter("nothing has this name")
    n_changed = len(edited.changed)
    model.show_reserved({})
    assert (model.rowCount(), len(edited.changed)) == (0, n_changed), "no row is there that could change"


def test_a_factor_is_read_kept_and_refused() -> None:
    edited = Edited()
    model = edited.model
    assert edited.enter(0, "1")
    assert (edited.n_edits, edited.changed) == (0, []), "without a word it is 1"
    assert edited.enter(0, "0,5")
    assert edited.changed == [((0, NAME), (4, FACTOR))]
    assert (model.factors, edited.n_edits) == ({"age": 0.5, "town": 2.0}, 1)
    assert edited.enter(0, "0.5")
    assert edited.n_edits == 1, "it was that before"
    assert edited.enter(1, "1")
    assert model.factors == {"age": 0.5}
    assert not edited.enter(1, "-1")
    assert not edited.enter(1, "two")
    assert len(edited.refused) == 2
    assert edited.refused[1].startswith("A penalty factor is ")
    assert edited.refused[1].endswith(", not “two”.")
    model.toggle([0], False)
    assert model.factors == {}
    model.toggle([0], True)
    assert model.factors == {"age": 0.5}, "checked again it has the factor that it had"
    assert edited.enter(0, "12345.5")
    assert edited.cells()[0][FACTOR].replace("\u202f", "") == edited.cells(Qt.ItemDataRole.EditRole)[0][FACTOR]


@pytest.mark.parametrize("column", [MISSING, DISTINCT])
def test_another_table_takes_the_place_of_all(column: int) -> None:
    edited = Edited()
    edited.model.show_filter("town")
    edited.model.show_facts((NUMBER, TOWN), ["town"], {}, {})
    assert [row[NAME] for row in edited.cells()] == ["town"], "the filter stays until it is cleared"
    assert edited.model.factors == {}
    assert edited.cells()[0][column] == {MISSING: "1,500", DISTINCT: "7"}[column]
