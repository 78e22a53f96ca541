"""Rows that are not as wide as their header: loaded where nothing but empty last cells is lacking, else refused."""

from __future__ import annotations

from csv_corpus import CsvCase

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}
MIXED = "n,w,m,v\n1,p,5,q\n2,r,6,s\n{row}\n3,t,7,u\n4,p,8,s\n5,r,9,q\n"

LACKING = [
    CsvCase("a last cell that can only be the last", MIXED.format(row="9,o,4"), {
        "n": [1.0, 2.0, 9.0, 3.0, 4.0, 5.0], "w": ["p", "r", "o", "t", "p", "r"], "m": [5.0, 6.0, 4.0, 7.0, 8.0, 9.0],
        "v": ["q", "s", None, "u", "s", "q"],
    }, told=(4,), words="last"),
    CsvCase("last cells of several rows", "n,w,m\n1,p,5\n2,r\n3,t,7\n4,u\n5,p,8\n", {
        "n": [1.0, 2.0, 3.0, 4.0, 5.0], "w": ["p", "r", "t", "u", "p"], "m": [5.0, None, 7.0, None, 8.0],
    }, told=(3,), words="line 5"),
    CsvCase("a cell that may be lacking anywhere", "n,m,w\n1,5,p\n2,6\n3,7,q\n", group="refused", line=3),
    CsvCase("numbers alone", "a,b,c\n1,2,3\n4,5\n6,7,8\n", group="refused", line=3, words="2 cells"),
    CsvCase("words alone", "a,b,c\np,q,r\ns,t\nu,v,w\n", group="refused", line=3),
    CsvCase("a cell lacking in the middle", MIXED.format(row="9,4,o"), group="refused", line=4),
    CsvCase("a cell lacking before words", "n,w,v\n1,p,q\n2,r\n3,t,u\n", group="refused", line=3),
    CsvCase("the first cell lacking", MIXED.format(row="o,4,q"), group="refused", line=4),
    CsvCase("rows of many lengths, as lists have them",
            "name,i1,i2,i3,i4\nA,1,2\nB,1\nC,4,5,6,7\nD,3,4,5\nE,1,2,3,4\nF,2\n", {
        "name": ["A", "B", "C", "D", "E", "F"], "i1": [1.0, 1.0, 4.0, 3.0, 1.0, 2.0],
        "i2": [2.0, None, 5.0, 4.0, 2.0, None], "i3": [None, None, 6.0, 5.0, 3.0, None],
        "i4": [None, None, 7.0, None, 4.0, None],
    }, told=(2,), words="lines 3, 5, 7"),
    CsvCase("rows of many lengths of which some end in an empty cell", "a,b,c,d\n1,2,3,4\n1,2\n1,,\n1,2,3\n1,2,3,\n2\n",
            group="refused", line=3),
    CsvCase("a row cut off at the end of the file", "n,w,m\n1,p,5\n2,r,6\n3,t", group="refused", line=4),
    CsvCase("a row too short at the end, with a line end", "n,w,m\n1,p,5\n2,r,6\n3,t\n", group="refused", line=4),
    CsvCase("all rows one short", "a,b,c\n1,x\n2,y\n3,z\n", group="refused", line=1,
            words="the header has 3 names, and every row below it, from line 2 on, has 2 cells"),
    CsvCase("all rows one short, and the names end in a delimiter", "a,b,\n1,x\n2,y\n3,z\n", AB),
    CsvCase("a delimiter at the end of the names and of some rows", "a,b,\n1,x,\n2,y\n3,z\n", {
        **AB, "column_3": [None] * 3,
    }),
    CsvCase("all rows short, and the names end in five delimiters", "a,b,,,,,\n1,x\n2,y\n3,z\n", AB),
    CsvCase("rows end in five delimiters and names do not", "a,b\n1,x,,,,,\n2,y,,,,,\n3,z,,,,,\n", AB),
    CsvCase("rows end in delimiters and some in a cell", "a,b\n1,x,,\n2,y,,9\n3,z,,\n", group="refused", line=3),
    CsvCase("a row of delimiters that are too many", "a,b\n1,x\n,,,,\n2,y\n3,z\n", AB, told=(3,)),
]  # fmt: skip

