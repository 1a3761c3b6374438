"""Boards as they are set up: settings, order, end, stages' categories and removal, who is a member. (K5-K7, K11, K13,
K21, K53-K55, M37)"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from house import STAFF, House, do
from hypothesis import given
from hypothesis import strategies as st

from crm_tui import bootstrap
from crm_tui.domain.access import BoardRight
from crm_tui.domain.board import PAGE_SIZES, CardKind, CardStatus, StageCategory, status_in
from crm_tui.domain.board_setup import may_archive, may_recategorise
from crm_tui.domain.hue import Hue
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.i18n import say
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import (
    AddBoard,
    AddStage,
    AddTemplate,
    ArchiveBoard,
    ArchiveCard,
    ArchiveStage,
    DeleteCard,
    EditBoard,
    EditStage,
    EditTemplate,
    LoseCard,
    MoveBoard,
    NewCard,
    SetBoardMember,
    UnarchiveBoard,
    UnarchiveCard,
    WinCard,
)
from crm_tui.services.channel.commands import AddChannel, EditChannel
from crm_tui.services.core.crm import Crm
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.ui.sentences import sentence


def _refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def _names(crm: Crm) -> list[str]:
    return [board.name for board in crm.read(boards.boards)]


def _board(house: House, name: str) -> int:
    return int(house.one("SELECT id FROM board WHERE name = ?", name))


def test_a_boards_settings_are_changed_each_for_itself(house: House) -> None:
    ana, board, sales = house.open(), house.any_id("board"), house.any_id("board", 1)
    do(
        ana,
        EditBoard(board=board, color=Hue.TEAL, page_size=20, one_open_card_per_party=True, stale_held=True),
    )
    do(ana, EditBoard(board=board, conversion_board=sales))
    row = house.rows(
        "SELECT color, page_size, one_open_card_per_party, stale_held, conversion_board_id, name FROM board "
        "WHERE id = ?",
        board,
    )[0]
    assert row == ("teal", 20, 1, 1, sales, "Leads")
    do(ana, EditBoard(board=board, color=None))
    assert house.one("SELECT color FROM board WHERE id = ?", board) is None
    assert ana.read(boards.boards)[0].page_size == 20


@pytest.mark.parametrize("size", [0, 1, 37, 1000])
def test_a_column_shows_one_of_five_sizes(house: House, size: int) -> None:
    refusal = _refused(house.open().run(EditBoard(board=house.any_id("board"), page_size=size)))
    assert refusal.fields == ("page_size",)
    assert size not in PAGE_SIZES


def test_cards_convert_into_a_stage_of_another_board_in_use(house: House) -> None:
    ana, leads, sales = house.open(), house.any_id("board"), house.any_id("board", 1)
    ours, theirs = (
        int(house.one("SELECT min(id) FROM stage WHERE board_id = ?", board)) for board in (leads, sales)
    )
    for command, field in (
        (EditBoard(board=leads, conversion_board=leads), "conversion_board"),
        (EditBoard(board=leads, conversion_board=sales, conversion_stage=ours), "conversion_stage"),
    ):
        assert _refused(ana.run(command)).fields == (field,)
    do(ana, EditBoard(board=leads, conversion_stage=theirs))
    columns = "SELECT conversion_board_id, conversion_stage_id FROM board WHERE id = ?"
    assert house.rows(columns, leads) == [(sales, theirs)]
    refusal = _refused(ana.run(ArchiveStage(stage=theirs)))
    assert refusal.reason.params == {"board": "Leads"}
    do(ana, EditBoard(board=leads, conversion_board=None))
    assert house.rows(columns, leads) == [(None, None)], "a stage without its board means nothing"


def test_two_who_set_up_the_same_board_are_told(house: House) -> None:
    ana, carla, board = house.open(), house.open("carla"), house.any_id("board")
    seen = house.version("board", board)
    do(carla, EditBoard(board=board, restricted=True, color=Hue.RED, version=seen))
    outcome = ana.run(EditBoard(board=board, color=Hue.BLUE, version=seen))
    assert isinstance(outcome, Conflict)
    assert [(f.field, f.theirs) for f in outcome.fields] == [("color", "red")]
    do(ana, EditBoard(board=board, page_size=100, version=seen))


@pytest.mark.parametrize("kind", ["board", "stage", "template", "channel"])
def test_no_two_things_beside_each_other_are_called_the_same(house: House, kind: str) -> None:
    """Names are told apart as filters read them; renaming to one's own name in other letters is no second one."""
    ana, (here, there) = house.open(), (house.any_id("board"), house.any_id("board", 1))
    ways: dict[str, tuple[Any, Any]] = {
        "board": (lambda name, _: AddBoard(name=name, number_prefix="Q" + name[0]), EditBoard),
        "stage": (lambda name, board: AddStage(name=name, board=board), EditStage),
        "template": (lambda name, board: AddTemplate(name=name, board=board), EditTemplate),
        "channel": (lambda name, _: AddChannel(name=name), EditChannel),
    }
    add, edit = ways[kind]
    first = do(ana, add("Feirão", here)).entity_id
    other = do(ana, add("Balcão", here)).entity_id
    for twice in (add("FEIRAO", here), edit(**{kind: other, "name": "feirão"})):
        refusal = _refused(ana.run(twice))
        assert (refusal.fields, refusal.reason.params) == (("name",), {"name": "Feirão"})
    assert _refused(ana.run(edit(**{kind: other, "name": " "}))).by is RefusedBy.INPUT
    do(ana, edit(**{kind: first, "name": "FEIRÃO"}))
    if kind in ("stage", "template"):
        do(ana, add("Feirão", there))


