"""The trail's chain: it verifies, any foreign hand is found, and emptied words leave it whole."""

from __future__ import annotations

import pytest
from house import House, do
from samples import SAMPLES

from crm_tui.services.board.commands import EditCard
from crm_tui.services.core import trail
from crm_tui.services.note.commands import FileNote


def _broken(house: House) -> list[int]:
    return list(trail.broken_links(house.open().store.reader()))


def _tamper(house: House, *statements: str) -> None:
    with house.open().store.writing() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            connection.execute(statement)


def test_the_chain_verifies(house: House) -> None:
    do(house.open("bia"), SAMPLES[FileNote](house, "bia"))
    assert house.one("SELECT count(*) FROM event") > 40
    assert _broken(house) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE id = 8",
        "UPDATE event SET actor_id = 2 WHERE id = 8",
        "UPDATE event SET actor_id = NULL WHERE id = 8",
        "UPDATE event SET params = '{}' WHERE id = 8",
        "UPDATE event SET reason = 'inventada' WHERE id = 8",
        "UPDATE event SET kind = 'card.moved' WHERE id = 8",
        "UPDATE event SET card_id = 99, party_id = NULL WHERE id = 8",
        "UPDATE event SET content_digest = digest WHERE id = 8",
        "UPDATE event SET digest = content_digest WHERE id = 8",
        "UPDATE change SET after = '{}' WHERE event_id = 8",
        "UPDATE change SET row_id = row_id + 1 WHERE event_id = 8",
        "UPDATE change SET table_name = 'card' WHERE event_id = 8",
        "DELETE FROM change WHERE event_id = 8",
    ],
)
def test_an_edited_row_is_found(house: House, statement: str) -> None:
    assert house.one("SELECT kind FROM event WHERE id = 8") == "party.added"
    _tamper(house, statement)
    assert _broken(house)[0] in (8, 9)


def test_a_deleted_event_is_found_by_its_neighbour(house: House) -> None:
    _tamper(house, "DELETE FROM change WHERE event_id = 8", "DELETE FROM event WHERE id = 8")
    assert _broken(house) == [9]


def test_reordered_events_are_found(house: House) -> None:
    _tamper(
        house,
        "UPDATE event SET id = -1 WHERE id = 8",
        "UPDATE event SET id = 8 WHERE id = 9",
        "UPDATE event SET id = 9 WHERE id = -1",
    )
    assert {8, 9} <= set(_broken(house))


def test_an_inserted_event_is_found(house: House) -> None:
    columns = "at, actor_id, entity, entity_id, kind, params, batch, content_digest, digest"
    _tamper(house, f"INSERT INTO event (id, {columns}) SELECT 100000, {columns} FROM event WHERE id = 8")
    assert _broken(house) == [100000]


def test_an_added_change_is_found(house: House) -> None:
    columns = "event_id, table_name, row_id, op, row_version, before, after, digest"
    _tamper(house, f"INSERT INTO change ({columns}) SELECT {columns} FROM change WHERE event_id = 8 LIMIT 1")
    assert _broken(house) == [8]


def test_a_privacy_erasure_empties_words_and_the_chain_still_verifies(house: House) -> None:
    _tamper(
        house,
        "UPDATE event SET params = '', reason = NULL WHERE id = 8",
        "UPDATE change SET before = NULL, after = NULL WHERE event_id = 8",
    )
    assert _broken(house) == []


def test_a_reason_is_kept_with_the_event(house: House) -> None:
    crm = house.open()
    told = crm.run(EditCard(card=house.card(), subject="x"), reason="o cliente pediu")
    assert house.one("SELECT reason FROM event WHERE id = ?", told.events[0]) == "o cliente pediu"  # type: ignore[union-attr]
    assert _broken(house) == []
