"""What goes out is what its reader may export: by reach and wall, private where private, and the trail says so."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from house import NOBODY, STAFF, House, card_secret, do, party_secret

from crm_tui.domain.access import BoardRight
from crm_tui.domain.consent import Purpose
from crm_tui.domain.export import COLUMNS, KINDS, Asked, What
from crm_tui.domain.filter import read
from crm_tui.domain.filter_tree import Filter, Place
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.agenda.commands import BookAppointment
from crm_tui.services.board.commands import EditBoard, SetBoardMember, WinCard
from crm_tui.services.core.reading import Denied
from crm_tui.services.export import views
from crm_tui.services.export.commands import NoteExport
from crm_tui.services.filter import views as filters
from crm_tui.services.party.commands import AddContactPoint, GrantConsent, NewParty, RevokeConsent
from crm_tui.services.trail import views as trail
from crm_tui.services.trail.commands import UndoBatch

EVERYBODY = {"ana", *STAFF, NOBODY}


def _rows(house: House, login: str, asked: Asked, **more: Any) -> list[dict[str, Any]]:
    keys = [column.key for column in COLUMNS[asked.what]]
    crm = house.open(login)
    return [dict(zip(keys, row, strict=True)) for row in views.every(crm.read, asked, **more)]


def _filter(house: House, line: str, place: Place) -> Filter:
    found = read(line, house.open().read(filters.world, place))
    assert isinstance(found, Filter)
    return found


def _titles(rows: list[dict[str, Any]]) -> set[str]:
    return {owner for owner in EVERYBODY if card_secret(owner) in {row["title"] for row in rows}}


def test_an_administrator_takes_everything_and_others_as_far_as_they_may_export(house: House) -> None:
    """bia reads the cards of her team, and exports her own; carla runs the team."""
    cards = Asked(What.CARDS)
    assert _titles(_rows(house, "ana", cards)) == EVERYBODY
    assert _titles(_rows(house, "bia", cards)) == {"bia"}
    assert _titles(_rows(house, "carla", cards)) == {"ana", "bia", "beto", "carla", NOBODY}
    people = {row["name"] for row in _rows(house, "bia", Asked(What.PEOPLE))}
    assert party_secret("bia") in people
    assert party_secret("edu") not in people


@pytest.mark.parametrize("login", ["rui", "davi"])
def test_who_may_not_export_reads_nothing_and_leaves_no_word(house: House, login: str) -> None:
    crm = house.open(login)
    for what in KINDS:
        with pytest.raises(Denied):
            crm.read(views.page, Asked(what))
    refused = crm.run(NoteExport(what=What.CARDS, file="c.csv", rows=1))
    assert isinstance(refused, Refusal)
    assert refused.by is RefusedBy.PERMISSION


def test_it_is_in_the_trail_and_an_undo_takes_the_change_before_it(house: House) -> None:
    crm = house.open("bia")
    won = do(crm, WinCard(card=house.card("bia")))
    do(crm, NoteExport(what=What.PEOPLE, file="people.csv", rows=12, filter="fase:cliente"))
    entry = crm.read(trail.everything, most=1)[0]
    assert (entry.kind, entry.actor, entry.reason) == ("data.exported", "bia", "fase:cliente")
    assert entry.params == {"records_word": "People", "file": "people.csv", "rows": 12}
    do(crm, UndoBatch())
    assert house.one("SELECT status FROM card WHERE id = ?", house.card("bia")) == "open"
    assert won.batch


def test_cards_of_a_board_behind_a_wall_and_what_is_planned_on_them_stay_there(house: House) -> None:
    board = house.one("SELECT board_id FROM card WHERE id = ?", house.card("beto"))
    admin = house.open()
    do(admin, EditBoard(board=board, restricted=True))
    do(admin, SetBoardMember(board=board, user=house.user("carla"), may=BoardRight.VIEW))
    assert _titles(_rows(house, "bia", Asked(What.CARDS))) == set()
    assert "bia" in _titles(_rows(house, "carla", Asked(What.CARDS)))
    number = house.one("SELECT number FROM card WHERE id = ?", house.card("bia"))
    for what in (What.ACTIVITIES, What.EVENTS):
        told = str(_rows(house, "bia", Asked(what)))
        assert number not in told
        assert card_secret("bia") not in told


def test_a_private_appointment_goes_out_with_who_takes_part_alone(house: House) -> None:
    at = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
    do(house.open("beto"), BookAppointment(when=at, subject="Médico", private=True))
    asked = Asked(What.ACTIVITIES)
    mine = [row for row in _rows(house, "beto", asked) if row["subject"] == "Médico"]
    assert [(row["private"], row["start_at"], row["due_on"]) for row in mine] == [
        (True, at, date(2026, 12, 2))
    ]
    for login in ("ana", "carla", "bia"):
        for what in (What.ACTIVITIES, What.EVENTS):
            assert "Médico" not in str(_rows(house, login, Asked(what)))


def test_a_filter_says_which_and_in_which_order(house: House) -> None:
    do(house.open(), WinCard(card=house.card("edu")))
    found = _filter(house, "situação:ganho", Place.BOARD)
    assert _titles(_rows(house, "ana", Asked(What.CARDS, found))) == {"edu"}
    people = _filter(house, "ordem:nome-", Place.PEOPLE)
    names = [row["name"] for row in _rows(house, "ana", Asked(What.PEOPLE, people))]
    assert names == sorted(names, reverse=True)
    assert len(names) == house.one("SELECT count(*) FROM party")


def test_the_rows_of_a_list_come_in_its_order_and_those_out_of_reach_are_left_out(house: House) -> None:
    ids = [house.card("edu"), house.card("bia"), house.card("ana")]
    asked = Asked(What.CARDS)
    titles = [row["title"] for row in _rows(house, "ana", asked, ids=ids)]
    assert titles == [card_secret(owner) for owner in ("edu", "bia", "ana")]
    assert [row["title"] for row in _rows(house, "bia", asked, ids=ids)] == [card_secret("bia")]


def test_pages_follow_one_another_without_a_gap_or_a_row_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {what: _rows(house, "ana", Asked(what)) for what in KINDS}
    for what in (What.PEOPLE, What.CARDS, What.ACTIVITIES):
        crm, after, found = house.open(), 0, []
        while after is not None:
            page = crm.read(views.page, Asked(what), after, 2)
            found += page.rows
            after = page.after
        assert found == [tuple(row.values()) for row in whole[what]]
    entries = whole[What.EVENTS]
    assert [row["id"] for row in entries] == sorted((row["id"] for row in entries), reverse=True)
    assert len(entries) == house.one("SELECT count(*) FROM event")


def test_what_is_not_to_be_used_stands_in_columns_of_its_own(house: House) -> None:
    """Whoever dials from the file dials none of them; nor anybody who withdrew the contact. (M1, M102)"""
    crm = house.open()
    party = (
        do(crm, NewParty(name="Olívia Prado", phone="(11) 98888-0001", email="o@x.example")).entity_id or 0
    )
    do(crm, AddContactPoint(party=party, value="(11) 98888-0002", opted_out=True))

    def told() -> tuple[object, ...]:
        row = next(r for r in _rows(house, "ana", Asked(What.PEOPLE)) if r["name"] == "Olívia Prado")
        return tuple(row[key] for key in ("phones", "phones_barred", "emails", "emails_barred"))

    one, other, mail = "+5511988880001", "+5511988880002", "o@x.example"
    assert told() == ((one,), (other,), (mail,), ())
    do(crm, GrantConsent(party=party, purpose=Purpose.CONTACT))
    assert told() == ((one,), (other,), (mail,), ())
    do(crm, RevokeConsent(consent=house.one("SELECT id FROM consent WHERE party_id = ?", party)))
    assert told() == ((), (one, other), (), (mail,))


def test_phones_and_addresses_are_lists_and_days_narrow_what_happened(house: House) -> None:
    row = next(r for r in _rows(house, "ana", Asked(What.PEOPLE)) if r["name"] == party_secret("bia"))
    assert row["emails"] == (f"{party_secret('bia')}@x.com",)
    assert json.dumps(row["phones"]).startswith('["+55')
    later = date(2027, 12, 1)
    assert _rows(house, "ana", Asked(What.EVENTS, since=later)) == []
    assert _rows(house, "ana", Asked(What.ACTIVITIES, since=later)) == []
    bia = house.user("bia")
    assert {r["assignee"] for r in _rows(house, "ana", Asked(What.ACTIVITIES, by=bia))} == {"bia"}