def test_two_boards_never_number_their_cards_alike(house: House) -> None:
    """A prefix is one board's; given away, its numbers go on behind those that cards have for life."""
    ana, leads = house.open(), house.any_id("board")
    prefix = house.one("SELECT number_prefix FROM board WHERE id = ?", leads)
    last = max(number for (number,) in house.rows("SELECT number FROM card"))
    for command in (
        AddBoard(name="Feira", number_prefix=prefix.lower()),
        EditBoard(board=house.any_id("board", 1), number_prefix=prefix),
    ):
        assert _refused(ana.run(command)).fields == ("number_prefix",)
    do(ana, EditBoard(board=leads, number_prefix=prefix))  # its own
    do(ana, EditBoard(board=leads, number_prefix="ZZ"))
    fair = do(ana, AddBoard(name="Feira", number_prefix=prefix)).entity_id
    assert fair is not None
    do(ana, AddStage(board=fair, name="Primeira"))
    numbers = [do(ana, NewCard(subject="Um", board=fair)).ref for _ in range(2)]
    assert numbers == [f"{prefix}-{int(last[-4:]) + n:04d}" for n in (1, 2)]


def test_a_board_with_open_cards_is_not_archived_and_says_how_many(house: House) -> None:
    ana, board = house.open(), house.any_id("board")
    open_ones = house.one(
        "SELECT count(*) FROM card WHERE board_id = ? AND status IN ('open', 'paused')", board
    )
    refusal = _refused(ana.run(ArchiveBoard(board=board)))
    assert refusal.reason.params == {"n": open_ones}
    assert ana.hindrance(ArchiveBoard.begun(board=board)) == refusal, "told before the key is pressed"


