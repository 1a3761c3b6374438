"""Undo and redo: back row for row, refused by name when built upon, across sittings and batches."""

from __future__ import annotations

import json
from datetime import date

import pytest
from house import NOBODY, House, card_secret, do, done
from samples import SAMPLES

from crm_tui.domain.outcome import Conflict, Refusal
from crm_tui.services.access.commands import AddUser, ClearPin, SetPin
from crm_tui.services.board.commands import EditCard, HandOver, MoveCard, NewCard
from crm_tui.services.core.commands import Command
from crm_tui.services.export.commands import NoteExport
from crm_tui.services.followup.commands import PlanStep, Redate, SkipContact
from crm_tui.services.note.commands import AttachFile, FileNote
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

FORWARD = [c for c in SAMPLES if c.undoable and c not in (UndoBatch, RedoBatch)]
"""A PIN leaves nothing that could be put back, nor does what was passed over: `test_approvals`, `test_putting_off`."""


def test_what_no_undo_takes_back_says_so_itself() -> None:
    assert {c for c in SAMPLES if not c.undoable} == {SetPin, ClearPin, SkipContact, NoteExport}


def _refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


@pytest.mark.parametrize("command", FORWARD, ids=lambda c: c.__name__)
def test_undone_it_is_as_before_and_redone_as_after(house: House, command: type[Command]) -> None:
    crm, asked = house.open(), SAMPLES[command](house, "ana")
    before = house.dump()
    batch = do(crm, asked).batch
    after = house.dump()
    assert after != before
    for _ in range(2):
        do(crm, UndoBatch())
        assert house.dump() == before
        again = do(crm, RedoBatch())
        assert house.dump() == after
    assert again.batch != batch
    do(crm, UndoBatch(batch=batch))
    assert house.dump() == before


