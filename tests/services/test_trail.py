"""The trail's chain: it verifies, any foreign hand is found, and emptied words leave it whole."""

from __future__ import annotations

import pytest
from house import House, do
from samples import SAMPLES

from crm_tui.services.board.commands import EditCard
from crm_tui.services.core import trail_check
from crm_tui.services.note.commands import FileNote
from crm_tui.store import seal


def _broken(house: House) -> list[int]:
    return list(trail_check.chain(house.open().store.reader(), seal.keys(house.path)).broken)


def _this(house: House) -> int:
    """An event with rows under it and others round it: a person who was added."""
    return int(house.one("SELECT min(id) FROM event WHERE kind = 'party.added'"))


def _tamper(house: House, *statements: str) -> None:
    """Round the program; `:this` is that event, `:next` the one after it."""
    this = _this(house)
    with house.open().store.writing() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            connection.execute(statement.replace(":this", str(this)).replace(":next", str(this + 1)))


def test_the_chain_verifies(house: House) -> None:
    do(house.open("bia"), SAMPLES[FileNote](house, "bia"))
    assert house.one("SELECT count(*) FROM event") > 40
    assert _broken(house) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE id = :this",
        "UPDATE event SET actor_id = 2 WHERE id = :this",
        "UPDATE event SET actor_id = NULL WHERE id = :this",
        "UPDATE event SET params = '{}' WHERE id = :this",
        "UPDATE event SET reason = 'inventada' WHERE id = :this",
        "UPDATE event SET kind = 'card.moved' WHERE id = :this",
        "UPDATE event SET card_id = 99, party_id = NULL WHERE id = :this",
        "UPDATE event SET content_digest = digest WHERE id = :this",
        "UPDATE event SET digest = content_digest WHERE id = :this",
        "UPDATE change SET after = '{}' WHERE event_id = :this",
        "UPDATE change SET row_id = row_id + 1 WHERE event_id = :this",
        "UPDATE change SET table_name = 'card' WHERE event_id = :this",
        "DELETE FROM change WHERE event_id = :this",
    ],
)
def test_an_edited_row_is_found(house: House, statement: str) -> None:
    this = _this(house)
    _tamper(house, statement)
    assert _broken(house)[0] in (this, this + 1)


def test_a_deleted_event_is_found_by_its_neighbour(house: House) -> None:
    this = _this(house)
    _tamper(house, "DELETE FROM change WHERE event_id = :this", "DELETE FROM event WHERE id = :this")
    assert _broken(house) == [this + 1]


def test_reordered_events_are_found(house: House) -> None:
    this = _this(house)
    _tamper(
        house,
        "UPDATE event SET id = -1 WHERE id = :this",
        "UPDATE event SET id = :this WHERE id = :next",
        "UPDATE event SET id = :next WHERE id = -1",
    )
    assert {this, this + 1} <= set(_broken(house))


def test_an_inserted_event_is_found(house: House) -> None:
    columns = "at, actor_id, entity, entity_id, kind, params, batch, content_digest, digest"
    _tamper(house, f"INSERT INTO event (id, {columns}) SELECT 100000, {columns} FROM event WHERE id = :this")
    assert _broken(house) == [100000]


def test_an_added_change_is_found(house: House) -> None:
    columns = "event_id, table_name, row_id, op, row_version, before, after, digest"
    _tamper(
        house, f"INSERT INTO change ({columns}) SELECT {columns} FROM change WHERE event_id = :this LIMIT 1"
    )
    assert _broken(house) == [_this(house)]


def test_a_privacy_erasure_empties_words_and_the_chain_still_verifies(house: House) -> None:
    _tamper(
        house,
        "UPDATE event SET params = '', reason = NULL WHERE id = :this",
        "UPDATE change SET before = NULL, after = NULL WHERE event_id = :this",
    )
    assert _broken(house) == []


def test_a_reason_is_kept_with_the_event(house: House) -> None:
    crm = house.open()
    told = crm.run(EditCard(card=house.card(), subject="x"), reason="o cliente pediu")
    assert house.one("SELECT reason FROM event WHERE id = ?", told.events[0]) == "o cliente pediu"  # type: ignore[union-attr]
    assert _broken(house) == []
