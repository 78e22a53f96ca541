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
        "part": ["a", "b", "Total", "c", "d", "Total"], "n": [3.0, 4.0, 7.0, 5.0, 6.0, 11.0],
    }, told=(4,), words="is the sum of the rows above it"),
    *(
        CsvCase(f"{first} and {second}", f"part,n\na,3\nb,4\n{first},7\nc,5\nd,6\n{second},11\n{last},18\n", {
            "part": ["a", "b", first, "c", "d", second], "n": [3.0, 4.0, 7.0, 5.0, 6.0, 11.0],
        }, told=(8, 4), words=f"{first}' is the sum of the rows above it")
        for first, second, last in (
            ("Ost Ergebnis", "West Ergebnis", "Gesamtergebnis"), ("Восток Итог", "Запад Итог", "Общий итог"),
            ("Totale Est", "Totale Ovest", "Totale complessivo"), ("Summa Öst", "Summa Väst", "Totalsumma"),
        )
    ),
    CsvCase("names that end as totals do", "part,n\nMass media,3\nWeb,4\nNew media,8\nPress,5\nRadio,6\n", {
        "part": ["Mass media", "Web", "New media", "Press", "Radio"], "n": [3.0, 4.0, 8.0, 5.0, 6.0],
    }),
    CsvCase("groups that are called as totals are", "method,a\n" + 4 * "max,1\nmean,2\nsum,3\n", {
        "method": 4 * ["max", "mean", "sum"], "a": 4 * [1.0, 2.0, 3.0],
    }),
    CsvCase("a group below that is called as totals are", "stat,a\n" + 9 * "n,1\n" + 3 * "mean,2\n", {
        "stat": [*9 * ["n"], *3 * ["mean"]], "a": [*9 * [1.0], *3 * [2.0]],
    }),
    CsvCase("an effect that is total", "effect,a\n" + 6 * "partial,1\ntotal,2\n", {
        "effect": 6 * ["partial", "total"], "a": 6 * [1.0, 2.0],
    }),
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

TABLES = [
    CsvCase("two tables of words", "x,y\na,b\nc,d\n\nu,v\ne,f\ng,h\n", group="reported with its line", line=5,
            words="another table"),
    CsvCase("two tables, of words and of numbers", "x,y\na,b\nc,d\n\nu,v\n1,2\n3,4\n",
            group="reported with its line", line=5),
    CsvCase("blank lines between rows of words",
            "x,y\na,b\n\nc,d\n\ne,f\n", {"x": ["a", "c", "e"], "y": ["b", "d", "f"]}),
    CsvCase("the header once more below a blank line and one row",
            "a;b\n1;2\n\na;b\n4;5\n", {"a": [1.0, 4.0], "b": [2.0, 5.0]},
            told=(4,)),
    CsvCase("a blank line between two rows of numbers", "a;b\n1;2\n\n4;5\n", {"a": [1.0, 4.0], "b": [2.0, 5.0]}),
    CsvCase("a row of dots where a program printed no rows", "a,b\n1,2\n3,4\n...,...\n9,1\n", {
        "a": [1.0, 3.0, 9.0], "b": [2.0, 4.0, 1.0],
    }, told=(4,), words="dots"),
    CsvCase("dots for missing cells", "a,b\n1,...\n3,4\n...,5\n9,1\n", {
        "a": [1.0, 3.0, None, 9.0], "b": [None, 4.0, 5.0, 1.0],
    }),
    CsvCase("lists without quotes",
            "a,b\n[1,2],3\n[4,5],6\n", group="reported with its line", line=2, words="brackets"),
    CsvCase("brackets in names without quotes", "f(x, y),g(x)\n1,2,3\n4,5,6\n", group="reported with its line", line=1,
            words="brackets"),
    CsvCase("a note with more commas than rows have", "x,y\n1,a\n2,c\n3,d\n\nNote: a, b, c\n", {
        "x": [1.0, 2.0, 3.0], "y": ["a", "c", "d"],
    }, told=(6,)),
    CsvCase("lists in quotes", 'a,b\n"[1,2]",3\n"[4,5]",6\n', {"a": ["[1,2]", "[4,5]"], "b": [3.0, 6.0]}),
    CsvCase("half-open intervals", "a;b\n[1,2);3\n[4,5);6\n", {"a": ["[1,2)", "[4,5)"], "b": [3.0, 6.0]}),
    CsvCase("two tables with a title each", "A\nx,y\n1,2\n3,4\nB\nx,y\n5,6\n7,8\n", group="refused", line=5),
    CsvCase("two tables, the second narrower", "x,y\n1,2\n3,4\n\n\nu\n5\n6\n7\n", group="refused", line=6),
]  # fmt: skip

FAULTS = [
    CsvCase("several faults: rows too short and too long", "a,b\n1,x\n2\n3,y,z\n4,w\n5,u,v\n6,t\n",
            group="refused", line=3, words="as wrong: lines 4, 6"),
    CsvCase("several faults: text behind three quotes", 'a,b\n1,"x"y\n2,z\n3,"u"v\n4,w\n5,"s"t\n',
            group="refused", line=2, words="as wrong: lines 4, 6"),
    CsvCase("several faults: more than are listed", "a,b\n" + "".join(f"{n},x,y\n{n},x\n" for n in range(30)),
            group="refused", line=2, words="and 9 more"),
    CsvCase("several faults: two bytes that are no text",
            b"a,b\n1,K\xc3\xb6\n2,\xff\n3,\xc3\xa4\n4,\xfe\n5,\xc3\xb6\n",
            group="refused", line=3, words="line 5"),
    CsvCase("several faults: words among numbers", "a,b\n1,5\n2,x\n3,6\n4,y\n5,7\n6,8\n7,9\n8,z\n9,1\n10,2\n",
            group="reported with its line", line=3, words="'z' (line 9)"),
]  # fmt: skip

LONG = [
    CsvCase("integers beyond 2**53 that would become equal", "id,x\n9007199254740993,1\n9007199254740995,2\n"
            "9007199254740997,3\n", {
        "id": ["9007199254740993", "9007199254740995", "9007199254740997"], "x": [1.0, 2.0, 3.0],
    }, told=(4,)),
    CsvCase("one of the integers beyond 2**53", "x;y\n9007199254740993;1,5\n5;2,5\n7;3,5\n", {
        "x": [9007199254740992.0, 5.0, 7.0], "y": [1.5, 2.5, 3.5],
    }, told=(2,)),
    CsvCase("one of the integers beyond 2**53, below zero", "x,y\n-9007199254740993,1\n5,2\n7,3\n", {
        "x": [-9007199254740992.0, 5.0, 7.0], "y": [1.0, 2.0, 3.0],
    }, told=(2,)),
    CsvCase("one of the integers just not beyond 2**53", "x,y\n9007199254740992,1\n5,2\n7,3\n", {
        "x": [9007199254740992.0, 5.0, 7.0], "y": [1.0, 2.0, 3.0],
    }),
]  # fmt: skip

CASES = [*TOTALS, *ENDS, *QUOTED, *TABLES, *FAULTS, *LONG]
