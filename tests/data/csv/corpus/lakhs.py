"""Numbers in groups whose commas are those of no delimiter: thousands and lakhs below a name, or between others."""

from __future__ import annotations

from csv_corpus import CsvCase

LAKHS = ["1,10,100", "2,20,200", "12,34,567", "3,05,000"]
NUMBERS = [110100.0, 220200.0, 1234567.0, 305000.0]
COUNTS = [1.0, 2.0, 3.0, 4.0]


def beside_counts(name: str, mark: str, cells: list[str], values: list[float]) -> CsvCase:
    """Numbers that count the rows, ``mark`` and ``cells``."""
    rows = "".join(f"{count:.0f}{mark}{cell}\n" for count, cell in zip(COUNTS, cells, strict=True))
    return CsvCase(name, f"id{mark}amount\n{rows}", {"id": COUNTS, "amount": values})


CASES = [
    *(beside_counts(f"lakhs and {mark!r} as delimiter", mark, LAKHS, NUMBERS) for mark in (";", "\t", "|", " ")),
    beside_counts("lakhs alike and a semicolon as delimiter", ";", ["1,10,100"] * 4, [110100.0] * 4),
    CsvCase("lakhs in one column", "amount\n" + "".join(f"{cell}\n" for cell in LAKHS), {"amount": NUMBERS}, told=(1,)),
    CsvCase(
        "lakhs with a point in one column",
        "amount\n" + "".join(f"{cell}.50\n" for cell in LAKHS),
        {
            "amount": [number + 0.5 for number in NUMBERS],
        },
        told=(1,),
    ),
    CsvCase(
        "thousands in one column", "amount\n1,100\n2,210\n3,317\n", {"amount": [1100.0, 2210.0, 3317.0]}, told=(1, 2)
    ),
    CsvCase(
        "thousands and a point in one column",
        "amount\n1,100.50\n2,210.25\n317\n",
        {
            "amount": [1100.5, 2210.25, 317.0],
        },
        told=(1,),
    ),
    *(
        CsvCase(
            f"three digits in all cells below {title}",
            f"{title}\n255,128,100\n120,200,130\n130,175,140\n140,180,150\n",
            {
                "column_1": [255.0, 120.0, 130.0, 140.0],
                "column_2": [128.0, 200.0, 175.0, 180.0],
                "column_3": [100.0, 130.0, 140.0, 150.0],
            },
            told=(1, 2),
        )
        for title in ("RGB", "4")
    ),
    CsvCase("lakhs between commas", "k,amount\np,1,10,100\nq,2,20,200\nr,12,34,567\n", group="refused", line=2),
    CsvCase(
        "a title with a semicolon",
        "Report; 2020\na,b,c\n1,2,x;y\n3,4,z;w\n5,6,u;v\n",
        {
            "a": [1.0, 3.0, 5.0],
            "b": [2.0, 4.0, 6.0],
            "c": ["x;y", "z;w", "u;v"],
        },
        told=(1,),
    ),
]
