"""Dates in the forms that programs write, yes and no in several languages, and kinds that a person has named."""

from __future__ import annotations

from csv_corpus import Cell, CsvCase

from regdesk.core.reading_options import ReadingOptions


def cells(name: str, *words: str, told: tuple[int, ...] = (), says: str = "", missing: tuple[str, ...] = ()) -> CsvCase:
    """Cells that stay as they are, but for those that are ``missing``."""
    kept: list[Cell] = [None if word in missing else word for word in words]
    text = "d,v\n" + "".join(f'"{word}",{row}.5\n' for row, word in enumerate(words))
    return CsvCase(name, text, {"d": kept, "v": [row + 0.5 for row in range(len(words))]}, told=told, words=says)


def said(kind: str, *words: str) -> CsvCase:
    text = "d,v\n" + "".join(f'"{word}",{row}.5\n' for row, word in enumerate(words))
    options = ReadingOptions(kinds=(("d", kind),))
    return CsvCase(f"{kind} that was said", text, {"d": list(words), "v": [0.5, 1.5, 2.5]}, options=options)


CASES = [
    cells("ISO 8601", "2024-01-31", "2024-02-01", "2024-03-01T10:00:00", "2024-03-01 10:00:00.5"),
    cells("ISO 8601 with zones", "2024-01-31T10:00:00+02:00", "2024-02-01T00:00:00Z"),
    cells("slashes, year first", "2024/01/31", "2024/02/01"),
    cells("German", "31.01.2024", "01.02.2024"),
    cells("day first, as one cell shows", "13/04/2020", "05/06/2021"),
    cells("month first, as one cell shows", "04/13/2020", "05/06/2021"),
    cells("day or month first", "03/04/2020", "05/06/2021", told=(2,),
          says="3 April 2020, the day first; it may also mean 4 March 2020"),
    cells("day or month first, with dashes", "03-04-2020", "05-06-2021", told=(2,), says="4 March 2020"),
    cells("day and month are one number", "03/03/2020", "05/05/2021"),
    cells("two digits of a year", "31.12.69", "01.01.24", told=(2,), says="31 December 1969"),
    cells("two digits of a year, and month or day first", "01/02/03", "04/05/06", told=(2,),
          says="2 January 2003 or 3 February 2001"),
    cells("names of months", "3 March 2020", "14 Apr 2021", "1 Sept 2021"),
    cells("names of months of SAS", "03MAR2020", "14APR2021"),
    cells("names of months of Oracle", "03-MAR-20", "14-APR-21", told=(2,)),
    cells("names of months, American", "March 3, 2020", "Apr. 14, 2021"),
    cells("months", "2024-01", "2024-02", "2024-03"),
    cells("halves of the day", "01/31/2024 12:05 AM", "02/01/2024 1:30 PM"),
    cells("a log of a web server", "10/Oct/2000:13:55:36 -0700", "11/Oct/2000:13:55:36 -0700"),
    cells("a letter's head", "Mon, 02 Jan 2006 15:04:05 +0000", "Tue, 03 Jan 2006 15:04:05 +0000"),
    cells("a day that no month has", *[f"2024-01-{day:02d}" for day in range(1, 10)], "2024-02-30", told=(11,),
          says="'2024-02-30' (line 11), is not a date", missing=("2024-02-30",)),
    cells("a word among dates", *[f"{day:02d}.01.2024" for day in range(1, 10)], "spring", told=(11,),
          says="'spring' (line 11)", missing=("spring",)),
    cells("dates in two forms", "2024-01-31", "01.02.2024", "2024-03-01", "02.02.2024", told=(3,),
          says="2 of 4 cells are dates in the form ISO 8601"),
    *(
        cells(f"{no} and {yes}", yes, no, yes, no)
        for no, yes in (
            *(("no", "yes"), ("nein", "Ja"), ("non", "oui"), ("N", "Y"), ("F", "T"), ("off", "on"), ("nej", "ja")),
            *(("falsch", "WAHR"), ("faux", "vrai"), ("no", "sí"), ("n", "j")),
        )
    ),
    cells("True beside 1", "True", "1", "0", "False", told=(3,), says="'1' (line 3), '0' (line 4) stand beside"),
    CsvCase("numeric that was said", "d,v\n01,0.5\n02,1.5\n10,2.5\n", {"d": [1.0, 2.0, 10.0], "v": [0.5, 1.5, 2.5]},
            options=ReadingOptions(kinds=(("d", "numeric"),))),
    said("categorical", "1", "2", "1"),
    said("text", "1.5", "2", "1"),
    said("boolean", "1", "2", "1"),
    said("datetime", "2024-01-31", "2024-02-01", "2024-03-01"),
    CsvCase("numeric that is none", "d,v\n1,a\n2,b\n3,a\nlow,b\nhigh,a\n", group="refused", line=5,
            words="'high' (line 6)", options=ReadingOptions(kinds=(("d", "numeric"),))),
    CsvCase("dates that are none", "d,v\n2024-01-31,a\nlow,b\n", group="refused", line=2,
            words="no form of dates in common", options=ReadingOptions(kinds=(("d", "datetime"),))),
    CsvCase("a date that is none", "d,v\n2024-01-31,a\n2024-02-01,b\n2024-02-02,a\nlow,b\n", group="refused", line=5,
            words="'low' is not a date", options=ReadingOptions(kinds=(("d", "datetime"),))),
    CsvCase("a boolean of three", "d,v\n1,a\n2,b\n3,a\n", group="refused", line=4, words="a boolean has two",
            options=ReadingOptions(kinds=(("d", "boolean"),))),
    CsvCase("a kind of no column", "d,v\n1,a\n2,b\n", group="refused", words="there is no column 'x'",
            options=ReadingOptions(kinds=(("x", "numeric"),))),
    CsvCase("dates of one winter with a year of two figures, which year first would be days of thirty years",
            "k,d\na,02.01.23\nb,13.01.23\nc,27.02.23\nd,28.02.23\n",
            group="reported with its line", line=2, words="2 January 2023: years of two digits are taken"),
]  # fmt: skip
