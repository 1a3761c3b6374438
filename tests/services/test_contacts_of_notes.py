"""With whom one spoke and will speak, the files of the next step, and all of it given back by an undo. (T31-T53)"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from house import House, do, party_secret

from crm_tui.bootstrap import commands
from crm_tui.domain.action_history import ActionsAsked
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import PartyKind
from crm_tui.services.board.commands import EditCard, NewCard
from crm_tui.services.core import records
from crm_tui.services.followup import actions as history
from crm_tui.services.followup import views as followups
from crm_tui.services.note import views
from crm_tui.services.note.commands import AttachFile, FileNote
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import NewParty
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


@pytest.fixture
def firm(house: House) -> dict[str, int]:
    """A card with an organisation, for which two speak: first Rosa, then Caio."""
    crm = house.open()
    company = do(crm, NewParty(name="Moinho Azul", kind=PartyKind.ORGANIZATION)).entity_id or 0
    rosa = do(crm, NewParty(name="Rosa Prado", company="Moinho Azul")).entity_id or 0
    caio = do(crm, NewParty(name="Caio Lins", company="Moinho Azul")).entity_id or 0
    card = do(crm, NewCard(subject="Sacaria", party=company)).entity_id or 0
    return {"company": company, "rosa": rosa, "caio": caio, "card": card}


def file(house: House, **said: Any) -> int:
    """File a note; the step that it did."""
    note = do(house.open(), FileNote(body="falamos", result=house.any_id("result"), **said)).entity_id
    return int(house.one("SELECT activity_id FROM note WHERE id = ?", note))


def contact_of(house: House, step: int) -> int | None:
    found: int | None = house.one("SELECT contact_id FROM activity WHERE id = ?", step)
    return found


def planned(house: House, columns: str) -> Any:
    return house.rows(f"SELECT {columns} FROM activity WHERE state = 'planned' ORDER BY id DESC LIMIT 1")[0]


def test_the_main_contact_of_an_organisation_holds_until_card_or_step_says_another(
    house: House, firm: dict[str, int]
) -> None:
    crm, card = house.open(), firm["card"]

    def shown() -> int | None:
        found = crm.read(views.contact, card=card)
        return found.value if found is not None else None

    assert shown() == firm["rosa"]
    assert contact_of(house, file(house, card=card)) == firm["rosa"]
    do(crm, EditCard(card=card, contact=firm["caio"]))
    assert shown() == firm["caio"]
    when = date(2026, 11, 25)
    assert (
        contact_of(house, file(house, card=card, next_when=when, next_contact=firm["rosa"])) == firm["caio"]
    )
    assert planned(house, "contact_id") == (firm["rosa"],), "the step was agreed with another"
    assert shown() == firm["rosa"], "with whom the step was agreed"
    assert contact_of(house, file(house, card=card)) == firm["rosa"]


def test_another_may_be_said_and_so_may_nobody_and_the_next_step_follows(
    house: House, firm: dict[str, int]
) -> None:
    card, when = firm["card"], date(2026, 11, 25)
    assert contact_of(house, file(house, card=card, contact=firm["caio"], next_when=when)) == firm["caio"]
    assert planned(house, "contact_id") == (firm["caio"],)
    assert contact_of(house, file(house, card=card, contact=None)) is None


def test_a_person_is_no_contact_of_its_own(house: House, firm: dict[str, int]) -> None:
    crm = house.open()
    assert crm.read(views.contact, card=house.card()) is None
    assert contact_of(house, file(house, card=house.card())) is None
    assert crm.read(views.contact, party=firm["rosa"]) is None
    own = do(crm, NewCard(subject="Da própria", party=firm["rosa"])).entity_id
    do(crm, EditCard(card=own or 0, contact=firm["rosa"]))
    assert crm.read(views.contact, card=own) is None
    found = crm.read(views.contact, party=firm["company"])
    assert found is not None
    assert found.label == "Rosa Prado"


def test_the_story_says_with_whom_and_the_contact_has_it_too(house: House, firm: dict[str, int]) -> None:
    crm = house.open()
    file(house, card=firm["card"], contact=firm["caio"])
    entry = next(e for e in crm.read(trails.of_card, firm["card"]) if e.kind == "note.filed")
    assert entry.params["spoken_with"] == "Caio Lins"
    assert [e.id for e in crm.read(trails.of_party, firm["caio"]) if e.kind == "note.filed"] == [entry.id]
    assert not [e for e in crm.read(trails.of_party, firm["rosa"]) if e.kind == "note.filed"]
    for asked in (ActionsAsked(words="caio"), ActionsAsked(account=firm["caio"])):
        (action,) = crm.read(history.page_of_actions, asked).rows
        assert (action.party, action.contact) == ("Moinho Azul", "Caio Lins")
    (note,) = crm.read(trails.said, party_id=firm["caio"])
    assert note.body == "falamos"
    step = file(house, card=firm["card"])
    done = next(s for s in crm.read(followups.steps_of_card, firm["card"]) if s.id == step)
    assert done.contact == "Rosa Prado"
    record = crm.read(records.activity, step)
    assert record is not None
    assert record.contact == house.one("SELECT code FROM party WHERE id = ?", firm["rosa"])


@pytest.mark.parametrize("field", ["contact", "next_contact"])
def test_somebody_whom_one_does_not_reach_is_as_good_as_not_there(house: House, field: str) -> None:
    """Named as contact, an id alone would bring its name into a card that one sees."""
    hidden = house.party("edu")
    refusal = house.open("nina").run(
        FileNote(
            card=house.card("nina"),
            body="x",
            result=house.any_id("result"),
            next_when=date(2026, 11, 25),
            **{field: hidden},
        )
    )
    assert isinstance(refusal, Refusal)
    assert (refusal.by, refusal.fields) == (RefusedBy.MISSING_RECORD, (field,))


def test_the_picker_offers_those_of_the_account_first_and_finds_anybody(
    house: House, firm: dict[str, int]
) -> None:
    crm = house.open()

    def offered(text: str, **place: int) -> list[str]:
        return [option.label for option in crm.read(parties.contacts, text, **place)]

    assert offered("", party_id=firm["company"]) == ["Caio Lins", "Rosa Prado"]
    assert offered("", party_id=firm["company"], contact_id=firm["rosa"])[0] == "Rosa Prado"
    assert offered("ros", party_id=firm["company"])[0] == "Rosa Prado"
    assert party_secret("bia") in offered(party_secret("bia"), party_id=firm["company"])
    seen = house.open("nina").read(parties.contacts, "", party_id=firm["company"])
    assert [option.label for option in seen] == [party_secret("nina")], (
        "those of the firm are not hers to see"
    )


def test_files_of_the_next_step_are_kept_with_it_and_come_back_with_the_draft(house: House) -> None:
    crm, card = house.open(), house.card()
    held = do(crm, AttachFile(card=card, filename="roteiro.pdf", content=b"pdf")).entity_id or 0
    asked = FileNote(card=card, body="visitar", result=house.any_id("result"), next_files=(held,))
    refusal = crm.run(asked)
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("next_when",)
    do(crm, asked.model_copy(update={"next_when": date(2026, 11, 25)}))
    (step,) = [s for s in crm.read(followups.steps_of_card, card) if s.state == "planned" and s.files]
    assert step.files == 1
    assert next(f for f in crm.read(views.files, card) if f.id == held).step == step.subject
    found = crm.read(records.attachment, held)
    assert found is not None
    assert found.activity_id == step.id
    do(crm, UndoBatch())
    draft = crm.drafts.find("file_note", f"card:{card}")
    assert draft is not None
    assert draft.payload["next_files"] == f"attachment:{held}"
    assert "files" not in draft.payload
    do(crm, RedoBatch())
    assert crm.drafts.find("file_note", f"card:{card}") is None


def test_an_undone_note_comes_back_with_all_that_was_said_beside_it(
    house: House, firm: dict[str, int]
) -> None:
    crm, card = house.open(), firm["card"]
    began = datetime.combine(house.clock().date(), time(9), crm.viewer.zone) - timedelta(days=1)
    file(
        house,
        card=card,
        contact=firm["caio"],
        began=began,
        ended=time(9, 50),
        next_when=datetime(2026, 11, 25, 14, tzinfo=crm.viewer.zone),
        next_until=time(16),
        next_assignee=house.user("bia"),
    )
    do(crm, UndoBatch())
    draft = crm.drafts.find("file_note", f"card:{card}")
    assert draft is not None
    said = {name: draft.payload[name] for name in ("contact", "began", "ended", "next_when", "next_until")}
    assert said == {
        "contact": f"#{firm['caio']}",
        "began": began.strftime("%d/%m/%Y 09:00"),
        "ended": "09:50",
        "next_when": "25/11/2026 14:00",
        "next_until": "16:00",
    }
    assert draft.payload["next_assignee"] == f"#{house.user('bia')}"


def test_what_holds_anyway_is_not_given_back(house: House, firm: dict[str, int]) -> None:
    file(house, card=firm["card"], next_when=date(2026, 11, 25))
    crm = house.open()
    do(crm, UndoBatch())
    draft = crm.drafts.find("file_note", f"card:{firm['card']}")
    assert draft is not None
    assert not {"contact", "began", "ended", "next_until", "next_assignee"} & {*draft.payload}


def test_an_undone_loss_by_a_result_comes_back_with_its_reason(house: House) -> None:
    crm, card, make = house.open(), house.card(), commands()
    reason, lost, action = house.any_id("loss_reason"), house.any_id("result", 1), house.any_id("action_type")
    campaign = do(crm, make["add_campaign"](name="Prospecção")).entity_id
    of = do(crm, make["add_campaign_action"](campaign=campaign, action=action)).entity_id
    do(crm, make["add_campaign_result"](campaign_action=of, result=lost, leads="loss"))
    said = {"campaign": campaign, "action": action, "result": lost, "loss_reason": reason}
    do(crm, FileNote(card=card, body="desistiu", loss_note="foi ao concorrente", **said))
    do(crm, UndoBatch())
    draft = crm.drafts.find("file_note", f"card:{card}")
    assert draft is not None
    assert (draft.payload["loss_reason"], draft.payload["loss_note"]) == (f"#{reason}", "foi ao concorrente")
