"""The files of a parecer: what the service type allows, whose they are once it is filed, on a person too. (B42-B44)"""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.casetype import MEGABYTE
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.board.commands import EditCard
from crm_tui.services.casetype.commands import AddCaseType
from crm_tui.services.core import records
from crm_tui.services.note import views
from crm_tui.services.note.commands import AttachFile, FileNote, RemoveFile, VoidNote
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch


def typed(house: House, **rule: object) -> int:
    """The card of ana, of a service type with this rule."""
    crm = house.open()
    kind = do(crm, AddCaseType(name="Restrito", **rule)).entity_id  # type: ignore[arg-type]
    do(crm, EditCard(card=house.card(), case_type=kind))
    return house.card()


def test_the_service_type_says_whether_and_up_to_how_many_megabytes(house: House) -> None:
    card, crm = typed(house, max_attachment_mb=1), house.open()
    do(crm, AttachFile(card=card, filename="a.bin", content=bytes(MEGABYTE)))
    refusal = crm.run(AttachFile(card=card, filename="b.bin", content=bytes(MEGABYTE + 1)))
    assert isinstance(refusal, Refusal)
    assert refusal.reason.params == {"most": 1, "name": "Restrito"}


def test_one_that_allows_none_refuses_before_a_file_is_chosen(house: House) -> None:
    card, crm = typed(house, allow_attachment=False), house.open()
    assert crm.hindrance(AttachFile.begun(card=card)) is not None
    assert isinstance(crm.run(AttachFile(card=card, filename="a.txt", content=b"a")), Refusal)


def test_a_filed_note_has_its_files_and_an_undo_leaves_them_on_the_card(house: House) -> None:
    crm, card = house.open(), house.card()
    file = do(crm, AttachFile(card=card, filename="foto.jpg", content=b"jpg")).entity_id or 0
    gone = do(crm, AttachFile(card=card, filename="fora.txt", content=b"x")).entity_id or 0
    do(crm, RemoveFile(attachment=gone))
    note = do(
        crm, FileNote(card=card, body="Veja a foto.", result=house.any_id("result"), files=(file, gone))
    )
    entry = next(e for e in crm.read(trails.of_card, card) if e.kind == "note.filed")
    assert [(each.id, each.filename) for each in entry.files] == [(file, "foto.jpg")]
    found = crm.read(records.attachment, file)
    assert found is not None
    assert found.note_id == note.entity_id
    do(crm, UndoBatch())
    assert [each.id for each in crm.read(views.files, card)][-1] == file
    draft = crm.drafts.find("file_note", f"card:{card}")
    assert draft is not None
    assert draft.payload["files"] == f"attachment:{file}"


def test_a_file_stays_with_the_note_that_it_was_filed_with(house: House) -> None:
    crm, card, result = house.open(), house.card(), house.any_id("result")
    file = do(crm, AttachFile(card=card, filename="foto.jpg", content=b"jpg")).entity_id or 0
    first = do(crm, FileNote(card=card, body="Veja a foto.", result=result, files=(file,))).entity_id
    do(crm, FileNote(card=card, body="A mesma foto.", result=result, files=(file,)))
    kept = crm.read(records.attachment, file)
    assert kept is not None
    assert kept.note_id == first


def test_a_file_of_a_filed_note_goes_once_the_note_is_void(house: House) -> None:
    """What was filed stays as it was, files and all. (B48)"""
    crm, card = house.open(), house.card()
    file = do(crm, AttachFile(card=card, filename="foto.jpg", content=b"jpg")).entity_id or 0
    filed = do(crm, FileNote(card=card, body="Veja.", result=house.any_id("result"), files=(file,)))
    refusal = crm.run(RemoveFile(attachment=file))
    assert isinstance(refusal, Refusal)
    assert refusal.reason.params["name"] == "foto.jpg"
    assert crm.hindrance(RemoveFile(attachment=file)) == refusal
    do(crm, VoidNote(note=filed.entity_id or 0, reason="era de outro cliente"))
    do(crm, RemoveFile(attachment=file))


def test_a_file_of_another_card_is_refused(house: House) -> None:
    crm = house.open()
    other = do(crm, AttachFile(card=house.card("bia"), filename="a.txt", content=b"a")).entity_id or 0
    refusal = crm.run(FileNote(card=house.card(), body="x", result=house.any_id("result"), files=(other,)))
    assert isinstance(refusal, Refusal)
    assert (refusal.fields, refusal.reason.params) == (
        ("files",),
        {"id": other},
    )  # its name is the other card's


def test_a_person_without_a_card_has_files_which_only_who_sees_the_person_reads(house: House) -> None:
    crm, party = house.open("bia"), house.party("bia")
    file = do(crm, AttachFile(party=party, filename="rg.pdf", content=b"%PDF")).entity_id or 0
    do(crm, FileNote(party=party, body="Mandou o RG.", result=house.any_id("result"), files=(file,)))
    assert [each.filename for each in crm.read(views.files_of_party, party)] == ["rg.pdf"]
    assert crm.read(views.content, file) == ("rg.pdf", b"%PDF")
    assert crm.read(trails.of_party, party)[0].files or crm.read(trails.of_party, party)[1].files
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.read'")
    nina = house.open("nina")
    assert nina.read(views.files_of_party, party) == []
    assert nina.read(views.content, file) is None
    assert nina.read(records.attachment, file) is None
    refusal = nina.run(AttachFile(party=party, filename="x", content=b"x"))
    assert isinstance(refusal, Refusal)
    assert refusal.by in (RefusedBy.MISSING_RECORD, RefusedBy.PERMISSION)
    loose = do(crm, AttachFile(party=party, filename="cpf.pdf", content=b"%PDF")).entity_id or 0
    do(crm, RemoveFile(attachment=loose))
    assert [each.id for each in crm.read(views.files_of_party, party)] == [file]
    do(crm, UndoBatch())
    assert crm.read(views.content, loose) is not None


@pytest.mark.parametrize("whose", [{}, {"party": 999_999}])
def test_a_file_of_nobody_is_refused(house: House, whose: dict[str, int]) -> None:
    assert isinstance(house.open().run(AttachFile(**whose, filename="x", content=b"x")), Refusal)
