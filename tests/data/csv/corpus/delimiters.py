"""Delimiters that are rare, that stand within cells, that are said and not so, or of several characters."""

from __future__ import annotations

import codecs

from csv_corpus import CsvCase

from regdesk.core.reading_options import ReadingOptions

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}


def separated(mark: str) -> str:
    return "".join(
        mark.join(row) + "\n" for row in (("a", "b", "c"), ("1", "x", "5"), ("2", "y", "6"), ("3", "z", "7"))
    )


SAID = [
    *(
        CsvCase(f"a line that says the delimiter in {name}", mark +
            "sep=;\r\na;b\r\n1;x\r\n2;y\r\n3;z\r\n".encode(name), AB)
        for name, mark in (
            ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE),
        )
    ),
    CsvCase("a line that says a tab", "sep=\t\na\tb\n1\tx\n2\ty\n3\tz\n", AB),
    CsvCase("a line that says a comma, in quotes", '"sep=,"\na,b\n1,x\n2,y\n3,z\n', AB),
    CsvCase("a line that says it in capitals and is filled up", "SEP=;;;\na;b\n1;x\n2;y\n3;z\n", AB),
    CsvCase("a line that says a delimiter and decimal commas", "sep=;\na;b\n1,5;2,5\n2,5;3,75\n", {
        "a": [1.5, 2.5], "b": [2.5, 3.75],
    }),
    CsvCase("a line that says what is not so", "sep=;\na,b\n1,x\n2,y\n3,z\n", AB, told=(1,), words="';'"),
    CsvCase("a line that says a delimiter, a title, and the table", "sep=;\nReport\na;b\n1;x\n2;y\n3;z\n", AB, told=(2,
            )),
    CsvCase("a line that says a delimiter, and no header", "sep=;\n1,5;2\n2,5;3\n4,5;7\n", {
        "column_1": [1.5, 2.5, 4.5], "column_2": [2.0, 3.0, 7.0],
    }, told=(2,)),
]  # fmt: skip

