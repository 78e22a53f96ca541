"""The page of a report is HTML that stands alone, and names in it are text and nothing else."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from regdesk.core.report.drawing import Drawing
from regdesk.core.report.html_page import MOST_SHORT, html_page
from regdesk.core.report.values import Block, Code, Paragraph, Picture, Points, Report, Section, Table

HOSTILE = (
    "<script>alert(1)</script>", "x]]>y", '"quoted" \'so\'', "=cmd|' /C calc'!A0", "${a} \\n */ \"\"\"", "&amp; <b>",
    "nul \x00 and bell \x07", "two\nlines\r\n", "turned \u202e round", "half \ud800 a letter", "</pre></title></style>",
)  # fmt: skip
VOID = {"meta", "br", "hr", "img", "link"}


class Walker(HTMLParser):
    """Checks that every tag is closed in its order, and collects what there is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))


def walked(page: str) -> Walker:
    walker = Walker()
    walker.feed(page)
    walker.close()
    assert walker.open == []
    return walker


def report_with(*blocks: Block, title: str = "a report") -> Report:
    return Report(title, "below it", "at the foot", (Section(title, tuple(blocks)),))


def all_of(name: str) -> Report:
    drawing = Drawing(100, 50, name)
    drawing.words(1, 2, name)
    table = Table((name, "value"), ((name, "1"), ("b", "2")), name, marked=frozenset({1}))
    picture = Picture(drawing.svg(), 100, 50, name)
    return report_with(Paragraph(name), Points((name, "b")), table, picture, Code(name, name), title=name)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_adds_no_tag_wherever_it_stands(name):
    # A word of the same length: only a short one is never broken.
    plain, found = walked(html_page(all_of("p" * len(name)))), walked(html_page(all_of(name)))
    assert found.tags == plain.tags
    assert found.attributes == plain.attributes
    page = html_page(all_of(name))
    # Written so that nothing is lost on the way to a file.
    assert page.encode().decode() == page
    assert "\x00" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("name", HOSTILE[:6])
def test_a_name_that_can_be_seen_is_read_as_it_is(name):
    texts = [data.strip() for _, data in walked(html_page(all_of(name))).texts]
    # Title and heading, section, paragraph, item, picture twice, three times in the table, and under picture and code.
    assert texts.count(name) == 13


def test_the_page_needs_nothing_else_and_runs_nothing():
    page = walked(html_page(all_of("a")))
    assert {"script", "link", "img", "iframe", "object", "base", "form"} & set(page.tags) == set()
    outside = [value for name, value in page.attributes if name in ("src", "href", "xlink:href", "style", "action")]
    assert outside == []
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    style = "".join(data for tag, data in page.texts if tag == "style")
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style
    assert "size: A4" in style


def test_code_keeps_its_lines_and_blanks():
    page = walked(html_page(report_with(Code("a = 1\n    + 2 * [b]\n", "to copy"))))
    assert "".join(data for tag, data in page.texts if tag == "pre") == "\na = 1\n    + 2 * [b]\n"


def test_a_table_marks_the_row_that_is_looked_for_and_may_have_no_head():
    table = Table(("", ""), (("a", "1"), ("b", "2")), "", n_words=1, marked=frozenset({1}))
    page = walked(html_page(report_with(table)))
    assert "thead" not in page.tags
    assert [value for name, value in page.attributes if name == "class"].count("marked") == 1
    assert [data for tag, data in page.texts if tag == "td"] == ["a", "1", "b", "2"]


@pytest.mark.parametrize(("n_rows", "is_whole"), [(15, True), (16, False)])
def test_a_short_table_is_printed_on_one_page(n_rows, is_whole):
    page = walked(html_page(report_with(Table(("a", "b"), (("x", "1"),) * n_rows))))
    assert ("wide whole" in [value for name, value in page.attributes if name == "class"]) == is_whole


def test_words_of_usual_length_are_not_broken_and_longer_ones_may_be():
    long = "a" * (MOST_SHORT + 1)
    page = html_page(report_with(Table(("column", "value"), (("total_cholesterol", "1"), (long, "2")))))
    assert '<td class="word short">total_cholesterol</td>' in page
    assert f'<td class="word">{long}</td>' in page


def test_a_title_above_numbers_is_broken_where_it_has_a_long_name():
    long = f"{'Zielgröße ' * 4}per unit"
    page = html_page(report_with(Table(("input", "standardised", long), (("a", "1", "2"),))))
    assert f'<th scope="col" class="long">{long}</th>' in page
    assert '<th scope="col">standardised</th>' in page
