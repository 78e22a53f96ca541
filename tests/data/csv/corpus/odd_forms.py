"""Cells and rows of a form that is not read, and lines that are no table: told or refused, never in silence."""

from __future__ import annotations

from csv_corpus import CsvCase

from regdesk.core.reading_options import ReadingOptions


def labels(name: str, *cells: str, words: str = "") -> CsvCase:
    """A column of ``cells``, which stay as they are; with ``words`` a warning on line 2 says them."""
    rows = "".join(f"{1.5 + number},{cell}\n" for number, cell in enumerate(cells))
    columns = {"x": [1.5 + number for number in range(len(cells))], "v": list(cells)}
    return CsvCase(name, f"x,v\n{rows}", columns, told=(2,) if words else (), words=words)


PROGRAMS = {
    "Python": "import os, sys\nfrom a import b, c\nprint(a, b)\nx = f(1, 2)\n",
    "Python with a comment": "# a, b\n\ndef f(a, b):\n    return a, b\nprint(f(1, 2))\n",
    "C": "int main(int a, char b)\n{\nfoo(a, b);\nreturn f(1, 2);\n}\n",
    "C++": "// a, b\n#include <vector>\nusing namespace std;\nint f(int a, int b);\n",
    "JavaScript": "const a = f(1, 2);\nconst b = f(3, 4);\nlet c = g(a, b);\n",
    "R": "library(lars)\nx <- c(1, 2)\ny <- c(3, 4)\n",
    "Java": "package a.b;\nimport java.util.List;\npublic class A {\n",
}
CASES = [
    labels("latitudes", "52.5N", "33.9S", "48.1N", words="a number and a point of the compass"),
    labels("latitudes with a sign", "52.5° N", "33.9° S", "48° N", words="a number and a point of the compass"),
    labels("exits of a road", "12N", "13S", "14N"),
    labels("brackets around all numbers", "(5)", "(6.5)", "(7)", words="a number in brackets, which may mean below"),
    labels("thousands of dollars", "$1.5k", "$2k", "$3.25M", words="an amount with a letter"),
    labels("two numbers in each cell", "120 80", "130 85", "118 75", words="several numbers with blanks"),
    labels("powers of ten", "10^3", "10^-4", "10^5", words="a number and a power"),
    labels("years and months", "3 yrs 2 mos", "1 yr 4 mos", "5 yrs 1 mo", words="two numbers, each with a unit"),
    labels("complex numbers", "(8.2+7.9j)", "(4-2.5j)", "1+1i", words="a complex number"),
    labels("a minus behind whole numbers", "17-", "3-", "8-", words="a number with a minus behind it, which may mean"),
    labels("bases of programmers", "0x1F", "0b101", "0o17", words="a number with the base 16, 8 or 2"),
    labels("hexadecimal fractions", "0x1p3", "0x1.8p1", "0x1p-2", words="a number with the base 16, 8 or 2"),
    labels("what may be off", "5±1", "6.5 ± 0.2", "7+/-1", words="a number and how far it may be off"),
    labels("hashes", "0x8f3a52bc9d01e7aa", "0x1c94bb02e5f6a7d8", "0x77d0e1f2a3b4c5d6"),
    labels("underscores between thousands", "1_000", "2_500_000", "3_000.5", words="underscores between thousands"),
    labels("keys with an underscore", "1_20", "2_35", "3_41"),
    labels("exponents with a d", "1d5", "2d3", "7d4", words="which may be an exponent of Fortran"),
    labels("whole numbers and fractions", "1 1/2", "2 3/4", "3 1/8", words="each cell has a fraction, such as"),
    labels("blood pressure", "120/80", "135/85", "118/76", words="Write fractions as decimals, and other pairs in two"),
    labels("seasons with a slash", "2019/20", "2020/21", "2021/22"),
    labels("infinite numbers", "Inf", "-Inf", "∞", words="an infinite number, which no model can use"),
    labels("nothing but infinite numbers", "Inf", "Inf", "Inf", words="an infinite number, which no model can use"),
    labels("nothing but one number with the base 16", "0x1F", "0x1F", "0x1F"),
    labels("ranges", "1-2", "3-4", "5-6", "1-2", words="ranges from one number to another, such as '1-2'"),
    labels("ranges that meet", "0-12.5", "12.5–20", "20 - 30", words="Put both ends into columns of their own"),
    labels("ranges that are classes", *("1-2", "3-4", "5-6", "7-8") * 3),
    labels("numbers of telephones", "555-1234", "555-1240", "556-0999"),
    labels("results of games", "1-2", "3-1", "0-0", "2-4"),
    labels("parts of a standard", "3-11", "3-2", "4-1", "4-12"),
    labels("yes and no in many words", "True", "F", "yes", words="all cells say yes or no, but in words of several"),
    labels("yes, no and a number", "on", "off", "yes", "1", words="'1' (line 5); each is a label of its own"),
    labels("letters that may be codes", "T", "N", "T", "N"),
    labels("two of three letters", "T", "F", "Y", "T", words="in words of several kinds"),
    labels("versions", "1.2.3", "1.10.0", "2.0.1"),
    CsvCase("a minus behind every number", "x,v\n1.5,17.92-\n2.5,3.00-\n3.5,0.25-\n", {
        "x": [1.5, 2.5, 3.5], "v": [-17.92, -3.0, -0.25],
    }, told=(2,), words="'17.92-' is read as -17.92"),
    CsvCase("one code among numbers of several lengths", "".join(
        ["x,v\n", *(f"{number + 0.5},{number * 7}\n" for number in range(1, 12)), "0.5,0005\n"]
    ), {
        "x": [*(number + 0.5 for number in range(1, 12)), 0.5],
        "v": [*(str(number * 7) for number in range(1, 12)), "0005"],
    }, told=(13,), words="'0005' (line 13) begins with a zero, as codes do"),
    labels("parts of a text", "2/A", "3/B", "7/C"),
    labels("classes of age", "18-24", "25-34", "35-44", "65+"),
    CsvCase("names of genes that were turned to dates", "x,v\n1.5,TP53\n2.5,1-Mar\n3.5,BRCA1\n4.5,2-Sep\n5.5,HLA-A\n", {
        "x": [1.5, 2.5, 3.5, 4.5, 5.5], "v": ["TP53", "1-Mar", "BRCA1", "2-Sep", "HLA-A"],
    }, told=(3,), words="a spreadsheet may have made a date of one, as 1-Mar of MARCH1"),
    labels("days of a month among words", "spring", "1-Mar", "autumn", "2-Sep", "winter"),
    labels("telephone numbers", "030 123456", "040 654321", "089 112233"),
    labels("seasons that may be months", "2009-10", "2010-11", "2011-12", words="may be a month, or a year and the"),
    labels("seasons", "2009-10", "2010-11", "2012-13"),
    labels("zones by their names", "2020-01-01 12:00 EST", "2020-07-01 12:00 EDT", words="the name of a time zone"),
    labels("months", "2009-10", "2010-01", "2011-05"),
    CsvCase("the end of a day", "x,v\n1.5,2020-01-01 24:00\n2.5,2020-01-02 06:30\n", {
        "x": [1.5, 2.5], "v": ["2020-01-01 24:00", "2020-01-02 06:30"],
    }),
    CsvCase("the last time of day", "x,v\n1.5,00:00\n2.5,24:00\n3.5,06:30\n", {
        "x": [1.5, 2.5, 3.5], "v": ["00:00", "24:00", "06:30"],
    }, told=(3,), words="'24:00' is read as the end of the day"),
    CsvCase("days and times in digits", "x,v\n1.5,20200102103000\n2.5,20200102113000\n3.5,20200103123000\n", {
        "x": [1.5, 2.5, 3.5], "v": [20200102103000.0, 20200102113000.0, 20200103123000.0],
    }, told=(2,), words="would be 2 January 2020, 10:30"),
    CsvCase("days and minutes in digits", "x,v\n1.5,202001021030\n2.5,202001021130\n3.5,202001031230\n", {
        "x": [1.5, 2.5, 3.5], "v": [202001021030.0, 202001021130.0, 202001031230.0],
    }, told=(2,), words="would be 2 January 2020, 10:30"),
    CsvCase("long numbers that are no times", "x,v\n1.5,20200102103000\n2.5,20200102116100\n3.5,20200103123000\n", {
        "x": [1.5, 2.5, 3.5], "v": [20200102103000.0, 20200102116100.0, 20200103123000.0],
    }),
    CsvCase("names one fewer between tabs, over numbers", "v\tw\n1\tx\t2\n2\ty\t3\n", {
        "column_1": [1.0, 2.0], "v": ["x", "y"], "w": [2.0, 3.0],
    }, told=(1,), words="if another name is lacking, add it"),
    CsvCase("names one fewer between tabs, over words", "v\tw\nra\tx\t2\nrb\ty\t3\n", {
        "column_1": ["ra", "rb"], "v": ["x", "y"], "w": [2.0, 3.0],
    }),
    CsvCase("a blank line in one column", "x\n1\n\n2\n3\n\n", {"x": [1.0, 2.0, 3.0]}, told=(1, 3),
            words="this blank line, which may be a missing cell"),
    CsvCase("names that may be a row", "1,2,3\n9,8,7\n3,3,1\n", {
        "1": [9.0, 3.0], "2": [8.0, 3.0], "3": [7.0, 1.0],
    }, told=(1,), words="if it is a row of data, say so (--no-header)"),
    CsvCase("names that count up over fractions", "1,2,3\n0.5,8.5,7.1\n3.2,3.5,1.1\n", {
        "1": [0.5, 3.2], "2": [8.5, 3.5], "3": [7.1, 1.1],
    }),
    CsvCase("settings as wide as the table", "station,A12\nlat,52.5\nlon,13.4\ntime,value\n1,5.5\n2,6.5\n3,7.5\n", {
        "time": [1.0, 2.0, 3.0], "value": [5.5, 6.5, 7.5],
    }, told=(1,)),
    CsvCase("settings with numbers alone", "rows;3\ncols;2\na;b\n0;20.5\n1;20.6\n2;20.7\n", {
        "a": [0.0, 1.0, 2.0], "b": [20.5, 20.6, 20.7],
    }, told=(1,)),
    CsvCase("a form feed before the header of another page", "a,b\n1,2\n3,4\n\fa,b\n5,6\n7,8\n", {
        "a": [1.0, 3.0, 5.0, 7.0], "b": [2.0, 4.0, 6.0, 8.0],
    }, told=(4,), words="this repeated header is left out"),
    *(CsvCase(f"a program in {name}", text, group="refused", words="the text of a program")
      for name, text in PROGRAMS.items()),
    CsvCase("a matrix of MATLAB", "% made by hand\nx = [1 2 3;\n4 5 6];\n", group="refused", words="of MATLAB"),
    CsvCase("the name of the rows below the names, as pandas writes it", ",x,x,y\n,mean,std,mean\ng,,,\nk0,1,2.5,3\n"
            "k1,4,5,6\nk2,7,8,9.5\n", {
        "g": ["k0", "k1", "k2"], "x mean": [1.0, 4.0, 7.0], "x std": [2.5, 5.0, 8.0], "y mean": [3.0, 6.0, 9.5],
    }, told=(2,), words="the names stand in 3 rows"),
    CsvCase("keys of which a spreadsheet has left six digits", "account,v\n1.23457E+12,1\n1.23457E+12,3\n1.2E+12,2\n", {
        "account": [1234570000000.0, 1234570000000.0, 1.2e12], "v": [1.0, 3.0, 2.0],
    }, told=(2,), words="'1.23457E+12' (2 cells) is how a spreadsheet writes"),
    CsvCase("large numbers that are no keys", "energy,v\n1.23457E+12,1\n1.23457E+12,3\n1.2E+12,2\n", {
        "energy": [1234570000000.0, 1234570000000.0, 1.2e12], "v": [1.0, 3.0, 2.0],
    }),
    CsvCase("columns of trade", "import value,export value\nimport a,export b\nreturn 1,2\n", {
        "import value": ["import a", "return 1"], "export value": ["export b", "2"],
    }, told=(2,)),
    CsvCase("a comment behind cells with blanks between them", "a b c\n1 2 3\n3 4 5 # bad\n5 6 7\n", group="refused",
            line=3, words="a comment after the cells of this row"),
    CsvCase("comments behind all cells with blanks between them", "x y\n1 2 # one\n3 4 # two two\n", group="refused",
            line=2, words="take the comment out"),
    CsvCase("a sign of number among words", "note\nnumber # one\nbullet # two\n", {
        "note": ["number # one", "bullet # two"],
    }, told=(1,)),
    CsvCase("plain text that is said to be UTF-16", "a,b\n1,2\n3,4\n", group="refused", line=1,
            words="this is not text in utf-16, in which it would have no line end",
            options=ReadingOptions(encoding="utf-16")),
]  # fmt: skip
