"""Where lines end and where they do not, and characters that are not seen."""

from __future__ import annotations

import codecs

from csv_corpus import CsvCase

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}
LINES = ("a,b", "1,x", "2,y", "3,z")

ENDS = [
    CsvCase("line ends of Windows", "\r\n".join(LINES) + "\r\n", AB),
    CsvCase("line ends of old Macs and none at the end", "\r".join(LINES), AB),
    CsvCase("line ends that were made Windows' twice", "\r\r\n".join(LINES) + "\r\r\n", AB),
    CsvCase("line ends the wrong way round", "\n\r".join(LINES) + "\n\r", AB),
    CsvCase("blank lines between all rows", "\n\n".join(LINES) + "\n\n\n", AB),
    CsvCase("blank lines of blanks and tabs", "a,b\n \t \n1,x\n\t\n2,y\n3,z\n  ", AB),
    CsvCase("no line end after the last row", "\n".join(LINES), AB),
    CsvCase("all three line ends in a quoted cell", 'a,b\n1,"p\nq"\n2,"p\r\nq"\n3,"p\rq"\n', {
        "a": [1.0, 2.0, 3.0], "b": ["p\nq", "p\r\nq", "p\rq"],
    }),
    CsvCase("a line end in a name", '"a\nm",b\n1,x\n2,y\n', {"a m": [1.0, 2.0], "b": ["x", "y"]}, told=(1,),
            words="a line end in the name of this column is read as a blank"),
    CsvCase("line ends in two names", '"a\nm","b\r\nn"\n1,x\n2,y\n', {"a m": [1.0, 2.0], "b n": ["x", "y"]}, told=(1,),
            words="line ends in the names of 2 columns are read as blanks; say the names so: a m, b n"),
    CsvCase("a line end behind a name", '"a\n",b\n1,x\n2,y\n', {"a": [1.0, 2.0], "b": ["x", "y"]}),
    CsvCase("blank lines in a quoted cell", 'a,b\n1,"p\n\n\nq"\n2,y\n', {"a": [1.0, 2.0], "b": ["p\n\n\nq", "y"]}),
    CsvCase("rows that look like rows in a quoted cell", 'a,b\n1,"p\n2,y\n3,z"\n4,w\n', {
        "a": [1.0, 4.0], "b": ["p\n2,y\n3,z", "w"],
    }, told=(2,)),
    CsvCase("a lone carriage return that cuts a row", "a,b,c\n1,x,5\n2,y\r,6\n3,z,7\n", group="refused", line=3),
    CsvCase("a form feed on a line of its own", "a,b\n1,x\n\f\n2,y\n3,z\n", AB),
    CsvCase("a form feed before a row", "a,b\n1,x\n\f2,y\n3,z\n", AB),
    CsvCase("a vertical tab within a cell", "a,b\n1,x\x0by\n2,z\n", {"a": [1.0, 2.0], "b": ["x\x0by", "z"]}),
    *(
        CsvCase(f"a separator U+{ord(mark):04X} within a cell", f"a,b\n1,x{mark}y\n2,z\n", {
            "a": [1.0, 2.0], "b": [f"x{mark}y", "z"],
        })
        for mark in "\x1c\x1d\x1e\u2028\u2029"
    ),
    CsvCase("the separator of UTF-16 lines within a cell", codecs.BOM_UTF16_LE +
            "a,b\n1,x\u0a0dy\n2,\u2028z\n3,w\n".encode(
        "utf-16-le"), {"a": [1.0, 2.0, 3.0], "b": ["x\u0a0dy", "z", "w"]}),
    CsvCase("the end of file of DOS", "\r\n".join(LINES) + "\r\n\x1a", AB),
    CsvCase("the end of file of DOS behind the last cell", "a,b\r\nx,1\r\ny,2\r\nz,3\x1a", {
        "a": ["x", "y", "z"], "b": [1.0, 2.0, 3.0],
    }),
    CsvCase("the end of file of DOS in one column", "a\r\n1\r\n2\r\n\x1a", {"a": [1.0, 2.0]}, told=(1,)),
]  # fmt: skip

UNSEEN = [
    CsvCase("a mark where files were joined", "\ufeffa,b\n1,x\n\ufeffa,b\n2,y\n3,z\n", AB, told=(3, 3),
            words="repeated header"),
    CsvCase("a mark before a row", "a,b\n1,x\n\ufeff2,y\n3,z\n", AB, told=(3,), words="byte order mark"),
    CsvCase("marks before several rows", "a,b\n1,x\n\ufeff2,y\n\ufeff3,z\n", AB, told=(3,), words="so is line 4"),
    CsvCase("a mark within a quoted first name", '"\ufeffa",b\n1,x\n2,y\n3,z\n', AB),
    CsvCase("three marks", codecs.BOM_UTF8 * 3 + "\n".join(LINES).encode(), AB),
    CsvCase("a mark of UTF-16 and another", codecs.BOM_UTF16_LE * 2 + "\n".join(LINES).encode("utf-16-le"), AB),
    CsvCase("a blank line after the mark", codecs.BOM_UTF8 + b"\r\na,b\r\n1,x\r\n2,y\r\n3,z\r\n", AB),
    CsvCase("zero-width blanks around names", "\u200ba,b\u200b\n1,x\n2,y\n3,z\n", AB),
    CsvCase("no-break blanks around and within names", "\u00a0a\u00a0,b\u00a0c\n1,x\n2,y\n", {
        "a": [1.0, 2.0], "b c": ["x", "y"],
    }),
    CsvCase("names that differ in a zero-width blank", "a,a\u200b,b\n1,2,x\n3,4,y\n", {
        "a": [1.0, 3.0], "a_2": [2.0, 4.0], "b": ["x", "y"],
    }, told=(1,)),
    CsvCase("no-break blanks around cells", "a,b\n\u00a01\u00a0,\u00a0x\n2,y\u00a0\n3,z\n", AB),
]  # fmt: skip

CASES = [*ENDS, *UNSEEN]
