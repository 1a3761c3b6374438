"""Parked forms: saved while one types, beside each other in two terminals, and never waiting for a lock."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from house import House, do
from samples import SAMPLES

from crm_tui.services.core.crm import Crm
from crm_tui.services.note.commands import FileNote
from crm_tui.store import store as store_module
from crm_tui.store.connect import Use
from crm_tui.store.drafts import Saved
from crm_tui.store.errors import NoRoom


def _save(crm: Crm, body: str, copy: int = 0, rev: int = 0) -> Saved:
    return crm.drafts.save("file_note", "card:1", {"body": body}, {"at": [0, 3]}, body, copy=copy, rev=rev)


def _spills(house: House) -> list[Path]:
    return sorted(p for p in house.path.parent.iterdir() if ".spill-" in p.name)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft waits one hundredth of a second for the lock instead of one."""
    monkeypatch.setattr(store_module, "DRAFT_DEADLINE", 0.01)


def test_a_form_is_kept_as_typed_and_found_in_another_sitting(house: House) -> None:
    crm = house.open()
    saved = crm.drafts.save(
        "plan_step", "card:1", {"when": "amanhã 1", "old_field": "?"}, {"field": "when"}, "amanhã 1"
    )
    later = house.open().drafts
    found = later.find("plan_step", "card:1")
    assert found is not None
    assert (dict(found.payload), dict(found.cursor), found.rev) == (
        {"when": "amanhã 1", "old_field": "?"},
        {"field": "when"},
        1,
    )
    assert later.count() == 1
    assert later.by_id(saved.id) == found
    assert later.drop(saved.id)
    assert not later.drop(saved.id)
    assert later.list() == []


def test_typing_on_raises_the_rev_and_writes_no_event(house: House) -> None:
    crm, events = house.open(), house.one("SELECT count(*) FROM event")
    saved = _save(crm, "um")
    saved = _save(crm, "um dois", saved.copy, saved.rev)
    assert (saved.copy, saved.rev) == (0, 2)
    assert [d.text for d in crm.drafts.list()] == ["um dois"]
    assert house.one("SELECT count(*) FROM event") == events


def test_two_terminals_of_one_author_keep_both_texts(house: House) -> None:
    first, second = house.open(), house.open()
    begun = _save(first, "do primeiro")
    mine = _save(second, "do segundo")
    assert (begun.copy, mine.copy) == (0, 1)
    mine = _save(second, "do segundo, mais", mine.copy, mine.rev)
    begun = _save(first, "do primeiro, mais", begun.copy, begun.rev)
    assert (begun.copy, mine.copy) == (0, 1)
    assert {d.text for d in first.drafts.list()} == {"do primeiro, mais", "do segundo, mais"}


def test_the_same_words_from_two_terminals_are_one_draft(house: House) -> None:
    _save(house.open(), "igual")
    assert _save(house.open(), "igual").copy == 0


def test_typing_on_after_it_was_filed_elsewhere_loses_nothing(house: House) -> None:
    typing = house.open()
    saved = _save(typing, "texto")
    house.open().drafts.drop(saved.id)
    assert _save(typing, "texto mais", saved.copy, saved.rev).rev == 1
    assert [d.text for d in typing.drafts.list()] == ["texto mais"]


def test_nobody_sees_or_drops_anothers_draft(house: House) -> None:
    saved = _save(house.open("bia"), "só da bia")
    other = house.open("ana").drafts
    assert (other.list(), other.count(), other.find("file_note", "card:1"), other.by_id(saved.id)) == (
        [],
        0,
        None,
        None,
    )
    assert not other.drop(saved.id)
    assert house.open("bia").drafts.count() == 1


def test_filing_drops_the_draft_in_the_same_transaction(house: House) -> None:
    crm, card = house.open(), house.card()
    crm.drafts.save("file_note", f"card:{card}", {"body": "Pediu 5% até sexta."}, {}, "Pediu 5% até sexta.")
    do(crm, SAMPLES[FileNote](house, "ana"))
    assert crm.drafts.list() == []


def test_filing_keeps_a_draft_that_says_something_else(house: House) -> None:
    crm, card = house.open(), house.card()
    crm.drafts.save("file_note", f"card:{card}", {"body": "outra coisa"}, {}, "outra coisa")
    do(crm, SAMPLES[FileNote](house, "ana"))
    assert crm.drafts.count() == 1


