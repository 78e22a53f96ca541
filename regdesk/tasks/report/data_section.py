"""What a report says of the data: rows, columns, what was done to them, and their health."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.core.report.values import Block, Paragraph, Section, Table, paragraphs, points
from regdesk.data.prepare.notes import day_text
from regdesk.tasks.report.subject import PARTS, ReportSubject, counted, figure

MOST_COLUMNS = 300
MISSING_IS = "a\N{NO-BREAK SPACE}missing cell\N{NO-BREAK SPACE}is"
"""The head of a narrow column: on two lines rather than on three."""


def data_section(subject: ReportSubject) -> Section:
    """Of the table where it is there; else what the model knows of it."""
    provenance, dataset = subject.provenance, subject.dataset
    blocks: list[Block] = []
    where = provenance.get("file") or subject.name
    said = [f"The data are {where}."]
    if subject.table is not None:
        rows, columns = counted(subject.table.n_rows, "row"), counted(len(subject.table.columns), "column")
        said = [f"The data are {where}: {rows} and {columns}."]
    blocks += paragraphs(said)
    split = _split_sentence(subject)
    if split:
        blocks.append(Paragraph(split))
    blocks.append(_columns(subject))
    if dataset is not None:
        blocks += [Paragraph("What was done to them:"), *points(dataset.notes)] if dataset.notes else []
    if subject.table is not None:
        if subject.table.guesses:
            blocks += [Paragraph("What had to be guessed when they were read:"), *points(subject.table.guesses)]
        if subject.table.health:
            blocks += [Paragraph("Health of the data:"), *points(subject.table.health)]
        else:
            blocks.append(Paragraph("The checks of data health found nothing to warn of."))
    return Section("The data", tuple(blocks))


def _split_sentence(subject: ReportSubject) -> str:
    split = subject.provenance.get("split")
    if not isinstance(split, Mapping) or not all(isinstance(split.get(name), int) for name, _ in PARTS):
        return ""
    parts = [f"{counted(split[name], 'row')} {verb}" for name, verb in (
        ("train", "train the model"), ("validation", "validate it"), ("test", "test it")) if split[name]]  # fmt: skip
    none = [word for name, word in PARTS[1:] if not split[name]]
    how = f" ({split['how']})" if isinstance(split.get("how"), str) and split["how"] else ""
    lacking = f" There are no {' and no '.join(none)} rows." if none else ""
    return f"{', '.join(parts)}{how}.{lacking}"


def _columns(subject: ReportSubject) -> Table:
    encoding = subject.model.encoding
    used = {column.name: column for column in encoding.columns}
    spreads = {spread.column: spread for spread in subject.model.spreads}
    rows: list[tuple[str, ...]] = []
    if subject.table is not None:
        known = {column["name"] for column in subject.table.columns}
        for column in subject.table.columns:
            rows.append(_row_of(subject, column, used.get(column["name"])))
        # What was made of dates is no column of the file.
        rows += [_made_row(column) for column in encoding.columns if column.name not in known]
        header: tuple[str, ...] = (
            "column",
            "kind",
            "becomes",
            MISSING_IS,
            "missing",
            "distinct",
            "minimum",
            "maximum",
        )
    else:
        for one in encoding.columns:
            spread = spreads.get(one.name)
            found = () if spread is None else (spread.minimum, spread.maximum)
            ends = ["" if end is None else _cell_text(one, end) for end in found] or ["", ""]
            rows.append((one.name, one.kind, _inputs_text(one), _fill_text(one, encoding.missing), *ends))
        header = ("column", "kind", "becomes", MISSING_IS, "minimum", "maximum")
    caption = "The columns of the file." if subject.table is not None else "The columns that the model needs."
    if len(rows) > MOST_COLUMNS:
        caption += f" The first {MOST_COLUMNS} of {len(rows):,} are listed."
    return Table(header, tuple(rows[:MOST_COLUMNS]), caption, n_words=4)


def _row_of(subject: ReportSubject, column: Mapping[str, Any], one: ColumnEncoding | None) -> tuple[str, ...]:
    name, data = column["name"], subject.model.configuration.data
    roles = {
        subject.target: "the target",
        data.split_column: "the split",
        data.fold_column: "the folds",
        data.weight_column: "row weights",
    }
    is_used = "left out" if one is None else _inputs_text(one)
    return (
        name,
        column["kind"],
        is_used if one is not None else roles.get(name, is_used),
        "" if one is None else _fill_text(one, subject.model.encoding.missing),
        f"{column['missing']:,}",
        f"{column['distinct']:,}",
        figure(column["minimum"]) if "minimum" in column else "",
        figure(column["maximum"]) if "maximum" in column else "",
    )


def _made_row(one: ColumnEncoding) -> tuple[str, ...]:
    return (one.name, f"made of {one.source_name}", _inputs_text(one), "", "", "", "", "")


def _inputs_text(one: ColumnEncoding) -> str:
    return counted(len(one.input_names), "input")


def _fill_text(one: ColumnEncoding, missing: str) -> str:
    if missing == "drop":
        return "not predicted"
    if one.fill_rule == "own level":
        return "own level"
    return _cell_text(one, one.fill) if isinstance(one.fill, float) else str(one.fill or "none of the levels")


def _cell_text(one: ColumnEncoding, value: float) -> str:
    """A number as it stands in the column: dates are days since 1970-01-01."""
    return day_text(one, value) or figure(value)
