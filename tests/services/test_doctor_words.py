"""What `doctor` counts it says in the singular where it is one."""

from __future__ import annotations

from house import House, do

from crm_tui.bootstrap import diagnose
from crm_tui.i18n import say, set_language
from crm_tui.services.board.commands import EditCard
from crm_tui.store import connect
from crm_tui.store.connect import Use


def _found(house: House, *, fix: bool = False) -> dict[str, str]:
    return {finding.check: say(finding.detail) for finding in diagnose(house.path, fix=fix)}


def _tamper(house: House, *statements: str) -> None:
    house.close()
    connection = connect.raw(house.path, Use.SAVE)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_one_row_and_one_event_are_told_as_one(house: House) -> None:
    set_language("en")
    assert "events, one unbroken chain" in _found(house)["trail"]
    do(house.open(), EditCard(card=house.card(), value_one_off=700))
    card, last = house.card(), house.one("SELECT max(id) FROM event")
    _tamper(
        house,
        f"UPDATE event SET reason = 'outro' WHERE id = {last}",
        f"UPDATE card SET title_key = 'x', contact_id = 999999 WHERE id = {card}",
    )
    found = _found(house)
    assert found["trail"] == f"1 event was changed by another hand, number {last}: compare with a backup"
    assert found["keys_of_card"].startswith("1 row differs: ")
    assert found["foreign_keys"] == f"1 row refers to none, in card ({card} to party): restore a backup"
    set_language("pt-BR")
    assert _found(house)["trail"].startswith("1 evento foi mudado por outra mão, o número")
    assert _found(house, fix=True)["keys_of_card"] == "1 linha divergia e foi refeita"
