"""What stands before a table, after it and between its rows: titles, comments, footers, totals, other tables."""

from __future__ import annotations

from csv_corpus import CsvCase

from regdesk.core.reading_options import ReadingOptions

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}
ABC = {**AB, "c": [5.0, 6.0, 7.0]}
TOWNS = {"town": ["Ulm", "Bonn", "Köln"], "n": [5.0, 6.0, 7.0], "m": [8.0, 9.0, 4.0]}
TOWN_ROWS = "town,n,m\nUlm,5,8\nBonn,6,9\nKöln,7,4\n"

COMMENTS = [
    *(
        CsvCase(f"a comment after {mark} between rows", f"a,b\n1,x\n{mark} a bad day\n2,y\n3,z\n", AB, told=(3,),
                words="comment")
        for mark in ("#", "%", "//", ";", "--")
    ),
    *(
        CsvCase(f"a comment after {mark} that is as wide as the rows", f"a,b\n1,x\n{mark} bad, day\n2,y\n3,z\n", AB,
                told=(3,), words="comment")
        for mark in ("#", "%", "//")
    ),
    *(
        CsvCase(f"a comment after {mark} above the header",
            f"{mark} made by hand, twice\n{mark}\na,b,c\n1,x,5\n2,y,6\n3,z,7\n",
                ABC, told=(1,), words="made by hand")
        for mark in ("#", "%", "//", ";", "!", "*", "--")
    ),
    *(
        CsvCase(f"a comment after {mark} below the header", f"a,b,c\n{mark} kind of thing\n1,x,5\n2,y,6\n3,z,7\n", ABC,
                told=(2,))
        for mark in ("#", "%", "//", ";")
    ),
    CsvCase("a row that was made a comment", "a,b\n1,x\n#9,w\n2,y\n3,z\n", AB, told=(3,), words="comment"),
    CsvCase("a flagged number is no comment", "a,b\n1,x\n*9,w\n2,y\n3,z\n", group="reported with its line", line=3,
            columns={"a": [1.0, None, 2.0, 3.0], "b": ["x", "w", "y", "z"]}, told=(3,)),
    CsvCase("comments at the end", "a,b\n1,x\n2,y\n3,z\n# checked\n# by me, twice\n", AB, told=(5,),
            words="so is line 6"),
    CsvCase("a hash in words is a word", "a,b\n#red,1\n#blue,2\n#red,3\n", {
        "a": ["#red", "#blue", "#red"], "b": [1.0, 2.0, 3.0],
    }),
    CsvCase("a hash before a name is a letter", "#a,b\n1,x\n2,y\n3,z\n", {"#a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}),
    CsvCase("names after a hash and a blank, as numpy writes them", "# a,b\n1,x\n2,y\n3,z\n", AB),
    CsvCase("the same with a blank after each comma", "# a, b\n1, x\n2, y\n3, z\n", AB),
    CsvCase("a title and names after hashes", "# run 5\n# a b\n1 x\n2 y\n3 z\n", AB, told=(1,)),
    CsvCase("names after a percent sign, as MATLAB wants them", "% t u\n1.5 2\n2.5 3\n3.5 5\n", {
        "t": [1.5, 2.5, 3.5], "u": [2.0, 3.0, 5.0],
    }),
    CsvCase("errors of a spreadsheet are no comments", "a,b\n1,x\n#N/A,y\n3,z\n", {
        "a": [1.0, None, 3.0], "b": ["x", "y", "z"],
    }),
    CsvCase("a comment in the middle of a quoted cell", 'a,b\n1,"x\n# no comment\ny"\n2,z\n', {
        "a": [1.0, 2.0], "b": ["x\n# no comment\ny", "z"],
    }),
    CsvCase("a comment with an apostrophe and a quote", 'a,b\n1,x\n# it\'s 5" long\n2,y\n3,z\n', AB, told=(3,)),
]  # fmt: skip

BEFORE = [
    CsvCase("three lines of a title", "Office\nTable 3\nas of today\n" + TOWN_ROWS, TOWNS, told=(1,),
            words="3 lines are left out"),
    CsvCase("a title, two blank lines", "Towns of the land\n\n\n" + TOWN_ROWS, TOWNS, told=(1,), words="1 line is"),
    CsvCase("a title that is filled up", "Towns,,\n,,\n" + TOWN_ROWS, TOWNS, told=(1,)),
    CsvCase("a title in quotes with delimiters", '"Towns, villages, and more"\n' + TOWN_ROWS, TOWNS, told=(1,)),
    CsvCase("keys and values", "Instrument:,X7\nOperator:,me\nDate:,2020-01-01\n\n" + TOWN_ROWS, TOWNS, told=(1,),
            words="3 lines"),
    CsvCase("keys and values that are filled up", "Instrument,X7,\nOperator,me,\n,,\n" + TOWN_ROWS, TOWNS, told=(1,)),
    CsvCase("a title with more delimiters than the table", "Towns, villages, hamlets, farms, and mills\n" + TOWN_ROWS,
            TOWNS,
            told=(1,)),
    CsvCase("a title of as many words as there are columns", "A title\n0.5, 1\n2.5, 3\n4.5, 5\n7.5, 1\n", {
        "column_1": [0.5, 2.5, 4.5, 7.5], "column_2": [1.0, 3.0, 5.0, 1.0],
    }, told=(1, 2), words="left out before the header: 'A title'"),
    CsvCase("a title above semicolons and blanks", "three words here\na; n; m\nx; 1; 5\ny; 2; 6\nz; 3; 7\n", {
        "a": ["x", "y", "z"], "n": [1.0, 2.0, 3.0], "m": [5.0, 6.0, 7.0],
    }, told=(1,)),
    CsvCase("a title without header", "Made by X on a day\n1,5,8\n2,6,9\n3,7,4\n", {
        "column_1": [1.0, 2.0, 3.0], "column_2": [5.0, 6.0, 7.0], "column_3": [8.0, 9.0, 4.0],
    }, told=(1, 2)),
    CsvCase("settings that are as wide as the table",
            "Title,Monthly\nUnits,degC\nMissing,-99\nyear,n\n1900,0.5\n1901,0.7\n1902,0.3\n", {
        "year": [1900.0, 1901.0, 1902.0], "n": [0.5, 0.7, 0.3],
    }, told=(1,), words="3 lines"),
    CsvCase("settings of an instrument with an end of their own",
            "Measurement\t\nVersion\t2\n***End***\t\n\nx\ty\n0.0\t1.0\n0.1\t2.0\n0.2\t3.0\n", {
        "x": [0.0, 0.1, 0.2], "y": [1.0, 2.0, 3.0],
    }, told=(1,)),
    CsvCase("a key with a colon and its value above two columns", "Device:,X7\nwho,n\nu,1\nv,2\nw,3\n", {
        "who": ["u", "v", "w"], "n": [1.0, 2.0, 3.0],
    }, told=(1,)),
    CsvCase("a title and a year above two columns", "made by X,2020\nsize,n\n,1\n,2\n2.5,3\n8.5,4\n", {
        "size": [None, None, 2.5, 8.5], "n": [1.0, 2.0, 3.0, 4.0],
    }, told=(1,)),
    CsvCase("a number of rows first", "3\ntown,n,m\nUlm,5,8\nBonn,6,9\nKöln,7,4\n", TOWNS, told=(1,)),
    CsvCase("a title before a table of tabs", "Towns\ntown\tn\tm\nUlm\t5\t8\nBonn\t6\t9\nKöln\t7\t4\n", TOWNS, told=(1,
            )),
    CsvCase("a title with semicolons' commas", "Orte, Stand heute\ntown;n;m\nUlm;5;8\nBonn;6;9\nKöln;7;4\n", TOWNS,
            told=(1,)),
    CsvCase("twelve lines of notes", "".join(f"note {number}\n" for number in range(12)) + TOWN_ROWS, TOWNS, told=(1,),
            words="12 lines"),
    CsvCase("a ruler below the names", "town,n,m\n----,-,-\nUlm,5,8\nBonn,6,9\nKöln,7,4\n", TOWNS),
    CsvCase("lines to skip that are more than there are", "a,b\n1,x\n", group="refused",
            options=ReadingOptions(n_skipped=9)),
    CsvCase("lines to skip within a quoted title", '"Towns\nof the land"\n' + TOWN_ROWS, TOWNS, told=(1,)),
]  # fmt: skip

AFTER = [
    CsvCase("a source below a blank line", TOWN_ROWS + "\nSource: the office\n", TOWNS, told=(6,)),
    CsvCase("a source that is filled up", TOWN_ROWS + ",,\nSource: the office,,\n", TOWNS, told=(5, 6)),
    CsvCase("a source that is filled up, at once", TOWN_ROWS + "Source: the office,,\n", TOWNS, told=(5,)),
    CsvCase("notes of several lines", TOWN_ROWS + "\n(1) counted, not guessed\n(2) old\nSource: the office\n", TOWNS,
            told=(6,), words="so are lines 7, 8"),
    CsvCase("totals below a blank line", TOWN_ROWS + "\nTotal,18,21\n", TOWNS, told=(6,), words="totals"),
    CsvCase("totals and a source", TOWN_ROWS + "Total,18,21\n\nSource: the office\n", TOWNS, told=(7, 5)),
    CsvCase("totals in capitals with a colon", TOWN_ROWS + "TOTAL:,18,21\n", TOWNS, told=(5,)),
    CsvCase("totals whose name is too short", TOWN_ROWS + "Summe;18\n", group="exact or refused", columns=TOWNS,
            told=(5,)),
    CsvCase("a total in the middle is a row", "town,n,m\nUlm,5,8\nTotal,6,9\nKöln,7,4\n", {
        "town": ["Ulm", "Total", "Köln"], "n": [5.0, 6.0, 7.0], "m": [8.0, 9.0, 4.0],
    }, told=(3,)),
    CsvCase("a balance below dates", "day;what;n\n01.02.2020;u;-5,00\n13.02.2020;v;6,50\n\nBalance;;1,50\n", {
        "day": ["01.02.2020", "13.02.2020"], "what": ["u", "v"], "n": [-5.0, 6.5],
    }, told=(5,)),
    CsvCase("a line drawn below", "=== ===\na   b\n=== ===\n1   x\n2   y\n3   z\n=== ===\n", AB),
    CsvCase("an average below", TOWN_ROWS + "Average,6,7\n", TOWNS, told=(5,)),
    CsvCase("what a program says of its rows", TOWN_ROWS + "3 rows selected.\n", TOWNS, told=(5,)),
    CsvCase("what another says of its rows", TOWN_ROWS + "(3 rows)\n", TOWNS, told=(5,)),
    CsvCase("an end that is said", TOWN_ROWS + "END\n", TOWNS, told=(5,)),
    CsvCase("rows of delimiters at the end", TOWN_ROWS + ",,\n" * 30, TOWNS, told=(5,), words="and 9 more"),
    CsvCase("a word alone in the middle", "town,n,m\nUlm,5,8\nBonn\nKöln,7,4\n", group="reported with its line",
            line=3),
]  # fmt: skip

OTHERS = [
    CsvCase("a second table of the same width", "a,b\n1,x\n2,y\n3,z\n\nc,d\n4,u\n5,v\n", group="refused", line=6,
            words="second table"),
    CsvCase("a second table of the same width and a title", "a,b\n1,x\n2,y\n3,z\n\nMore\nc,d\n4,u\n5,v\n",
            group="refused",
            line=7),
    CsvCase("a second table without a blank line", "a,b\n1,x\n2,y\n3,z\nc,d,e\n4,u,1\n5,v,2\n", group="refused",
            line=5),
    CsvCase("a narrower second table", "a,b,c\n1,x,2\n2,y,3\n\nd,e\n4,u\n5,v\n", group="refused", line=5),
    CsvCase("the same table again below a blank line", "a,b\n1,x\n2,y\n\na,b\n3,z\n", AB, told=(5,),
            words="repeated header"),
    CsvCase("two tables side by side", "a,b,,c,d\n1,x,,4,u\n2,y,,5,v\n3,z,,6,w\n", {
        **AB, "column_3": [None] * 3, "c": [4.0, 5.0, 6.0], "d": ["u", "v", "w"],
    }, told=(1,)),
    CsvCase("words below a blank line are a row", "a,b\nx,1\ny,2\n\nz,3\n", {"a": ["x", "y", "z"], "b": [1.0, 2.0,
            3.0]}),
    CsvCase("the header again in other places", "a,b\n1,x\na,b\n2,y\na,b\n3,z\n", AB, told=(3,), words="so is line 5"),
    CsvCase("the header again in quotes and capitals", 'a,b\n1,x\n"A","B"\n2,y\n3,z\n', group="reported with its line",
            line=3),
    CsvCase("marks of a merge in one column", "a\nx\n<<<<<<< HEAD\ny\n=======\nz\n>>>>>>> other\nw\n", group="refused",
            line=3,
            words="merge"),
    CsvCase("marks of a merge in the header", "<<<<<<< HEAD\na,b\n=======\na,c\n>>>>>>> other\n1,x\n2,y\n",
            group="refused",
            line=1, words="merge"),
    CsvCase("marks of a merge far down", "a,b\n" + "1,x\n" * 3000 + "<<<<<<< ours\n1,y\n=======\n1,z\n>>>>>>> theirs\n",
            group="refused", line=3002, words="merge"),
    CsvCase("marks of a merge with the delimiter", "a,b\n1,x\n<<<<<<< HEAD, mine\n2,y\n=======\n2,z\n>>>>>>> o\n",
            group="refused",
            line=3, words="merge"),
]  # fmt: skip

CASES = [*COMMENTS, *BEFORE, *AFTER, *OTHERS]
