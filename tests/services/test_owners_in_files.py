"""Whose the people of a file become: the operator whom it names, where there is one who may have them. (M96)"""

from __future__ import annotations

from pathlib import Path

from house import House

from crm_tui.connectors.contacts import open_contacts
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import say
from crm_tui.services.access.commands import DeactivateUser
from crm_tui.services.core.crm import Crm
from crm_tui.services.intake import views
from crm_tui.services.intake.commands import TakeIn, take_ins
from crm_tui.services.intake.plan import Preview, Verdict

HUBSPOT = "Record ID,First Name,Last Name,Email,Contact owner\n"
OWNER = 'SELECT u.login FROM party p LEFT JOIN "user" u ON u.id = p.owner_id WHERE p.name = ?'


def shown(crm: Crm, folder: Path, text: str) -> Preview:
    path = folder / "f.csv"
    path.write_text(text, encoding="utf-8")
    found = open_contacts(path)
    assert not isinstance(found, Refusal), found
    preview: Preview = crm.read(views.preview, found.records())
    return preview


def take_in(crm: Crm, preview: Preview) -> None:
    many = crm.run_many(take_ins(preview.wanted, source="f.csv"))
    assert all(isinstance(outcome, Done) for outcome in many.outcomes)


def test_an_owner_is_known_by_name_login_or_address_and_who_is_not_is_told(
    house: House, tmp_path: Path
) -> None:
    crm = house.open()
    name, mail = house.rows("SELECT name, coalesce(email, '') FROM user WHERE login = 'bia'")[0]
    named = [("Um", name.upper()), ("Dois", "bia"), ("Tres", mail or "@bia"), ("Quatro", ""), ("Cinco", "Zé")]
    rows = "".join(f"{n},{who},Raro,{who}@raro.example,{said}\n" for n, (who, said) in enumerate(named))
    found = shown(crm, tmp_path, HUBSPOT + rows)
    assert [(line, say(why)) for line, why in found.doubts] == [
        (6, "There is no user Zé: somebody new becomes yours.")
    ]
    take_in(crm, found)
    owners = {who: house.one(OWNER, f"{who} Raro") for who, _ in named}
    assert owners == {"Um": "bia", "Dois": "bia", "Tres": "bia", "Quatro": "ana", "Cinco": "ana"}
    assert {row.judged.verdict for row in shown(crm, tmp_path, HUBSPOT + rows).rows} == {Verdict.DUPLICATE}


def test_who_is_somebodys_stays_theirs_and_who_is_nobodys_is_given(house: House, tmp_path: Path) -> None:
    crm = house.open()
    take_in(
        crm, shown(crm, tmp_path, HUBSPOT + "1,Um,Raro,um@raro.example,\n2,Dois,Raro,dois@raro.example,\n")
    )
    with crm.store.writing() as connection:
        connection.execute("UPDATE party SET owner_id = NULL WHERE name = 'Dois Raro'")
    text = HUBSPOT + "1,Um,Raro,um@raro.example,bia\n2,Dois,Raro,dois@raro.example,bia\n"
    found = shown(crm, tmp_path, text)
    assert [row.judged.verdict for row in found.rows] == [Verdict.DUPLICATE, Verdict.UPDATE]
    take_in(crm, found)
    assert house.one(OWNER, "Um Raro") == "ana"
    assert house.one(OWNER, "Dois Raro") == "bia"


def test_who_left_or_may_not_be_given_work_is_told_and_refused_at_the_door(
    house: House, tmp_path: Path
) -> None:
    crm = house.open()
    bia = house.user("bia")
    assert isinstance(crm.run(DeactivateUser(user=bia)), Done)
    found = shown(crm, tmp_path, HUBSPOT + "1,Um,Raro,um@raro.example,bia\n")
    assert [say(why) for _, why in found.doubts] == ["There is no user bia: somebody new becomes yours."]
    assert isinstance(crm.run(TakeIn(name="Dois Raro", owner=bia)), Refusal)
    assert house.rows("SELECT 1 FROM party WHERE name = 'Dois Raro'") == []


def test_who_may_not_hand_a_person_over_keeps_them(house: House, tmp_path: Path) -> None:
    with house.open().store.writing() as connection:
        connection.execute("DELETE FROM profile_permission WHERE key = 'party.edit'")
    crm = house.open("bia")
    found = shown(crm, tmp_path, HUBSPOT + "1,Um,Raro,um@raro.example,ana\n")
    assert "does not allow you to hand a person over" in say(found.doubts[0][1])
    assert isinstance(crm.run(TakeIn(name="Dois Raro", owner=house.user("ana"))), Refusal)
