"""The history of actions: found by what was asked, page by page, written to a file, seen by who may. (T13)"""

from __future__ import annotations

import contextlib
import csv
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from house import STAFF, House, card_secret, do, party_secret

from crm_tui.bootstrap import commands
from crm_tui.connectors import exported
from crm_tui.connectors.files import FileFault
from crm_tui.domain.action_history import NEWEST, ActionRow, ActionsAsked, After
from crm_tui.services.followup import actions


def every(house: House, asked: ActionsAsked, login: str = "ana") -> list[ActionRow]:
    return list(actions.every(house.open(login).read, asked))


def _cmd(command: str, /, **values: Any) -> Any:
    return commands()[command](**values)


def test_everything_that_was_registered_is_there_the_latest_first(house: House) -> None:
    rows = every(house, ActionsAsked())
    assert {row.party for row in rows} >= {party_secret(owner) for owner in STAFF}
    assert [row.done_at for row in rows] == sorted((row.done_at for row in rows), reverse=True)
    count = "SELECT count(*) FROM activity WHERE state = 'done' AND deleted_at IS NULL"
    assert len(rows) == house.one(count)


@pytest.mark.parametrize("most", [1, 2, 5])
def test_pages_follow_one_another_without_loss_or_repetition(house: House, most: int) -> None:
    crm, found = house.open(), []
    after: After | None = NEWEST
    while after is not None:
        page = crm.read(actions.page_of_actions, ActionsAsked(), after, most=most)
        found += [row.id for row in page.rows]
        after = page.after
    assert found == [row.id for row in every(house, ActionsAsked())]


