"""Where a table begins and what its columns are called, where the first lines look like something else."""

from __future__ import annotations

from csv_corpus import CsvCase

MARKED = {"#w": [-27.0, 22.0, 25.0], "b": ["x", "y", "z"], "c": ["N", "Y", "Y"]}

CASES = [
    CsvCase("years that follow each other are names above cells that look like years",
            "iso,1990,1991,1992\nAFG,1900.5,1950,2000\nALB,2010,1995.5,1999\n", {
        "iso": ["AFG", "ALB"], "1990": [1900.5, 2010.0], "1991": [1950.0, 1995.5], "1992": [2000.0, 1999.0],
    }),
    CsvCase("rows that are all the same numbers are rows", "0,0\n0,0\n0,0\n", {
        "column_1": [0.0] * 3, "column_2": [0.0] * 3,
    }, told=(1,)),
    CsvCase("names again and again are no rows", "a,b\na,b\na,b\n", group="refused", line=1, words="no data"),
    CsvCase("units in brackets below some names, above a column with a word",
            "station,date,rain,temp\n,,(mm),(C)\nU1,2020-01-01,0.5,10\nU1,2020-01-02,T,11\nU1,2020-01-03,0,12\n"
            "U1,2020-01-04,1.5,9\n", {
        "station": ["U1"] * 4, "date": ["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04"],
        "rain (mm)": [0.5, None, 0.0, 1.5], "temp (C)": [10.0, 11.0, 12.0, 9.0],
    }, told=(2, 4)),
    CsvCase("one unit in brackets", "name,x\n,(mm)\na,1\nb,2\nc,5\n", {
        "name": ["a", "b", "c"], "x (mm)": [1.0, 2.0, 5.0],
    }, told=(2,)),
    CsvCase("numbers in brackets are a row", "a,b\n(5),(6)\n7,8\n9,4\n", {"a": [-5.0, 7.0, 9.0], "b": [-6.0, 8.0, 4.0]},
            told=(2, 2)),
    CsvCase("a name that begins as a comment does above rows that end with a delimiter",
            "#w\tb\tc\n-27\tx\tN\t\n22\ty\tY\t\n25\tz\tY\t\n", MARKED),
    CsvCase("the same with lone carriage returns", "#w\tb\tc\r-27\tx\tN\t\r22\ty\tY\t\r25\tz\tY\t\r", MARKED),
    CsvCase("single quotes, tabs and lone carriage returns",
            "'a'\t'b'\r'19,5'\t'TRUE'\r'-20,3'\t'FALSE'\r'5,5'\t'TRUE'\r", {
        "a": [19.5, -20.3, 5.5], "b": ["TRUE", "FALSE", "TRUE"],
    }),
    CsvCase("a matrix of Octave", "# name: A\n# type: matrix\n# rows: 3\n# columns: 2\n 1 2\n 3 4\n 5 6\n", {
        "column_1": [1.0, 3.0, 5.0], "column_2": [2.0, 4.0, 6.0],
    }, told=(1, 5), words="4 lines"),
    CsvCase("data of gnuplot", "# Curve 0 of 1, 3 points\n# Curve title: sin\n# x y type\n1 2.5 i\n2 3.5 i\n3 4 i\n", {
        "x": [1.0, 2.0, 3.0], "y": [2.5, 3.5, 4.0], "type": ["i"] * 3,
    }, told=(1,)),
    CsvCase("as many settings of an instrument as rows",
            "LabVIEW Measurement\t\nWriter_Version\t2\nSeparator\tTab\n***End_of_Header***\t\n\n"
            "X_Value\tVoltage\tComment\n0.0\t1.5\t\n0.1\t1.6\t\n0.2\t1.7\t\n", {
        "X_Value": [0.0, 0.1, 0.2], "Voltage": [1.5, 1.6, 1.7], "Comment": [None] * 3,
    }, told=(1,), words="4 lines"),
    CsvCase("commas that may be decimal marks, or names of rows", "id,v\n1,2,5\n2,3,5\n3,4,6\n", {
        "column_1": [1.0, 2.0, 3.0], "id": [2.0, 3.0, 4.0], "v": [5.0, 5.0, 6.0],
    }, told=(1,), words="decimal marks"),
    CsvCase("whole numbers below names that R wrote", '"id","v"\n"1",2,5\n"2",3,5\n"3",4,6\n', {
        "column_1": [1.0, 2.0, 3.0], "id": [2.0, 3.0, 4.0], "v": [5.0, 5.0, 6.0],
    }),
    CsvCase("a single column of words of which the first comes again", "Ulm\nBonn\nUlm\nKöln\n", {
        "column_1": ["Ulm", "Bonn", "Ulm", "Köln"],
    }, told=(1, 1)),
    CsvCase("a row with a sign of missing above rows that count up", "-,5,6\n4,5,6\n3,2,1\n", {
        "column_1": [None, 4.0, 3.0], "column_2": [5.0, 5.0, 2.0], "column_3": [6.0, 6.0, 1.0],
    }, told=(1,)),
    CsvCase("words with numbers above the same words", "A1,B1\nA2,B2\nA3,B3\n", {
        "column_1": ["A1", "A2", "A3"], "column_2": ["B1", "B2", "B3"],
    }, told=(1,)),
    CsvCase("words with numbers above other words", "col1,col2\nval1,val2\nval3,val4\n", {
        "col1": ["val1", "val3"], "col2": ["val2", "val4"],
    }),
    CsvCase("what pandas writes of columns without names", ",0,1,2\n0,5,6,7\n1,8,7,6\n", {
        "column_1": [0.0, 1.0], "0": [5.0, 8.0], "1": [6.0, 7.0], "2": [7.0, 6.0],
    }),
    CsvCase("a name and numbers from 0 above rows of which one counts up", "x,0,1,2\na,5,6,7\nb,8,7,6\n", {
        "x": ["a", "b"], "0": [5.0, 8.0], "1": [6.0, 7.0], "2": [7.0, 6.0],
    }),
    CsvCase("numbers from 0 above rows without a word are a row", "0,1,2,3\n5,6,7,8\n9,8,7,6\n", {
        "column_1": [0.0, 5.0, 9.0], "column_2": [1.0, 6.0, 8.0], "column_3": [2.0, 7.0, 7.0],
        "column_4": [3.0, 8.0, 6.0],
    }, told=(1,)),
    CsvCase("two codes and a word above small numbers", "zip,90210,10001\n5,6,7\n8,9,1\n3,4,5\n", {
        "zip": [5.0, 8.0, 3.0], "90210": [6.0, 9.0, 4.0], "10001": [7.0, 1.0, 5.0],
    }),
    CsvCase("a comment that is as wide as the names, and one that is not", "# a,b\n# c\nx,y\n1,2\n3,4\n5,6\n", {
        "x": [1.0, 3.0, 5.0], "y": [2.0, 4.0, 6.0],
    }, told=(1,), words="2 lines"),
    CsvCase("a title with as many commas as the names", "Towns, all of them\nname,n\na,1\nb,3\nc,5\n", {
        "name": ["a", "b", "c"], "n": [1.0, 3.0, 5.0],
    }, told=(1,)),
    CsvCase("two lines of settings with as many commas as the names",
            "Sample: 5, Run: 6\nOperator: me, you\nname,n\na,1\nb,3\nc,5\nd,7\n", {
        "name": ["a", "b", "c", "d"], "n": [1.0, 3.0, 5.0, 7.0],
    }, told=(1,), words="2 lines"),
    CsvCase("blanks behind the commas of all lines are no title", "name, n\na, 1\nb, 3\nc, 5\n", {
        "name": ["a", "b", "c"], "n": [1.0, 3.0, 5.0],
    }),
    CsvCase("blanks behind the commas of the names alone", "name, n\na,1\nb,3\nc,5\n", {
        "name": ["a", "b", "c"], "n": [1.0, 3.0, 5.0],
    }),
    CsvCase("blanks behind the commas of the names alone, above words", "name, town\na,Ulm\nb,Bonn\nc,Ulm\n", {
        "name": ["a", "b", "c"], "town": ["Ulm", "Bonn", "Ulm"],
    }),
    CsvCase("questions below the numbers of questions",
            "Q1,Q2,Q3\nHow old are you?,What sex?,How many?\n25,M,3\n30,F,4\n35,M,1\n", {
        "Q1 How old are you?": [25.0, 30.0, 35.0], "Q2 What sex?": ["M", "F", "M"], "Q3 How many?": [3.0, 4.0, 1.0],
    }, told=(2,)),
    CsvCase("a ticker and a name for dates below the names of prices",
            "Price,Close,High\nTicker,ABC,ABC\nDate,,\n2020-01-01,5,6\n2020-01-02,6,7\n2020-01-03,7,8\n", {
        "Price Ticker Date": ["2020-01-01", "2020-01-02", "2020-01-03"], "Close ABC": [5.0, 6.0, 7.0],
        "High ABC": [6.0, 7.0, 8.0],
    }, told=(2,), words="3 rows"),
    CsvCase("a word among numbers is no second row of names", "id,x\nnone,absent\n1,5\n2,6\n3,7\n4,8\n5,9\n", {
        "id": [None, 1.0, 2.0, 3.0, 4.0, 5.0], "x": [None, 5.0, 6.0, 7.0, 8.0, 9.0],
    }, told=(2,)),
    CsvCase("groups above names, both without one for a column",
            "Year,,2000,,2001,\nSex,,M,F,M,F\nx,,1,2,3,4\ny,,5,6,7,8\nz,,5,6,7,9\n", {
        "Year Sex": ["x", "y", "z"], "column_2": [None] * 3, "2000 M": [1.0, 5.0, 5.0], "2000 F": [2.0, 6.0, 6.0],
        "2001 M": [3.0, 7.0, 7.0], "2001 F": [4.0, 8.0, 9.0],
    }, told=(2, 1)),
    CsvCase("one name with an accent in two spellings", "é,e\u0301\n1,2\n3,4\n", {"é": [1.0, 3.0], "é_2": [2.0, 4.0]},
            told=(1,)),
    CsvCase("a mark of a merge alone at the end", "a,b\n1,x\n2,y\n>>>>>>> theirs\n", group="refused", line=4,
            words="merge"),
]  # fmt: skip