TOO_MANY = [
    CsvCase("a comma in a bare word", "a,b,c\n1,x,5\n2,y, too,6\n3,z,7\n", group="refused", line=3, words="4 cells"),
    CsvCase("a decimal comma between commas", "a,b\n1.5,2\n2,5,3\n3.5,4\n", group="refused", line=3),
    CsvCase("a thousand with its comma", "a,b\n1,2\n1,234,5\n3,4\n", group="refused", line=3),
    CsvCase("two rows on one line", "a,b\n1,x\n2,y,3,z\n4,w\n", group="refused", line=3),
    CsvCase("most rows too long", "a,b\n1,x,5\n1,y,6\n3,z\n4,w,8\n", group="refused"),
    CsvCase("rows too long and too short", "a,b,c\n1,x,5\n2,y,6,9\n3,z\n4,w,8\n", group="refused", line=3,
            words="as wrong: line 4"),
]  # fmt: skip

SMALL = [
    CsvCase("a single word", "a", group="refused", line=1),
    CsvCase("a single number", "5\n", {"column_1": [5.0]}, told=(1, 1)),
    CsvCase("one row of numbers", "1.5,2,3\n", {"column_1": [1.5], "column_2": [2.0], "column_3": [3.0]}, told=(1,)),
    CsvCase("one row of words", "red,blue\n", group="refused", line=1),
    CsvCase("one row of a word and numbers", "red,1.5,2\n", group="refused", line=1),
    CsvCase("a header and one row", "a,b\n1,x\n", {"a": [1.0], "b": ["x"]}),
    CsvCase("a header and one row of words", "a,b\nx,y\n", {"a": ["x"], "b": ["y"]}),
    CsvCase("a header and a row of delimiters", "a,b\n,\n", group="refused"),
    CsvCase("a header and a comment", "a,b\n# no rows today\n", group="refused"),
    CsvCase("one column in quotes", '"a"\n"1"\n"2"\n', {"a": [1.0, 2.0]}, told=(1,)),
    CsvCase("one column of decimal commas", "a\n1,5\n2,5\n3,75\n", group="refused", line=2),
    CsvCase("one column without a header", "5\n7\n9\n6\n", {"column_1": [5.0, 7.0, 9.0, 6.0]}, told=(1, 1)),
    CsvCase("one column with a delimiter after each", "a,\n1,\n2,\n3,\n", {
        "a": [1.0, 2.0, 3.0], "column_2": [None] * 3,
    }),
    CsvCase("one column with a delimiter after each row", "a\n1,\n2,\n3,\n", {"a": [1.0, 2.0, 3.0]}, told=(1,)),
    CsvCase("one column of numbers with blanks for thousands", "price\n1 000\n2 500\n3 000\n", {
        "price": [1000.0, 2500.0, 3000.0],
    }, told=(1,)),
    CsvCase("one column of ratios", "odds\n3:1\n5:2\n4:1\n", {"odds": ["3:1", "5:2", "4:1"]}, told=(1,)),
    CsvCase("one column of dates and times", "when\n2020-01-01 10:00\n2020-01-02 11:00\n2020-01-03 12:00\n", {
        "when": ["2020-01-01 10:00", "2020-01-02 11:00", "2020-01-03 12:00"],
    }, told=(1,)),
    CsvCase("one column of pairs", "at\n1.5 2.5\n3.5 4.5\n5.5 6.5\n", {"at": ["1.5 2.5", "3.5 4.5", "5.5 6.5"]},
            told=(1, 2), words="several numbers with blanks between them"),
    CsvCase("one column of addresses", "ip\n10.0.0.1\n10.0.0.2\n", {"ip": ["10.0.0.1", "10.0.0.2"]}, told=(1,)),
    CsvCase("one column of sentences with commas", "note\nI like it, really\nno, not me\nyes, me\n", {
        "note": ["I like it, really", "no, not me", "yes, me"],
    }, told=(1,)),
    CsvCase("one column of names", "name\nAda Lovelace\nEmmy Noether\nAlan Turing\n", {
        "name": ["Ada Lovelace", "Emmy Noether", "Alan Turing"],
    }, told=(1,)),
    CsvCase("two columns, one of them empty", "a,b\n1,\n2,\n3,\n", {"a": [1.0, 2.0, 3.0], "b": [None] * 3}),
]  # fmt: skip

CASES = [*LACKING, *TOO_MANY, *SMALL]
