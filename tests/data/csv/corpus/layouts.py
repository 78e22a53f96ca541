"""Delimiters, quotes, headers, what stands before and after a table, and rows that do not fit."""

from __future__ import annotations

from csv_corpus import CsvCase

from regdesk.core.reading_options import ReadingOptions

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}
IRIS = {
    "column_1": [5.1, 4.9, 6.3, 5.8], "column_2": [3.5, 3.0, 3.3, 2.7], "column_3": ["setosa", "setosa", "vir", "vir"],
}  # fmt: skip


def separated(mark: str) -> str:
    return "".join(mark.join(row) + "\n" for row in (("a", "b"), ("1", "x"), ("2", "y"), ("3", "z")))


DELIMITERS = [
    *(CsvCase(f"delimiter {mark!r}", separated(mark), AB) for mark in ",;\t|:~^ \x01"),
    *(CsvCase(f"delimiter {mark!r} with blanks", separated(mark), AB) for mark in (", ", "; ", " | ", " , ", ",\t")),
    CsvCase("columns aligned by blanks", "name   size  n\nana     1.5  1\nbo     12.5  2\ncy      3    3\n", {
        "name": ["ana", "bo", "cy"], "size": [1.5, 12.5, 3.0], "n": [1.0, 2.0, 3.0],
    }),
    CsvCase("columns aligned by blanks at the left, too", "  x    y\n  1  2.5\n 10 13.5\n100  4.5\n", {
        "x": [1.0, 10.0, 100.0], "y": [2.5, 13.5, 4.5],
    }),
    CsvCase("decimal commas and semicolons", "a;b\n1,5;2,5\n3,25;4,5\n", {"a": [1.5, 3.25], "b": [2.5, 4.5]}),
    CsvCase("commas in the text of a file of tabs", "a\tb\n1\tOne, two\n2\tThree, four\n3\tfive\n", {
        "a": [1.0, 2.0, 3.0], "b": ["One, two", "Three, four", "five"],
    }),
    CsvCase("semicolons in the text of a file of commas", "a,b\n1,p;q\n2,r;s\n", {
        "a": [1.0, 2.0], "b": ["p;q", "r;s"],
    }),
    CsvCase("times do not make colons delimiters", "a,t\n1,12:30\n2,13:45\n", {
        "a": [1.0, 2.0], "t": ["12:30", "13:45"],
    }),
    CsvCase("the line that Excel writes for itself", "sep=;\r\na;b\r\n1;x\r\n2;y\r\n3;z\r\n", AB),
    CsvCase("the same of a mark that none would guess", "sep=#\na#b\n1#x\n2#y\n3#z\n", AB),
    CsvCase("lines of a log", "2020-01-01 10:00:00 up 1\n2020-01-02 10:00:01 down 2\n2020-01-03 10:00:02 up 3\n", {
        "column_1": ["2020-01-01", "2020-01-02", "2020-01-03"], "column_2": ["10:00:00", "10:00:01", "10:00:02"],
        "column_3": ["up", "down", "up"], "column_4": [1.0, 2.0, 3.0],
    }, told=(1,)),
    CsvCase("one column", "a\n1\n2\n3\n", {"a": [1.0, 2.0, 3.0]}, told=(1,), words="one column"),
    CsvCase("one column of sentences", "text\nhello, world\nfoo bar\nbaz\n", {
        "text": ["hello, world", "foo bar", "baz"],
    },
            told=(1,)),
    CsvCase("line ends of old Macs", "a,b\r1,x\r2,y\r3,z\r", AB),
    CsvCase("mixed line ends", "a,b\n1,x\r\n2,y\r3,z", AB),
]  # fmt: skip