def test_an_archived_board_is_out_of_every_way_in_and_comes_back(house: House) -> None:
    ana = house.open()
    do(ana, AddBoard(name="Feira", kind=CardKind.LEAD, number_prefix="FE"))
    board = _board(house, "Feira")
    do(ana, AddStage(board=board, name="Primeira"))
    card = do(ana, NewCard(subject="Um", board=board)).entity_id
    assert card is not None
    do(ana, ArchiveCard(card=card))
    do(ana, ArchiveBoard(board=board))
    assert "Feira" not in _names(ana)
    pickers = bootstrap.pickers()
    assert ana.read(pickers["boards"], "Feira") == []
    assert [o.label for o in ana.read(pickers["archived_boards"], "")] == ["Feira"]
    for command in (
        NewCard(subject="Outro", board=board),
        AddStage(board=board, name="Outra"),
        EditBoard(board=house.any_id("board"), conversion_board=board),
        UnarchiveCard(card=card),
    ):
        assert _refused(ana.run(command)).reason.params == {"name": "Feira"}
    do(ana, UnarchiveBoard(board=board))
    assert "Feira" in _names(ana)
    do(ana, UnarchiveCard(card=card))
    _refused(ana.run(UnarchiveBoard(board=board)))


def test_the_target_of_a_conversion_is_not_archived(house: House) -> None:
    ana = house.open()
    do(ana, AddBoard(name="Feira", kind=CardKind.LEAD, number_prefix="FE"))
    do(ana, EditBoard(board=house.any_id("board"), conversion_board=_board(house, "Feira")))
    refusal = _refused(ana.run(ArchiveBoard(board=_board(house, "Feira"))))
    assert refusal.reason.params == {"board": "Leads"}


def test_boards_have_an_order_of_their_own(house: House) -> None:
    ana = house.open()
    before = _names(ana)
    do(ana, MoveBoard(board=_board(house, before[0]), step=1))
    assert _names(ana) == [before[1], before[0], *before[2:]]
    do(ana, UndoBatch())
    assert _names(ana) == before
    do(ana, MoveBoard(board=_board(house, before[-1]), step=-99))
    assert _names(ana) == [before[-1], *before[:-1]]


# --- stages


@given(
    st.sampled_from(StageCategory),
    st.dictionaries(st.sampled_from(CardStatus), st.integers(min_value=1, max_value=99)),
)
def test_a_category_never_changes_what_a_card_is(
    category: StageCategory, statuses: dict[CardStatus, int]
) -> None:
    """Open and paused cards only where a move would give them that status; no closed card where another end is."""
    refusal = may_recategorise(category, statuses)
    ends = {
        StageCategory.WON: {CardStatus.WON},
        StageCategory.LOST: {CardStatus.LOST},
        StageCategory.DONE: {CardStatus.DONE, CardStatus.CONVERTED},
    }
    if category in ends:
        fits = statuses.keys() <= ends[category]
    else:
        fits = not (statuses.keys() & {CardStatus.OPEN, CardStatus.PAUSED} - {status_in(category)})
    assert (refusal is None) == fits
    if refusal is not None:
        assert refusal.fields == ("category",)
        assert 0 < refusal.reason.params["n"] <= sum(statuses.values())


def test_a_stage_gets_another_category_if_its_cards_allow_it(house: House) -> None:
    ana, stage, empty = house.open(), house.stage(house.card(), 0), house.stage(house.card(), 1)
    refusal = _refused(ana.run(EditStage(stage=stage, category=StageCategory.WON)))
    assert refusal.fields == ("category",)
    assert ana.why_not(EditStage(stage=stage, category=StageCategory.PAUSED)) is not None
    do(ana, EditStage(stage=stage, category=StageCategory.OPEN, color=Hue.GREEN))
    name = house.one("SELECT name FROM stage WHERE id = ?", empty)
    do(ana, EditStage(stage=empty, category=StageCategory.PAUSED))
    assert house.rows("SELECT category, name FROM stage WHERE id = ?", empty) == [("paused", name)]
    heads = {head.id: head.color for head in ana.read(boards.heads, house.any_id("board"))}
    assert (heads[stage], heads[empty]) == ("green", None)


