"""Quotes: doubled, escaped, single, with blanks around them, stray and broken."""

from __future__ import annotations

from csv_corpus import CsvCase

from regdesk.core.reading_options import ReadingOptions

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}

WHOLE = [
    CsvCase("every cell in quotes", '"a","b"\n"1","x"\n"2","y"\n"3","z"\n', AB),
    CsvCase("a blank after a closing quote", '"a" ,"b"\n"1" , "x"\n"2" ,"y"\n"3","z" \n', AB),
    CsvCase("a tab after a closing quote", '"a"\t,"b"\n"1","x"\t\n"2","y"\n"3","z"\n', AB),
    CsvCase("blanks after a closing quote and quotes within", '"a" ,"b"\n1,"x "" , y" \n2,"u" \n', {
        "a": [1.0, 2.0], "b": ['x " , y', "u"],
    }),
    CsvCase("blanks after a quote that closes on another line", 'a,b\n1,"x\ny" \n2,"u" \n', {
        "a": [1.0, 2.0], "b": ["x\ny", "u"],
    }),
    CsvCase("nothing but quotes within quotes", 'a,b\n1,""""\n2,""""""\n3,z\n', {
        "a": [1.0, 2.0, 3.0], "b": ['"', '""', "z"],
    }),
    CsvCase("empty cells in quotes", 'a,b\n1,""\n2,y\n"",z\n', {"a": [1.0, 2.0, None], "b": [None, "y", "z"]}),
    CsvCase("a quote at the end of a cell", 'a,b\n1,x"\n2,y\n3,z\n', {"a": [1.0, 2.0, 3.0], "b": ['x"', "y", "z"]},
            told=(2,), words="letter"),
    CsvCase("quotes around a part of a cell", 'a,b\n1,the "x" one\n2,y\n3,z\n', {
        "a": [1.0, 2.0, 3.0], "b": ['the "x" one', "y", "z"],
    }),
    CsvCase("quoted numbers among bare ones", 'a,b\n"1","x"\n2,y\n"3",z\n', AB),
    CsvCase("a delimiter first and last in quotes", 'a,b\n1,",x"\n2,"y,"\n3,","\n', {
        "a": [1.0, 2.0, 3.0], "b": [",x", "y,", ","],
    }),
    CsvCase("names with delimiters in quotes", '"a, in m","b"\n1,x\n2,y\n3,z\n', {
        "a, in m": [1.0, 2.0, 3.0], "b": ["x", "y", "z"],
    }),
    CsvCase("blanks kept out of quoted cells", 'a,b\n1," x "\n2,y\n3,z\n', AB),
    CsvCase("single quotes around all and doubled ones within", "'a';'b'\n'1';'say \"hi\"'\n'2';'y'\n", {
        "a": [1.0, 2.0], "b": ['say "hi"', "y"],
    }),
    CsvCase("single quotes with a delimiter and a line end within", "'a','b'\n1,'x,\ny'\n2,'z'\n", {
        "a": [1.0, 2.0], "b": ["x,\ny", "z"],
    }),
    CsvCase("apostrophes at the start and end of words", "a,b\n1,'tis\n2,boys'\n3,'n'\n", {
        "a": [1.0, 2.0, 3.0], "b": ["'tis", "boys'", "'n'"],
    }),
    CsvCase("backslashes before quotes at the end of a cell", 'a,b\n1,"x \\"y\\""\n2,"z"\n', {
        "a": [1.0, 2.0], "b": ['x "y"', "z"],
    }),
    CsvCase("a backslash for a line end within", 'a,b\n1,"x\\ny"\n2,z\n', {"a": [1.0, 2.0], "b": ["x\\ny", "z"]}),
    CsvCase("paths of Windows in quotes, all with a backslash at the end", 'a,b\n1,"C:\\d\\"\n2,"D:\\e\\"\n3,z\n', {
        "a": [1.0, 2.0, 3.0], "b": ["C:\\d\\", "D:\\e\\", "z"],
    }),
    CsvCase("doubled quotes and a backslash", 'a,b\n1,"x ""y"" \\ z"\n2,w\n', {
        "a": [1.0, 2.0], "b": ['x "y" \\ z', "w"],
    }),
    CsvCase("quotes of a file of tabs that are letters", 'a\tb\n1\t"Hello" she said\n2\tno "end\n3\tz\n', {
        "a": [1.0, 2.0, 3.0], "b": ['"Hello" she said', 'no "end', "z"],
    }, told=(2,), words="quote"),
    CsvCase("quotes that are letters, as was said", 'a,b\n1,"x\n2,y"\n3,z\n', {
        "a": [1.0, 2.0, 3.0], "b": ['"x', 'y"', "z"],
    }, options=ReadingOptions(quote="none")),
    CsvCase("inches in quotes", 'a,b\n1,"5"""\n2,"6"" pipe"\n', {"a": [1.0, 2.0], "b": ['5"', '6" pipe']}),
    CsvCase("typographic quotes are letters", "a,b\n1,“x”\n2,„y“\n3,«z»\n", {
        "a": [1.0, 2.0, 3.0], "b": ["“x”", "„y“", "«z»"],
    }),
    CsvCase("an empty cell in quotes at the end of lines", 'a,b,c\n1,x,""\n2,y,""\n3,z,"7"\n', {
        **AB, "c": [None, None, 7.0],
    }),
]  # fmt: skip

