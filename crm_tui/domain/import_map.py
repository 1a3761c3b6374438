"""What the columns of a foreign file mean, said by hand: a layout of an import, and the lines in which it is written.

A line of columns is `heading = field` or `heading = field, how its values are read`, a line of defaults
`field = value`; a field goes by its name or by its Portuguese word. Pure. (FEATURES.md M113)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.cell_values import amounts, dates
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_, Text, language

Pair = tuple[str, str]


class MapKind(StrEnum):
    """What a file holds. The values are those of `--kind`."""

    PEOPLE = "people"
    CARDS = "cards"
    ACTIVITIES = "activities"
    NOTES = "notes"


class DateOrder(StrEnum):
    """How dates of numbers alone are read: as their column says, or as somebody said."""

    AUTO = "auto"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class How(StrEnum):
    """How the values of a column are read, where somebody said it or its values show it."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    COMMA = "comma"
    POINT = "point"


class Column(NamedTuple):
    """A column of a file by its heading: which field it is (empty: left out), and how it is read (empty: as its values
    show)."""

    heading: str
    field: str
    how: str = ""


KIND_NAMES: Final[Mapping[MapKind, str]] = {
    MapKind.PEOPLE: N_("People"),
    MapKind.CARDS: N_("Cards"),
    MapKind.ACTIVITIES: N_("Activities"),
    MapKind.NOTES: N_("Notes on people and cards"),
}
ORDER_NAMES: Final[Mapping[DateOrder, str]] = {
    DateOrder.AUTO: N_("as the column says"),
    DateOrder.DAY_FIRST: N_("day first"),
    DateOrder.MONTH_FIRST: N_("month first"),
}
_REACH: Final = {"phone": "telefone", "mobile": "celular", "whatsapp": "whatsapp", "email": "e-mail"}
_WHOSE: Final = {
    "card": "cartão",
    "person": "pessoa",
    "company": "empresa",
    "document": "documento",
    "person ref": "código da pessoa",
    **_REACH,
    "id": "código de origem",
}
FIELDS: Final[Mapping[MapKind, Mapping[str, str]]] = {
    MapKind.PEOPLE: {
        "name": "nome",
        **_REACH,
        "company": "empresa",
        "title": "cargo",
        "notes": "notas",
        "document": "documento",
        "street": "endereço",
        "city": "cidade",
        "state": "estado",
        "postcode": "CEP",
        "given": "primeiro nome",
        "middle": "nome do meio",
        "family": "sobrenome",
        "suffix": "sufixo",
        "alias": "apelido",
        "id": "código de origem",
        "area": "DDD",
        "owner": "dono",
        "kind": "tipo de pessoa",
    },
    MapKind.CARDS: {
        "title": "título",
        "person": "pessoa",
        "company": "empresa",
        "board": "quadro",
        "stage": "etapa",
        "owner": "responsável",
        "status": "situação",
        "value": "valor",
        "opened": "aberto em",
        "won on": "ganho em",
        "lost on": "perdido em",
        "closed": "fechado em",
        "expected": "previsão",
        "reason": "motivo",
        "person ref": "código da pessoa",
        "document": "documento",
        "notes": "notas",
        "id": "código de origem",
        **_REACH,
    },
    MapKind.ACTIVITIES: {
        "subject": "assunto",
        "when": "quando",
        "hour": "hora",
        "action": "ação",
        "done": "feito",
        "done on": "feito em",
        "owner": "responsável",
        "result": "resultado",
        "text": "texto",
        **_WHOSE,
    },
    MapKind.NOTES: {"text": "texto", "when": "quando", "owner": "autor", **_WHOSE},
}
"""Each field by its name, as the readers of files have it, and its Portuguese word."""
DEFAULTED: Final[Mapping[MapKind, tuple[str, ...]]] = {
    MapKind.PEOPLE: ("company", "title", "notes", "city", "state", "owner"),
    MapKind.CARDS: (
        "title",
        "board",
        "stage",
        "owner",
        "status",
        "value",
        "expected",
        "company",
        "reason",
        "notes",
    ),
    MapKind.ACTIVITIES: ("subject", "action", "done", "owner", "result"),
    MapKind.NOTES: ("owner",),
}
"""What may be given to rows that do not say it."""
DATES: Final = (How.DAY_FIRST, How.MONTH_FIRST)
AMOUNTS: Final = (How.COMMA, How.POINT)
_READ: Final[Mapping[MapKind, Mapping[str, tuple[How, ...]]]] = {
    MapKind.PEOPLE: {},
    MapKind.CARDS: {
        **dict.fromkeys(("opened", "won on", "lost on", "closed", "expected"), DATES),
        "value": AMOUNTS,
    },
    MapKind.ACTIVITIES: dict.fromkeys(("when", "done on"), DATES),
    MapKind.NOTES: {"when": DATES},
}
_HOWS: Final = {
    How.DAY_FIRST: "dia primeiro",
    How.MONTH_FIRST: "mês primeiro",
    How.COMMA: "vírgula",
    How.POINT: "ponto",
}
_TELLING: Final[Mapping[MapKind, tuple[str, ...]]] = {
    MapKind.PEOPLE: ("name", "given", "family", "alias", "phone", "mobile", "whatsapp", "email", "company"),
    MapKind.CARDS: ("title", "person", "company"),
    MapKind.ACTIVITIES: tuple(field for field in _WHOSE if field != "id"),
    MapKind.NOTES: tuple(field for field in _WHOSE if field != "id"),
}
_SAYING: Final[Mapping[MapKind, tuple[str, ...]]] = {
    MapKind.ACTIVITIES: ("when", "done on"),
    MapKind.NOTES: ("text",),
}
"""What a row has to say beside whom it is about."""


