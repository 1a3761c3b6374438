"""Reads when something is: `sexta 14h`, `+3d`, `fim do mês`, `next fri 3pm`, and says moments back in words.

The one reader for every field, filter and command-line option that asks for a date. Both languages are read
at all times; the language given decides only the order in `1/2/27` and the words of the echo. Pure: now and
the working calendar are handed in. Standard library only; knows neither screen nor store.

Principles: the first future moment that fits the words; never a guess (two sensible readings are refused
and both offered); a date stays a date unless a time was said; working days count only where words say so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from crm_tui.domain.when_echo import distance, echo, short_offers
from crm_tui.domain.when_parse import interpret
from crm_tui.domain.when_types import (
    YEARS_AHEAD,
    DayParts,
    Moment,
    Offer,
    Reason,
    WhenRefusal,
    World,
    day_of,
)
from crm_tui.domain.worktime import ExceptionKind, WorkCalendar
from crm_tui.i18n import Text

__all__ = [
    "DayParts",
    "Description",
    "Moment",
    "Offer",
    "Reason",
    "WhenRefusal",
    "describe",
    "echo",
    "hour",
    "read",
    "read_either_way",
    "sentence",
]

_WARNINGS = {
    "holiday": ("feriado", "holiday"),
    "leave": ("folga", "day off"),
    "weekend": ("fim de semana", "weekend"),
    "closed": ("sem expediente", "no working hours"),
}
_AFTER = ("depois de {name}", "after {name}")


def read(
    words: str,
    now_local: datetime,
    calendar: WorkCalendar,
    language: str,
    *,
    zone: ZoneInfo | None = None,
    past: bool = False,
    ever: bool = False,
    parts: DayParts | None = None,
) -> Moment | WhenRefusal:
    """The date or naive local datetime (to the minute) that the words say, or why they say none.

    `now_local` is naive local time. With `zone`, "in 2 hours" is counted in instants, and a local time that
    a clock change skips or repeats is refused with both instants (the repeated ones differ in `fold`). With
    `past` the direction is turned: `sexta` is the last Friday, `15/11` the last one, and nothing is refused
    for having passed; with `ever` words look ahead, and only what would be refused for having passed is taken as it is:
    leave that is entered afterwards. `parts` are the company's hours for morning, afternoon and evening. Never raises.
    """
    world = World(now_local, calendar, language, zone, past, parts or DayParts())
    found = interpret(words, world).value
    if ever and isinstance(found, WhenRefusal) and found.reason is Reason.PAST:
        return interpret(words, replace(world, past=True)).value
    return found


def read_either_way(
    words: str, now_local: datetime, calendar: WorkCalendar, language: str, *, zone: ZoneInfo
) -> tuple[Moment | WhenRefusal, bool]:
    """As `read`, for where one only looks: what the words say of days to come, else of days gone by, and whether it is
    that."""
    found = read(words, now_local, calendar, language, zone=zone)
    if isinstance(found, WhenRefusal):
        gone_by = read(words, now_local, calendar, language, zone=zone, past=True)
        if not isinstance(gone_by, WhenRefusal):
            return gone_by, True
    return found, False


def hour(text: str, day: date, calendar: WorkCalendar, language: str) -> time | None:
    """An hour of the `day` that is known otherwise: `15h30`, `3 da tarde`; a lone number is one, too. None: it is no
    hour, or two."""
    midnight = datetime.combine(day, time())
    words = f"{text}h" if text.isdecimal() and len(text) <= 2 else text
    found = read(words, midnight, calendar, language)
    return found.time() if isinstance(found, datetime) and found.date() == day else None


@dataclass(frozen=True, slots=True)
class Description:
    """What stands under a field while it is typed; `str()` is the whole line."""

    echo: str
    distance: str
    warnings: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " · ".join((self.echo, self.distance, *self.warnings, *self.corrected))


def _warnings(value: Moment, calendar: WorkCalendar, language: str) -> tuple[str, ...]:
    day = day_of(value)
    if calendar.is_working_day(day):
        return ()
    differs = calendar.exception(day)
    if differs is not None and differs.kind is not ExceptionKind.WORKING:
        key = differs.kind.value
    else:
        key = "weekend" if day.weekday() >= 5 else "closed"
    return (_WARNINGS[key][language == "en"],)


def describe(
    value: Moment, now_local: datetime, calendar: WorkCalendar, language: str, *, words: str = ""
) -> Description:
    """The echo, the distance, and a warning if nobody works that day.

    With the `words` that were read also how misspelt ones were taken (`setxa = sexta`) and the name of the
    holiday that they go by.
    """
    reading = interpret(words, World(now_local, calendar, language)) if words else None
    corrected = tuple(f"{typed} = {meant}" for typed, meant in reading.corrected) if reading else ()
    named = (_AFTER[language == "en"].format(name=reading.holiday),) if reading and reading.holiday else ()
    return Description(
        echo(value, now_local, language),
        distance(value, now_local, language),
        (*named, *_warnings(value, calendar, language)),
        corrected,
    )


def _subject(refusal: WhenRefusal, said: str) -> Text | str:
    """What the sentence says before it offers anything."""
    if refusal.note is not None:
        return refusal.note
    quoted = said if said[:1].isdigit() else f"“{said}”"
    if refusal.reason is Reason.PAST:
        return Text("{moment} has already passed", {"moment": quoted})
    if refusal.reason is Reason.TOO_FAR:
        return Text("{words} is more than {years} years ahead", {"words": quoted, "years": YEARS_AHEAD})
    if refusal.reason is Reason.NO_SUCH_DATE:
        return Text("There is no {words}", {"words": quoted})
    return quoted


def sentence(refusal: WhenRefusal, words: str, now_local: datetime, language: str) -> Text:
    """Why the words were refused and what is offered, in one sentence: `3h: 15:00 ou 03:00?`."""
    said = words[refusal.start : refusal.end]
    if refusal.note is not None and refusal.note.msgid.endswith("."):
        return refusal.note
    if not said.strip():
        return Text("Say when: a day, a time or both.")
    if refusal.reason is Reason.UNKNOWN:
        return Text("I do not understand “{words}”.", {"words": said})
    subject = _subject(refusal, said)
    offers = short_offers(refusal.offers, now_local, language)
    if not offers:
        if refusal.reason is Reason.AMBIGUOUS:
            return Text("{what} can mean several things.", {"what": subject})
        return Text("{what}.", {"what": subject})
    if len(offers) == 1:
        return _one_offer(refusal, subject, offers[0], now_local, language)
    first, second, *third = offers
    if third:
        params = {"what": subject, "first": first, "second": second, "third": third[0]}
        return Text("{what}: {first}, {second} or {third}?", params)
    return Text("{what}: {first} or {second}?", {"what": subject, "first": first, "second": second})


def _one_offer(
    refusal: WhenRefusal, subject: Text | str, short: str, now_local: datetime, language: str
) -> Text:
    value = refusal.offers[0].value
    near = distance(value, now_local, language)
    if refusal.reason is Reason.PAST and (day_of(value) - now_local.date()).days <= 1:
        clock = f" {value:%H:%M}" if isinstance(value, datetime) else ""
        return Text("{what}. {first}?", {"what": subject, "first": near.capitalize() + clock})
    return Text("{what}: {first}?", {"what": subject, "first": short})
