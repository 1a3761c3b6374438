"""What the cells of a foreign sheet say: dates and money, decided for a column from all of its values. Pure.

A date of numbers alone is day first, as it is written in Brazil; month first only where a value of the column can be
nothing else and none speaks against it. Nothing is guessed for a single cell. (FEATURES.md M96)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from crm_tui.domain.money import MOST, cents
from crm_tui.domain.text import fold

_EMPTY = frozenset(
    {"", "-", "--", "---", ".", "n/a", "n/d", "na", "nd", "null", "none", "nil", "nan", "nat", "undefined"}
    | {"vazio", "nenhum", "nenhuma", "sem data", "nao informado", "nao informada", "a definir", "(vazio)"}
    | {"no date", "not set", "(empty)", "(no value)", "(sem valor)"}
    | {"not closed", "nao fechado", "nao fechada", "nao encerrado", "nao encerrada"}
)
_ZEROS = re.compile(r"[0/.\-: ]+")
_TIME = re.compile(
    r"[ t,]+(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?$"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|o)?[ ./-]*(?:de )?([a-z]{3,9})[ ./,-]*(?:de )?(\d{4}|\d{2})"
)
_NAMED_DAY = re.compile(r"([a-z]{3,9})[ .]*(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_MONTHS = (
    "jan",
    "fev feb",
    "mar",
    "abr apr",
    "mai may",
    "jun",
    "jul",
    "ago aug",
    "set sep",
    "out oct",
    "nov",
    "dez dec",
)
_MONTH: Final = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_SERIALS = range(20_000, 80_000)
"""Days that a sheet counts from 30 December 1899: 1954 to 2119."""
_CENTURY = 70
"""Years of two digits below it are of this century."""
_NOON, _YEAR_MONTHS, _LAST_HOUR = 12, 12, 23

Moment = date | datetime
"""A day, or a day with an hour: naive where the cell names no zone."""


def is_empty(cell: str) -> bool:
    """Whether the cell is one of the many ways to say that there is no value, `0/0/00` and `n/a` among them."""
    said = fold(cell).strip()
    return said in _EMPTY or _ZEROS.fullmatch(said) is not None


def day_first(cells: Iterable[str]) -> bool:
    """Whether the numbers of a column's dates stand as day, month, year."""
    month_first = False
    for cell in cells:
        found = _NUMBERS.match(cell.strip())
        if found is None:
            continue
        if int(found[1]) > _YEAR_MONTHS:
            return True
        month_first = month_first or int(found[3]) > _YEAR_MONTHS
    return not month_first


def shows_order(cells: Iterable[str]) -> bool:
    """Whether any date of a column is of numbers alone, so that it matters which comes first."""
    return any(_NUMBERS.match(cell.strip()) for cell in cells)


def dates(cells: Iterable[str], first: bool | None = None) -> Callable[[str], Moment | None]:
    """The reader of a column whose cells these are: a date, or None for what is none. Ask `is_empty` before.
    `first`: whether the day stands first, where somebody said it; else the cells do.

    Reads ISO, `31/12/2026`, `31.12.26`, `31 de dez. de 2026`, `Dec 31, 2026`, the days that Excel counts, each
    with or without an hour and a zone.
    """
    order = day_first(cells) if first is None else first

    def read(cell: str) -> Moment | None:
        try:
            return _moment(fold(cell).strip(), order)
        except (ValueError, OverflowError):
            return None

    return read