WITHIN = [
    CsvCase("commas in quoted cells alone", '"a,b"\n"1;2,x"\n"3;4,y"\n', {"a,b": ["1;2,x", "3;4,y"]}, told=(1,),
            words="one column"),
    CsvCase("every row in quotes as a whole", '"a,b"\n"1,2"\n"3,4"\n"5,6"\n', group="refused", line=1, words="quotes"),
    CsvCase("semicolons delimit, commas in quoted cells", 'a;b\n"1,5";"p,q"\n"2,5";"r,s"\n', {
        "a": [1.5, 2.5], "b": ["p,q", "r,s"],
    }),
    CsvCase("as many commas in text as semicolons that delimit", "a;b\nx, y;1\nu, v;2\nw, t;3\n", {
        "a": ["x, y", "u, v", "w, t"], "b": [1.0, 2.0, 3.0],
    }),
    CsvCase("decimal commas in every cell but the first", "a;b;c\nx;1,5;2,5\ny;3,5;4,5\nz;5,5;6,5\n", {
        "a": ["x", "y", "z"], "b": [1.5, 3.5, 5.5], "c": [2.5, 4.5, 6.5],
    }),
    CsvCase("decimal commas and tabs", "a\tb\n1,5\t2,25\n3,5\t4,125\n", {"a": [1.5, 3.5], "b": [2.25, 4.125]}),
    CsvCase("decimal commas and bars", "a|b\n1,5|2,25\n3,5|4,125\n", {"a": [1.5, 3.5], "b": [2.25, 4.125]}),
    CsvCase("decimal commas and blanks", "a b\n1,5 2,25\n3,5 4,125\n2,5 1,5\n", {
        "a": [1.5, 3.5, 2.5], "b": [2.25, 4.125, 1.5],
    }),
    CsvCase("decimal commas in quotes between commas", 'a,b\n"1,5","2,25"\n"3,5","4,125"\n', {
        "a": [1.5, 3.5], "b": [2.25, 4.125],
    }),
    CsvCase("times and commas", "t,a\n12:30:01,1\n12:30:02,2\n12:30:03,3\n", {
        "t": ["12:30:01", "12:30:02", "12:30:03"], "a": [1.0, 2.0, 3.0],
    }),
    CsvCase("times and blanks", "t a\n12:30:01 1\n12:30:02 2\n12:30:03 3\n", {
        "t": ["12:30:01", "12:30:02", "12:30:03"], "a": [1.0, 2.0, 3.0],
    }),
    CsvCase("dates with points and semicolons", "t;a\n01.02.2020;1,5\n13.02.2020;2,5\n25.02.2020;3,5\n", {
        "t": ["01.02.2020", "13.02.2020", "25.02.2020"], "a": [1.5, 2.5, 3.5],
    }),
    CsvCase("addresses on the web", "url,n\nhttp://a.org/?q=1;b=2,1\nhttp://b.org/?q=3;b=4,2\nhttp://c.org/,3\n", {
        "url": ["http://a.org/?q=1;b=2", "http://b.org/?q=3;b=4", "http://c.org/"], "n": [1.0, 2.0, 3.0],
    }),
    CsvCase("lists within cells of a file of commas", "id,tags,n\nu,red|blue,1\nv,green|red,2\nw,blue|grey,3\n", {
        "id": ["u", "v", "w"], "tags": ["red|blue", "green|red", "blue|grey"], "n": [1.0, 2.0, 3.0],
    }),
    CsvCase("JSON within cells of a file of tabs", 'a\tb\n1\t{"k": 1, "l": 2}\n2\t{"k": 3, "l": 4}\n', {
        "a": [1.0, 2.0], "b": ['{"k": 1, "l": 2}', '{"k": 3, "l": 4}'],
    }),
    CsvCase("JSON in quotes within a file of commas", 'a,b\n1,"{""k"": 1, ""l"": 2}"\n2,"{""k"": 3}"\n', {
        "a": [1.0, 2.0], "b": ['{"k": 1, "l": 2}', '{"k": 3}'],
    }),
    CsvCase("tabs for empty cells", "a\tb\tc\n1\t\t5\n\tx\t6\n3\tz\t\n", {
        "a": [1.0, None, 3.0], "b": [None, "x", "z"], "c": [5.0, 6.0, None],
    }),
    CsvCase("first and last cells that are empty between tabs", "a\tb\tc\n\tx\t\n\ty\t\n5\tz\t6\n", {
        "a": [None, None, 5.0], "b": ["x", "y", "z"], "c": [None, None, 6.0],
    }),
]  # fmt: skip