def test_a_stage_is_not_removed_without_saying_where_its_cards_go_whatever_they_are(house: House) -> None:
    """Cards that are lost, archived or deleted stand in it as well; each keeps what it is."""
    ana, stage, other = house.open(), house.stage(house.card(), 0), house.stage(house.card(), 1)
    reason = house.one("SELECT id FROM loss_reason WHERE requires_note = 0 ORDER BY position LIMIT 1")
    cards = {login: house.card(login) for login in ("ana", "bia", "beto", "edu")}
    with (
        ana.store.writing() as connection
    ):  # a board that has no stage for lost cards keeps them where they are
        connection.execute("UPDATE stage SET archived_at = '2026-01-01' WHERE category = 'lost'")
    do(ana, LoseCard(card=cards["bia"], reason=reason))
    do(ana, ArchiveCard(card=cards["beto"]))
    deleted = do(ana, DeleteCard(card=cards["edu"])).batch
    held = house.one("SELECT count(*) FROM card WHERE stage_id = ? AND deleted_at IS NULL", stage)
    refusal = _refused(ana.run(ArchiveStage(stage=stage)))
    assert (refusal.fields, refusal.reason.params) == (("cards_to",), {"n": held})
    before = house.rows("SELECT id, status, archived_at IS NULL FROM card ORDER BY id")
    do(ana, ArchiveStage(stage=stage, cards_to=other))
    assert house.rows("SELECT id, status, archived_at IS NULL FROM card ORDER BY id") == before
    assert house.rows("SELECT DISTINCT stage_id FROM card") == [(other,)]
    do(ana, UndoBatch(batch=deleted))
    assert house.one("SELECT stage_id FROM card WHERE id = ?", cards["edu"]) == other


def test_a_closed_card_in_its_closing_stage_holds_it_too(house: House) -> None:
    ana, card = house.open(), house.card("bia")
    do(ana, WinCard(card=card, closed_on=date(2026, 11, 18)))
    stage = house.one("SELECT stage_id FROM card WHERE id = ?", card)
    category = house.one("SELECT category FROM stage WHERE id = ?", stage)
    refusal = _refused(ana.run(ArchiveStage(stage=stage)))
    assert refusal.fields == ("cards_to",)
    if category == StageCategory.WON:
        assert _refused(ana.run(EditStage(stage=stage, category=StageCategory.LOST))).fields == ("category",)


def test_the_stages_of_all_boards_are_one_query(house: House) -> None:
    crm = house.open()
    ways = {row.name: row.view for row in bootstrap.registers()}
    expected = [s.id for board in crm.read(boards.boards) for s in crm.read(boards.stages, board.id)]
    reader, asked = crm.store.reader(), list[str]()
    reader.set_trace_callback(asked.append)
    registered, picked = crm.read(ways["stages"]), crm.read(boards.pick_stage, "")
    reader.set_trace_callback(None)
    assert len(asked) == 2
    assert [row.id for row in registered] == expected
    closing = {StageCategory.WON, StageCategory.LOST, StageCategory.DONE}
    assert [option.value for option in picked] == [
        row.id for row in registered if row.beside["category"] not in closing
    ]


@given(st.integers(min_value=0, max_value=10_000))
def test_only_what_is_empty_is_archived(n: int) -> None:
    refusal = may_archive(n)
    assert (refusal is None) == (n == 0)
    assert refusal is None or refusal.reason.params == {"n": n}


# --- members


