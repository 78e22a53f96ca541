"""Files in the encodings that programs write, and damaged ones."""

from __future__ import annotations

import codecs

from csv_corpus import CsvCase

from regdesk.core.reading_options import ReadingOptions

TEXT = "größe,stadt\n1.5,Köln\n2,Malmö\n3,Łódź\n"
CELLS = {"größe": [1.5, 2.0, 3.0], "stadt": ["Köln", "Malmö", "Łódź"]}
CYRILLIC = "имя,город\nИван,Москва\nАнна,Казань\nПётр,Самара\n"
OTHER_SCRIPTS = [
    *((name, "Cyrillic: 'имя'", CYRILLIC) for name in ("cp1251", "koi8-r", "iso8859-5")),
    ("gb18030", "'姓名'", "姓名,城市\n张伟,北京\n王芳,上海\n李娜,广州\n"),
    ("big5", "'功能'", "功能,城市\n1,臺北\n2,高雄\n3,許可\n"),
    ("euc-jp", "'都市'", "都市,数\n東京,1\nカナ,2\n"),
    ("euc-kr", "'이름'", "이름,도시\n김철수,서울\n이영희,부산\n"),
    ("cp1253", "'όνομα'", "όνομα,πόλη\nΓιώργος,Αθήνα\nΜαρία,Πάτρα\n"),
    ("cp1255", "'עיר'", "עיר,n\nירושלים,1\nחיפה,2\n"),
    ("cp1256", "'مدينة'", "مدينة,n\nالقاهرة,1\nدبي,2\n"),
]
POLISH = "n,miasto\n1,Łódź\n2,Kraków\n3,Gdańsk\n"
LATIN = [
    ("cp1250", POLISH, 2, "that is hardly right, as it may be cp1250 (Central European: 'Łódź')"),
    ("iso8859-2", POLISH, 2, "that is hardly right, as it may be iso8859-2 (Central European: 'Łódź')"),
    ("cp1250", "n,mesto\n1,Plzeň\n2,Děčín\n", 2, "cp1250 (Central European: 'Plzeň')"),
    ("cp1250", "n,város\n1,Pécs\n2,Győr\n", 3, "it may also be cp1250 (Central European: 'Győr')"),
    ("cp1254", "n,kent\n1,İstanbul\n2,Eskişehir\n3,Muğla\n", 2, "it may also be cp1254 (Turkish: 'İstanbul')"),
    ("cp1257", "n,miestas\n1,Šiauliai\n2,Panevėžys\n", 2, "cp1257 (Baltic: 'Šiauliai')"),
    ("mac-roman", "n,ville\n1,Nîmes\n2,Malmö\n", 2, "mac-roman (Western European, Macintosh: 'Nîmes')"),
    ("mac-roman", "n,s\n1,it’s\n2,“x”\n", 2, "mac-roman (Western European, Macintosh: 'it’s')"),
    ("cp850", "n,ville\n1,Orléans\n2,Besançon\n", 2, "cp850 (Western European, DOS: 'Orléans')"),
    ("iso8859-15", "n,prix\n1,5 €\n2,6 €\n", 2, "iso8859-15 (Western European: '€')"),
]
PLAIN_WESTERN = (
    "Orléans Besançon Nîmes Château Œuvre", "Köln Zürich Straße", "Málaga Coruña Logroño º ª", "São Luís Conceição",
    "Malmö Ängelholm Åre", "Århus Bærum Tromsø", "Reykjavík Þórshöfn Ísafjörður", "Perché Città Forlì",
    "Straße ÜBER café’s", "5°C 3m² µg 7€ ½ ©",
)  # fmt: skip
NO_GUESS = "if that is wrong, say the encoding (--encoding, or Encoding in the dialog that opens files)"
CHINESE = "城市,数\n北京,1\n上海,2\n"
WESTERN = TEXT.replace("Łódź", "Zürich")
WESTERN_CELLS = {"größe": [1.5, 2.0, 3.0], "stadt": ["Köln", "Malmö", "Zürich"]}
LONG = "n,word\n" + "".join(f"{number},Köln{number % 3}\n" for number in range(30_000))