_OWN: Final = "field."
_OWN_SAID: Final = re.compile(r"(?:field|campo)\.(\w+)")
"""A field of one's own of people, by the key of its question, as filters name it."""


LEFT_OUT: Final = "-"
"""Stands for a field where a heading is there more than once and this one of them is not wanted."""


@dataclass(frozen=True, slots=True)
class ImportMap:
    """`columns` in the order of the file; a heading that stands there twice is named twice, and one with an empty field
    is left out. `defaults`: field and value, for rows that leave it blank. `dates` holds for columns that do not say
    how they are read."""

    name: str
    kind: MapKind
    columns: tuple[Column, ...]
    defaults: tuple[Pair, ...] = ()
    dates: DateOrder = DateOrder.AUTO


def own(key: str) -> str:
    """A field of one's own of people as a layout names it, by the key of its question. (M48)"""
    return f"{_OWN}{key}"


def own_key(field: str) -> str:
    """The key of the question of a field of one's own; empty for every other field."""
    return field.removeprefix(_OWN) if field.startswith(_OWN) else ""


def word(kind: MapKind, field: str) -> str:
    """What a field is called in the language in force; empty is a column that is left out."""
    if not field:
        return LEFT_OUT
    if own_key(field):
        return f"campo.{own_key(field)}" if language().startswith("pt") else field
    return FIELDS[kind][field] if language().startswith("pt") else field


