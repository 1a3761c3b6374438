"""People are known again by the id of the program from which their file came, whatever they are called there now."""

from __future__ import annotations

from pathlib import Path

import pytest
from house import House, do

from crm_tui.connectors.contacts import ContactRecord, ContactsFile, open_contacts
from crm_tui.connectors.vcards import CardsFile
from crm_tui.domain.foreign import Foreign
from crm_tui.domain.outcome import Done
from crm_tui.i18n import say
from crm_tui.services.core.crm import Crm, Many
from crm_tui.services.intake import views
from crm_tui.services.intake.commands import TakeIn, take_ins
from crm_tui.services.intake.plan import Preview, Verdict
from crm_tui.services.once.commands import MergeParties
from crm_tui.services.party.commands import EditParty
from crm_tui.services.trail.commands import UndoBatch

SECRET = "Zuleica Oculta"
HEAD = "Record ID,First Name,Last Name,Email,Phone Number\n"
MARINA = "501,Marina,Prado,marina@aurora.example,(11) 98888-1111\n"
MARRIED = "501,Marina,Rocha,rocha@aurora.example,\n"


def records(folder: Path, content: str, name: str = "contacts.csv") -> list[ContactRecord]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    found = open_contacts(path)
    assert isinstance(found, (ContactsFile, CardsFile)), found
    return list(found.records())


def seen(crm: Crm, rows: list[ContactRecord]) -> Preview:
    found: Preview = crm.read(views.preview, rows)
    return found


def taken(crm: Crm, rows: list[ContactRecord]) -> Many:
    many = crm.run_many(take_ins(seen(crm, rows).wanted, source="contacts.csv"))
    assert all(isinstance(outcome, Done) for outcome in many.outcomes), many
    return many


def verdicts(crm: Crm, rows: list[ContactRecord]) -> list[Verdict]:
    return [row.judged.verdict for row in seen(crm, rows).rows]


def test_a_renamed_contact_is_the_same_one(house: House, tmp_path: Path) -> None:
    crm = house.open()
    taken(crm, records(tmp_path, HEAD + MARINA))
    people = house.one("SELECT count(*) FROM party")
    assert verdicts(crm, records(tmp_path, HEAD + MARINA)) == [Verdict.DUPLICATE]
    rows = records(tmp_path, HEAD + MARRIED)
    (shown,) = seen(crm, rows).rows
    assert (shown.judged.verdict, shown.judged.name) == (Verdict.UPDATE, "Marina Rocha")
    many = taken(crm, rows)
    assert house.one("SELECT count(*) FROM party") == people
    assert house.one("SELECT name FROM party ORDER BY id DESC") == "Marina Rocha"
    assert house.one("SELECT count(*) FROM contact_point WHERE normalized = 'rocha@aurora.example'") == 1
    assert verdicts(crm, rows) == [Verdict.DUPLICATE]
    do(crm, UndoBatch(batch=many.batch))
    assert house.one("SELECT name FROM party ORDER BY id DESC") == "Marina Prado"
    assert verdicts(crm, rows) == [Verdict.UPDATE]


def test_a_name_that_was_mended_here_is_not_put_back(house: House, tmp_path: Path) -> None:
    crm = house.open()
    many = taken(crm, records(tmp_path, HEAD + MARINA))
    done = many.outcomes[0]
    assert isinstance(done, Done)
    do(crm, EditParty(party=done.entity_id or 0, name="Marina do Prado"))
    assert verdicts(crm, records(tmp_path, HEAD + MARINA)) == [Verdict.DUPLICATE]
    (both,) = seen(crm, records(tmp_path, HEAD + MARRIED.replace("rocha@", "marina@"))).rows
    assert both.judged.verdict is Verdict.DUPLICATE
    assert both.judged.why is not None
    assert "Marina do Prado" in say(both.judged.why)


def test_two_of_one_name_and_no_address_are_two_where_their_ids_differ(house: House, tmp_path: Path) -> None:
    crm = house.open()
    rows = records(tmp_path, HEAD + "1,Ana,Lima,,\n2,Ana,Lima,,\n1,Ana,Lima,,\n")
    assert verdicts(crm, rows) == [Verdict.NEW, Verdict.NEW, Verdict.DUPLICATE]
    taken(crm, rows)
    assert house.one("SELECT count(*) FROM party WHERE name = 'Ana Lima'") == 2
    assert verdicts(crm, rows) == [Verdict.DUPLICATE] * 3


