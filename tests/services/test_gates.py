"""Gates at the door: no way in passes one unmet, and each is cured together with what it refused. (E30-E41, M8, M75)"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from form_house import FULL, add, drawn_up
from house import House, card_secret, do, done

from crm_tui.domain.board import StageCategory
from crm_tui.domain.gate import GateKind, Moment
from crm_tui.domain.outcome import Done, Outcome, Refusal
from crm_tui.services.board.commands import (
    AddStage,
    ArchiveStage,
    CopyCard,
    EditCard,
    LoseCard,
    MoveCard,
    MoveStage,
    MoveToBoard,
    NewCard,
    WinCard,
)
from crm_tui.services.board.move_commands import ConvertToCustomer
from crm_tui.services.core.commands import Command
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.form.commands import AddForm, AnswerForm, DeactivateForm, ReactivateForm
from crm_tui.services.gate import views as gate_views
from crm_tui.services.gate.commands import (
    AddGate,
    AddTransition,
    EditTransition,
    MoveGate,
    MoveTransition,
    RemoveGate,
    RemoveTransition,
    SetGate,
)
from crm_tui.services.label.commands import AddTask, TickTask
from crm_tui.services.note.commands import AttachFile, FileNote, RemoveFile
from crm_tui.services.party.commands import EditParty
from crm_tui.services.trail.commands import UndoBatch


def bare(house: House, **fields: Any) -> int:
    """A card on the deals' board that holds nothing, in its first stage."""
    board = house.one("SELECT id FROM board WHERE kind = 'opportunity'")
    made = do(house.open(), NewCard(subject="vazio", board=board, **fields)).entity_id
    assert made is not None
    return made


def need(house: House, stage: int, kind: GateKind = GateKind.DEAL_VALUE, **more: Any) -> int:
    """A gate of a stage; its id."""
    return do(house.open(), AddGate(stage=stage, kind=kind, **more)).entity_id or 0


def missing(outcome: Outcome) -> list[str]:
    """The kinds of gates for which a command was refused."""
    assert isinstance(outcome, Refusal), outcome
    return [each.gate.kind for each in outcome.asked if not each.met]


def at(house: House, card: int) -> int:
    return int(house.one("SELECT stage_id FROM card WHERE id = ?", card))


def test_leaving_a_stage_asks_what_all_earlier_ones_asked_for(house: House) -> None:
    crm, card = house.open(), bare(house)
    first, second, third = (house.stage(card, n) for n in range(3))
    need(house, first)
    need(house, second, GateKind.ATTACHMENT)
    born = do(crm, NewCard(subject="nascido adiante", stage=second)).entity_id or 0
    assert missing(crm.run(MoveCard(card=born, stage=third))) == [GateKind.DEAL_VALUE, GateKind.ATTACHMENT]
    assert at(house, born) == second
    do(crm, EditCard(card=born, value_one_off=100))
    do(crm, AttachFile(card=born, filename="a.txt", content=b"a"))
    do(crm, MoveCard(card=born, stage=third))


def test_going_back_asks_for_nothing_and_going_on_again_asks_again(house: House) -> None:
    crm, card = house.open(), bare(house)
    first, second = house.stage(card, 0), house.stage(card, 1)
    do(crm, MoveCard(card=card, stage=second))
    need(house, first)
    do(crm, MoveCard(card=card, stage=first))
    assert missing(crm.run(MoveCard(card=card, stage=second))) == [GateKind.DEAL_VALUE]


def ways_on(house: House, card: int) -> dict[str, Command]:
    """Every way by which a card leaves its stage for good."""
    other = house.one("SELECT id FROM board WHERE kind = 'lead'")
    result = house.any_id("result")
    return {
        "move": MoveCard(card=card, stage=house.stage(card, 1)),
        "note": FileNote(card=card, body="falei", result=result, stage=house.stage(card, 1)),
        "win": WinCard(card=card),
        "send": MoveToBoard(card=card, board=other),
    }


@pytest.mark.parametrize("way", ["move", "note", "win", "send"])
def test_no_way_on_passes_a_gate_unmet(house: House, way: str) -> None:
    crm, card = house.open(), bare(house)
    need(house, house.stage(card, 0))
    command, before = ways_on(house, card)[way], house.dump()
    assert missing(crm.run(command)) == [GateKind.DEAL_VALUE]
    assert house.dump() == before, "nothing is changed by what is refused"
    assert [outcome for outcome in crm.run_many([command]).outcomes if isinstance(outcome, Done)] == []
    do(crm, EditCard(card=card, value_one_off=1))
    do(crm, command)