QUOTES = [
    CsvCase("doubled quotes, delimiters and line ends within", 'a,b\n1,"x ""y"", z"\n2,"p\nq"\n', {
        "a": [1.0, 2.0], "b": ['x "y", z', "p\nq"],
    }),
    CsvCase("a quote after a blank", 'a, b\n1, "x, y"\n2, "z"\n', {"a": [1.0, 2.0], "b": ["x, y", "z"]}),
    CsvCase("single quotes", "'a','b'\n'1','x, y'\n'2','z'\n", {"a": [1.0, 2.0], "b": ["x, y", "z"]}),
    CsvCase("single quotes, doubled within", "'a','b'\n1,'it''s, so'\n2,'z'\n", {
        "a": [1.0, 2.0], "b": ["it's, so", "z"],
    }),
    CsvCase("apostrophes are no quotes", "a,b\n1,'tis\n2,it's\n3,rock 'n' roll\n", {
        "a": [1.0, 2.0, 3.0], "b": ["'tis", "it's", "rock 'n' roll"],
    }),
    CsvCase("a backslash before a quote", 'a,b\n1,"say \\"hi\\", ok"\n2,"z"\n', {
        "a": [1.0, 2.0], "b": ['say "hi", ok', "z"],
    }),
    CsvCase("a backslash before a delimiter", "a,b\n1,Smith\\, J.\n2,Jones\n3,Lee\\, K.\n", {
        "a": [1.0, 2.0, 3.0], "b": ["Smith, J.", "Jones", "Lee, K."],
    }),
    CsvCase("what a database dumps", 'a,b,c\n1,"say \\"hi\\"",\\N\n2,"z",5\n3,"w",6\n', {
        "a": [1.0, 2.0, 3.0], "b": ['say "hi"', "z", "w"], "c": [None, 5.0, 6.0],
    }),
    CsvCase("paths of Windows", 'a,b\n1,"C:\\dir\\"\n2,C:\\new\n', {"a": [1.0, 2.0], "b": ["C:\\dir\\", "C:\\new"]}),
    CsvCase("inches", 'a,b\n1,5" pipe\n2,6" pipe\n', {"a": [1.0, 2.0], "b": ['5" pipe', '6" pipe']}),
    CsvCase("a stray quote at the start of a cell", 'a,b\n1,x\n2,"y" z\n3,w\n', group="refused", line=3,
            words="text follows a closing quote"),
    CsvCase("a quote that is never closed", 'a,b\n1,x\n2,"y\n3,z\n4,w\n', group="refused", line=3,
            words="never closed"),
]  # fmt: skip

