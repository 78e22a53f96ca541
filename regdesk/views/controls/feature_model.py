"""Columns of a table as rows of a list that can be checked: which are features, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from regdesk.core.settings.entries import number_of
from regdesk.core.settings.setting_kinds import Named, Number, Several
from regdesk.core.settings.settings_table import setting_at
from regdesk.core.words.number_text import exact_text
from regdesk.core.words.safe_text import safe_line, safe_text

if TYPE_CHECKING:
    from regdesk.core.words.data_facts import ColumnFact

NAME, KIND, BECOMES, MISSING, DISTINCT, FACTOR = range(6)
LAST = FACTOR
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class FeatureModel(QAbstractTableModel):
    """Signals: ``features_edited()`` when the user has checked or unchecked something or changed a penalty factor;
    ``factor_refused(str)`` with a sentence when what was entered is no penalty factor.
    """

    features_edited = Signal()
    factor_refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._facts: tuple[ColumnFact, ...] = ()
        self._checked: set[str] = set()
        self._reserved: dict[str, str] = {}
        # Also of columns that are not checked: whoever checks one again finds the factor that it had.
        self._factors: dict[str, float] = {}
        # Rows that the filter lets through, as places in ``_facts``.
        self._shown: list[int] = []
        self._filter = ""

    def show_facts(
        self,
        facts: tuple[ColumnFact, ...],
        checked: Iterable[str],
        reserved: dict[str, str],
        factors: Mapping[str, float],
    ) -> None:
        """Another table: which columns are checked, why those in ``reserved`` cannot be, and their penalty factors."""
        self.beginResetModel()
        self._facts, self._checked, self._reserved = facts, set(checked), reserved
        self._factors = dict(factors)
        self._find()
        self.endResetModel()

    def show_reserved(self, reserved: dict[str, str]) -> None:
        self._reserved = reserved
        self._refresh()

    def show_filter(self, text: str) -> None:
        """Show only columns whose name contains ``text``, in any case."""
        self.beginResetModel()
        self._filter = text.strip().casefold()
        self._find()
        self.endResetModel()

    def _find(self) -> None:
        self._shown = [place for place, fact in enumerate(self._facts) if self._filter in fact.name.casefold()]

    @property
    def features(self) -> tuple[str, ...]:
        """Names of the checked columns that can be features, in the table's order."""
        return tuple(fact.name for fact in self._facts if fact.name in self._checked and self._is_free(fact))

    @property
    def factors(self) -> dict[str, float]:
        """Penalty factors other than 1 of the checked columns, in the table's order."""
        found = {name: self._factors.get(name, 1.0) for name in self.features}
        return {name: factor for name, factor in found.items() if factor != 1.0}

    @property
    def defaults(self) -> tuple[str, ...]:
        """Names of the columns that would be features if nobody chose."""
        return tuple(fact.name for fact in self._facts if fact.is_default and self._is_free(fact))

    @property
    def n_free(self) -> int:
        """How many columns can be features."""
        return sum(self._is_free(fact) for fact in self._facts)

    def _is_free(self, fact: ColumnFact) -> bool:
        return fact.can_be_feature and fact.name not in self._reserved

    def check_shown(self, is_checked: bool) -> None:
        """Check the columns shown that are features by default, or uncheck all that are shown."""
        shown = [self._facts[place] for place in self._shown]
        if is_checked:
            self._edit(self._checked | {fact.name for fact in shown if fact.is_default and self._is_free(fact)})
        else:
            self._edit(self._checked - {fact.name for fact in shown if self._is_free(fact)})

    def toggle(self, rows: list[int], is_checked: bool) -> None:
        """Check or uncheck rows of the list."""
        names = {self._facts[self._shown[row]].name for row in rows if self._is_free(self._facts[self._shown[row]])}
        self._edit(self._checked | names if is_checked else self._checked - names)

    def _edit(self, checked: set[str]) -> None:
        if checked != self._checked:
            self._checked = checked
            self._refresh()
            self.features_edited.emit()

    def _refresh(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, NAME), self.index(len(self._shown) - 1, LAST))

    def is_checked(self, row: int) -> bool:
        fact = self._facts[self._shown[row]]
        return fact.name in self._checked and self._is_free(fact)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else LAST + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Column"), self.tr("Kind"), self.tr("Becomes"), self.tr("Missing"), self.tr("Values"),
                self.tr("Factor"),
            )[section]  # fmt: skip
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                self.tr("The column's name in the file; checked, it is a feature."),
                self.tr("What its cells hold."),
                self.tr("What it is to a model."),
                self.tr("Cells without a value."),
                self.tr("Distinct values."),
                setting_at("data.penalty_factors").tip,
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (MISSING, DISTINCT, FACTOR):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable
        if not self._is_free(self._facts[self._shown[index.row()]]):
            return flags
        flags |= Qt.ItemFlag.ItemIsEnabled
        if index.column() == FACTOR and self.is_checked(index.row()):
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NAME else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        fact = self._facts[self._shown[index.row()]]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return safe_line(self._text(fact, column))
        if role == Qt.ItemDataRole.EditRole and column == FACTOR:
            # As it is shown, less the spaces that nobody types.
            return exact_text(self._factors.get(fact.name, 1.0)).replace("\u202f", "")
        if role == Qt.ItemDataRole.CheckStateRole and column == NAME:
            return Qt.CheckState.Checked if self.is_checked(index.row()) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{escape(safe_line(fact.name))}<br>{escape(safe_text(self._tip(fact)))}</p>"
        if role == Qt.ItemDataRole.AccessibleTextRole and column == NAME:
            return safe_text(f"{fact.name}: {self._tip(fact)}")
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (MISSING, DISTINCT, FACTOR):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.EditRole and index.column() == FACTOR:
            return self._enter_factor(self._facts[self._shown[index.row()]].name, str(value))
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _enter_factor(self, name: str, text: str) -> bool:
        several = setting_at("data.penalty_factors").kind
        assert isinstance(several, Several)
        assert isinstance(several.one, Named)
        kind = several.one.one
        assert isinstance(kind, Number)
        try:
            factor = kind.check(number_of(text.replace(",", ".")))
        except ValueError:
            self.factor_refused.emit(
                self.tr("A penalty factor is {reach}, not “{text}”.").format(reach=kind.reach, text=safe_line(text))
            )
            return False
        if factor != self._factors.get(name, 1.0):
            self._factors[name] = factor
            self._refresh()
            self.features_edited.emit()
        return True

    def _text(self, fact: ColumnFact, column: int) -> str:
        if column == KIND:
            return self._reserved.get(fact.name, fact.kind)
        if column == FACTOR:
            is_feature = fact.name in self._checked and self._is_free(fact)
            return exact_text(self._factors.get(fact.name, 1.0)) if is_feature else "–"
        becomes = fact.becomes if fact.name not in self._reserved else "–"
        missing = f"{fact.n_missing:,}" if fact.n_missing else "–"
        return (fact.name, "", becomes, missing, f"{fact.n_distinct:,}")[column]

    def _tip(self, fact: ColumnFact) -> str:
        reserved = self._reserved.get(fact.name)
        if reserved:
            return self.tr("Cannot be a feature: it is {role}.").format(role=reserved)
        if not fact.can_be_feature:
            return self.tr("Cannot be a feature: {reason}.").format(reason=fact.reason)
        if fact.reason:
            return self.tr("{kind}, left out unless you check it: {reason}.").format(kind=fact.kind, reason=fact.reason)
        return self.tr("{kind}, {missing} missing, {distinct} distinct values; becomes {becomes}.").format(
            kind=fact.kind, missing=fact.n_missing, distinct=fact.n_distinct, becomes=fact.becomes
        )