def test_a_lead_is_not_converted_past_a_gate(house: House) -> None:
    crm, card = house.open(), house.card()
    need(house, at(house, card), GateKind.APPOINTMENT)
    assert missing(crm.run(ConvertToCustomer(card=card, board=None))) == [GateKind.APPOINTMENT]


def test_a_card_is_lost_from_any_stage(house: House) -> None:
    crm, card = house.open(), bare(house)
    need(house, house.stage(card, 0))
    do(crm, LoseCard(card=card, reason=house.any_id("loss_reason")))


def test_a_stage_asks_on_entry_whichever_way_a_card_comes(house: House) -> None:
    crm, card = house.open(), bare(house)
    second = house.stage(card, 1)
    need(house, second, GateKind.APPOINTMENT, moment=Moment.ENTER)
    for command in (
        MoveCard(card=card, stage=second),
        NewCard(subject="direto", stage=second),
        NewCard(subject="só um dia", stage=second, when=date(2026, 12, 1)),
    ):
        assert missing(crm.run(command)) == [GateKind.APPOINTMENT]
    hour = datetime.combine(house.clock().date() + timedelta(2), datetime.min.time(), house.clock().tzinfo)
    made = do(crm, NewCard(subject="com hora", stage=second, when=hour)).entity_id or 0
    assert missing(crm.run(CopyCard(card=made))) == [GateKind.APPOINTMENT], "a copy has no appointment"
    do(crm, PlanStep(card=card, when=hour))
    do(crm, MoveCard(card=card, stage=second))


def test_what_the_won_stage_asks_for_is_asked_on_winning_alone(house: House) -> None:
    crm, card = house.open(), bare(house)
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    won = house.one("SELECT id FROM stage WHERE board_id = ? AND category = 'won'", board)
    need(house, won, GateKind.DEAL_VALUE, moment=Moment.ENTER)
    do(crm, MoveCard(card=card, stage=house.stage(card, 1)))
    assert missing(crm.run(WinCard(card=card))) == [GateKind.DEAL_VALUE]
    do(crm, WinCard(card=card, value_one_off=500))


def test_what_is_missing_is_saved_with_the_move_or_not_at_all(house: House) -> None:
    crm, card = house.open(), bare(house)
    first, second = house.stage(card, 0), house.stage(card, 1)
    need(house, first)
    need(house, first, GateKind.CHECKLIST)
    task = do(crm, AddTask(card=card, text="medir a loja")).entity_id or 0
    version = house.version("card", card)
    cures: list[Command] = [EditCard(card=card, value_one_off=900, version=version)]
    move = MoveCard(card=card, stage=second, version=version)
    place, outcome = crm.run_together([*cures, move])
    assert (place, missing(outcome)) == (1, [GateKind.CHECKLIST])
    assert house.one("SELECT value_one_off FROM card WHERE id = ?", card) == 0, "all or nothing"
    place, outcome = crm.run_together([*cures, TickTask(task=task), move])
    made = done(outcome)
    assert (place, at(house, card)) == (2, second)
    batches = [house.one("SELECT batch FROM event WHERE id = ?", event) for event in made.events]
    assert batches == [made.batch] * len(batches)
    do(crm, UndoBatch(batch=made.batch))
    row = house.rows("SELECT stage_id, value_one_off FROM card WHERE id = ?", card)[0]
    assert row == (first, 0), "one undo for all of it"


def test_a_refusal_in_the_middle_tells_which_of_them_it_was(house: House) -> None:
    crm, card = house.open(), bare(house)
    place, outcome = crm.run_together(
        [
            EditCard(card=card, value_one_off=1),
            EditParty(party=house.party(), document="1"),
            WinCard(card=card),
        ]
    )
    assert place == 1
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("document",)


def test_a_gate_switched_on_behind_a_card_is_asked_when_it_goes_on(house: House) -> None:
    crm, card = house.open(), bare(house)
    first, second, third = (house.stage(card, n) for n in range(3))
    do(crm, MoveCard(card=card, stage=second))
    gate = need(house, first)
    assert missing(crm.run(MoveCard(card=card, stage=third))) == [GateKind.DEAL_VALUE]
    do(crm, SetGate(gate=gate, on=False))
    do(crm, MoveCard(card=card, stage=third))