def test_who_was_here_before_gets_the_id(house: House, tmp_path: Path) -> None:
    crm = house.open()
    taken(crm, records(tmp_path, "Nome,E-mail\nMarina Prado,marina@aurora.example\n"))
    rows = records(tmp_path, HEAD + MARINA)
    assert verdicts(crm, rows) == [Verdict.UPDATE]
    taken(crm, rows)
    assert verdicts(crm, rows) == [Verdict.DUPLICATE]


def test_merged_people_are_known_by_both_ids(house: House, tmp_path: Path) -> None:
    crm = house.open()
    many = taken(crm, records(tmp_path, HEAD + MARINA + "502,Mari,Prado,mari@x.example,\n"))
    one, other = (outcome.entity_id or 0 for outcome in many.outcomes if isinstance(outcome, Done))
    do(crm, MergeParties(party=one, merged=other))
    again = records(tmp_path, HEAD + "501,M,P,,\n502,Mari,Prado,novo@x.example,\n")
    shown = seen(crm, again).rows
    assert [row.judged.person.id for row in shown if row.judged.person] == [one, one]
    taken(crm, again)
    assert house.one("SELECT party_id FROM contact_point WHERE normalized = 'novo@x.example'") == one


def test_who_was_deleted_comes_again_and_takes_the_id(house: House, tmp_path: Path) -> None:
    crm = house.open()
    taken(crm, records(tmp_path, HEAD + MARINA))
    with crm.store.writing() as connection:
        connection.execute(
            "UPDATE party SET deleted_at = '2026-01-01T00:00:00.000Z' WHERE name = 'Marina Prado'"
        )
    rows = records(tmp_path, HEAD + MARINA)
    assert verdicts(crm, rows) == [Verdict.NEW]
    taken(crm, rows)
    assert verdicts(crm, rows) == [Verdict.DUPLICATE]
    assert house.one("SELECT count(*) FROM foreign_ref") == 1


def test_nobody_out_of_sight_is_named_or_renamed_by_an_id(house: House) -> None:
    known = {"foreign_source": "HubSpot", "foreign_id": "9"}
    there = do(house.open("edu"), TakeIn(name=SECRET, **known)).entity_id or 0
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.read'")
    bia = house.open("bia")
    (shown,) = seen(bia, [ContactRecord(2, "Outro Nome", foreign=Foreign("HubSpot", "9"))]).rows
    assert shown.judged.verdict is Verdict.ERROR
    assert shown.judged.why is not None
    assert SECRET not in say(shown.judged.why)
    assert not isinstance(bia.run(TakeIn(name="Outro Nome", **known)), Done)
    assert house.one("SELECT name FROM party WHERE id = ?", there) == SECRET
    assert bia.read(views.ids_of_party, there) == []
    assert house.open("edu").read(views.ids_of_party, there) == [("HubSpot", "9")]


def test_who_may_not_rename_somebody_does_not_by_a_file(house: House) -> None:
    known = {"foreign_source": "HubSpot", "foreign_id": "9"}
    do(house.open("edu"), TakeIn(name=SECRET, **known))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.edit'")
    bia = house.open("bia")
    (shown,) = seen(bia, [ContactRecord(2, "Outro Nome", foreign=Foreign("HubSpot", "9"))]).rows
    assert shown.judged.verdict is Verdict.DUPLICATE
    do(bia, TakeIn(name="Outro Nome", **known))
    assert house.one("SELECT count(*) FROM party WHERE name = 'Outro Nome'") == 0


@pytest.mark.parametrize(
    ("head", "row", "known"),
    [
        ("Record ID,First Name,Last Name,Email", "77,A,B,a@b.example", ("HubSpot", "77")),
        ("Pessoa - ID;Pessoa - Nome;Pessoa - Organização", "8;Zé;X", ("Pipedrive", "8")),
        (
            "Contact ID,First Name,Last Name,Account Name",
            "0035g00000AbCdEAAV,A,B,C",
            ("Salesforce", "0035g00000AbCdE"),
        ),
        ("ID,Full name,Responsible user,Created at", "5,Zé,ana,01.02.2026", ("Kommo", "5")),
        ("Record ID,First Name,Last Name,Email", "1.23E+11,A,B,a@b.example", None),
        ("ID,Nome,E-mail", "1,Zé,a@b.example", None),
    ],
)
def test_each_program_gives_its_own_id(
    tmp_path: Path, head: str, row: str, known: tuple[str, str] | None
) -> None:
    (found,) = records(tmp_path, f"{head}\n{row}\n")
    assert found.foreign == known


def test_a_vcard_gives_its_uid(tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:4.0\nFN:Zé\nUID:urn:uuid:4FBE8971-0BC3\nEND:VCARD\n"
    (found,) = records(tmp_path, card, "one.vcf")
    assert found.foreign == ("vCard", "4fbe8971-0bc3")
