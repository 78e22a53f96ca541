"""Labels with digits in them, of which nothing is told, and numbers in a form that is not read, of which it is."""

from __future__ import annotations

from csv_corpus import CsvCase

N_ROWS = 12


def column(case: str, name: str, *cells: str, words: str = "") -> CsvCase:
    """Twelve rows with ``cells`` again and again; with ``words`` a warning on line 2 says them."""
    quoted = [f'"{cell.replace(chr(34), 2 * chr(34))}"' if "," in cell or '"' in cell else cell for cell in cells]
    rows = "".join(f"{number + 0.5},{quoted[number % len(cells)]}\n" for number in range(N_ROWS))
    columns = {"x": [number + 0.5 for number in range(N_ROWS)], name: [*cells * N_ROWS][:N_ROWS]}
    return CsvCase(case, f"x,{name}\n{rows}", columns, told=(2,) if words else (), words=words)


def each(form: str) -> list[str]:
    """Twelve different cells, of numbers that grow in a way of their own."""
    return [form.format(7 * number % 90 + 10, 37 * number % 900 + 100, 3 + number) for number in range(N_ROWS)]


CASES = [
    column("classes of a school", "class", "1/2", "1/3", "2/1", "2/2"),
    column("few classes of a school", "group", "1/2", "2/1"),
    column("genotypes", "g", "0/0", "0/1"),
    column("pairs of numbers again and again", "va", "20/20", "20/40"),
    column("blood pressure", "bp", *each("1{0}/{0}"), words="two numbers with a slash between them"),
    column("fractions of an inch", "size", "1/4", "3/8", "1/2", "5/16", words="each cell has a fraction, such as"),
    column("bases of sixteen of articles", "sku", "0xB5", "0xE5", "0x1A"),
    column("addresses of registers", "addr", *each("0x{1}")),
    column("few frames of a bus", "frame", "0x1F0", "0x2A0"),
    column("measured with the base 16", "level", *each("0x{1}"), words="a number with the base 16, 8 or 2"),
    column("numbers of cards", "payment", *each("1{1} {1}1 2{1} {1}3")),
    column("telephones of ten digits", "call", *each("{1} 555 1{1}")),
    column("pressures with a blank", "bp", *each("1{0} {0}"), words="several numbers with blanks between them"),
    column("paths", "path", "/", "/a/b", "/index.html"),
    column("signs that are no paths", "answer", "/", "good", "bad", words="among words there is '/'"),
    column("versions of three parts", "version", *each("{0}.{2}.{0}")),
    CsvCase("versions of two and three parts", "x,v\n" + "0.5,1.0\n1.5,1.0.1\n2.5,1.10\n" * 4, {
        "x": [0.5, 1.5, 2.5] * 4, "v": ["1.0", "1.0.1", "1.10"] * 4,
    }, told=(3,), words="two points, as versions do"),
    CsvCase("one slip with two points", "x,v\n0.5,1.1.2\n" + "1.5,1.0\n2.5,1.10\n" * 9, group="refused", line=2),
    column("articles with a sum that may be X", "isbn", *each("12345{1}7X")[:3], *each("98765{1}73")[3:]),
    column("parts of a book", "part", "1-2", "1-3", "2-4", "2-5", "3-6"),
    column("results of matches", "score", *each("{2}-{0}")[:6], "9-3", "8-8", "7-1"),
    column("codes with a dash", "article", *each("{0}-{1}")),
    column("classes of age", "age", "0-17", "18-34"),
    column("intervals of many kinds", "depth", *each("{2}.5-{0}.5"), words="ranges from one number to another"),
    column("places", "place", *each("{0}.348, -{2}.25"), words="several numbers with commas or semicolons"),
    column("lists", "list", *each("[{0},{2}]")),
    column("sizes of parts", "size", *each("{0}x{1}x{2}")),
    column("means with their range", "mean", *each("{0}.5 [{0}.1-{0}.9]"), words="others in brackets behind it"),
    column("masses with the last digit in doubt", "mass", *each("{0}.{1}({2})"), words="others in brackets behind it"),
    column("feet and inches", "height", "5'11\"", "6'2\"", "5'4\"", words="feet and inches, such as"),
    column("addresses of machines", "ip", *each("10.{1}.{0}.1")),
    column("machines and their nets", "net", *each("10.{2}.0.0/16")),
    column("seasons", "season", "2019-20", "2020-21", "2021-22"),
    column("days of the week and times", "open", "9:00-17:00", "10:00-18:00"),
]  # fmt: skip