@pytest.mark.usefixtures("impatient")
def test_a_held_lock_sends_the_draft_to_a_spill_file_of_its_author_alone(house: House) -> None:
    crm = house.open()
    with house.open("beto").store.writing():
        assert _save(crm, "não se perde").id == 0
    (spill,) = _spills(house)
    assert stat.S_IMODE(spill.stat().st_mode) == 0o600
    assert json.loads(spill.read_text(encoding="utf-8"))["text"] == "não se perde"
    assert house.open("beto").drafts.take_up_spilled() == 0
    assert house.open("ana").drafts.take_up_spilled() == 1
    assert _spills(house) == []
    assert [d.text for d in house.open("ana").drafts.list()] == ["não se perde"]


@pytest.mark.usefixtures("impatient")
def test_a_later_save_of_the_same_form_removes_its_spill_and_no_other(house: House) -> None:
    crm = house.open()
    with house.open("beto").store.writing():
        _save(crm, "um")
        crm.drafts.save("new_card", "new", {"subject": "outro"}, {}, "outro")
    assert len(_spills(house)) == 2
    _save(crm, "um dois")
    (left,) = _spills(house)
    assert "new_card-new" in left.name
    assert crm.drafts.count() == 1


@pytest.mark.usefixtures("impatient")
def test_a_draft_that_cannot_be_dropped_after_its_filing_stands_among_the_others(house: House) -> None:
    crm = house.open()
    saved = _save(crm, "um")
    with house.open("beto").store.writing():
        assert not crm.drafts.filed("file_note", "card:1", saved.id)
    assert crm.drafts.count() == 1
    assert crm.drafts.filed("file_note", "card:1", saved.id)
    assert crm.drafts.count() == 0


@pytest.mark.usefixtures("impatient")
def test_a_spill_stays_until_it_can_be_taken_up(house: House) -> None:
    with house.open("beto").store.writing():
        _save(house.open(), "espera")
        later = house.open()
        assert later.drafts.take_up_spilled() == 0
    assert len(_spills(house)) == 1
    assert later.drafts.take_up_spilled() == 1


@pytest.mark.usefixtures("impatient")
def test_a_spill_beside_a_newer_draft_becomes_its_copy(house: House) -> None:
    first, second = house.open(), house.open()
    with house.open("beto").store.writing():
        _save(first, "derramado")
    _save(second, "no banco")
    assert house.open().drafts.take_up_spilled() == 1
    assert {d.text for d in second.drafts.list()} == {"derramado", "no banco"}


@pytest.mark.usefixtures("impatient")
def test_a_spill_goes_over_the_state_that_it_goes_on_from(house: House) -> None:
    crm = house.open()
    saved = _save(crm, "metade de")
    with house.open("beto").store.writing():
        _save(crm, "metade de frase", copy=saved.copy, rev=saved.rev)
    assert house.open().drafts.take_up_spilled() == 1
    assert [d.text for d in crm.drafts.list()] == ["metade de frase"]


def test_foreign_and_half_written_spills_stay_where_they_are(house: House) -> None:
    for n, content in enumerate(("{", "[]", '{"login": "ana"}', "null")):
        house.path.with_name(f"{house.path.name}.spill-x{n}").write_text(content, encoding="utf-8")
    assert house.open().drafts.take_up_spilled() == 0
    assert len(_spills(house)) == 4


def test_a_refusing_disk_sends_the_draft_to_a_spill_file(house: House) -> None:
    crm = house.open()
    with crm.store.writing(Use.DRAFT) as connection:
        pass
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    text = "x" * 60_000
    assert _save(crm, text).id == 0
    connection.execute("PRAGMA max_page_count = 1000000")
    assert _save(crm, text).id != 0
    assert _spills(house) == []


@pytest.mark.usefixtures("impatient")
def test_a_draft_that_cannot_even_be_spilled_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    crm = house.open()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with house.open("beto").store.writing(), monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(NoRoom):
            _save(crm, "só na memória")


def test_drafts_are_saved_beside_a_running_save(house: House) -> None:
    """The durable connection and the quick one are two, because the pragma cannot change in a transaction."""
    crm = house.open()
    with crm.store.writing() as saving:
        durable = saving
    with crm.store.writing(Use.DRAFT) as drafting:
        quick = drafting
    levels = [c.execute("PRAGMA synchronous").fetchone()[0] for c in (durable, quick)]
    assert levels == [2, 1]
    assert isinstance(durable, sqlite3.Connection)
