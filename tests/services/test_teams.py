"""Teams and responsibility centres: set up, one tree, out of use when nobody is in them. (B49)"""

from __future__ import annotations

from house import House, do

from crm_tui.domain.access import TeamKind
from crm_tui.domain.outcome import Refusal
from crm_tui.services.access import views
from crm_tui.services.access.commands import AddTeam, DeactivateTeam, EditTeam, EditUser, ReactivateTeam
from crm_tui.services.trail.commands import UndoBatch


def reason(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.reason.many[0] if outcome.reason.many else outcome.reason.msgid


def test_a_responsibility_centre_is_set_up_led_and_found_by_the_pickers(house: House) -> None:
    crm = house.open()
    team = do(
        crm,
        AddTeam(name="Jurídico", kind=TeamKind.RESPONSIBILITY_CENTER, manager=house.user("carla")),
    ).entity_id
    assert [each.label for each in crm.read(views.pick_team, "jur")] == ["Jurídico"]
    row = next(each for each in crm.read(views.team_register) if each.id == team)
    assert row.name == "Jurídico"
    assert "carla" in str(row.cells) or row.raw["manager"] == f"#{house.user('carla')}"


def test_no_team_is_part_of_itself_or_of_one_below_it(house: House) -> None:
    crm = house.open()
    above = do(crm, AddTeam(name="Região")).entity_id or 0
    below = do(crm, AddTeam(name="Filial", parent=above)).entity_id or 0
    for parent in (above, below):
        assert "not part of itself" in reason(crm.run(EditTeam(team=above, parent=parent)))
    do(crm, EditTeam(team=below, parent=None))
    do(crm, EditTeam(team=above, parent=below))


def test_no_undo_hangs_a_team_below_itself(house: House) -> None:
    crm = house.open()
    above = do(crm, AddTeam(name="Região")).entity_id or 0
    below = do(crm, AddTeam(name="Filial", parent=above)).entity_id or 0
    away = do(crm, EditTeam(team=below, parent=None))
    do(crm, EditTeam(team=above, parent=below))
    refused = crm.run(UndoBatch(batch=away.batch))
    assert "part of itself" in reason(refused)
    assert {each.id: each.raw["parent"] for each in crm.read(views.team_register)}[below] == ""


def test_a_team_goes_out_of_use_when_nobody_is_in_it_and_comes_back(house: House) -> None:
    crm = house.open()
    team = do(crm, AddTeam(name="Jurídico")).entity_id or 0
    do(crm, EditUser(user=house.user("edu"), team=team))
    assert isinstance(crm.run(DeactivateTeam(team=team)), Refusal)
    do(crm, EditUser(user=house.user("edu"), team=None))
    do(crm, DeactivateTeam(team=team))
    assert crm.read(views.pick_team, "jur") == []
    assert [each.label for each in crm.read(views.pick_every_team, "jur")] == ["Jurídico"]
    do(crm, ReactivateTeam(team=team))
    assert crm.read(views.pick_team, "jur") != []


def test_the_teams_are_listed_as_the_tree_that_they_are(house: House) -> None:
    crm = house.open()
    above = do(crm, AddTeam(name="Região")).entity_id or 0
    below = do(crm, AddTeam(name="Filial", parent=above)).entity_id or 0
    do(crm, AddTeam(name="Balcão", parent=below))
    names = [row.cells[0] for row in crm.read(views.team_register)]
    at = names.index("Região")
    assert names[at : at + 3] == ["Região", "· Filial", "·· Balcão"]
    do(crm, EditTeam(team=below, parent=None))
    assert "Filial" in [row.cells[0] for row in crm.read(views.team_register)]
