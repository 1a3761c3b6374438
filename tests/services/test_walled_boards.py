"""A board that is only for members is a wall in every way in: each view and each command, for who is outside, who only
looks, who works there, who runs it, and the administrator. (K5, K13)"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from house import NOBODY, STAFF, House, card_secret, do, party_secret
from samples import SAMPLES, base_card
from test_permissions import _asks, _rehearsed, _views, answered

from crm_tui import bootstrap
from crm_tui.domain.access import SET_UP, BoardRight
from crm_tui.domain.filter_tree import All, Answer, Filter, Tri
from crm_tui.domain.outcome import Done, Refusal, RefusedBy
from crm_tui.services.board import journeys
from crm_tui.services.board.commands import (
    AddStage,
    AddTemplate,
    AttachToTemplate,
    EditBoard,
    EditStage,
    EditTemplate,
    HandOver,
    NewCard,
    SetBoardMember,
    TakeInCard,
)
from crm_tui.services.board.move_commands import ConvertToService
from crm_tui.services.campaign import commands as campaigns
from crm_tui.services.canned.commands import AddStandardText
from crm_tui.services.casetype.commands import AddCaseType
from crm_tui.services.core import records, rights
from crm_tui.services.core.commands import Command
from crm_tui.services.core.reading import Denied
from crm_tui.services.core.refs import PICKED
from crm_tui.services.filter import views as filters
from crm_tui.services.followup import register_commands as registers
from crm_tui.services.followup import views as followups
from crm_tui.services.followup.commands import EditStep, PlanStep
from crm_tui.services.label.commands import AddLabel
from crm_tui.services.note.commands import AttachFile
from crm_tui.services.party import views as parties
from crm_tui.services.trail.commands import RedoBatch, UndoBatch
from crm_tui.store import trail
from crm_tui.store.shapes import shapes

OUTSIDE = ("bia", "carla", "davi", "edu", "rui", "nina")
SECRETS = (
    "quadro-secreto",
    "etapa-secreta",
    "base-secreta",
    "etiqueta-secreta",
    "tipo-secreto",
    "texto-secreto",
    "cartao-secreto",
    "tomada-de-volta",
    "LD-00",
)
ELSEWHERE = {
    *("AddUser", "EditCompany", "EditUser", "DeactivateUser", "ReactivateUser", "SetPin", "ClearPin"),
    *("AddLossReason", "EditLossReason", "MoveLossReason", "DeactivateLossReason", "ReactivateLossReason"),
    *("AddBoard", "MoveBoard", "ArchiveBoard", "UnarchiveBoard", "NewParty", "EditParty", "TakeIn"),
    *("NoteExport", "ChangePerson", "FillPerson"),
    *("AddAddress", "EditAddress", "RemoveAddress"),
    *("AddContactPoint", "EditContactPoint", "RemoveContactPoint", "GrantConsent", "RevokeConsent"),
    *("AddContact", "EditContact", "ChooseMainContact", "EndContact"),
    *("AddLabel", "EditLabel", "RetireLabel", "RestoreLabel", "MoveLabel"),
    *(
        "AddMediaSource",
        "EditMediaSource",
        "MoveMediaSource",
        "DeactivateMediaSource",
        "ReactivateMediaSource",
    ),
    *("AddPartyClass", "EditPartyClass", "MovePartyClass", "DeactivatePartyClass", "ReactivatePartyClass"),
    *("AddChannel", "EditChannel", "MoveChannel", "DeactivateChannel", "ReactivateChannel"),
    *("AddForm", "EditForm", "MoveForm", "DeactivateForm", "ReactivateForm"),
    *("AddQuestion", "EditQuestion", "MoveQuestion", "RemoveQuestion"),
    *("AddCaseType", "EditCaseType", "MoveCaseType", "DeactivateCaseType", "ReactivateCaseType"),
    *("AddStandardText", "EditStandardText", "MoveStandardText"),
    *("DeactivateStandardText", "ReactivateStandardText"),
    *("AddDuplicateRule", "EditDuplicateRule", "MoveDuplicateRule"),
    *("AddImportLayout", "EditImportLayout", "MoveImportLayout"),
    *("DeactivateImportLayout", "ReactivateImportLayout"),
    *("DeactivateDuplicateRule", "ReactivateDuplicateRule", "MergeParties", "TellApart"),
    *("AddTeam", "EditTeam", "DeactivateTeam", "ReactivateTeam"),
    *("AddProfile", "EditProfile", "DeactivateProfile", "ReactivateProfile"),
    *(
        name
        for module in (registers, campaigns)
        for name, kind in vars(module).items()
        if isinstance(kind, type)
    ),
    *("SaveFilter", "EditFilter", "DeleteFilter"),
    *("HoldAppointment", "ContinueSeries", "TakeInAppointment"),
    *("AddCalendar", "EditCalendar", "DeactivateCalendar", "ReactivateCalendar", "FillHolidays"),
    *("AddCalendarDay", "EditCalendarDay", "RemoveCalendarDay", "AddLeave", "EditLeave", "RemoveLeave"),
    *("AddLocalHoliday", "EditLocalHoliday", "DeactivateLocalHoliday", "ReactivateLocalHoliday"),
}
"""Samples that name nothing of the walled board."""


@pytest.fixture
def walled(house: House) -> House:
    """The company with its board of leads closed: beto works there, dora looks, ana is the administrator."""
    ana, board = house.open(), house.any_id("board")
    do(ana, EditBoard(board=board, name="quadro-secreto"))
    do(ana, EditStage(stage=house.stage(house.card(), 0), name="etapa-secreta"))
    do(ana, AddTemplate(board=board, name="base-secreta", tasks="base-secreta", members="bia"))
    base = house.one("SELECT id FROM card_template WHERE name = 'base-secreta'")
    do(ana, AttachToTemplate(template=base, filename="base-secreta.pdf", content=b"%PDF"))
    do(ana, AddLabel(name="etiqueta-secreta", board=board))
    kind = do(ana, AddCaseType(name="tipo-secreto", board=board)).entity_id
    do(ana, AddStandardText(code="s", name="texto-secreto", body="secreto", case_type=kind))
    do(ana, AttachFile(card=house.card("bia"), filename="cartao-secreto.pdf", content=b"%PDF"))
    do(ana, NewCard(subject="tomada-de-volta", owner=house.user("bia")))
    do(ana, UndoBatch())
    do(ana, AddStage(board=board, name="etapa-secreta tomada de volta"))
    do(ana, UndoBatch())
    base_card(house)
    base_card(house, name="Velho")
    do(ana, SetBoardMember(board=board, user=house.user("beto"), may=BoardRight.ATTEND))
    do(ana, SetBoardMember(board=board, user=house.user("dora"), may=BoardRight.VIEW))
    with ana.store.writing() as connection:  # late and idle, and each outsider has a step on ana's card
        connection.execute("UPDATE stage SET stale_days = 5")
        connection.execute("UPDATE card SET last_touch_at = '2026-01-01T00:00:00.000Z'")
        connection.execute(
            "UPDATE card SET next_due_on = '2026-11-01' WHERE owner_id <> ?", (house.user("ana"),)
        )
        today = house.clock().date().isoformat()
        connection.execute("UPDATE card SET next_due_on = ? WHERE id = ?", (today, house.card("edu")))
    for login in OUTSIDE:
        step = do(
            ana, PlanStep(card=house.card(), when=house.clock().date(), assignee=house.user(login))
        ).entity_id
        with ana.store.writing() as connection:
            connection.execute(
                "UPDATE activity SET stands_alone = 1, due_on = '2026-11-02' WHERE id = ?", (step,)
            )
    do(ana, EditBoard(board=board, restricted=True))
    return house


def _answers(house: House, viewer: str) -> str:
    """Everything that any view, and any way of naming one record, answers to this viewer."""
    crm, views, found = house.open(viewer), _views(), []
    asks: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
        (views[name], args, kwargs) for name, each in _asks(house).items() for args, kwargs in each
    ]
    for view in (records.note, records.activity, records.attachment):
        ids = house.rows(f'SELECT id FROM "{view.__name__}"')
        asks += [(view, ids[n], {}) for n in range(len(ids))]
    asks += [(records.of_batch, row, {}) for row in house.rows("SELECT DISTINCT batch FROM event")]
    for view, args, kwargs in asks:
        with contextlib.suppress(Denied):
            found.append(answered(crm, view, args, kwargs))
    return "\n".join(found)


@pytest.mark.parametrize("viewer", OUTSIDE)
def test_who_is_outside_finds_nothing_of_it_in_any_answer(walled: House, viewer: str) -> None:
    answers = _answers(walled, viewer)
    assert [secret for secret in SECRETS if secret in answers] == []


def test_who_is_inside_sees_it_as_the_profile_says(walled: House) -> None:
    """The check above would see it, and membership adds nothing to the profile: beto sees his team's cards."""
    answers = _answers(walled, "beto")
    assert [secret for secret in SECRETS if secret not in answers] == ["tomada-de-volta"]
    assert "tomada-de-volta" in _answers(walled, "ana")  # of a card that is gone, who sees all cards knows
    assert {o for o in ("ana", *STAFF, NOBODY) if card_secret(o) in answers} == {
        *("bia", "beto", "carla", "ana", NOBODY)
    }
    assert card_secret("davi") in _answers(walled, "dora")
    assert {o for o in STAFF if card_secret(o) in _answers(walled, "ana")} == set(STAFF)