BROKEN = [
    CsvCase("text after closing quotes in three rows", 'a,b\n1,"x" y\n2,y\n3,"z" w\n4,q\n5,"r" s\n6,t\n',
            group="refused", line=2, words="as wrong: lines 4, 6"),
    CsvCase("thirty broken rows", "a,b\n" + '1,"x" y\n2,z\n' * 30, group="refused", line=2, words="and 9 more"),
    CsvCase("broken quotes and rows that are too short", 'a,b\n1,"x" y\n2\n3,"z" w\n4,q\n', group="refused", line=2,
            words="as wrong: line 4"),
    CsvCase("an inch in quotes", 'a,b,c\n1,"5" pipe",3\n2,"y",4\n', group="refused", line=2),
    CsvCase("an inch and a delimiter in quotes", 'a,b,c\n1,"5", pipe",3\n2,"y",4\n', group="refused", line=2),
    CsvCase("a quote that opens and never closes in a long file", 'a,b\n1,x\n2,"y\n' + "3,z\n" * 20_000,
            group="refused",
            line=3, words="never closed"),
    CsvCase("a quote that opens here and closes in a later row", 'a,b,c\n1,"x,5\n2,y",6\n3,z,7\n',
            group="reported with its line",
            line=2),
    CsvCase("a quote that opens in the header", '"a,b\n1,x\n2,y\n', group="refused", line=1),
    CsvCase("a quote too many at the end of a cell", 'a,b\n1,"x""\n2,y\n3,z\n', group="refused", line=2),
    CsvCase("two cells grown together", 'a,b,c\n1,"x""y",2\n2,"z","w"\n', group="exact or refused", columns={
        "a": [1.0, 2.0], "b": ['x"y', "z"], "c": ["2", "w"],
    }, told=(3,)),
    CsvCase("a stray quote in the middle of a bare cell", 'a,b\n1,x"y\n2,y\n3,z\n', {
        "a": [1.0, 2.0, 3.0], "b": ['x"y', "y", "z"],
    }, told=(2,)),
    CsvCase("a lone quote as a cell", 'a,b\n1,"\n2,y\n3,z\n', group="refused", line=2),
    CsvCase("a closing single quote that is none", "'a','b'\n'1','x's'\n'2','y'\n", group="refused"),
]  # fmt: skip

CASES = [*WHOLE, *BROKEN]
