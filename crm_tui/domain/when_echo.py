"""Moments as words, the inverse of the reader: what is echoed can be typed and gives the same moment.

The words stand here and not in the catalogues, because the grammar must read exactly them.
"""

from __future__ import annotations

from datetime import date, datetime

from crm_tui.domain.when_types import Moment, Offer, day_of

_YEAR_SHOWN_DAYS = 270
"""Further ahead than this the year is shown, because a day without a year is read as the one gone by."""

_PT_DAYS = ("seg", "ter", "qua", "qui", "sex", "sáb", "dom")
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PT_DAY_NAMES = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
_EN_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PT_MONTHS = (
    "Janeiro",
    "Fevereiro",
    "Março",
    "Abril",
    "Maio",
    "Junho",
    "Julho",
    "Agosto",
    "Setembro",
    "Outubro",
    "Novembro",
    "Dezembro",
)
_EN_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def month_name(month: int, language: str) -> str:
    """The month's full name as it begins a sentence."""
    return (_EN_MONTHS if language == "en" else _PT_MONTHS)[month - 1]


def weekday_name(day: date, language: str) -> str:
    """The weekday's name within a sentence."""
    return (_EN_DAY_NAMES if language == "en" else _PT_DAY_NAMES)[day.weekday()]


def typed_day(day: date, today: date, language: str) -> str:
    """A day as one types it: `sex 27/11`, with its year where it is far."""
    names = _EN_DAYS if language == "en" else _PT_DAYS
    year = f"/{day.year}" if _with_year(day, today) else ""
    return f"{names[day.weekday()]} {day.day:02d}/{day.month:02d}{year}"


def _with_year(day: date, today: date) -> bool:
    return day.year != today.year or (day - today).days > _YEAR_SHOWN_DAYS


def _clock(value: Moment) -> str:
    return f"{value:%H:%M}" if isinstance(value, datetime) else ""


def echo(value: Moment, now_local: datetime, language: str) -> str:
    """`sex 27/11 14:00`, in English `Fri 27 Nov 14:00`; with the year if it is another or far ahead."""
    day = day_of(value)
    shown = _with_year(day, now_local.date())
    if language == "en":
        year = f" {day.year:04}" if shown else ""
        words = f"{_EN_DAYS[day.weekday()]} {day.day} {_EN_MONTHS[day.month - 1][:3]}{year}"
    else:
        year = f"/{day.year:04}" if shown else ""
        words = f"{_PT_DAYS[day.weekday()]} {day.day:02}/{day.month:02}{year}"
    return f"{words} {_clock(value)}".rstrip()


def offer(value: Moment, now_local: datetime, language: str) -> Offer:
    """The moment and the words that say it."""
    return Offer(value, echo(value, now_local, language))


def distance(value: Moment, now_local: datetime, language: str) -> str:
    """How far the day is from today: `amanhã`, `em 6 dias`, `há 3 dias`."""
    days = (day_of(value) - now_local.date()).days
    english = language == "en"
    if -1 <= days <= 1:
        return (("yesterday", "today", "tomorrow") if english else ("ontem", "hoje", "amanhã"))[days + 1]
    if days > 0:
        return f"in {days} days" if english else f"em {days} dias"
    return f"{-days} days ago" if english else f"há {-days} dias"


def short_day(day: date, now_local: datetime, language: str) -> str:
    """The day as a sentence names it: `27/11`, `15/11/27`, in English `27 Nov`."""
    shown = _with_year(day, now_local.date())
    if language == "en":
        return f"{day.day} {_EN_MONTHS[day.month - 1][:3]}" + (f" {day.year}" if shown else "")
    return f"{day.day:02}/{day.month:02}" + (f"/{day.year % 100:02}" if shown else "")


def short_moment(value: Moment, now_local: datetime, language: str) -> str:
    """A moment as a sentence names it: `Hoje 08:00`, `27/11 14:00`."""
    near = abs((day_of(value) - now_local.date()).days) <= 1
    words = distance(value, now_local, language).capitalize() if near else ""
    return f"{words or short_day(day_of(value), now_local, language)} {_clock(value)}".rstrip()


def short_offers(offers: tuple[Offer, ...], now_local: datetime, language: str) -> list[str]:
    """Several offers told apart as briefly as can be: by their times, or by their days, or by both."""
    values = [each.value for each in offers]
    times = {_clock(value) for value in values}
    days = {day_of(value) for value in values}
    if len(times) == len(values) > 1 and "" not in times:
        return [_clock(value) for value in values]
    words = []
    for value in values:
        told_by_days = len(days) == len(values) > 1 and len(times) == 1
        timed = isinstance(value, datetime) and not told_by_days
        if timed and "" in times:
            words.append(_clock(value))
            continue
        near = distance(value, now_local, language)
        mark = f" ({near})" if abs((day_of(value) - now_local.date()).days) <= 1 else ""
        clock = f" {_clock(value)}" if timed else ""
        words.append(f"{short_day(day_of(value), now_local, language)}{clock}{mark}")
    return words if len(set(words)) == len(words) else [each.words for each in offers]
