"""Profiles: which permission reaches how far, who may give it, and what holds in open programs. (M91, M111, M47)"""

from __future__ import annotations

from house import House, do

from crm_tui.domain.access import Scope
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.domain.permissions import BY_KEY, PERMISSIONS, within
from crm_tui.domain.profiles import PROFILES
from crm_tui.services.access import registers, views
from crm_tui.services.access.commands import (
    AddProfile,
    AddUser,
    DeactivateProfile,
    DeactivateUser,
    EditProfile,
    EditUser,
    ReactivateProfile,
    ReactivateUser,
)
from crm_tui.services.board.commands import EditCard
from crm_tui.services.core import custody
from crm_tui.services.core.crm import Crm
from crm_tui.services.trail import views as trail
from crm_tui.services.trail.commands import UndoBatch
from tests.services.samples import SAMPLES
from tests.services.test_permissions import _views


def refusal(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def profile_of(house: House, login: str) -> int:
    return int(house.one('SELECT profile_id FROM "user" WHERE login = ?', login))


def keeper(house: House) -> tuple[Crm, int]:
    """bia as one who keeps the users and is no administrator; her own profile."""
    crm = house.open()
    profile = do(crm, AddProfile(name="Pessoal", like=profile_of(house, "bia"))).entity_id or 0
    do(crm, EditProfile(profile=profile, user_manage=Scope.ALL))
    do(crm, EditUser(user=house.user("bia"), profile=profile))
    return house.open("bia"), profile


def test_every_permission_key_that_is_asked_has_its_words_and_no_other() -> None:
    asked = {c.permission for c in SAMPLES} | {v.permission for v in _views().values()} | set(custody.KEYS)
    assert set(BY_KEY) == asked
    assert all(scope in BY_KEY[key].scopes for told in PROFILES.values() for key, scope in told.items())


def test_a_new_profile_begins_with_what_another_allows(house: House) -> None:
    crm = house.open()
    made = do(crm, AddProfile(name="Pré-vendas", like=profile_of(house, "bia"))).entity_id
    rows = {each.id: each for each in crm.read(registers.profile_register)}
    like = rows[profile_of(house, "bia")]
    assert made is not None
    assert {k: v for k, v in rows[made].raw.items() if k != "name"} == {
        k: v for k, v in like.raw.items() if k != "name"
    }
    assert isinstance(crm.run(AddProfile(name="pre-vendas")), Refusal)


def test_a_changed_reach_holds_at_once_in_an_open_program_and_is_undone_as_one(house: House) -> None:
    crm, bia = house.open(), house.open("bia")
    edit = EditCard(card=house.card("edu"), subject="Novo")
    assert refusal(bia.run(edit)).by is RefusedBy.PERMISSION
    profile, before = profile_of(house, "bia"), house.dump()
    batch = do(
        crm, EditProfile(profile=profile, card_read=Scope.ALL, card_edit=Scope.ALL, card_delete=Scope.NONE)
    ).batch
    told = [e for e in crm.read(trail.of_entity, "profile", profile) if e.kind == "profile.permission_set"]
    assert len(told) == 3
    assert {
        "what_word": "Cards: edit",
        "before_word": "one's own",
        "after_word": "everybody's",
    }.items() <= next(e.params.items() for e in told if e.params["what_word"] == "Cards: edit")
    do(bia, edit)
    do(bia, UndoBatch())
    do(crm, UndoBatch(batch=batch))
    assert house.dump()["profile_permission"] == before["profile_permission"]
    assert refusal(bia.run(edit)).by is RefusedBy.PERMISSION


def test_what_has_no_reach_is_yes_or_no(house: House) -> None:
    crm = house.open()
    wrong = refusal(crm.run(EditProfile(profile=profile_of(house, "bia"), board_manage=Scope.TEAM)))
    assert wrong.fields == ("board_manage",)
    assert all(within(Scope.NONE, scope) for each in PERMISSIONS for scope in each.scopes)


def test_the_administrators_profile_stays_as_it_is(house: House) -> None:
    crm, admin = house.open(), profile_of(house, "ana")
    assert "may do everything" in refusal(crm.run(EditProfile(profile=admin, name="Chefe"))).reason.msgid
    assert "must be able" in refusal(crm.run(DeactivateProfile(profile=admin))).reason.msgid


def test_the_last_administrator_is_not_taken_away_by_an_undo_either(house: House) -> None:
    crm = house.open()
    raised = do(crm, EditUser(user=house.user("beto"), profile=profile_of(house, "ana"))).batch
    do(crm, EditUser(user=house.user("ana"), profile=profile_of(house, "bia")))
    beto = house.open("beto")
    assert "nobody who may do everything" in refusal(beto.run(UndoBatch(batch=raised))).reason.msgid


def test_a_profile_goes_out_of_use_once_nobody_has_it(house: House) -> None:
    crm, sales = house.open(), profile_of(house, "edu")
    many = refusal(crm.run(DeactivateProfile(profile=sales))).reason
    assert many.many is not None
    do(crm, AddProfile(name="Outro", like=sales))
    other = house.one("SELECT id FROM profile WHERE name = 'Outro'")
    do(crm, EditUser(user=house.user("edu"), profile=other))
    do(crm, DeactivateUser(user=house.user("edu")))
    do(crm, DeactivateProfile(profile=other))
    assert other not in {each.value for each in crm.read(views.pick_profile, "")}
    assert other in {each.value for each in crm.read(registers.pick_every_profile, "")}
    for command in (
        AddUser(login="novo", name="Novo", profile=other),
        EditUser(user=house.user("beto"), profile=other),
        ReactivateUser(user=house.user("edu")),
    ):
        assert "out of use" in refusal(crm.run(command)).reason.msgid
    do(crm, ReactivateProfile(profile=other))
    do(crm, ReactivateUser(user=house.user("edu")))


def test_nobody_gives_more_than_they_have(house: House) -> None:
    bia, own = keeper(house)
    admin, manager = profile_of(house, "ana"), profile_of(house, "carla")
    refused = (
        EditProfile(profile=own, card_edit=Scope.ALL),
        EditProfile(profile=manager, card_edit=Scope.NONE),
        AddProfile(name="Alto", like=admin),
        AddProfile(name="Alto", like=manager),
        EditUser(user=house.user("bia"), profile=admin),
        EditUser(user=house.user("ana"), profile=own),
        AddUser(login="novo", name="Novo", profile=manager),
        DeactivateUser(user=house.user("carla")),
    )
    assert {refusal(bia.run(command)).by for command in refused} == {RefusedBy.PERMISSION}
    do(bia, AddUser(login="novo", name="Novo", profile=own))
    do(bia, EditProfile(profile=own, card_edit=Scope.NONE))


def test_an_undo_gives_nobody_more_than_who_undoes_has(house: House) -> None:
    crm = house.open()
    bia, own = keeper(house)
    lowered = do(crm, EditProfile(profile=own, card_delete=Scope.NONE)).batch
    assert refusal(bia.run(UndoBatch(batch=lowered))).by is RefusedBy.PERMISSION
    do(crm, EditProfile(profile=profile_of(house, "carla"), card_delete=Scope.NONE))
    took = do(crm, EditProfile(profile=profile_of(house, "carla"), note_file=Scope.NONE)).batch
    assert refusal(house.open("carla").run(UndoBatch(batch=took))).by is RefusedBy.PERMISSION


def test_two_who_set_one_permission_at_once_are_told(house: House) -> None:
    """The second did away with the first one's word, and nobody knew."""
    ana, profile = house.open(), profile_of(house, "bia")
    seen = house.version("profile", profile)
    do(ana, EditProfile(profile=profile, card_read=Scope.OWN, party_merge=Scope.NONE, version=seen))
    outcome = house.open().run(
        EditProfile(profile=profile, card_read=Scope.ALL, party_edit=Scope.OWN, version=seen)
    )
    assert isinstance(outcome, Conflict)
    assert outcome.who == "ana"
    assert [(f.field, f.base, f.mine, f.theirs) for f in outcome.fields] == [
        ("card_read", "team", "all", "own")
    ]
    do(ana, EditProfile(profile=profile, card_read=Scope.ALL, version=outcome.version))
    do(ana, EditProfile(profile=profile, party_edit=Scope.OWN, version=seen))
    do(ana, EditProfile(profile=profile, party_merge=Scope.NONE, version=seen))


def test_an_undo_of_a_permission_is_told_to_who_has_an_older_sheet(house: House) -> None:
    ana, profile = house.open(), profile_of(house, "bia")
    do(ana, EditProfile(profile=profile, party_merge=Scope.NONE))
    seen = house.version("profile", profile)
    do(ana, UndoBatch())
    outcome = ana.run(EditProfile(profile=profile, party_merge=Scope.OWN, version=seen))
    assert isinstance(outcome, Refusal | Conflict)
