"""Encodings, control characters, line ends, and files with hardly anything in them."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("cp1252", b'gr\xf6\xdfe,stadt\n1.5,K\xf6ln\n2,Malm\xf6\n3,Z\xfcrich\n',
            {"größe": [1.5, 2.0, 3.0], "stadt": ["Köln", "Malmö", "Zürich"]},
            told=(1,)),
    CsvCase("latin1 decimals", b'preis;stadt\n1,5;K\xf6ln\n2,5;Malm\xf6\n',
            {"preis": [1.5, 2.5], "stadt": ["Köln", "Malmö"]},
            told=(2,)),
    CsvCase("cp1252 euro", b'p;s\n5 \x80;K\xf6ln\n6 \x80;Malm\xf6\n',
            {"p": [5.0, 6.0], "s": ["Köln", "Malmö"]},
            told=(2, 2)),
    CsvCase("utf16 le nobom tabs semis",
            b'g\x00r\x00\xf6\x00\xdf\x00e\x00;\x00s\x00t\x00a\x00d\x00t\x00\n'
            b'\x001\x00.\x005\x00;\x00K\x00\xf6\x00l\x00n\x00\n\x002\x00;\x00M\x00a\x00l\x00m\x00\xf6\x00\n'
            b'\x003\x00;\x00Z\x00\xfc\x00r\x00i\x00c\x00h\x00\n\x00',
            {"größe": [1.5, 2.0, 3.0], "stadt": ["Köln", "Malmö", "Zürich"]}),
    CsvCase("utf16 be bom CRLF",
            b'\xfe\xff\x00g\x00r\x00\xf6\x00\xdf\x00e\x00,\x00s\x00t\x00a\x00d\x00t\x00\r\x00\n'
            b'\x001\x00.\x005\x00,\x00K\x00\xf6\x00l\x00n\x00\r\x00\n'
            b'\x002\x00,\x00M\x00a\x00l\x00m\x00\xf6\x00\r\x00\n'
            b'\x003\x00,\x00Z\x00\xfc\x00r\x00i\x00c\x00h\x00\r\x00\n',
            {"größe": [1.5, 2.0, 3.0], "stadt": ["Köln", "Malmö", "Zürich"]}),
    CsvCase("utf16 only ascii nobom 2 lines", b'a\x00,\x00b\x00\n\x001\x00,\x002\x00\n\x00',
            {"a": [1.0], "b": [2.0]}),
    CsvCase("utf16 cjk nobom",
            b"\rT,\x00pe\n\x00qg\xacN\xfd\x90\x0bn7\x8c:S,\x001\x00\n\x00'Y*\x96\x9c^'Y*\x96\x02^,\x002\x00\n\x00",
            {"名": ["東京都渋谷区", "大阪府大阪市"], "数": [1.0, 2.0]}),
    CsvCase("utf32 le nobom",
            b'g\x00\x00\x00r\x00\x00\x00\xf6\x00\x00\x00\xdf\x00\x00\x00e\x00\x00\x00,\x00\x00\x00s'
            b'\x00\x00\x00t\x00\x00\x00a\x00\x00\x00d\x00\x00\x00t\x00\x00\x00\n'
            b'\x00\x00\x001\x00\x00\x00.\x00\x00\x005\x00\x00\x00,\x00\x00\x00K\x00\x00\x00\xf6\x00'
            b'\x00\x00l\x00\x00\x00n\x00\x00\x00\n'
            b'\x00\x00\x002\x00\x00\x00,\x00\x00\x00M\x00\x00\x00a\x00\x00\x00l\x00\x00\x00m\x00'
            b'\x00\x00\xf6\x00\x00\x00\n'
            b'\x00\x00\x003\x00\x00\x00,\x00\x00\x00Z\x00\x00\x00\xfc\x00\x00\x00r\x00\x00\x00i\x00'
            b'\x00\x00c\x00\x00\x00h\x00\x00\x00\n'
            b'\x00\x00\x00',
            {"größe": [1.5, 2.0, 3.0], "stadt": ["Köln", "Malmö", "Zürich"]}),
    CsvCase("utf16 odd",
            b'\xff\xfeg\x00r\x00\xf6\x00\xdf\x00e\x00,\x00s\x00t\x00a\x00d\x00t\x00\n'
            b'\x001\x00.\x005\x00,\x00K\x00\xf6\x00l\x00n\x00\n\x002\x00,\x00M\x00a\x00l\x00m\x00\xf6\x00\n'
            b'\x003\x00,\x00Z\x00\xfc\x00r\x00i\x00c\x00h\x00\n\x00x',
            group="reported with its line", line=5),
    CsvCase("utf16 bom but utf8",
            b'\xff\xfegr\xc3\xb6\xc3\x9fe,stadt\n1.5,K\xc3\xb6ln\n2,Malm\xc3\xb6\n3,Z\xc3\xbcrich\n',
            group="refused"),
    CsvCase("utf8 bom quoted header", b'\xef\xbb\xbf"a","b"\n1,x\n',
            {"a": [1.0], "b": ["x"]}),
    CsvCase("utf7", "a,b\n1,K+APY-ln\n2,x\n",
            {"a": [1.0, 2.0], "b": ["K+APY-ln", "x"]},
            group="exact or refused"),
    CsvCase("html entities", "a,b\n1,K&ouml;ln\n2,x\n",
            {"a": [1.0, 2.0], "b": ["K&ouml;ln", "x"]}),
    CsvCase("cp1251 guess", b'a,b\n1,\xcc\xee\xf1\xea\xe2\xe0\n2,\xd2\xf3\xeb\xe0\n',
            group="reported with its line", line=2),
    CsvCase("DOS", b'a,b\n1,caf\x82\n2,x\n',
            group="reported with its line", line=2),
    CsvCase("mac roman", b'a,b\n1,caf\x8e\n2,x\n',
            group="reported with its line", line=2),
    CsvCase("Chinese", b'\xc3\xfb,\xca\xfd\n\xb6\xab\xbe\xa9,1\n\xb4\xf3\xda\xe6,2\n',
            group="reported with its line", line=1),
    CsvCase("EBCDIC", b'\x81k\x82%\xf1k\xa7%\xf2k\xa8%',
            group="refused"),
    CsvCase("nul in the middle", b'a,b\n1,x\n2,\x00y\n3,z\n',
            group="refused", line=3),
    CsvCase("nul padding at the end of cells", b'a,b\n1,x\x00\x00\n2,y\x00\x00\n',
            group="refused", line=2),
    CsvCase("bell control", b'a,b\n1,x\x07\n2,y\n',
            {"a": [1.0, 2.0], "b": ["x\x07", "y"]},
            group="exact or refused"),
    CsvCase("vertical tab and FF lines", "a,b\n1,x\x0by\n2,z\x0cw\n",
            {"a": [1.0, 2.0], "b": ["x\x0by", "z\x0cw"]}),
    CsvCase("FS separators", "a,b\n1,x\x1cy\n2,z\x1dw\n",
            {"a": [1.0, 2.0], "b": ["x\x1cy", "z\x1dw"]}),
    CsvCase("nfd names", "größe,x\n1,2\n3,4\n",
            {"größe": [1.0, 3.0], "x": [2.0, 4.0]},
            group="exact or refused"),
    CsvCase("nfc and nfd labels", "a,b\n1,café\n2,café\n",
            {"a": [1.0, 2.0], "b": ["café", "café"]},
            group="exact or refused"),
    CsvCase("CR CR LF", "a,b\r\r\n1,x\r\r\n2,y\r\r\n",
            {"a": [1.0, 2.0], "b": ["x", "y"]}),
    CsvCase("LF CR", "a,b\n\r1,x\n\r2,y\n\r",
            {"a": [1.0, 2.0], "b": ["x", "y"]}),
    CsvCase("CR in cell unquoted", "a,b,c\n1,x\ry,5\n2,z,6\n",
            group="refused", line=2),
    CsvCase("CR only, quoted newline", 'a,b\r1,"x\ry"\r2,z\r',
            {"a": [1.0, 2.0], "b": ["x\ry", "z"]}),
    CsvCase("only header CRLF", "a,b\r\n",
            group="refused", line=1),
    CsvCase("empty", b'',
            group="refused"),
    CsvCase("bom only", b'\xef\xbb\xbf',
            group="refused"),
    CsvCase("utf16 bom only", b'\xff\xfe',
            group="refused"),
    CsvCase("blank", b' ',
            group="refused"),
    CsvCase("header and blank", "a,b\n\n\n",
            group="refused"),
    CsvCase("header and commas", "a,b\n,\n,\n",
            group="refused"),
    CsvCase("quote alone", '"',
            group="refused"),
    CsvCase("two quotes", '""',
            group="refused"),
    CsvCase("comma alone", ",",
            group="refused"),
    CsvCase("commas", ",,,\n,,,\n",
            group="refused"),
]  # fmt: skip
