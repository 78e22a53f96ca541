"""Bytes that are no text, text that ends too early, and encodings that show no mark."""

from __future__ import annotations

import codecs

from csv_corpus import CsvCase

from regdesk.core.reading_options import ReadingOptions

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}
TEXT = "a,b\n1,x\n2,y\n3,z\n"
HAN = "名,説明\n一,東京都庁舎展望室南北塔\n二,大阪城天守閣西之丸庭園\n三,京都御所御常御殿清涼殿\n"
HAN_CELLS = {
    "名": ["一", "二", "三"],
    "説明": ["東京都庁舎展望室南北塔", "大阪城天守閣西之丸庭園", "京都御所御常御殿清涼殿"],
}
ROWS = "".join(f"{number},Köln,{number % 7}\n" for number in range(20_000))

CASES = [
    *(
        CsvCase(f"text of few zeros in {name}", HAN.encode(name), HAN_CELLS)
        for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    ),
    *(
        CsvCase(f"an odd number of bytes in {name}", (TEXT + "4,w").encode(name)[:-1], group="refused", line=5)
        for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    ),
    CsvCase("half of a surrogate pair", codecs.BOM_UTF16_LE + "a,b\n1,x\n2,".encode("utf-16-le") + b"\x3d\xd8" +
            "\n3,z\n".encode("utf-16-le"), group="refused", line=3),
    CsvCase("zeros between rows of eight bytes", b"abc,de\n\0" * 8, group="refused", line=2, words="NUL"),
    CsvCase("rows padded with zeros", b"a,b\n" + b"1,x\0\0\0\n" * 4, group="refused", line=2, words="NUL"),
    CsvCase("a zero for a missing cell", b"a,b\n1,\0\n2,y\n", group="refused", line=2, words="NUL"),
    CsvCase("a zero far down", b"a,b\n" + b"1,x\n" * 50_000 + b"2,\0\n", group="refused", line=50_002, words="NUL"),
    CsvCase("a zero in quotes over two lines", b'a,b\n1,"x\ny\0"\n2,y\n', group="refused", line=3, words="NUL"),
    CsvCase("a zero in UTF-16", codecs.BOM_UTF16_LE + "a,b\n1,x\0\n2,y\n".encode("utf-16-le"), group="refused", line=2,
            words="NUL"),
    CsvCase("a file that was filled up with zeros when the machine stopped", b"a,b\n1,x\n2,y\n3," + b"\0" * 100,
            group="refused", line=4, words="NUL"),
    CsvCase("nothing but a mark", codecs.BOM_UTF8, group="refused", words="empty"),
    CsvCase("nothing but a mark of UTF-16", codecs.BOM_UTF16_LE, group="refused", words="empty"),
    CsvCase("nothing but a mark of UTF-32", codecs.BOM_UTF32_BE, group="refused", words="empty"),
    CsvCase("a mark and blank lines", codecs.BOM_UTF16_BE + "\n \n".encode("utf-16-be"), group="refused",
            words="empty"),
    CsvCase("nothing", b"", group="refused", words="empty"),
    CsvCase("a blank", b" ", group="refused", words="empty"),
    CsvCase("one wrong byte beyond what is looked at first", ROWS.encode().replace(b"19999,K\xc3\xb6ln",
            b"19999,K\xf6ln"),
            group="refused", line=20_000, words="0xF6"),
    CsvCase("the one letter that is not ASCII is wrong, deep in the file", b"a,b\n" + b"1,x\n" * 30_000 +
            b"2,K\xf6ln\n",
            group="reported with its line", line=30_002),
    CsvCase("a letter cut in two by a field of fixed width", "a,b\n1,Kö".encode()[:-1] + ",x\n2,é\n".encode(),
            group="refused", line=2),
    CsvCase("surrogates written as UTF-8", b"a,b\n1,\xed\xa0\xbd\xed\xb8\x80\n2,\xc3\xa9\n", group="refused", line=2),
    CsvCase("surrogates written as UTF-8 and nothing else", b"a,b\n1,\xed\xa0\xbd\xed\xb8\x80\n2,y\n", group="refused",
            line=2),
    CsvCase("an overlong zero", b"a,b\n1,\xc0\x80\n2,\xc3\xa9\n", group="refused", line=2),
    CsvCase("a letter beyond the last of Unicode", b"a,b\n1,\xf5\x80\x80\x80\n2,\xc3\xa9\n", group="refused", line=2),
    CsvCase("letters beyond the first plane", "a,b\n1,😀\n2,𝒳\n", {"a": [1.0, 2.0], "b": ["😀", "𝒳"]}),
    CsvCase("letters beyond the first plane in UTF-16", "a,b\n1,😀\n2,𝒳\n".encode("utf-16"), {
        "a": [1.0, 2.0], "b": ["😀", "𝒳"],
    }),
    CsvCase("letters with marks of their own", "a,b\n1,e\u0301\n2,é\n", {"a": [1.0, 2.0], "b": ["e\u0301", "é"]}),
    CsvCase("letters from right to left", "שם,גיל\nדנה,31\nיוסי,45\n", {"שם": ["דנה", "יוסי"], "גיל": [31.0, 45.0]}),
    CsvCase("an escape of another encoding in UTF-8", "a,b\n1,â‚¬\n2,y\n",
            {"a": [1.0, 2.0], "b": ["â‚¬", "y"]}, told=(2,)),
    CsvCase("utf-8 that was said of cp1252", b"a,b\n1,x\n2,\xe9\n", group="refused", line=3,
            options=ReadingOptions(encoding="utf-8")),
    CsvCase("utf-16 that was said of bytes", TEXT.encode() + b"!", group="refused",
            options=ReadingOptions(encoding="utf-16")),
    CsvCase("a mark of utf-8 where cp1252 was said", codecs.BOM_UTF8 + "a,b\n1,é\n2,y\n3,z\n".encode(),
            group="exact or refused", columns={"a": [1.0, 2.0, 3.0], "b": ["é", "y", "z"]},
            options=ReadingOptions(encoding="utf-8")),
]  # fmt: skip