@pytest.mark.parametrize("command", FORWARD, ids=lambda c: c.__name__)
def test_what_is_derived_follows_the_undo(house: House, command: type[Command]) -> None:
    """Counters, search rows, next steps and who stands alone are what a fresh computation gives."""
    crm = house.open()
    do(crm, SAMPLES[command](house, "ana"))
    do(crm, UndoBatch())
    assert house.rows(
        "SELECT stage_id, owner_id, status, n, total FROM stage_stat WHERE n <> 0 ORDER BY 1, 2, 3"
    ) == (
        house.rows(
            "SELECT stage_id, coalesce(owner_id, 0), status, count(*), sum(value_one_off + value_recurring) FROM card "
            "WHERE archived_at IS NULL AND deleted_at IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
    )
    earliest = """SELECT a.id FROM activity a WHERE a.card_id = c.id AND a.state = 'planned'
      AND a.deleted_at IS NULL ORDER BY a.due_on, a.start_at IS NULL, a.start_at, a.id LIMIT 1"""
    assert house.rows(f"SELECT id FROM card c WHERE next_activity_id IS NOT ({earliest})") == []
    assert house.rows("SELECT count(*) FROM party") == house.rows("SELECT count(*) FROM party_fts")
    assert house.rows("SELECT count(*) FROM card") == house.rows("SELECT count(*) FROM card_fts")
    assert house.rows("SELECT rowid FROM card_fts WHERE words MATCH '\"outro\"'") == []


def test_a_changed_column_is_named_and_nothing_is_undone(house: House) -> None:
    ana, beto, card = house.open(), house.open("beto"), house.card("beto")
    do(ana, EditCard(card=card, subject="da ana"))
    do(beto, EditCard(card=card, subject="do beto"))
    before = house.dump()
    refused = _refused(ana.run(UndoBatch()))
    assert refused.reason.params["who"] == "beto"
    assert json.loads(refused.reason.params["what"])["kind"] == "card.edited"
    assert house.dump() == before


def test_another_column_does_not_hinder(house: House) -> None:
    ana, beto, card = house.open(), house.open("beto"), house.card("beto")
    do(ana, EditCard(card=card, subject="da ana"))
    do(beto, EditCard(card=card, value_one_off=9_99))
    do(ana, UndoBatch())
    assert house.rows("SELECT title, value_one_off FROM card WHERE id = ?", card) == [
        (card_secret("beto"), 9_99)
    ]


def test_children_of_another_hinder_and_are_named(house: House) -> None:
    ana, carla = house.open(), house.open("carla")
    card = do(ana, NewCard(subject="PDV", owner=house.user("bia"))).entity_id
    assert card is not None
    do(carla, PlanStep(card=card, when=date(2026, 12, 1)))
    refused = _refused(ana.run(UndoBatch()))
    assert refused.reason.params["who"] == "carla"
    assert json.loads(refused.reason.params["what"])["kind"] == "activity.planned"


def test_an_attachment_is_a_child_though_no_foreign_key_says_so(house: House) -> None:
    ana, carla = house.open(), house.open("carla")
    card = do(ana, NewCard(subject="PDV", owner=house.user("bia"))).entity_id
    assert card is not None
    do(carla, AttachFile(card=card, filename="a.txt", content=b"a"))
    assert _refused(ana.run(UndoBatch())).reason.params["who"] == "carla"


def test_a_user_who_acted_stays(house: House) -> None:
    ana = house.open()
    do(ana, AddUser(login="zeca", name="Zeca", profile=house.any_id("profile")))
    do(house.open("zeca"), NewParty(name="Dele"))
    assert isinstance(ana.run(UndoBatch()), Refusal)
    assert house.user("zeca")


def test_undo_takes_ones_own_latest_across_sittings(house: House) -> None:
    first, card = house.open(), house.card()
    for subject in ("um", "dois", "três"):
        do(first, EditCard(card=card, subject=subject))
    do(house.open("beto"), EditCard(card=house.card("beto"), subject="do beto"))
    later = house.open()
    for left in ("dois", "um", card_secret("ana")):
        do(later, UndoBatch())
        assert house.one("SELECT title FROM card WHERE id = ?", card) == left
    for back in ("um", "dois", "três"):
        do(house.open(), RedoBatch())
        assert house.one("SELECT title FROM card WHERE id = ?", card) == back


def test_a_new_change_ends_what_may_be_redone(house: House) -> None:
    crm = house.open()
    do(crm, EditCard(card=house.card(), subject="um"))
    do(crm, UndoBatch())
    do(crm, EditCard(card=house.card(NOBODY), value_one_off=1))
    _refused(crm.run(RedoBatch()))


def test_a_batch_is_undone_once_and_only_an_undo_is_redone(house: House) -> None:
    crm = house.open()
    batch = do(crm, EditCard(card=house.card(), subject="um")).batch
    _refused(crm.run(RedoBatch(batch=batch)))
    do(crm, UndoBatch(batch=batch))
    _refused(crm.run(UndoBatch(batch=batch)))
    do(crm, RedoBatch())
    do(crm, UndoBatch(batch=batch))
    _refused(crm.run(UndoBatch(batch=batch)))
    _refused(crm.run(UndoBatch(batch="0" * 16)))


def test_ids_and_numbers_are_never_used_twice(house: House) -> None:
    crm = house.open()
    first = do(crm, NewCard(subject="um"))
    do(crm, UndoBatch())
    second = do(crm, NewCard(subject="dois"))
    assert first.entity_id != second.entity_id
    assert first.ref != second.ref


def test_an_undone_parecer_is_a_draft_again_and_a_redo_takes_it_away(house: House) -> None:
    crm, card = house.open(), house.card()
    before = house.one("SELECT next_activity_id FROM card WHERE id = ?", card)
    asked = SAMPLES[FileNote](house, "ana")
    do(crm, asked)
    do(crm, UndoBatch())
    given = crm.drafts.find("file_note", f"card:{card}")
    assert given is not None
    assert given.payload == {
        "body": "Pediu 5% até sexta.",
        "result": f"#{house.any_id('result')}",
        "medium": f"#{house.any_id('contact_medium')}",
        "action": given.payload["action"],
        "next_action": given.payload["next_action"],
        "activity": f"#{before}",
        "stage": f"#{asked.stage}",
        "next_when": "01/12/2026 14:00",
    }
    do(crm, RedoBatch())
    assert crm.drafts.list() == []


def test_a_given_back_draft_that_was_typed_in_stays(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, SAMPLES[FileNote](house, "ana"))
    do(crm, UndoBatch())
    given = crm.drafts.find("file_note", f"card:{card}")
    assert given is not None
    crm.drafts.save(
        "file_note", f"card:{card}", {"body": "mais palavras"}, {}, "mais palavras", rev=given.rev
    )
    do(crm, RedoBatch())
    assert [d.text for d in crm.drafts.list()] == ["mais palavras"]


def test_an_undone_parecer_lies_beside_a_draft_begun_meanwhile(house: House) -> None:
    """Neither text vanishes."""
    crm, card = house.open(), house.card()
    do(crm, SAMPLES[FileNote](house, "ana"))
    crm.drafts.save("file_note", f"card:{card}", {"body": "outro"}, {}, "outro")
    do(crm, UndoBatch())
    assert {d.text for d in crm.drafts.list()} == {"outro", "Pediu 5% até sexta."}


def test_one_undo_takes_back_a_whole_batch(house: House) -> None:
    crm, before = house.open(), house.dump()
    steps = [house.step(owner) for owner in ("ana", "bia", "beto")]
    many = crm.run_many(
        [
            *(Redate(activity=step, when=date(2026, 12, 24)) for step in steps),
            HandOver(card=house.card("bia"), to=house.user("beto")),
            MoveCard(card=house.card("beto"), stage=house.stage(house.card("beto"), 2)),
        ]
    )
    assert many.done == 5
    undone = done(crm.run(UndoBatch()))
    assert house.dump() == before
    assert house.one("SELECT undoes FROM event WHERE batch = ?", undone.batch) == many.batch


def test_an_undone_telephone_is_a_change_of_its_person_too(house: House) -> None:
    """It lies in another table: unless the person's version rises, who saw it before is not told."""
    crm, party = house.open(), house.party()
    do(crm, EditParty(party=party, phone="(11) 98888-1234"))
    seen = house.version("party", party)
    do(crm, UndoBatch())
    assert house.version("party", party) == seen + 1
    outcome = house.open().run(EditParty(party=party, phone="(11) 97777-1234", version=seen))
    assert isinstance(outcome, Conflict)
    assert [(f.field, f.base) for f in outcome.fields] == [("phone", "(11) 98888-1234")]


def test_undoing_and_redoing_for_ever_says_what_it_said_at_first(house: House) -> None:
    """Told inside one another the words grew fourfold each time, and after some thirty no row could hold them."""
    crm = house.open()
    batch = do(crm, EditCard(card=house.card(), value_one_off=7)).batch
    for _ in range(40):
        batch = do(crm, UndoBatch(batch=batch)).batch
    told = {len(params) for (params,) in house.rows("SELECT params FROM event WHERE kind LIKE 'batch.%'")}
    assert len(told) == 1
