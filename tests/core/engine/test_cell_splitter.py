"""Cells and numbers found by compiled code: as the standard library's reader splits them, as ``float`` reads them."""

from __future__ import annotations

import csv
import io
import random
from fractions import Fraction

import numpy as np
import pytest

from regdesk.core.engine.cell_splitter import BYTES_BEHIND, SplitText, split_cells

N_CELLS = 20_000


def split(content: bytes, width: int, delimiter: str = ",", quote: str = '"', mark: str = ".") -> SplitText | None:
    text = np.frombuffer(content + b"\n" * BYTES_BEHIND, np.uint8)
    return split_cells(text, len(content), delimiter, quote, mark, width)


def read(cells: list[str], delimiter: str = ",", mark: str = ".") -> tuple[list[float], list[bool]]:
    """Number of each of ``cells``, and whether it was left alone."""
    found = split("".join(cell + "\n" for cell in cells).encode(), 1, delimiter, '"', mark)
    assert found is not None
    assert found.lines.tolist() == list(range(len(cells)))
    return found.cells.values[0].tolist(), found.cells.is_other[0].tolist()


def random_number(generator: random.Random) -> str:
    n_digits = generator.randint(1, 19)
    digits = "".join(generator.choice("0123456789") for _ in range(n_digits))
    place = generator.randint(0, n_digits)
    exponent = generator.choice(("", "", "", f"e{generator.randint(-3, 9)}", f"E+{generator.randint(0, 2)}"))
    return generator.choice(("", "-")) + digits[:place] + generator.choice((".", "")) + digits[place:] + exponent


def near_the_middle(generator: random.Random) -> str:
    """A number of at most 19 digits that lies between two doubles, or as near to that as its digits allow."""
    n_decimals = generator.randint(0, 18)
    lower = float(Fraction(generator.randrange(2**53, 10**19), 10**n_decimals))
    middle = (Fraction(lower) + Fraction(float(np.nextafter(lower, np.inf)))) / 2
    digits = str(round(middle * 10**n_decimals)).rjust(n_decimals + 1, "0")
    return f"{digits[:-n_decimals]}.{digits[-n_decimals:]}" if n_decimals else digits


def beside_the_middle(generator: random.Random) -> str:
    """A number of 19 digits or so that is farther from the middle of two doubles than nothing, by 2⁻⁴⁰ of their step.

    m / 10^f is J / 2^(a + f) + r / (5^f 2^(a + f)) where m 2^a = J 5^f + r, and J is odd and has 54 bits.
    """
    while True:
        n_decimals, rest = generator.randint(14, 18), generator.choice((-3, -1, 1, 3))
        fives = 5**n_decimals
        shift = fives.bit_length() - 9
        first = rest * pow(2, -shift, fives) % fives
        least = (2**53 * fives >> shift) + generator.randrange(2**50)
        whole = first + -(-(least - first) // fives) * fives
        middle = (whole * 2**shift - rest) // fives
        if middle % 2 and 2**53 < middle < 2**54 and whole < 10**19:
            digits = str(whole)
            return f"{digits[:-n_decimals]}.{digits[-n_decimals:]}"


@pytest.mark.parametrize("make", [random_number, near_the_middle, beside_the_middle])
def test_a_number_that_is_read_is_the_nearest_double(make) -> None:
    generator = random.Random(1)
    cells = [make(generator) for _ in range(N_CELLS)]
    values, is_other = read(cells)
    expected = [float(cell) for cell in cells]
    found = [value if not other else one for value, other, one in zip(values, is_other, expected, strict=True)]
    assert np.array(found).tobytes() == np.array(expected).tobytes()
    n_read = is_other.count(False)
    if make is beside_the_middle:
        assert n_read == 0
    else:
        assert n_read > (0.75 * N_CELLS if make is random_number else 0.3 * N_CELLS)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("0", 0.0), ("-0", -0.0), (".5", 0.5), ("5.", 5.0), ("1.50e1", 15.0), ("007", 7.0),
     ("0." + "0" * 20 + "12", 1.2e-21), ("1E-22", 1e-22), ("9007199254740993.5", 9007199254740994.0),
     ("-1234567890.123456789", -1234567890.123456789), ("", 0.0)],
)  # fmt: skip
def test_forms_that_are_read(cell: str, value: float) -> None:
    values, is_other = read(["1", cell, "2"])
    assert values == [1.0, value, 2.0]
    assert np.signbit(values[1]) == np.signbit(value)
    assert is_other[0] is is_other[2] is False


@pytest.mark.parametrize(
    "cell",
    ["-", ".", "-.", "+5", "1e", "1e+", "e5", "1.2.3", "1-2", "--1", "1 ", "\t1", "1_000", "0x10", "nan", "inf", "NA",
     "1e400", "1e-400", "1,5", "12345678901234567890", "9007199254740993", "0" * 200, "é"],
)  # fmt: skip
def test_what_is_not_to_be_read_is_left_alone(cell: str) -> None:
    assert read(["1", cell], delimiter=";")[1] == [False, True]


def test_with_a_comma_as_mark_a_point_is_none() -> None:
    values, is_other = read(["1,5", "-0,25", "1.5", "2"], ";", ",")
    assert is_other == [False, False, True, False]
    assert [values[place] for place in (0, 1, 3)] == [1.5, -0.25, 2.0]


def random_cell(generator: random.Random, quote: str) -> str:
    if generator.random() < 0.3:
        return (
            quote
            + "".join(generator.choice(f'ab,; \n{quote}{quote}"é1.') for _ in range(generator.randint(0, 6)))
            + quote
        )
    return "".join(generator.choice("ab1.-  'x\"") for _ in range(generator.randint(0, 4)))


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_rows_are_split_as_by_the_standard_library_or_refused(quote: str) -> None:
    generator = random.Random(2)
    n_split, n_refused = 0, 0
    for _ in range(4_000):
        rows = [[random_cell(generator, quote) for _ in range(3)] for _ in range(generator.randint(1, 4))]
        end = generator.choice(("\n", "\r\n"))
        content = "".join(",".join(row) + generator.choice(("", "", ",")) + end for row in rows).encode()
        found = split(content, 3, quote=quote)
        if found is None:
            n_refused += 1
            continue
        whole = content[: found.n_bytes].decode()
        assert found.n_lines == whole.count("\n")
        form = {"quotechar": quote, "strict": True} if quote else {"quoting": csv.QUOTE_NONE}
        reader = csv.reader(io.StringIO(whole, newline=""), skipinitialspace=True, **form)
        lines, expected = [], []
        for cells in reader:
            assert not any(cells[3:])
            expected.append(cells[:3])
            lines.append(reader.line_num)
        starts, ends, doubled = found.cells.starts.T, found.cells.ends.T, found.cells.is_doubled.T
        texts = [
            [
                content[start:end].decode().replace(quote * 2, quote) if is_one else content[start:end].decode()
                for start, end, is_one in zip(*row, strict=True)
            ]
            for row in zip(starts.tolist(), ends.tolist(), doubled.tolist(), strict=True)
        ]
        assert texts == expected, content
        assert found.lines.tolist() == [0, *lines][: len(texts)]
        n_split += 1
    assert n_split > 300
    assert n_refused > (300 if quote else 0)
