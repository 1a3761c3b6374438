"""A filed parecer is never changed: it is corrected by another, or made void with a reason. (B48)"""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.board.commands import DeleteCard, HandOver
from crm_tui.services.core import records
from crm_tui.services.core.crm import Crm
from crm_tui.services.note.commands import AddComment, AmendNote, FileNote, VoidNote
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


def filed(crm: Crm, house: House, body: str = "Disse que sim.", owner: str = "ana") -> int:
    result = house.any_id("result")
    return do(crm, FileNote(card=house.card(owner), body=body, result=result)).entity_id or 0


def test_a_correction_points_to_the_first_text_which_stays_as_it_was(house: House) -> None:
    crm = house.open()
    first = filed(crm, house)
    second = do(crm, AmendNote(note=first, body="Disse que não.")).entity_id or 0
    old, new = crm.read(records.note, first), crm.read(records.note, second)
    assert old is not None
    assert new is not None
    assert (old.body, old.corrected_by_id, new.amends_id) == ("Disse que sim.", second, first)
    entries = crm.read(trails.of_card, house.card())
    told = {e.entity_id: e for e in entries if e.entity == "note" and e.body}
    assert told[first].correction is not None
    assert (told[first].correction.body, told[second].body) == ("Disse que não.", "Disse que não.")
    assert [said.id for said in crm.read(trails.said, card_id=house.card())][:1] == [second]
    assert first not in [said.id for said in crm.read(trails.said, card_id=house.card())]


def test_a_correction_may_be_corrected_but_no_note_twice(house: House) -> None:
    crm = house.open()
    first = filed(crm, house)
    second = do(crm, AmendNote(note=first, body="dois")).entity_id or 0
    assert isinstance(crm.run(AmendNote(note=first, body="três")), Refusal)
    assert isinstance(crm.run(VoidNote(note=first, reason="engano")), Refusal)
    third = do(crm, AmendNote(note=second, body="três")).entity_id
    assert [said.id for said in crm.read(trails.said, card_id=house.card())][:1] == [third]


def test_a_void_note_is_read_still_and_counts_no_more(house: House) -> None:
    crm = house.open()
    note = filed(crm, house)
    do(crm, VoidNote(note=note, reason="era de outro cliente"))
    entries = [
        e for e in crm.read(trails.of_card, house.card()) if e.entity_id == note and e.entity == "note"
    ]
    voided, first = entries
    assert (voided.kind, voided.reason, voided.body) == ("note.voided", "era de outro cliente", None)
    assert (first.void, first.body) == (True, "Disse que sim.")
    assert note not in [said.id for said in crm.read(trails.said, card_id=house.card())]
    for command in (AmendNote(note=note, body="x"), VoidNote(note=note, reason="de novo")):
        assert isinstance(crm.run(command), Refusal)


def test_what_says_nothing_or_nothing_else_is_refused(house: House) -> None:
    crm = house.open()
    note = filed(crm, house)
    comment = do(crm, AddComment(card=house.card(), body="oi")).entity_id or 0
    for command, field in (
        (AmendNote(note=note, body="   "), "body"),
        (AmendNote(note=note, body=" Disse que sim.\n"), "body"),
        (VoidNote(note=note, reason="  "), "reason"),
    ):
        refusal = crm.run(command)
        assert isinstance(refusal, Refusal)
        assert refusal.fields == (field,)
    assert isinstance(crm.run(VoidNote(note=comment, reason="x")), Refusal)


def test_both_are_undone_and_done_again_and_no_draft_comes_of_it(house: House) -> None:
    crm = house.open()
    note = filed(crm, house)
    before = house.dump()
    drafts = crm.drafts.count()
    for command in (AmendNote(note=note, body="outro"), VoidNote(note=note, reason="engano")):
        do(crm, command)
        after = house.dump()
        do(crm, UndoBatch())
        assert house.dump() == before
        do(crm, RedoBatch())
        assert house.dump() == after
        do(crm, UndoBatch())
        assert crm.drafts.count() == drafts


def test_a_filing_that_was_corrected_is_not_undone_from_under_it(house: House) -> None:
    crm = house.open()
    done = do(crm, FileNote(card=house.card(), body="um", result=house.any_id("result")))
    do(crm, AmendNote(note=done.entity_id or 0, body="dois"))
    assert isinstance(crm.run(UndoBatch(batch=done.batch)), Refusal)


@pytest.mark.parametrize(("login", "may"), [("bia", False), ("carla", True), ("rui", False)])
def test_ones_own_or_those_of_whom_one_leads(house: House, login: str, may: bool) -> None:
    note = filed(house.open("beto"), house, owner="beto")
    crm = house.open(login)
    for command in (AmendNote(note=note, body="outro"), VoidNote(note=note, reason="engano")):
        outcome = crm.run(command)
        refused = isinstance(outcome, Refusal) and outcome.by is RefusedBy.PERMISSION
        assert refused is not may
        if may:
            do(crm, UndoBatch())


def test_what_one_no_longer_sees_is_not_corrected_from_beside(house: House) -> None:
    """One's own words on a card that went to somebody else are out of reach like the card."""
    crm, boss, card = house.open("nina"), house.open(), house.card("nina")
    note = filed(crm, house, owner="nina")
    do(boss, HandOver(card=card, to=house.user("bia")))
    assert crm.read(records.note, note) is None
    for command in (AmendNote(note=note, body="outro"), VoidNote(note=note, reason="engano")):
        outcome = crm.run(command)
        assert isinstance(outcome, Refusal)
        assert outcome.by is RefusedBy.MISSING_RECORD


def test_a_note_of_a_deleted_card_is_neither_corrected_nor_made_void(house: House) -> None:
    crm = house.open()
    first = filed(crm, house)
    do(crm, DeleteCard(card=house.card()))
    for command in (AmendNote(note=first, body="outro"), VoidNote(note=first, reason="engano")):
        refusal = crm.run(command)
        assert isinstance(refusal, Refusal)
        assert (refusal.by, refusal.reason.params["who"]) == (RefusedBy.MISSING_RECORD, "ana")
