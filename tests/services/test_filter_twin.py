"""What the SQL of a filter finds is what the plain oracle finds, row for row, of cards, steps and people."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from filter_base import NOW, Base, Told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_tui.bootstrap import open_crm
from crm_tui.domain.filter import (
    BUILT,
    FIELDS,
    Facts,
    Field,
    Filter,
    FilterError,
    FilterWorld,
    Kind,
    Place,
    Reader,
    effective,
    matches,
    read,
)
from crm_tui.domain.filter_fields import HAD, fixed_words, letter
from crm_tui.domain.filter_tree import All, AnyOf, Node, Not, Sort
from crm_tui.domain.filter_values import bare_or_quoted
from crm_tui.services.board.views import cards as board_cards
from crm_tui.services.core import narrow
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.scope import sight
from crm_tui.services.filter import views
from crm_tui.services.followup.views import queue
from crm_tui.services.party.views import search
from crm_tui.store.filters import CARDS, PEOPLE, STEPS

CASES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ZONES = {"ana": "America/Sao_Paulo", "beto": "America/New_York", "carla": "Asia/Kathmandu"}
_FROM = {
    "cards": ("card c", "c.id", "c.deleted_at IS NULL"),
    "steps": (
        "activity a LEFT JOIN card c ON c.id = a.card_id AND c.deleted_at IS NULL",
        "-a.id",
        "a.stands_alone = 1 AND a.state = 'planned' AND a.deleted_at IS NULL",
    ),
    "people": ("party p", "p.id", "p.deleted_at IS NULL AND p.merged_into_id IS NULL"),
}
_ROWS = {"cards": CARDS, "steps": STEPS, "people": PEOPLE}
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
_TEXTS = (
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
                return self.many([t for t in _TEXTS if ":" not in t])
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
            return self.random.choice(_TEXTS)
        if way < 0.35:
            word = self.random.choice(("sem", "com"))
            return f"{word}:{self.random.choice(self.had).pt[0]}"
        field = self.random.choice(self.fields)
        return f"{field.pt[0]}:{self.value(field)}"


def _node(lines: Lines, depth: int) -> Node:
    """A tree of terms, as read: groups of groups and denials of anything."""
    way = lines.random.random()
    if depth and way < 0.45:
        parts = tuple(_node(lines, depth - 1) for _ in range(lines.random.randint(2, 3)))
        return All(parts) if way < 0.2 else AnyOf(parts)
    if depth and way < 0.65:
        return Not(_node(lines, depth - 1))
    for _ in range(20):
        found = read(lines.term(), lines.world)
        if isinstance(found, Filter) and found.where.of:
            return found.where.of[0]
    return All()


@pytest.fixture(scope="module")
def base(_empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filters") / "base.db"
    shutil.copy(_empty_template, path)
    crm = open_crm(path, "ana", lambda: NOW)
    with crm.store.writing() as connection:
        Base(connection, seed=8).fill()
        for login, zone in ZONES.items():
            connection.execute('UPDATE "user" SET timezone = ? WHERE login = ?', (zone, login))
    crm.store.close()
    return path


class Look:
    """One reader at one moment: the facts that are true for them, and what SQL answers."""

    def __init__(self, path: Path, login: str, hours: int) -> None:
        self.crm: Crm = open_crm(path, login, lambda: NOW + timedelta(hours=hours))
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
        table, key, live = _FROM[kind]
        also = narrow.narrowed(self.reading, where, _ROWS[kind])
        sql = f"SELECT {key} FROM {table} WHERE {live} AND {also.sql}"
        return {i for (i,) in self.reading.connection.execute(sql, also.params | sight(self.crm.viewer))}

    def meant(self, where: Node, kind: str) -> set[int]:
        return {i for i, facts in self.facts[kind].items() if matches(where, facts, self.reader)}


@pytest.fixture(scope="module")
def looks(base: Path) -> Iterator[list[Look]]:
    made = [
        Look(base, login, hours) for login, hours in (("ana", 0), ("ana", 9), ("beto", 11), ("carla", -60))
    ]
    yield made
    for look in made:
        look.crm.store.close()


_PLACES = {"cards": Place.BOARD, "steps": Place.TODAY, "people": Place.PEOPLE}


@CASES
@given(st.integers(0, 2**32), st.integers(0, 3), st.sampled_from(sorted(_FROM)))
def test_the_rows_from_sql_are_the_oracles(looks: list[Look], seed: int, at: int, kind: str) -> None:
    look = looks[at]
    where = _node(Lines(seed, look.world(_PLACES[kind])), 3)
    for tree in (where, Not(where), effective(Filter(All((where,))), _PLACES[kind])):
        assert look.answered(tree, kind) == look.meant(tree, kind), tree


@pytest.mark.parametrize("kind", sorted(_FROM))
def test_each_field_alone_finds_what_the_oracle_finds(looks: list[Look], kind: str) -> None:
    """Every field and presence, with many values each; and each must find something somewhere."""
    place, idle = _PLACES[kind], []
    known = [f for f in FIELDS if letter(place) in f.lists and f.since <= BUILT]
    for field in [*known, *own_fields(looks[0].world(place))]:
        hits = 0
        for seed in range(24):
            look = looks[seed % len(looks)]
            lines = Lines(seed, look.world(place))
            found = read(f"{field.pt[0]}:{lines.value(field)}", lines.world)
            if isinstance(found, FilterError):
                continue
            hits += len(look.answered(found.where, kind))
            assert look.answered(found.where, kind) == look.meant(found.where, kind), found.where
        if not hits:
            idle.append(field.id)
    for had in [h for h in HAD if letter(place) in h.lists and h.since <= BUILT]:
        for word in ("com", "sem"):
            found = read(f"{word}:{had.pt[0]}", looks[0].world(place))
            assert isinstance(found, Filter)
            assert looks[0].answered(found.where, kind) == looks[0].meant(found.where, kind), found.where
    assert idle == []


@pytest.mark.parametrize("kind", sorted(_FROM))
@pytest.mark.parametrize("text", _TEXTS)
def test_free_text_finds_what_the_oracle_finds(looks: list[Look], kind: str, text: str) -> None:
    found = read(text, looks[0].world(_PLACES[kind]))
    assert isinstance(found, Filter)
    assert looks[0].answered(found.where, kind) == looks[0].meant(found.where, kind)


def test_nothing_that_is_typed_stands_in_the_text(looks: list[Look]) -> None:
    for line in ("x'; DROP TABLE card; ", '"\'; --"', 'motivo:"\'--"', "nome:'x'", "email:'--"):
        found = read(line, looks[0].world(Place.BOARD))
        assert isinstance(found, Filter), line
        also = narrow.narrowed(looks[0].reading, found.where, CARDS)
        assert "DROP" not in also.sql
        assert "--" not in also.sql
        looks[0].answered(found.where, "cards")


# --- the views: within reach, in the list's order


@CASES
@given(st.integers(0, 2**32), st.integers(0, 3), st.booleans())
def test_every_list_shows_what_the_filter_means_within_reach(
    looks: list[Look], seed: int, at: int, closed: bool
) -> None:
    look = looks[at]
    crm, may = look.crm, look.crm.viewer.may
    where = All((_node(Lines(seed, look.world(Place.BOARD)), 2),))
    found = Filter(where)
    shown = narrow.asked(found, Place.TODAY, closed=closed)
    run = look.reading.connection.execute
    whose = {i: (owner, board) for i, owner, board in run("SELECT id, owner_id, board_id FROM card")}
    steps_of = "SELECT -a.id, a.assignee_id, c.board_id FROM activity a LEFT JOIN card c ON c.id = a.card_id"
    whose |= {i: (assignee, board) for i, assignee, board in run(steps_of)}

    def within(kind: str) -> set[int]:
        reached = (i for i in look.meant(shown, kind) if may("card.read", whose[i][0]))
        return {i for i in reached if crm.viewer.sees(whose[i][1])}

    cards, steps = within("cards"), within("steps")
    listed = crm.read(queue, owner_id=0, closed=closed, found=found)
    assert set(listed.keys) == cards | steps
    assert sum(group.count for group in listed.groups) == len(listed.keys)
    if not closed:
        boards = [i for (i,) in run("SELECT id FROM board")]
        answers = [crm.read(views.board, board_id, found) for board_id in boards]
        assert {i for answer in answers for stage in answer.stages for i in stage.ids} == cards
        assert set(crm.read(views.cards, found).ids) == cards
        cents = {c.id: c.value_cents for c in crm.read(board_cards, sorted(cards))}
        assert sum(answer.value_cents for answer in answers) == sum(cents.values())


@CASES
@given(st.integers(0, 2**32), st.integers(0, 3))
def test_people_are_those_that_the_filter_means_within_reach(looks: list[Look], seed: int, at: int) -> None:
    look = looks[at]
    lines = Lines(seed, look.world(Place.PEOPLE))
    where = All((_node(lines, 2), *([Not(_node(lines, 1))] if seed % 2 else [])))
    found = Filter(where, Sort("registered") if seed % 3 == 0 else None)
    seen = {hit.id for hit in look.crm.read(search, "", 500, found=Filter()).hits}
    answer = {hit.id for hit in look.crm.read(search, "", 500, found=found).hits}
    meant = look.meant(narrow.asked(found, Place.PEOPLE), "people") & seen
    assert meant <= answer <= seen
    if not all(type(each).__name__ == "FreeText" for each in where.of):
        assert answer == meant


def test_an_order_puts_values_first_and_those_without_last(looks: list[Look]) -> None:
    crm: Any = looks[0].crm
    for field in [f for f in FIELDS if f.sortable and "C" in f.lists and f.since <= BUILT]:
        for descending in (False, True):
            found = Filter(sort=Sort(field.id, descending))
            plain = crm.read(queue, owner_id=0)
            assert sorted(crm.read(queue, owner_id=0, found=found).keys) == sorted(plain.keys), field.id
            assert len(crm.read(views.cards, found).ids) == len(crm.read(views.cards, Filter()).ids)
    found = Filter(sort=Sort("value", True))
    ids = list(crm.read(views.cards, found).ids)
    cents = [card.value_cents for card in crm.read(board_cards, ids)]
    assert cents == sorted(cents, reverse=True)