HEADERS = [
    CsvCase("no header", "5.1,3.5,setosa\n4.9,3.0,setosa\n6.3,3.3,vir\n5.8,2.7,vir\n", IRIS, told=(1,)),
    CsvCase("no header of numbers alone", "1.5,2\n3.5,4\n2.5,7\n", {
        "column_1": [1.5, 3.5, 2.5], "column_2": [2.0, 4.0, 7.0],
    }, told=(1,)),
    CsvCase("no header and a missing cell in the first row", "5.1,?,a\n4.9,3.0,a\n6.3,3.3,b\n5.8,2.7,b\n", {
        "column_1": [5.1, 4.9, 6.3, 5.8], "column_2": [None, 3.0, 3.3, 2.7], "column_3": ["a", "a", "b", "b"],
    }, told=(1,)),
    CsvCase("no header and words that come again", "red,small\nblue,small\nred,large\nblue,large\n", {
        "column_1": ["red", "blue", "red", "blue"], "column_2": ["small", "small", "large", "large"],
    }, told=(1,)),
    CsvCase("no header, as was said", "a,b\nc,d\ne,f\n", {"column_1": ["a", "c", "e"], "column_2": ["b", "d", "f"]},
            options=ReadingOptions(has_header=False)),
    CsvCase("a header of words above words", "name,town\nAda,London\nEmmy,Erlangen\n", {
        "name": ["Ada", "Emmy"], "town": ["London", "Erlangen"],
    }),
    CsvCase("years as names", "country,2019,2020,2021\nNorway,1.5,2.5,3.5\nChile,4.5,5.5,6.5\n", {
        "country": ["Norway", "Chile"], "2019": [1.5, 4.5], "2020": [2.5, 5.5], "2021": [3.5, 6.5],
    }),
    CsvCase("years as names and nothing else", "2019,2020\n5,7\n6,9\n", {"2019": [5.0, 6.0], "2020": [7.0, 9.0]}),
    CsvCase("numbers that count up as names", "0,1,2\n0.5,7.25,3\n1.5,2.25,9\n", {
        "0": [0.5, 1.5], "1": [7.25, 2.25], "2": [3.0, 9.0],
    }),
    CsvCase("codes as names", "id,1001,1005,1007\np,0.5,0.25,0.75\nq,0.1,0.2,0.3\n", {
        "id": ["p", "q"], "1001": [0.5, 0.1], "1005": [0.25, 0.2], "1007": [0.75, 0.3],
    }),
    CsvCase("dates as names", "2020-01-01,2020-01-02\n5,6\n7,8\n", {
        "2020-01-01": [5.0, 7.0], "2020-01-02": [6.0, 8.0],
    }),
    CsvCase("one column with row names", '"x"\n"1" 5\n"2" 6\n"3" 7\n', {
        "column_1": [1.0, 2.0, 3.0], "x": [5.0, 6.0, 7.0],
    }),
    CsvCase("rows that count up are rows", "1,2,3\n4,5,6\n7,8,9\n", {
        "column_1": [1.0, 4.0, 7.0], "column_2": [2.0, 5.0, 8.0], "column_3": [3.0, 6.0, 9.0],
    }, told=(1,)),
    CsvCase("row names without a name, as R writes them", '"a","b"\n"r1",1,"x"\n"r2",2,"y"\n"r3",3,"z"\n', {
        "column_1": ["r1", "r2", "r3"], **AB,
    }),
    CsvCase("the same with blanks", '"a" "b"\n"1" 1 "x"\n"2" 2 "y"\n"3" 3 "z"\n', {"column_1": [1.0, 2.0, 3.0], **AB}),
    CsvCase("numbers without a name that do not count", "a,b\n7,1,x\n5,2,y\n9,3,z\n", {
        "column_1": [7.0, 5.0, 9.0], **AB,
    }, told=(1,)),
    CsvCase("an index without a name, as pandas writes it", ",a,b\n0,1,x\n1,2,y\n2,3,z\n", {
        "column_1": [0.0, 1.0, 2.0], **AB,
    }),
    CsvCase("an index without a name that repeats itself", ",a,b\n0,1,x\n0,2,y\n2,3,z\n", {
        "column_1": [0.0, 0.0, 2.0], **AB,
    }, told=(1,)),
    CsvCase("a name twice", "a,b,a\n1,x,4\n2,y,5\n3,z,6\n", {**AB, "a_2": [4.0, 5.0, 6.0]}, told=(1,),
            words="a number"),
    CsvCase("a name thrice, and one that is taken", "a,a,a_2,a\n1,2,3,4\n5,6,7,8\n", {
        "a": [1.0, 5.0], "a_3": [2.0, 6.0], "a_2": [3.0, 7.0], "a_4": [4.0, 8.0],
    }, told=(1,), words="a_3, a_4"),
    CsvCase("units below the names", "mass,length\nkg,m\n1.5,2\n2.5,3\n3.5,5\n", {
        "mass kg": [1.5, 2.5, 3.5], "length m": [2.0, 3.0, 5.0],
    }, told=(2,)),
    CsvCase("twenty thousand columns of one name", ",".join(["c"] * 20_000) + "\n" + ",".join(["1"] * 20_000) + "\n", {
        "c": [1.0], **{f"c_{number}": [1.0] for number in range(2, 20_001)},
    }, told=(1,), words="19999 columns"),
    CsvCase("a blank line between names and units", "mass,length\n\nkg,m\n1.5,2\n2.5,3\n3.5,5\n", {
        "mass kg": [1.5, 2.5, 3.5], "length m": [2.0, 3.0, 5.0],
    }, told=(3,)),
    CsvCase("groups above the names", "cold,,hot,\nx,y,x,y\n1,2,3,4\n5,6,7,8\n9,1,2,3\n", {
        "cold x": [1.0, 5.0, 9.0], "cold y": [2.0, 6.0, 1.0], "hot x": [3.0, 7.0, 2.0], "hot y": [4.0, 8.0, 3.0],
    }, told=(2,)),
]  # fmt: skip

