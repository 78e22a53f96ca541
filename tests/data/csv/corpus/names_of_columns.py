"""Names: numbers as names, names that are alike or empty, rows that are none, and no names at all."""

from __future__ import annotations

from csv_corpus import CsvCase

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}

NUMBERS = [
    CsvCase("years above rows that count up", "2019,2020,2021\n5,6,7\n8,9,10\n", {
        "2019": [5.0, 8.0], "2020": [6.0, 9.0], "2021": [7.0, 10.0],
    }),
    CsvCase("years above years are a row", "2019,2020,2021\n2001,1998,2003\n1995,2010,2004\n", {
        "column_1": [2019.0, 2001.0, 1995.0], "column_2": [2020.0, 1998.0, 2010.0], "column_3": [2021.0, 2003.0,
            2004.0],
    }, told=(1,)),
    CsvCase("years and a name", "state,1990,1995,2000\nUlm,15,17,16\nBonn,4,5,6\n", {
        "state": ["Ulm", "Bonn"], "1990": [15.0, 4.0], "1995": [17.0, 5.0], "2000": [16.0, 6.0],
    }),
    CsvCase("years backwards", "state,2021,2020,2019\nUlm,1.5,1.7,1.6\nBonn,4.5,5.5,6.5\n", {
        "state": ["Ulm", "Bonn"], "2021": [1.5, 4.5], "2020": [1.7, 5.5], "2019": [1.6, 6.5],
    }),
    CsvCase("an index and numbers that count up from 0, as pandas writes them", ",0,1,2\n0,0.5,7.25,3\n1,1.5,2.25,9\n",
            {
        "column_1": [0.0, 1.0], "0": [0.5, 1.5], "1": [7.25, 2.25], "2": [3.0, 9.0],
    }),
    CsvCase("quarters", "state,2020Q1,2020Q2\nUlm,1.5,1.7\nBonn,4.5,5.5\n", {
        "state": ["Ulm", "Bonn"], "2020Q1": [1.5, 4.5], "2020Q2": [1.7, 5.5],
    }),
    CsvCase("numbers that count up below a word, above rows that count up", "x,1,2,3\n1,5,6,7\n2,8,9,1\n3,2,3,4\n", {
        "x": [1.0, 2.0, 3.0], "1": [5.0, 8.0, 2.0], "2": [6.0, 9.0, 3.0], "3": [7.0, 1.0, 4.0],
    }),
    CsvCase("numbers that count up from below zero", "-1,0,1\n0.5,0.25,0.1\n0.6,0.7,0.8\n", {
        "-1": [0.5, 0.6], "0": [0.25, 0.7], "1": [0.1, 0.8],
    }),
    CsvCase("shares in per cent as names of numbers", "10%,20%\n1,2\n3,4\n", {"10%": [1.0, 3.0], "20%": [2.0, 4.0]}),
    CsvCase("numbers that count up above words", "1,2,3\nx,y,z\nu,v,w\n", {
        "1": ["x", "u"], "2": ["y", "v"], "3": ["z", "w"],
    }),
    CsvCase("words for true and false as names of numbers", "true,false\n1,2\n3,4\n", {
        "true": [1.0, 3.0], "false": [2.0, 4.0],
    }),
    CsvCase("months as names", "state,2020-01,2020-02\nUlm,1.5,1.7\nBonn,4.5,5.5\n", {
        "state": ["Ulm", "Bonn"], "2020-01": [1.5, 4.5], "2020-02": [1.7, 5.5],
    }),
    CsvCase("numbers and words in names", "1st,2nd,3 m\n1.5,2,3\n2.5,3,4\n", {
        "1st": [1.5, 2.5], "2nd": [2.0, 3.0], "3 m": [3.0, 4.0],
    }),
    CsvCase("an integer first row over integers", "12,7,3\n4,9,11\n6,2,8\n", {
        "column_1": [12.0, 4.0, 6.0], "column_2": [7.0, 9.0, 2.0], "column_3": [3.0, 11.0, 8.0],
    }, told=(1,)),
    CsvCase("wave lengths as names", "400.5,410.5,420.5,class\n0.11,0.12,0.13,u\n0.21,0.22,0.23,v\n0.31,0.12,0.3,u\n", {
        "400.5": [0.11, 0.21, 0.31], "410.5": [0.12, 0.22, 0.12], "420.5": [0.13, 0.23, 0.3], "class": ["u", "v", "u"],
    }),
]  # fmt: skip