def test_what_leads_to_it_from_an_open_board_does_not_name_it(walled: House) -> None:
    """Where an open board's cards go on, and the card that one's own came of."""
    ana, board, sales = walled.open(), walled.any_id("board"), walled.any_id("board", 1)
    tickets = walled.one("SELECT id FROM board WHERE kind = 'ticket'")
    stage = walled.one("SELECT id FROM stage WHERE name = 'etapa-secreta' LIMIT 1")
    do(ana, EditBoard(board=sales, conversion_board=board, conversion_stage=stage))
    came_of_it = ConvertToService(
        card=walled.card("bia"), board=tickets, subject="aberto", owner=walled.user("edu")
    )
    made = do(ana, came_of_it).entity_id
    ways = {row.name: row.view for row in bootstrap.registers()}
    for viewer, names in (("edu", False), ("ana", True)):
        crm = walled.open(viewer)
        answers = repr([crm.read(ways["boards"]), crm.read(_views()["board.journey"], made)])
        assert ("quadro-secreto" in answers, "etapa-secreta" in answers) == (names, names)


def test_the_story_of_an_open_card_names_none_behind_the_wall(walled: House) -> None:
    """What came of a card there, what was made of one's own there, also once that is undone; why it stands still."""
    ana, card = walled.open(), walled.card("bia")
    tickets = walled.one("SELECT id FROM board WHERE kind = 'ticket'")
    edu = walled.user("edu")
    made = do(ana, ConvertToService(card=card, board=tickets, subject="aberto", owner=edu)).entity_id or 0
    sales = walled.any_id("board", 1)
    own = do(ana, NewCard(subject="de edu", board=sales, owner=edu, party_name="Rita")).entity_id or 0
    do(ana, EditBoard(board=tickets, restricted=True))
    first = do(ana, ConvertToService(card=own, board=tickets, subject="longe", owner=walled.user("ana")))
    do(ana, UndoBatch(batch=first.batch))
    second = do(ana, ConvertToService(card=own, board=tickets, subject="longe", owner=walled.user("ana")))
    numbers = [walled.one("SELECT number FROM card WHERE id = ?", i) for i in (card, second.entity_id)]
    do(ana, EditBoard(board=tickets, restricted=False))
    views = _views()

    def story(viewer: str) -> str:
        crm = walled.open(viewer)
        ways = [crm.read(views["trail.of_card"], i) for i in (made, own)]
        party = walled.one("SELECT party_id FROM card WHERE id = ?", own)
        ways += [crm.read(views["trail.of_party"], party), crm.read(journeys.idle, own)]
        return repr(ways)

    assert [numbers[0] in story(viewer) for viewer in ("edu", "ana")] == [False, True]
    assert numbers[1] in story("edu")
    do(ana, EditBoard(board=tickets, restricted=True))
    crm = walled.open("edu")
    told = repr(
        [
            crm.read(views["trail.of_card"], own),
            crm.read(views["trail.of_party"], walled.one("SELECT party_id FROM card WHERE id = ?", own)),
            crm.read(journeys.idle, own),
        ]
    )
    assert numbers[1].split("-")[0] + "-0" not in told
    assert "card.served" in told


