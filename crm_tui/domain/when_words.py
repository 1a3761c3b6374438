"""The words that dates are said with, in both languages at once, and the one word a misspelt one must be.

A table: word to (symbol of the grammar, value). Nothing here knows what a symbol leads to.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from crm_tui.domain.text import fold


class Word(NamedTuple):
    """A word of the grammar: its symbol, its number (weekday 0–6, month 1–12, count) and its spelling."""

    symbol: str
    value: int
    spelling: str


_WEEKDAYS = (
    "segunda seg monday mon",
    "terça ter tuesday tues tue",
    "quarta qua wednesday weds wed",
    "quinta qui thursday thurs thur thu",
    "sexta sex friday fri",
    "sábado sab saturday sat",
    "domingo dom sunday sun",
)
_MONTHS = (
    "janeiro jan january",
    "fevereiro fev february feb",
    "março mar march",
    "abril abr april apr",
    "maio mai may",
    "junho jun june",
    "julho jul july",
    "agosto august aug",
    "setembro set september sept sep",
    "outubro out october oct",
    "novembro nov november",
    "dezembro december dec",
)
_NUMBERS = {
    1: "um uma one",
    2: "dois duas two",
    3: "três three",
    4: "quatro four",
    5: "cinco five",
    6: "seis six",
    7: "sete seven",
    8: "oito eight",
    9: "nove nine",
    10: "ten",
    15: "quinze fifteen",
    20: "vinte twenty",
    30: "trinta thirty",
}
_ORDINALS = {
    1: "primeiro first",
    2: "segundo",
    3: "terceiro third",
    4: "quarto",
    5: "quinto fifth",
    6: "sexto",
    7: "sétimo",
    8: "oitavo",
    9: "nono",
    10: "décimo",
}
_CONTENT = {
    "TODAY": "hoje hj today",
    "TOMORROW": "amanhã tomorrow tmrw tmr",
    "YESTERDAY": "ontem yesterday",
    "NEXT": "próxima próximo prox next",
    "DAY": "dia dias day days d",
    "WEEK": "semana semanas week weeks sem w",
    "MONTHS": "mês meses month months",
    "YEAR": "ano anos year years y",
    "HOUR": "hora horas hour hours h hs hr hrs",
    "MIN": "minuto minutos minute minutes min mins",
    "M": "m",
    "WORK": "útil úteis business working",
    "WORKDAYS": "du bd",
    "WEEKEND": "weekend fds",
    "EOD": "eod cob",
    "EOW": "eow",
    "EOM": "eom",
    "EOY": "eoy",
    "MANHA": "manhã",
    "MORNING": "morning",
    "AFTERNOON": "tarde afternoon",
    "EVENING": "noite evening night",
    "TONIGHT": "tonight",
    "EARLY": "cedo",
    "OFFICE": "expediente",
    "NOON": "noon",
    "MIDNIGHT": "midnight",
    "HOLIDAY": "feriado holiday",
    "START": "começo início beginning",
    "AM": "am",
    "PM": "pm",
    "FEIRA": "feira",
    "DEZ": "dez",  # December after a number, ten before a unit or after às
    "AGO": "ago",  # August after a number, the past after a unit
}
# Never the target of a correction: "festa" is not "esta", nor "sinal" the end of anything.
_GLUE = {
    "THIS": "esta este essa esse this",
    "QUE": "que q",
    "VEM": "vem",
    "DE": "de",
    "DA": "do da dos das",
    "OF": "of",
    "THE": "the o",
    "A": "a an",
    "AT": "às at ao",
    "EM": "em",
    "IN": "in",
    "DAQUI": "daqui",
    "DENTRO": "dentro",
    "ON": "na no nas nos on",
    "TO": "para pra pras pro",
    "BY": "até by",
    "LA": "lá",
    "PELAS": "pelas pela",
    "POR": "por",
    "VOLTA": "volta",
    "AROUND": "around",
    "AND": "e and",
    "MEIO": "meio",
    "MEIA": "meia",
    "HALF": "half",
    "THING": "thing",
    "AFTER": "depois after",
    "LAST": "último última last",
    "END": "fim final end",
    "HA": "há",
    "BACK": "atrás",
}
# Two words could claim these (`amnha` is one slip from amanhã and from manhã); the frequent one has them.
_SLIPS = {"amnha": "amanhã", "amanh": "amanhã", "amanhan": "amanhã", "amha": "amanhã"}

_SHORTEST_CORRECTED = 5


def _entries() -> dict[str, Word]:
    table: dict[str, Word] = {}
    for symbol, words in (_CONTENT | _GLUE).items():
        for spelling in words.split():
            table[fold(spelling)] = Word(symbol, 0, spelling)
    for symbol, numbered in (
        ("WEEKDAY", dict(enumerate(_WEEKDAYS))),
        ("MONTH", dict(enumerate(_MONTHS, start=1))),
        ("NUM", _NUMBERS),
        ("ORD", _ORDINALS),
    ):
        for value, words in numbered.items():
            for spelling in words.split():
                table[fold(spelling)] = Word(symbol, value, spelling)
    return table


_TABLE = _entries()
_CORRECTABLE = {folded: word for folded, word in _TABLE.items() if word.symbol not in _GLUE}
SYMBOLS = frozenset(word.symbol for word in _TABLE.values())


def _one_slip(typed: str, meant: str) -> bool:
    """One letter added, missing or changed, or two neighbours swapped."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    at = 0
    for a, b in zip(typed, meant, strict=False):
        if a != b:
            break
        at += 1
    if len(typed) > len(meant):
        return typed[at + 1 :] == meant[at:]
    if len(typed) < len(meant):
        return typed[at:] == meant[at + 1 :]
    swapped = typed[at + 1 : at + 2] + typed[at : at + 1] + typed[at + 2 :]
    return typed[at + 1 :] == meant[at + 1 :] or swapped == meant[at:]


def known(folded: str) -> Word | None:
    """The word of the grammar that is spelt so (without accents, in small letters)."""
    return _TABLE.get(folded)


@lru_cache(maxsize=1_024)
def corrections(folded: str) -> tuple[Word, ...]:
    """What an unknown word may have meant: none, the one word one slip away, or several that it could be.

    Words of four letters or fewer are never corrected. Spellings of one meaning count once.
    """
    slip = _SLIPS.get(folded)
    if slip is not None:
        return (_TABLE[fold(slip)],)
    if len(folded) < _SHORTEST_CORRECTED:
        return ()
    near: dict[tuple[str, int], Word] = {}
    for meant, word in _CORRECTABLE.items():
        if _one_slip(folded, meant):
            near.setdefault((word.symbol, word.value), word)
    return tuple(near.values())
