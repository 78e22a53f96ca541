"""One column each, told or not: slips among thousands, signs of missing, scales, dashes, footnotes, what vanishes."""

from __future__ import annotations

from collections.abc import Sequence

from csv_corpus import Cell, CsvCase

PLAIN = [str(number) for number in range(31, 51)]


def case(
    name: str, cells: Sequence[str], becomes: Sequence[Cell], told: tuple[int, ...] = (), says: str = "",
    delimiter: str = ",", group: str = "loads exactly",
) -> CsvCase:  # fmt: skip
    """A file of a column k of words and a column v of ``cells``, quoted."""
    rows = [f'{"pqrst"[place % 5]}{delimiter}"{cell}"' for place, cell in enumerate(cells)]
    content = "\n".join([f"k{delimiter}v", *rows, ""])
    words = ["pqrst"[place % 5] for place in range(len(cells))]
    return CsvCase(name, content, {"k": words, "v": list(becomes)}, told=told, words=says, group=group)


def same(name: str, cells: Sequence[str], told: tuple[int, ...] = (), says: str = "") -> CsvCase:
    """Labels that stay as they are."""
    return case(name, cells, cells, told, says)


MSMOKE = ["0 daily"] * 30 + ["1-5 daily"] * 4 + ["6-10 daily"] * 3 + ["11+ daily"] * 2
CASES = [
    # Most marks fit as thousands, and one does not.
    case("a slip among thousands", ["1,234", "12,34", "5,678"], [1.234, 12.34, 5.678], (3,), "'12,34' (line 3)"),
    case("decimals with trailing zeros left out", ["1,2", "12,345", "5,67"], [1.2, 12.345, 5.67]),
    case("a decimal comma between semicolons", ["1,234", "12,34", "5,678"], [1.234, 12.34, 5.678], delimiter=";"),
    CsvCase(
        "a slip among points where others have commas",
        "k;v;w\np;1.234;0,5\nq;12.34;1,5\nr;5.678;2,5\n",
        {"k": ["p", "q", "r"], "v": [1.234, 12.34, 5.678], "w": [0.5, 1.5, 2.5]},
        told=(3, None),
    ),
    # One scale.
    same("a scale in a unit", MSMOKE, (32,), "30 of 39 cells are numbers"),
    case(
        "a rare range among measurements",
        [f"{one} kg" for one in PLAIN] + ["5-6 kg"],
        [*map(float, PLAIN), None],
        (22, 2),
    ),
    same("all with a plus", ["10,000+", "500,000+", "50+", "10,000+"], (2,), "4 cells, such as '10,000+'"),
    same("all with stars", ["0.51***", "0.32*", "0.44**", "0.51***"], (2,), "4 cells"),
    # A sign beside yes and no says neither.
    case("a dash beside yes and no", ["yes", "no", "-", "yes"], ["yes", "no", None, "yes"]),
    case("a point beside true and false", ["true", ".", "false", "true"], ["true", None, "false", "true"]),
    same("a point among words", ["male", "female", ".", "male", "female"], (4,), "=usual,."),
    same("plus and minus", ["+", "-", "+", "-"]),
    same("a dash beside yes alone", ["yes", "-", "yes", "-"]),
    same("unknown beside yes and no", ["yes", "no", "unknown", "yes", "no"]),
    # NA is Namibia.
    case("NA beside three countries", ["US", "NA", "GB", "DE"], ["US", None, "GB", "DE"], (3,), "Namibia"),
    case("an empty cell beside countries", ["US", "", "GB", "DE"], ["US", None, "GB", "DE"]),
    case("NA beside two letters", ["M", "NA", "F", "M"], ["M", None, "F", "M"]),
    # Accounting.
    case("a dash with a currency", ["$1,234.50", "$(987.00)", "$-"], [1234.5, -987.0, 0.0], (2, 3, 4), "'$-' (line 4)"),
    case(
        "a dash with a currency behind it", ["1.234,50 €", "- €", "12,00 €"], [1234.5, 0.0, 12.0], (2, 3), delimiter=";"
    ),
    case("a dash beside brackets", ["1,234.50", "(987.00)", " -   "], [1234.5, -987.0, None], (3, 4), "writes 0 so"),
    # What is not seen.
    case("Ctrl-Z behind a number", ["1.5", "2.5", "6.2\x1a"], [1.5, 2.5, 6.2]),
    case("control characters around numbers", ["\x011.5", "2.5\x7f", "3"], [1.5, 2.5, 3.0], (2,), "control character"),
    case("Fortran with one digit", ["1.0D+05", "2.5D0", "3.D1"], [100000.0, 2.5, 30.0]),
    # Footnotes.
    case("a star among many numbers", [*PLAIN, "21*"], [*map(float, PLAIN), 21.0], (22,), "is read as 21"),
    case(
        "estimates among many numbers",
        [*PLAIN, "5 (est.)", "7 [1]"],
        [*map(float, PLAIN), 5.0, 7.0],
        (22,),
        "2 cells with a mark",
    ),
    case(
        "a mark at a formatted number",
        [f"${one},500" for one in PLAIN] + ["$1,234†"],
        [*(1000.0 * float(one) + 500.0 for one in PLAIN), 1234.0],
        (22, 2, 2),
    ),
    case("a unit in brackets among many numbers", [*PLAIN, "5 (kg)"], [*map(float, PLAIN), None], (22,)),
    case("a star among few numbers", ["1", "2", "3", "4*"], [1.0, 2.0, 3.0, None], (5,)),
    # Nearer to zero, or larger, than any number that can be kept.
    case("a number that vanishes", ["1.5", "1e-400", "0e0"], [1.5, 0.0, 0.0], (3,), "becomes 0"),
    case("a number that vanishes beside a word", ["1.5", "-1E-400", "2", "3", "x"], [1.5, 0.0, 2.0, 3.0, None], (6, 3)),
    case("zeros with an exponent", ["0.0E+00", "0e-400", "1"], [0.0, 0.0, 1.0]),
    # Shares of words.
    case("one word in twenty", ["low", *PLAIN[:19]], [None, *map(float, PLAIN[:19])], (2,)),
    same(
        "one number in twenty",
        ["low", "high", "mid", "7"] * 3 + ["low", "high", "mid", "high"] * 12,
        (2,),
        "3 of 60 cells are numbers",
    ),
    same("a single number among labels", ["low", "high", "mid", "7"] + ["low", "high", "mid", "high"] * 12),
    # Codes.
    case(
        "codes of a questionnaire",
        ["1", "5", "3", "97", "2", "98", "99"],
        [1.0, 5.0, 3.0, 97.0, 2.0, 98.0, 99.0],
        (5,),
        "97, 98 and 99 (3 cells)",
    ),
    case("codes of well logs", ["1.5", "2.5", "-999.25", "3"], [1.5, 2.5, -999.25, 3.0], (4,), "=usual,-999.25"),
    case(
        "codes of weather stations", ["31.5", "52.5", "9999.9", "43"], [31.5, 52.5, 9999.9, 43.0], (4,), "=usual,9999.9"
    ),
    case("what netCDF fills gaps with", ["1.5", "2.5", "9.96921e+36", "3"], [1.5, 2.5, 9.96921e36, 3.0], (4,)),
    case("77 once among small numbers", ["1", "2", "3", "77"], [1.0, 2.0, 3.0, 77.0]),
    case("97 among such numbers", ["91", "97", "95", "99"], [91.0, 97.0, 95.0, 99.0]),
    # Beyond 2^53.
    case(
        "a whole number with a point behind it",
        ["1", "2", "9007199254740993.0"],
        [1.0, 2.0, 9007199254740992.0],
        (4,),
        "becomes 9007199254740992",
    ),
    # Units, and what multiplies.
    case("one day beside two", ["1 day", "2 days", "3 days", "5 days"], [1.0, 2.0, 3.0, 5.0], (2,)),
    case("years as often as one year", ["5 years", "1 year", "3 years"], [5.0, 1.0, 3.0], (2,)),
    CsvCase("a number without its thousands", "k,v\np,1k\nq,2k\nr,3k\ns,500\n", group="refused", line=5),
    case("inches", ['5""', '6""', '7""'], ['5"', '6"', '7"'], (2,)),
    case("powers of ten, raised", ["1.5×10³", "2×10⁵", "3×10⁻²"], [1500.0, 200000.0, 0.03]),
    case(
        "letters e that may be no exponent", ["12e3", "45e7", "1234567"], [12e3, 45e7, 1234567.0], (2,), "=categorical"
    ),
    case("powers of ten", ["1e5", "2.5e3", "1e-3"], [1e5, 2500.0, 0.001]),
    same("a word as frequent as each number", ["4", "6", "8", "rotary"] * 5, (5,), "15 of 20 cells are numbers"),
    case(
        "a word that is rarer",
        ["4", "6", "8", "4", "6", "8"] * 4 + ["rotary"],
        [4.0, 6.0, 8.0, 4.0, 6.0, 8.0] * 4 + [None],
        (26,),
    ),
    same("letters d that are no exponent", ["12d45", "34d56", "1d23"]),
    case(
        "prices of which most are zero", ["0", "0", "0", "$4.99", "0", "$1.99"], [0.0, 0.0, 0.0, 4.99, 0.0, 1.99], (5,)
    ),
    case("dollars with three decimals", ["$3.459", "$3.469"], [3.459, 3.469], (2,)),
    case("euros between commas", ["€3.459", "€3.469"], [3459.0, 3469.0], (2, 2), "no cell of this column decides"),
    # Marks.
    case(
        "either mark between thousands",
        ["1,000", "2.000", "3,000"],
        [1000.0, 2.0, 3000.0],
        (2,),
        "no cell of this column decides",
    ),
    case(
        "a point that makes thousands of decimals",
        ["665,464", "9,394", "445,754", "12.5"],
        [665464.0, 9394.0, 445754.0, 12.5],
        (2,),
        "such as '12.5'",
        delimiter=";",
    ),
    case("a comma among whole numbers", [*PLAIN, "5,5"], [*map(float, PLAIN), 5.5], (22,), "'5,5' (line 22)"),
    CsvCase(
        "a number that is too large",
        "k,v\np,1\nq,1e400\nr,2\ns,3\nt,4\n",
        group="refused",
        line=3,
        words="is larger than",
    ),
]