ALIKE = [
    CsvCase("names that differ in case alone", "a,A\n1,x\n2,y\n3,z\n", {"a": [1.0, 2.0, 3.0], "A": ["x", "y", "z"]}),
    CsvCase("names that differ in blanks alone", "a, a ,b\n1,4,x\n2,5,y\n3,6,z\n", {
        "a": [1.0, 2.0, 3.0], "a_2": [4.0, 5.0, 6.0], "b": ["x", "y", "z"],
    }, told=(1,)),
    CsvCase("names with blanks within", "a  b,a b\n1,x\n2,y\n3,z\n", {
        "a b": [1.0, 2.0, 3.0], "a b_2": ["x", "y", "z"],
    }, told=(1, 1), words="blanks in the name of this column (two together, or a tab) are read as one"),
    CsvCase("tabs and two blanks within names", '"a\tb",c  d,e f\n1,x,5\n2,y,6\n3,z,8\n', {
        "a b": [1.0, 2.0, 3.0], "c d": ["x", "y", "z"], "e f": [5.0, 6.0, 8.0],
    }, told=(1,), words="blanks in the names of 2 columns (two together, or tabs) are read as one"),
    CsvCase("all names the same", "a,a,a\n1,x,4\n2,y,5\n", {"a": [1.0, 2.0], "a_2": ["x", "y"], "a_3": [4.0, 5.0]},
            told=(1,)),
    CsvCase("some names lacking and others the same", "a,,,b,,a,a,a\n1,2,3,4,5,6,7,8\n2,3,4,5,6,7,9,7\n", {
        "a": [1.0, 2.0], "column_2": [2.0, 3.0], "column_3": [3.0, 4.0], "b": [4.0, 5.0], "column_5": [5.0, 6.0],
        "a_2": [6.0, 7.0], "a_3": [7.0, 9.0], "a_4": [8.0, 7.0],
    }, told=(1, 1), words="column_2, column_3, column_5"),
    CsvCase("no names at all, but their delimiters", ",,\n1,2,3\n4,5,6\n7,8,1\n", {
        "column_1": [1.0, 4.0, 7.0], "column_2": [2.0, 5.0, 8.0], "column_3": [3.0, 6.0, 1.0],
    }, told=(2,)),
    CsvCase("empty names in quotes", '"","b"\n1,x\n2,y\n3,z\n', {"column_1": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}),
    CsvCase("a name in the middle lacking", "a,,c\n1,x,4\n2,y,5\n", {"a": [1.0, 2.0], "column_2": ["x", "y"],
            "c": [4.0, 5.0]},
            told=(1,)),
    CsvCase("names of words for missing", "NA,null\n1,x\n2,y\n3,z\n", {"NA": [1.0, 2.0, 3.0], "null": ["x", "y", "z"]}),
    CsvCase("names of marks", "%,$\n1,x\n2,y\n3,z\n", {"%": [1.0, 2.0, 3.0], "$": ["x", "y", "z"]}),
    CsvCase("a very long name", "a" * 5000 + ",b\n1,x\n2,y\n3,z\n", {"a" * 5000: [1.0, 2.0, 3.0], "b": ["x", "y",
            "z"]}),
    CsvCase("names in another script", "名前,値\nx,1\ny,2\n", {"名前": ["x", "y"], "値": [1.0, 2.0]}),
    CsvCase("a name that is a formula", "=1+1,b\n1,x\n2,y\n3,z\n", {"=1+1": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}),
]  # fmt: skip

