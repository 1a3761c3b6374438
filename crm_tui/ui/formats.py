"""Facts as words: money, dates, the *When* column, telephones, documents, sizes.

Used by the screens and by the command line alike, so it knows neither Textual nor Rich; it never asks the
clock, never the operating system's locale (many servers have only C): `now` and `zone` come in, the language
is `crm_tui.i18n.language()`. Weekdays, months and separators are tables here; phrases are message ids. Widths
are cells; instants are aware; money is in cents.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from crm_tui.domain.board import ReopenMode
from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.i18n import C_, N_, language, say, say_in, say_n

MORNING, AFTERNOON, EVENING = 5, 12, 18
"""The hours at which people begin to greet otherwise."""
WHEN_CELLS: Final = 13
"""The *When* column of a list: no word of `when_word` is wider, in either language."""


class _Locale(NamedTuple):
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    thousands: str
    decimal: str


_LOCALES: Final = {
    "pt-BR": _Locale(
        ("seg", "ter", "qua", "qui", "sex", "sáb", "dom"),
        (
            *("janeiro", "fevereiro", "março", "abril", "maio", "junho"),
            *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
        ),
        ".",
        ",",
    ),
    "en": _Locale(
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        ",",
        ".",
    ),
}
_SYMBOLS: Final = {"BRL": "R$", "USD": "US$", "EUR": "€"}


def _here() -> _Locale:
    return _LOCALES[language()]


# --- numbers and money ------------------------------------------------------------------------------------


def number(value: int) -> str:
    """A whole number with thousands: `1.240`."""
    return f"{value:,}".replace(",", _here().thousands)


def decimal(value: float, places: int = 1) -> str:
    """A number with so many decimals: `1,2`."""
    here = _here()
    whole, _, rest = f"{value:,.{places}f}".partition(".")
    return whole.replace(",", here.thousands) + (here.decimal + rest if rest else "")


def money_list(cents: int | None, dash: str = "—") -> str:
    """Money in a list: whole units, no symbol (it stands once in the title), a dash for none."""
    if not cents:
        return dash
    units = (abs(cents) + 50) // 100
    return ("-" if cents < 0 else "") + number(units)


def money(cents: int | None, currency: str = "BRL") -> str:
    """Money in full: `R$ 12.400,00`; nothing is nothing (an empty text)."""
    if cents is None:
        return ""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{_SYMBOLS.get(currency, currency)} {number(whole)}{_here().decimal}{rest:02d}"


def money_total(cents: int, currency: str = "BRL") -> str:
    """The sum in a title: `R$ 315.250`, whole units with the symbol."""
    return f"{_SYMBOLS.get(currency, currency)} {money_list(cents, '0')}"


# --- days and hours ---------------------------------------------------------------------------------------


def weekday(day: date) -> str:
    """`ter`, `Tue`."""
    return _here().weekdays[day.weekday()]


def month(day: date) -> str:
    """`novembro`, `November`; its first three letters are the short form in both languages."""
    return _here().months[day.month - 1]


def clock(at: datetime, zone: tzinfo) -> str:
    """`14:02`, in the reader's zone."""
    return at.astimezone(zone).strftime("%H:%M")


def short_date(day: date, today: date) -> str:
    """`24/11`, with the year if it is not this one: `26/11/2027`."""
    return f"{day:%d/%m}" if day.year == today.year else f"{day:%d/%m/%Y}"


def day_word(day: date, today: date) -> str:
    """`ter 24/11`; in another year `26/11/2027`."""
    return f"{weekday(day)} {day:%d/%m}" if day.year == today.year else f"{day:%d/%m/%Y}"


def day_near(day: date, today: date) -> str:
    """`hoje`, `amanhã`, `ter 24/11`."""
    word = {0: C_("day", "today"), 1: C_("day", "tomorrow")}.get((day - today).days)
    return day_word(day, today) if word is None else say_in("day", word)


def day_full(day: date) -> str:
    """`seg 30/11/2026`: where a date is confirmed, the year is always said."""
    return f"{weekday(day)} {day:%d/%m/%Y}"


def day_title(day: date, today: date) -> str:
    """The heading of a day in the timeline: `hoje, qui 19/11`, `ter 10/11`."""
    word = {0: C_("day", "today"), -1: C_("day", "yesterday"), 1: C_("day", "tomorrow")}.get(
        (day - today).days
    )
    return f"{say_in('day', word)}, {day_word(day, today)}" if word else day_word(day, today)


def stamp(at: datetime, now: datetime, zone: tzinfo) -> str:
    """When something was said: `ter 10/11 14:02`."""
    local = at.astimezone(zone)
    return f"{day_word(local.date(), now.astimezone(zone).date())} {local:%H:%M}"


