"""What lies in the archive rests: every command about a card there, or about something of it, is refused in the same
sentence, but for the few that decision 0012 names. (K30, K45)"""

from __future__ import annotations

import pytest
from house import House, do
from samples import SAMPLES

from crm_tui.domain.board import at_hand
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.services.board.commands import ArchiveCard, ReopenCard
from crm_tui.services.core.commands import Command
from crm_tui.services.followup.commands import PlanStep, Redate
from crm_tui.services.trail.commands import UndoBatch

PICKERS = {"cards", "activities", "notes", "tasks", "attachments"}
STILL = {"AddComment", "ArchiveCard", "CopyCard", "DeleteCard", "TemplateFromCard", "UnarchiveCard"}
"""Read, commented, copied, made a base card of, deleted or taken out; archiving it again has a sentence of its own."""


def _about_a_card(command: type[Command]) -> bool:
    extras = (field.json_schema_extra for field in command.model_fields.values())
    return any(isinstance(extra, dict) and extra.get("pick") in PICKERS for extra in extras)


ABOUT = sorted((c for c in SAMPLES if _about_a_card(c)), key=lambda c: c.__name__)


def test_the_matrix_is_whole() -> None:
    assert (
        {c.__name__ for c in ABOUT if c.in_archive} == STILL == {c.__name__ for c in SAMPLES if c.in_archive}
    )
    assert len(ABOUT) > 25


@pytest.mark.parametrize("kind", ABOUT, ids=lambda c: c.__name__)
def test_a_card_in_the_archive_rests(house: House, kind: type[Command]) -> None:
    crm = house.open()
    command = SAMPLES[kind](house, "ana")
    about = (
        command.card if isinstance(command, ReopenCard) else house.card()
    )  # that sample has a card of its own
    do(crm, ArchiveCard(card=about))
    before = house.dump()
    outcome, hindrance = crm.run(command), crm.hindrance(command)
    if kind is ArchiveCard:
        assert isinstance(outcome, Refusal)
    elif kind.in_archive:
        assert isinstance(outcome, Done), outcome
    else:
        assert outcome == hindrance == crm.why_not(command) == at_hand(archived=True)
        assert house.dump() == before


def test_a_step_of_no_card_and_many_at_once(house: House) -> None:
    crm = house.open()
    lone = do(crm, PlanStep(party=house.party(), when=house.clock().date())).entity_id or 0
    do(crm, ArchiveCard(card=house.card("bia")))
    steps = (lone, house.step("bia"), house.step("beto"))
    many = crm.run_many([Redate(activity=step, when=house.clock().date()) for step in steps])
    assert [isinstance(outcome, Done) for outcome in many.outcomes] == [True, False, True]
    assert many.outcomes[1] == at_hand(archived=True)


def test_taking_back_the_archiving_is_no_work_on_the_card(house: House) -> None:
    crm, card = house.open(), house.card()
    done = do(crm, ArchiveCard(card=card))
    do(crm, UndoBatch(batch=done.batch))
    do(crm, Redate(activity=house.step(), when=house.clock().date()))
