"""What the SQL of a filter answers, and what the plain oracle says that it means; and lines to ask of both.

Of any base: the one that tests fill, and the demonstration.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from crm_tui.bootstrap import open_crm
from crm_tui.domain.filter import (
    BUILT,
    FIELDS,
    Facts,
    Field,
    Filter,
    FilterWorld,
    Kind,
    Place,
    Reader,
    matches,
    read,
)
from crm_tui.domain.filter_fields import HAD, fixed_words, letter
from crm_tui.domain.filter_tree import All, AnyOf, Node, Not
from crm_tui.domain.filter_values import bare_or_quoted
from crm_tui.services.core import narrow
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.scope import sight
from crm_tui.services.filter import views
from crm_tui.store.filters import CARDS, PEOPLE, STEPS
from tests.services.filter_base import NOW, Told

FROM = {
    "cards": ("card c", "c.id", "c.deleted_at IS NULL"),
    "steps": (
        "activity a LEFT JOIN card c ON c.id = a.card_id AND c.deleted_at IS NULL",
        "-a.id",
        "a.stands_alone = 1 AND a.state = 'planned' AND a.deleted_at IS NULL",
    ),
    "people": ("party p", "p.id", "p.deleted_at IS NULL AND p.merged_into_id IS NULL"),
}
ROWS = {"cards": CARDS, "steps": STEPS, "people": PEOPLE}
_DATES = (
    *(
        "hoje",
        "amanhã",
        "ontem",
        "semana",
        "semana-passada",
        "mês",
        "mês-passado",
        "2026",
        "-7d",
        "+3d",
        "sexta",
    ),
    *("há-2-semanas", "+2du", "-3bd", "20/11", "21/11/2026", "fim-do-mês", "trimestre", "11/2025", "dia-31"),
)
_MONEY = ("0", "5000", "5k", "0,05", "99,90", "1234,50", "10000")
_NUMBERS = ("0", "1", "3", "9", "60")
TEXTS = (
    *(
        "padaria",
        "sao",
        '"casa verde"',
        "lima",
        "d'av",
        "coca-cola",
        "cola-coca",
        '"ana lia"',
        "98888",
        "142",
        "op",
    ),
    *(
        "op-0142",
        "a",
        "ﬁl",
        "x2",
        "forno",
        '"forno novo"',
        "*",
        '"preço alto"',
        "5%",
        "ana.lima@padaria",
        "verde casa",
    ),
    *("11988", '"(11) 8888-7777"', "1188887777", "12ABC", "strasse", "2025"),
)
_CODES = (
    "8888",
    "12ABC",
    "OP-0142",
    "142",
    '"111.444"',
    "1188887777",
    "11988887777",
    "555",
    "988887777",
    "PE-900",
    "OP-01",
    "OP-02",
)


def own_fields(world: FilterWorld) -> list[Field]:
    """The fields of one's own that the world knows."""
    return [field for key in world.custom if (field := world.field(f"campo.{key}")) is not None]