ROWS = [
    CsvCase("no names, words and numbers", "Ulm,5,8\nBonn,6,9\nUlm,7,4\n", {
        "column_1": ["Ulm", "Bonn", "Ulm"], "column_2": [5.0, 6.0, 7.0], "column_3": [8.0, 9.0, 4.0],
    }, told=(1,)),
    CsvCase("no names, the last column of words", "5,8,Ulm\n6,9,Bonn\n7,4,Köln\n", {
        "column_1": [5.0, 6.0, 7.0], "column_2": [8.0, 9.0, 4.0], "column_3": ["Ulm", "Bonn", "Köln"],
    }, told=(1,)),
    CsvCase("no names and dates", "2020-01-01,5\n2020-01-02,6\n2020-01-03,7\n", {
        "column_1": ["2020-01-01", "2020-01-02", "2020-01-03"], "column_2": [5.0, 6.0, 7.0],
    }, told=(1,)),
    CsvCase("no names and true or false", "true,5\nfalse,6\ntrue,7\n", {
        "column_1": ["true", "false", "true"], "column_2": [5.0, 6.0, 7.0],
    }, told=(1,)),
    CsvCase("no names and missing cells in the first row", "?,5,?\n6,?,x\n7,8,y\n9,1,x\n", {
        "column_1": [None, 6.0, 7.0, 9.0], "column_2": [5.0, None, 8.0, 1.0], "column_3": [None, "x", "y", "x"],
    }, told=(1,)),
    CsvCase("no names between blanks", "1 2.5 u\n2 3.5 v\n3 1.5 u\n", {
        "column_1": [1.0, 2.0, 3.0], "column_2": [2.5, 3.5, 1.5], "column_3": ["u", "v", "u"],
    }, told=(1,)),
    CsvCase("no names between semicolons and decimal commas", "1,5;2,5\n2,5;3,5\n3,5;1,25\n", {
        "column_1": [1.5, 2.5, 3.5], "column_2": [2.5, 3.5, 1.25],
    }, told=(1,)),
    CsvCase("no names and two rows", "1.5,u\n2.5,v\n", {"column_1": [1.5, 2.5], "column_2": ["u", "v"]}, told=(1,)),
    CsvCase("names above one row of numbers", "x,y\n1.5,2.5\n", {"x": [1.5], "y": [2.5]}),
    CsvCase("names in three rows", "mass,length,who\nkg,m,name\nmean,mean,first\n1.5,2,u\n2.5,3,v\n3.5,5,u\n", {
        "mass kg mean": [1.5, 2.5, 3.5], "length m mean": [2.0, 3.0, 5.0], "who name first": ["u", "v", "u"],
    }, told=(2,)),
    CsvCase("units in brackets below some names", "t,v,who\n(s),(m/s),\n1.5,2,u\n2.5,3,v\n3.5,5,u\n", {
        "t (s)": [1.5, 2.5, 3.5], "v (m/s)": [2.0, 3.0, 5.0], "who": ["u", "v", "u"],
    }, told=(2,)),
    CsvCase("row names as R writes them, in quotes and by tabs",
            '"a"\t"b"\n"r1"\t1\t"x"\n"r2"\t2\t"y"\n"r3"\t3\t"z"\n', {
        "column_1": ["r1", "r2", "r3"], **AB,
    }),
    CsvCase("dates below a header that is one short", "a,b\n2020-01-05,1,x\n2020-01-06,2,y\n2020-01-07,3,z\n", {
        "column_1": ["2020-01-05", "2020-01-06", "2020-01-07"], **AB,
    }, told=(1,)),
    CsvCase("row names that count up between blanks, aligned", "  a b\n1 1 x\n2 2 y\n3 3 z\n", {
        "column_1": [1.0, 2.0, 3.0], **AB,
    }),
    CsvCase("row names as R prints them", "   mpg cyl\nMazda   21.5   6\nDatsun  22.8   4\nHornet  18.7   8\n", {
        "column_1": ["Mazda", "Datsun", "Hornet"], "mpg": [21.5, 22.8, 18.7], "cyl": [6.0, 4.0, 8.0],
    }, told=(1,)),
]  # fmt: skip

CASES = [*NUMBERS, *ALIKE, *ROWS]