@pytest.mark.parametrize("viewer", OUTSIDE)
def test_no_number_counts_what_is_behind_the_wall(walled: House, viewer: str) -> None:
    views, crm = _views(), walled.open(viewer)
    board = walled.any_id("board")
    read = crm.read
    assert read(views["board.heads"], board, closing=True) == []
    assert read(views["followup.counters"]) == (0, 0)
    assert tuple(read(views["followup.around"])) == (0, 0)
    assert read(views["followup.queue"], owner_id=0, closed=True).groups == ()
    assert read(views["followup.next_card"]) is None
    loads = read(views["board.loads"])
    assert {(load.open, load.today) for load in loads} <= {(0, 0), (None, None)}
    hits = read(views["party.search"], party_secret(viewer)).hits
    assert [(hit.open_cards, hit.due_on) for hit in hits] == [(0, None)]
    titles = {r.name: len(read(r.view)) for r in bootstrap.registers() if r.name in ("members", "templates")}
    assert titles == {"members": 0, "templates": 0}


def test_the_numbers_would_count_it(walled: House) -> None:
    """Once the board is open again, each of them does."""
    do(walled.open(), EditBoard(board=walled.any_id("board"), restricted=False))
    views, crm = _views(), walled.open("bia")
    assert crm.read(views["followup.counters"]) == (2, 0)
    assert tuple(crm.read(views["followup.around"])) > (0, 0)
    assert len(crm.read(views["followup.queue"]).keys) == 2
    assert crm.read(views["followup.next_card"]) is not None
    loads = {load.login: (load.open, load.today) for load in walled.open("rui").read(views["board.loads"])}
    assert (loads["bia"], loads["edu"]) == ((1, 0), (1, 1))
    assert sum(head.count for head in crm.read(views["board.heads"], walled.any_id("board"))) > 0


