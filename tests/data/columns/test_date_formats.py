"""Dates: in which form they are, and what day they are."""

from __future__ import annotations

import locale
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from regdesk.data.dates.formats import (
    FORMS,
    ISO_8601,
    date_format,
    date_in_words,
    day_of,
    other_orders,
    some_with_times,
)
from regdesk.data.dates.patterns import parse_date
from regdesk.data.dates.time_forms import (
    ANSWERED,
    COMPACT_DAYS,
    COMPACT_MONTHS,
    ISO_DURATIONS,
    QUARTERS,
    SPOKEN_DURATIONS,
    SPREADSHEET_DAYS,
    TIMES,
    UNIX_MILLISECONDS,
    UNIX_SECONDS,
    WEEKS,
    YEARS,
)

MOMENT = datetime(2024, 12, 31, 13, 5, tzinfo=UTC)
DAY = 20088.0
"""From 1970-01-01 to 2024-12-31: 54 years of 365 days, 14 leap days and 365 days but for the last."""


def test_every_form_reads_what_is_written_in_it() -> None:
    forms = [form for form in FORMS if "%d" in form]
    assert len(forms) > 300
    for form in forms:
        cell = MOMENT.strftime(form)
        time = (13 * 3600 + 5 * 60) / 86_400 if "%H" in form or "%I" in form else 0.0
        assert day_of(cell, form) == pytest.approx(DAY + time, abs=1e-9), form


def test_a_date_without_the_time_of_the_others_is_midnight() -> None:
    forms = some_with_times("%d.%m.%Y")
    assert len(forms) > 7
    for form in forms:
        assert day_of("31.12.2024", form) == DAY
        assert day_of(MOMENT.strftime(form.replace("[", "").replace("]", "")), form) > DAY
        for wrong in ("31.12.2024 10", "31.12.2024 PM", "31.12.2024 25:00"):
            with pytest.raises(ValueError, match=r".*"):
                day_of(wrong, form)


@pytest.mark.parametrize(
    ("form", "cells"),
    [
        (ISO_8601, ("2024-01-31", "2024-02-01T10:00:00Z")),
        ("%d/%m/%Y", ("03/04/2020", "05/06/2021")),
        ("%m/%d/%Y", ("03/04/2020", "05/16/2021")),
        ("%d.%m.%y", ("31.12.69",)),
        ("%d %b %Y", ("3 March 2020", "3 sep. 2020", "3 Sept 2020")),
        ("%Y-%m", ("2024-01",)),
        ("%d. %b %Y", ("3. Januar 2020", "14. März 2021", "1. Dez. 2021")),
        ("%d %b %Y", ("3 janvier 2020", "1er février 2021", "1 août 2021")),
        ("%d %b %Y", ("3 de enero de 2020", "14 de diciembre de 2021")),
        ("%b %d, %Y", ("January 3rd, 2020", "March 1st, 2021", "May 22nd, 2021")),
        ("%b-%d-%Y", ("Jan-05-2020", "Mar-06-2020")),
        ("%a, %b %d, %Y", ("Friday, January 3, 2020", "Sat, Jan 4, 2020")),
        ("%a %b %d %Y", ("Mon Jan 06 2020", "Tue Jan 07 2020")),
        ("%a %b %d %H:%M:%S %Y", ("Mon Jan  6 10:00:00 2020", "Fri Jan 10 10:00:00 2020")),
        ("%b %d, %Y", ("May\u00a03, 2020", "May\u00a014, 2020")),
        ("%m/%Y", ("01/2020", "12/2021")),
        ("%b-%y", ("Jan-20", "Dec-21")),
        (ISO_8601, ("2020-01-01 10:00:00 UTC", "20200102T101500Z", "2020-01-01 10:00:00+02")),
        (QUARTERS, ("2020Q1", "2020-Q2", "Q3 2020", "4Q2020")),
        (WEEKS, ("2020-W01", "2020-W53")),
        (ANSWERED, ("2023/04/05 1:15:00 PM GMT+2", "2023/04/06 12:00:01 AM GMT", "2023/11/30 11:59:59 AM GMT-3:30")),
        (None, ("2023/04/05 13:15:00 PM GMT+2", "2023/04/05 0:15:00 PM GMT+2")),
        (TIMES, ("12:30", "0:15:30", "11:05 pm", "2 days 03:00:00", "100:15:30.5")),
        (ISO_DURATIONS, ("PT1H30M", "P2DT3H", "P1W")),
        (SPOKEN_DURATIONS, ("1h 30m", "2 h", "45 min", "1 day 2 hours")),
        (None, ("2-Jan", "3-Feb")),
        (None, ("2020-001", "2020-365")),
        (None, ("2:1", "0:3")),
        (None, ("12:75", "13:05")),
        (None, ("2021-W53",)),
        (None, ("2020-Q5",)),
        (None, ("3 Brumaire 2020",)),
        (None, ("31.02.2024",)),
        (None, ("13:05 PM",)),
        (None, ("01/31/2024 13:05 PM",)),
        (None, ("2024",)),
        (None, ("20240131",)),
        (None, ("1.2.3",)),
        (None, ("Level 5",)),
        (None, ()),
    ],
)
def test_the_form_that_dates_have_in_common(form: str | None, cells: tuple[str, ...]) -> None:
    assert date_format(cells) == form


