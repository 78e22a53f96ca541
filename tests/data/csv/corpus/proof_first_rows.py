"""First rows that are nearly names, and names of several rows."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("words in the first rows of the one number column",
            "name,score\nAda,absent\nBob,5\nCy,sick\nDi,6\nEd,7\nFay,8\nGus,9\nHal,4\n",
            {
                "name": ["Ada", "Bob", "Cy", "Di", "Ed", "Fay", "Gus", "Hal"], "score": [None, 5.0, None, 6.0, 7.0,
                8.0, 9.0, 4.0],
            },
            group="reported with its line", told=(2,), line=2),
    CsvCase("words in the first rows of both number columns",
            "name,x,y\nAda,absent,absent\nBob,1,absent\nCy,sick,ill\nDi,2,3\nEd,4,5\nFay,6,7\nGus,8,9\n"
            "Hal,1,2\nIda,3,4\nJo,5,6\nKim,4,5\nLu,6,7\nMo,7,8\n",
            group="reported with its line", line=2),
    CsvCase("units below names and a word column", "mass,who\nkg,\n1.5,Ada\n2.5,Bob\n3.5,Cy\n",
            {"mass kg": [1.5, 2.5, 3.5], "who": ["Ada", "Bob", "Cy"]},
            told=(2,)),
    CsvCase("types below names", "id,name,w\nint,str,float\n1,Ada,1.5\n2,Bob,2.5\n3,Cy,3.5\n",
            {"id int": [1.0, 2.0, 3.0], "name str": ["Ada", "Bob", "Cy"], "w float": [1.5, 2.5, 3.5]},
            told=(2,)),
    CsvCase("groups above names with a word column",
            ",1st,,2nd,\nname,x,y,x,y\nAda,1,2,3,4\nBob,5,6,7,8\nCy,9,1,2,3\n",
            {
                "name": ["Ada", "Bob", "Cy"], "1st x": [1.0, 5.0, 9.0], "1st y": [2.0, 6.0, 1.0], "2nd x": [3.0,
                7.0, 2.0], "2nd y": [4.0, 8.0, 3.0],
            },
            told=(2,)),
    CsvCase("lists of numbers in a file of tabs", "1\t0.1 0.2 0.3\tx\n2\t0.4 0.5 0.6\ty\n3\t0.7 0.8 0.9\tx\n",
            {
                "column_1": [1.0, 2.0, 3.0], "column_2": ["0.1 0.2 0.3", "0.4 0.5 0.6", "0.7 0.8 0.9"],
                "column_3": ["x", "y", "x"],
            },
            told=(1, 1), words="several numbers with blanks between them"),
    CsvCase("a line of counts, fewer cells than rows",
            "3,4,ill,well\n1.5,2.5,3.5,4.5,0\n2.5,3.5,4.5,5.5,1\n0.5,1.5,2.5,3.5,0\n",
            {
                "column_1": [1.5, 2.5, 0.5], "column_2": [2.5, 3.5, 1.5], "column_3": [3.5, 4.5, 2.5],
                "column_4": [4.5, 5.5, 3.5], "column_5": [0.0, 1.0, 0.0],
            },
            told=(1, 2)),
    CsvCase("a line of counts as wide as the rows", "4,2,ill\n1.5,2.5,0\n2.5,3.5,1\n0.5,1.5,0\n3.5,7.5,1\n",
            {"column_1": [1.5, 2.5, 0.5, 3.5], "column_2": [2.5, 3.5, 1.5, 7.5], "column_3": [0.0, 1.0, 0.0, 1.0]},
            told=(1, 2)),
    CsvCase("a header one name short, of digits", "9,7,ill\n1.5,2.5,0,1\n2.5,3.5,1,0\n0.5,1.5,0,1\n",
            group="reported with its line", line=1),
    CsvCase("quarters as names of rows, as R writes them",
            '"","y","x"\n1962.25,8.79,6.5\n1962.5,8.79,6.75\n1962.75,8.81,6.5\n',
            {"column_1": [1962.25, 1962.5, 1962.75], "y": [8.79, 8.79, 8.81], "x": [6.5, 6.75, 6.5]}),
]  # fmt: skip
