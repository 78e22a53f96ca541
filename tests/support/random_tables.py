"""Random tables as files in random dialects, each with what it holds.

A file is one that can be read without a guess that may be wrong: its first column is of numbers, cells with a mark that
may delimit are in quotes, and the numbers of a column show which mark begins their decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csv_corpus import Cell
from hypothesis import strategies as st

NASTY = "abcwxyzéßЖ漢 .,;|\t:'\"\\\n#-/%()=&€@0123456789~^"
WESTERN = "abcwxyzéß .,;|\t:'\"\\\n#-/%()=&€@0123456789~^"
BEGINNINGS = ("w", "wo", "w#", "'w", '"w', "(w", ",w", ";w", "=w", "@w", "-w")
MAY_DELIMIT = ",;|\t:~^ "
TRUTH = (("yes", "no"), ("TRUE", "FALSE"), ("t", "f"), ("Y", "N"))
PREAMBLES: tuple[tuple[str, ...], ...] = ((), (), ("A title",), ("# made by us", "# on a day"), ("Report of x", ""))


@dataclass(frozen=True)
class WrittenTable:
    """The bytes of a file, the cells of each column, None where missing, and its dialect in words."""

    content: bytes
    columns: dict[str, list[Cell]]
    dialect: str


@dataclass(frozen=True)
class Dialect:
    """How a table is written; ``quoting`` says which cells have quotes that would not need them."""

    delimiter: str
    decimal: str
    quote: str
    has_backslashes: bool
    quoting: str
    encoding: str
    line_end: str
    blank: str

    @property
    def letters(self) -> str:
        """What its words are made of."""
        letters = WESTERN if self.encoding == "cp1252" else NASTY
        if self.quote == "'":
            # It may be an apostrophe as well, and then what delimits is a guess.
            return "".join(one for one in letters if one not in "\\\n,;|\t'")
        # A backslash in a cell is plain only where backslashes have no meaning.
        return letters.replace("\\", "") if self.has_backslashes else letters

    def written(self, cell: str) -> str:
        """``cell`` with quotes where it has or may need them."""
        must = any(mark in cell for mark in f"{MAY_DELIMIT}\r\n\"'")
        if cell == "\\N" or not (must or self.quoting == "all"):
            return cell
        doubled = f"\\{self.quote}" if self.has_backslashes else self.quote * 2
        return self.quote + cell.replace(self.quote, doubled) + self.quote

    def line(self, cells: Sequence[str]) -> str:
        """A line of the file without its end."""
        return (self.delimiter + self.blank).join(self.written(cell) for cell in cells)


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    delimiter = draw(st.sampled_from(",;\t|"))
    quote = draw(st.sampled_from('""\''))
    return Dialect(
        delimiter=delimiter,
        decimal="." if delimiter == "," else draw(st.sampled_from(".,")),
        quote=quote,
        has_backslashes=quote == '"' and draw(st.booleans()),
        quoting="all" if quote == "'" else draw(st.sampled_from(["few", "all"])),
        encoding=draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])),
        line_end=draw(st.sampled_from(["\n", "\r\n"] if quote == "'" else ["\n", "\r\n", "\r"])),
        blank=draw(st.sampled_from(["", "", " "])) if delimiter in ",;|" else "",
    )


def words(letters: str) -> st.SearchStrategy[str]:
    """Words that are neither numbers nor missing, nor end or begin with a blank, but have all else in them."""
    joined = st.builds(str.__add__, st.sampled_from(BEGINNINGS), st.text(letters, max_size=8))
    return joined.map(str.strip)


@st.composite
def numbers(draw: st.DrawFn, n_rows: int, decimal: str) -> tuple[list[str], list[Cell]]:
    """Numbers as they are written, and what they are."""
    kind = draw(st.sampled_from(["whole", "fixed", "any", "grouped"]))
    if kind == "whole":
        whole = st.one_of(st.integers(-100, 100), st.integers(-(2**53), 2**53))
        texts = [str(number) for number in draw(st.lists(whole, min_size=n_rows, max_size=n_rows))]
    elif kind == "any":
        finite = st.floats(allow_nan=False, allow_infinity=False)
        texts = [repr(number) for number in draw(st.lists(finite, min_size=n_rows, max_size=n_rows))]
    else:
        # Three digits behind the mark might as well be thousands.
        n_digits = draw(st.sampled_from([1, 2, 4]))
        scaled = draw(st.lists(st.integers(-(10**8), 10**8), min_size=n_rows, max_size=n_rows))
        texts = [f"{number / 10**n_digits:.{n_digits}f}" for number in scaled]
    cells: list[Cell] = [float(text) for text in texts]
    if kind == "grouped":
        texts = [f"{float(text):,.{n_digits}f}" for text in texts]
    marks = {".": decimal, ",": "." if decimal == "," else ","}
    return ["".join(marks.get(one, one) for one in text) for text in texts], cells


@st.composite
def columns(draw: st.DrawFn, n_rows: int, dialect: Dialect, is_first: bool) -> tuple[list[str], list[Cell]]:
    """Cells as they are written, and what they are; of the first column none is missing."""
    kind = "numbers" if is_first else draw(st.sampled_from(["numbers", "numbers", "words", "dates", "truth"]))
    cells: list[Cell]
    if kind == "numbers":
        texts, cells = draw(numbers(n_rows, dialect.decimal))
    else:
        one = {
            "words": words(dialect.letters),
            "dates": st.dates().map(lambda day: day.isoformat()),
            "truth": st.sampled_from(draw(st.sampled_from(TRUTH))),
        }[kind]
        texts = draw(st.lists(one, min_size=n_rows, max_size=n_rows))
        cells = list(texts)
    if is_first:
        return texts, cells
    missing = draw(st.lists(st.booleans(), min_size=n_rows - 2, max_size=n_rows - 2))
    word = draw(st.sampled_from(["", "NA", "?", "NULL", "\\N"]))
    is_missing = [False, False, *missing]
    texts = [word if gone else text for text, gone in zip(texts, is_missing, strict=True)]
    return texts, [None if gone else cell for cell, gone in zip(cells, is_missing, strict=True)]


@st.composite
def written_tables(draw: st.DrawFn) -> WrittenTable:
    """Tables of 4 to 12 rows and 2 to 5 columns."""
    dialect, n_rows, n_columns = draw(dialects()), draw(st.integers(4, 12)), draw(st.integers(2, 5))
    every = [draw(columns(n_rows, dialect, number == 0)) for number in range(n_columns)]
    has_header = draw(st.booleans())
    if has_header:
        # Line ends in a name become blanks.
        name = words(dialect.letters).map(lambda text: " ".join(text.split()))
        names = draw(st.lists(name, min_size=n_columns, max_size=n_columns, unique=True))
    else:
        names = [f"column_{number}" for number in range(1, n_columns + 1)]
    says = (f"sep={dialect.delimiter}",)
    before = draw(st.sampled_from([*PREAMBLES, says] if dialect.blank == "" else PREAMBLES))
    after = draw(st.sampled_from([(), (), ("", "(3 rows)"), (dialect.delimiter * (n_columns - 1),), ("",)]))
    end_of_rows = draw(st.sampled_from(["", dialect.delimiter])) if has_header else ""
    rows = zip(*(texts for texts, _ in every), strict=True)
    lines = [
        *before,
        *([dialect.line(names)] if has_header else []),
        *(dialect.line(row) + end_of_rows for row in rows),
        *after,
    ]
    text = dialect.line_end.join(lines) + draw(st.sampled_from(["", dialect.line_end]))
    cells = {name: found for name, (_, found) in zip(names, every, strict=True)}
    told = f"{dialect}, header: {has_header}, before: {before}, after: {after}, end of rows: {end_of_rows!r}"
    return WrittenTable(text.encode(dialect.encoding), cells, told)
