"""A board arranged: every card stands in its column, in order, and the sums are those of the stages."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from house import House, do

from crm_tui.domain.arrangement import NOTHING, STATES, Arrangement, By, Grouped, Grouping
from crm_tui.domain.board import BoardCard
from crm_tui.domain.due import DueState
from crm_tui.domain.filter import read
from crm_tui.domain.filter_tree import Filter, Place
from crm_tui.services.board import columns, views
from crm_tui.services.board.commands import ArchiveCard, LoseCard, NewCard, WinCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views as filters
from crm_tui.services.followup.commands import PlanStep

BOARD = 2


@pytest.fixture
def crm(house: House) -> Crm:
    """The house with a dozen deals of three operators and nobody, in two stages, some with a step."""
    found = house.open()
    stages = [s.id for s in found.read(views.stages, BOARD)][:2]
    for n in range(12):
        owner = house.user(("ana", "beto", "carla")[n % 3])
        subject, value = f"{'ÁBCÇéf'[n % 6]} {n}", n * 7919 % 500_00
        done = do(
            found,
            NewCard(
                party_name=f"Pessoa {12 - n:02}" if n % 4 else "",
                subject=subject,
                stage=stages[n % 2],
                owner=owner,
                value_one_off=value,
            ),
        )
        if n % 3:
            do(found, PlanStep(card=done.entity_id, when=date(2026, 11, 16 + n), subject="x"))
    with found.store.writing() as connection:
        connection.execute("UPDATE card SET owner_id = NULL WHERE id = (SELECT max(id) FROM card)")
    return found


def cards_of(crm: Crm, found: Grouped) -> dict[int, list[BoardCard]]:
    return {column.head.id: crm.read(views.cards, column.ids) for column in found.columns}


@pytest.mark.parametrize("group", Grouping)
def test_the_sums_are_those_of_the_stages_and_no_card_is_lost(crm: Crm, group: Grouping) -> None:
    heads = crm.read(views.heads, BOARD)
    found = crm.read(columns.arranged, BOARD, Arrangement(By.AGE, False, group))
    assert found.count == sum(h.count for h in heads) == sum(c.head.count for c in found.columns)
    assert found.value_cents == sum(h.value_cents for h in heads)
    assert abs(found.weighted_cents - sum(h.weighted_cents for h in heads)) < len(heads)
    every = {card for column in found.columns for card in column.ids}
    assert len(every) == found.count


def test_each_card_stands_in_the_column_that_it_says_itself(crm: Crm, house: House) -> None:
    asked = crm.read
    by_owner = cards_of(crm, asked(columns.arranged, BOARD, Arrangement(group=Grouping.OWNER)))
    assert {c.owner for c in by_owner[NOTHING]} == {None}
    assert {c.owner for c in by_owner[house.user("beto")]} == {"beto"}
    by_state = cards_of(crm, asked(columns.arranged, BOARD, Arrangement(group=Grouping.DUE)))
    for at, cards in by_state.items():
        assert {c.state(crm.clock(), crm.viewer.zone) for c in cards} <= {STATES[at]}
    by_stage = cards_of(crm, asked(columns.arranged, BOARD, Arrangement(By.NAME)))
    names = {s.id: s.name for s in asked(views.stages, BOARD)}
    assert all(card.stage == names[stage] for stage, cards in by_stage.items() for card in cards)


@pytest.mark.parametrize("descending", [False, True])
def test_cards_stand_in_the_order_that_was_asked_for(crm: Crm, descending: bool) -> None:
    def keys(by: By, of: Any) -> list[Any]:
        found = crm.read(columns.arranged, BOARD, Arrangement(by, descending, Grouping.OWNER))
        return [[of(c) for c in cards] for cards in cards_of(crm, found).values()]

    def in_order(rows: list[Any]) -> bool:
        return all((b <= a) if descending else (a <= b) for a, b in pairwise(rows))

    assert all(in_order(row) for row in keys(By.VALUE, lambda c: c.value_cents))
    assert all(in_order(row) for row in keys(By.AGE, lambda c: c.number))
    for by, of in ((By.DUE, lambda c: c.due_on), (By.PARTY, lambda c: c.party)):
        for row in keys(by, of):
            there = [each for each in row if each is not None]
            assert row == [*there, *[None] * (len(row) - len(there))], "what has none comes last either way"
            assert in_order(there)


def test_by_hand_within_an_owner_the_stages_come_one_after_the_other(crm: Crm) -> None:
    order = [s.name for s in crm.read(views.stages, BOARD)]
    found = crm.read(columns.arranged, BOARD, Arrangement(group=Grouping.OWNER))
    for cards in cards_of(crm, found).values():
        places = [(order.index(card.stage), card.rank) for card in cards]
        assert places == sorted(places)


def test_a_card_with_two_labels_stands_twice_and_is_counted_once(crm: Crm) -> None:
    first, second, gone = (labelled(crm, name) for name in ("quente", "rede", "antiga"))
    found = crm.read(columns.arranged, BOARD, Arrangement(group=Grouping.LABEL))
    card = found.columns[-1].ids[0]
    with crm.store.writing() as connection:
        for label in (first, second):
            connection.execute("INSERT INTO card_label (card_id, label_id) VALUES (?, ?)", (card, label))
        connection.execute("UPDATE label SET active = 0 WHERE id = ?", (gone,))
    after = crm.read(columns.arranged, BOARD, Arrangement(group=Grouping.LABEL))
    names = [column.head.name for column in after.columns]
    assert {"quente", "rede"} < set(names), "an empty one of the board, too"
    assert "antiga" not in names, "one out of use that nobody wears"
    assert names[-1] == "", "those without a label come last"
    mine = {column.head.id: list(column.ids) for column in after.columns}
    assert (mine[first], mine[second]) == ([card], [card])
    assert (after.count, after.value_cents) == (found.count, found.value_cents)


def labelled(crm: Crm, name: str) -> int:
    with crm.store.writing() as connection:
        cursor = connection.execute(
            "INSERT INTO label (board_id, name, color, position, active, version) VALUES (?, ?, 'red', 1, 1, 1)",
            (BOARD, name),
        )
        return int(cursor.lastrowid or 0)


def filtered(crm: Crm, group: Grouping, line: str) -> Grouped:
    """As the board's screen asks for it: what the filter means, in these columns."""
    tree = read(line, crm.read(filters.world, Place.BOARD, "pt-BR"))
    assert isinstance(tree, Filter), tree
    matches = crm.read(filters.cards, tree, board_id=BOARD)
    grouped: Grouped = crm.read(columns.arranged, BOARD, Arrangement(group=group), matches.ids)
    return grouped


