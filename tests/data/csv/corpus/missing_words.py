"""Words that stand for missing, as programs and people write them, and words that do not."""

from __future__ import annotations

from csv_corpus import CsvCase

from regdesk.core.reading_options import ReadingOptions

WORDS = (
    *(
        "NA",
        "N/A",
        "n/a",
        "NaN",
        "nan",
        "-nan",
        "NULL",
        "null",
        "(null)",
        "<NA>",
        "None",
        "none",
        "?",
        "\\N",
        "-",
        "--",
    ),
    *("–", "—", ".", "..", "…", ":", "*", "missing", "Missing", "MISSING", "unknown", "not available", "n.a."),
    *("k.A.", "k. A.", "keine Angabe", "NV", "n.v.", "nd", "n/d", "s/o", "#N/A", "#NV", "1.#QNAN", "1.#IND", "NaT"),
    *("No Data", "no value", "fehlend", "unbekannt"),
)
ERRORS = ("#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#WERT!", "#BEZUG!", "#VALEUR!")


def among_numbers(word: str) -> str:
    return f"v,w\n1.5,a\n{word},b\n3,a\n4.5,b\n"


GAP = {"v": [1.5, None, 3.0, 4.5], "w": ["a", "b", "a", "b"]}

CASES = [
    *(CsvCase(f"{word} among numbers", among_numbers(word), GAP) for word in WORDS),
    *(CsvCase(f"{word} of a spreadsheet", among_numbers(word), GAP, told=(3,), words=word) for word in ERRORS),
    *(
        CsvCase(f"{word} is rare among numbers", among_numbers(word), GAP, told=(3,), words=f"'{word}' (line 3)")
        for word in ("T", "<=5", "trace", "BDL", "1.2.x", "12O", "inf", "see note", "x", "=A1+B1")
    ),
    *(
        CsvCase(f"{word} is a damaged number", among_numbers(word), group="refused", line=3, words=f"'{word}'")
        for word in ("1e999", "1_000", "1.2.3.4", "1 2", "12.5.")
    ),
    CsvCase(
        "two rare words, each with its count and line",
        "v,w\n" + "1.5,a\n2.5,b\n" * 20 + "T,a\n3.5,b\nlow,a\nT,b\n",
        {"v": [1.5, 2.5] * 20 + [None, 3.5, None, None], "w": ["a", "b"] * 22},
        told=(42,),
        words="'T' (2 cells, first in line 42), 'low' (line 44)",
    ),
    CsvCase(
        "half numbers and half words are labels, and told of",
        "v,w\n1,a\nlow,b\n1,a\nhigh,b\n2,a\nlow,b\n",
        {"v": ["1", "low", "1", "high", "2", "low"], "w": ["a", "b"] * 3},
        told=(3,),
        words="3 of 6 cells are numbers and the others words",
    ),
    CsvCase(
        "0, 1, 2 and 3+ are labels, and told of",
        "v,w\n" + "0,a\n1,b\n2,a\n3+,b\n" * 6,
        {"v": ["0", "1", "2", "3+"] * 6, "w": ["a", "b"] * 12},
        told=(5,),
        words="'3+' (6 cells, first in line 5)",
    ),
    CsvCase("a dash is a label among words", "g,v\n-,1.5\n+,2\n-,3\n+,5\n", {
        "g": ["-", "+", "-", "+"], "v": [1.5, 2.0, 3.0, 5.0],
    }),
    CsvCase("none is a label among words", "g,v\nnone,1.5\nlow,2\nnone,3\nlow,5\n", {
        "g": ["none", "low", "none", "low"], "v": [1.5, 2.0, 3.0, 5.0],
    }),
    CsvCase("NA among codes of two letters", "c,v\nDE,1.5\nFR,2\nNA,3\nIT,5\nES,6\nAT,2\n", {
        "c": ["DE", "FR", None, "IT", "ES", "AT"], "v": [1.5, 2.0, 3.0, 5.0, 6.0, 2.0],
    }, told=(4,), words="Namibia"),
    CsvCase("words of missing that were said", "c,v\nNA,1\nDE,x\nNA,3\nDE,5\n", {
        "c": ["NA", "DE", "NA", "DE"], "v": [1.0, None, 3.0, 5.0],
    }, options=ReadingOptions(missing_words=("x",))),
    CsvCase("a number that was said to be missing", "v,w\n-999,a\n1.5,b\n-999.0,a\n\"2\",b\n", {
        "v": [None, 1.5, None, 2.0], "w": ["a", "b"] * 2,
    }, options=ReadingOptions(missing_words=("-999",))),
    CsvCase("a dash among dates", "d,v\n2024-01-31,1.5\n-,2\n2024-02-01,3\n2024-03-01,9\n", {
        "d": ["2024-01-31", None, "2024-02-01", "2024-03-01"], "v": [1.5, 2.0, 3.0, 9.0],
    }),
    *(
        CsvCase(f"{code} far from all others is named and kept", f"v,w\n1.5,a\n{code},b\n3,a\n4.5,b\n{code},a\n", {
            "v": [1.5, float(code), 3.0, 4.5, float(code)], "w": ["a", "b", "a", "b", "a"],
        }, told=(3,), words=f"{code} (2 cells) may stand for a value that is not known")
        for code in ("-9", "-99", "-999", "-9999", "99", "999", "9999", "99999")
    ),
    CsvCase("two codes at once", "v,w\n15,a\n-99,b\n13,a\n-9,b\n45,a\n", {
        "v": [15.0, -99.0, 13.0, -9.0, 45.0], "w": ["a", "b", "a", "b", "a"],
    }, told=(3,), words="-9 and -99 (2 cells)"),
    CsvCase("-9 and 99 among their like", "a,b\n-9,95\n-8,99\n-7,97\n-9,96\n-8,98\n", {
        "a": [-9.0, -8.0, -7.0, -9.0, -8.0], "b": [95.0, 99.0, 97.0, 96.0, 98.0],
    }),
    CsvCase("nothing but missing", "v,w\nNA,1.5\n-,2.5\n,3\n", {"v": [None] * 3, "w": [1.5, 2.5, 3.0]}),
]  # fmt: skip