def stamp_near(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The same with the nearest days by name: `hoje 10:42`, `ontem 17:58`, `seg 16/11`."""
    local = at.astimezone(zone)
    today = now.astimezone(zone).date()
    days = (today - local.date()).days
    if days == 0:
        return say_in("day", "today {time}", time=f"{local:%H:%M}")
    if days == 1:
        return say_in("day", "yesterday {time}", time=f"{local:%H:%M}")
    return day_word(local.date(), today)


# --- spans ------------------------------------------------------------------------------------------------


def days(n: int) -> str:
    """`9 dias`, `1 dia`."""
    return say_n("{n} day", "{n} days", n)


def days_ago(n: int) -> str:
    """`há 2 dias`, `há 1 dia`."""
    return say_n("{n} day ago", "{n} days ago", n)


def days_short(n: int) -> str:
    """`9d`, after the glyph of a flag."""
    return say("{n}d", n=n)


def hours(minutes: int) -> str:
    """So much time: `2h30`, `3h`, `45min`."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return say("{n}min", n=rest)
    return f"{whole}h{rest:02d}" if rest else f"{whole}h"


def ago(at: datetime, now: datetime) -> str:
    """How long since: `agora`, `há 12 s`, `há 5 min`, `há 3 h`, `há 2 dias`. The future counts as now."""
    seconds = int((now - at).total_seconds())
    if seconds < 1:
        return say_in("day", "now")
    if seconds < 60:
        return say("{n} s ago", n=seconds)
    if seconds < 3600:
        return say("{n} min ago", n=seconds // 60)
    if seconds < 86400:
        return say("{n} h ago", n=seconds // 3600)
    return days_ago(seconds // 86400)


# --- due --------------------------------------------------------------------------------------------------

_WHOLE_DAYS: Final = 99
"""`venceu há 99d` fills the column; more days are said without the verb (`há 412 dias`)."""

_NEAR_DAYS: Final = 28
"""Within four weeks weekday, day and hour are unambiguous without the month: `ter 24 09:30`."""


def _due_day(facts: DueFacts, zone: tzinfo) -> date | None:
    return facts.start_at.astimezone(zone).date() if facts.start_at else facts.due_on


def _coming(facts: DueFacts, day: date, today: date, zone: tzinfo) -> str:
    if facts.start_at is not None and (day - today).days < _NEAR_DAYS:
        return f"{weekday(day)} {day:%d} {clock(facts.start_at, zone)}"
    return day_word(day, today)


def _internal(day: date, today: date) -> str:
    """The promised date behind the internal one; two digits of year, because four do not fit the column."""
    if day.year == today.year:
        return say("intern. {date}", date=f"{day:%d/%m}")
    return say("int. {date}", date=f"{day:%d/%m/%y}")


def when_word(facts: DueFacts, now: datetime, zone: tzinfo) -> str:
    """The *When* column of a list, at most `WHEN_CELLS` cells: `venceu há 9d`, `hoje 11:30`, `sem passo`."""
    state = due_state(facts, now, zone)
    day, today = _due_day(facts, zone), now.astimezone(zone).date()
    if state is DueState.CLOSED:
        return say_in("when", "closed")
    if day is None:
        return say_in("when", "no step")
    if state is DueState.OVERDUE:
        late = (today - day).days
        if late == 0 and facts.start_at is not None:
            return say("overdue {time}", time=clock(facts.start_at, zone))
        if late == 1:
            return say("due yesterday")
        return say("overdue {n}d", n=late) if late <= _WHOLE_DAYS else days_ago(late)
    if state is DueState.TODAY:
        return _today(facts, zone)
    return _internal(day, today) if state is DueState.INTERNAL else _coming(facts, day, today, zone)


def _today(facts: DueFacts, zone: tzinfo) -> str:
    if facts.start_at is None:
        return say_in("day", "today")
    return say_in("day", "today {time}", time=clock(facts.start_at, zone))


def when_card(facts: DueFacts, now: datetime, zone: tzinfo) -> str:
    """The same on a board's card, where the glyph says *overdue*: `há 2d`, `ontem`, `int. 24/11`."""
    state = due_state(facts, now, zone)
    day, today = _due_day(facts, zone), now.astimezone(zone).date()
    if day is None or state not in (DueState.OVERDUE, DueState.INTERNAL):
        return when_word(facts, now, zone)
    if state is DueState.INTERNAL:
        return say("int. {date}", date=f"{day:%d/%m}" if day.year == today.year else f"{day:%d/%m/%y}")
    late = (today - day).days
    if late == 0 and facts.start_at is not None:
        return clock(facts.start_at, zone)
    return say_in("day", "yesterday") if late == 1 else say("{n}d ago", n=late)


def when_long(facts: DueFacts, now: datetime, zone: tzinfo) -> str:
    """The same in a briefing: `venceu há 2 dias, ter 17/11`, `interna desde 17/11, prometido ter 24/11`."""
    state = due_state(facts, now, zone)
    day, today = _due_day(facts, zone), now.astimezone(zone).date()
    if state is DueState.CLOSED:
        return say_in("when", "closed")
    if day is None:
        return say("no next step")
    dated = day_word(day, today)
    if facts.start_at is not None:
        dated = f"{dated} {clock(facts.start_at, zone)}"
    if state is DueState.OVERDUE:
        late = (today - day).days
        if late == 0 and facts.start_at is not None:
            return say("overdue since {time} today", time=clock(facts.start_at, zone))
        if late == 1:
            return say("due yesterday, {date}", date=dated)
        return say_n("overdue by {n} day, {date}", "overdue by {n} days, {date}", late, date=dated)
    if state is DueState.TODAY:
        return _today(facts, zone)
    if state is DueState.INTERNAL and facts.internal_on is not None:
        return say(
            "internal since {date}, promised {due}", date=short_date(facts.internal_on, today), due=dated
        )
    ahead = (day - today).days
    if facts.internal_on is not None:
        dated = say("{date}, internal {internal}", date=dated, internal=short_date(facts.internal_on, today))
    if ahead == 1:
        return say("tomorrow, {date}", date=dated)
    return say_n("in {n} day, {date}", "in {n} days, {date}", ahead, date=dated)


def put_off_until(until: datetime, now: datetime, zone: tzinfo) -> str:
    """Until when a contact is put off, as its row says it: `adiado 15:00`, `adiado 24/11`, `adiado 2027`."""
    return say("put off {until}", until=put_off_short(until, now, zone))


def put_off_short(until: datetime, now: datetime, zone: tzinfo) -> str:
    """The same after the sign of a flag: `15:00`, `24/11`, `2027`."""
    local, today = until.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{local:%d/%m}" if local.year == today.year else str(local.year)


def put_off_long(until: datetime, now: datetime, zone: tzinfo) -> str:
    """The same in a briefing: `adiado até hoje 15:00`, `adiado até ter 24/11`."""
    local, today = until.astimezone(zone), now.astimezone(zone).date()
    day = day_near(local.date(), today)
    if local.date() == today or local.time() != time():
        return say("put off until {until}", until=f"{day} {local:%H:%M}")
    return say("put off until {until}", until=day)


def next_change(facts: DueFacts, now: datetime, zone: tzinfo) -> datetime:
    """The next moment at which a *When* word may change: the hour that is due, else midnight. Aware."""
    local = now.astimezone(zone)
    tomorrow = local.date() + timedelta(days=1)
    midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)
    if facts.start_at is not None and now < facts.start_at < midnight:
        return facts.start_at
    return midnight


# --- telephones, documents, sizes ---------------------------------------------------------------------------


def phone(e164: str) -> str:
    """`+5511988881234` as `(11) 98888-1234`; a number from abroad or an odd one stays as it is."""
    if not e164.startswith("+55"):
        return e164
    local = e164[3:]
    if local.startswith("800") and len(local) == 10:
        return f"0800 {local[3:6]} {local[6:]}"
    if len(local) in (10, 11):
        return f"({local[:2]}) {local[2:-4]}-{local[-4:]}"
    return e164


def document(value: str) -> str:
    """A CPF (11) or CNPJ (14, letters too) with its mask; another length stays as it is."""
    if len(value) == 11:
        return f"{value[:3]}.{value[3:6]}.{value[6:9]}-{value[9:]}"
    if len(value) == 14:
        return f"{value[:2]}.{value[2:5]}.{value[5:8]}/{value[8:12]}-{value[12:]}"
    return value


def postcode(value: str) -> str:
    """A CEP as people write it, `01310-100`; another country's stays as it is."""
    return f"{value[:5]}-{value[5:]}" if len(value) == 8 and value.isdigit() else value


def address(street: str | None, city: str | None, state: str | None, code: str | None) -> str:
    """`Rua Augusta, 1200   São Paulo SP   01310-100`: what is known of it."""
    place = " ".join(part for part in (city, state) if part)
    return "   ".join(part for part in (street, place, postcode(code or "")) if part)


def size(count: int) -> str:
    """A file's size in decimal units: `812 B`, `184 kB`, `1,2 MB`."""
    if count < 1000:
        return f"{count} B"
    if count < 999_500:
        return f"{number(round(count / 1000))} kB"
    if count < 999_950_000:
        return f"{decimal(count / 1_000_000)} MB"
    return f"{decimal(count / 1_000_000_000)} GB"


def greeting(local: datetime) -> str:
    """`Bom dia` by the hour of this moment on the reader's clock."""
    if MORNING <= local.hour < AFTERNOON:
        return say("Good morning.")
    if AFTERNOON <= local.hour < EVENING:
        return say("Good afternoon.")
    return say("Good evening.")


def reopened(mode: str | None) -> str:
    """That a card is worked on again, and whether only to adjust what was sold. (E64)"""
    return say(N_("reopened for adjustments")) if mode == ReopenMode.ADJUSTMENT else say(N_("reopened"))
