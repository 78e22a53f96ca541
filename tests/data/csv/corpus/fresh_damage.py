"""Files in other encodings, merged, cut off, quoted wrongly and ragged."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("cp1252 quotes and dash",
            b'stadt;essen;preis\nZ\xfcrich;K\xe4se \x84mild\x93;12.5\n'
            b'K\xf6ln;Br\xfche \x96 hei\xdf;3.25\n\xd6sterreich;S\xfc\xdfes;4.0\n',
            {"stadt": ["Zürich", "Köln", "Österreich"], "essen": ["Käse „mild“", "Brühe – heiß", "Süßes"],
            "preis": [12.5, 3.25, 4.0]},
            told=(2,)),
    CsvCase("utf16le no bom",
            b's\x00t\x00a\x00d\x00t\x00,\x00e\x00s\x00s\x00e\x00n\x00,\x00p\x00r\x00e\x00i\x00s\x00'
            b'\n\x00Z\x00\xfc\x00r\x00i\x00c\x00h\x00,\x00C\x00r\x00\xe8\x00m\x00e\x00 \x00b\x00'
            b'r\x00\xfb\x00l\x00\xe9\x00e\x00,\x001\x002\x00.\x005\x00\n'
            b'\x00M\x00\xe1\x00l\x00a\x00g\x00a\x00,\x00j\x00a\x00l\x00a\x00p\x00e\x00\xf1\x00o\x00'
            b',\x003\x00.\x002\x005\x00\n\x00K\x00r\x00a\x00k\x00\xf3\x00w\x00,\x00|\x01u\x00r\x00'
            b'e\x00k\x00,\x004\x00.\x000\x00\n\x00T\x00r\x00o\x00m\x00s\x00\xf8\x00,\x00s\x00m\x00'
            b'\xf8\x00r\x00r\x00e\x00b\x00r\x00\xf8\x00d\x00,\x007\x00.\x005\x00\n'
            b'\x00P\x00l\x00z\x00e\x00H\x01,\x00Y\x01\xed\x00z\x00e\x00k\x00,\x008\x00.\x000\x00'
            b'\n\x00',
            {"stadt": ["Zürich", "Málaga", "Kraków", "Tromsø", "Plzeň"], "essen": ["Crème brûlée", "jalapeño",
            "żurek", "smørrebrød", "řízek"], "preis": [12.5, 3.25, 4.0, 7.5, 8.0]}),
    CsvCase("utf16be no bom",
            b'\x00s\x00t\x00a\x00d\x00t\x00,\x00e\x00s\x00s\x00e\x00n\x00,\x00p\x00r\x00e\x00i\x00'
            b's\x00\n\x00Z\x00\xfc\x00r\x00i\x00c\x00h\x00,\x00C\x00r\x00\xe8\x00m\x00e\x00 \x00'
            b'b\x00r\x00\xfb\x00l\x00\xe9\x00e\x00,\x001\x002\x00.\x005\x00\n'
            b'\x00M\x00\xe1\x00l\x00a\x00g\x00a\x00,\x00j\x00a\x00l\x00a\x00p\x00e\x00\xf1\x00o\x00'
            b',\x003\x00.\x002\x005\x00\n\x00K\x00r\x00a\x00k\x00\xf3\x00w\x00,\x01|\x00u\x00r\x00'
            b'e\x00k\x00,\x004\x00.\x000\x00\n\x00T\x00r\x00o\x00m\x00s\x00\xf8\x00,\x00s\x00m\x00'
            b'\xf8\x00r\x00r\x00e\x00b\x00r\x00\xf8\x00d\x00,\x007\x00.\x005\x00\n'
            b'\x00P\x00l\x00z\x00e\x01H\x00,\x01Y\x00\xed\x00z\x00e\x00k\x00,\x008\x00.\x000\x00'
            b'\n',
            {"stadt": ["Zürich", "Málaga", "Kraków", "Tromsø", "Plzeň"], "essen": ["Crème brûlée", "jalapeño",
            "żurek", "smørrebrød", "řízek"], "preis": [12.5, 3.25, 4.0, 7.5, 8.0]}),
    CsvCase("utf32 bom",
            b'\xff\xfe\x00\x00s\x00\x00\x00t\x00\x00\x00a\x00\x00\x00d\x00\x00\x00t\x00\x00\x00,'
            b'\x00\x00\x00e\x00\x00\x00s\x00\x00\x00s\x00\x00\x00e\x00\x00\x00n\x00\x00\x00,\x00'
            b'\x00\x00p\x00\x00\x00r\x00\x00\x00e\x00\x00\x00i\x00\x00\x00s\x00\x00\x00\n'
            b'\x00\x00\x00Z\x00\x00\x00\xfc\x00\x00\x00r\x00\x00\x00i\x00\x00\x00c\x00\x00\x00h\x00'
            b'\x00\x00,\x00\x00\x00C\x00\x00\x00r\x00\x00\x00\xe8\x00\x00\x00m\x00\x00\x00e\x00\x00'
            b'\x00 \x00\x00\x00b\x00\x00\x00r\x00\x00\x00\xfb\x00\x00\x00l\x00\x00\x00\xe9\x00\x00'
            b'\x00e\x00\x00\x00,\x00\x00\x001\x00\x00\x002\x00\x00\x00.\x00\x00\x005\x00\x00\x00'
            b'\n\x00\x00\x00M\x00\x00\x00\xe1\x00\x00\x00l\x00\x00\x00a\x00\x00\x00g\x00\x00\x00'
            b'a\x00\x00\x00,\x00\x00\x00j\x00\x00\x00a\x00\x00\x00l\x00\x00\x00a\x00\x00\x00p\x00'
            b'\x00\x00e\x00\x00\x00\xf1\x00\x00\x00o\x00\x00\x00,\x00\x00\x003\x00\x00\x00.\x00\x00'
            b'\x002\x00\x00\x005\x00\x00\x00\n\x00\x00\x00K\x00\x00\x00r\x00\x00\x00a\x00\x00\x00'
            b'k\x00\x00\x00\xf3\x00\x00\x00w\x00\x00\x00,\x00\x00\x00|\x01\x00\x00u\x00\x00\x00r'
            b'\x00\x00\x00e\x00\x00\x00k\x00\x00\x00,\x00\x00\x004\x00\x00\x00.\x00\x00\x000\x00'
            b'\x00\x00\n\x00\x00\x00T\x00\x00\x00r\x00\x00\x00o\x00\x00\x00m\x00\x00\x00s\x00\x00'
            b'\x00\xf8\x00\x00\x00,\x00\x00\x00s\x00\x00\x00m\x00\x00\x00\xf8\x00\x00\x00r\x00\x00'
            b'\x00r\x00\x00\x00e\x00\x00\x00b\x00\x00\x00r\x00\x00\x00\xf8\x00\x00\x00d\x00\x00\x00'
            b',\x00\x00\x007\x00\x00\x00.\x00\x00\x005\x00\x00\x00\n\x00\x00\x00P\x00\x00\x00l\x00'
            b'\x00\x00z\x00\x00\x00e\x00\x00\x00H\x01\x00\x00,\x00\x00\x00Y\x01\x00\x00\xed\x00\x00'
            b'\x00z\x00\x00\x00e\x00\x00\x00k\x00\x00\x00,\x00\x00\x008\x00\x00\x00.\x00\x00\x00'
            b'0\x00\x00\x00\n\x00\x00\x00',
            {"stadt": ["Zürich", "Málaga", "Kraków", "Tromsø", "Plzeň"], "essen": ["Crème brûlée", "jalapeño",
            "żurek", "smørrebrød", "řízek"], "preis": [12.5, 3.25, 4.0, 7.5, 8.0]}),
    CsvCase("utf8 with cp1252 second half (merged)",
            b'stadt;essen;preis\nZ\xc3\xbcrich;K\xc3\xa4se \xe2\x80\x9emild\xe2\x80\x9c;12.5\n'
            b'K\xc3\xb6ln;Br\xc3\xbche \xe2\x80\x93 hei\xc3\x9f;3.25\n'
            b'\xc3\x96sterreich;S\xc3\xbc\xc3\x9fes;4.0\nZ\xfcrich;K\xe4se \x84mild\x93;12.5\n'
            b'K\xf6ln;Br\xfche \x96 hei\xdf;3.25\n\xd6sterreich;S\xfc\xdfes;4.0\n',
            group="refused", line=5),
    CsvCase("merged with bom in middle",
            "\ufeffstadt,essen,preis\nZürich,Crème brûlée,12.5\nMálaga,jalapeño,3.25\n"
            "Kraków,żurek,4.0\nTromsø,smørrebrød,7.5\nPlzeň,řízek,8.0\n"
            "\ufeffstadt,essen,preis\nZürich,Crème brûlée,12.5\nMálaga,jalapeño,3.25\n"
            "Kraków,żurek,4.0\nTromsø,smørrebrød,7.5\nPlzeň,řízek,8.0\n",
            {"stadt": ["Zürich", "Málaga", "Kraków", "Tromsø", "Plzeň", "Zürich", "Málaga", "Kraków",
            "Tromsø", "Plzeň"], "essen": ["Crème brûlée", "jalapeño", "żurek", "smørrebrød", "řízek",
            "Crème brûlée", "jalapeño", "żurek", "smørrebrød", "řízek"], "preis": [12.5, 3.25, 4.0, 7.5, 8.0,
            12.5, 3.25, 4.0, 7.5, 8.0]},
            group="reported with its line", told=(7, 7), line=7),
    CsvCase("merged without newline between",
            "a,b\n1,x\n2,y3,z\n4,w\n",
            {"a": [1.0, 2.0, 4.0], "b": ["x", "y3", "w"]},
            group="refused", line=3),
    CsvCase("double encoded utf8",
            b'stadt;essen;preis\nZ\xc3\x83\xc2\xbcrich;K\xc3\x83\xc2\xa4se \xc3\xa2\xe2\x82\xac\xc5'
            b'\xbemild\xc3\xa2\xe2\x82\xac\xc5\x93;12.5\nK\xc3\x83\xc2\xb6ln;Br\xc3\x83\xc2\xbch'
            b'e \xc3\xa2\xe2\x82\xac\xe2\x80\x9c hei\xc3\x83\xc5\xb8;3.25\n'
            b'\xc3\x83\xe2\x80\x93sterreich;S\xc3\x83\xc2\xbc\xc3\x83\xc5\xb8es;4.0\n',
            group="reported with its line", line=2),
    CsvCase("mac roman",
            b'ville,n\nGen\x8fve,1\nOrl\x8ean,2\nNice,3\n',
            group="refused", line=2),
    CsvCase("cp850 dos german",
            b'stadt;n\nZ\x81rich;1\nK\x94ln;2\nMainz;3\n',
            group="refused", line=2),
    CsvCase("cp1250 polish",
            b'miasto;n\n\xa3\xf3d\x9f;1\nGda\xf1sk;2\nWroc\xb3aw;3\nPozna\xf1;4\n',
            group="reported with its line", line=2),
    CsvCase("koi8r",
            b'\xc7\xcf\xd2\xcf\xc4,n\n\xed\xcf\xd3\xcb\xd7\xc1,1\n\xeb\xc1\xda\xc1\xce\xd8,2\n'
            b'\xf4\xd5\xcc\xc1,3\n',
            group="reported with its line", line=1),
    CsvCase("gb18030",
            b'\xb3\xc7\xca\xd0,\xca\xfd\n\xb1\xb1\xbe\xa9,1\n\xc9\xcf\xba\xa3,2\n'
            b'\xb9\xe3\xd6\xdd,3\n',
            group="reported with its line", line=1),
    CsvCase("big5",
            b'\xab\xb0\xa5\xab,\xbc\xc6\n\xbbO\xa5_,1\n\xb0\xaa\xb6\xaf,2\n'
            b'\xbbO\xa4\xa4,3\n',
            group="reported with its line", line=1),
    CsvCase("ebcdic",
            b'\xc1k\xc2%\xf1k\xf2%\xf3k\xf4%',
            group="refused", line=1),
    CsvCase("zero width in names",
            "\u200bid,na\u200bme,v\n1,A,2.5\n2,B,3.5\n",
            {"id": [1.0, 2.0], "name": ["A", "B"], "v": [2.5, 3.5]},
            group="exact or refused"),
    CsvCase("control chars in numbers",
            "k,v\na,12\x00\nb,13\nc,14\n",
            group="refused", line=2),
    CsvCase("cut in quoted cell",
            'id,txt,v\n1,"some, text 1",2\n2,"some, text 2",4\n3,"some, text 3",6\n'
            '4,"some, text 4",8\n5,"some, text 5",10\n6,"some, text 6",12\n'
            '7,"some, text 7",14\n8,"some, text 8",16\n9,"some, text 9",18\n'
            '10,"some, text 10",20\n11,"some, text 11",22\n12,"some, text 12",24\n'
            '13,"some, text 13",26\n14,"some, text 14",28\n15,"some, text 15",30\n'
            '16,"some, text 16",32\n17,"some, text 17",34\n18,"some, text 18",36\n'
            '19,"some, text 19",38\n20,"some, te',
            group="refused", line=21),
    CsvCase("cut in multibyte",
            b'id,txt\n1,K\xc3\xa4se1\n2,K\xc3\xa4se2\n3,K\xc3\xa4se3\n'
            b'4,K\xc3\xa4se4\n5,K\xc3\xa4se5\n6,K\xc3\xa4se6\n7,K\xc3\xa4se7\n'
            b'8,K\xc3\xa4se8\n9,K\xc3\xa4se9\n10,K\xc3\xa4se10\n11,K\xc3\xa4se11\n'
            b'12,K\xc3\xa4se12\n13,K\xc3\xa4se13\n14,K\xc3\xa4se14\n15,K\xc3\xa4se15\n'
            b'16,K\xc3\xa4se16\n17,K\xc3\xa4se17\n18,K\xc3\xa4se18\n19,K\xc3\xa4se19\n'
            b'20,K\xc3',
            group="refused", line=21),
    CsvCase("cut after a delimiter",
            "id,a,b\n1,2,3\n2,4,6\n3,6,9\n4,8,12\n5,10,15\n6,12,18\n7,14,21\n"
            "8,16,24\n9,18,27\n10,20,30\n11,22,33\n12,24,36\n13,26,39\n"
            "14,28,42\n15,30,45\n16,32,48\n17,34,51\n18,36,54\n19,38,57\n"
            "20,40,",
            group="reported with its line", line=21),
    CsvCase("cut in a number silently",
            "id,a,b\n1,2.5000,3.2500\n2,5.0000,6.5000\n3,7.5000,9.7500\n"
            "4,10.0000,13.0000\n5,12.5000,16.2500\n6,15.0000,19.5000\n"
            "7,17.5000,22.7500\n8,20.0000,26.0000\n9,22.5000,29.2500\n"
            "10,25.0000,32.5000\n11,27.5000,35.7500\n12,30.0000,39.0000\n"
            "13,32.5000,42.2500\n14,35.0000,45.5000\n15,37.5000,48.7500\n"
            "16,40.0000,52.0000\n17,42.5000,55.2500\n18,45.0000,58.5000\n"
            "19,47.5000,61.7500\n20,50.0000,65.0",
            group="reported with its line", line=21),
    CsvCase("cut row short",
            "id,a,b\n1,2,3\n2,4,6\n3,6,9\n4,8,12\n5,10,15\n6,12,18\n7,14,21\n"
            "8,16,24\n9,18,27\n10,20,30\n11,22,33\n12,24,36\n13,26,39\n"
            "14,28,42\n15,30,45\n16,32,48\n17,34,51\n18,36,54\n19,38,57\n"
            "20,4",
            group="refused", line=21),
    CsvCase("html error at the end",
            "id,a\n1,2\n2,4\n3,6\n4,8\n5,10\n6,12\n7,14\n8,16\n9,18\n10,20\n"
            "11,22\n12,24\n13,26\n14,28\n15,30\n16,32\n17,34\n18,36\n19,38\n"
            "<html><body><h1>504 Gateway Time-out</h1></body></html>\n",
            group="reported with its line", line=21),
    CsvCase("php notice at the end",
            "id,a\n1,2\n2,4\n3,6\nNotice: Undefined index: q in /var/www/x.php on line 9\n",
            group="reported with its line", line=5),
    CsvCase("json error",
            '{"error": "not found", "code": 404}\n',
            group="refused"),
    CsvCase("curl progress in file",
            "  % Total    % Received % Xferd  Average Speed\n                                 Dl"
            "oad  Upload\nid,a\n1,2\n2,4\n3,6\n",
            group="reported with its line", line=1),
    CsvCase("git lfs pointer",
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69"
            "d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n",
            group="refused"),
    CsvCase("login page",
            "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n",
            group="refused"),
    CsvCase("ellipsis rows",
            "id,a\n1,2\n2,4\n...,...\n99,198\n100,200\n",
            {"id": [1.0, 2.0, 99.0, 100.0], "a": [2.0, 4.0, 198.0, 200.0]},
            group="reported with its line", told=(4,), line=4),
    CsvCase("ellipsis footer pandas",
            "   id    a\n0   1  2.5\n1   2  3.5\n..  .. ...\n98 99  4.5\n"
            "99 100 5.5\n\n[100 rows x 2 columns]\n",
            group="reported with its line", line=1),
    CsvCase("newline in quoted header",
            '"id","income\n(EUR)","note"\n1,2500,"a\nb"\n2,3100,c\n3,1800,"d"\n',
            {"id": [1.0, 2.0, 3.0], "income (EUR)": [2500.0, 3100.0, 1800.0], "note": ["a\nb", "c", "d"]},
            group="exact or refused", told=(1,)),
    CsvCase("unescaped inner quotes",
            'id,title,v\n1,"The "big" one",2\n2,"Plain",3\n3,"Other",4\n',
            group="refused", line=2),
    CsvCase("inches unquoted",
            'id,size,v\n1,5" pipe,2\n2,6" pipe,3\n3,7" pipe,4\n',
            {"id": [1.0, 2.0, 3.0], "size": ['5" pipe', '6" pipe', '7" pipe'], "v": [2.0, 3.0, 4.0]}),
    CsvCase("smart quotes as quotes with commas",
            "id,txt,v\n1,“a, b”,2\n2,“c, d”,3\n3,“e, f”,4\n",
            group="reported with its line", line=1),
    CsvCase("single quotes with apostrophe",
            "id,name,v\n1,'O''Brien',2\n2,'Smith',3\n3,'D, E',4\n",
            {"id": [1.0, 2.0, 3.0], "name": ["O'Brien", "Smith", "D, E"], "v": [2.0, 3.0, 4.0]}),
    CsvCase("whole lines quoted",
            '"id,a,b"\n"1,2,3"\n"2,4,6"\n"3,6,9"\n',
            group="refused", line=1),
    CsvCase("excel double quoted again",
            '"id,""name"",v"\n"1,""A, B"",2"\n"2,""C"",3"\n',
            group="reported with its line", line=1),
    CsvCase("semicolons, decimal comma quoted",
            '"a";"b"\n"1,5";"x;y"\n"2,5";"z"\n"3,25";"w"\n',
            {"a": [1.5, 2.5, 3.25], "b": ["x;y", "z", "w"]}),
    CsvCase("comma delim, decimal comma unquoted",
            "a,b\n1,5,2,5\n2,5,3,5\n3,25,4,5\n",
            group="refused", line=2),
    CsvCase("comma delim, decimal comma quoted",
            'a,b\n"1,5","2,5"\n"2,5","3,5"\n"3,25","4,5"\n',
            {"a": [1.5, 2.5, 3.25], "b": [2.5, 3.5, 4.5]}),
    CsvCase("last empty cells left out",
            "id,a,b,c\n1,2,3,4\n2,3\n3,4,5\n4,5,6,7\n5\n6,7,8,9\n",
            group="reported with its line", line=3),
    CsvCase("one row with an extra comma in text",
            "id,city,v\n1,Paris,5\n2,Washington, DC,6\n3,Rome,7\n4,Oslo,8\n",
            group="refused", line=3),
    CsvCase("two rows shifted left",
            "id,name,age,city\n1,Ann,34,Rome\n2,Bob,Oslo\n3,Cy,61,Bern\n"
            "4,45,Kiel\n5,Ed,29,Graz\n",
            group="refused", line=3),
    CsvCase("shifted inside full width",
            "id,name,age,city\n1,Ann,34,Rome\n2,Bob,28,Oslo\n3,,Cy,61\n"
            "4,Di,45,Kiel\n5,Ed,29,Graz\n6,Flo,30,Pisa\n7,Gus,31,Linz\n",
            group="reported with its line", line=4),
    CsvCase("trailing tabs in rows not in header",
            "a\tb\n1\t2\t\n3\t4\t\n5\t6\t\n",
            {"a": [1.0, 3.0, 5.0], "b": [2.0, 4.0, 6.0]}),
    CsvCase("trailing semicolons only in header",
            "a;b;\n1;2\n3;4\n5;6\n",
            {"a": [1.0, 3.0, 5.0], "b": [2.0, 4.0, 6.0]}),
    CsvCase("blank lines between rows",
            "a,b\n\n1,2\n\n3,4\n\n5,6\n\n",
            {"a": [1.0, 3.0, 5.0], "b": [2.0, 4.0, 6.0]}),
    CsvCase("rows separated by form feeds pages",
            "Page 1\na,b\n1,2\n3,4\n\x0cPage 2\na,b\n5,6\n7,8\n",
            group="refused", line=5),
    CsvCase("two tables side by side",
            "a,b,,c,d\n1,2,,x,5\n3,4,,y,6\n5,6,,z,7\n",
            {"a": [1.0, 3.0, 5.0], "b": [2.0, 4.0, 6.0], "column_3": [None, None, None], "c": ["x", "y", "z"],
            "d": [5.0, 6.0, 7.0]},
            told=(1,)),
    CsvCase("stacked tables same width",
            "a,b\n1,2\n3,4\n\nc,d\n5,x\n6,y\n",
            group="refused", line=5),
]  # fmt: skip