def _moment(said: str, first: bool) -> Moment | None:
    serial = _SERIAL.fullmatch(said)
    if serial is not None and int(serial[1]) in _SERIALS:
        return _counted(int(serial[1]), float(f"0.{serial[2]}") if serial[2] else 0.0)
    said_time = _TIME.search(said)
    day = _day(said[: said_time.start()] if said_time is not None else said, first)
    if day is None or said_time is None:
        return day
    hour = int(said_time["hour"])
    if said_time["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if said_time["half"].startswith("p") else 0)
    if hour > _LAST_HOUR:
        return None
    at = time(hour, int(said_time["minute"]), int(said_time["second"] or 0))
    return datetime.combine(day, at, _zone(said_time["zone"]) if said_time["zone"] else None)


def _counted(days: int, part: float) -> Moment:
    day = date(1899, 12, 30) + timedelta(days=days)
    if not part:
        return day
    return datetime.combine(day, time()) + timedelta(seconds=round(part * 86_400))


def _zone(said: str) -> tzinfo:
    if said[0] not in "+-":
        return UTC
    minutes = int(said[1:3]) * 60 + int(said[-2:])
    return timezone(timedelta(minutes=minutes if said[0] == "+" else -minutes))


def _day(said: str, first: bool) -> date | None:
    said = said.strip(" ,")
    if found := _YEAR_FIRST.fullmatch(said):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := _COMPACT.fullmatch(said):
        return date(*map(int, found.groups()))
    if found := _NUMBERS.fullmatch(said):
        one, other = int(found[1]), int(found[3])
        return date(_year(found[4]), other if first else one, one if first else other)
    if (found := _DAY_NAMED.fullmatch(said)) and found[2][:3] in _MONTH:
        return date(_year(found[3]), _MONTH[found[2][:3]], int(found[1]))
    if (found := _NAMED_DAY.fullmatch(said)) and found[1][:3] in _MONTH:
        return date(int(found[3]), _MONTH[found[1][:3]], int(found[2]))
    return None


def _year(said: str) -> int:
    number = int(said)
    return number if len(said) > 2 else number + (2000 if number < _CENTURY else 1900)


_COMMA_DECIMAL = re.compile(r",\d{1,2}\D*$|\.\d{3}[.,]")
_DOT_DECIMAL = re.compile(r"^\D*\d+\.(\d{1,2}|\d{4,})$|^\D*\d{4,}\.\d+$|,\d{3}\.")
_SIGNED = re.compile(
    r"(?P<currency>\D*)(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+))?(?P<unit> ?[a-z]*)"
)
_MACHINE = re.compile(r"(?:r\$|us\$|\$|brl|usd|eur)?\s*(\d+)\.(\d+)")
_CURRENCY = re.compile(r"\b(brl|usd|eur|reais)\b|\u20ac")


def decimal_point(cells: Iterable[str]) -> bool:
    """Whether the decimals of a column stand behind a point: some do, and none behind a comma."""
    dot = comma = False
    for cell in cells:
        said = cell.strip().strip('"')
        comma = comma or _COMMA_DECIMAL.search(said) is not None
        dot = dot or _DOT_DECIMAL.search(said) is not None
    return dot and not comma


def _pointed(said: str, point: bool) -> str:
    """An amount whose decimals stand behind a comma, or a `point`, with a point and without what groups thousands;
    empty if it is written otherwise."""
    turned = said.translate(str.maketrans(",.", ".,")) if point else said
    found = _SIGNED.fullmatch(turned)
    if found is None:
        return said if not set(said) & set(",.") else ""
    whole = found["whole"].replace(".", "")
    part = f".{found['part']}" if found["part"] else ""
    return f"{found['currency']}{whole}{part}{found['unit']}"


def amounts(cells: Iterable[str], point: bool | None = None) -> Callable[[str], int | None]:
    """The reader of a column of money: cents, or None for what is no amount (a negative one is none). `point`: whether
    decimals stand behind one, where somebody said it; else the cells do.

    `R$ 1.234,56`, `1234.56`, `"$1,234,567"`, `BRL 10`. `1.234` is a thousand and some, as in Brazil, unless another
    value of the column has its decimals behind a point and none behind a comma.
    """
    machine = decimal_point(cells) if point is None else point

    def read(cell: str) -> int | None:
        said = _CURRENCY.sub("", fold(cell).replace("\u00a0", " ").strip().strip('"')).strip()
        if point is not None:
            said = _pointed(said, point)
        found = _MACHINE.fullmatch(said) if machine or point is not None else None
        if found is None:
            return cents(said)
        value = int(found[1]) * 100 + round(int(found[2]) * 100 / 10 ** len(found[2]))
        return value if value <= MOST else None

    return read
