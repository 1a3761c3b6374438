"""What a rule forbids is told before it is tried: the same refusal by `why_not` as by the door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from house import House, do
from samples import SAMPLES

from crm_tui.domain.access import BoardRight
from crm_tui.domain.outcome import Refusal
from crm_tui.services.agenda.file_commands import TakeInAppointment
from crm_tui.services.board.commands import (
    AddStage,
    ArchiveBoard,
    ArchiveStage,
    DeleteCard,
    EditBoard,
    EditCard,
    HandOver,
    LoseCard,
    MoveStage,
    NewCard,
    SetBoardMember,
    UnarchiveBoard,
)
from crm_tui.services.core.commands import Command
from crm_tui.services.core.naming import naming
from crm_tui.services.label.commands import AddLabel, AddTask, EditTask, RetireLabel, SetLabels, SetMembers
from crm_tui.services.once.commands import MergeParties, TellApart
from crm_tui.store.rows import Rows
from crm_tui.store.tables import LossReason, User

Begun = Callable[[House], Command]
WHOLE = (MergeParties, TellApart, TakeInAppointment)
"""Commands that no form begins with a part of what they name."""


def _lost_for_a_reason_out_of_use(house: House) -> Command:
    reason = house.any_id("loss_reason")
    with house.open().store.writing() as connection:
        Rows(connection).update(LossReason, reason, active=False)
    return LoseCard(card=house.card(), reason=reason)


def _lost_without_the_note(house: House) -> Command:
    reason = house.any_id("loss_reason")
    with house.open().store.writing() as connection:
        Rows(connection).update(LossReason, reason, active=True, requires_note=True)
    return LoseCard(card=house.card(), reason=reason)


def _person_of_two_cards(house: House) -> Command:
    do(house.open(), NewCard(party=house.party("bia"), subject="outra"))
    return DeleteCard(card=house.card("bia"), with_party=True)


def _worn_out_label(house: House) -> Command:
    ana = house.open()
    label = do(ana, AddLabel(name="velha")).entity_id or 0
    do(ana, RetireLabel(label=label))
    return SetLabels(card=house.card(), add=(label,))


def _gone_operator(house: House) -> int:
    with house.open().store.writing() as connection:
        Rows(connection).update(User, house.user("edu"), active=False)
    return house.user("edu")


def _removed_stage(house: House) -> int:
    ana, board = house.open(), house.any_id("board")
    stage = do(ana, AddStage(board=board, name="passageira")).entity_id or 0
    do(ana, ArchiveStage(stage=stage))
    return stage


def _task_without_words(house: House) -> Command:
    task = do(house.open(), AddTask(card=house.card(), text="ligar")).entity_id or 0
    return EditTask(task=task, text="  ")


FORBIDDEN: dict[str, Begun] = {
    "a reason out of use": _lost_for_a_reason_out_of_use,
    "a reason that asks for a note": _lost_without_the_note,
    "a person with another card": _person_of_two_cards,
    "a label out of use": _worn_out_label,
    "a member who works here no more": lambda h: SetMembers(card=h.card(), add=(_gone_operator(h),)),
    "an owner who works here no more": lambda h: HandOver(card=h.card(), to=_gone_operator(h)),
    "a new card for who works here no more": lambda h: NewCard(subject="x", owner=_gone_operator(h)),
    "a new card in a stage that is gone": lambda h: NewCard(subject="x", stage=_removed_stage(h)),
    "a card without a subject": lambda h: EditCard(card=h.card(), subject=" "),
    "a stage with cards and no other": lambda h: ArchiveStage(stage=h.stage(h.card(), 0)),
    "a stage that is gone": lambda h: MoveStage(stage=_removed_stage(h), step=1),
    "a board in use": lambda h: UnarchiveBoard(board=h.any_id("board")),
    "a board with open cards": lambda h: ArchiveBoard(board=h.any_id("board")),
    "a prefix of two words": lambda h: EditBoard(board=h.any_id("board"), number_prefix="1-"),
    "a member of a board who works here no more": lambda h: SetBoardMember(
        board=h.any_id("board"), user=_gone_operator(h), may=BoardRight.VIEW
    ),
    "a task without words": lambda h: AddTask(card=h.card(), text=" "),
    "a task that loses its words": _task_without_words,
}


@pytest.mark.parametrize("begun", FORBIDDEN.values(), ids=FORBIDDEN)
def test_why_not_says_what_the_door_would(house: House, begun: Begun) -> None:
    command, ana = begun(house), house.open()
    told, before = ana.why_not(command), house.dump()
    refusal = ana.run(command)
    assert isinstance(refusal, Refusal)
    assert told == refusal
    assert house.dump() == before


@pytest.mark.parametrize(
    "kind", [each for each in SAMPLES if each not in WHOLE], ids=lambda kind: kind.__name__
)
def test_nothing_that_is_known_of_a_form_beforehand_is_too_little_to_ask(
    house: House, kind: type[Command]
) -> None:
    """A list asks with the one record that it knows: the program ended where a handler wanted another."""
    ana, fields = house.open(), kind.model_fields
    extras = {name: dict(field.json_schema_extra or {}) for name, field in fields.items()}
    hidden = [n for n, extra in extras.items() if extra.get("widget") == "hidden" and fields[n].is_required()]
    for known in ((), *((name,) for name in naming(kind))):
        named = {name: (1,) if "tuple" in str(fields[name].annotation) else 1 for name in (*hidden, *known)}
        ana.hindrance(kind.begun(**named))
