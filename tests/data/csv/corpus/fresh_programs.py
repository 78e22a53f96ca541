"""What R, SAS, SPSS, Stata, Matlab and spreadsheets of four countries write."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("R table tab quote=F short header",
            "mpg\tcyl\tdisp\nMazda RX4\t21.0\t6\t160.0\nDatsun 710\t22.8\t4\t108.0\n"
            "Hornet 4 Drive\t21.4\t6\t258.0\nValiant\t18.1\t6\t225.0\n"
            "Duster 360\t14.3\t8\t360.0\nMerc 240D\t24.4\t4\t146.7\n",
            {"column_1": ["Mazda RX4", "Datsun 710", "Hornet 4 Drive", "Valiant", "Duster 360", "Merc 240D"],
            "mpg": [21.0, 22.8, 21.4, 18.1, 14.3, 24.4], "cyl": [6.0, 4.0, 6.0, 6.0, 8.0, 4.0], "disp": [160.0,
            108.0, 258.0, 225.0, 360.0, 146.7]}),
    CsvCase("R table qmethod escape",
            '"id" "say" "x"\n"1" 1 "he said \\"yes\\"" 2.5\n"2" 2 "plain words" 3.5\n'
            '"3" 3 "right here" 4.5\n"4" 4 "none at all" NA\n',
            {"column_1": [1.0, 2.0, 3.0, 4.0], "id": [1.0, 2.0, 3.0, 4.0], "say": ['he said "yes"',
            "plain words", "right here", "none at all"], "x": [2.5, 3.5, 4.5, None]}),
    CsvCase("R csv2 quoted NA",
            '"";"land";"wert";"stufe"\n"1";"DE";1,5;"hoch"\n"2";NA;2,25;"tief"\n'
            '"3";"FR";NA;"hoch"\n"4";"IT";10,125;NA\n',
            {"column_1": [1.0, 2.0, 3.0, 4.0], "land": ["DE", None, "FR", "IT"], "wert": [1.5, 2.25, None,
            10.125], "stufe": ["hoch", "tief", "hoch", None]}),
    CsvCase("R posixct quoted",
            '"t","v"\n2020-03-01 10:01:00,0.25\n2020-03-02 10:02:00,0.5\n'
            "2020-03-03 10:03:00,0.75\n2020-03-04 10:04:00,1.0\n2020-03-05 10:05:00,1.25\n"
            "2020-03-06 10:06:00,1.5\n2020-03-07 10:07:00,1.75\n2020-03-08 10:08:00,2.0\n"
            "2020-03-09 10:09:00,2.25\n2020-03-10 10:10:00,2.5\n2020-03-11 10:11:00,2.75\n"
            "2020-03-12 10:12:00,3.0\n2020-03-13 10:13:00,3.25\n2020-03-14 10:14:00,3.5\n"
            "2020-03-15 10:15:00,3.75\n2020-03-16 10:16:00,4.0\n2020-03-17 10:17:00,4.25\n"
            "2020-03-18 10:18:00,4.5\n2020-03-19 10:19:00,4.75\n",
            {"t": ["2020-03-01 10:01:00", "2020-03-02 10:02:00", "2020-03-03 10:03:00", "2020-03-04 10:04:00",
            "2020-03-05 10:05:00", "2020-03-06 10:06:00", "2020-03-07 10:07:00", "2020-03-08 10:08:00",
            "2020-03-09 10:09:00", "2020-03-10 10:10:00", "2020-03-11 10:11:00", "2020-03-12 10:12:00",
            "2020-03-13 10:13:00", "2020-03-14 10:14:00", "2020-03-15 10:15:00", "2020-03-16 10:16:00",
            "2020-03-17 10:17:00", "2020-03-18 10:18:00", "2020-03-19 10:19:00"], "v": [0.25, 0.5, 0.75, 1.0,
            1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 2.75, 3.0, 3.25, 3.5, 3.75, 4.0, 4.25, 4.5, 4.75]}),
    CsvCase("R write.table na -99 strings",
            'a b c\n1 "x y" -99\n2 "z" 4\n3 "w" 5\n4 "x y" 6\n5 "z" -99\n'
            '6 "w" 8\n',
            {"a": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "b": ["x y", "z", "w", "x y", "z", "w"], "c": [-99.0, 4.0,
            5.0, 6.0, -99.0, 8.0]},
            group="reported with its line", told=(2,), line=2),
    CsvCase("R aggregate output printed",
            "  Group.1        x\n1       A 1.500000\n2       B 2.250000\n"
            "3       C 9.125000\n4       D 4.000000\n",
            {"column_1": [1.0, 2.0, 3.0, 4.0], "Group.1": ["A", "B", "C", "D"], "x": [1.5, 2.25, 9.125, 4.0],
            },
            group="exact or refused"),
    CsvCase("R logicals and integers L",
            "k,n,ok\na,1L,TRUE\nb,2L,FALSE\nc,3L,TRUE\n",
            group="reported with its line", line=2),
    CsvCase("SAS date9",
            "id,dob,amt\n1,01JAN1961,2.5\n2,02JAN1962,5.0\n3,03JAN1963,7.5\n"
            "4,04JAN1964,10.0\n5,05JAN1965,12.5\n6,06JAN1966,15.0\n7,07JAN1967,17.5\n"
            "8,08JAN1968,20.0\n9,09JAN1969,22.5\n10,10JAN1970,25.0\n11,11JAN1971,27.5\n"
            "12,12JAN1972,30.0\n",
            {"id": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0], "dob": ["01JAN1961",
            "02JAN1962", "03JAN1963", "04JAN1964", "05JAN1965", "06JAN1966", "07JAN1967", "08JAN1968",
            "09JAN1969", "10JAN1970", "11JAN1971", "12JAN1972"], "amt": [2.5, 5.0, 7.5, 10.0, 12.5, 15.0, 17.5,
            20.0, 22.5, 25.0, 27.5, 30.0]}),
    CsvCase("SAS datetime",
            "id,at\n1,01JAN2020:10:01:00\n2,02JAN2020:10:02:00\n3,03JAN2020:10:03:00\n"
            "4,04JAN2020:10:04:00\n5,05JAN2020:10:05:00\n6,06JAN2020:10:06:00\n"
            "7,07JAN2020:10:07:00\n8,08JAN2020:10:08:00\n9,09JAN2020:10:09:00\n"
            "10,10JAN2020:10:10:00\n11,11JAN2020:10:11:00\n12,12JAN2020:10:12:00\n",
            {"id": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0],
            "at": ["01JAN2020:10:01:00", "02JAN2020:10:02:00", "03JAN2020:10:03:00", "04JAN2020:10:04:00",
            "05JAN2020:10:05:00", "06JAN2020:10:06:00", "07JAN2020:10:07:00", "08JAN2020:10:08:00",
            "09JAN2020:10:09:00", "10JAN2020:10:10:00", "11JAN2020:10:11:00", "12JAN2020:10:12:00"]}),
    CsvCase("SAS missing dots and blanks",
            "subj,trt,base,wk4\n101,A,12.5,.\n102,B,.,11\n103,,13.25,12\n"
            "104,A,9,8.5\n105,B,.,.\n106,A,10,9\n",
            {"subj": [101.0, 102.0, 103.0, 104.0, 105.0, 106.0], "trt": ["A", "B", None, "A", "B", "A"],
            "base": [12.5, None, 13.25, 9.0, None, 10.0], "wk4": [None, 11.0, 12.0, 8.5, None, 9.0]}),
    CsvCase("SAS comma format quoted",
            'region,sales\nEast,"1,234,567"\nWest,"987,654"\nNorth,"23,456"\n'
            'South,"1,002"\n',
            {"region": ["East", "West", "North", "South"], "sales": [1234567.0, 987654.0, 23456.0, 1002.0]}),
    CsvCase("SAS proc print listing",
            "                         The SAS System                     1\n"
            "\n    Obs    Name       Sex    Age\n\n      1    Alfred      M      14\n"
            "      2    Alice       F      13\n      3    Barbara     F      13\n"
            "      4    Carol       F      14\n",
            {"Obs": [1.0, 2.0, 3.0, 4.0], "Name": ["Alfred", "Alice", "Barbara", "Carol"], "Sex": ["M", "F",
            "F", "F"], "Age": [14.0, 13.0, 13.0, 14.0]},
            group="exact or refused", told=(1,)),
    CsvCase("SAS dollar12.2",
            'acct,bal\nA1,"$12,345.60"\nA2,"$1,000.00"\nA3,"-$250.10"\n'
            'A4,$0.00\nA5,"($17.25)"\n',
            {"acct": ["A1", "A2", "A3", "A4", "A5"], "bal": [12345.6, 1000.0, -250.1, 0.0, -17.25]},
            told=(2, 6)),
    CsvCase("SPSS tab export sci",
            "id\tscore\tgrp\n1\t1.500000E+00\t2\n2\t3.000000E+00\t3\n3\t4.500000E+00\t1\n"
            "4\t6.000000E+00\t2\n5\t7.500000E+00\t3\n6\t9.000000E+00\t1\n"
            "7\t1.050000E+01\t2\n8\t1.200000E+01\t3\n9\t1.350000E+01\t1\n",
            {"id": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], "score": [1.5, 3.0, 4.5, 6.0, 7.5, 9.0,
            10.5, 12.0, 13.5], "grp": [2.0, 3.0, 1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0]}),
    CsvCase("SPSS leading blanks decimals w/o zero",
            "id,p,r\n1, .05,-.32\n2, .10, .44\n3, .001,-.05\n4, .75, .9\n",
            {"id": [1.0, 2.0, 3.0, 4.0], "p": [0.05, 0.1, 0.001, 0.75], "r": [-0.32, 0.44, -0.05, 0.9]}),
    CsvCase("SPSS german leading comma",
            "id;p;r\n1;,05;-,32\n2;,10;,44\n3;,001;-,05\n4;,75;,9\n",
            {"id": [1.0, 2.0, 3.0, 4.0], "p": [0.05, 0.1, 0.001, 0.75], "r": [-0.32, 0.44, -0.05, 0.9]}),
    CsvCase("SPSS value labels with commas",
            'id,job,edu\n1,"Clerk, junior",Primary\n2,"Manager, senior",Tertiary\n'
            '3,"Clerk, junior",Secondary\n4,Other,Primary\n5, ,Primary\n',
            {"id": [1.0, 2.0, 3.0, 4.0, 5.0], "job": ["Clerk, junior", "Manager, senior", "Clerk, junior",
            "Other", None], "edu": ["Primary", "Tertiary", "Secondary", "Primary", "Primary"]}),
    CsvCase("SPSS dates dd-mmm-yyyy",
            "id,d\n1,01-MAR-2019\n2,02-MAR-2019\n3,03-MAR-2019\n4,04-MAR-2019\n"
            "5,05-MAR-2019\n6,06-MAR-2019\n7,07-MAR-2019\n8,08-MAR-2019\n"
            "9,09-MAR-2019\n10,10-MAR-2019\n11,11-MAR-2019\n12,12-MAR-2019\n"
            "13,13-MAR-2019\n14,14-MAR-2019\n",
            {"id": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0],
            "d": ["01-MAR-2019", "02-MAR-2019", "03-MAR-2019", "04-MAR-2019", "05-MAR-2019", "06-MAR-2019",
            "07-MAR-2019", "08-MAR-2019", "09-MAR-2019", "10-MAR-2019", "11-MAR-2019", "12-MAR-2019",
            "13-MAR-2019", "14-MAR-2019"]}),
    CsvCase("Excel DE cp1252",
            b'Kunde;Datum;Umsatz;Anteil;aktiv;Zeit\r\nM\xfcller GmbH;31.12.2020;1.234,56;12,5 %;'
            b'WAHR;08:15\r\n\xd6si & S\xf6hne;01.11.2020;987,00;3,25 %;FALSCH;17:40\r\n'
            b'Stra\xdfe 7;15.10.2020;-12.345.678,90;100,0 %;WAHR;00:05\r\n'
            b'Zo\xeb KG;03.02.2019;0,99;0,0 %;WAHR;23:59\r\n',
            {"Kunde": ["Müller GmbH", "Ösi & Söhne", "Straße 7", "Zoë KG"], "Datum": ["31.12.2020",
            "01.11.2020", "15.10.2020", "03.02.2019"], "Umsatz": [1234.56, 987.0, -12345678.9, 0.99],
            "Anteil": [12.5, 3.25, 100.0, 0.0], "aktiv": ["WAHR", "FALSCH", "WAHR", "WAHR"], "Zeit": ["08:15",
            "17:40", "00:05", "23:59"]},
            told=(2, 2)),
    CsvCase("Excel DE utf8 bom",
            b'\xef\xbb\xbfKunde;Datum;Umsatz;Anteil;aktiv;Zeit\r\nM\xc3\xbcller GmbH;31.12.2020;'
            b'1.234,56;12,5 %;WAHR;08:15\r\n\xc3\x96si & S\xc3\xb6hne;01.11.2020;987,00;3,25 %;F'
            b'ALSCH;17:40\r\nStra\xc3\x9fe 7;15.10.2020;-12.345.678,90;100,0 %;WAHR;00:05\r\n'
            b'Zo\xc3\xab KG;03.02.2019;0,99;0,0 %;WAHR;23:59\r\n',
            {"Kunde": ["Müller GmbH", "Ösi & Söhne", "Straße 7", "Zoë KG"], "Datum": ["31.12.2020",
            "01.11.2020", "15.10.2020", "03.02.2019"], "Umsatz": [1234.56, 987.0, -12345678.9, 0.99],
            "Anteil": [12.5, 3.25, 100.0, 0.0], "aktiv": ["WAHR", "FALSCH", "WAHR", "WAHR"], "Zeit": ["08:15",
            "17:40", "00:05", "23:59"]},
            told=(2,)),
    CsvCase("Excel DE utf16 tab",
            b'\xff\xfeK\x00u\x00n\x00d\x00e\x00\t\x00D\x00a\x00t\x00u\x00m\x00\t\x00U\x00m\x00s\x00'
            b'a\x00t\x00z\x00\t\x00A\x00n\x00t\x00e\x00i\x00l\x00\t\x00a\x00k\x00t\x00i\x00v\x00'
            b'\t\x00Z\x00e\x00i\x00t\x00\r\x00\n\x00M\x00\xfc\x00l\x00l\x00e\x00r\x00 \x00G\x00m'
            b'\x00b\x00H\x00\t\x003\x001\x00.\x001\x002\x00.\x002\x000\x002\x000\x00\t\x001\x00.'
            b'\x002\x003\x004\x00,\x005\x006\x00\t\x001\x002\x00,\x005\x00 \x00%\x00\t\x00W\x00A'
            b'\x00H\x00R\x00\t\x000\x008\x00:\x001\x005\x00\r\x00\n\x00\xd6\x00s\x00i\x00 \x00&\x00'
            b' \x00S\x00\xf6\x00h\x00n\x00e\x00\t\x000\x001\x00.\x001\x001\x00.\x002\x000\x002\x00'
            b'0\x00\t\x009\x008\x007\x00,\x000\x000\x00\t\x003\x00,\x002\x005\x00 \x00%\x00\t\x00'
            b'F\x00A\x00L\x00S\x00C\x00H\x00\t\x001\x007\x00:\x004\x000\x00\r\x00\n'
            b'\x00S\x00t\x00r\x00a\x00\xdf\x00e\x00 \x007\x00\t\x001\x005\x00.\x001\x000\x00.\x00'
            b'2\x000\x002\x000\x00\t\x00-\x001\x002\x00.\x003\x004\x005\x00.\x006\x007\x008\x00,'
            b'\x009\x000\x00\t\x001\x000\x000\x00,\x000\x00 \x00%\x00\t\x00W\x00A\x00H\x00R\x00\t'
            b'\x000\x000\x00:\x000\x005\x00\r\x00\n\x00Z\x00o\x00\xeb\x00 \x00K\x00G\x00\t\x000\x00'
            b'3\x00.\x000\x002\x00.\x002\x000\x001\x009\x00\t\x000\x00,\x009\x009\x00\t\x000\x00'
            b',\x000\x00 \x00%\x00\t\x00W\x00A\x00H\x00R\x00\t\x002\x003\x00:\x005\x009\x00\r\x00'
            b'\n\x00',
            {"Kunde": ["Müller GmbH", "Ösi & Söhne", "Straße 7", "Zoë KG"], "Datum": ["31.12.2020",
            "01.11.2020", "15.10.2020", "03.02.2019"], "Umsatz": [1234.56, 987.0, -12345678.9, 0.99],
            "Anteil": [12.5, 3.25, 100.0, 0.0], "aktiv": ["WAHR", "FALSCH", "WAHR", "WAHR"], "Zeit": ["08:15",
            "17:40", "00:05", "23:59"]},
            told=(2,)),
    CsvCase("Excel FR narrow nbsp",
            "ville;date;montant;payé\r\nÎle;31/12/2020;1\u202f234,56;VRAI\r\n"
            "Évry;13/01/2021;987,00;FAUX\r\nÇatal;15/10/2020;-12\u202f345,10;VRAI\r\n"
            "Nîmes;03/02/2019;0,50;FAUX\r\n",
            {"ville": ["Île", "Évry", "Çatal", "Nîmes"], "date": ["31/12/2020", "13/01/2021", "15/10/2020",
            "03/02/2019"], "montant": [1234.56, 987.0, -12345.1, 0.5], "payé": ["VRAI", "FAUX", "VRAI",
            "FAUX"]}),
    CsvCase("Excel FR nbsp cp1252",
            b'ville;date;montant;pay\xe9\r\n\xcele;31/12/2020;1\xa0234,56;VRAI\r\n'
            b'\xc9vry;13/01/2021;987,00;FAUX\r\n\xc7atal;15/10/2020;-12\xa0345,10;VRAI\r\n'
            b'N\xeemes;03/02/2019;0,50;FAUX\r\n',
            {"ville": ["Île", "Évry", "Çatal", "Nîmes"], "date": ["31/12/2020", "13/01/2021", "15/10/2020",
            "03/02/2019"], "montant": [1234.56, 987.0, -12345.1, 0.5], "payé": ["VRAI", "FAUX", "VRAI",
            "FAUX"]},
            told=(1,)),
    CsvCase("Excel FR euro behind",
            "poste;prix\r\nA;12,50 €\r\nB;1 234,00 €\r\nC;-3,20 €\r\nD;0,99 €\r\n",
            {"poste": ["A", "B", "C", "D"], "prix": [12.5, 1234.0, -3.2, 0.99]},
            told=(2,)),
    CsvCase("Excel CH apostrophe",
            "Konto;Saldo\nA;1'234.50\nB;12'000.00\nC;-7.05\nD;1'000'000.10\n",
            {"Konto": ["A", "B", "C", "D"], "Saldo": [1234.5, 12000.0, -7.05, 1000000.1]}),
    CsvCase("Excel sep= bom",
            b'\xef\xbb\xbfsep=;\r\nname;wert\r\nA;1,5\r\nB;2,5\r\nC;3,5\r\n',
            {"name": ["A", "B", "C"], "wert": [1.5, 2.5, 3.5]}),
    CsvCase("Excel unicode text quotes newlines",
            b'\xff\xfei\x00d\x00\t\x00n\x00o\x00t\x00e\x00\t\x00v\x00\r\x00\n'
            b'\x001\x00\t\x00"\x00l\x00i\x00n\x00e\x00 \x00o\x00n\x00e\x00\n'
            b'\x00l\x00i\x00n\x00e\x00 \x00t\x00w\x00o\x00"\x00\t\x005\x00\r\x00\n'
            b'\x002\x00\t\x00"\x00s\x00a\x00y\x00 \x00"\x00"\x00h\x00i\x00"\x00"\x00"\x00\t\x006'
            b'\x00\r\x00\n\x003\x00\t\x00p\x00l\x00a\x00i\x00n\x00\t\x007\x00\r\x00\n'
            b'\x004\x00\t\x00"\x00t\x00a\x00b\x00\t\x00h\x00e\x00r\x00e\x00"\x00\t\x008\x00\r\x00'
            b'\n\x00',
            {"id": [1.0, 2.0, 3.0, 4.0], "note": ["line one\nline two", 'say "hi"', "plain", "tab\there"],
            "v": [5.0, 6.0, 7.0, 8.0]}),
    CsvCase("Excel mixed date serials",
            "id,d\n1,2020-01-31\n2,43862\n3,2020-02-03\n4,2020-02-10\n"
            "5,2020-02-11\n",
            group="reported with its line", line=3),
    CsvCase("Excel hashes",
            "id,width,v\n1,########,2\n2,12.5,3\n3,########,4\n4,13.5,5\n"
            "5,14,6\n6,15,7\n",
            {"id": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "width": [None, 12.5, None, 13.5, 14.0, 15.0], "v": [2.0,
            3.0, 4.0, 5.0, 6.0, 7.0]},
            group="reported with its line", told=(2,), line=2),
    CsvCase("Excel #N/A #WERT",
            "k;v\na;1,5\nb;#NV\nc;2,5\nd;#WERT!\ne;3,5\n",
            {"k": ["a", "b", "c", "d", "e"], "v": [1.5, None, 2.5, None, 3.5]},
            group="reported with its line", told=(5,), line=5),
    CsvCase("Excel sum row german",
            "Monat;Umsatz;Kosten\nJan;1.200,50;800,25\nFeb;1.300,00;900,00\n"
            "Mär;1.100,00;700,00\nApr;900,00;650,50\n;;\nSumme;4.500,50;3.050,75\n",
            {"Monat": ["Jan", "Feb", "Mär", "Apr"], "Umsatz": [1200.5, 1300.0, 1100.0, 900.0],
            "Kosten": [800.25, 900.0, 700.0, 650.5]},
            group="reported with its line", told=(6, 7), line=7),
    CsvCase("Excel Gesamtergebnis pivot",
            "Zeilenbeschriftungen;Summe von Betrag\nNord;1250\nSüd;830\n"
            "West;410\nGesamtergebnis;2490\n",
            {"Zeilenbeschriftungen": ["Nord", "Süd", "West"], "Summe von Betrag": [1250.0, 830.0, 410.0]},
            group="reported with its line", told=(5,), line=5),
    CsvCase("Excel pivot grand total EN",
            "Row Labels,Sum of Amount\nNorth,1250\nSouth,830\nWest,410\n"
            "(blank),\nGrand Total,2490\n",
            group="reported with its line", line=6),
    CsvCase("Sheets form export",
            "Timestamp,Email Address,What do you like?,Rate it\n2023/04/05 10:11:12 AM GMT+1,a@x"
            '.org,"Tea, Coffee",4\n2023/04/05 10:12:44 AM GMT+1,b@x.org,Tea,5\n'
            '2023/04/06 1:02:03 PM GMT+1,c@x.org,"Coffee, Milk, Juice",3\n'
            "2023/04/07 9:59:59 AM GMT+1,d@x.org,,2\n",
            {"Timestamp": ["2023/04/05 10:11:12 AM GMT+1", "2023/04/05 10:12:44 AM GMT+1",
            "2023/04/06 1:02:03 PM GMT+1", "2023/04/07 9:59:59 AM GMT+1"], "Email Address": ["a@x.org",
            "b@x.org", "c@x.org", "d@x.org"], "What do you like?": ["Tea, Coffee", "Tea",
            "Coffee, Milk, Juice", None], "Rate it": [4.0, 5.0, 3.0, 2.0]}),
    CsvCase("Sheets checkboxes and money",
            'Item,Done,Price,Left\nDesk,TRUE,"$1,250.00",50%\nLamp,FALSE,$35.50,100%\n'
            "Chair,TRUE,$240.00,0%\nRug,FALSE,$89.99,12.5%\n",
            {"Item": ["Desk", "Lamp", "Chair", "Rug"], "Done": ["TRUE", "FALSE", "TRUE", "FALSE"],
            "Price": [1250.0, 35.5, 240.0, 89.99], "Left": [50.0, 100.0, 0.0, 12.5]},
            told=(2, 2)),
    CsvCase("Sheets error cells",
            "k,v\na,1\nb,#DIV/0!\nc,3\nd,#REF!\ne,5\nf,6\n",
            {"k": ["a", "b", "c", "d", "e", "f"], "v": [1.0, None, 3.0, None, 5.0, 6.0]},
            group="reported with its line", told=(3,), line=3),
    CsvCase("Matlab writetable",
            "Var1,Var2,Var3\n0.1,1,b\n0.2,2,c\n0.3,3,a\n0.4,NaN,b\n0.5,5,c\n"
            "0.6,6,a\n0.7,7,b\n0.8,NaN,c\n0.9,9,a\n1,10,b\n1.1,11,c\n1.2,NaN,a\n",
            {"Var1": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2], "Var2": [1.0, 2.0, 3.0,
            None, 5.0, 6.0, 7.0, None, 9.0, 10.0, 11.0, None], "Var3": ["b", "c", "a", "b", "c", "a", "b", "c",
            "a", "b", "c", "a"]}),
    CsvCase("Matlab datetime",
            "Time,P\n01-Jan-2020 10:00:00,1.5\n01-Jan-2020 10:15:00,1.75\n"
            "02-Feb-2020 10:30:00,2\n13-Mar-2020 10:45:00,2.25\n",
            {"Time": ["01-Jan-2020 10:00:00", "01-Jan-2020 10:15:00", "02-Feb-2020 10:30:00",
            "13-Mar-2020 10:45:00"], "P": [1.5, 1.75, 2.0, 2.25]}),
    CsvCase("Matlab dlmwrite no header",
            "3,9,1.5\n4,16,2.0\n5,25,2.5\n6,36,3.0\n7,49,3.5\n8,64,4.0\n"
            "9,81,4.5\n10,100,5.0\n11,121,5.5\n12,144,6.0\n13,169,6.5\n"
            "14,196,7.0\n15,225,7.5\n16,256,8.0\n17,289,8.5\n18,324,9.0\n"
            "19,361,9.5\n",
            {"column_1": [3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0,
            18.0, 19.0], "column_2": [9.0, 16.0, 25.0, 36.0, 49.0, 64.0, 81.0, 100.0, 121.0, 144.0, 169.0,
            196.0, 225.0, 256.0, 289.0, 324.0, 361.0], "column_3": [1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0,
            5.5, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5, 9.0, 9.5]},
            told=(1,)),
    CsvCase("Matlab save -ascii",
            "   1.2500000e+00   -2.5000000e+00\n   2.5000000e+00   -5.0000000e+00\n"
            "   3.7500000e+00   -7.5000000e+00\n   5.0000000e+00   -1.0000000e+01\n"
            "   6.2500000e+00   -1.2500000e+01\n   7.5000000e+00   -1.5000000e+01\n"
            "   8.7500000e+00   -1.7500000e+01\n   1.0000000e+01   -2.0000000e+01\n"
            "   1.1250000e+01   -2.2500000e+01\n   1.2500000e+01   -2.5000000e+01\n"
            "   1.3750000e+01   -2.7500000e+01\n",
            {"column_1": [1.25, 2.5, 3.75, 5.0, 6.25, 7.5, 8.75, 10.0, 11.25, 12.5, 13.75], "column_2": [-2.5,
            -5.0, -7.5, -10.0, -12.5, -15.0, -17.5, -20.0, -22.5, -25.0, -27.5]},
            told=(1,)),
    CsvCase("Matlab duration",
            "lap,t\n1,00:01:05.250\n2,00:01:04.125\n3,00:01:07.000\n",
            {"lap": [1.0, 2.0, 3.0], "t": ["00:01:05.250", "00:01:04.125", "00:01:07.000"]}),
    CsvCase("Matlab complex",
            "f,Z\n1,1+2i\n2,2.5-3i\n3,0.1+0i\n4,4-1i\n",
            {"f": [1.0, 2.0, 3.0, 4.0], "Z": ["1+2i", "2.5-3i", "0.1+0i", "4-1i"]},
            told=(2,)),
    CsvCase("Stata quarterly",
            "q,gdp\n2000q1,100.0\n2000q2,101.5\n2000q3,103.0\n2000q4,104.5\n"
            "2001q1,106.0\n2001q2,107.5\n2001q3,109.0\n2001q4,110.5\n2002q1,112.0\n"
            "2002q2,113.5\n2002q3,115.0\n2002q4,116.5\n2003q1,118.0\n2003q2,119.5\n"
            "2003q3,121.0\n2003q4,122.5\n",
            {"q": ["2000q1", "2000q2", "2000q3", "2000q4", "2001q1", "2001q2", "2001q3", "2001q4", "2002q1",
            "2002q2", "2002q3", "2002q4", "2003q1", "2003q2", "2003q3", "2003q4"], "gdp": [100.0, 101.5, 103.0,
            104.5, 106.0, 107.5, 109.0, 110.5, 112.0, 113.5, 115.0, 116.5, 118.0, 119.5, 121.0, 122.5]}),
]  # fmt: skip
