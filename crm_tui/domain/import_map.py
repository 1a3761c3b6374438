"""What the columns of a foreign file mean, said by hand: a layout of an import, and the lines in which it is written.

A line of columns is `heading = field`, a line of defaults `field = value`; a field goes by its name or by its
Portuguese word. Pure. (FEATURES.md M113)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_, Text, language

Pair = tuple[str, str]


class MapKind(StrEnum):
    """What a file holds. The values are those of `--kind`."""

    PEOPLE = "people"
    CARDS = "cards"


class DateOrder(StrEnum):
    """How dates of numbers alone are read: as their column says, or as somebody said."""

    AUTO = "auto"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


KIND_NAMES: Final[Mapping[MapKind, str]] = {MapKind.PEOPLE: N_("People"), MapKind.CARDS: N_("Cards")}
ORDER_NAMES: Final[Mapping[DateOrder, str]] = {
    DateOrder.AUTO: N_("as the column says"),
    DateOrder.DAY_FIRST: N_("day first"),
    DateOrder.MONTH_FIRST: N_("month first"),
}
_REACH: Final = {"phone": "telefone", "mobile": "celular", "whatsapp": "whatsapp", "email": "e-mail"}
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
}
"""Each field by its name, as the readers of files have it, and its Portuguese word."""
DEFAULTED: Final[Mapping[MapKind, tuple[str, ...]]] = {
    MapKind.PEOPLE: ("company", "title", "notes", "city", "state"),
    MapKind.CARDS: ("board", "stage", "owner", "status", "company", "reason", "notes"),
}
"""What may be given to rows that do not say it."""
_TELLING: Final[Mapping[MapKind, tuple[str, ...]]] = {
    MapKind.PEOPLE: ("name", "given", "family", "alias", "phone", "mobile", "whatsapp", "email"),
    MapKind.CARDS: ("title", "person", "company"),
}


LEFT_OUT: Final = "-"
"""Stands for a field where a heading is there more than once and this one of them is not wanted."""


@dataclass(frozen=True, slots=True)
class ImportMap:
    """`columns`: heading and field, in the order of the file; a heading that stands there twice is named twice, and one
    with an empty field is left out.
    `defaults`: field and value."""

    name: str
    kind: MapKind
    columns: tuple[Pair, ...]
    defaults: tuple[Pair, ...] = ()
    dates: DateOrder = DateOrder.AUTO


def word(kind: MapKind, field: str) -> str:
    """What a field is called in the language in force; empty is a column that is left out."""
    if not field:
        return LEFT_OUT
    return FIELDS[kind][field] if language().startswith("pt") else field


def read(name: str, kind: str, columns: str, defaults: str, dates: str = DateOrder.AUTO) -> ImportMap | Text:
    """A layout from its lines, or a sentence of what is wrong with them."""
    what = MapKind(kind)
    known = {fold(each): field for field, said in FIELDS[what].items() for each in (said, field)} | {
        LEFT_OUT: ""
    }
    pairs: list[Pair] = []
    for line in filter(None, map(one_line, columns.splitlines())):
        heading, sign, said = (part.strip() for part in line.rpartition("="))
        if not (sign and heading):
            return Text("“{line}” is no column: write its heading = a field.", {"line": line[:80]})
        if fold(said) not in known:
            return _no_field(said, FIELDS[what], what)
        pairs.append((heading, known[fold(said)]))
    given: list[Pair] = []
    for line in filter(None, map(one_line, defaults.splitlines())):
        said, sign, value = (part.strip() for part in line.partition("="))
        if not (sign and value):
            return Text("“{line}” is no default: write a field = its value.", {"line": line[:80]})
        if known.get(fold(said)) not in DEFAULTED[what]:
            return _no_field(said, DEFAULTED[what], what)
        given.append((known[fold(said)], value))
    if not any(field in _TELLING[what] for _, field in pairs):
        fields = ", ".join(word(what, field) for field in _TELLING[what])
        return Text("No column says who or what it is: give one of them {fields}.", {"fields": fields})
    return ImportMap(name, what, tuple(pairs), tuple(given), DateOrder(dates))


def _no_field(said: str, fields: Mapping[str, str] | Sequence[str], kind: MapKind) -> Text:
    shown = ", ".join(word(kind, field) for field in fields)
    return Text("There is no field “{said}” here. There are: {fields}.", {"said": said[:40], "fields": shown})


def written(kind: MapKind, pairs: Sequence[Pair], *, defaults: bool = False) -> str:
    """The lines that `read` reads."""
    if defaults:
        return "\n".join(f"{word(kind, field)} = {value}" for field, value in pairs)
    return "\n".join(f"{heading} = {word(kind, field)}" for heading, field in pairs)
