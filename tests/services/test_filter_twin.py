"""What the SQL of a filter finds is what the plain oracle finds, row for row, of cards, steps and people."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_tui.bootstrap import open_crm
from crm_tui.domain.filter import BUILT, FIELDS, Filter, FilterError, Place, effective, read
from crm_tui.domain.filter_fields import HAD, letter
from crm_tui.domain.filter_tree import All, Not, Sort
from crm_tui.services.board.views import cards as board_cards
from crm_tui.services.core import narrow
from crm_tui.services.filter import views
from crm_tui.services.followup.views import queue
from crm_tui.services.party.views import search
from crm_tui.store.filters import CARDS
from tests.services.filter_base import NOW, Base
from tests.services.filter_twin import FROM, PLACES, TEXTS, Lines, Look, node, own_fields

CASES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ZONES = {"ana": "America/Sao_Paulo", "beto": "America/New_York", "carla": "Asia/Kathmandu"}


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


@pytest.fixture(scope="module")
def looks(base: Path) -> Iterator[list[Look]]:
    made = [
        Look(base, login, hours) for login, hours in (("ana", 0), ("ana", 9), ("beto", 11), ("carla", -60))
    ]
    yield made
    for look in made:
        look.crm.store.close()


@CASES
@given(st.integers(0, 2**32), st.integers(0, 3), st.sampled_from(sorted(FROM)))
def test_the_rows_from_sql_are_the_oracles(looks: list[Look], seed: int, at: int, kind: str) -> None:
    look = looks[at]
    where = node(Lines(seed, look.world(PLACES[kind])), 3)
    for tree in (where, Not(where), effective(Filter(All((where,))), PLACES[kind])):
        assert look.answered(tree, kind) == look.meant(tree, kind), tree


@pytest.mark.parametrize("kind", sorted(FROM))
def test_each_field_alone_finds_what_the_oracle_finds(looks: list[Look], kind: str) -> None:
    """Every field and presence, with many values each; and each must find something somewhere."""
    place, idle = PLACES[kind], []
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


@pytest.mark.parametrize("kind", sorted(FROM))
@pytest.mark.parametrize("text", TEXTS)
def test_free_text_finds_what_the_oracle_finds(looks: list[Look], kind: str, text: str) -> None:
    found = read(text, looks[0].world(PLACES[kind]))
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
    where = All((node(Lines(seed, look.world(Place.BOARD)), 2),))
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
    where = All((node(lines, 2), *([Not(node(lines, 1))] if seed % 2 else [])))
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