def test_a_file_that_was_counted_and_taken_off_is_missing_again(house: House) -> None:
    crm, card = house.open(), bare(house)
    first, second, third = (house.stage(card, n) for n in range(3))
    need(house, first, GateKind.ATTACHMENT)
    file = do(crm, AttachFile(card=card, filename="a.txt", content=b"a")).entity_id or 0
    do(crm, MoveCard(card=card, stage=second))
    do(crm, RemoveFile(attachment=file))
    assert missing(crm.run(MoveCard(card=card, stage=third))) == [GateKind.ATTACHMENT]


def test_stages_that_change_places_change_what_is_asked(house: House) -> None:
    crm, card = house.open(), bare(house)
    second, third = house.stage(card, 1), house.stage(card, 2)
    need(house, third)
    do(crm, MoveCard(card=card, stage=second))
    do(crm, MoveStage(stage=third, step=-2))
    fourth = house.stage(card, 3)
    assert missing(crm.run(MoveCard(card=card, stage=fourth))) == [GateKind.DEAL_VALUE]


def test_a_stage_that_goes_takes_its_gates_and_its_cards_are_not_held(house: House) -> None:
    crm, card = house.open(), bare(house)
    first, second, third = (house.stage(card, n) for n in range(3))
    need(house, first)
    do(crm, ArchiveStage(stage=first, cards_to=second))
    assert at(house, card) == second
    do(crm, MoveCard(card=card, stage=third))


def test_fields_and_main_contact_are_asked_for_and_filled(house: House) -> None:
    crm, card = house.open(), bare(house)
    first, second = house.stage(card, 0), house.stage(card, 1)
    need(house, first, GateKind.FIELD, field="email")
    need(house, first, GateKind.FIELD, field="expected_close_on")
    need(house, first, GateKind.PRIMARY_CONTACT)
    need(house, first, GateKind.VALID_DOCUMENT)
    move = MoveCard(card=card, stage=second)
    assert len(missing(crm.run(move))) == 4
    do(crm, EditCard(card=card, party=house.party(), expected_close_on=date(2026, 12, 1)))
    assert missing(crm.run(move)) == [GateKind.VALID_DOCUMENT], (
        "a person has an e-mail and is its own contact"
    )
    do(crm, EditParty(party=house.party(), document="529.982.247-25"))
    do(crm, move)


def test_it_is_told_before_the_key_is_pressed(house: House) -> None:
    crm, card = house.open(), bare(house)
    need(house, house.stage(card, 0))
    for command in (ways_on(house, card)["move"], ways_on(house, card)["note"]):
        assert missing(crm.why_not(command)) == [GateKind.DEAL_VALUE]  # type: ignore[arg-type]


def test_a_requirement_says_what_it_wants_once(house: House) -> None:
    crm, card = house.open(), bare(house)
    stage = house.stage(card, 0)
    for command, field in (
        (AddGate(stage=stage, kind=GateKind.FORM), "form"),
        (AddGate(stage=stage, kind=GateKind.FIELD), "field"),
        (AddGate(stage=stage, kind=GateKind.FIELD, field="senha"), "field"),
    ):
        refused = crm.run(command)
        assert isinstance(refused, Refusal)
        assert refused.fields == (field,)
    gate = need(house, stage)
    assert isinstance(crm.run(AddGate(stage=stage, kind=GateKind.DEAL_VALUE)), Refusal)
    second = need(house, stage, GateKind.CHECKLIST)
    do(crm, MoveGate(gate=second, step=-1))
    assert [row[0] for row in house.rows("SELECT id FROM stage_gate ORDER BY position")] == [second, gate]
    do(crm, RemoveGate(gate=gate))
    do(crm, UndoBatch(batch=do(crm, RemoveGate(gate=second)).batch))
    assert house.rows("SELECT id FROM stage_gate") == [(second,)]


def test_an_answer_leads_to_another_stage_of_its_board(house: House) -> None:
    crm, card = house.open(), bare(house)
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    first, second = house.stage(card, 0), house.stage(card, 1)
    away = house.one("SELECT id FROM stage WHERE board_id <> ? LIMIT 1", board)
    for to in (first, away):
        refused = crm.run(AddTransition(stage=first, label="Sim", to=to))
        assert isinstance(refused, Refusal)
        assert refused.fields == ("to",)
    yes = do(crm, AddTransition(stage=first, label="Sim", to=second)).entity_id or 0
    refused = crm.run(AddTransition(stage=first, label="SIM", to=second))
    assert isinstance(refused, Refusal)
    no = do(crm, AddTransition(stage=first, label="Não", to=second, requires_reason=True)).entity_id or 0
    do(crm, EditTransition(transition=yes, label="Vendeu"))
    do(crm, MoveTransition(transition=no, step=-1))
    texts = house.rows("SELECT label, requires_reason FROM stage_transition ORDER BY position")
    assert texts == [("Não", 1), ("Vendeu", 0)]
    do(crm, RemoveTransition(transition=no))


