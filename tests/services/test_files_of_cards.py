"""The files of a card: listed, read out, removed and brought back. (K28, B42)"""

from __future__ import annotations

from house import House, card_secret, do

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.board.commands import DeleteCard
from crm_tui.services.note import views
from crm_tui.services.note.commands import AttachFile, RemoveFile
from crm_tui.services.trail.commands import UndoBatch


def test_files_are_listed_as_they_came_and_read_out_as_they_were(house: House) -> None:
    crm, card = house.open("bia"), house.card("bia")
    added = do(crm, AttachFile(card=card, filename="../../proposta.pdf", content=b"%PDF\0\xff")).entity_id
    assert added is not None
    listed = crm.read(views.files, card)
    assert [f.filename for f in listed] == [f"{card_secret('bia')}.txt", "proposta.pdf"]
    last = listed[-1]
    assert (last.id, last.size, last.added_by, last.added_at) == (added, 6, "bia", house.clock())
    assert crm.read(views.content, added) == ("proposta.pdf", b"%PDF\0\xff")


def test_a_removed_file_is_neither_listed_nor_read_and_comes_back(house: House) -> None:
    crm, card = house.open("bia"), house.card("bia")
    (kept,) = crm.read(views.files, card)
    do(crm, RemoveFile(attachment=kept.id))
    assert crm.read(views.files, card) == []
    assert crm.read(views.content, kept.id) is None
    outcome = crm.run(RemoveFile(attachment=kept.id))
    assert isinstance(outcome, Refusal)
    assert outcome.by is RefusedBy.MISSING_RECORD
    do(crm, UndoBatch())
    assert crm.read(views.content, kept.id) == (kept.filename, card_secret("bia").encode())


def test_a_file_of_a_card_out_of_reach_or_deleted_is_not_read(house: House) -> None:
    (edus,) = house.open("edu").read(views.files, house.card("edu"))
    bia = house.open("bia")
    assert bia.read(views.content, edus.id) is None
    assert bia.read(views.files, house.card("edu")) == []
    assert bia.read(views.pick_file, f"attachment:{edus.id}") == []
    do(house.open(), DeleteCard(card=house.card("edu")))
    assert house.open("edu").read(views.content, edus.id) is None
