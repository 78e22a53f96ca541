"""What instruments, offices, banks, logs and public archives write."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("oscilloscope tek",
            "Record Length,2.5e+03,,0.0,1.5\nSample Interval,4e-06,,4e-06,1.6\nTrigger,1,,8e-06,1.7\n"
            ",,,1.2e-05,1.8\n,,,1.6e-05,1.9\n",
            group="reported with its line", line=1),
    CsvCase("rigol",
            "X,CH1,Start,Increment\nSequence,Volt,-3.0e-04,5.0e-07\n0,1.5,,\n1,1.6,,\n2,1.7,,\n3,1.8,,\n",
            group="reported with its line", line=2),
    CsvCase("weather station",
            "Station: X12\nLat: 52.5\nLon: 13.4\n\nDate;Temp;Rain\n01.02.2020;5,5;0,0\n02.02.2020;6,5;-\n"
            "03.02.2020;4,5;1,2\n",
            {
                "Date": ["01.02.2020", "02.02.2020", "03.02.2020"], "Temp": [5.5, 6.5, 4.5], "Rain": [0.0, None,
                1.2],
            },
            told=(1,)),
    CsvCase("DWD",
            "STATIONS_ID;MESS_DATUM;  FX;  TMK;eor\n        433;20200101;   5.5;   2.3;eor\n"
            "        433;20200102;-999;   3.3;eor\n        433;20200103;   6.5;-999;eor\n"
            "        433;20200104;   7.5;   1.1;eor\n",
            {
                "STATIONS_ID": [433.0, 433.0, 433.0, 433.0], "MESS_DATUM": [20200101.0, 20200102.0,
                20200103.0, 20200104.0],
                "FX": [5.5, -999.0, 6.5, 7.5], "TMK": [2.3, 3.3, -999.0, 1.1], "eor": ["eor", "eor",
                "eor", "eor"],
            },
            group="reported with its line", told=(2, 3, 4), line=3),
    CsvCase("USGS rdb",
            "# comment\n# another\nagency_cd\tsite_no\tdv\n5s\t15s\t14n\nUSGS\t01646500\t5.5\n"
            "USGS\t01646500\t6.5\nUSGS\t01646500\t7.5\nUSGS\t01646500\t8.5\n",
            group="reported with its line", line=1),
    CsvCase("GPS NMEA", "$GPGGA,123519,4807.038,N\n$GPGGA,123520,4807.040,N\n$GPGGA,123521,4807.042,N\n",
            group="reported with its line", line=1),
    CsvCase("TSP GEO matrix",
            '!Series_title\t"x"\n!Series_id\t"y"\n!table_begin\nID_REF\tG1\tG2\na\t1.5\t2.5\nb\t3.5\t4.5\n'
            "c\t3.6\t4.6\n!table_end\n",
            {"ID_REF": ["a", "b", "c"], "G1": [1.5, 3.5, 3.6], "G2": [2.5, 4.5, 4.6]},
            told=(1, 8)),
    CsvCase("VCF",
            "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\n1\t100\trs1\tA\n1\t200\t.\tC\n"
            "2\t300\trs3\tG\n",
            group="reported with its line", line=1),
    CsvCase("BED", "chr1\t100\t200\tx\nchr1\t300\t400\ty\nchr2\t10\t20\tz\n",
            {
                "column_1": ["chr1", "chr1", "chr2"], "column_2": [100.0, 300.0, 10.0], "column_3": [200.0, 400.0,
                20.0], "column_4": ["x", "y", "z"],
            },
            told=(1,)),
    CsvCase("GTF",
            '1\tensembl\tgene\t100\t200\t.\t+\t.\tgene_id "a"; x "b";\n'
            '1\tensembl\texon\t110\t150\t.\t+\t.\tgene_id "a"; x "c";\n'
            '1\tensembl\texon\t160\t190\t.\t+\t.\tgene_id "a"; x "d";\n',
            group="reported with its line", line=1),
    CsvCase("Eurostat tsv",
            "unit,geo\\time\t2019 \t2018 \nA,DE\t5.5 \t6.5 b\nA,FR\t: \t7.5 \nA,IT\t6.0 \t7.0 p\nA,ES\t5.5 \t6.1 \n",
            group="reported with its line", line=2),
    CsvCase("OECD flags", "LOCATION,TIME,Value,Flag Codes\nAUS,2019,5.5,\nAUT,2019,6.5,E\nBEL,2019,,M\n",
            {
                "LOCATION": ["AUS", "AUT", "BEL"], "TIME": [2019.0, 2019.0, 2019.0], "Value": [5.5, 6.5, None],
                "Flag Codes": [None, "E", "M"],
            }),
    CsvCase("Destatis",
            b'GENESIS-Tabelle: 12411-0001\nBev\xf6lkerung: Deutschland\n;31.12.2019;31.12.2020\n'
            b'Insgesamt;83166711;83155031\nm\xe4nnlich;41037613;41026515\nweiblich;42129098;42128516\n'
            b'__________\n\xa9 Statistisches Bundesamt\n',
            group="reported with its line", line=1),
    CsvCase("census quoted notes",
            '"Table with row headers in column A"\n"Area","2019","2020"\n"Alabama",490,503\n'
            '"Alaska",73,73\n"Note: x"\n',
            {"Area": ["Alabama", "Alaska"], "2019": [490.0, 73.0], "2020": [503.0, 73.0]},
            told=(1, 5)),
    CsvCase("bank statement",
            "Kontonummer:;DE123\nVon:;01.01.2020\n\nBuchungstag;Betrag;Waehrung\n02.01.2020;-12,50;EUR\n"
            "03.01.2020;1.200,00;EUR\n04.01.2020;-3,00;EUR\n",
            {
                "Buchungstag": ["02.01.2020", "03.01.2020", "04.01.2020"], "Betrag": [-12.5, 1200.0, -3.0],
                "Waehrung": ["EUR", "EUR", "EUR"],
            },
            told=(1,)),
    CsvCase("paypal",
            '"Date","Time","Gross","Fee"\n"1/31/2020","10:00:00","1,200.00","-3.50"\n'
            '"2/1/2020","11:00:00","50.00","-0.50"\n',
            {
                "Date": ["1/31/2020", "2/1/2020"], "Time": ["10:00:00", "11:00:00"], "Gross": [1200.0, 50.0],
                "Fee": [-3.5, -0.5],
            }),
    CsvCase("yahoo finance",
            "Date,Open,Close,Volume\n2020-01-02,null,296.24,135480400\n2020-01-03,300.35,297.43,146322800\n"
            "2020-01-06,null,null,null\n",
            {
                "Date": ["2020-01-02", "2020-01-03", "2020-01-06"], "Open": [None, 300.35, None], "Close": [296.24,
                297.43, None], "Volume": [135480400.0, 146322800.0, None],
            }),
    CsvCase("FRED dot", "DATE,GDP\n2020-01-01,.\n2020-04-01,19500.5\n2020-07-01,21000.1\n",
            {"DATE": ["2020-01-01", "2020-04-01", "2020-07-01"], "GDP": [None, 19500.5, 21000.1]}),
    CsvCase("covid negative", "date,cases\n2020-01-01,5\n2020-01-02,-3\n2020-01-03,7\n",
            {"date": ["2020-01-01", "2020-01-02", "2020-01-03"], "cases": [5.0, -3.0, 7.0]}),
    CsvCase("apache log",
            '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 2326\n'
            '127.0.0.1 - - [10/Oct/2000:13:55:37 -0700] "GET /b HTTP/1.0" 404 -\n'
            '127.0.0.2 - - [10/Oct/2000:13:55:38 -0700] "GET /c HTTP/1.0" 200 100\n',
            group="refused"),
    CsvCase("syslog",
            "Jan  1 10:00:00 host prog[1]: msg one\nJan  1 10:00:01 host prog[1]: another message\n"
            "Jan  1 10:00:02 host prog[2]: third\n",
            group="reported with its line", line=1),
    CsvCase("w3c ext log",
            "#Software: IIS\n#Version: 1.0\n#Fields: date time s-ip\n2020-01-01 10:00:00 1.2.3.4\n"
            "2020-01-01 10:00:01 1.2.3.5\n2020-01-01 10:00:02 1.2.3.6\n",
            group="reported with its line", line=1),
    CsvCase("kaggle titanic",
            'PassengerId,Survived,Pclass,Name,Sex,Age,Cabin\n1,0,3,"Braund, Mr. Owen Harris",male,22,\n'
            '2,1,1,"Cumings, Mrs. John Bradley (Florence ""X"")",female,38,C85\n'
            '3,1,3,"Heikkinen, Miss. Laina",female,,\n',
            {
                "PassengerId": [1.0, 2.0, 3.0], "Survived": [0.0, 1.0, 1.0], "Pclass": [3.0, 1.0, 3.0],
                "Name": ["Braund, Mr. Owen Harris", 'Cumings, Mrs. John Bradley (Florence "X")',
                "Heikkinen, Miss. Laina"], "Sex": ["male", "female", "female"], "Age": [22.0, 38.0, None],
                "Cabin": [None, "C85", None],
            }),
    CsvCase("kaggle sms",
            "ham\tGo until jurong point, crazy..\nspam\tFree entry in 2 a wkly comp\n"
            "ham\tU dun say so early hor...\nham\tNah I don't think he goes\n",
            {
                "column_1": ["ham", "spam", "ham", "ham"], "column_2": ["Go until jurong point, crazy..",
                "Free entry in 2 a wkly comp", "U dun say so early hor...", "Nah I don't think he goes"],
            },
            group="exact or refused", told=(1,)),
    CsvCase("wine quality quoted header semis",
            '"fixed acidity";"pH";"quality"\n7.4;3.51;5\n7.8;3.2;5\n11.2;3.16;6\n',
            {"fixed acidity": [7.4, 7.8, 11.2], "pH": [3.51, 3.2, 3.16], "quality": [5.0, 5.0, 6.0]}),
    CsvCase("bank full UCI",
            '"age";"job";"balance";"y"\n58;"management";2143;"no"\n44;"technician";29;"no"\n33;"unknown";2;"yes"\n',
            {
                "age": [58.0, 44.0, 33.0], "job": ["management", "technician", "unknown"], "balance": [2143.0, 29.0,
                2.0], "y": ["no", "no", "yes"],
            }),
    CsvCase("power consumption",
            "Date;Time;P\n16/12/2006;17:24:00;4.216\n16/12/2006;17:25:00;?\n16/12/2006;17:26:00;5.360\n",
            {
                "Date": ["16/12/2006", "16/12/2006", "16/12/2006"], "Time": ["17:24:00", "17:25:00", "17:26:00"],
                "P": [4.216, None, 5.36],
            },
            told=(2,)),
    CsvCase("air quality UCI",
            "Date;Time;CO(GT);T;;\n10/03/2004;18.00.00;2,6;13,6;;\n10/03/2004;19.00.00;2;13,3;;\n"
            "10/03/2004;20.00.00;-200;11,9;;\n;;;;;\n",
            group="reported with its line", line=5),
    CsvCase("glass ids no header", "1,1.52101,13.64,1\n2,1.51761,13.89,1\n3,1.51618,13.53,2\n",
            {
                "column_1": [1.0, 2.0, 3.0], "column_2": [1.52101, 1.51761, 1.51618], "column_3": [13.64, 13.89,
                13.53], "column_4": [1.0, 1.0, 2.0],
            },
            told=(1,)),
    CsvCase("yeast blanks",
            "ADT1_YEAST  0.58  0.61  MIT\nADT2_YEAST  0.43  0.67  MIT\nADT3_YEAST  0.64  0.62  CYT\n",
            {
                "column_1": ["ADT1_YEAST", "ADT2_YEAST", "ADT3_YEAST"], "column_2": [0.58, 0.43, 0.64],
                "column_3": [0.61, 0.67, 0.62], "column_4": ["MIT", "MIT", "CYT"],
            },
            told=(1,)),
    CsvCase("statlog german blanks", "A11 6 A34 1169 1\nA12 48 A32 5951 2\nA14 12 A34 2096 1\n",
            {
                "column_1": ["A11", "A12", "A14"], "column_2": [6.0, 48.0, 12.0], "column_3": ["A34", "A32", "A34"],
                "column_4": [1169.0, 5951.0, 2096.0], "column_5": [1.0, 2.0, 1.0],
            },
            told=(1,)),
    CsvCase("breast cancer wisconsin", "1000025,5,1,2\n1002945,5,?,2\n1015425,3,1,4\n",
            {
                "column_1": [1000025.0, 1002945.0, 1015425.0], "column_2": [5.0, 5.0, 3.0], "column_3": [1.0, None,
                1.0], "column_4": [2.0, 2.0, 4.0],
            },
            told=(1,)),
    CsvCase("balloons",
            "YELLOW,SMALL,STRETCH,ADULT,T\nYELLOW,SMALL,STRETCH,CHILD,T\nYELLOW,LARGE,DIP,ADULT,F\n"
            "PURPLE,SMALL,DIP,CHILD,F\n",
            {
                "column_1": ["YELLOW", "YELLOW", "YELLOW", "PURPLE"], "column_2": ["SMALL", "SMALL", "LARGE",
                "SMALL"], "column_3": ["STRETCH", "STRETCH", "DIP", "DIP"], "column_4": ["ADULT", "CHILD", "ADULT",
                "CHILD"], "column_5": ["T", "T", "F", "F"],
            },
            told=(1,)),
    CsvCase("car eval no header",
            "vhigh,vhigh,2,2,small,low,unacc\nvhigh,vhigh,2,2,small,med,unacc\n"
            "vhigh,high,4,more,big,high,acc\nlow,low,3,4,med,high,good\n",
            group="reported with its line", line=1),
    CsvCase("poker codes", "1,10,1,11,9\n2,11,2,13,9\n3,12,3,11,9\n",
            {
                "column_1": [1.0, 2.0, 3.0], "column_2": [10.0, 11.0, 12.0], "column_3": [1.0, 2.0, 3.0],
                "column_4": [11.0, 13.0, 11.0], "column_5": [9.0, 9.0, 9.0],
            },
            told=(1,)),
]  # fmt: skip