def test_whose_profile_sets_up_nothing_sets_no_gate(house: House) -> None:
    card = bare(house)
    gate = need(house, house.stage(card, 0))
    crm = house.open("bia")
    for command in (
        AddGate(stage=house.stage(card, 1), kind=GateKind.ATTACHMENT),
        SetGate(gate=gate, on=False),
    ):
        assert isinstance(crm.run(command), Refusal)


def test_a_new_stage_asks_for_nothing(house: House) -> None:
    crm = house.open()
    board = house.one("SELECT board_id FROM card WHERE title = ?", card_secret("ana"))
    do(crm, AddStage(board=board, name="Nova", category=StageCategory.OPEN))
    assert house.one("SELECT count(*) FROM stage_gate") == 0


def test_a_form_that_nobody_can_answer_is_asked_by_no_stage(house: House) -> None:
    crm, card = house.open(), bare(house)
    first, second = house.stage(card, 0), house.stage(card, 1)
    empty = do(crm, AddForm(name="Vazio")).entity_id or 0
    refused = crm.run(AddGate(stage=first, kind=GateKind.FORM, form=empty))
    assert isinstance(refused, Refusal)
    assert (refused.fields, "no questions" in refused.reason.msgid) == (("form",), True)
    form = drawn_up(house)
    gate = need(house, first, GateKind.FORM, form=form)
    assert missing(crm.run(MoveCard(card=card, stage=second))) == [GateKind.FORM]
    do(crm, SetGate(gate=gate, on=False))
    do(crm, DeactivateForm(form=form))
    refused = crm.run(SetGate(gate=gate, on=True))
    assert isinstance(refused, Refusal)
    assert (refused.fields, "out of use" in refused.reason.msgid) == (("on",), True)
    do(crm, ReactivateForm(form=form))
    do(crm, SetGate(gate=gate, on=True))
    assert missing(crm.run(MoveCard(card=card, stage=second))) == [GateKind.FORM]
    do(crm, AnswerForm(card=card, form=form, answers=FULL))
    do(crm, MoveCard(card=card, stage=second))


def test_no_undo_locks_a_card_in_behind_a_form(house: House) -> None:
    crm, card = house.open(), bare(house)
    first, second = house.stage(card, 0), house.stage(card, 1)
    form = drawn_up(house)
    gone = do(crm, RemoveGate(gate=need(house, first, GateKind.FORM, form=form)))
    do(crm, DeactivateForm(form=form))
    do(crm, UndoBatch(batch=gone.batch))
    emptied = do(crm, AddForm(name="Uma só")).entity_id or 0
    add(house, emptied, "Tem verba?")
    question = house.one("SELECT batch FROM event WHERE kind = 'question.added' ORDER BY id DESC LIMIT 1")
    need(house, first, GateKind.FORM, form=emptied)
    do(crm, UndoBatch(batch=question))
    do(crm, MoveCard(card=card, stage=second))
    told = [row.cells[-1] for row in crm.read(gate_views.gate_register)]
    assert [getattr(each, "msgid", each) for each in told] == ["form out of use"] * 2, "settings say so"


def test_a_new_card_is_told_what_it_can_be_born_with_and_what_comes_later(house: House) -> None:
    crm, card = house.open(), bare(house)
    stage = house.stage(card, 0)
    gate = need(house, stage, GateKind.VALID_DOCUMENT, moment=Moment.ENTER)
    refused = crm.run(NewCard(subject="novo", stage=stage))
    assert isinstance(refused, Refusal)
    assert refused.fields == ("party",)
    do(crm, EditParty(party=house.party(), document="529.982.247-25"))
    do(crm, NewCard(subject="novo", stage=stage, party=house.party()))
    do(crm, RemoveGate(gate=gate))
    need(house, stage, GateKind.ATTACHMENT, moment=Moment.ENTER)
    refused = crm.run(NewCard(subject="novo", stage=stage))
    assert isinstance(refused, Refusal)
    assert "Open it in another stage" in refused.reason.msgid
