"""A report as PDF: pages, what is on them, and what stays together."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pypdfium2
import pytest

from regdesk.core.report.drawing import Drawing
from regdesk.core.report.values import Block, Code, Paragraph, Picture, Points, Report, Section, Table
from regdesk.desktop.report_pages import Pages, Piece
from regdesk.desktop.report_pdf import MOST_CODE_LETTERS, pdf_bytes, shell_lines


def texts_of(*blocks: Block, title: str = "heading") -> list[str]:
    """The text of each page of a report with ``blocks``."""
    content = pdf_bytes(Report("a report", "below it", "the origin", (Section(title, tuple(blocks)),)))
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def placed(pages: Pages) -> list[list[tuple[float, float, float]]]:
    return [[(one.top, one.begin, one.end) for one in page] for page in pages.pages]


def test_a_table_is_cut_between_rows_and_its_head_is_repeated():
    pages = Pages(100.0)
    pages.place(Piece(30.0, 0.0), 30.0)
    pages.place(Piece(200.0, 10.0, (20.0, 55.0, 90.0, 120.0, 170.0), (0.0, 20.0)), 55.0)
    assert placed(pages) == [
        [(0.0, 0.0, 30.0), (40.0, 0.0, 55.0)],
        [(0.0, 0.0, 20.0), (20.0, 55.0, 120.0)],
        [(0.0, 0.0, 20.0), (20.0, 120.0, 200.0)],
    ]


def test_the_last_line_or_row_does_not_stand_alone_at_the_top_of_a_page() -> None:
    # Four lines where three have room: two and two.
    pages = Pages(100.0)
    pages.place(Piece(55.0, 0.0), 55.0)
    pages.place(Piece(56.0, 0.0, (14.0, 28.0, 42.0)), 42.0)
    assert placed(pages) == [[(0.0, 0.0, 55.0), (55.0, 0.0, 28.0)], [(0.0, 28.0, 56.0)]]
    # Five: two are left as it is.
    pages = Pages(100.0)
    pages.place(Piece(55.0, 0.0), 55.0)
    pages.place(Piece(70.0, 0.0, (14.0, 28.0, 42.0, 56.0)), 42.0)
    assert placed(pages)[1] == [(0.0, 42.0, 70.0)]


def test_what_has_no_room_begins_a_page_and_what_is_higher_than_one_is_cut():
    pages = Pages(100.0)
    pages.place(Piece(60.0, 5.0), 60.0)
    pages.place(Piece(50.0, 5.0), 50.0)
    pages.place(Piece(230.0, 5.0), 230.0)
    assert placed(pages) == [
        [(0.0, 0.0, 60.0)],
        [(0.0, 0.0, 50.0)],
        [(0.0, 0.0, 100.0)],
        [(0.0, 100.0, 200.0)],
        [(0.0, 200.0, 230.0)],
    ]


@pytest.mark.usefixtures("qapp")
def test_all_of_a_report_is_on_its_pages_as_text():
    drawing = Drawing(300, 100, "picture")
    drawing.words(20, 50, "within the picture")
    pages = texts_of(
        Paragraph("A paragraph."),
        Points(("One.", "Two.")),
        Table(("name", "value"), (("a <b> & c", "1"),), "A caption."),
        Picture(drawing.svg(), 300, 100, "Below the picture."),
        Code("x = 1\n    + 2", "To copy:"),
    )
    assert len(pages) == 1
    for text in ("a report", "heading", "A paragraph.", "• Two.", "a <b> & c", "A caption.", "within the picture",
                 "Below the picture.", "To copy:", "x = 1", "+ 2", "the origin", "page 1 of 1"):  # fmt: skip
        assert text in pages[0]


@pytest.mark.usefixtures("qapp")
def test_rows_of_a_long_table_are_each_on_one_page_below_its_head():
    rows = tuple((f"row-{number}-name " + "long " * 12, "1") for number in range(150))
    pages = texts_of(Table(("what it is", "value"), rows))
    assert len(pages) > 2
    assert all("what it is" in page for page in pages)
    together = " ".join(pages)
    assert all(together.count(f"row-{number}-name") == 1 for number in range(150))
    assert f"page 2 of {len(pages)}" in pages[1]


@pytest.mark.usefixtures("qapp")
def test_a_short_table_is_on_one_page_wherever_it_comes():
    # A row may leave out what the row above it says, as scores of one part do.
    table = Table(("part", "score"), tuple(("" if number % 4 else "part", f"row-{number}") for number in range(12)))
    for n_before in range(30, 54, 4):
        pages = texts_of(*(Paragraph(f"Before {number}.") for number in range(n_before)), table)
        assert [page.count("row-") for page in pages if "row-" in page] == [12]


@pytest.mark.usefixtures("qapp")
def test_no_page_ends_with_a_heading():
    sections = tuple(Section(f"heading-{number}", (Paragraph("Words. " * 60),)) for number in range(40))
    document = pypdfium2.PdfDocument(pdf_bytes(Report("a", "b", "origin", sections)))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    assert len(pages) > 3
    for page in pages:
        body = page.split(" origin")[0]
        assert body.endswith("Words.")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", ["</p><script>", "&lt;", "nul \x00", "half \ud800", "a" * 3000, "\u202e x"])
def test_names_are_text_and_do_no_harm(name):
    pages = texts_of(Paragraph(name), Table((name, "v"), ((name, "1"),), name), Code(name, name), title=name)
    together = "".join(pages)
    assert "origin" in together
    if name.isprintable() and len(name) < 20:
        assert together.count(name) == 7
    if len(name) == 3000:
        # Wrapped, and nothing lost.
        assert together.replace(" ", "").count("a") >= 7 * 3000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sh")
def test_a_command_on_several_lines_is_what_a_shell_takes_for_one():
    words = [
        "regdesk",
        "report",
        "a file.csv",
        "--hidden",
        "",
        "--target",
        'it\'s "so"',
        *["--penalty-factor=a b=2"] * 9,
    ]
    lines = shell_lines(shlex.join(words))
    assert len(lines) > 2
    assert max(map(len, lines)) <= MOST_CODE_LETTERS + 1
    said = subprocess.run(
        ["sh"],
        input="f() { printf '%s\\n' \"$@\"; }; f " + "\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.split("\n")[:-1] == words
    assert shell_lines("regdesk samples") == ["regdesk samples"]


@pytest.mark.usefixtures("qapp")
def test_commands_are_broken_between_words_and_an_equation_by_no_page():
    command = " ".join(["regdesk fit", *[f"--penalty-factor=column-{number}=2" for number in range(20)]])
    [page] = texts_of(Code(command, "The command:", is_command=True))
    assert all(f"--penalty-factor=column-{number}=2" in page for number in range(20))
    equation = "\n".join(f"+ 0.5 * [input {number}]" for number in range(20))
    for n_before in (20, 28, 34):
        pages = texts_of(*[Paragraph("A paragraph.")] * n_before, Code(equation, "To copy:"))
        [found] = [page for page in pages if "[input 0]" in page]
        assert "[input 19]" in found
        assert "To copy:" in found