class Lines:
    """Lines from a seed, of the fields that a list has, with the names of the base."""

    def __init__(self, seed: int, world: FilterWorld) -> None:
        self.random, self.world = Random(seed), world
        self.fields = [f for f in FIELDS if letter(world.place) in f.lists and f.since <= BUILT]
        self.fields += own_fields(world)
        self.had = [h for h in HAD if letter(world.place) in h.lists and h.since <= BUILT]
        self.had += [had for key in world.custom if (had := world.had(f"campo.{key}")) is not None]

    def many(self, values: list[str]) -> str:
        return ",".join(self.random.choices(values, k=self.random.randint(1, 2)))

    def compared(self, values: tuple[str, ...]) -> str:
        one, other = self.random.choice(values), self.random.choice(values)
        return self.random.choice(
            [one, one, f"<{one}", f"<={one}", f">{one}", f">={one}", f"{one}..{other}", f"..{one}"]
        )

    def value(self, field: Field) -> str:
        words = [w.pt[0] for w in fixed_words(field) if letter(self.world.place) in w.lists]
        known = self.world.names.things(field.thing) if field.thing else ()
        things = [bare_or_quoted(each.login or each.name, field) for each in known]
        match field.kind:
            case Kind.DATE:
                return self.compared(_DATES)
            case Kind.DATE_TRI:
                return self.random.choice([*words, self.compared(_DATES)])
            case Kind.MONEY:
                return self.compared(_MONEY)
            case Kind.NUMBER:
                return self.compared(_NUMBERS)
            case Kind.TRI_NUMBER:
                return self.random.choice([*words, self.compared(_NUMBERS)])
            case Kind.TEXT if field.id in ("city", "state"):
                return self.many(["sp", "são", "paulo", '"rio de janeiro"', "olinda", "pe", '"sao jose"'])
            case Kind.TEXT if field.id.startswith("field."):
                return self.many(["padaria", "lima", '"casa verde"', "forno", "verde casa", "*"])
            case Kind.TEXT:
                return self.many([t for t in TEXTS if ":" not in t])
            case Kind.THING_TEXT:
                return self.random.choice([*things, '"preço alto"', '"preço"'])
            case Kind.CODE:
                return self.many(list(_CODES))
            case Kind.TRI:
                return self.random.choice(words)
        return self.many([*words, *things])

    def term(self) -> str:
        way = self.random.random()
        if way < 0.2:
            return self.random.choice(TEXTS)
        if way < 0.35:
            word = self.random.choice(("sem", "com"))
            return f"{word}:{self.random.choice(self.had).pt[0]}"
        field = self.random.choice(self.fields)
        return f"{field.pt[0]}:{self.value(field)}"


def node(lines: Lines, depth: int) -> Node:
    """A tree of terms, as read: groups of groups and denials of anything."""
    way = lines.random.random()
    if depth and way < 0.45:
        parts = tuple(node(lines, depth - 1) for _ in range(lines.random.randint(2, 3)))
        return All(parts) if way < 0.2 else AnyOf(parts)
    if depth and way < 0.65:
        return Not(node(lines, depth - 1))
    for _ in range(20):
        found = read(lines.term(), lines.world)
        if isinstance(found, Filter) and found.where.of:
            return found.where.of[0]
    return All()


class Look:
    """One reader at one moment: the facts that are true for them, and what SQL answers."""

    def __init__(self, path: Path, login: str, hours: int, begun: datetime = NOW) -> None:
        self.crm: Crm = open_crm(path, login, lambda: begun + timedelta(hours=hours))
        self.reading = self.crm.reading()
        viewer = self.crm.viewer

        def reached(card: dict[str, Any]) -> bool:
            return viewer.may("card.read", card["owner_id"]) and viewer.sees(card["board_id"])

        told = Told(
            self.reading.connection, viewer.user_id, self.reading.now, viewer.zone, reached, viewer.sees
        )
        self.facts: dict[str, dict[int, Facts]] = {
            "cards": told.cards(),
            "steps": told.steps(),
            "people": told.people(),
        }
        self.reader = Reader(
            viewer.user_id, viewer.subtree_ids | {viewer.user_id}, narrow.clock(self.reading, "pt-BR")
        )

    def world(self, place: Place) -> FilterWorld:
        found: FilterWorld = self.crm.read(views.world, place, "pt-BR")
        return found

    def answered(self, where: Node, kind: str) -> set[int]:
        table, key, live = FROM[kind]
        also = narrow.narrowed(self.reading, where, ROWS[kind])
        sql = f"SELECT {key} FROM {table} WHERE {live} AND {also.sql}"
        return {i for (i,) in self.reading.connection.execute(sql, also.params | sight(self.crm.viewer))}

    def meant(self, where: Node, kind: str) -> set[int]:
        return {i for i, facts in self.facts[kind].items() if matches(where, facts, self.reader)}


PLACES = {"cards": Place.BOARD, "steps": Place.TODAY, "people": Place.PEOPLE}
