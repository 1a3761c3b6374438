"""How days, weeks, months, quarters, years and distances are said in a filter, and said back in either language.

Patterns over the tokens of the reader of dates, so that typing errors, accents and both languages are its business;
the two words that reader has no use for (*passada*, *trimestre*) are added here. Stored words are those on the left
of `SAID`, and whatever is printed is read back to them (a property test holds it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from crm_tui.domain.text import fold
from crm_tui.domain.when_atoms import CODES
from crm_tui.domain.when_lex import Token

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PT_WEEKDAYS = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
_OWN = {
    "PASSED": "passada passado past",
    "QUARTER": "trimestre quarter tri",
    "THESE": "desta deste dessa desse",
}
_OWN_WORDS = {word: kind for kind, words in _OWN.items() for word in words.split()}
_CODES = CODES | {kind: chr(0xF400 + at) for at, kind in enumerate(_OWN)}
_UNITS = {"DAY": "d", "WEEK": "w", "MONTHS": "m", "YEAR": "y", "WORK": "bd", "WORKDAYS": "bd"}
_FILLERS = frozenset({"TO", "ON", "BY"})

Made = Callable[[Sequence[Token], bool], str]


def number_word(token: Token, said: str) -> Token:
    """The token, or one of the words that only filters know."""
    kind = _OWN_WORDS.get(fold(said[token.start : token.end])) if token.kind == "UNKNOWN" else None
    return token if kind is None else Token(kind, token.start, token.end)


def coded(phrase: Sequence[Token]) -> str:
    """The phrase as one sign a token, for the patterns."""
    return "".join(_CODES[token.kind] for token in phrase if token.kind not in _FILLERS)


def _count(phrase: Sequence[Token]) -> int:
    for token in phrase:
        if token.kind in ("NUM", "NUM4", "DEZ"):
            return 10 if token.kind == "DEZ" else token.value
    return 1


def _unit(phrase: Sequence[Token]) -> str:
    kinds = [token.kind for token in phrase]
    for kind in ("WORK", "WORKDAYS", "WEEK", "MONTHS", "YEAR"):
        if kind in kinds:
            return _UNITS[kind]
    return "d"


def _ahead(phrase: Sequence[Token], back: bool) -> str:
    return _signed("+", phrase)


def _ago(phrase: Sequence[Token], back: bool) -> str:
    return _signed("-", phrase)


def _bare(phrase: Sequence[Token], back: bool) -> str:
    """`3 dias` without a sign lies where the field looks."""
    return _signed("-" if back else "+", phrase)


def _signed(sign: str, phrase: Sequence[Token]) -> str:
    count = _count(phrase)
    return f"{sign}{count}{_unit(phrase)}" if count else "today"


def _named(phrase: Sequence[Token]) -> str:
    return WEEKDAYS[next(token.value for token in phrase if token.kind == "WEEKDAY")]


def _weekday(phrase: Sequence[Token], back: bool) -> str:
    return _named(phrase)


def _this_weekday(phrase: Sequence[Token], back: bool) -> str:
    return f"this {_named(phrase)}"


def _last_weekday(phrase: Sequence[Token], back: bool) -> str:
    return _named(phrase) if back else f"last {_named(phrase)}"


def _next_weeks(phrase: Sequence[Token], back: bool) -> str:
    return f"{_named(phrase)} next week"


def _month(phrase: Sequence[Token], back: bool) -> str:
    """`month 11` or `month 11 2026`: made a fixed month by the reader, who knows today."""
    token = next(each for each in phrase if each.kind in ("MONTH", "DEZ", "AGO"))
    month = {"DEZ": 12, "AGO": 8}.get(token.kind, token.value)
    year = next((f" {each.value}" for each in phrase if each.kind == "NUM4"), "")
    return f"month {month}{year}"


def _nth_day(phrase: Sequence[Token], back: bool) -> str:
    return f"day {next(token.value for token in phrase if token.kind in ('NUM', 'ORD', 'ORD_TH'))}"


def _nth_working_day(phrase: Sequence[Token], back: bool) -> str:
    return f"{next(token.value for token in phrase if token.kind in ('ORD', 'ORD_TH'))}th business day"


_OF = "(DE|DA|OF)"
_IN = "(PLUS|EM|IN|DAQUI A?|DENTRO DE)"
_NUMBER = "(NUM|NUM4|DEZ)"
_DAYS = "(DAY WORK|WORK DAY|DAY|WORKDAYS|WEEK|MONTHS|YEAR)"
_THIS = f"(THIS|THESE|{_OF} THE?|THE)?"
_WORKDAY = "(DAY WORK|WORK DAY|WORKDAYS)"
_NEXT_WEEK = "(WEEK QUE VEM|NEXT WEEK)"


def _periods() -> list[tuple[str, str]]:
    made = []
    for name, kind in (("week", "WEEK"), ("month", "MONTHS"), ("quarter", "QUARTER"), ("year", "YEAR")):
        made += [
            (f"{_THIS} {kind}", name),
            (f"(DE|DA|OF)? ({kind} QUE VEM|NEXT {kind})", f"next {name}"),
            (f"(DE|DA|OF)? ({kind} PASSED|PASSED {kind}|LAST {kind})", f"last {name}"),
        ]
    return made


_TABLE: list[tuple[str, str | Made]] = [
    ("(DE|DA)? TODAY", "today"),
    ("(DE|DA)? TOMORROW", "tomorrow"),
    ("(DE|DA)? YESTERDAY", "yesterday"),
    ("AFTER DE TOMORROW|THE? DAY AFTER TOMORROW", "+2d"),
    *_periods(),
    (f"{_OF}? WEEKDAY FEIRA?", _weekday),
    ("(THIS|THESE) WEEKDAY FEIRA?|WEEKDAY FEIRA? (THESE|OF THIS|DE THIS) WEEK", _this_weekday),
    ("WEEKDAY FEIRA? PASSED|(LAST|PASSED) WEEKDAY FEIRA?", _last_weekday),
    (f"WEEKDAY FEIRA? {_OF}? {_NEXT_WEEK}|{_NEXT_WEEK} WEEKDAY FEIRA?", _next_weeks),
    (f"(HA|MINUS) ({_NUMBER}|A) {_DAYS} (BACK|AGO)?|MINUS NUM", _ago),
    (f"({_NUMBER}|A) {_DAYS} (BACK|AGO)", _ago),
    (f"{_IN} ({_NUMBER}|A) {_DAYS}|PLUS NUM", _ahead),
    (f"{_NUMBER} {_DAYS}", _bare),
    ("(EM|IN)? (MONTH|DEZ|AGO) ((DE|DA|OF)? NUM4)?", _month),
    (f"EOM|END {_OF} THE? MONTHS", "end of month"),
    ("EOW|END WEEK|END (DA|OF) THE? WEEK", "end of week"),
    (f"EOY|END {_OF} THE? YEAR", "end of year"),
    (f"LAST DAY {_OF} THE? MONTHS", "last day of month"),
    ("NEXT (DAY WORK|WORK DAY)", "next business day"),
    (f"AFTER {_OF}? THE? HOLIDAY", "after holiday"),
    ("DAY NUM|DAY ORD|THE (ORD|ORD_TH)|ORD_TH", _nth_day),
    (f"(ORD|ORD_TH) {_WORKDAY}", _nth_working_day),
]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"[A-Z][A-Z_0-9]*", lambda m: _CODES[m.group()], pattern).replace(" ", ""))


PHRASES: tuple[tuple[re.Pattern[str], str | Made], ...] = tuple(
    (_compiled(pattern), made) for pattern, made in _TABLE
)
"""What is typed, as patterns; and the stored words, or what makes them of the tokens and of where one looks."""

SAID = {
    "today": "hoje",
    "tomorrow": "amanhã",
    "yesterday": "ontem",
    "week": "semana",
    "next week": "semana que vem",
    "last week": "semana passada",
    "month": "mês",
    "next month": "mês que vem",
    "last month": "mês passado",
    "quarter": "trimestre",
    "next quarter": "trimestre que vem",
    "last quarter": "trimestre passado",
    "year": "ano",
    "next year": "ano que vem",
    "last year": "ano passado",
    "end of month": "fim do mês",
    "end of week": "fim da semana",
    "end of year": "fim do ano",
    "last day of month": "último dia do mês",
    "next business day": "próximo dia útil",
    "after holiday": "depois do feriado",
}
_PT_UNITS = {"d": "d", "w": "sem", "m": "mes", "y": "ano", "bd": "du"}
_PT_TURNS = {"this": "esta {}", "last": "{} passada"}


def said(words: str, language: str) -> str:
    """Stored words as one types them in that language, with blanks; words of neither table as they are."""
    fixed = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?", words)
    if fixed:
        year, month, day = fixed.groups()
        if day is None:
            return f"{month}/{year}"
        return words if language == "en" else f"{day}/{month}/{year}"
    distance = re.fullmatch(r"([+-][0-9]+)([a-z]+)", words)
    if distance:
        unit = {"m": "mo"}.get(distance[2], distance[2]) if language == "en" else _PT_UNITS[distance[2]]
        return distance[1] + unit.replace("mo", "month")
    if language == "en":
        return words
    return SAID.get(words) or _weekday_said(words) or _numbered_said(words) or words


def _weekday_said(words: str) -> str:
    parts = words.split()
    for at, name in enumerate(WEEKDAYS):
        weekday = _PT_WEEKDAYS[at]
        if words == name:
            return weekday
        if words == f"{name} next week":
            return f"{weekday} da semana que vem"
        if len(parts) == 2 and parts[1] == name and parts[0] in _PT_TURNS:
            return _PT_TURNS[parts[0]].format(weekday)
    return ""


def _numbered_said(words: str) -> str:
    day = re.fullmatch("day ([0-9]+)", words)
    if day:
        return f"dia {day[1]}"
    working = re.fullmatch("([0-9]+)th business day", words)
    return f"{working[1]}º dia útil" if working else ""
