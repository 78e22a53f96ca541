"""Second rows of names: of pandas, of surveys, of offices and of loggers; and rows that look like them."""

from __future__ import annotations

from csv_corpus import CsvCase

N, X, Y = [1.0, 2.0, 3.0, 4.0], [1.5, 2.5, 3.5, 4.5], [5.0, 7.0, 6.0, 9.0]
KEYS = ["k1", "k2", "k3", "k4"]
ROWS = "1,1.5,5\n2,2.5,7\n3,3.5,6\n4,4.5,9\n"
KEYED = "k1,1.5,5\nk2,2.5,7\nk3,3.5,6\nk4,4.5,9\n"

CASES = [
    CsvCase(
        "pandas: the name of the rows alone below the gap above it",
        f",a,b\nidx,,\n{ROWS}",
        {"idx": N, "a": X, "b": Y},
        told=(2,),
    ),
    CsvCase(
        "pandas: the names of two columns of the index in the second row",
        ",,a\ni,j,\nu,1,1.5\nv,2,2.5\nu,3,3.5\nv,4,4.5\n",
        {"i": ["u", "v", "u", "v"], "j": N, "a": X},
        told=(2,),
    ),
    CsvCase(
        "pandas: groups above names, and the rows have words for names",
        f"lev1,x,x\nlev2,a,b\n{KEYED}",
        {"lev1 lev2": KEYS, "x a": X, "x b": Y},
        told=(2,),
    ),
    CsvCase(
        "pandas: the name of the rows in the second row, above words that it could be one of",
        f"measure,a,b\nidx,,\n{KEYED}",
        {"measure": ["idx", *KEYS], "a": [None, *X], "b": [None, *Y]},
        told=(2,),
    ),
    CsvCase(
        "a first row that has its name alone, as another below",
        f"measure,a,b\nidx,,\n{KEYED}k5,,\n",
        {"measure": ["idx", *KEYS, "k5"], "a": [None, *X, None], "b": [None, *Y, None]},
    ),
    CsvCase(
        "a survey: answers that can be chosen below the gaps after their question, in the second row",
        "Respondent,Age,Which?,\n,Open-Ended,Mail,Phone\n11,20,Mail,\n12,31,,Phone\n13,45,Mail,Phone\n14,28,,Phone\n",
        {
            "Respondent": [11.0, 12.0, 13.0, 14.0],
            "Age Open-Ended": [20.0, 31.0, 45.0, 28.0],
            "Which? Mail": ["Mail", None, "Mail", None],
            "Phone": [None, "Phone", "Phone", "Phone"],
        },
        told=(2,),
    ),
    CsvCase(
        "an office: a second row with the gap that the first has, and a word above the counts",
        ";People\n;Number\nNorth;80000\nSouth;80500\nEast;81000\n",
        {"column_1": ["North", "South", "East"], "People Number": [80000.0, 80500.0, 81000.0]},
        told=(2,),
    ),
    CsvCase(
        "the census of the United States: labels below codes as names, in the second row",
        'GEO_ID,NAME,B1_E\nid,Area Name,Estimate!!Total\nU1,"A, B",10\nU2,"C, B",20\nU3,"D, B",40\n',
        {
            "GEO_ID id": ["U1", "U2", "U3"],
            "NAME Area Name": ["A, B", "C, B", "D, B"],
            "B1_E Estimate!!Total": [10.0, 20.0, 40.0],
        },
        told=(2,),
    ),
    CsvCase(
        "a logger: names, units and processing below a line on the instrument of other width",
        '"TOA5","CR1","CR1","1234","Std.25","CPU:x","1","T1"\n"TIMESTAMP","RECORD","Air","RH"\n"TS","RN","Deg C","%"\n'
        '"","","Avg","Smp"\n"2023-01-01 00:00:00",0,1.5,50\n"2023-01-01 00:01:00",1,2.5,52\n'
        '"2023-01-01 00:02:00",2,3.5,51\n',
        {
            "TIMESTAMP TS": ["2023-01-01 00:00:00", "2023-01-01 00:01:00", "2023-01-01 00:02:00"],
            "RECORD RN": [0.0, 1.0, 2.0],
            "Air Deg C Avg": [1.5, 2.5, 3.5],
            "RH % Smp": [50.0, 52.0, 51.0],
        },
        told=(1, 3),
    ),
]