def read(name: str, kind: str, columns: str, defaults: str, dates: str = DateOrder.AUTO) -> ImportMap | Text:
    """A layout from its lines, or a sentence of what is wrong with them."""
    what = MapKind(kind)
    known = {fold(each): field for field, said in FIELDS[what].items() for each in (said, field)} | {
        LEFT_OUT: ""
    }
    pairs: list[Column] = []
    for line in filter(None, map(one_line, columns.splitlines())):
        heading, sign, said = (part.strip() for part in line.rpartition("="))
        if not (sign and heading):
            return Text("“{line}” is no column: write its heading = a field.", {"line": line[:80]})
        said, _, words = (part.strip() for part in said.partition(","))
        field = _field(said, known, what)
        if field is None:
            return _no_field(said, FIELDS[what], what)
        how = _how(words) if words else ""
        if how is None or (how and how not in ways(what, field)):
            return _no_way(words, field, what)
        pairs.append(Column(heading, field, how))
    given: list[Pair] = []
    for line in filter(None, map(one_line, defaults.splitlines())):
        said, sign, value = (part.strip() for part in line.partition("="))
        if not (sign and value):
            return Text("“{line}” is no default: write a field = its value.", {"line": line[:80]})
        field = _field(said, known, what)
        if field is None or not (field in DEFAULTED[what] or own_key(field)):
            return _no_field(said, DEFAULTED[what], what)
        wrong = unfit(what, field, value)
        if wrong is not None:
            return wrong
        given.append((field, value))
    if not any(column.field in _TELLING[what] for column in pairs):
        fields = ", ".join(word(what, field) for field in _TELLING[what])
        return Text("No column says who or what it is: give one of them {fields}.", {"fields": fields})
    saying = _SAYING.get(what, ())
    if saying and not any(column.field in saying for column in pairs):
        fields = ", ".join(word(what, field) for field in saying)
        return Text("A column is still missing, one of: {fields}.", {"fields": fields})
    return ImportMap(name, what, tuple(pairs), tuple(given), DateOrder(dates))


def _field(said: str, known: Mapping[str, str], kind: MapKind) -> str | None:
    """The field of this name or word; of a file of people one of their own, too. None if it is none."""
    own_said = _OWN_SAID.fullmatch(fold(said)) if kind is MapKind.PEOPLE else None
    return own(own_said[1]) if own_said is not None else known.get(fold(said))


def ways(kind: MapKind, field: str) -> tuple[How, ...]:
    """In which ways the values of a field may be read; none where there is nothing to decide. Of a field of one's own
    every way: of which kind it is, is not known here (see `map_fields`)."""
    return tuple(How) if own_key(field) else _READ[kind].get(field, ())


def unfit(kind: MapKind, field: str, value: str) -> Text | None:
    """Why a value cannot be the default of a field of dates or of money; None where it can."""
    if _READ[kind].get(field) == DATES and dates([value])(value) is None:
        return Text("Not a date: {value}.", {"value": value[:80]})
    if _READ[kind].get(field) == AMOUNTS and amounts([value])(value) is None:
        return Text("Not an amount of money: {value}.", {"value": value[:80]})
    return None


def how_word(how: str) -> str:
    """How a column is read, in the language in force."""
    return _HOWS[How(how)] if language().startswith("pt") else how


def _how(said: str) -> str | None:
    return next((how.value for how, word in _HOWS.items() if fold(said) in (fold(word), how.value)), None)


def _no_way(said: str, field: str, kind: MapKind) -> Text:
    there = ", ".join(how_word(how) for how in ways(kind, field))
    if not there:
        return Text(
            "{field} is read in one way alone: leave “{said}” out.",
            {"field": word(kind, field), "said": said[:40]},
        )
    told = {"field": word(kind, field), "said": said[:40], "ways": there}
    return Text("{field} is not read as “{said}”. There are: {ways}.", told)


def _no_field(said: str, fields: Mapping[str, str] | Sequence[str], kind: MapKind) -> Text:
    shown = ", ".join(word(kind, field) for field in fields)
    return Text("There is no field “{said}” here. There are: {fields}.", {"said": said[:40], "fields": shown})


def written(kind: MapKind, columns: Sequence[Column]) -> str:
    """The lines of columns that `read` reads."""
    return "\n".join(
        f"{each.heading} = {word(kind, each.field)}" + (f", {how_word(each.how)}" if each.how else "")
        for each in columns
    )


def written_defaults(kind: MapKind, pairs: Sequence[Pair]) -> str:
    """The lines of defaults that `read` reads."""
    return "\n".join(f"{word(kind, field)} = {value}" for field, value in pairs)
