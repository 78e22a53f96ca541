"""Slips among cells that are right, totals in any language, blocks within a table."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("decimal comma, comma delimiter, all two decimals",
            "x,y\n0,05,2,05\n1,75,3,35\n2,45,4,65\n3,15,5,95\n4,85,6,25\n"
            "5,55,7,55\n6,25,8,85\n7,95,9,15\n8,65,10,45\n9,35,11,75\n"
            "10,05,12,05\n11,75,13,35\n",
            group="refused", line=2),
    CsvCase("semicolon header, comma rows",
            "a;b;c\n1,2,3\n4,5,6\n7,8,9\n",
            group="reported with its line", line=1),
    CsvCase("header twice at top",
            "id,x,y\nid,x,y\n1,2,3\n2,3,4\n3,4,5\n",
            {"id": [1.0, 2.0, 3.0], "x": [2.0, 3.0, 4.0], "y": [3.0, 4.0, 5.0]},
            group="reported with its line", told=(2,), line=2),
    CsvCase("csv of csv lines with line numbers",
            "1: a,b\n2: 1,x\n3: 2,y\n4: 3,z\n",
            group="reported with its line", line=1),
    CsvCase("number column with trailing footnote markers",
            "c,v\nn0,0\nn1,3\nn2,6\nn3,9\nn4,12*\nn5,15\nn6,18\nn7,21\n"
            "n8,24\nn9,27†\nn10,30\nn11,33\nn12,36\nn13,39\n",
            {"c": ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "n10", "n11", "n12", "n13"],
            "v": [0.0, 3.0, 6.0, 9.0, 12.0, 15.0, 18.0, 21.0, 24.0, 27.0, 30.0, 33.0, 36.0, 39.0]},
            group="reported with its line", told=(6,), line=6),
    CsvCase("superscript footnote digits",
            "c,v\nn0,0\nn1,3\nn2,6\nn3,9\nn4,12¹\nn5,15\nn6,18\nn7,21\n"
            "n8,24\nn9,27\nn10,30\nn11,33\nn12,36\nn13,39\n",
            group="reported with its line", line=6),
    CsvCase("wikipedia refs",
            'c,v\nn0,"1,234"\nn1,"2,234"\nn2,"3,234"\nn3,"4,234"\nn4,"5,234"\n'
            'n5,"6,234[3]"\nn6,"7,234"\nn7,"8,234"\nn8,"9,234"\nn9,"10,234"\n'
            'n10,"11,234"\nn11,"12,234"\nn12,"13,234"\nn13,"14,234"\n',
            group="reported with its line", line=7),
    CsvCase("approx tilde few",
            "c,v\nn0,0\nn1,3\nn2,6\nn3,~9\nn4,12\nn5,15\nn6,18\nn7,21\n"
            "n8,24\nn9,27\nn10,30\nn11,33\nn12,36\nn13,39\n",
            group="reported with its line", line=5),
    CsvCase("year with circa",
            "c,y\nn0,1800\nn1,1807\nn2,1814\nn3,c. 1821\nn4,1828\nn5,1835\n"
            "n6,1842\nn7,1849\nn8,1856\nn9,1863\nn10,1870\nn11,1877\nn12,1884\n"
            "n13,1891\n",
            group="reported with its line", line=5),
    CsvCase("decade",
            "c,y\nn0,1900s\nn1,1910s\nn2,1920s\nn3,1930s\nn4,1940s\nn5,1950s\n"
            "n6,1960s\nn7,1970s\nn8,1980s\nn9,1990s\n",
            {"c": ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"], "y": ["1900s", "1910s",
            "1920s", "1930s", "1940s", "1950s", "1960s", "1970s", "1980s", "1990s"]}),
    CsvCase("number in words once",
            "c,v\nn0,0\nn1,1\nn2,2\nn3,3\nn4,4\nn5,five\nn6,6\nn7,7\nn8,8\n"
            "n9,9\nn10,10\nn11,11\nn12,12\nn13,13\n",
            group="reported with its line", line=7),
    CsvCase("roman",
            "c,v\nA,I\nB,II\nC,IV\nD,X\n",
            {"c": ["A", "B", "C", "D"], "v": ["I", "II", "IV", "X"]}),
    CsvCase("comma after number",
            "c;v\nn0;0\nn1;5\nn2;10\nn3;15\nn4;20\nn5;25,\nn6;30\nn7;35\n"
            "n8;40\nn9;45\nn10;50\nn11;55\n",
            {"c": ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "n10", "n11"], "v": [0.0, 5.0,
            10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0, 55.0]}),
    CsvCase("doubled decimal",
            "c,v\nn0,0.0\nn1,1.5\nn2,3.0\nn3,4.5\nn4,6.0\nn5,1.234.5\n"
            "n6,9.0\nn7,10.5\nn8,12.0\nn9,13.5\nn10,15.0\nn11,16.5\n",
            group="refused", line=7),
    CsvCase("mixed decimal in semicolons",
            "c;v\nn0;0,0\nn1;1,5\nn2;3,0\nn3;4,5\nn4;6,0\nn5;7,5\nn6;9,0\n"
            "n7;10.5\nn8;12,0\nn9;13,5\nn10;15,0\nn11;16,5\n",
            group="refused", line=9),
    CsvCase("thousands point and plain",
            "c;v\nn0;950\nn1;1.250\nn2;12.000\nn3;800\nn4;3.400\nn5;77\n"
            "n6;950\nn7;1.250\nn8;12.000\nn9;800\nn10;3.400\nn11;77\n",
            group="reported with its line", line=3),
    CsvCase("thousands with blanks wrong group",
            "c\tv\nn0\t1 234\nn1\t12 34\nn2\t5 678\nn3\t9 012\nn4\t1 234\n"
            "n5\t12 34\nn6\t5 678\nn7\t9 012\n",
            group="refused", line=3),
    CsvCase("percent one lacks",
            "c,v\nn0,0%\nn1,5%\nn2,10%\nn3,15%\nn4,20%\nn5,25%\nn6,30\n"
            "n7,35%\nn8,40%\nn9,45%\nn10,50%\nn11,55%\n",
            group="refused", line=8),
    CsvCase("dollar one euro",
            "c,v\nn0,$0\nn1,$5\nn2,$10\nn3,$15\nn4,$20\nn5,$25\nn6,€30\n"
            "n7,$35\nn8,$40\nn9,$45\nn10,$50\nn11,$55\n",
            group="reported with its line", line=8),
    CsvCase("unit typo",
            "c,v\nn0,0 kg\nn1,5 kg\nn2,10 kg\nn3,15 kg\nn4,20 kg\nn5,25 kg\n"
            "n6,30 kh\nn7,35 kg\nn8,40 kg\nn9,45 kg\nn10,50 kg\nn11,55 kg\n",
            group="reported with its line", line=8),
    CsvCase("unit g among kg",
            "c,v\nn0,0 kg\nn1,5 kg\nn2,10 kg\nn3,15 kg\nn4,20 kg\nn5,25 kg\n"
            "n6,30 g\nn7,35 kg\nn8,40 kg\nn9,45 kg\nn10,50 kg\nn11,55 kg\n",
            group="reported with its line", line=8),
    CsvCase("date one typo",
            "d,v\n2020-01-01,0\n2020-01-02,1\n2020-01-03,2\n2020-01-04,3\n"
            "2020-01-05,4\n2020-1-O6,5\n2020-01-07,6\n2020-01-08,7\n2020-01-09,8\n"
            "2020-01-10,9\n2020-01-11,10\n2020-01-12,11\n2020-01-13,12\n"
            "2020-01-14,13\n",
            group="reported with its line", line=7),
    CsvCase("date one other format",
            "d,v\n2020-01-01,0\n2020-01-02,1\n2020-01-03,2\n2020-01-04,3\n"
            "2020-01-05,4\n06.01.2020,5\n2020-01-07,6\n2020-01-08,7\n2020-01-09,8\n"
            "2020-01-10,9\n2020-01-11,10\n2020-01-12,11\n2020-01-13,12\n"
            "2020-01-14,13\n",
            group="reported with its line", line=7),
    CsvCase("date year off",
            "d,v\n2020-01-01,0\n2020-01-02,1\n2020-01-03,2\n2020-01-04,3\n"
            "2020-01-05,4\n20020-01-06,5\n2020-01-07,6\n2020-01-08,7\n"
            "2020-01-09,8\n2020-01-10,9\n2020-01-11,10\n2020-01-12,11\n"
            "2020-01-13,12\n2020-01-14,13\n",
            group="reported with its line", line=7),
    CsvCase("date two-digit mixed",
            "d,v\n13/01/2020,0\n14/01/2020,1\n15/01/2020,2\n16/01/2020,3\n"
            "17/01/2020,4\n18/01/20,5\n19/01/2020,6\n20/01/2020,7\n21/01/2020,8\n"
            "22/01/2020,9\n23/01/2020,10\n24/01/2020,11\n25/01/2020,12\n"
            "26/01/2020,13\n",
            group="reported with its line", line=7),
    CsvCase("time without date among",
            "t,v\n2020-01-01 00:00,0\n2020-01-01 01:00,1\n2020-01-01 02:00,2\n"
            "2020-01-01 03:00,3\n2020-01-01 04:00,4\n05:00,5\n2020-01-01 06:00,6\n"
            "2020-01-01 07:00,7\n2020-01-01 08:00,8\n2020-01-01 09:00,9\n"
            "2020-01-01 10:00,10\n2020-01-01 11:00,11\n2020-01-01 12:00,12\n"
            "2020-01-01 13:00,13\n",
            group="reported with its line", line=7),
    CsvCase("times over midnight 24+",
            "t,v\n15:00,0\n16:00,1\n17:00,2\n18:00,3\n19:00,4\n20:00,5\n"
            "21:00,6\n22:00,7\n23:00,8\n24:00,9\n25:00,10\n26:00,11\n27:00,12\n"
            "28:00,13\n",
            {"t": ["15:00", "16:00", "17:00", "18:00", "19:00", "20:00", "21:00", "22:00", "23:00", "24:00",
            "25:00", "26:00", "27:00", "28:00"], "v": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0,
            11.0, 12.0, 13.0]}),
    CsvCase("gtfs stop_times",
            "trip_id,arrival_time,stop_sequence\nT1,20:05:00,1\nT1,21:05:00,2\n"
            "T1,22:05:00,3\nT1,23:05:00,4\nT1,24:05:00,5\nT1,25:05:00,6\n"
            "T1,26:05:00,7\nT1,27:05:00,8\nT1,28:05:00,9\nT1,29:05:00,10\n",
            {"trip_id": ["T1", "T1", "T1", "T1", "T1", "T1", "T1", "T1", "T1", "T1"],
            "arrival_time": ["20:05:00", "21:05:00", "22:05:00", "23:05:00", "24:05:00", "25:05:00",
            "26:05:00", "27:05:00", "28:05:00", "29:05:00"], "stop_sequence": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0,
            7.0, 8.0, 9.0, 10.0]}),
    CsvCase("excel time as fraction",
            "t,v\n0.000000000,0\n0.041666667,1\n0.083333333,2\n0.125000000,3\n"
            "0.166666667,4\n0.208333333,5\n",
            {"t": [0.0, 0.041666667, 0.083333333, 0.125, 0.166666667, 0.208333333], "v": [0.0, 1.0, 2.0, 3.0,
            4.0, 5.0]}),
    CsvCase("category with one case variant",
            "c,v\nred,0\nblue,1\nred,2\nblue,3\nred,4\nRed,5\nred,6\nblue,7\n"
            "red,8\nblue,9\nred,10\nblue,11\nred,12\nblue,13\n",
            {"c": ["red", "blue", "red", "blue", "red", "Red", "red", "blue", "red", "blue", "red", "blue",
            "red", "blue"], "v": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0]}),
    CsvCase("category trailing blank",
            "c,v\nred,0\nblue,1\nred,2\nblue,3\nred,4\nblue ,5\nred,6\n"
            "blue,7\nred,8\nblue,9\nred,10\nblue,11\nred,12\nblue,13\n",
            {"c": ["red", "blue", "red", "blue", "red", "blue", "red", "blue", "red", "blue", "red", "blue",
            "red", "blue"], "v": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0]}),
    CsvCase("empty string vs NA in words",
            'c,v\n"",1\nNA,2\nx,3\ny,4\nx,5\n',
            {"c": [None, None, "x", "y", "x"], "v": [1.0, 2.0, 3.0, 4.0, 5.0]}),
    CsvCase("None as label",
            "treat,v\nNone,1\nLow,2\nHigh,3\nNone,4\nLow,5\n",
            {"treat": ["None", "Low", "High", "None", "Low"], "v": [1.0, 2.0, 3.0, 4.0, 5.0]}),
    CsvCase("n/a in dates",
            "d,v\n2020-01-01,0\n2020-01-02,1\n2020-01-03,2\n2020-01-04,3\n"
            "2020-01-05,4\nn/a,5\n2020-01-07,6\n2020-01-08,7\n2020-01-09,8\n"
            "2020-01-10,9\n",
            {"d": ["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04", "2020-01-05", None, "2020-01-07",
            "2020-01-08", "2020-01-09", "2020-01-10"], "v": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0],
            }),
    CsvCase("missing date words",
            "d,v\n2020-01-01,0\n2020-01-02,1\n2020-01-03,2\n2020-01-04,3\n"
            "2020-01-05,4\nunknown,5\n2020-01-07,6\n2020-01-08,7\n2020-01-09,8\n"
            "2020-01-10,9\n",
            {"d": ["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04", "2020-01-05", None, "2020-01-07",
            "2020-01-08", "2020-01-09", "2020-01-10"], "v": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0],
            }),
    CsvCase("9 99 codes",
            "id,edu\np0,1\np1,2\np2,3\np3,4\np4,5\np5,99\np6,1\np7,2\n"
            "p8,3\np9,4\np10,5\np11,99\np12,1\np13,2\np14,3\np15,4\np16,5\n"
            "p17,99\np18,1\np19,2\np20,3\np21,4\np22,5\np23,99\n",
            group="reported with its line", line=7),
    CsvCase("99999 in floats",
            "id,v\np0,99999.0\np1,1.625\np2,1.75\np3,1.875\np4,2.0\np5,2.125\n"
            "p6,99999.0\np7,2.375\np8,2.5\np9,2.625\np10,2.75\np11,2.875\n"
            "p12,99999.0\np13,3.125\np14,3.25\np15,3.375\np16,3.5\np17,3.625\n"
            "p18,99999.0\np19,3.875\np20,4.0\np21,4.125\np22,4.25\np23,4.375\n",
            group="reported with its line", line=2),
    CsvCase("sparse zero padded codes",
            "code,v\n000,0\n001,2\n002,4\n003,6\n004,8\n005,10\n006,12\n"
            "007,14\n008,16\n009,18\n010,20\n011,22\n",
            {"code": ["000", "001", "002", "003", "004", "005", "006", "007", "008", "009", "010", "011"],
            "v": [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0, 20.0, 22.0]}),
    CsvCase("numeric with plus sign ids",
            "phone,v\n+4915112345678,1\n+4915112345679,2\n+4915112345670,3\n",
            {"phone": ["+4915112345678", "+4915112345679", "+4915112345670"], "v": [1.0, 2.0, 3.0]}),
    CsvCase("sum row without label",
            "region;q1;q2\nNord;1250,5;830\nSüd;940,25;415\nWest;310;222\n"
            ";2500,75;1467\n",
            group="reported with its line", line=5),
    CsvCase("average row at end",
            "student,math,art\nAnn,80,90\nBob,70,60\nCy,90,75\nAverage,80,75\n",
            {"student": ["Ann", "Bob", "Cy"], "math": [80.0, 70.0, 90.0], "art": [90.0, 60.0, 75.0]},
            group="reported with its line", told=(5,), line=5),
    CsvCase("average row other word",
            "student,math,art\nAnn,81,90\nBob,70,60\nCy,92,75\nClass avg,81,75\n",
            group="reported with its line", line=5),
    CsvCase("total in second column",
            "date,desc,amt\n2020-01-01,a,12.50\n2020-01-02,b,7.25\n2020-01-03,c,30.00\n"
            ",Total,49.75\n",
            {"date": ["2020-01-01", "2020-01-02", "2020-01-03"], "desc": ["a", "b", "c"], "amt": [12.5, 7.25,
            30.0]},
            group="reported with its line", told=(5,), line=5),
    CsvCase("totals in column",
            "a,b,total\n1,2,3\n4,5,9\n7,8,15\n",
            {"a": [1.0, 4.0, 7.0], "b": [2.0, 5.0, 8.0], "total": [3.0, 9.0, 15.0]}),
    CsvCase("cumulative doubling is no total",
            "step,n\na,1\nb,2\nc,4\nd,7\n",
            {"step": ["a", "b", "c", "d"], "n": [1.0, 2.0, 4.0, 7.0]}),
    CsvCase("count line at end",
            "a,b\n1,x\n2,y\n3,z\nrows: 3\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]},
            group="reported with its line", told=(5,), line=5),
    CsvCase("end of report",
            "a,b\n1,x\n2,y\n3,z\n*** END OF REPORT ***\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]},
            group="reported with its line", told=(5,), line=5),
    CsvCase("signature block",
            "a,b,c\n1,x,2\n2,y,3\n3,z,4\n\nPrepared by,J. Doe,\nDate,2020-01-31,\n",
            group="reported with its line", line=6),
    CsvCase("two titles and blank and date",
            'Quarterly report\nCompany X, Inc.\n"Generated: Jan 5, 2020"\n'
            "\nregion,q1,q2\nN,1.5,2\nS,2.5,3\nE,3.5,4\n",
            {"region": ["N", "S", "E"], "q1": [1.5, 2.5, 3.5], "q2": [2.0, 3.0, 4.0]},
            told=(1,)),
    CsvCase("index row of column letters",
            ",A,B,C\n1,name,x,y\n2,Ann,5,6\n3,Bob,7,8\n4,Cy,9,10\n",
            group="reported with its line", line=2),
    CsvCase("numbers row under header",
            "name,x,y\n(1),(2),(3)\nAnn,5,6\nBob,7,8\nCy,9,10\n",
            group="reported with its line", line=2),
    CsvCase("empty first row with commas",
            ",,,\nid,x,y,z\n1,2,3,4\n2,3,4,5\n3,4,5,6\n",
            {"id": [1.0, 2.0, 3.0], "x": [2.0, 3.0, 4.0], "y": [3.0, 4.0, 5.0], "z": [4.0, 5.0, 6.0]}),
    CsvCase("group labels between rows",
            "name,x,y\nFruit,,\napple,1,2\npear,3,4\nVegetables,,\nkale,5,6\n"
            "pea,7,8\n",
            group="reported with its line", line=2),
    CsvCase("CR only",
            "a,b\r1,x\r2,y\r3,z\r",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}),
    CsvCase("mixed line ends",
            "a,b\r\n1,x\n2,y\r3,z\r\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}),
    CsvCase("LFCR",
            "a,b\n\r1,x\n\r2,y\n\r3,z\n\r",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}),
    CsvCase("literal backslash n",
            "a,b\\n1,x\\n2,y\\n",
            group="refused", line=1),
    CsvCase("nel line ends",
            "a,b\x851,x\x852,y\x853,z\x85",
            group="refused", line=1),
    CsvCase("u2028 inside cell",
            "a,b\n1,x\u2028y\n2,z\n3,w\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x\u2028y", "z", "w"]}),
    CsvCase("vertical tab excel newline",
            "a,b\n1,x\x0by\n2,z\n3,w\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x\x0by", "z", "w"]}),
    CsvCase("bom in the second column",
            "a,\ufeffb\n1,x\n2,y\n3,z\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}),
    CsvCase("utf8 as latin1 in some rows",
            b'k,v\nK\xc3\xb6ln0,0\nK\xc3\xb6ln1,1\nK\xc3\xb6ln2,2\nK\xc3\xb6ln3,3\n'
            b'K\xc3\xb6ln4,4\nK\xc3\xb6ln5,5\nK\xc3\xb6ln6,6\nK\xc3\xb6ln7,7\n'
            b'K\xc3\xb6ln8,8\nK\xc3\xb6ln9,9\nK\xc3\x83\xc2\xb6ln10,10\n',
            group="reported with its line", line=12),
    CsvCase("replacement characters",
            "k,v\nK�ln,1\nM�nchen,2\nUlm,3\n",
            group="reported with its line", line=2),
    CsvCase("question marks for letters",
            "k,v\nK?ln,1\nM?nchen,2\nUlm,3\nD?sseldorf,4\n",
            group="reported with its line", line=2),
    CsvCase("emoji labels",
            "mood,n\n😀,1\n😢,2\n😀,3\n👨\u200d👩\u200d👧,4\n",
            {"mood": ["😀", "😢", "😀", "👨\u200d👩\u200d👧"], "n": [1.0, 2.0, 3.0, 4.0]}),
    CsvCase("rtl arabic numbers",
            "اسم,قيمة\nأ,١٢٫٥\nب,٣٫٢٥\nج,٤\n",
            {"اسم": ["أ", "ب", "ج"], "قيمة": [12.5, 3.25, 4.0]}),
]  # fmt: skip