def test_a_person_is_not_seen_by_a_card_behind_the_wall(walled: House) -> None:
    """edu's person is bia's to see only while she may see a card about it."""
    with walled.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.read'")
        connection.execute(
            "UPDATE card SET party_id = ? WHERE id = ?", (walled.party("edu"), walled.card("bia"))
        )
    bia = walled.open("bia")
    assert bia.read(_views()["party.detail"], walled.party("edu")) is None
    do(walled.open(), EditBoard(board=walled.any_id("board"), restricted=False))
    bia.refresh_viewer()
    assert bia.read(_views()["party.detail"], walled.party("edu")) is not None


def _asked(house: House, owner: str) -> Iterator[tuple[type[Command], Command]]:
    for kind, sample in SAMPLES.items():
        if kind is TakeInCard:
            yield kind, TakeInCard(subject="De fora", board=house.any_id("board"))
        elif kind is NewCard:  # without a board it takes the first that one works on
            yield kind, NewCard(subject="De fora", board=house.any_id("board"))
        elif kind.__name__ not in ELSEWHERE:
            yield kind, sample(house, owner)


@pytest.mark.parametrize("actor", OUTSIDE)
def test_who_is_outside_changes_nothing_of_it(walled: House, actor: str) -> None:
    """About their own cards, too: the board's name for them is that there is no such record."""
    asked = list(_asked(walled, actor))
    crm, let_in = walled.open(actor), []
    with _rehearsed(crm):
        for kind, command in asked:
            outcome = crm.run(command)
            shut = isinstance(outcome, Refusal) and outcome.by in (
                RefusedBy.MISSING_RECORD,
                RefusedBy.PERMISSION,
            )
            if not shut or crm.why_not(command) is None:
                let_in.append((kind.__name__, outcome))
    assert let_in == []


def test_who_only_looks_works_on_nothing(walled: House) -> None:
    asked = list(_asked(walled, "dora"))
    crm, let_in = walled.open("dora"), []
    with _rehearsed(crm):
        for kind, command in asked:
            outcome = crm.run(command)
            if not (isinstance(outcome, Refusal) and outcome.by is RefusedBy.PERMISSION):
                let_in.append((kind.__name__, outcome))
    assert let_in == []