SEVERAL = [
    *(
        CsvCase(f"the delimiter {mark!r}", separated(mark), {**AB, "c": [5.0, 6.0, 7.0]})
        for mark in ("||", "::", "~|~", "|~|", "~~", "^^", "#|#")
    ),
    *(
        CsvCase(f"the delimiter {mark!r}", separated(mark), {**AB, "c": [5.0, 6.0, 7.0]})
        for mark in "#&@!*§¬·\x02\x1c\x1e，；،"
    ),
    CsvCase("semicolons between names and commas in rows", "a;b\n1,x\n2,y\n3,z\n", AB, told=(1,), words="names"),
    CsvCase("commas between names and semicolons in rows", "a,b\n1;x\n2;y\n3;z\n", AB, told=(1,), words="names"),
    CsvCase("tabs between names and blanks in rows", "a\tb\n1 x\n2 y\n3 z\n", AB),
    CsvCase("two marks in every line", "a\tb,c\n1\tp,q\n4\tr,s\n", {"a": [1.0, 4.0], "b,c": ["p,q", "r,s"]}, told=(1,),
            words="as regularly"),
    CsvCase("names of two words between blanks", "name score\nJo A 5\nMary B 6\nAnn C 7\n",
            group="reported with its line",
            line=1),
    CsvCase("pairs of a code", "code\nA#1\nB#2\nC#3\n", {"code": ["A#1", "B#2", "C#3"]}, told=(1,)),
    CsvCase("addresses of mails", "mail\na1@b.org\nc2@d.org\ne3@f.org\n", {
        "mail": ["a1@b.org", "c2@d.org", "e3@f.org"],
    }, told=(1,)),
    CsvCase("a delimiter of two bars and one in a cell", "a||b||c\n1||x|y||5\n2||y||6\n3||z||7\n", {
        "a": [1.0, 2.0, 3.0], "b": ["x|y", "y", "z"], "c": [5.0, 6.0, 7.0],
    }),
    CsvCase("two delimiters where a cell is empty", "a,b,c\n1,,5\n2,,6\n3,y,7\n", {
        "a": [1.0, 2.0, 3.0], "b": [None, None, "y"], "c": [5.0, 6.0, 7.0],
    }),
    CsvCase("a column between that is always empty", "a,,b\n1,,x\n2,,y\n3,,z\n", {
        "a": [1.0, 2.0, 3.0], "column_2": [None] * 3, "b": ["x", "y", "z"],
    }, told=(1,)),
    CsvCase("blanks and commas", "a , b , c\n1 , x , 5\n2 , y , 6\n3 , z , 7\n", {**AB, "c": [5.0, 6.0, 7.0]}),
    CsvCase("blanks that align what commas delimit", "a,    b,   c\n1,    x,   5\n20,   y,  16\n300,  z, 117\n", {
        "a": [1.0, 20.0, 300.0], "b": ["x", "y", "z"], "c": [5.0, 16.0, 117.0],
    }),
    CsvCase("blanks at the end of lines that blanks delimit", "a b  \n1 x \n2 y   \n3 z \n", AB),
    CsvCase("quoted blanks between blanks", 'a b\n1 "x y"\n2 "u  v"\n3 z\n', {
        "a": [1.0, 2.0, 3.0], "b": ["x y", "u  v", "z"],
    }),
    CsvCase("an ampersand between blanks", "a & b\n1 & x\n2 & y\n3 & z\n", AB),
    CsvCase("two blanks and a hash between cells", "a  #  b\n1  #  x\n2  #  y\n3  #  z\n", AB),
    CsvCase("dashes between blanks", "a - b - c\n1 - x - 5\n2 - y - 6\n3 - z - 7\n", {**AB, "c": [5.0, 6.0, 7.0]}),
    CsvCase("signs of equality", "a=b\n1=x\n2=y\n3=z\n", AB),
    CsvCase("tabs that were written as a backslash and a letter", "a\\tb\n1\\tx\n2\\ty\n3\\tz\n", AB),
    CsvCase("commas of Chinese and Japanese", "a、b\n1、x\n2、y\n3、z\n", AB),
    CsvCase("names between commas above quoted rows between semicolons",
            'lat,lon\n"48,1";"11,5"\n"48,2";"11,6"\n"48,3";"11,7"\n', {
        "lat": [48.1, 48.2, 48.3], "lon": [11.5, 11.6, 11.7],
    }, told=(1,)),
    CsvCase("a row of numbers between blanks that lacks one", "a b c\n1 2 3\n4 5\n6 7 8\n",
            group="reported with its line", line=3),
    CsvCase("a row of numbers between blanks that has one more", "a b\n1 2\n3 4\n5 6 7\n8 9\n",
            group="reported with its line", line=4),
    CsvCase("the separators that ASCII has for it", "a\x1fb\n1\x1fx\n2\x1fy\n3\x1fz\n", AB),
]  # fmt: skip

GIVEN = [
    *(
        CsvCase(f"{mark!r} between cells, as somebody says", mark.join(("a", "b")) + "\n" + "".join(
            f"{a}{mark}{b}\n" for a, b in (("1", "x"), ("2", '"y, z"'), ("3", f'"u{mark}v"'))
        ), {"a": [1.0, 2.0, 3.0], "b": ["x", "y, z", f"u{mark}v"]}, options=ReadingOptions(mark))
        for mark in ("||", "::", " - ", "|~|", "=>", "##", "~")
    ),
    CsvCase("two characters that the header alone has", "a::b\n1:x\n2:y\n", group="refused", line=2,
            options=ReadingOptions("::")),
]  # fmt: skip

CASES = [*SAID, *WITHIN, *SEVERAL, *GIVEN]
