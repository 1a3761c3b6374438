"""Appointments that come again: the rules that one may choose, and what a rule of RFC 5545 may say here.

A rule is the text of an `RRULE` without its name. It is carried out in whole days, so that nothing comes more often
than daily. How its days are found is `services.agenda.series`; no store, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text


class Repeat(StrEnum):
    """How often an appointment comes again; `RULE`: as a rule of its own says."""

    NEVER = "never"
    DAILY = "daily"
    WORKDAYS = "workdays"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    RULE = "rule"


REPEAT_NAMES: Final[Mapping[Repeat, str]] = {
    Repeat.NEVER: N_("once"),
    Repeat.DAILY: N_("every day"),
    Repeat.WORKDAYS: N_("Monday to Friday"),
    Repeat.WEEKLY: N_("every week"),
    Repeat.FORTNIGHTLY: N_("every two weeks"),
    Repeat.MONTHLY: N_("every month"),
    Repeat.YEARLY: N_("every year"),
    Repeat.RULE: N_("by a rule of its own"),
}
"""What each is called."""


class Reach(StrEnum):
    """Which occurrences a change of one of them is for."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


REACH_NAMES: Final[Mapping[Reach, str]] = {
    Reach.THIS: N_("this one alone"),
    Reach.FOLLOWING: N_("this one and those after it"),
    Reach.ALL: N_("all that are still to come"),
}
"""What each is called."""

HORIZON: Final = timedelta(days=548)
"""How far ahead the occurrences of a series are made: a year and a half."""
AHEAD: Final = timedelta(days=366)
"""With less than this made, the clock makes more."""
MOST: Final = 400
"""Occurrences made at a time at most: a year of days."""
LONGEST_RULE: Final = 500
"""Letters of a rule at most."""

_RULES: Final[Mapping[Repeat, str]] = {
    Repeat.DAILY: "FREQ=DAILY",
    Repeat.WORKDAYS: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    Repeat.WEEKLY: "FREQ=WEEKLY",
    Repeat.FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
    Repeat.MONTHLY: "FREQ=MONTHLY",
    Repeat.YEARLY: "FREQ=YEARLY",
}
_PARTS: Final = frozenset(
    (
        *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"),
        *("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"),
    )
)
_FREQUENCIES: Final = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")
_NUMBERS = re.compile(r"[+-]?[0-9]{1,3}(,[+-]?[0-9]{1,3})*")
_DAYS = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU))*")
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "INTERVAL": re.compile(r"[1-9][0-9]{0,2}"),
    "COUNT": re.compile(r"[1-9][0-9]{0,4}"),
    "UNTIL": _UNTIL,
    "WKST": re.compile(r"MO|TU|WE|TH|FR|SA|SU"),
    "BYDAY": _DAYS,
    **dict.fromkeys(("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"), _NUMBERS),
}


def rule_of(repeat: Repeat, rule: str, first: date, until: date | None) -> str:
    """The rule of a choice, ending on `until` if that is given; the month's last days come on the last day where a
    month is shorter."""
    text = rule.strip().upper().removeprefix("RRULE:") if repeat is Repeat.RULE else _RULES.get(repeat, "")
    if repeat is Repeat.MONTHLY and first.day > 28:
        days = ",".join(str(day) for day in range(28, first.day + 1))
        text = f"{text};BYMONTHDAY={days};BYSETPOS=-1"
    if repeat is Repeat.YEARLY and (first.month, first.day) == (2, 29):
        text = f"{text};BYMONTH=2;BYMONTHDAY=-1"
    return ended(text, until) if text and until is not None else text


def parts(rule: str) -> dict[str, str]:
    """The parts of a rule by name, in order."""
    said = (part.partition("=") for part in rule.split(";") if part)
    return {name: value for name, _, value in said}


def until_of(value: str, zone: tzinfo) -> date | datetime:
    """What an UNTIL says: a civil day, or an aware moment, of UTC or of the clock of `zone` as its last letter says.
    ValueError if it says neither."""
    if _UNTIL.fullmatch(value) is None:
        raise ValueError(value)
    day = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    if len(value) == 8:
        return day
    clock = time(int(value[9:11]), int(value[11:13]), int(value[13:15]))
    return datetime.combine(day, clock, UTC if value.endswith("Z") else zone)


def ended(rule: str, until: date) -> str:
    """The same rule with this last day, whatever end it had."""
    kept = {name: value for name, value in parts(rule).items() if name not in ("COUNT", "UNTIL")}
    return ";".join(f"{name}={value}" for name, value in (kept | {"UNTIL": f"{until:%Y%m%d}"}).items())


def readable(rule: str, field: str = "rule") -> Refusal | None:
    """Why a rule is none that can be carried out here; None if it is."""
    found = parts(rule)
    if len(rule) > LONGEST_RULE or not found:
        return _no_rule(rule, field)
    if found.get("FREQ") not in _FREQUENCIES:
        return Refusal(
            Text("An appointment comes again daily, weekly, monthly or yearly: FREQ says something else."),
            RefusedBy.INPUT,
            (field,),
        )
    for name, value in found.items():
        form = _FORMS.get(name)
        if name not in _PARTS or (form is not None and form.fullmatch(value) is None):
            return _no_rule(f"{name}={value}", field)
    if "COUNT" in found and "UNTIL" in found:
        return Refusal(
            Text("A rule ends after a number of times or on a day, not both: take COUNT or UNTIL out."),
            RefusedBy.INPUT,
            (field,),
        )
    return None


def _no_rule(part: str, field: str) -> Refusal:
    return Refusal(
        Text(
            "“{part}” is no rule that can be carried out: FREQ=WEEKLY;BYDAY=TU,TH is one.",
            {"part": part[:60]},
        ),
        RefusedBy.INPUT,
        (field,),
    )