STRPTIME = [
    form
    for form in FORMS
    if "%" in form and not {"%a", "%b", "%p", "%z"} & {form[at : at + 2] for at in range(len(form))}
]


@pytest.mark.parametrize("form", STRPTIME)
def test_dates_are_those_of_strptime(form: str) -> None:
    moments = [MOMENT, datetime(1969, 1, 2, 3, 4, 5, 678_900), datetime(2068, 12, 3, 23, 59, 59)]
    cells = [moment.strftime(form) for moment in moments]
    cells += [cell.replace("0", "") for cell in cells] + [cell[:-1] for cell in cells] + [f"{cell} " for cell in cells]
    cells += [cell.replace("2", "9") for cell in cells] + [cell.replace(" ", "  ") for cell in cells]
    for cell in cells:
        assert outcome(parse_date, cell, form) == outcome(datetime.strptime, cell, form), cell


def outcome(parse: Callable[[str, str], datetime], cell: str, form: str) -> datetime | None:
    try:
        return parse(cell, form)
    except ValueError:
        return None


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    for cell, form in (("2024-12-31 24:00", "%Y-%m-%d %H:%M"), ("31.12.2024 24:00:00", "%d.%m.%Y %H:%M:%S")):
        assert parse_date(cell, form) == datetime(2025, 1, 1)
    assert outcome(parse_date, "2024-12-31 24:01", "%Y-%m-%d %H:%M") is None


@pytest.mark.parametrize(
    ("cell", "form", "days"),
    [
        ("2024Q4", QUARTERS, 19997.0),
        ("Q1 1970", QUARTERS, 0.0),
        ("1970-W01", WEEKS, -3.0),
        ("2024-W52-7", WEEKS, 20086.0),
        ("1970/01/02 12:30:36 AM GMT", ANSWERED, 1.02125),
        ("1970/01/02 12:00:00 PM GMT+3", ANSWERED, 1.375),
        ("1970/01/02 6:00:00 PM GMT-1:30", ANSWERED, 1.8125),
        ("18:00", TIMES, 0.75),
        ("12:00 AM", TIMES, 0.0),
        ("12:30:36 pm", TIMES, 0.52125),
        ("1 day, 6:00:00", TIMES, 1.25),
        ("36:00", TIMES, 1.5),
        ("P1W1DT12H", ISO_DURATIONS, 8.5),
        ("PT0.5H", ISO_DURATIONS, 1 / 48),
        ("1 day 6h", SPOKEN_DURATIONS, 1.25),
        ("90 min", SPOKEN_DURATIONS, 0.0625),
        ("20241231", COMPACT_DAYS, DAY),
        ("202412", COMPACT_MONTHS, DAY - 30.0),
        ("2024", YEARS, 19723.0),
        ("45657", SPREADSHEET_DAYS, DAY),
        ("45657.5", SPREADSHEET_DAYS, DAY + 0.5),
        ("1735603200", UNIX_SECONDS, DAY),
        ("1735603200000", UNIX_MILLISECONDS, DAY),
    ],
)
def test_times_and_numbers_in_days(cell: str, form: str, days: float) -> None:
    assert day_of(cell, form) == pytest.approx(days, abs=1e-9)


def test_months_have_english_names_whatever_the_process_speaks() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "de_DE.UTF-8")
    except locale.Error:
        pytest.skip("the machine knows no German")
    try:
        assert date_in_words("3 May 2020", "%d %b %Y") == "3 May 2020"
        assert day_of("05/03/2020 1:00 PM", "%m/%d/%Y %I:%M %p") == pytest.approx(18385 + 13 / 24)
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_the_other_orders_of_day_month_and_year() -> None:
    assert other_orders("%d/%m/%Y %H:%M") == ("%m/%d/%Y %H:%M",)
    assert other_orders("%d-%m-%y") == ("%m-%d-%y", "%y-%m-%d")
    assert other_orders("%y/%m/%d") == ("%d/%m/%y", "%m/%d/%y")
    assert other_orders("%d.%m.%Y") == ()
    assert other_orders(ISO_8601) == ()
