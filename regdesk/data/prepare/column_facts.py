"""What there is in the columns of a table, and what a model would make of each; apart from what encodes them.

A window shows it before it has loaded what encodes, which takes longer than its first paint may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.words.data_facts import ColumnFact
from regdesk.data.csv.table import NumberColumn

if TYPE_CHECKING:
    from regdesk.data.csv.table import Column, Table

KIND_WORDS = {
    "numeric": "numeric",
    "boolean": "yes or no",
    "categorical": "categorical",
    "datetime": "date",
    "text": "free text",
    "constant": "constant",
    "identifier": "identifier",
}
REASONS = {
    "identifier": "it numbers or names the rows, and what is learnt from that holds for no other row",
    "datetime": "dates are days since 1970 to a model, which seldom means something",
    "text": "each of its texts would be an input of its own",
    "constant": "it is the same in every row",
}


def column_facts(table: Table) -> tuple[ColumnFact, ...]:
    """One for each column of ``table``, in its order."""
    return tuple(_fact(column, table.n_rows) for column in table.columns)


def _fact(column: Column, n_rows: int) -> ColumnFact:
    n_missing = column.n_missing
    is_empty = n_missing == n_rows
    return ColumnFact(
        name=column.name,
        kind=KIND_WORDS[column.kind],
        n_missing=n_missing,
        n_distinct=column.distinct,
        becomes="nothing" if is_empty else _becomes(column),
        reason="every cell is missing" if is_empty else REASONS.get(column.kind, ""),
        can_be_feature=not is_empty,
    )


def _becomes(column: Column) -> str:
    if column.kind == "datetime":
        return "days"
    if column.kind == "boolean" or (not isinstance(column, NumberColumn) and column.distinct == 2):
        return "0 or 1"
    if isinstance(column, NumberColumn):
        # One input, or one for each of its powers.
        return "a number"
    return "1 input" if column.distinct == 1 else f"{column.distinct} inputs"