CASES = [
    CsvCase("utf-8", TEXT, CELLS),
    CsvCase("utf-8 with a mark", codecs.BOM_UTF8 + TEXT.encode(), CELLS),
    CsvCase("a mark and a quoted name", codecs.BOM_UTF8 + b'"a","b"\n1,x\n2,y\n', {"a": [1.0, 2.0], "b": ["x", "y"]}),
    CsvCase("two marks", codecs.BOM_UTF8 * 2 + b"a,b\n1,x\n2,y\n", {"a": [1.0, 2.0], "b": ["x", "y"]}),
    *(
        CsvCase(f"{name} with a mark", mark + TEXT.encode(name), CELLS)
        for name, mark in (
            ("utf-16-le", codecs.BOM_UTF16_LE),
            ("utf-16-be", codecs.BOM_UTF16_BE),
            ("utf-32-le", codecs.BOM_UTF32_LE),
            ("utf-32-be", codecs.BOM_UTF32_BE),
        )
    ),
    *(
        CsvCase(f"{name} without a mark", TEXT.encode(name), CELLS)
        for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    ),
    CsvCase(
        "utf-16 of another script, without a mark",
        "名前,数\n東京,1\n大阪,2\n京都,3\n".encode("utf-16-le"),
        {"名前": ["東京", "大阪", "京都"], "数": [1.0, 2.0, 3.0]},
    ),
    CsvCase("utf-16 from Excel, tabs", "a\tb\r\n1\tx\r\n2\ty\r\n".encode("utf-16"), {"a": [1.0, 2.0], "b": ["x", "y"]}),
    CsvCase(
        "utf-16 cut in the middle of a unit",
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1],
        group="reported with its line",
        line=4,
    ),
    *(
        CsvCase(f"another script in {name}", text.encode(name), group="reported with its line", told=(1,), line=1,
                words=words)
        for name, words, text in OTHER_SCRIPTS
    ),
    *(
        CsvCase(f"accents beside each other, {name}", f"{';'.join(words)};n\n1;2;3;4;0\n5;7;6;8;2\n".encode("cp1252"),
                dict(zip((*words, "n"), ([1.0, 5.0], [2.0, 7.0], [3.0, 6.0], [4.0, 8.0], [0.0, 2.0]), strict=True)),
                told=(1,), words="if that is wrong, say the encoding (--encoding")
        for name, words in (
            ("Portuguese", ("População", "Educação", "Avaliação", "Situação")),
            ("German", ("Größe", "Schuhgröße", "Hutgröße", "Ringgröße")),
        )
    ),
    CsvCase("a script that is not known",
            b"n,s\n1,\xd0\xd0\xfe\n2,\xd8\xf0\xde\xd0\n3,\xfe\xd7\xd8\n4,\xd0\xd7\xde\xd8\n",
            group="reported with its line", line=2, words="that is hardly right"),
    *(
        CsvCase(f"{text.split()[1]} in {name}", text.encode(name), group="reported with its line", line=line,
                words=words)
        for name, text, line, words in LATIN
    ),
    *(
        CsvCase(f"cp1252, {words}", ("n,s\n" + "".join(f"1,{one}\n" for one in words.split())).encode("cp1252"),
                {"n": [1.0] * len(words.split()), "s": words.split()},
                told=(next(line for line, one in enumerate(words.split(), 2) if not one.isascii()),), words=NO_GUESS)
        for words in PLAIN_WESTERN
    ),
    CsvCase("shift-jis", "都市,数\n東京,1\n大阪,2\nカナガワ,5\n".encode("shift_jis"), group="refused",
            words="it may be shift_jis (Japanese: '都市')"),
    CsvCase("mac-roman with bytes that cp1252 lacks", "n,s\n1,Besançon\n2,Orléans\n".encode("mac-roman"),
            group="refused", line=2, words="it may be mac-roman (Western European, Macintosh: 'Besançon')"),
    CsvCase("hz", CHINESE.encode("hz"), {"~{3GJP~}": ["~{11>)~}", "~{IO:#~}"], "~{J}~}": [1.0, 2.0]}, told=(1,),
            words="'~{3GJP~}' is '城市' in HZ, Chinese written in ASCII"),
    CsvCase("hz that was said", CHINESE.encode("hz"), {"城市": ["北京", "上海"], "数": [1.0, 2.0]},
            options=ReadingOptions(encoding="hz")),
    CsvCase("braces behind tildes", "k,v\n~{a},1\n~{b}~,2\n", {"k": ["~{a}", "~{b}~"], "v": [1.0, 2.0]}),
    CsvCase("utf-7", "k,v\nK+APY-ln,1\nMalm+APY-,2\n", {"k": ["K+APY-ln", "Malm+APY-"], "v": [1.0, 2.0]}, told=(2,),
            words="'K+APY-ln' is 'Köln' in UTF-7"),
    CsvCase("plus signs that are no utf-7", "k,v,t\njohn+tag@x.org,1e+05,+4912345678\nNa+ClO-,2e+05,+4912345699\n",
            {"k": ["john+tag@x.org", "Na+ClO-"], "v": [1e5, 2e5], "t": ["+4912345678", "+4912345699"]}),
    CsvCase("cp1252", WESTERN.encode("cp1252"), WESTERN_CELLS, told=(1,), words="read as cp1252"),
    CsvCase("latin-1 with a single byte far down", b"a,b\n" + b"1,x\n" * 3 + b"2,caf\xe9\n", {
        "a": [1.0, 1.0, 1.0, 2.0], "b": ["x", "x", "x", "café"],
    }, told=(5,), words="'café'"),
    CsvCase("cp1252 quotes and dashes", "a,b\n1,“x” – €\n2,y\n".encode("cp1252"), {
        "a": [1.0, 2.0], "b": ["“x” – €", "y"],
    }, told=(2,)),
    CsvCase("cp1252 that was said", WESTERN.encode("cp1252"), WESTERN_CELLS, options=ReadingOptions(encoding="cp1252")),
    CsvCase("cp850 that was said", WESTERN.encode("cp850"), WESTERN_CELLS, options=ReadingOptions(encoding="cp850")),
    CsvCase("utf-16 that was said", TEXT.encode("utf-16"), CELLS, options=ReadingOptions(encoding="utf-16")),
    CsvCase("utf-16 that was said, without a mark", TEXT.encode("utf-16-be"), CELLS,
            options=ReadingOptions(encoding="utf-16")),
    CsvCase("koi8-r that was said", "a,b\n1,Москва\n2,Тула\n".encode("koi8-r"), {
        "a": [1.0, 2.0], "b": ["Москва", "Тула"],
    }, options=ReadingOptions(encoding="koi8-r")),
    CsvCase("shift-jis that was said", "a,b\n1,東京\n2,大阪\n".encode("shift-jis"), {
        "a": [1.0, 2.0], "b": ["東京", "大阪"],
    }, options=ReadingOptions(encoding="shift_jis")),
    CsvCase("one wrong byte deep in utf-8", LONG.encode().replace(b"29000,K\xc3\xb6ln", b"29000,K\xf6ln"),
            group="reported with its line", line=29_002, words="0xF6"),
    CsvCase("wrong bytes in several lines of utf-8", b"a,b\n1,K\xc3\xb6ln\n2,K\xf6ln\n3,\xc3\xa9\n4,\xff\n5,\xc3\xa9\n",
            group="refused", line=3, words="so it is in line 5"),
    CsvCase("utf-8 cut in the middle of a letter", "a,b\n1,Köln\n2,Ö".encode()[:-1], group="refused", line=3),
    CsvCase("a mark of utf-8 and bytes of cp1252", codecs.BOM_UTF8 + b"a,b\n1,x\n2,\xe9\n", group="refused", line=3),
    CsvCase("neither utf-8 nor cp1252", b"a,b\n1,\xe9\n2,\x81\x8d\n", group="refused", line=3, words="neither"),
    CsvCase("utf-8 with C1 characters meant as cp1252", "a,b\n1,x\n2,it\x92s\n".encode(), {
        "a": [1.0, 2.0], "b": ["x", "it’s"],
    }, told=(3,), words="U+0080"),
    CsvCase("latin-1 that was said and cp1252 that was meant", b"a,b\n1,\x93x\x94\n2,y\n", {
        "a": [1.0, 2.0], "b": ["“x”", "y"],
    }, told=(2,), options=ReadingOptions(encoding="latin-1")),
    CsvCase("a zero byte", b"a,b\n1,2\n3\x00,4\n", group="refused", line=3, words="NUL"),
    CsvCase("zero bytes at the end", b"a,b\n1,2\n3,4\n" + b"\0" * 4096, group="refused"),
    CsvCase("nothing but zero bytes", b"\0" * 4096, group="refused"),
    CsvCase("encoded twice", "k,v\nParis,1\nKÃ¶ln,2\nMalmÃ¶,3\n",
            {"k": ["Paris", "KÃ¶ln", "MalmÃ¶"], "v": [1.0, 2.0, 3.0]}, told=(3,), words="looks like 'Köln'"),
    CsvCase("quotes encoded twice by way of latin-1", "k,v\nParis,1\nitâ\x80\x99s,2\nb,5\n",
            {"k": ["Paris", "itâ\x80\x99s", "b"], "v": [1.0, 2.0, 5.0]}, told=(3,), words="'it’s'"),
    CsvCase("capitals and quotes that look like it", "k,v\n«IRMÃ»,1\n5 Å³,2\nPiñata™,5\nÉ’s,4\n",
            {"k": ["«IRMÃ»", "5 Å³", "Piñata™", "É’s"], "v": [1.0, 2.0, 5.0, 4.0]}),
    CsvCase("letters lost before", "k,v\nParis,1\nK\ufffdln,2\nMalm\ufffd,4\n",
            {"k": ["Paris", "K\ufffdln", "Malm\ufffd"], "v": [1.0, 2.0, 4.0]}, told=(3,), words="1 other line"),
    CsvCase("two encodings", b"k,v\nK\xc3\xb6ln,1\nZ\xfcrich,2\nMalm\xf6,4\n", group="refused", line=3,
            words="as line 2 is with 'Köln'; so it is in line 4"),
    CsvCase("ISO-2022", "都市,v\n東京,1\n大阪,2\n".encode("iso2022_jp"), group="refused", line=1, words="iso2022_jp"),
    CsvCase("ISO-2022 with narrow letters alone", "k,v\nｱｲ,1\nｶ,2\n".encode("iso2022_jp_ext"), group="refused", line=2,
            words="iso2022_jp_ext"),
    CsvCase("ISO-2022 of Korea", "도시,v\n서울,1\n부산,2\n".encode("iso2022_kr"), group="refused", line=1,
            words="iso2022_kr"),
    CsvCase("ISO-2022 of Korea that was said", "도시,v\n서울,1\n부산,5\n".encode("iso2022_kr"),
            {"도시": ["서울", "부산"], "v": [1.0, 5.0]}, options=ReadingOptions(encoding="iso2022_kr")),
    CsvCase("ISO-2022 that was said", "都市,v\n東京,1\n大阪,5\n".encode("iso2022_jp"),
            {"都市": ["東京", "大阪"], "v": [1.0, 5.0]}, options=ReadingOptions(encoding="iso2022_jp")),
    CsvCase("colours of a terminal", "k,v\n\x1b[31ma,1\nb,4\n", {"k": ["\x1b[31ma", "b"], "v": [1.0, 4.0]}),
]  # fmt: skip
