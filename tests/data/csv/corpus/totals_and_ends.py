"""Totals, notes and other lines below a table or between its rows, and rows that stand in quotes as a whole."""

from __future__ import annotations

from csv_corpus import CsvCase

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}
PARTS = {"part": ["a", "b", "c"], "n": [3.0, 4.0, 5.0]}
PART_ROWS = "part,n\na,3\nb,4\nc,5\n"

TOTALS = [
    *(
        CsvCase(f"{word} at the end", f"{PART_ROWS}{word},12\n", PARTS, told=(5,), words="totals")
        for word in ("Total", "TOTAL:", "Grand Total", "Sum", "Mean", "Summe", "Gesamt", "Total général", "Sous-total")
    ),
    CsvCase("a total in the second column", "id,part,n\n1,a,3\n2,b,4\n,Grand Total,7\n", {
        "id": [1.0, 2.0], "part": ["a", "b"], "n": [3.0, 4.0],
    }, told=(4,), words="left out"),
    CsvCase("a mean and a deviation at the end", PART_ROWS + "Mean,4\nSD,1\n", PARTS, told=(5,), words="so is line 6"),
    CsvCase("four statistics at the end", PART_ROWS + "Min,3\nMax,5\nMean,4\nStd,1\n", PARTS, told=(5,),
            words="so are lines 6, 7, 8"),
    CsvCase("a total and a note", PART_ROWS + "Total,12\n\nSource: x, y\n* prelim\n", PARTS, told=(7, 5)),
    CsvCase("a total between rows", "part,n\na,3\nb,4\nTotal,7\nc,5\nd,6\nTotal,11\n", {
        "part": ["a", "b", "Total", "c", "d"], "n": [3.0, 4.0, 7.0, 5.0, 6.0],
    }, told=(7, 4), words="looks like a row of totals"),
    CsvCase("a total above the rows", "part,n\nTotal (n=2),7\na,3\nb,4\n", {
        "part": ["Total (n=2)", "a", "b"], "n": [7.0, 3.0, 4.0],
    }, told=(2,)),
    CsvCase("a total in the second column between rows", "id,part,n\n1,a,3\n2,b,4\n3,Total,7\n4,c,5\n", {
        "id": [1.0, 2.0, 3.0, 4.0], "part": ["a", "b", "Total", "c"], "n": [3.0, 4.0, 7.0, 5.0],
    }, told=(4,)),
    CsvCase("a table of statistics", "stat,x,y\ncount,3,3\nmean,4,5\nstd,1,1\nmin,3,2\n25%,3,3\nmax,5,5\n", {
        "stat": ["count", "mean", "std", "min", "25%", "max"], "x": [3.0, 4.0, 1.0, 3.0, 3.0, 5.0],
        "y": [3.0, 5.0, 1.0, 2.0, 3.0, 5.0],
    }),
    CsvCase("a table of statistics that ends with the mean", "stat,x,y\nmin,3,2\nmax,5,5\nmean,4,3\n", {
        "stat": ["min", "max", "mean"], "x": [3.0, 5.0, 4.0], "y": [2.0, 5.0, 3.0],
    }),
    CsvCase("a total that is a label of groups",
            "sex,year,n\nmale,2000,5\nfemale,2000,6\ntotal,2000,11\nmale,2001,6\nfemale,2001,7\n", {
        "sex": ["male", "female", "total", "male", "female"], "year": [2000.0, 2000.0, 2000.0, 2001.0, 2001.0],
        "n": [5.0, 6.0, 11.0, 6.0, 7.0],
    }),
    CsvCase("a name that begins as a total does", "shop,n\nTotal Wine,3\nAda's,4\nBob's,5\n", {
        "shop": ["Total Wine", "Ada's", "Bob's"], "n": [3.0, 4.0, 5.0],
    }),
]  # fmt: skip

ENDS = [
    CsvCase("a sentence with as many words as columns",
            "ID NAME       SAL\n-- ---- ----------\n 1 ADA        2500\n 2 BOB        2600\n 3 CYD        2700\n\n"
            "3 rows selected.\n", {
        "ID": [1.0, 2.0, 3.0], "NAME": ["ADA", "BOB", "CYD"], "SAL": [2500.0, 2600.0, 2700.0],
    }, told=(7,), words="after the table"),
    CsvCase("more lines of numbers below than rows", "a,b\n1,x\n2,y\n\n" + "".join(f"u {n} {n}\n" for n in range(5)),
            group="refused", line=5),
    CsvCase("a comment in the way of C above a table of blanks",
            "/*quarterly, adjusted, M1), \nGNP in 1982 Dollars,\nx, y*/\n0.5 0.7 2\n1.5 1.7 3\n2.5 2.9 5\n", {
        "column_1": [0.5, 1.5, 2.5], "column_2": [0.7, 1.7, 2.9], "column_3": [2.0, 3.0, 5.0],
    }, told=(1, 4), words="3 lines are left out"),
    CsvCase("a line drawn above the totals", PART_ROWS + "-----,---\nTotal,12\n", PARTS, told=(6,)),
    CsvCase("stars and what they mean, with as many commas as rows",
            "name,n,m\na,1,2\nb,3,4\nc,5,6\n* p < 0.05, ** p < 0.01, *** p < 0.001\n", {
        "name": ["a", "b", "c"], "n": [1.0, 3.0, 5.0], "m": [2.0, 4.0, 6.0],
    }, told=(5,)),
    CsvCase("names that begin as footnotes do", "name,n\nSource A,1\nNote B,3\n(c),5\n*d,n/a\n", {
        "name": ["Source A", "Note B", "(c)", "*d"], "n": [1.0, 3.0, 5.0, None],
    }),
    CsvCase("a comment in the way of C on one line", "/* mine */\na,b\n1,x\n2,y\n3,z\n", AB, told=(1,)),
    CsvCase("a note of which the commas are as many as those of rows", "a,b\n1,x\n2,y\n3,z\n\nnote: seen, twice\n", AB,
            told=(6,)),
]  # fmt: skip

QUOTED = [
    CsvCase("every row in quotes but for the names", 'a,b\n"1,""x"""\n"2,""y"""\n', group="refused", line=2,
            words="in quotes as a whole"),
    CsvCase("one row in quotes", 'a,b\n1,x\n"2,""y"""\n3,z\n', group="refused", line=3, words="in quotes as a whole"),
    CsvCase("the last row in quotes", 'a,b\n1,x\n2,y\n"3,z"\n', group="refused", line=4, words="in quotes as a whole"),
    CsvCase("all rows and the names in quotes", '"a,b"\n"1,x"\n"2,y"\n', group="refused", line=1,
            words="in quotes as a whole"),
    CsvCase("the same with semicolons", '"a;b;c"\n"1;x;2"\n"2;y;3"\n', group="refused", line=1,
            words="in quotes as a whole"),
    CsvCase("a note in quotes with a comma", 'a,b\n1,x\n2,y\n3,z\n"Source: Ministry, 2020"\n', AB, told=(5,)),
]  # fmt: skip

CASES = [*TOTALS, *ENDS, *QUOTED]
