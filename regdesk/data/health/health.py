"""The health of a table: one list of plain sentences, as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regdesk.core.settings.column_roles import roles_of
from regdesk.core.stopping import Stop
from regdesk.core.types import ColumnRole, DataSettings
from regdesk.core.words.data_facts import HealthFinding
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.health.columns import column_findings
from regdesk.data.health.pairs import SameColumns, same_columns
from regdesk.data.health.rows import row_findings
from regdesk.data.health.splits import columns_of_parts, split_findings
from regdesk.data.health.targets import target_findings
from regdesk.data.health.wording import counted, named
from regdesk.data.prepare.column_fitting import has_powers
from regdesk.data.prepare.features import LEFT_OUT

TOO_WIDE = "more inputs than rows"


def data_health(
    table: Table, settings: DataSettings | None = None, n_folds: int | None = None, stop: Stop | None = None
) -> tuple[HealthFinding, ...]:
    """What is certain and worth knowing about ``table``, and of target and features where ``settings`` name a target.

    ``n_folds``: how many parts of the rows are to validate in turn, where there are such. Nothing is told of a table
    with which all is well. It takes time in proportion to the cells. Raises Stopped as ``stop`` says.
    """
    settings, stop = settings or DataSettings(), stop or Stop()
    target = next((one for one in table.columns if one.name == settings.target), None)
    used = _used(table, settings)
    compared = [*used, *([target] if target is not None else [])]
    place_of = {name: place for place, name in enumerate(table.column_names)}
    pairs = same_columns(sorted(compared, key=lambda column: place_of[column.name]), stop)
    copies = {_other(one, target).name for one in pairs if target in (one.first, one.second)}
    parts = [column for _, column in columns_of_parts(table, settings)]
    found = [*column_findings(table, {one.name for one in parts}, stop), *_pair_findings(pairs, target)]
    found += [*row_findings(table, parts, stop), *split_findings(table, settings)]
    if target is not None:
        others = [column for column in used if column.name not in copies]
        found += [
            *target_findings(target, others, settings.task, n_folds, stop),
            *_width_findings(table, target, used, settings.degree),
        ]
    return tuple(found)


def _used(table: Table, settings: DataSettings) -> list[Column]:
    """The columns that are features by ``settings``, or may be."""
    usual: dict[str, ColumnRole] = {
        column.name: "ignored" if column.kind in LEFT_OUT else "feature" for column in table.columns
    }
    roles = roles_of(settings, usual)
    return [column for column in table.columns if roles[column.name] == "feature"]


def _other(pair: SameColumns, column: Column | None) -> Column:
    return pair.second if pair.first is column else pair.first


def _pair_findings(pairs: Sequence[SameColumns], target: Column | None) -> Iterator[HealthFinding]:
    for pair in pairs:
        names = (pair.first.name, pair.second.name)
        if target in (pair.first, pair.second):
            column = _other(pair, target)
            yield HealthFinding(
                "leakage", (column.name,), 1,
                f"{named([column.name])} is the target under another name ({_relation(pair)}): leave it out of the "
                "features.",
            )  # fmt: skip
            continue
        topic = "copies" if pair.relation == "copy" else "same meaning"
        yield HealthFinding(topic, names, 2, f"{_relation(pair)}; both are kept, and share what they explain.")


def _relation(pair: SameColumns) -> str:
    first, second = named([pair.first.name]), named([pair.second.name])
    if pair.relation == "copy":
        return f"{second} is a copy of {first}"
    if pair.relation == "opposite":
        return f"{second} is {first} the other way round"
    if pair.relation == "recoding":
        return f"{second} is {first} in other words, value by value"
    sign = "-" if pair.shift < 0 else "+"
    scale = max(abs(pair.slope), abs(pair.shift))
    shift = "" if abs(pair.shift) <= 1e-9 * scale else f" {sign} {abs(pair.shift):.6g}"
    times = "" if abs(pair.slope - 1.0) < 1e-9 else f"{pair.slope:.6g} × "
    return f"{second} = {times}{first}{shift} in every row"


def _n_inputs(column: Column, degree: int) -> int:
    if has_powers(column):
        return degree
    if isinstance(column, NumberColumn) or column.kind == "datetime" or column.distinct <= 2:
        return 1
    return column.distinct


def _width_findings(table: Table, target: Column, used: Sequence[Column], degree: int) -> Iterator[HealthFinding]:
    n_rows = table.n_rows - target.n_missing
    n_inputs = sum(_n_inputs(one, degree) for one in used)
    if n_inputs >= n_rows > 0:
        yield HealthFinding(
            TOO_WIDE, (), n_inputs,
            f"{counted(len(used), 'column')} {'becomes' if len(used) == 1 else 'become'} "
            f"{counted(n_inputs, 'input')}, and {counted(n_rows, 'row')} can be learnt from: even a linear model can "
            "fit them exactly.",
        )  # fmt: skip