@pytest.mark.parametrize("group", [Grouping.OWNER, Grouping.DUE, Grouping.LABEL])
def test_a_filter_that_asks_for_closed_cards_finds_them_in_other_columns_too(
    crm: Crm, house: House, group: Grouping
) -> None:
    ids = [i for (i,) in house.rows("SELECT id FROM card WHERE board_id = ? ORDER BY id", BOARD)]
    do(crm, LoseCard(card=ids[0], reason=house.any_id("loss_reason"), note="caro"))
    do(crm, WinCard(card=ids[1]))
    do(crm, ArchiveCard(card=ids[2]))

    def cards(line: str) -> set[int]:
        found = filtered(crm, group, line)
        shown = {card for column in found.columns for card in column.ids}
        assert found.count == len(shown)
        return shown

    assert cards("perdido:sim") == {ids[0]}
    assert cards("situação:ganho") == {ids[1]}
    assert cards("arquivado:sim") == {ids[2]}
    assert cards("situação:todos arquivado:todos") == set(ids)
    assert cards("valor:>=0") == set(ids[3:]), "what is not asked for stays out"


def test_by_due_state_closed_cards_have_a_column_of_their_own(crm: Crm, house: House) -> None:
    card = house.one("SELECT min(id) FROM card WHERE board_id = ? AND next_due_on IS NOT NULL", BOARD)
    with crm.store.writing() as connection:
        connection.execute("UPDATE card SET status = 'won', closed_on = '2026-11-19' WHERE id = ?", (card,))
    whole = filtered(crm, Grouping.DUE, "situação:todos")
    assert STATES[whole.columns[-1].head.id] is DueState.CLOSED
    assert list(whole.columns[-1].ids) == [card]
    for column in whole.columns:
        states = {c.state(crm.clock(), crm.viewer.zone) for c in crm.read(views.cards, column.ids)}
        assert states <= {STATES[column.head.id]}
    still = crm.read(columns.arranged, BOARD, Arrangement(group=Grouping.DUE))
    assert DueState.CLOSED not in {STATES[column.head.id] for column in still.columns}, "no empty one"


def test_the_boards_own_number_of_cards_is_read(crm: Crm) -> None:
    assert crm.read(columns.page_size, BOARD) == 50
    with crm.store.writing() as connection:
        connection.execute("UPDATE board SET page_size = 10 WHERE id = ?", (BOARD,))
    assert crm.read(columns.page_size, BOARD) == 10
    assert (Arrangement().page(10), Arrangement(per_column=100).page(10)) == (10, 100)


def test_a_seller_sees_only_what_the_profile_reaches(crm: Crm, house: House) -> None:
    nina = house.open("nina")
    seen = nina.read(columns.arranged, BOARD, Arrangement(group=Grouping.OWNER))
    assert seen.count == sum(h.count for h in nina.read(views.heads, BOARD))
    assert seen.count < crm.read(columns.arranged, BOARD, Arrangement(group=Grouping.OWNER)).count


def test_what_is_remembered_is_each_operators_own_and_no_event(house: House) -> None:
    ana, bia = house.open(), house.open("bia")
    before = house.one("SELECT max(id) FROM event")
    ana.remembered.keep("board:2", "so")
    ana.remembered.keep("board:2", "assim")
    assert (ana.remembered.find("board:2"), bia.remembered.find("board:2")) == ("assim", "")
    ana.remembered.keep("board:2", "")
    assert house.rows("SELECT * FROM meta WHERE key LIKE 'remembered:%'") == []
    assert house.one("SELECT max(id) FROM event") == before


def test_what_cannot_be_remembered_for_a_lock_is_no_fault(house: House) -> None:
    ana, bia = house.open(), house.open("bia")
    with bia.store.writing():
        ana.remembered.keep("board:2", "assim")
    assert ana.remembered.find("board:2") == ""
