"""Quarters, weeks, times of day, durations, dates in digits and in other languages, and what only looks like a date."""

from __future__ import annotations

from csv_corpus import Cell, CsvCase

from regdesk.core.reading_options import ReadingOptions


def text_of(words: tuple[str, ...], name: str) -> str:
    return f"{name};v\n" + "".join(f"{word};{row}.5\n" for row, word in enumerate(words))


def kept(case_name: str, *words: str, told: tuple[int, ...] = (), says: str = "", name: str = "d") -> CsvCase:
    """Cells that stay as they are written."""
    columns = {name: list[Cell](words), "v": [row + 0.5 for row in range(len(words))]}
    return CsvCase(case_name, text_of(words, name), columns, told=told, words=says)


def numbers(case_name: str, *words: str, told: tuple[int, ...] = (), says: str = "", name: str = "d") -> CsvCase:
    """Cells that are numbers."""
    columns = {name: list[Cell](map(float, words)), "v": [row + 0.5 for row in range(len(words))]}
    return CsvCase(case_name, text_of(words, name), columns, told=told, words=says)


def as_dates(case_name: str, *words: str, says: str = "") -> CsvCase:
    """Numbers that a person has said to be dates."""
    columns = {"d": list[Cell](words), "v": [row + 0.5 for row in range(len(words))]}
    options = ReadingOptions(kinds=(("d", "datetime"),))
    return CsvCase(case_name, text_of(words, "d"), columns, words=says, options=options)


