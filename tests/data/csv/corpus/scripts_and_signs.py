"""Numbers in the digits of other scripts, with signs and exponents of print, prices without cents; names in digits."""

from __future__ import annotations

from csv_corpus import Cell, CsvCase

from regdesk.core.reading_options import ReadingOptions


def column(
    name: str,
    cells: list[str],
    values: list[Cell],
    told: tuple[int, ...] = (),
    says: str = "",
    title: str = "v",
    **options: str,
) -> CsvCase:
    labels = (["a", "b"] * len(cells))[: len(cells)]
    text = f"{title};w\n" + "".join(f"{cell};{label}\n" for cell, label in zip(cells, labels, strict=True))
    kind = options.get("kind")
    reading = ReadingOptions(kinds=((title, kind),) if kind else (), decimal=options.get("decimal"))
    return CsvCase(name, text, {title: values, "w": labels}, told=told, words=says, options=reading)


def same(name: str, *cells: str, told: tuple[int, ...] = (), says: str = "", title: str = "v") -> CsvCase:
    """Labels, as they are written."""
    return column(name, list(cells), list(cells), told, says, title)


CASES = [
    # Digits.
    column("Arabic digits", ["١٢٣", "٤٥٦", "٧٨٩"], [123.0, 456.0, 789.0]),
    column("Arabic decimals", ["١٢٣٫٥", "٤٥٦٫٢٥", "٧"], [123.5, 456.25, 7.0]),
    column("Arabic thousands", ["١٬٢٣٤٬٥٦٧", "٤٥٦", "٧٬٨٩٠"], [1234567.0, 456.0, 7890.0]),
    column("Persian digits", ["۱۲۳", "۴۵۶"], [123.0, 456.0]),
    column("Indian digits", ["१२३", "४५६"], [123.0, 456.0]),
    column("full-width digits", ["１２３", "４５６", "７８９．５"], [123.0, 456.0, 789.5]),
    column("full-width per cent", ["１２％", "３４％"], [12.0, 34.0], (2,), "in per cent"),
    column("digits of two scripts", ["12", "٣", "4.5"], [12.0, 3.0, 4.5]),
    same("Roman numerals", "Ⅳ", "Ⅴ"),
    same("digits in circles", "①", "②"),
    same("fractions of one character", "½", "¼", told=(2,), says="a fraction that is one character"),
    # What is not seen.
    column("marks of the direction of writing", ["1.5", "\u200e6", "7\u200f"], [1.5, 6.0, 7.0]),
    column("blanks of no width", ["1.5", "6\u200b", "\u20607"], [1.5, 6.0, 7.0]),
    column("blanks that do not break, around", ["\u00a01.5", "6\u00a0", "\u202f7"], [1.5, 6.0, 7.0]),
    # Signs.
    column("dashes of print as minus", ["1.5", "\u20136", "\u22127"], [1.5, -6.0, -7.0]),
    column("hyphens that do not break", ["1.5", "\u20116"], [1.5, -6.0]),
    column("plus and minus", ["+5", "-6", "+7.5"], [5.0, -6.0, 7.5]),
    column("a point first", [".5", "-.25", "+.75"], [0.5, -0.25, 0.75]),
    column("a comma first", [",5", "-,25", "7"], [0.5, -0.25, 7.0]),
    column("a point last", ["5.", "6.", "7."], [5.0, 6.0, 7.0]),
    # Exponents.
    column("exponents", ["1e5", "2E-3", "1.5e+10"], [1e5, 2e-3, 1.5e10]),
    column("exponents of Fortran", ["1.5D+03", "2.5D-01", "1.0d+00"], [1500.0, 0.25, 1.0]),
    column("powers of ten", ["1.5×10^3", "2x10^5", "1*10^-1"], [1500.0, 2e5, 0.1]),
    column("powers of ten with blanks", ["1.5 × 10^3", "2 × 10^5"], [1500.0, 2e5]),
    column("an exponent beside thousands", ["1.5e3", "1,500", "2"], [1500.0, 1500.0, 2.0]),
    same("letters that look like exponents", "1e", "2e"),
    # Prices.
    column("no cents, German", ["12,-", "5,-", "7,50"], [12.0, 5.0, 7.5]),
    column("no cents, Swiss", ["12.–", "5.--", "7.50"], [12.0, 5.0, 7.5]),
    column("no cents and a currency", ["Fr. 12.50", "Fr. 5.–"], [12.5, 5.0], (2,), "in Fr."),
    column("no cents before a currency", ["12,- €", "5,50 €"], [12.0, 5.5], (2,)),
    column("thousands of a currency alone", ["¥1,234", "¥500"], [1234.0, 500.0], (2, 2),
           "read as 1234, its mark as one of thousands; it may also mean 1.234"),
    column("German thousands of a currency alone", ["1.234 €", "500 €"], [1234.0, 500.0], (2, 2),
           "read as 1234, its mark as one of thousands; it may also mean 1.234"),
    column("thousands of accountants alone", ["500", "(1,234)", "(20)"], [500.0, -1234.0, -20.0], (3, 3)),
    column("Brazilian money", ["R$ 1.234,50", "R$ 12,00"], [1234.5, 12.0], (2,)),
    column("Indian money", ["₹1,23,456", "₹500"], [123456.0, 500.0], (2,)),
    column("Swedish money", ["1 234,50 kr", "12,00 kr"], [1234.5, 12.0], (2,)),
    same("dollars and euros", "$5", "€6", "$7", told=(2,), says="different units"),
    same("credit and debit", "5 CR", "6 DR", told=(2,), says="different units"),
    # Ambiguous marks.
    column("1.234 beside plain numbers, semicolons", ["1.234", "12", "5.678"], [1.234, 12.0, 5.678], (2,),
           "it may also mean 1234"),
    column("1.234 beside a decimal that decides", ["1.234", "0.5", "5.678"], [1.234, 0.5, 5.678]),
    column("1.234 that was said to have decimals", ["1.234", "5.678"], [1.234, 5.678], decimal="."),
    # Names in digits.
    same("telephones after a plus", "+4930123456", "+4940654321"),
    same("telephones after zeros", "0049301234", "0049401234"),
    same("telephones with brackets", "(555) 123-4567", "(555) 765-4321"),
    same("telephones with dashes", "555-1234", "555-4321"),
    same("ISBN with dashes", "978-3-16-148410-0", "978-0-306-40615-7"),
    same("ISBN that ends with X", "080442957X", "316148410X"),
    same("versions, by the name", "1.9", "1.10", "1.2", told=(2,), says="1.10 and 1.1 are two", title="version"),
    column("such numbers without the name", ["1.9", "1.10", "1.2"], [1.9, 1.1, 1.2]),
    column("versions that were said to be numbers", ["1.9", "1.10"], [1.9, 1.1], title="version", kind="numeric"),
    same("versions of three parts", "1.10.0", "1.9.1"),
    same("keys that would become equal", "9007199254740993", "9007199254740992", "5", told=(3,),
         says="9007199254740993 and 9007199254740992 would be the same number"),
    same("keys of twenty digits", "12345678901234567890", "12345678901234567891", told=(3,)),
    column("a long number that stays alone", ["9007199254740993", "1", "2"], [9007199254740992.0, 1.0, 2.0], (2,),
           "becomes 9007199254740992"),
    column("keys that were said to be numbers", ["9007199254740993", "9007199254740992"], [9007199254740992.0] * 2,
           (2,), kind="numeric"),
    same("codes that begin with a zero, and a word", "0123", "0456", "none of these", "0789", "0999", told=(4,),
         says="4 of 5 cells are numbers and the others words"),
    same("two decimal marks", "1,5", "1.5", "2,5", "2.5", told=(2,), says="Write all numbers in one form"),
    column("a bound in the first row", ["<5", "6", "7", "8.5"], [None, 6.0, 7.0, 8.5], (2,), "'<5' (line 2)"),
    column("a damaged word in the first row", ["5 (est.)", "6", "7", "8.5"], [None, 6.0, 7.0, 8.5], (2,)),
    column("an infinite number in the first row", ["inf", "6", "7", "8.5"], [None, 6.0, 7.0, 8.5], (2,)),
    column("a word in the first row", ["low", "6", "7", "8.5"], [None, 6.0, 7.0, 8.5], (2,), "'low' (line 2)"),
    same("an answer in the first rows", "yes", "no", "1", "0", told=(4,), says="'1' (line 4), '0' (line 5) stand"),
    same("hexadecimal without a mark", "1F", "A2", "FF"),
    same("addresses of networks", "192.168.0.1", "10.0.0.2"),
    same("postcodes and four more", "12345-6789", "12345-1234"),
    same("numbers of insurance", "123-45-6789", "987-65-4321"),
    same("numbers of accounts", "DE89 3704 0044 0532 0130 00", "DE12 5001 0517 0648 4898 90"),
    same("numbers of cards", "4111 1111 1111 1111", "5500 0000 0000 0004"),
    same("places of runners", "1st", "2nd", "3rd"),
    same("numbers with a mark before", "#1", "#2"),
    same("points of a plane", "(1,2)", "(3,4)"),
    same("degrees, minutes", "52° 30' N", "48° 8' N", told=(2,), says="an angle in degrees and minutes"),
    same("feet and inches", "5'11", "6'0", told=(2,)),
    same("tolerances", "5±1", "6±2", told=(2,)),
    same("intervals", "5 (3-7)", "6 (4-8)", told=(2,)),
    # Numbers with something before them are told of.
    same("about", "~5", "~6", "~7", told=(2,), says="3 cells, such as '~5', have a sign around"),
    same("bounds", "<5", ">100", "≤7", told=(2,), says="such as '<5'"),
    same("about in a word", "ca. 5", "ca. 6", told=(2,)),
    # Yes and no.
    same("crosses and ticks", "✓", "✗", "✓"),
    same("Russian", "да", "нет", "да"),
    same("Polish", "tak", "nie", "tak"),
    same("Turkish", "evet", "hayır", "evet"),
    same("Japanese", "はい", "いいえ", "はい"),
    same("truth of Fortran", ".TRUE.", ".FALSE.", ".TRUE."),
    same("a slip among yes and no", *["yes", "no"] * 5, "yse", told=(12,), says="'yse' (line 12), a label of its own"),
    same("a third answer", "yes", "no", "maybe", "yes"),
    same("north and south", "N", "S", "N"),
]  # fmt: skip
