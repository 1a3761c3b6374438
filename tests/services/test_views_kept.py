"""Views that are saved: for oneself or the team, by digit, overwritten knowingly, and gone things told."""

from __future__ import annotations

import json

import pytest
from house import House, do

from crm_tui.domain.filter import Filter, gone_things, read, to_json, write
from crm_tui.domain.filter_tree import Place
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.services.board.commands import AddStage, ArchiveStage
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views
from crm_tui.services.filter.commands import DeleteFilter, EditFilter, SaveFilter
from crm_tui.services.trail.commands import UndoBatch


def _names(crm: Crm, place: Place | None = None) -> list[str]:
    return [each.name for each in crm.read(views.saved, place)]


def _refused(crm: Crm, command: SaveFilter | EditFilter | DeleteFilter) -> Refusal:
    outcome = crm.run(command)
    assert isinstance(outcome, Refusal), outcome
    return outcome


def test_a_view_keeps_the_filter_its_order_and_its_list(house: House) -> None:
    crm = house.open("bia")
    line = "dono:eu valor:>5000 ordem:valor- grupo:dono porcoluna:20"
    made = do(crm, SaveFilter(name="Grandes", place=Place.BOARD, line=line, shortcut=2))
    [saved] = crm.read(views.saved, Place.BOARD)
    world = crm.read(views.world, Place.BOARD, "pt-BR")
    assert saved.found == read(line, world)
    assert saved.found is not None
    assert write(saved.found, world) == line
    assert (saved.mine, saved.shared, saved.may_change, saved.shortcut) == (True, False, True, 2)
    assert made.ref == f"view:{saved.id}"
    assert crm.read(views.saved, Place.TODAY) == []
    assert crm.read(views.by_digit, Place.BOARD, 2) == saved
    assert crm.read(views.by_digit, Place.TODAY, 2) is None


def test_the_stored_form_is_taken_as_well_as_the_line(house: House) -> None:
    crm = house.open("bia")
    found = read("vence:hoje", crm.read(views.world, Place.TODAY))
    assert isinstance(found, Filter)
    do(crm, SaveFilter(name="Hoje", query=json.dumps(to_json(found))))
    assert crm.read(views.saved)[0].found == found
    for query in ("{", "[]", '{"version": 2, "where": []}', '{"version": 1, "where": [{"field": 3}]}'):
        assert _refused(crm, SaveFilter(name="X", query=query)).by is RefusedBy.INPUT


@pytest.mark.parametrize("line", ["dno:eu", "", "arquivado:não", "valor:>caro"])
def test_what_is_no_filter_is_not_kept(house: House, line: str) -> None:
    assert _refused(house.open("bia"), SaveFilter(name="X", line=line)).fields == ("line",)


def test_the_same_name_is_replaced_only_knowingly(house: House) -> None:
    crm = house.open("bia")
    first = do(crm, SaveFilter(name="Quentes", line="valor:>5000"))
    again = SaveFilter(name="  quêntes ", line="valor:>9000")
    assert "replace" in _refused(crm, again).fields
    kept = do(crm, again.model_copy(update={"replace": True}))
    assert kept.entity_id == first.entity_id
    assert house.one("SELECT query FROM saved_filter").count("900000") == 1
    do(crm, SaveFilter(name="Quentes", place=Place.BOARD, line="valor:>1"))  # another list
    do(house.open("beto"), SaveFilter(name="Quentes", line="valor:>1"))  # another person
    assert len(house.rows("SELECT id FROM saved_filter")) == 3


def test_a_digit_opens_one_view_of_a_list(house: House) -> None:
    crm = house.open("bia")
    do(crm, SaveFilter(name="Um", line="valor:>1", shortcut=1))
    two = do(crm, SaveFilter(name="Dois", line="valor:>2"))
    assert _refused(crm, SaveFilter(name="Três", line="valor:>3", shortcut=1)).fields == (
        "shortcut",
        "replace",
    )
    assert _refused(crm, EditFilter(saved=two.entity_id, shortcut=1)).fields == ("shortcut", "replace")
    taken = do(crm, SaveFilter(name="Três", line="valor:>3", shortcut=1, replace=True))
    assert [(v.name, v.shortcut) for v in crm.read(views.saved)] == [
        ("Três", 1),
        ("Dois", None),
        ("Um", None),
    ]
    do(crm, UndoBatch(batch=taken.batch))
    assert [(v.name, v.shortcut) for v in crm.read(views.saved)] == [("Um", 1), ("Dois", None)]


def test_a_shared_view_is_the_teams_and_its_authors_to_change(house: House) -> None:
    bia, beto, edu, carla = (house.open(login) for login in ("bia", "beto", "edu", "carla"))
    shared = do(bia, SaveFilter(name="Do time", line="valor:>5000", shared=True, shortcut=4)).entity_id
    do(bia, SaveFilter(name="Só minha", line="valor:>1"))
    assert _names(beto) == ["Do time"]
    assert _names(edu) == []
    assert beto.read(views.saved)[0].may_change is False
    assert beto.read(views.pick_saved, "") == []
    assert _refused(beto, EditFilter(saved=shared, name="Meu")).by is RefusedBy.PERMISSION
    assert _refused(beto, DeleteFilter(saved=shared)).by is RefusedBy.PERMISSION
    assert carla.read(views.saved)[0].may_change
    do(carla, EditFilter(saved=shared, name="Da equipe"))
    do(beto, SaveFilter(name="Minha", line="valor:>2", shortcut=4))
    opened = beto.read(views.by_digit, Place.TODAY, 4)
    assert opened is not None
    assert opened.name == "Minha"
    do(bia, EditFilter(saved=shared, shared=False))
    assert _names(beto) == ["Minha"]


