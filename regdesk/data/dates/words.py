"""Names of months and days in dates, in the languages that files have, and what else stands in dates in words."""

from __future__ import annotations

import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
MONTH_MARK = "~"
_NAMES = (
    "jan january januar janvier enero ene gennaio gen janeiro januari jänner styczeń stycznia "
    "ocak leden ledna január januára ianuarie января январь січня tammikuuta",
    "feb february februar feber février fév févr fevrier febrero febbraio fevereiro fev februari luty lutego "
    "şubat subat únor února február februára februarie февраля февраль лютого helmikuuta",
    "mar march märz mär mrz maerz mars marzo março marco maart mrt marzec marca "
    "mart březen března március marec martie maret марта март березня maaliskuuta",
    "apr april avril avr abril abr aprile kwiecień kwietnia "
    "nisan duben dubna április apríl apríla aprilie апреля апрель квітня huhtikuuta",
    "may mai mayo maggio mag maio mei maj maja mayıs mayis květen května május mája мая май травня toukokuuta",
    "jun june juni juin junio giugno giu junho czerwiec czerwca "
    "haziran červen června június jún júna iunie июня июнь червня kesäkuuta",
    "jul july juli juillet juil julio luglio lug julho lipiec lipca "
    "temmuz červenec července július júl júla iulie июля июль липня heinäkuuta",
    "aug august août aout agosto ago augustus augusti sierpień sierpnia "
    "ağustos agustos srpen srpna augusztus augusta agustus августа август серпня elokuuta",
    "sep sept september septembre septiembre settembre set setembro wrzesień września "
    "eylül eylul září szeptember septembra septembrie сентября сентябрь вересня syyskuuta",
    "oct october oktober okt octobre octubre ottobre ott outubro out październik października "
    "ekim říjen října október októbra octombrie октября октябрь жовтня lokakuuta",
    "nov november novembre noviembre novembro listopad listopada "
    "kasım kasim listopadu novembra noiembrie ноября ноябрь листопада marraskuuta",
    "dec december dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des grudzień grudnia "
    "aralık aralik prosinec prosince decembra decembrie декабря декабрь грудня joulukuuta",
)
_NUMBER_OF_MONTH = {name: f"{number:02d}" for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = re.compile(r"[^\W\d_]+\.?")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|er)\b", re.IGNORECASE)
_OF = re.compile(r" (?:de|del|of) ", re.IGNORECASE)
_DAYS = (
    *("mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tues", "tuesday", "wednesday", "thur", "thurs"),
    *("thursday", "friday", "saturday", "sunday"),
)
_DAY_NAME = re.compile(rf"(?:{'|'.join(_DAYS)})\.?,? ", re.IGNORECASE)
_BEGINS = frozenset((*_NUMBER_OF_MONTH, *_DAYS))
_ZONE = re.compile(r" ?(?:UTC|GMT)$")


def is_month_or_day(word: str) -> bool:
    """Whether a date in words can begin with ``word``, the name of a month or, in English, of a day."""
    return word.casefold() in _BEGINS


def without_day_name(cell: str) -> str:
    """``cell`` without the day of the week at its beginning. Raises ValueError when there is none."""
    found = _DAY_NAME.match(cell)
    if found is None:
        raise ValueError(cell)
    return cell[found.end() :]


def with_number_of_month(cell: str) -> str:
    """``cell`` with ~03 for the first word, March, in whatever language. Raises ValueError when that is no month.

    The mark keeps 2-Jan from being read as February of 2001, in a form in which the month comes first.
    """
    # strptime takes the names of the language that the process speaks; files have those of their own.
    cell = _OF.sub(" ", _ORDINAL.sub("", cell))
    found = _MONTH.search(cell)
    number = None if found is None else _NUMBER_OF_MONTH.get(found[0].rstrip(".").casefold())
    if found is None or number is None or MONTH_MARK in cell:
        raise ValueError(cell)
    return f"{cell[: found.start()]}{MONTH_MARK}{number}{cell[found.end() :]}"


def with_plain_zone(cell: str) -> str:
    """``cell`` with an offset where it ends with UTC or GMT."""
    return _ZONE.sub("+00:00", cell)
