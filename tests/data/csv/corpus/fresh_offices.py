"""What surveys, banks, weather services and receivers of GPS write, and dates in odd orders."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("Qualtrics three rows",
            'StartDate,Q1,Q2_1\nStart Date,"How old are you, in years?",Rate: tea\n'
            '"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_1""}'
            '"\n2020-01-01 10:00:00,34,5\n2020-01-01 11:00:00,28,4\n2020-01-02 09:30:00,61,2\n'
            "2020-01-03 12:00:00,45,3\n",
            group="reported with its line", line=2),
    CsvCase("SurveyMonkey Response row",
            "Respondent ID,Start Date,How old are you?,Which fruits?,,\n"
            ",,Response,Apple,Pear,Plum\n1001,01/02/2020,34,Apple,,Plum\n"
            "1002,01/02/2020,28,,Pear,\n1003,01/13/2020,61,Apple,Pear,Plum\n"
            "1004,01/14/2020,45,,,Plum\n",
            group="reported with its line", line=2),
    CsvCase("REDCap checked",
            "record_id,redcap_event_name,sex,symptoms___1,symptoms___2,bmi\n"
            "1,baseline_arm_1,Male,Checked,Unchecked,23.5\n1,followup_arm_1,,Unchecked,Unchecked"
            ",\n2,baseline_arm_1,Female,Unchecked,Checked,27.1\n2,followup_arm_1,,Checked,Checke"
            "d,26.5\n",
            {"record_id": [1.0, 1.0, 2.0, 2.0], "redcap_event_name": ["baseline_arm_1", "followup_arm_1",
            "baseline_arm_1", "followup_arm_1"], "sex": ["Male", None, "Female", None],
            "symptoms___1": ["Checked", "Unchecked", "Unchecked", "Checked"], "symptoms___2": ["Unchecked",
            "Unchecked", "Checked", "Checked"], "bmi": [23.5, None, 27.1, 26.5]}),
    CsvCase("LimeSurvey semicolons all quoted",
            '"id";"submitdate";"G1Q1";"G1Q2[SQ001]";"G1Q3[other]"\n"1";"2020-01-01 10:00:00";"Ja'
            '";"A1";""\n"2";"1980-01-01 00:00:00";"Nein";"A2";"mal so, mal so; je nachdem"\n'
            '"3";"";"Ja";"A3";""\n"4";"2020-01-04 12:00:00";"Nein";"A1";""\n',
            {"id": [1.0, 2.0, 3.0, 4.0], "submitdate": ["2020-01-01 10:00:00", "1980-01-01 00:00:00", None,
            "2020-01-04 12:00:00"], "G1Q1": ["Ja", "Nein", "Ja", "Nein"], "G1Q2[SQ001]": ["A1", "A2", "A3",
            "A1"], "G1Q3[other]": [None, "mal so, mal so; je nachdem", None, None]}),
    CsvCase("LimeSurvey full question names",
            '"Antwort ID";"Wie alt sind Sie? [Jahre]";"Bewerten Sie: [Service]"\n'
            '"1";"34";"sehr gut"\n"2";"28";"gut"\n"3";"61";"schlecht"\n',
            {"Antwort ID": [1.0, 2.0, 3.0], "Wie alt sind Sie? [Jahre]": [34.0, 28.0, 61.0],
            "Bewerten Sie: [Service]": ["sehr gut", "gut", "schlecht"]}),
    CsvCase("Likert words with numbers",
            "id,q1,q2\n1,5 - strongly agree,1 - never\n2,4 - agree,2 - rarely\n"
            "3,1 - strongly disagree,5 - always\n4,4 - agree,3 - sometimes\n",
            {"id": [1.0, 2.0, 3.0, 4.0], "q1": ["5 - strongly agree", "4 - agree", "1 - strongly disagree",
            "4 - agree"], "q2": ["1 - never", "2 - rarely", "5 - always", "3 - sometimes"]}),
    CsvCase("Unipark -77 -99",
            "lfdn;v1;v2\n1;2;3\n2;3;6\n3;4;9\n4;5;1\n5;-77;4\n6;-99;7\n"
            "7;1;10\n8;2;2\n9;3;5\n10;4;8\n11;5;0\n12;-77;3\n13;-99;6\n"
            "14;1;9\n15;2;1\n16;3;4\n17;4;7\n18;5;10\n19;-77;2\n20;-99;5\n"
            "21;1;8\n22;2;0\n23;3;3\n24;4;6\n25;5;9\n26;-77;1\n27;-99;4\n"
            "28;1;7\n29;2;10\n30;3;2\n31;4;5\n32;5;8\n33;-77;0\n34;-99;3\n"
            "35;1;6\n36;2;9\n37;3;1\n38;4;4\n39;5;7\n",
            group="reported with its line", line=6),
    CsvCase("kobo paths",
            "start,group_a/age,group_a/name,_id\n2020-01-01T10:00:00.000+01:00,34,Ann,101\n"
            "2020-01-01T11:00:00.000+01:00,28,Bo,102\n2020-01-02T09:30:00.000+01:00,,Cy,103\n",
            {"start": ["2020-01-01T10:00:00.000+01:00", "2020-01-01T11:00:00.000+01:00",
            "2020-01-02T09:30:00.000+01:00"], "group_a/age": [34.0, 28.0, None], "group_a/name": ["Ann", "Bo",
            "Cy"], "_id": [101.0, 102.0, 103.0]}),
    CsvCase("codebook row of labels below names",
            "v1,v2,v3\nAge of respondent,Sex of respondent,Household income\n"
            "34,1,2500\n28,2,3100\n61,1,1800\n45,2,2250\n",
            group="reported with its line", line=2),
    CsvCase("HSBC no header",
            '28/02/2020,TESCO STORES 123,-12.34\n27/02/2020,"SALARY, ACME",2500.00\n'
            '25/02/2020,RENT,"-1,050.00"\n24/02/2020,CAFE,-3.20\n',
            {"column_1": ["28/02/2020", "27/02/2020", "25/02/2020", "24/02/2020"],
            "column_2": ["TESCO STORES 123", "SALARY, ACME", "RENT", "CAFE"], "column_3": [-12.34, 2500.0,
            -1050.0, -3.2]},
            told=(1,)),
    CsvCase("French bank footer",
            "Date;Libellé;Débit euros;Crédit euros\n28/02/2020;CB CARREFOUR;23,45;\n"
            "27/02/2020;VIR SALAIRE;;2500,00\n25/02/2020;LOYER;1050,00;\n"
            "Total;;1073,45;2500,00\nSolde au 28/02/2020 : 1 426,55 €;;;\n",
            {"Date": ["28/02/2020", "27/02/2020", "25/02/2020"], "Libellé": ["CB CARREFOUR", "VIR SALAIRE",
            "LOYER"], "Débit euros": [23.45, None, 1050.0], "Crédit euros": [None, 2500.0, None]},
            group="reported with its line", told=(6, 5), line=5),
    CsvCase("debit credit CR DR",
            "date,amt,bal\n2020-01-01,12.50 DR,100.00 CR\n2020-01-02,30.00 CR,130.00 CR\n"
            "2020-01-03,200.00 DR,70.00 DR\n2020-01-04,5.00 CR,65.00 DR\n",
            group="reported with its line", line=2),
    CsvCase("opening balance row",
            "Date,Description,Amount,Balance\n01/02/2020,Opening balance,,100.00\n"
            "02/02/2020,Coffee,-3.50,96.50\n13/02/2020,Pay,250.00,346.50\n"
            "14/02/2020,Closing balance,,346.50\n",
            {"Date": ["01/02/2020", "02/02/2020", "13/02/2020", "14/02/2020"],
            "Description": ["Opening balance", "Coffee", "Pay", "Closing balance"], "Amount": [None, -3.5,
            250.0, None], "Balance": [100.0, 96.5, 346.5, 346.5]}, told=(2,)),
    CsvCase("Revolut",
            "Type,Product,Started Date,Amount,Fee,Currency,State\nCARD_PAYMENT,Current,2020-01-0"
            "1 10:00:00,-12.30,0.00,GBP,COMPLETED\nTOPUP,Current,2020-01-02 10:00:00,100.00,0.00"
            ",GBP,COMPLETED\nCARD_PAYMENT,Current,2020-01-03 10:00:00,-7.00,0.10,GBP,PENDING\n",
            {"Type": ["CARD_PAYMENT", "TOPUP", "CARD_PAYMENT"], "Product": ["Current", "Current", "Current"],
            "Started Date": ["2020-01-01 10:00:00", "2020-01-02 10:00:00", "2020-01-03 10:00:00"],
            "Amount": [-12.3, 100.0, -7.0], "Fee": [0.0, 0.0, 0.1], "Currency": ["GBP", "GBP", "GBP"],
            "State": ["COMPLETED", "COMPLETED", "PENDING"]}),
    CsvCase("Indian rupees lakhs",
            'party,amt\nA,"Rs. 1,23,456.00"\nB,"Rs. 12,000.00"\nC,"Rs. 500.50"\n',
            {"party": ["A", "B", "C"], "amt": [123456.0, 12000.0, 500.5]},
            told=(2,)),
    CsvCase("yen fullwidth",
            "品目,金額\n机,￥12000\n椅子,￥3500\n灯,￥980\n",
            {"品目": ["机", "椅子", "灯"], "金額": [12000.0, 3500.0, 980.0]},
            told=(2,)),
    CsvCase("mixed currencies",
            "k,price\na,$12.50\nb,€10.00\nc,$8.25\nd,€7.00\n",
            group="reported with its line", line=2),
    CsvCase("minus in unicode",
            "k,v\na,−12.5\nb,3.25\nc,−0.5\n",
            {"k": ["a", "b", "c"], "v": [-12.5, 3.25, -0.5]}),
    CsvCase("plus minus",
            "k,v\na,12.5±0.3\nb,13.1±0.2\nc,11.9±0.4\n",
            group="reported with its line", line=2),
    CsvCase("accounting blank dash zero",
            'k,v\na," 1,234.00 "\nb, -   \nc," (250.00)"\nd," 17.00 "\n',
            group="reported with its line", line=4),
    CsvCase("GSOD quoted blanks and flags",
            '"STATION","DATE","TEMP","MAX","PRCP"\n"72","2020-01-01","  35.1"," 41.0*"," 0.00I"\n'
            '"72","2020-01-02","  36.4"," 43.0 "," 0.12G"\n"72","2020-01-03","9999.9","9999.9","'
            '99.99"\n"72","2020-01-04","  30.2"," 37.9*"," 0.00I"\n',
            group="reported with its line", line=4),
    CsvCase("Environment Canada",
            '\ufeff"Longitude (x)","Station Name","Date/Time","Max Temp (°C)","Max Temp Flag","S'
            'pd of Max Gust (km/h)"\n"-75.7","OTTAWA","2020-01-01","1.5","","<31"\n'
            '"-75.7","OTTAWA","2020-01-02","3.6","","44"\n"-75.7","OTTAWA","2020-01-03","","M","'
            '37"\n"-75.7","OTTAWA","2020-01-04","-2.2","E","51"\n"-75.7","OTTAWA","2020-01-05","'
            '-3.1","","35"\n',
            group="reported with its line", line=2),
    CsvCase("KNMI comment header",
            "# BRON: KNMI\n# Opmerking: door stationsverplaatsingen\n# STN,YYYYMMDD,   TG,   RH\n"
            "  260,20200101,   45,   -1\n  260,20200102,   51,    0\n  260,20200103,   67,   12\n"
            "  260,20200104,     ,   30\n",
            {"STN": [260.0, 260.0, 260.0, 260.0], "YYYYMMDD": [20200101.0, 20200102.0, 20200103.0,
            20200104.0], "TG": [45.0, 51.0, 67.0, None], "RH": [-1.0, 0.0, 12.0, 30.0]},
            told=(1, 4)),
    CsvCase("ECAD",
            "EUROPEAN CLIMATE ASSESSMENT & DATASET (ECA&D), file created on 01-02-2020\n"
            "THESE DATA CAN BE USED FREELY, PROVIDED THAT THE SOURCE IS CITED.\n"
            "\nMissing value code is -9999\n\nSOUID,    DATE,   TG, Q_TG\n"
            "100555,20200101,   45,    0\n100555,20200102,   51,    0\n"
            "100555,20200103,-9999,    9\n100555,20200104,   67,    0\n",
            group="reported with its line", line=9),
    CsvCase("BOM australia",
            "Product code,Station number,Year,Month,Day,Rainfall amount (millimetres),Period,Qua"
            "lity\nIDCJAC0009,066062,2020,01,01,0.0,,Y\nIDCJAC0009,066062,2020,01,02,12.4,1,Y\n"
            "IDCJAC0009,066062,2020,01,03,,,\nIDCJAC0009,066062,2020,01,04,3.2,2,N\n",
            {"Product code": ["IDCJAC0009", "IDCJAC0009", "IDCJAC0009", "IDCJAC0009"],
            "Station number": ["066062", "066062", "066062", "066062"], "Year": [2020.0, 2020.0, 2020.0,
            2020.0], "Month": ["01", "01", "01", "01"], "Day": ["01", "02", "03", "04"],
            "Rainfall amount (millimetres)": [0.0, 12.4, None, 3.2], "Period": [None, 1.0, None, 2.0],
            "Quality": ["Y", "Y", None, "N"]},
            group="exact or refused"),
    CsvCase("METAR like trace T",
            "date,prec,snow\n2020-01-01,0.00,0\n2020-01-02,T,T\n2020-01-03,0.15,1\n"
            "2020-01-04,0.00,M\n2020-01-05,1.20,3\n2020-01-06,0.00,0\n"
            "2020-01-07,0.10,1\n2020-01-08,0.00,2\n",
            group="reported with its line", line=3),
    CsvCase("wind directions and calm",
            "h,dir,spd\n0,N,3.5\n1,NNE,4\n2,CALM,0\n3,VRB,1.5\n4,S,2\n",
            {"h": [0.0, 1.0, 2.0, 3.0, 4.0], "dir": ["N", "NNE", "CALM", "VRB", "S"], "spd": [3.5, 4.0, 0.0,
            1.5, 2.0]}),
    CsvCase("MeteoSwiss",
            "MeteoSchweiz\nStation: Bern / Zollikofen\n\nstn;time;tre200h0;rre150h0\n"
            "\nBER;2020010100;1.5;-\nBER;2020010101;1.2;0.1\nBER;2020010102;0.9;-\n"
            "BER;2020010103;-0.5;0.0\n",
            {"stn": ["BER", "BER", "BER", "BER"], "time": [2020010100.0, 2020010101.0, 2020010102.0,
            2020010103.0], "tre200h0": [1.5, 1.2, 0.9, -0.5], "rre150h0": [None, 0.1, None, 0.0]},
            group="reported with its line", told=(1, 6), line=1),
    CsvCase("fixed width months",
            "YEAR   JAN   FEB   MAR\n1990  1.5   2.5   3.5\n1991 -0.5   1.0   4.0\n"
            "1992  2.0  ***    3.9\n1993  1.1   2.2   3.3\n",
            {"YEAR": [1990.0, 1991.0, 1992.0, 1993.0], "JAN": [1.5, -0.5, 2.0, 1.1], "FEB": [2.5, 1.0, None,
            2.2], "MAR": [3.5, 4.0, 3.9, 3.3]},
            told=(4,)),
    CsvCase("hour 24",
            "date,hour,t\n2020-01-01,1,5\n2020-01-01,2,6\n2020-01-01,24,7\n"
            "2020-01-02,1,8\n",
            {"date": ["2020-01-01", "2020-01-01", "2020-01-01", "2020-01-02"], "hour": [1.0, 2.0, 24.0, 1.0],
            "t": [5.0, 6.0, 7.0, 8.0]}),
    CsvCase("lat lon with letters",
            "id,lat,lon\n1,52.5200N,13.4050E\n2,33.8688S,151.2093E\n3,40.7128N,74.0060W\n"
            "4,1.3521N,103.8198E\n",
            group="reported with its line", line=2),
    CsvCase("lat lon degrees sign",
            "id,lat\n1,52.52°\n2,-33.87°\n3,40.71°\n",
            {"id": [1.0, 2.0, 3.0], "lat": [52.52, -33.87, 40.71]},
            told=(2,)),
    CsvCase("DMS",
            'site,lat,lon\nA,"52°31\'12.0""N","13°24\'18.0""E"\nB,"48°8\'0.5""N","11°34\'30.0""E'
            '"\nC,"50°6\'36.0""N","8°40\'55.2""E"\n',
            {"site": ["A", "B", "C"], "lat": ['52°31\'12.0"N', '48°8\'0.5"N', '50°6\'36.0"N'],
            "lon": ['13°24\'18.0"E', '11°34\'30.0"E', '8°40\'55.2"E']},
            told=(2, 2)),
    CsvCase("latlon pairs no quotes named one",
            "latlon\n52.52,13.40\n48.13,11.57\n50.11,8.68\n",
            group="reported with its line", line=1),
    CsvCase("wkt points",
            'id,geom\n1,POINT (13.4 52.5)\n2,POINT (11.5 48.1)\n3,"LINESTRING (1 2, 3 4)"\n',
            {"id": [1.0, 2.0, 3.0], "geom": ["POINT (13.4 52.5)", "POINT (11.5 48.1)",
            "LINESTRING (1 2, 3 4)"]}),
    CsvCase("GPX trackpoints tz",
            "time,lat,lon,ele\n2020-06-01T05:00:00+02:00,47.1,8.5,512\n"
            "2020-06-01T05:00:05+02:00,47.1001,8.5002,513.5\n2020-06-01T05:00:10+02:00,47.1003,8"
            ".5004,\n",
            {"time": ["2020-06-01T05:00:00+02:00", "2020-06-01T05:00:05+02:00", "2020-06-01T05:00:10+02:00"],
            "lat": [47.1, 47.1001, 47.1003], "lon": [8.5, 8.5002, 8.5004], "ele": [512.0, 513.5, None]}),
    CsvCase("mixed dst offsets",
            "t,v\n2020-03-28T12:00:00+01:00,1\n2020-03-29T12:00:00+02:00,2\n"
            "2020-03-30T12:00:00+02:00,3\n",
            {"t": ["2020-03-28T12:00:00+01:00", "2020-03-29T12:00:00+02:00", "2020-03-30T12:00:00+02:00"],
            "v": [1.0, 2.0, 3.0]}),
    CsvCase("ydm",
            "d,v\n2020-31-01,1\n2020-15-02,2\n2020-28-03,3\n",
            group="reported with its line", line=2),
    CsvCase("month year words es",
            "mes,v\nene-20,1\nfeb-20,2\nmar-20,3\nabr-20,4\ndic-20,5\n",
            {"mes": ["ene-20", "feb-20", "mar-20", "abr-20", "dic-20"], "v": [1.0, 2.0, 3.0, 4.0, 5.0]},
            told=(2,)),
    CsvCase("mixed orders",
            "d,v\n13/03/2020,13\n14/03/2020,14\n15/03/2020,15\n16/03/2020,16\n"
            "17/03/2020,17\n18/03/2020,18\n19/03/2020,19\n20/03/2020,20\n"
            "21/03/2020,21\n22/03/2020,22\n23/03/2020,23\n24/03/2020,24\n"
            "03/25/2020,25\n03/26/2020,26\n",
            group="reported with its line", line=14),
    CsvCase("impossible day",
            "d,v\n2021-02-27,1\n2021-02-28,2\n2021-02-29,3\n2021-03-01,4\n"
            "2021-03-02,5\n",
            group="reported with its line", line=4),
    CsvCase("zero date mysql",
            "d,v\n2021-02-27,1\n0000-00-00,2\n2021-02-28,3\n2021-03-01,4\n"
            "2021-03-02,5\n",
            group="reported with its line", line=3),
    CsvCase("epoch ms",
            "t,v\n1577836800000,0\n1577836860000,1\n1577836920000,2\n1577836980000,3\n"
            "1577837040000,4\n1577837100000,5\n1577837160000,6\n1577837220000,7\n"
            "1577837280000,8\n1577837340000,9\n1577837400000,10\n1577837460000,11\n",
            {"t": [1577836800000.0, 1577836860000.0, 1577836920000.0, 1577836980000.0, 1577837040000.0,
            1577837100000.0, 1577837160000.0, 1577837220000.0, 1577837280000.0, 1577837340000.0,
            1577837400000.0, 1577837460000.0], "v": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0,
            11.0]}),
    CsvCase("week dates",
            "wk,n\n2020-W01,5\n2020-W02,6\n2020-W53,7\n2021-W01,8\n",
            {"wk": ["2020-W01", "2020-W02", "2020-W53", "2021-W01"], "n": [5.0, 6.0, 7.0, 8.0]}),
    CsvCase("day names FR",
            "jour,v\nlundi 6 janvier 2020,1\nmardi 7 janvier 2020,2\nmercredi 8 janvier 2020,3\n",
            {"jour": ["lundi 6 janvier 2020", "mardi 7 janvier 2020", "mercredi 8 janvier 2020"], "v": [1.0,
            2.0, 3.0]}),
    CsvCase("ordinal days",
            "d,v\n1st Jan 2020,1\n2nd Feb 2020,2\n23rd Mar 2020,3\n4th Apr 2020,4\n",
            {"d": ["1st Jan 2020", "2nd Feb 2020", "23rd Mar 2020", "4th Apr 2020"], "v": [1.0, 2.0, 3.0,
            4.0]}),
    CsvCase("fiscal years",
            "fy,rev\nFY2018/19,1\nFY2019/20,2\nFY2020/21,3\n",
            {"fy": ["FY2018/19", "FY2019/20", "FY2020/21"], "rev": [1.0, 2.0, 3.0]}),
]  # fmt: skip
