"""What databases and their shells, loggers, spectrometers and plate readers write."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("mysql table drawn",
            "+----+-------+-------+\n| id | name  | v     |\n+----+-------+-------+\n"
            "|  1 | Ada   |  2.50 |\n|  2 | Bob   |  NULL |\n|  3 | Cy    | 12.25 |\n"
            "+----+-------+-------+\n3 rows in set (0.00 sec)\n",
            {"id": [1.0, 2.0, 3.0], "name": ["Ada", "Bob", "Cy"], "v": [2.5, None, 12.25]},
            group="exact or refused", told=(8,)),
    CsvCase("psql aligned",
            " id | name |   v   \n----+------+-------\n  1 | Ada  |  2.50\n"
            "  2 | Bob  |      \n  3 | Cy   | 12.25\n(3 rows)\n\n",
            {"id": [1.0, 2.0, 3.0], "name": ["Ada", "Bob", "Cy"], "v": [2.5, None, 12.25]},
            told=(6,)),
    CsvCase("SSMS grid to csv no header NULL",
            "1,Ada,NULL,2020-01-05 00:00:00.000\n2,Bob,3.50,2020-01-06 00:00:00.000\n"
            "3,Cy,4.50,NULL\n4,Di,NULL,2020-02-06 12:30:00.000\n",
            {"column_1": [1.0, 2.0, 3.0, 4.0], "column_2": ["Ada", "Bob", "Cy", "Di"], "column_3": [None, 3.5,
            4.5, None], "column_4": ["2020-01-05 00:00:00.000", "2020-01-06 00:00:00.000", None,
            "2020-02-06 12:30:00.000"]},
            told=(1,)),
    CsvCase("sqlcmd ruler and count",
            "id,name,v\n--,----,-\n1,Ada,2.5\n2,Bob,NULL\n3,Cy,3.5\n\n"
            "(3 rows affected)\n",
            {"id": [1.0, 2.0, 3.0], "name": ["Ada", "Bob", "Cy"], "v": [2.5, None, 3.5]},
            told=(7,)),
    CsvCase("sqlplus spool",
            "\n        ID NAME              SAL\n---------- ---------- ----------\n"
            "         1 SMITH             800\n         2 ALLEN            1600\n"
            "         3 WARD             1250\n\n3 rows selected.\n\n",
            {"ID": [1.0, 2.0, 3.0], "NAME": ["SMITH", "ALLEN", "WARD"], "SAL": [800.0, 1600.0, 1250.0]},
            group="exact or refused", told=(8,)),
    CsvCase("postgres bool t f",
            "id,ok,score\n1,t,2.5\n2,f,3.5\n3,t,\n4,,4.5\n",
            {"id": [1.0, 2.0, 3.0, 4.0], "ok": ["t", "f", "t", None], "score": [2.5, 3.5, None, 4.5]}),
    CsvCase("postgres arrays and json",
            'id,tags,meta\n1,"{a,b}","{""k"": 1, ""z"": [1,2]}"\n2,{},"{""k"": 2}"\n'
            '3,"{c}","{}"\n',
            {"id": [1.0, 2.0, 3.0], "tags": ["{a,b}", "{}", "{c}"], "meta": ['{"k": 1, "z": [1,2]}',
            '{"k": 2}', "{}"]}),
    CsvCase("mysql outfile escaped tab and N",
            "1\tAda\\\tLove\t2.5\n2\tBob\t\\N\n3\tCy\t3.5\n4\tDi\t4.5\n",
            group="refused"),
    CsvCase("oracle numbers .5 and -.5",
            "ID,RATE\n1,.5\n2,-.25\n3,0\n4,12\n",
            {"ID": [1.0, 2.0, 3.0, 4.0], "RATE": [0.5, -0.25, 0.0, 12.0]}),
    CsvCase("oracle dates DD-MON-RR",
            "ID,HIRED\n10,10-DEC-80\n11,11-DEC-81\n12,12-DEC-82\n13,13-DEC-83\n"
            "14,14-DEC-84\n15,15-DEC-85\n16,16-DEC-86\n17,17-DEC-87\n18,18-DEC-88\n"
            "19,19-DEC-89\n20,20-DEC-80\n21,21-DEC-81\n22,22-DEC-82\n23,23-DEC-83\n",
            {"ID": [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0],
            "HIRED": ["10-DEC-80", "11-DEC-81", "12-DEC-82", "13-DEC-83", "14-DEC-84", "15-DEC-85",
            "16-DEC-86", "17-DEC-87", "18-DEC-88", "19-DEC-89", "20-DEC-80", "21-DEC-81", "22-DEC-82",
            "23-DEC-83"]},
            told=(2,)),
    CsvCase("mongoexport oid",
            "_id,qty,when\nObjectId(5f1),3,2020-01-01T00:00:00.000Z\nObjectId(5f2),4,2020-01-02T"
            "00:00:00.000Z\nObjectId(5f3),,2020-01-03T00:00:00.000Z\n",
            {"_id": ["ObjectId(5f1)", "ObjectId(5f2)", "ObjectId(5f3)"], "qty": [3.0, 4.0, None],
            "when": ["2020-01-01T00:00:00.000Z", "2020-01-02T00:00:00.000Z", "2020-01-03T00:00:00.000Z"]}),
    CsvCase("bigquery floats e",
            "k,v\na,1.0E-5\nb,2.5E10\nc,Infinity\nd,NaN\ne,3.0\nf,2\ng,1\n"
            "h,9\n",
            group="reported with its line", line=4),
    CsvCase("hive ^A delimited",
            "1\x01Ada\x012.5\n2\x01Bob\x01\\N\n3\x01Cy\x013.5\n",
            {"column_1": [1.0, 2.0, 3.0], "column_2": ["Ada", "Bob", "Cy"], "column_3": [2.5, None, 3.5]},
            group="exact or refused", told=(1,)),
    CsvCase("teradata ? null padded",
            "id,nm,amt\n1,Ada       ,   12.50\n2,Bob       ,?\n3,Cy        ,    3.00\n",
            {"id": [1.0, 2.0, 3.0], "nm": ["Ada", "Bob", "Cy"], "amt": [12.5, None, 3.0]}),
    CsvCase("access ; text qualifiers, dates 00:00",
            '"ID";"Datum";"Betrag";"Ja_Nein"\n1;01.02.2020 00:00:00;12,50;0\n'
            "2;13.02.2020 00:00:00;3,25;-1\n3;28.02.2020 00:00:00;;-1\n",
            {"ID": [1.0, 2.0, 3.0], "Datum": ["01.02.2020 00:00:00", "13.02.2020 00:00:00",
            "28.02.2020 00:00:00"], "Betrag": [12.5, 3.25, None], "Ja_Nein": [0.0, -1.0, -1.0]}),
    CsvCase("access currency EUR quoted",
            'k;preis\na;"1.250,00 €"\nb;"3,20 €"\nc;"-17,05 €"\n',
            {"k": ["a", "b", "c"], "preis": [1250.0, 3.2, -17.05]},
            told=(2,)),
    CsvCase("SAP ALV dump",
            "Report ZX  01.02.2020\n\n|Konto |   Betrag|Wkz|\n|4711  | 1.234,50|EUR|\n"
            "|4712  |   200,00-|EUR|\n|4713  |    17,25|EUR|\n",
            {"Konto": [4711.0, 4712.0, 4713.0], "Betrag": [1234.5, -200.0, 17.25], "Wkz": ["EUR", "EUR",
            "EUR"]},
            group="exact or refused", told=(1, 5)),
    CsvCase("SAP trailing minus",
            "Konto;Betrag\n4711;1.234,50\n4712;200,00-\n4713;17,25\n4714;3.000,00-\n",
            {"Konto": [4711.0, 4712.0, 4713.0, 4714.0], "Betrag": [1234.5, -200.0, 17.25, -3000.0]},
            told=(3,)),
    CsvCase("DB2 DEL plus exp",
            '1,"Ada",+1.25000000000000E+003,20200105\n2,"Bob",-3.50000000000000E-002,20200106\n'
            '3,"Cy",+0.00000000000000E+000,20200207\n',
            {"column_1": [1.0, 2.0, 3.0], "column_2": ["Ada", "Bob", "Cy"], "column_3": [1250.0, -0.035, 0.0],
            "column_4": [20200105.0, 20200106.0, 20200207.0]},
            told=(1, 1)),
    CsvCase("PicoScope",
            "Time,Channel A,Channel B\n(ms),(V),(mV)\n\n-1.00000000,0.52000000,12.10000000\n"
            "-0.99900000,0.53000000,12.20000000\n-0.99800000,0.51000000,-12.30000000\n"
            "-0.99700000,0.50000000,12.00000000\n",
            {"Time (ms)": [-1.0, -0.999, -0.998, -0.997], "Channel A (V)": [0.52, 0.53, 0.51, 0.5],
            "Channel B (mV)": [12.1, 12.2, -12.3, 12.0]},
            told=(2,)),
    CsvCase("LabVIEW lvm",
            "LabVIEW Measurement\t\nWriter_Version\t2\nSeparator\tTab\n"
            "Decimal_Separator\t.\n***End_of_Header***\t\n\t\nChannels\t2\t\t\n"
            "Samples\t4\t4\t\n***End_of_Header***\t\t\t\nX_Value\tVoltage\tCurrent\tComment\n"
            "0.000000\t1.500000\t0.100000\n0.100000\t1.600000\t0.200000\n"
            "0.200000\t1.700000\t0.300000\n0.300000\t1.800000\t0.400000\n",
            group="refused"),
    CsvCase("Ocean Optics",
            "Data from X Node\n\nDate: Mon Mar 02 10:11:12 CET 2020\nUser: lab\n"
            "Integration Time (sec): 1.000000E-1\nNumber of Pixels in Spectrum: 5\n"
            ">>>>>Begin Spectral Data<<<<<\n339.10\t1210.5\n339.48\t1213.1\n"
            "339.85\t1199.9\n340.22\t1205.0\n340.60\t1201.7\n",
            {"column_1": [339.1, 339.48, 339.85, 340.22, 340.6], "column_2": [1210.5, 1213.1, 1199.9, 1205.0,
            1201.7]},
            told=(1, 8)),
    CsvCase("Ocean Optics decimal comma",
            "Data von X\n\nDatum: 02.03.2020\nIntegrationszeit (s): 1,0E-1\n"
            ">>>>>Begin Spectral Data<<<<<\n339,10\t1210,5\n339,48\t1213,1\n"
            "339,85\t1199,9\n340,22\t1205,0\n340,60\t1201,7\n",
            {"column_1": [339.1, 339.48, 339.85, 340.22, 340.6], "column_2": [1210.5, 1213.1, 1199.9, 1205.0,
            1201.7]},
            told=(1, 6)),
    CsvCase("multimeter comma time comma value",
            "No.,Time,Value,Unit\n1,10:00:01,0.1250,VDC\n2,10:00:02,0.2500,VDC\n"
            "3,10:00:03,0.3750,VDC\n4,10:00:04,0.5000,VDC\n5,10:00:05,0.6250,VDC\n"
            "6,10:00:06,0.7500,VDC\n7,10:00:07,0.8750,VDC\n8,10:00:08,1.0000,VDC\n"
            "9,10:00:09,1.1250,VDC\n10,10:00:10,1.2500,VDC\n11,10:00:11,1.3750,VDC\n"
            "12,10:00:12,1.5000,VDC\n13,10:00:13,1.6250,VDC\n14,10:00:14,1.7500,VDC\n"
            "15,10:00:15,1.8750,VDC\n16,10:00:16,2.0000,VDC\n17,10:00:17,2.1250,VDC\n"
            "18,10:00:18,2.2500,VDC\n19,10:00:19,2.3750,VDC\n",
            {"No.": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0,
            17.0, 18.0, 19.0], "Time": ["10:00:01", "10:00:02", "10:00:03", "10:00:04", "10:00:05", "10:00:06",
            "10:00:07", "10:00:08", "10:00:09", "10:00:10", "10:00:11", "10:00:12", "10:00:13", "10:00:14",
            "10:00:15", "10:00:16", "10:00:17", "10:00:18", "10:00:19"], "Value": [0.125, 0.25, 0.375, 0.5,
            0.625, 0.75, 0.875, 1.0, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875, 2.0, 2.125, 2.25, 2.375],
            "Unit": ["VDC", "VDC", "VDC", "VDC", "VDC", "VDC", "VDC", "VDC", "VDC", "VDC", "VDC", "VDC", "VDC",
            "VDC", "VDC", "VDC", "VDC", "VDC", "VDC"]}),
    CsvCase("Keithley buffer preamble",
            "Buffer Name,defbuffer1\nBase Time Seconds,1583143872\nRows,4\n"
            "\nIndex,Reading,Unit,Range Digits\n1,1.0012E-3,Amp DC,5.5\n"
            "2,1.0013E-3,Amp DC,5.5\n3,1.0011E-3,Amp DC,5.5\n4,1.0014E-3,Amp DC,5.5\n",
            {"Index": [1.0, 2.0, 3.0, 4.0], "Reading": [0.0010012, 0.0010013, 0.0010011, 0.0010014],
            "Unit": ["Amp DC", "Amp DC", "Amp DC", "Amp DC"], "Range Digits": [5.5, 5.5, 5.5, 5.5]},
            told=(1,)),
    CsvCase("LTspice export",
            "time\tV(out)\tI(R1)\n0.000000000000000e+00\t0.000000e+00\t0.000000e+00\n"
            "1.000000000000000e-06\t1.000000e-01\t-1.000000e-03\n2.000000000000000e-06\t2.000000"
            "e-01\t-2.000000e-03\n3.000000000000000e-06\t3.000000e-01\t-3.000000e-03\n"
            "4.000000000000000e-06\t4.000000e-01\t-4.000000e-03\n5.000000000000000e-06\t5.000000"
            "e-01\t-5.000000e-03\n6.000000000000000e-06\t6.000000e-01\t-6.000000e-03\n"
            "7.000000000000000e-06\t7.000000e-01\t-7.000000e-03\n8.000000000000000e-06\t8.000000"
            "e-01\t-8.000000e-03\n9.000000000000000e-06\t9.000000e-01\t-9.000000e-03\n"
            "9.999999999999999e-06\t1.000000e+00\t-1.000000e-02\n1.100000000000000e-05\t1.100000"
            "e+00\t-1.100000e-02\n",
            {"time": [0.0, 1e-06, 2e-06, 3e-06, 4e-06, 5e-06, 6e-06, 7e-06, 8e-06, 9e-06,
            9.999999999999999e-06, 1.1e-05], "V(out)": [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0,
            1.1], "I(R1)": [0.0, -0.001, -0.002, -0.003, -0.004, -0.005, -0.006, -0.007, -0.008, -0.009, -0.01,
            -0.011]}),
    CsvCase("ESRI ascii grid",
            "ncols 4\nnrows 3\nxllcorner 10.0\nyllcorner 50.0\ncellsize 0.5\n"
            "NODATA_value -9999\n1 2 3 4\n5 -9999 7 8\n9 10 11 12\n",
            group="reported with its line", line=1),
    CsvCase("CTD cnv",
            "* Sea-Bird SBE 9\n* FileName = a.hex\n# nquan = 3\n# name 0 = prDM: Pressure\n"
            "# name 1 = t090C: Temperature\n*END*\n      1.000     9.9000    35.0100\n"
            "      2.000     9.8000    35.0200\n      3.000     9.7000    35.0300\n"
            "      4.000     9.6000    35.0400\n      5.000     9.5000    35.0500\n"
            "      6.000     9.4000    35.0600\n      7.000     9.3000    35.0700\n"
            "      8.000     9.2000    35.0800\n      9.000     9.1000    35.0900\n",
            {"column_1": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], "column_2": [9.9, 9.8, 9.7, 9.6, 9.5,
            9.4, 9.3, 9.2, 9.1], "column_3": [35.01, 35.02, 35.03, 35.04, 35.05, 35.06, 35.07, 35.08, 35.09],
            },
            group="exact or refused", told=(1, 7)),
    CsvCase("plate reader wells",
            "Plate,1\nWavelength,450\n\nWell,OD\nA1,0.750\nA2,0.850\nA3,0.950\n"
            "A4,1.050\nB1,0.760\nB2,0.860\nB3,0.960\nB4,1.060\nC1,0.770\n"
            "C2,0.870\nC3,0.970\nC4,1.070\nD1,0.780\nD2,0.880\nD3,0.980\n"
            "D4,1.080\n",
            {"Well": ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "D1", "D2",
            "D3", "D4"], "OD": [0.75, 0.85, 0.95, 1.05, 0.76, 0.86, 0.96, 1.06, 0.77, 0.87, 0.97, 1.07, 0.78,
            0.88, 0.98, 1.08]},
            told=(1,)),
    CsvCase("plate reader grid",
            "<>,1,2,3,4\nA,0.101,0.202,0.303,0.404\nB,0.111,0.212,0.313,0.414\n"
            "C,0.121,0.222,0.323,0.424\n",
            {"<>": ["A", "B", "C"], "1": [0.101, 0.111, 0.121], "2": [0.202, 0.212, 0.222], "3": [0.303,
            0.313, 0.323], "4": [0.404, 0.414, 0.424]}),
    CsvCase("qPCR Undetermined",
            "Well,Sample,Ct\nA1,s1,23.5\nA2,s2,Undetermined\nA3,s3,25.125\n"
            "A4,s4,31.75\nA5,s5,22\n",
            {"Well": ["A1", "A2", "A3", "A4", "A5"], "Sample": ["s1", "s2", "s3", "s4", "s5"], "Ct": [23.5,
            None, 25.125, 31.75, 22.0]},
            group="reported with its line", told=(3,), line=3),
    CsvCase("qPCR results preamble",
            "Block Type = 96well\nChemistry = TAQMAN\nExperiment File Name = D:\\x, y.eds\n"
            "\n[Results]\nWell,Sample Name,CT,Quantity\n1,a,23.5,\n2,b,24.25,\n"
            "3,c,Undetermined,\n4,d,22.125,\n5,e,21,\n",
            {"Well": [1.0, 2.0, 3.0, 4.0, 5.0], "Sample Name": ["a", "b", "c", "d", "e"], "CT": [23.5, 24.25,
            None, 22.125, 21.0], "Quantity": [None, None, None, None, None]},
            told=(1, 9)),
    CsvCase("below detection",
            "site,As_ug_L\ns1,0.25\ns2,0.5\ns3,0.75\ns4,1.0\ns5,1.25\n"
            "s6,<0.5\ns7,1.75\ns8,2.0\ns9,2.25\ns10,2.5\ns11,2.75\ns12,<0.5\n"
            "s13,3.25\ns14,3.5\ns15,3.75\ns16,4.0\ns17,4.25\ns18,<0.5\n"
            "s19,4.75\ns20,5.0\ns21,5.25\ns22,5.5\ns23,5.75\ns24,<0.5\n",
            group="reported with its line", line=7),
    CsvCase("GC peak table with trailing Total",
            "Peak#,Ret.Time,Area,Height\n1,2.345,12345,1200\n2,3.456,23456,2300\n"
            "3,4.567,34567,3400\nTotal,,70368,6900\n",
            {"Peak#": [1.0, 2.0, 3.0], "Ret.Time": [2.345, 3.456, 4.567], "Area": [12345.0, 23456.0, 34567.0],
            "Height": [1200.0, 2300.0, 3400.0]},
            group="reported with its line", told=(5,), line=5),
    CsvCase("Shimadzu sections",
            "[Header]\nApplication Name,LabSolutions\nVersion,5.97\n\n"
            "[Peak Table]\n# of Peaks,3\nPeak#,R.Time,Area\n1,1.5,100\n"
            "2,2.5,200\n3,3.5,300\n",
            {"Peak#": [1.0, 2.0, 3.0], "R.Time": [1.5, 2.5, 3.5], "Area": [100.0, 200.0, 300.0]},
            group="reported with its line", told=(1,), line=1),
    CsvCase("Fitbit title",
            'Activities\nDate,Calories Burned,Steps,Distance\n"2020-01-01","2,345","12,034","8.5'
            '"\n"2020-01-02","2,101","9,876","7.25"\n"2020-01-03","1,998","8,765","6.5"\n',
            {"Date": ["2020-01-01", "2020-01-02", "2020-01-03"], "Calories Burned": [2345.0, 2101.0, 1998.0],
            "Steps": [12034.0, 9876.0, 8765.0], "Distance": [8.5, 7.25, 6.5]},
            told=(1,)),
    CsvCase("Arduino serial monitor stamps",
            "10:11:12.345 -> 23.5,45\n10:11:13.350 -> 23.6,46\n10:11:14.356 -> 23.4,44\n"
            "10:11:15.361 -> 23.7,47\n",
            {"column_1": ["10:11:12.345 -> 23.5", "10:11:13.350 -> 23.6", "10:11:14.356 -> 23.4",
            "10:11:15.361 -> 23.7"], "column_2": [45.0, 46.0, 44.0, 47.0]},
            told=(1,)),
    CsvCase("logger with boot lines in the middle",
            "ms,temp,hum\n1000,21.5,40\n2000,21.6,41\nets Jun  8 2016 00:22:57\n"
            "1000,21.4,42\n2000,21.3,43\n",
            group="refused", line=4),
    CsvCase("logger counter reset header repeated",
            "ms,temp,hum\n1000,21.5,40\n2000,21.6,41\nms,temp,hum\n1000,21.4,42\n"
            "2000,21.3,43\n",
            {"ms": [1000.0, 2000.0, 1000.0, 2000.0], "temp": [21.5, 21.6, 21.4, 21.3], "hum": [40.0, 41.0,
            42.0, 43.0]},
            group="reported with its line", told=(4,), line=4),
    CsvCase("units in the cells of one column",
            "id,len,wt\n1,12 cm,3.5kg\n2,13.5 cm,4kg\n3,9 cm,2.25kg\n4,15 cm,5kg\n",
            {"id": [1.0, 2.0, 3.0, 4.0], "len": [12.0, 13.5, 9.0, 15.0], "wt": [3.5, 4.0, 2.25, 5.0]},
            told=(2, 2)),
    CsvCase("mixed units",
            "id,len\n1,12 cm\n2,0.13 m\n3,9 cm\n4,15 cm\n5,11 cm\n6,10 cm\n",
            group="reported with its line", line=3),
    CsvCase("temperature with F and C",
            "t\n20°C\n68°F\n21°C\n70°F\n",
            group="reported with its line", line=1),
]  # fmt: skip