def test_a_command_whose_fields_say_nothing_of_boards_stops_as_well(
    walled: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last wall: what came of it is asked, whatever the command is."""
    asked = [c for kind, c in _asked(walled, "dora") if kind not in (UndoBatch, RedoBatch)]
    monkeypatch.setattr(rights, "_naming", lambda _: ())
    crm, let_in = walled.open("dora"), []
    with _rehearsed(crm):
        for command in asked:
            outcome = crm.run(command)
            if isinstance(outcome, Done) and outcome.events:
                let_in.append((command, outcome))
    assert let_in == []


def test_who_works_there_does_what_the_profile_says(walled: House) -> None:
    asked = [
        (kind, command)
        for kind, command in _asked(walled, "beto")
        if kind.permission not in (SET_UP, "card.reopen")  # what sales may not do on any board
    ]
    crm, shut = walled.open("beto"), []
    with _rehearsed(crm):
        for kind, command in asked:
            if kind is HandOver:
                command = HandOver(card=walled.card("beto"), to=walled.user("ana"))
            outcome = crm.run(command)
            if isinstance(outcome, Refusal) and outcome.by is not RefusedBy.RULE:
                shut.append((kind.__name__, outcome))
    assert shut == []


def test_who_runs_a_board_sets_it_up_without_the_profile_and_no_other(walled: House) -> None:
    board = walled.any_id("board")
    do(walled.open(), SetBoardMember(board=board, user=walled.user("bia"), may=BoardRight.MANAGE))
    asked = [
        (kind, command)
        for kind, command in _asked(walled, "bia")
        if kind.permission == SET_UP and kind is not SetBoardMember
    ]
    crm, shut = walled.open("bia"), []
    with _rehearsed(crm):
        for kind, command in asked:
            outcome = crm.run(command)
            if not isinstance(outcome, Done):
                shut.append((kind.__name__, outcome))
        other = crm.run(EditBoard(board=walled.any_id("board", 1), name="Outro"))
    assert shut == []
    assert isinstance(other, Refusal)
    assert other.by is RefusedBy.PERMISSION


def test_a_manager_outside_does_not_set_it_up_and_inside_does(walled: House) -> None:
    """`board.manage` reaches as far as one sees."""
    board = walled.any_id("board")
    carla = walled.open("carla")
    outcome = carla.run(EditBoard(board=board, name="Meu"))
    assert isinstance(outcome, Refusal)
    assert outcome.by is RefusedBy.MISSING_RECORD
    do(walled.open(), SetBoardMember(board=board, user=walled.user("carla"), may=BoardRight.VIEW))
    do(carla, EditBoard(board=board, name="Nosso"))


@pytest.mark.parametrize("redo", [False, True])
def test_what_one_did_before_the_wall_is_not_undone_from_outside(house: House, redo: bool) -> None:
    bia, board = house.open("bia"), house.any_id("board")
    done = do(bia, NewCard(subject="antes do muro"))
    if redo:
        do(bia, UndoBatch())
    do(house.open(), EditBoard(board=board, restricted=True))
    before = house.dump()
    for command in (RedoBatch() if redo else UndoBatch(), UndoBatch(batch=done.batch)):
        outcome = bia.run(command)
        assert isinstance(outcome, Refusal)
    assert house.dump() == before
    do(house.open(), SetBoardMember(board=board, user=house.user("bia"), may=BoardRight.ATTEND))
    do(bia, RedoBatch() if redo else UndoBatch())


def test_a_set_up_is_not_undone_by_who_no_longer_runs_the_board(house: House) -> None:
    board, bia = house.any_id("board"), house.open("bia")
    do(house.open(), SetBoardMember(board=board, user=house.user("bia"), may=BoardRight.MANAGE))
    do(bia, AddStage(board=board, name="Da Bia"))
    do(house.open(), SetBoardMember(board=board, user=house.user("bia"), may=BoardRight.OUT))
    outcome = bia.run(UndoBatch())
    assert isinstance(outcome, Refusal)
    assert outcome.by is RefusedBy.PERMISSION


def test_nobody_outside_is_given_work_there(walled: House) -> None:
    """A card, a step or a base card's membership of somebody who could not even see it."""
    ana, bia, card = walled.open(), walled.user("bia"), walled.card("beto")
    asked: list[tuple[Command, str]] = [
        (HandOver(card=card, to=bia), "to"),
        (NewCard(subject="de outra", board=walled.any_id("board"), owner=bia), "owner"),
        (PlanStep(card=card, when=walled.clock().date(), assignee=bia), "assignee"),
        (EditStep(activity=walled.step("beto"), assignee=bia), "assignee"),
        (EditTemplate(template=base_card(walled), members="bia"), "members"),
    ]
    for command, field in asked:
        outcome = ana.run(command)
        assert isinstance(outcome, Refusal), command
        assert (outcome.fields, outcome.reason.params["login"]) == ((field,), "bia")


def test_who_closes_a_board_runs_it_from_then_on(house: House) -> None:
    """carla is a manager and no administrator: she does not shut the door before her own nose."""
    carla, board = house.open("carla"), house.any_id("board")
    do(carla, EditBoard(board=board, restricted=True))
    assert board not in carla.viewer.hidden
    assert carla.viewer.run == {board}
    for may in (BoardRight.OUT, BoardRight.ATTEND):
        outcome = carla.run(SetBoardMember(board=board, user=carla.viewer.user_id, may=may))
        assert isinstance(outcome, Refusal)
    do(carla, EditBoard(board=board, restricted=False))
    do(carla, SetBoardMember(board=board, user=carla.viewer.user_id, may=BoardRight.OUT))
    assert carla.viewer.run == frozenset()


def test_a_file_from_before_the_walls_has_none(house: House) -> None:
    """Schema 3 leaves every board open, and an open board asks nobody."""
    assert house.rows("SELECT DISTINCT restricted FROM board") == [(0,)]
    for login in ("ana", *STAFF):
        viewer = house.open(login).viewer
        assert (viewer.hidden, viewer.unattended, viewer.run) == (frozenset(), frozenset(), frozenset())


def test_an_event_knows_the_board_of_everything_that_belongs_to_one(house: House) -> None:
    """A new table of a board's things is named in `store.trail.ON_BOARD`, or its events would be seen by all."""
    of_boards = {name for name, known in shapes().items() if "board_id" in known.columns} - {
        "card",
        "event",
    }
    assert {name for name in of_boards if f"WHEN '{name}'" not in trail.ON_BOARD} == set()
    base_card(house)
    untold = house.rows(
        "SELECT kind FROM event WHERE board_id IS NULL AND (card_id IS NOT NULL "
        "OR entity IN ('board', 'stage', 'board_member', 'card_template', 'label'))"
    )
    assert untold == []


OF_NO_BOARD = {"profiles", "teams", "results", "actions", "mediums", "loss_reasons", "phones"}
"""Pickers of what is on no board."""


def test_the_door_knows_what_every_picker_offers() -> None:
    """A command of a new module stops at the wall if the door knows which kind of record its fields name."""
    assert set(bootstrap.pickers()) - set(PICKED) - OF_NO_BOARD == set()


def test_the_day_of_who_left_a_board_is_empty_and_comes_back(walled: House) -> None:
    """Membership counts at once: the next look is another."""
    bia = walled.open("bia")
    board = walled.any_id("board")
    assert len(bia.read(followups.queue).keys) == 0
    do(walled.open(), SetBoardMember(board=board, user=walled.user("bia"), may=BoardRight.ATTEND))
    bia.refresh_viewer()
    assert len(bia.read(followups.queue).keys) == 2


def test_a_card_without_a_board_begins_where_one_works(walled: House) -> None:
    """The first board is closed to bia; once all are, she is told whom to ask."""
    bia = walled.open("bia")
    card = do(bia, NewCard(subject="Onde?")).entity_id
    second = walled.any_id("board", 1)
    assert walled.one("SELECT board_id FROM card WHERE id = ?", card) == second
    for (board,) in walled.rows("SELECT id FROM board"):
        do(walled.open(), EditBoard(board=board, restricted=True))
    outcome = bia.run(NewCard(subject="E agora?"))
    assert isinstance(outcome, Refusal)
    assert (outcome.by, outcome.fields) == (RefusedBy.PERMISSION, ("board",))


def test_a_service_behind_the_wall_makes_its_card_no_converted_one(house: House) -> None:
    """`serviço:sim`, the journey and the person's own filter tell nothing of a card on a hidden board. (K48)"""
    ana, bia, card = house.open(), house.open("bia"), house.card("bia")
    tickets = house.one("SELECT id FROM board WHERE kind = 'ticket'")
    do(ana, ConvertToService(card=card, board=tickets, subject="escondido"))

    def told() -> tuple[bool, bool, int]:
        bia.refresh_viewer()
        asked = Filter(All((Tri("service", Answer.YES),)))
        cards = bia.read(filters.cards, asked)
        people = {hit.id for hit in bia.read(parties.search, "", found=asked).hits}
        return card in cards.ids, house.party("bia") in people, len(bia.read(journeys.journey, card))

    assert told()[0::2] == (True, 1)
    do(ana, EditBoard(board=tickets, restricted=True))
    assert told() == (False, False, 0)
    without = bia.read(filters.cards, Filter(All((Tri("service", Answer.NO),))))
    assert card in without.ids