AROUND = [
    CsvCase("a title", "Sales of the year\na,b\n1,x\n2,y\n3,z\n", AB, told=(1,), words="Sales"),
    CsvCase("a title with a delimiter", "Towns, 2020\ntown,n\nA,5\nB,6\nC,7\n", {
        "town": ["A", "B", "C"], "n": [5.0, 6.0, 7.0],
    }, told=(1,)),
    CsvCase("a title and no header", "made by X\n1,2\n3,4\n5,6\n", {
        "column_1": [1.0, 3.0, 5.0], "column_2": [2.0, 4.0, 6.0],
    }, told=(1, 2)),
    CsvCase("what psql prints", " a | b \n---+---\n 1 | x\n 2 | y\n 3 | z\n(3 rows)\n", AB, told=(6,)),
    CsvCase("a footnote with a delimiter", "a,b,c\n1,x,5\n2,y,6\n3,z,7\nNote: p, q\n", {
        **AB, "c": [5.0, 6.0, 7.0],
    }, told=(5,)),
    CsvCase("a title, a blank line, a comment", "Sales, by region\n\n# made by hand\na,b,c\n1,x,5\n2,y,6\n3,z,7\n", {
        **AB, "c": [5.0, 6.0, 7.0],
    }, told=(1,)),
    CsvCase("a title with the delimiters of Excel", "Report 2020,\n,\na,b\n1,x\n2,y\n3,z\n", AB, told=(1,)),
    CsvCase("keys and values before three columns", "Device,X7\nSerial,123\n\nt,u,v\n1,2,3\n4,5,6\n7,8,1\n", {
        "t": [1.0, 4.0, 7.0], "u": [2.0, 5.0, 8.0], "v": [3.0, 6.0, 1.0],
    }, told=(1,)),
    CsvCase("the header in a comment", "# t u\n1.5 2\n2.5 3\n3.5 5\n", {"t": [1.5, 2.5, 3.5], "u": [2.0, 3.0, 5.0]}),
    CsvCase("comments between rows", "a,b\n1,x\n# broken sensor\n2,y\n3,z\n", AB, told=(3,)),
    CsvCase("lines to skip, as was said", "u,v\nw,x\na,b\n1,x\n2,y\n3,z\n", AB, options=ReadingOptions(n_skipped=2)),
    CsvCase("a footer", "a,b\n1,x\n2,y\n3,z\nSource: the office\n", AB, told=(5,)),
    CsvCase("what a database says at the end", "a,b\n1,x\n2,y\n3,z\n\n(3 rows affected)\n", AB, told=(6,)),
    CsvCase("totals", "part,n\nleft,3\nright,4\nback,5\nTotal,12\n", {
        "part": ["left", "right", "back"], "n": [3.0, 4.0, 5.0],
    }, told=(5,)),
    CsvCase("rows of delimiters", "a,b\n1,x\n,\n2,y\n3,z\n,\n,\n", AB, told=(3,), words="so are lines 6, 7"),
    CsvCase("the header once more", "a,b\n1,x\na,b\n2,y\n3,z\n", AB, told=(3,), words="repeated header"),
    CsvCase("rows of too few delimiters", "a,b,c\n1,x,5\n,\n2,y,6\n3,z,7\n", {**AB, "c": [5.0, 6.0, 7.0]}, told=(3,)),
    CsvCase("nothing but a header", "a,b\n", group="refused", line=1),
    CsvCase("nothing but blank lines", "\n \n\n", group="refused"),
]  # fmt: skip

RAGGED = [
    CsvCase("a delimiter at the end of each row", "a,b\n1,x,\n2,y,\n3,z,\n", AB),
    CsvCase("a delimiter at the end of the header", "a,b,\n1,x\n2,y\n3,z\n", AB),
    CsvCase("a delimiter at the end of every line", "a,b,\n1,x,\n2,y,\n3,z,\n", {
        **AB, "column_3": [None, None, None],
    }),
    CsvCase("delimiters at the end of some rows", "a,b\n1,x\n2,y,,\n3,z\n", AB),
    CsvCase("a cell too many", "a,b\n1,x\n2,y,5\n3,z\n", group="refused", line=3, words="3 cells"),
    CsvCase("a cell too few in several rows", "a,b,c\n1,2,3\n4,5\n6,7,8\n9,1\n2,3,4\n5,6\n7,8,9\n1,2,3\n4,5,6\n",
            group="refused", line=3, words="as wrong: lines 5, 7"),
    CsvCase("a file that was cut", "a,b,c\n1,2,3\n4,5,6\n7,8", group="refused", line=4),
    CsvCase("a header of another width", "a,b\n1,2,3,4\n5,6,7,8\n9,1,2,3\n", group="refused", line=2),
    CsvCase("a second table", "a,b\n1,x\n2,y\n3,z\n\np,q,r\n1,2,3\n4,5,6\n", group="refused", line=6,
            words="second table"),
    CsvCase("the marks of a merge", "a,b\n1,x\n<<<<<<< HEAD\n2,y\n=======\n2,z\n>>>>>>> other\n3,w\n", group="refused",
            line=3, words="merge"),
    CsvCase("twenty and more faults", "a,b\n" + "1,2\n3\n4,5\n" * 30, group="refused", line=3, words="and 9 more"),
]  # fmt: skip

CASES = [*DELIMITERS, *QUOTES, *HEADERS, *AROUND, *RAGGED]