def test_a_stretch_that_holds_nothing_is_read_on_behind(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = every(house, ActionsAsked(words="bia"))
    monkeypatch.setattr(actions, "STRETCH", 1)
    assert [row.id for row in every(house, ActionsAsked(words="bia"))] == [row.id for row in whole]


def test_a_reading_that_finds_nothing_tells_where_to_look_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is rare among a million is looked for in several readings, none of them long."""
    crm, first = house.open(), every(house, ActionsAsked())[-1]
    asked = ActionsAsked(until=first.done_at.astimezone(crm.viewer.zone).date(), words="bia")
    whole = every(house, asked)
    monkeypatch.setattr(actions, "STRETCH", 1)
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    readings, after = [], NEWEST
    while after is not None:
        readings.append(crm.read(actions.page_of_actions, asked, after))
        after = readings[-1].after
    assert len(readings) > len(whole)
    assert [row.id for page in readings for row in page.rows] == [row.id for row in whole]


def test_a_period_is_read_from_its_own_end_and_not_from_today(
    house: House, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm = house.open()
    old, today = every(house, ActionsAsked())[-1], clock().astimezone(crm.viewer.zone).date()
    with contextlib.closing(sqlite3.connect(house.path)) as raw, raw:
        raw.execute("UPDATE activity SET done_at = '2020-03-05T12:00:00.000Z' WHERE id = ?", (old.id,))
    monkeypatch.setattr(actions, "STRETCH", 1)
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    asked = ActionsAsked(
        since=today.replace(year=2020, month=3, day=1), until=today.replace(year=2020, month=3, day=31)
    )
    assert [row.id for row in crm.read(actions.page_of_actions, asked).rows] == [old.id]


def test_it_is_found_by_what_an_operator_is_called_and_by_the_medium(house: House) -> None:
    crm, card = house.open(), house.card("bia")
    medium, name = house.rows("SELECT id, name FROM contact_medium ORDER BY position DESC LIMIT 1")[0]
    result = house.one("SELECT id FROM result LIMIT 1")
    do(crm, _cmd("file_note", card=card, body="por ali", result=result, medium=medium))
    new = house.one("SELECT activity_id FROM note WHERE body = 'por ali'")
    (called,) = house.rows(
        'SELECT u.name FROM activity a JOIN "user" u ON u.id = a.assignee_id WHERE a.id = ?', new
    )[0]
    for words in (name, called):
        assert new in [row.id for row in every(house, ActionsAsked(words=words))], words


def test_it_is_found_by_account_number_action_result_campaign_and_person(house: House) -> None:
    crm, card = house.open(), house.card("bia")
    campaign = do(crm, _cmd("add_campaign", name="Prospecção")).entity_id or 0
    result = house.one("SELECT id FROM result WHERE name = 'Negativo'")
    file = _cmd("file_note", card=card, body="a visita de hoje", result=result, campaign=campaign)
    do(crm, file)
    (number, party) = house.rows("SELECT number, party_id FROM card WHERE id = ?", card)[0]
    new = house.one("SELECT activity_id FROM note WHERE body = 'a visita de hoje'")
    asks = [
        ActionsAsked(card=card),
        ActionsAsked(account=party, result=result),
        ActionsAsked(campaign=campaign),
        ActionsAsked(result=result, mine=True),
        *(
            crm.read(actions.meant, line)
            for line in ("prospeccao", number, "resultado:neg campanha:prosp", party_secret("bia"))
        ),
        crm.read(actions.meant, "por:bia de:hoje até:hoje negativo"),
    ]
    for asked in asks:
        assert new in [row.id for row in every(house, asked)], asked
    for nothing in ("não existe ninguém assim", f"{number} positivo visita"):
        assert new not in [row.id for row in every(house, crm.read(actions.meant, nothing))]


def test_a_corrected_action_is_one_row_with_the_corrected_words_and_still_its_authors(house: House) -> None:
    house.clock.advance(minutes=1)
    crm, card, result = house.open("bia"), house.card("bia"), house.any_id("result")
    first = do(crm, _cmd("file_note", card=card, body="disse que sim", result=result)).entity_id
    mine, whole = every(house, ActionsAsked(mine=True), "bia"), len(every(house, ActionsAsked()))
    do(house.open("carla"), _cmd("amend_note", note=first, body="disse que não"))
    rows = every(house, ActionsAsked())
    assert (len(rows), rows[0].body) == (whole, "disse que não")
    assert [row.id for row in every(house, ActionsAsked(mine=True), "bia")] == [row.id for row in mine]
    assert rows[0].id not in [row.id for row in every(house, ActionsAsked(mine=True), "carla")]


def test_a_period_is_of_whole_days_on_the_viewers_clock(house: House, clock: Any) -> None:
    today = clock().astimezone(house.open().viewer.zone).date()
    rows = every(house, ActionsAsked())
    assert every(house, ActionsAsked(since=today, until=today)) == rows
    assert every(house, ActionsAsked(until=today - timedelta(days=1))) == []


def test_nobody_sees_actions_beyond_the_own_reach(house: House) -> None:
    rows = every(house, ActionsAsked(), "nina")
    assert {row.party for row in rows} == {party_secret("nina")}
    assert every(house, ActionsAsked(card=house.card("bia")), "nina") == []
    assert every(house, ActionsAsked(words=card_secret("bia")), "nina") == []


def test_the_file_holds_all_of_it_and_no_formula(house: House, tmp_path: Path) -> None:
    crm = house.open()
    do(crm, _cmd("edit_party", party=house.party("bia"), name="=HYPERLINK(1)"))
    rows = actions.every(crm.read, ActionsAsked())
    path, written = exported.actions(tmp_path / "acoes.csv", rows, crm.viewer.zone, house.path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file, delimiter=";" if ";" in path.read_text("utf-8-sig")[:20] else ","))
    assert len(table) == written + 1 == len(every(house, ActionsAsked())) + 1
    assert "'=HYPERLINK(1)" in {row[1] for row in table}
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))]
    with pytest.raises(FileFault):
        exported.actions(path, [], crm.viewer.zone, house.path)


def test_what_cannot_be_read_to_its_end_leaves_no_file(house: House, tmp_path: Path) -> None:
    def broken() -> Iterator[ActionRow]:
        yield from every(house, ActionsAsked())[:1]
        raise RuntimeError("the base went away")

    target = tmp_path / "acoes.csv"
    with pytest.raises(RuntimeError):
        exported.actions(target, broken(), house.open().viewer.zone, house.path)
    assert not target.exists()