def test_membership_is_given_raised_taken_and_undone(house: House) -> None:
    ana, board, bia = house.open(), house.any_id("board"), house.user("bia")
    rows = "SELECT can_view, can_attend, can_manage FROM board_member WHERE board_id = ? AND user_id = ?"
    for may, expected in (
        (BoardRight.VIEW, (1, 0, 0)),
        (BoardRight.MANAGE, (1, 1, 1)),
        (BoardRight.ATTEND, (1, 1, 0)),
    ):
        do(ana, SetBoardMember(board=board, user=bia, may=may))
        assert house.rows(rows, board, bia) == [expected]
    assert do(ana, SetBoardMember(board=board, user=bia, may=BoardRight.ATTEND)).events == ()
    do(ana, SetBoardMember(board=board, user=bia, may=BoardRight.OUT))
    assert house.rows(rows, board, bia) == []
    assert _refused(ana.run(SetBoardMember(board=board, user=bia, may=BoardRight.OUT))).fields == ("user",)
    do(ana, UndoBatch())
    assert house.rows(rows, board, bia) == [(1, 1, 0)]
    told = [
        sentence(e.kind, e.params, house.clock(), ana.viewer.zone)
        for e in ana.read(trails.of_board, board, most=5)
    ]
    assert told[1:] == [
        "bia is no longer a member of Leads",
        "bia works on Leads",
        "bia runs Leads",
        "bia may look at Leads",
    ]


def test_who_leaves_open_cards_behind_is_named(house: House) -> None:
    ana, board, bia = house.open(), house.any_id("board"), house.user("bia")
    do(ana, SetBoardMember(board=board, user=bia, may=BoardRight.ATTEND))
    do(ana, EditBoard(board=board, restricted=True))
    note = do(ana, SetBoardMember(board=board, user=bia, may=BoardRight.VIEW)).note
    assert note is not None
    assert note.params == {"login": "bia", "n": 1}


def test_who_works_here_no_longer_becomes_no_member(house: House) -> None:
    ana = house.open()
    with ana.store.writing() as connection:
        connection.execute("UPDATE \"user\" SET active = 0 WHERE login = 'bia'")
    command = SetBoardMember(board=house.any_id("board"), user=house.user("bia"))
    assert _refused(ana.run(command)).fields == ("user",)


# --- one board's history


def test_a_boards_history_has_its_cards_its_stages_and_its_settings_alone(house: House) -> None:
    ana, board = house.open(), house.any_id("board")
    do(ana, AddBoard(name="Feira", kind=CardKind.LEAD, number_prefix="FE"))
    other = _board(house, "Feira")
    do(ana, AddStage(board=other, name="Primeira"))
    do(ana, NewCard(subject="Da feira", board=other))
    do(ana, EditBoard(board=board, color=Hue.RED))
    kinds = [e.kind for e in ana.read(trails.of_board, other)]
    assert kinds == ["card.opened", "stage.added", "board.added"]
    whole = ana.read(trails.of_board, board, most=10_000)
    assert whole[0].kind == "board.edited"
    assert {e.card_id for e in whole if e.card_id} == {
        i for (i,) in house.rows("SELECT id FROM card WHERE board_id = ?", board)
    }
    paged: list[int] = []
    while page := ana.read(trails.of_board, board, **({"before": paged[-1]} if paged else {}), most=7):
        paged += [e.id for e in page]
    assert paged == [e.id for e in whole]


def test_an_undone_card_stays_in_its_boards_history(house: House) -> None:
    ana, board = house.open(), house.any_id("board")
    do(ana, NewCard(subject="Engano"))
    do(ana, UndoBatch())
    assert [e.kind for e in ana.read(trails.of_board, board, most=2)] == ["batch.undone", "card.opened"]


def test_who_closes_a_board_is_told_of_the_owners_outside(house: House) -> None:
    """Not of those who work there, nor of administrators, who see every board."""
    carla, board = house.open("carla"), house.any_id("board")
    for login in STAFF:
        if login not in ("bia", "carla"):
            do(house.open(), SetBoardMember(board=board, user=house.user(login), may=BoardRight.ATTEND))
    note = do(carla, EditBoard(board=board, restricted=True)).note
    assert note is not None
    assert say(note).startswith("1 open card there is of somebody who takes no part")
    do(carla, SetBoardMember(board=board, user=house.user("bia"), may=BoardRight.ATTEND))
    do(carla, EditBoard(board=board, restricted=False))
    assert do(carla, EditBoard(board=board, restricted=True)).note is None