def test_anothers_own_view_is_as_good_as_not_there(house: House) -> None:
    own = do(house.open("bia"), SaveFilter(name="Minha", line="valor:>5000")).entity_id
    for login in ("beto", "carla", "ana"):
        crm = house.open(login)
        assert _names(crm) == []
        assert _refused(crm, DeleteFilter(saved=own)).by is RefusedBy.MISSING_RECORD
        assert _refused(crm, EditFilter(saved=own, name="X")).by is RefusedBy.MISSING_RECORD


def test_who_is_in_no_team_shares_with_nobody(house: House) -> None:
    assert _refused(house.open("rui"), SaveFilter(name="X", line="valor:>1", shared=True)).fields == (
        "shared",
    )


def test_two_who_change_one_view_are_told(house: House) -> None:
    bia, carla = house.open("bia"), house.open("carla")
    row_id = do(bia, SaveFilter(name="Do time", line="valor:>5000", shared=True)).entity_id
    do(carla, EditFilter(saved=row_id, name="Da carla", version=1))
    outcome = bia.run(EditFilter(saved=row_id, name="Da bia", version=1))
    assert isinstance(outcome, Conflict)
    assert outcome.who == "carla"
    do(bia, EditFilter(saved=row_id, line="valor:>9000", version=1))
    assert _refused(bia, EditFilter(saved=row_id, line="")).fields == ("line",), (
        "emptied is not left as it was"
    )


def test_a_view_that_names_what_is_gone_says_so(house: House) -> None:
    crm = house.open()
    board = house.any_id("board")
    stage = do(crm, AddStage(board=board, name="Feira 2025")).entity_id
    do(crm, SaveFilter(name="Da feira", place=Place.BOARD, line='etapa:"feira 2025"'))
    do(crm, ArchiveStage(stage=stage))
    world = crm.read(views.world, Place.BOARD)
    [saved] = crm.read(views.saved, Place.BOARD)
    assert saved.found is not None
    [gone] = gone_things(saved.found, world)
    assert gone.message.params["value"] == "Feira 2025"


def test_a_view_of_a_later_program_is_listed_and_asks_nothing(house: House) -> None:
    crm = house.open("bia")
    row_id = do(crm, SaveFilter(name="Nova", line="valor:>5000")).entity_id
    with crm.store.writing() as connection:
        connection.execute("UPDATE saved_filter SET query = '{\"version\": 9}' WHERE id = ?", (row_id,))
    assert [(each.name, each.found) for each in crm.read(views.saved)] == [("Nova", None)]


def test_completion_offers_what_ones_views_use_and_counts_cards(house: House) -> None:
    crm = house.open("ana")
    do(crm, SaveFilter(name="Uma", line="valor:>5000 dono:eu"))
    do(crm, SaveFilter(name="Outra", line="dono:ninguém"))
    habits = crm.read(views.habits, Place.TODAY, owner_id=0)
    assert habits.uses == {"value": 1, "owner": 2}
    mine = int(house.one("SELECT count(*) FROM card WHERE owner_id = ?", house.user("ana")))
    assert habits.count("owner", house.user("ana")) == habits.count("owner", "me") == mine
    assert habits.count("value", 3) is None
    assert habits.count("label", 1) == 0


def test_an_emptied_filter_is_refused_and_a_digit_is_taken_if_one_says_so(house: House) -> None:
    crm = house.open()
    one = do(crm, SaveFilter(name="Uma", line="valor:>1", shortcut=1)).entity_id or 0
    two = do(crm, SaveFilter(name="Outra", line="valor:>2")).entity_id or 0
    assert _refused(crm, EditFilter(saved=one, line="")).fields == ("line",)
    before = house.dump()
    done = do(crm, EditFilter(saved=two, shortcut=1, replace=True))
    assert {v.id: v.shortcut for v in crm.read(views.saved, Place.TODAY)} == {one: None, two: 1}
    do(crm, UndoBatch(batch=done.batch))
    assert house.dump() == before


def test_a_view_that_is_put_back_takes_no_digit_from_another(house: House) -> None:
    crm = house.open("bia")
    first = do(crm, SaveFilter(name="Grandes", place=Place.BOARD, line="valor:>5000", shortcut=2)).entity_id
    batch = do(crm, DeleteFilter(saved=first)).batch
    do(crm, SaveFilter(name="Minhas", place=Place.BOARD, line="dono:eu", shortcut=2))
    do(crm, UndoBatch(batch=batch))
    digits = {each.name: each.shortcut for each in crm.read(views.saved, Place.BOARD)}
    assert digits == {"Minhas": 2, "Grandes": None}
