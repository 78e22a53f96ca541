"""A report as one HTML file that needs nothing else: no script, no style sheet, font or picture from anywhere."""

from __future__ import annotations

from html import escape

from regdesk.core.report.values import Block, Code, Paragraph, Picture, Points, Report, Section, Table
from regdesk.core.words.safe_text import safe_line

FONTS = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
CODE_FONTS = "Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace"
MOST_SHORT = 24
"""Letters of a word in a table that is never broken."""

_STYLE = f"""
:root {{ color-scheme: light; }}
html {{ background: #ffffff; }}
body {{ margin: 0 auto; padding: 2.5rem 1.5rem; max-width: 46rem; color: #1f2328; background: #ffffff;
  font: 1rem/1.5 {FONTS}; overflow-wrap: break-word; }}
h1 {{ margin: 0; font-size: 1.75rem; line-height: 1.2; }}
h2 {{ margin: 2.25rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid #d0d7de; font-size: 1.2rem; }}
p, ul, figure {{ margin: 0.6rem 0; }}
ul {{ padding-left: 1.2rem; }}
.subtitle {{ margin: 0.3rem 0 0; color: #57606a; }}
.origin {{ margin-top: 3rem; padding-top: 0.75rem; border-top: 1px solid #d0d7de; color: #57606a; font-size: 0.8rem; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; margin: 0.9rem 0; font-size: 0.875rem; line-height: 1.35; }}
caption {{ margin-bottom: 0.3rem; text-align: left; color: #57606a; }}
th, td {{ padding: 0.22rem 0.65rem 0.22rem 0; text-align: right; vertical-align: top;
  font-variant-numeric: tabular-nums; white-space: nowrap; }}
th {{ border-bottom: 1px solid #8c959f; font-weight: 600; vertical-align: bottom; }}
td {{ border-bottom: 1px solid #eaeef2; }}
.word {{ min-width: 4.5rem; max-width: 22rem; text-align: left; white-space: normal; overflow-wrap: anywhere; }}
td.short {{ min-width: 0; white-space: nowrap; }}
th.short {{ min-width: 0; overflow-wrap: normal; }}
th.long {{ min-width: 11rem; white-space: normal; overflow-wrap: anywhere; }}
th:last-child, td:last-child {{ padding-right: 0; }}
tr.marked td {{ background: #eef4fb; }}
svg {{ display: block; width: 100%; height: auto; }}
figcaption {{ color: #57606a; font-size: 0.875rem; }}
pre {{ margin: 0.3rem 0 0.9rem; padding: 0.6rem 0.75rem; background: #f6f8fa; border: 1px solid #d0d7de;
  font: 0.8rem/1.45 {CODE_FONTS}; white-space: pre-wrap; overflow-wrap: anywhere; }}
@page {{ size: A4; margin: 18mm 18mm 20mm; }}
@media print {{
  html {{ font-size: 9.5pt; }}
  body {{ max-width: none; padding: 0; }}
  h2, .lead {{ break-after: avoid; }}
  p, li {{ orphans: 3; widows: 3; }}
  figure, tr, pre, .whole {{ break-inside: avoid; }}
  thead {{ display: table-header-group; }}
  caption {{ break-after: avoid; }}
  .wide {{ overflow: visible; }}
  tr.marked td, pre {{ print-color-adjust: exact; }}
}}
"""


def html_page(report: Report) -> str:
    """``report`` as a page of HTML 5; what names from files hold is text in it and nothing else."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="generator" content="regdesk">',
            f"<title>{text(report.title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<header>",
            f"<h1>{text(report.title)}</h1>",
            f'<p class="subtitle">{text(report.subtitle)}</p>',
            "</header>",
            "<main>",
            *(_section(one) for one in report.sections),
            "</main>",
            f'<footer class="origin">{text(report.origin)}</footer>',
            "</body>",
            "</html>",
            "",
        ]
    )


def text(words: str) -> str:
    """``words`` as they stand between tags or in an attribute, without what nobody would see or could print."""
    return escape(safe_line(words))


def _section(section: Section) -> str:
    return "\n".join(["<section>", f"<h2>{text(section.title)}</h2>", *map(block_html, section.blocks), "</section>"])


def block_html(block: Block) -> str:
    """One block of a report."""
    if isinstance(block, Paragraph):
        return f"<p>{text(block.text)}</p>"
    if isinstance(block, Points):
        return "<ul>" + "".join(f"<li>{text(one)}</li>" for one in block.items) + "</ul>"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Picture):
        return f"<figure>{block.svg}<figcaption>{text(block.caption)}</figcaption></figure>"
    return _code(block)


def _table(table: Table) -> str:
    caption = f"<caption>{text(table.caption)}</caption>" if table.caption else ""
    head = _cells(table, table.header, "th", ' scope="col"')
    rows = [
        f"<tr{_marked(number in table.marked)}>{_cells(table, cells, 'td', '')}</tr>"
        for number, cells in enumerate(table.rows)
    ]
    body = "\n".join(["<tbody>", *rows, "</tbody>"])
    top = f"<thead><tr>{head}</tr></thead>\n" if any(table.header) else ""
    whole = " whole" if table.is_short else ""
    return f'<div class="wide{whole}"><table>{caption}{top}{body}</table></div>'


def _marked(is_marked: bool) -> str:
    return ' class="marked"' if is_marked else ""


def _cells(table: Table, cells: tuple[str, ...], tag: str, scope: str) -> str:
    return "".join(
        f"<{tag}{scope}{_word(cell) if place < table.n_words else _title(cell, tag)}>{text(cell)}</{tag}>"
        for place, cell in enumerate(cells)
    )


def _word(cell: str) -> str:
    # A browser breaks any word where another column could have more room: a name of usual length stays whole.
    return f' class="word{" short" if len(cell) <= MOST_SHORT else ""}"'


def _title(cell: str, tag: str) -> str:
    # Above numbers a title is on one line, unless it has a long name in it, which would go over the edge of paper.
    return ' class="long"' if tag == "th" and len(cell) > MOST_SHORT else ""


def _code(code: Code) -> str:
    # A line end after the tag is not a part of the text, so that a first empty line is kept.
    lines = "\n".join(text(line) for line in code.text.split("\n"))
    caption = f'<p class="lead">{text(code.caption)}</p>' if code.caption else ""
    return f"{caption}<pre>\n{lines}</pre>"
