"""Names that are one fewer than the cells of a row: names of rows, or a name lost, or a cell cut at a delimiter."""

from __future__ import annotations

from csv_corpus import CsvCase

_NAMES = ["Ada", "Bob", "Cy"]

CASES = [
    CsvCase("too few names, as each row has a comma in a cell",
            "name,age,city\nBraund, Owen,22,York\nHeik, Laina,26,Turku\nAllen, Will,35,Leeds\n",
            group="reported with its line", line=1, words="contains the delimiter"),
    CsvCase("too few names, as each address has a comma",
            "id,addr,v\n1,Main St 5, Apt 2,3\n2,Oak St, Apt 3,4\n3,Elm St, Apt 1,5\n",
            group="reported with its line", line=1, words="contains the delimiter"),
    CsvCase("too few names, as each date has a comma",
            "date,temp\nJan 1, 2020,3.5\nJan 2, 2020,4.5\nJan 3, 2020,5.5\n",
            group="reported with its line", line=1),
    CsvCase("too few names, as each thousand has a comma",
            "item,amount,qty\nchair,1,200,3\ntable,2,500,4\nlamp,3,100,5\n",
            group="reported with its line", line=1),
    CsvCase("too few names, as one of the middle is lost", "id,name,score\n1,Ada,30,5.5\n2,Bob,40,6.5\n3,Cy,50,7.5\n",
            group="reported with its line", line=1, words="another name is lacking"),
    CsvCase("too few names between semicolons",
            "name;height;weight\nAda;30;1,7;60,5\nBob;40;1,8;70,5\nCy;50;1,9;80,5\n",
            group="reported with its line", line=1),
    CsvCase("too few names between tabs, the first of which is a key",
            "name\theight\tweight\nAda\t30\t1.7\t60.5\nBob\t40\t1.8\t70.5\nCy\t50\t1.9\t80.5\n",
            group="reported with its line", line=1),
    CsvCase("names of rows between tabs, as R writes them without quotes",
            "s1\ts2\nAda\t2.1\t6.2\nBob\t2.8\t4.1\nCy\t1.4\t6.9\n",
            {"column_1": _NAMES, "s1": [2.1, 2.8, 1.4], "s2": [6.2, 4.1, 6.9]}),
    CsvCase("names of rows in quotes, the first of which is a key",
            '"name","height"\n"Ada",30,1.7\n"Bob",40,1.8\n"Cy",50,1.9\n',
            {"column_1": _NAMES, "name": [30.0, 40.0, 50.0], "height": [1.7, 1.8, 1.9]}),
    CsvCase("names of rows without quotes between commas, told once",
            "a,b\nAda,1,x\nBob,2,y\nCy,3,z\n",
            {"column_1": _NAMES, "a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}, told=(1,)),
    CsvCase("no header, numbers with a decimal comma between blanks", "1,5 2,5\n3,5 4,5\n5,25 6,5\n",
            {"column_1": [1.5, 3.5, 5.25], "column_2": [2.5, 4.5, 6.5]}, told=(1,)),
    CsvCase("no header, such numbers, some below zero, between several blanks", "1,5  -2,5\n3,5   4,5\n5,25 -6,5\n",
            {"column_1": [1.5, 3.5, 5.25], "column_2": [-2.5, 4.5, -6.5]}, told=(1,)),
    CsvCase("no header, numbers with blanks between thousands and commas between cells", "1 234,2 345\n3 456,4 567\n",
            {"column_1": [1234.0, 3456.0], "column_2": [2345.0, 4567.0]}, told=(1,)),
]  # fmt: skip
