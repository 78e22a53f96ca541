"""Numbers as spreadsheets of four countries, banks, portals and instruments write them."""

from __future__ import annotations

from csv_corpus import CsvCase

from regdesk.core.reading_options import ReadingOptions


def column(cells: list[str], delimiter: str = ";", others: str = "") -> str:
    """A file with the column v of ``cells``, beside a column of labels or of the words in ``others``."""
    words = others.split() or ["a", "b"] * len(cells)
    return f"v{delimiter}w\n" + "".join(
        f'"{cell}"{delimiter}{word}\n' for cell, word in zip(cells, words, strict=False)
    )


def case(
    name: str, cells: list[str], values: list[float | str | None], told: tuple[int, ...] = (), **more: str
) -> CsvCase:
    words = more.get("others", "").split() or (["a", "b"] * len(cells))[: len(cells)]
    others = [float(word.replace(",", ".")) for word in words] if "others" in more else words
    return CsvCase(
        name,
        column(cells, more.get("delimiter", ";"), more.get("others", "")),
        {"v": values, "w": others},
        told=told,
        words=more.get("words", ""),
        options=ReadingOptions(decimal=more.get("decimal")),
    )


NARROW = "\u202f"
CASES = [
    # Nothing decides: both readings are named.
    case("1,234 in a file with commas", ["1,234", "5,678", "12,000"], [1234.0, 5678.0, 12000.0], (2,),
         delimiter=",", words="'1,234' is read as 1234, its mark as one of thousands; it may also mean 1.234"),
    case("1,234 in a file with semicolons", ["1,234", "5,678", "12,000"], [1.234, 5.678, 12.0], (2,),
         words="'1,234' is read as 1.234, its mark as one of decimals; it may also mean 1234"),
    case("1,234 with tabs", ["1,234", "56", "12,000"], [1234.0, 56.0, 12000.0], (2,), delimiter="\t"),
    case("1,234 that was said to have decimals", ["1,234", "5,678"], [1.234, 5.678], delimiter=",", decimal=","),
    case("1,234 that was said to have thousands", ["1,234", "5,678"], [1234.0, 5678.0], decimal="."),
    case("1.234 that was said to have thousands", ["1.234", "5.678"], [1234.0, 5678.0], decimal=","),
    # The column decides.
    case("two groups", ["1,234,567", "12", "1,000"], [1234567.0, 12.0, 1000.0]),
    case("a point behind a group", ["1,234.5", "12", "1,000"], [1234.5, 12.0, 1000.0]),
    case("a group that is too long", ["1234,567", "1,234"], [1234.567, 1.234]),
    case("a zero before the comma", ["0,123", "1,234"], [0.123, 1.234]),
    case("German thousands and decimals", ["1.234,5", "12", "1.000"], [1234.5, 12.0, 1000.0]),
    case("German thousands alone, two groups", ["1.234.567", "12", "1.000"], [1234567.0, 12.0, 1000.0]),
    case("decimal comma in a file with commas", ["1,5", "2,75", "3"], [1.5, 2.75, 3.0], delimiter=","),
    case("three decimals and a point", ["1.234", "5.678", "9.012"], [1.234, 5.678, 9.012], delimiter=","),
    case("1.234 in a file with semicolons", ["1.234", "5.678", "9.012"], [1.234, 5.678, 9.012], (2,),
         words="'1.234' is read as 1.234, its mark as one of decimals; it may also mean 1234"),
    # Other columns decide.
    case("1,234 beside decimal points", ["1,234", "5,678"], [1234.0, 5678.0], (2,), others="0.5 1.25",
         words="'1,234' is read as 1234, its mark as one of thousands; it may also mean 1.234"),
    case("1,234 beside decimal points, between commas", ["1,234", "5,678"], [1234.0, 5678.0], others="0.5 1.25",
         delimiter=","),
    case("1,234 beside decimal points, between tabs", ["1,234", "5,678"], [1234.0, 5678.0], others="0.5 1.25",
         delimiter="\t"),
    case("1,234 and smaller numbers beside decimal points", ["1,234", "567"], [1234.0, 567.0], others="0.5 1.25"),
    case("round thousands beside decimal points", ["45,000", "52,500", "9,250"], [45000.0, 52500.0, 9250.0],
         others="0.5 1.25 2.5"),
    case("1,234 beside decimal commas", ["1,234", "5,678"], [1.234, 5.678], others="0,5 1,25"),
    case("1.234 beside decimal commas", ["1.234", "12"], [1234.0, 12.0], (2,), others="0,5 1,25",
         words="'1.234' is read as 1234, its mark as one of thousands; it may also mean 1.234"),
    # Blanks and apostrophes.
    case("blanks", ["1 234", "12 345 678", "9"], [1234.0, 12345678.0, 9.0]),
    case("blanks and a comma", ["1 234,5", "12 345 678", "9"], [1234.5, 12345678.0, 9.0]),
    case("narrow blanks that do not break", [f"1{NARROW}234,5", f"12{NARROW}345{NARROW}678"], [1234.5, 12345678.0]),
    case("wide blanks that do not break", ["1\u00a0234", "12\u00a0345"], [1234.0, 12345.0]),
    case("apostrophes of Switzerland", ["1'234.50", "12'345", "9"], [1234.5, 12345.0, 9.0]),
    case("curved apostrophes", ["1’234.50", "12’345", "9"], [1234.5, 12345.0, 9.0]),
    case("lakhs and crores", ["1,00,000", "12,34,567", "999"], [100000.0, 1234567.0, 999.0]),
    case("blanks around", [" 61,300,700 ", " 52,500,500 "], [61300700.0, 52500500.0], delimiter=","),
    # Units and currencies.
    case("per cent", ["42%", "3.5%", "0"], [42.0, 3.5, 0.0], (2,), words="in per cent"),
    case("per cent with a comma and a blank", ["42 %", "3,5 %"], [42.0, 3.5], (2,)),
    case("dollars", ["$1,234.50", "$3", "-$5"], [1234.5, 3.0, -5.0], (2,), words="in $"),
    case("euros behind", ["1.234,50 €", "3 €", "-5,00 €"], [1234.5, 3.0, -5.0], (2,)),
    case("euros before", ["€ 6,50", "€ 5", "€ 7"], [6.5, 5.0, 7.0], (2,)),
    case("a code of a currency", ["USD 12.5", "USD 3", "USD 8"], [12.5, 3.0, 8.0], (2,)),
    case("francs", ["CHF 1'250.00", "CHF 3.50"], [1250.0, 3.5], (2,)),
    case("pounds in some cells", ["£12", "3", "£8", "£9"], [12.0, 3.0, 8.0, 9.0], (2,), words="1 cell without it"),
    case("kilograms", ["5 kg", "6.5 kg", "70kg"], [5.0, 6.5, 70.0], (2,), words="in kg"),
    case("degrees", ["21,5 °C", "-3,0 °C"], [21.5, -3.0], (2,)),
    case("months of a loan", [" 36 months", " 60 months"], [36.0, 60.0], (2,)),
    case("kilograms and grams are labels", ["5 kg", "6 g", "7 kg"], ["5 kg", "6 g", "7 kg"], (2,),
         words="different units ('kg', 'g')"),
    case("thousands and millions are labels", ["1.5K", "2M", "3K"], ["1.5K", "2M", "3K"], (2,),
         words="different units"),
    # Signs.
    case("brackets of accountants", ["(500)", "200", "(1,250.50)"], [-500.0, 200.0, -1250.5], (2,), words="below zero"),
    case("dollars in brackets", ["($4)", "$5", "$6"], [-4.0, 5.0, 6.0], (2, 2)),
    case("a minus behind", ["5-", "3", "2.5-"], [-5.0, 3.0, -2.5], (2,), words="below zero"),
    case("the sign of minus", ["−5", "3", "−2.5"], [-5.0, 3.0, -2.5]),
    case("brackets around all are names", ["(1)", "(2)", "(3)"], ["(1)", "(2)", "(3)"]),
    case("exponents with a comma", ["1,5E+10", "2,5E+3"], [1.5e10, 2.5e3]),
    # What is no number.
    case("house numbers", ["5a", "7a", "12a"], ["5a", "7a", "12a"]),
    case("seats", ["12A", "13A", "9C"], ["12A", "13A", "9C"]),
    case("telephones", ["+49 170 1234567", "+49 171 7654321"], ["+49 170 1234567", "+49 171 7654321"]),
    case("fractions", ["1/2", "3/4"], ["1/2", "3/4"], (2,), words="each cell has a fraction, such as"),
    case("versions", ["1.2.3", "1.10.0"], ["1.2.3", "1.10.0"]),
    case("addresses of machines", ["10.0.0.1", "192.168.1.20"], ["10.0.0.1", "192.168.1.20"]),
    case("times of day", ["12:30", "13:45"], ["12:30", "13:45"]),
    case("hexadecimal", ["0x1F", "0x20"], ["0x1F", "0x20"], (2,)),
    case("ranges", ["18-25", "26-35", "18-25"], ["18-25", "26-35", "18-25"]),
    case("formulas", ["=1+1", "=2+2"], ["=1+1", "=2+2"]),
    CsvCase("text that a spreadsheet has forced", 'v;w\n"=""0123""";a\n"=""0124""";b\n', {
        "v": ['="0123"', '="0124"'], "w": ["a", "b"],
    }, told=(2,)),
    # Codes.
    case("postcodes", ["01234", "12345", "98765"], ["01234", "12345", "98765"]),
    case("numbers with zeros before", ["007", "1.5", "-0.5"], [7.0, 1.5, -0.5]),
    CsvCase("postcodes that come late", "p,w\n" + "12345,a\n" * 9000 + "01234,b\n", {
        "p": ["12345"] * 9000 + ["01234"], "w": ["a"] * 9000 + ["b"],
    }),
    CsvCase("beyond 2^53 in groups", 'v;w\n"9,007,199,254,740,993";a\n"9,007,199,254,740,995";b\n"1";a\n', {
        "v": [9007199254740992.0, 9007199254740996.0, 1.0], "w": ["a", "b", "a"],
    }, told=(2,), words="not every whole number can be kept"),
    # Irregular, so that no reading is sure.
    CsvCase("a point among decimal commas", column(["1,5", "2,5", "3,5", "4.5", "5,5"]), group="refused", line=5,
            words="'4.5' is not a number with a decimal comma"),
    CsvCase("a comma among decimal points", column(["1.5", "2.5", "3.5", "4,5", "5.5"]), group="refused", line=5,
            words="'4,5' is not a number with a decimal point"),
    CsvCase("groups of two", column(["1,234,567", "12,34", "1,000", "5"]), group="refused", line=2,
            words="'1,234,567'"),
    CsvCase("all numbers that are written otherwise are named", column(["1.5"] * 8 + ["4,5", "5,25"]),
            group="refused", line=10, words="'5,25' (line 11)"),
    case("thousands beside plain ones", ["1,234,567", "12345", "1,000"], [1234567.0, 12345.0, 1000.0]),
]  # fmt: skip
