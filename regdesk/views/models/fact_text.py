"""What there is to say of a model, laid out: as rich text to be read, as lines and tabs to be copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from regdesk.core.words.model_facts import FactTable, ModelFacts, PredictionFacts
from regdesk.core.words.safe_text import safe_line


def facts_html(facts: ModelFacts, sentence: str) -> str:
    """``sentence`` says whether it can be trained on."""
    rows = "".join(
        f"<tr><td><b>{_shown(name)}</b></td><td>{_shown(said)}</td></tr>" for name, said in facts.facts if said
    )
    parts = [
        f"<h3>{_shown(facts.summary)}</h3>",
        f"<p>{_shown(sentence)}</p>" if sentence else "",
        f'<table cellspacing="0" cellpadding="3">{rows}</table>',
        "<h4>Scores</h4>" + (table_html(facts.scores) if facts.scores.rows else "<p>No scores were saved.</p>"),
        f"<h4>{_shown(facts.weights_title)}</h4>{table_html(facts.weights)}",
    ]
    return "".join(parts)


def facts_text(facts: ModelFacts) -> str:
    """The same with a tab between two cells."""
    lines = [facts.name, facts.summary, "", *("\t".join(map(safe_line, pair)) for pair in facts.facts)]
    for title, table in (("Scores", facts.scores), (facts.weights_title, facts.weights)):
        lines += ["", title, *_tabbed(table)]
    return "\n".join(lines) + "\n"


def predictions_html(facts: PredictionFacts) -> str:
    """Counts, figures beside those of the model's own parts, and the rows without a prediction."""
    parts = ["".join(f"<p>{_shown(one)}</p>" for one in facts.sentences)]
    if facts.scores is not None:
        parts.append(f"<h4>Figures on these rows</h4>{table_html(facts.scores)}")
    if facts.skipped:
        rows = FactTable(("line", "why"), tuple((f"{one.line}", one.reason) for one in facts.skipped))
        parts.append(f"<h4>Rows without a prediction</h4>{table_html(rows, n_words=2)}")
    if facts.n_skipped > len(facts.skipped):
        parts.append(f"<p>And {facts.n_skipped - len(facts.skipped):,} more.</p>")
    return "".join(parts)


def table_html(table: FactTable, n_words: int = 1) -> str:
    """The first ``n_words`` columns lean left, the figures after them right."""
    aligns = ["left" if place < n_words else "right" for place in range(len(table.header))]
    rows = [_row("th", table.header, aligns), *(_row("td", row, aligns) for row in table.rows)]
    return f'<table cellspacing="0" cellpadding="3">{"".join(rows)}</table>'


def _row(tag: str, cells: Sequence[str], aligns: Sequence[str]) -> str:
    pairs = zip(cells, aligns, strict=True)
    return f"<tr>{''.join(f'<{tag} align={align}>{_shown(cell)}</{tag}>' for cell, align in pairs)}</tr>"


def _tabbed(table: FactTable) -> Iterator[str]:
    for row in (table.header, *table.rows):
        yield "\t".join(map(safe_line, row))


def _shown(text: str) -> str:
    """As it is written, whatever it looks like."""
    return escape(safe_line(text))
