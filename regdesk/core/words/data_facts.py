"""What a person is told about columns and about what settings do to them: values, filled where tables are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from regdesk.core.types import ColumnRole


@dataclass(frozen=True)
class ColumnFact:
    """One column of a table, before any choice.

    Attributes:
        kind: in words, such as "numeric" or "categorical".
        n_missing: cells without a value.
        n_distinct: distinct values among the others.
        becomes: what it is to a model, such as "1 input".
        reason: why it is no feature unless it is chosen by hand; empty for a column that is one by default.
        can_be_feature: whether it can be one at all; a column without a single value cannot.
    """

    name: str
    kind: str
    n_missing: int
    n_distinct: int
    becomes: str
    reason: str
    can_be_feature: bool

    @property
    def is_default(self) -> bool:
        return self.can_be_feature and not self.reason


def usual_roles(facts: Iterable[ColumnFact]) -> dict[str, ColumnRole]:
    """The role of each column where nobody chooses one: feature, identifier or ignored."""
    return {fact.name: _usual_role(fact) for fact in facts}


def _usual_role(fact: ColumnFact) -> ColumnRole:
    if fact.is_default:
        return "feature"
    return "identifier" if fact.kind == "identifier" else "ignored"


@dataclass(frozen=True)
class HealthFinding:
    """Something about a table that spoils what is learnt from it, or that a person would want to know first.

    Attributes:
        topic: in one or two words, such as "copies" or "leakage"; of one topic all findings are of one kind.
        columns: the columns that it is about, in the order of the table; none where it is about rows.
        count: how many columns, cells or rows, as the sentence says.
        sentence: what there is, with its figures, for a reader.
    """

    topic: str
    columns: tuple[str, ...]
    count: int
    sentence: str


@dataclass(frozen=True)
class Consequences:
    """What settings come to. ``task`` is what they make of the target; ``sentences`` begin with the most important.

    ``health`` is what ``warnings`` do not say of the table itself.
    """

    task: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    health: tuple[HealthFinding, ...] = ()