CASES = [
    kept("quarters", "2020Q1", "2020Q2", "2021Q1"),
    kept("quarters with a dash", "2020-Q1", "2020-Q2", "2021-Q4"),
    kept("quarters first", "Q1 2020", "Q2 2020", "Q1 2021"),
    kept("quarters as banks write them", "1Q2020", "2Q2020", "3Q2020"),
    kept("weeks", "2020-W01", "2020-W53", "2021-W07"),
    kept("weeks and days", "2020-W01-1", "2020-W53-7"),
    kept("times of day", "12:30", "0:15", "23:59"),
    kept("times with seconds", "12:30:15", "00:15:30.25"),
    kept("halves of the day", "12:30 PM", "1:45 am"),
    kept("durations of runners", "1:30:15", "0:59:59", "25:00:00"),
    kept("durations of pandas", "0 days 01:30:00", "2 days 00:00:10"),
    kept("durations of ISO 8601", "PT1H30M", "P2D", "PT15M"),
    kept("durations in words", "1h 30m", "2h", "45m"),
    kept("months in words", "Jan 2020", "Feb 2020", "March 2020"),
    kept("months of spreadsheets", "Jan-20", "Feb-20", "Mar-20", told=(2,), says="'Jan-20' is read as 1 January 2020"),
    kept("months in figures", "01/2020", "12/2020"),
    kept("German names", "3. Januar 2020", "14. März 2021", "1. Dez. 2021"),
    kept("Austrian names", "3. Jänner 2020", "4. Feber 2020"),
    kept("French names", "3 janvier 2020", "1er février 2021", "1 août 2021"),
    kept("Spanish names", "3 de enero de 2020", "14 de diciembre de 2021"),
    kept("Italian names", "3 gennaio 2020", "14 giugno 2021"),
    kept("Portuguese names", "3 de fevereiro de 2020", "14 de outubro de 2021"),
    kept("Dutch names", "3 maart 2020", "14 mei 2021"),
    kept("ordinal numbers", "January 3rd, 2020", "March 1st, 2021"),
    kept("days of the week", "Mon Jan 06 2020", "Tue Jan 07 2020"),
    kept("days of the week in full", "Friday, January 3, 2020", "Saturday, January 4, 2020"),
    kept("month, day and year with dashes", "Jan-05-2020", "Mar-06-2020"),
    kept("UTC in letters", "2020-01-01 10:00:00 UTC", "2020-01-02 11:30:00 UTC"),
    kept("an offset of hours alone", "2020-01-01 10:00:00+02", "2020-01-02 11:30:00+02"),
    kept("nine digits of a second", "2020-01-01T10:00:00.123456789Z", "2020-01-02T10:00:00.5Z"),
    kept("ISO 8601 without marks", "20200101T101500", "20200102T101500Z"),
    kept("years in two digits, the year first", "20/01/31", "20/02/15", told=(2,),
         says="31 January 2020, the year first; it may also mean 20 January 2031"),
    kept("years in two digits, one order fits", "31/01/99", "28/02/99", told=(2,),
         says="31 January 1999: years of two digits"),
    kept("years in two digits, two orders fit", "31/01/20", "28/02/20", told=(2,),
         says="31 January 2020, the day first; it may also mean 20 January 2031"),
    kept("German dates with two digits, two orders", "03.04.05", "06.07.08", told=(2,), says="3 April 2005"),
    numbers("dates in digits", "20240131", "20240201", "20231231", told=(2,), says="20240131 would be 31 January 2024"),
    CsvCase("dates in digits with a gap", text_of(("20240131", "NA", "20240201", "20231231"), "d"), {
        "d": [20240131.0, None, 20240201.0, 20231231.0], "v": [0.5, 1.5, 2.5, 3.5],
    }, told=(2,)),
    numbers("months in digits, by the name", "202001", "202012", "202101", told=(2,), name="month",
            says="202001 would be 1 January 2020"),
    kept("laps", "12:30.5", "1:05.25"),
    kept("durations below zero", "-12:30", "0:15"),
    # What is no date, or not for certain.
    numbers("months in digits without a name", "202001", "202012", "202101"),
    numbers("eight digits that are no days", "20240131", "20240201", "20241301"),
    numbers("two dates in digits are too few", "20240131", "20240201"),
    numbers("a 29th of February that is not", "20240228", "20230229", "20240101"),
    numbers("years", "2019", "2020", "2021"),
    numbers("seconds since 1970", "1577836800", "1577923200"),
    numbers("days of a spreadsheet, by the name", "43831", "43832", "43900", name="Order Date", told=(2,),
            says="43831 would be 1 January 2020 if these are the days that a spreadsheet counts"),
    numbers("seconds since 1970, by the name", "1577836800", "1577923200", name="timestamp", told=(2,),
            says="would be 1 January 2020 if these are seconds since 1970"),
    numbers("milliseconds since 1970, by the name", "1577836800000", "1577923200000", name="createdTime", told=(2,),
            says="milliseconds"),
    numbers("such numbers without the name", "43831", "43832", "43900"),
    numbers("a date's name and small numbers", "1", "3", "2", name="day"),
    kept("days and months without a year", "2-Jan", "3-Feb", "4-Mar"),
    kept("days and months in figures", "03.04.", "05.06."),
    kept("years that go on into the next", "1999-00", "2000-01", "2001-02", "2010-11"),
    kept("numbers of invoices", "2020-001", "2020-002"),
    kept("scores", "2:1", "0:3"),
    kept("scores of basketball", "102:98", "88:95"),
    kept("names of genes", "SEPT2", "MARCH1", "BRCA1"),
    kept("years before Christ", "-0044-03-15", "-0043-03-15"),
    kept("no date of MySQL", *[f"2021-01-{day:02d}" for day in range(1, 10)], told=()),
    CsvCase("a date of zeros", text_of((*[f"2021-01-{day:02d}" for day in range(1, 10)], "0000-00-00"), "d"), {
        "d": [*[f"2021-01-{day:02d}" for day in range(1, 10)], None], "v": [row + 0.5 for row in range(10)],
    }, told=(11,), words="'0000-00-00' (line 11)"),
    CsvCase("month first with a day that is none", text_of(("01/13/2021", "02/14/2021", "03/15/2021", "13/13/2021"),
                                                           "d"), {
        "d": ["01/13/2021", "02/14/2021", "03/15/2021", None], "v": [0.5, 1.5, 2.5, 3.5],
    }, told=(5,), words="'13/13/2021' (line 5)"),
    kept("ranges of which a spreadsheet has made dates", "10-20", "Feb-10", "10-20", "20-30", "5-Jan", told=(3,),
         says="'Feb-10' (line 3), '5-Jan' (line 6) stand among ranges such as '10-20'"),
    # What a person has said.
    as_dates("days of a spreadsheet that were said", "43831", "43832.5"),
    as_dates("seconds that were said", "1577836800", "1577923200"),
    as_dates("milliseconds that were said", "1577836800000", "1577923200000"),
    as_dates("two dates in digits that were said", "20240131", "20240201"),
    as_dates("three dates in digits that were said", "20240131", "20240201", "20231231"),
    as_dates("years that were said", "2019", "2020"),
    as_dates("months that were said", "202001", "202002"),
    CsvCase("digits that were said to be a number", text_of(("20240131", "20240201", "20231231"), "d"), {
        "d": [20240131.0, 20240201.0, 20231231.0], "v": [0.5, 1.5, 2.5],
    }, options=ReadingOptions(kinds=(("d", "numeric"),))),
    CsvCase("small numbers that were said to be dates", text_of(("-5", "-6"), "d"), group="refused", line=2,
            words="no form of dates", options=ReadingOptions(kinds=(("d", "datetime"),))),
]  # fmt: skip
