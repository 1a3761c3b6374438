"""Companies of a file: of companies alone, known by their ids there, and rows of a telephone alone. (M96)"""

from __future__ import annotations

from pathlib import Path

import pytest
from house import House

from crm_tui.connectors.contacts import open_contacts
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.services.core.crm import Crm
from crm_tui.services.intake import views
from crm_tui.services.intake.commands import take_ins
from crm_tui.services.intake.plan import Preview, Verdict

HUBSPOT = "Record ID,Company name,Company owner,Phone Number,City,Industry\n"
PIPEDRIVE = "Organização - ID;Organização - Nome;Organização - Endereço\n"
SALESFORCE = '"Account ID","Account Name","Phone","Billing City"\n'


def shown(crm: Crm, path: Path, text: str) -> Preview:
    path.write_text(text, encoding="utf-8")
    found = open_contacts(path)
    assert not isinstance(found, Refusal), found
    preview: Preview = crm.read(views.preview, found.records())
    return preview


def take_in(crm: Crm, preview: Preview) -> None:
    for command in take_ins(preview.wanted, source="f.csv"):
        assert isinstance(crm.run(command), Done)


def verdicts(preview: Preview) -> list[Verdict]:
    return [row.judged.verdict for row in preview.rows]


@pytest.mark.parametrize(
    ("head", "row", "renamed"),
    [
        (HUBSPOT, "501,Sol Rara,Ana,(11) 3333-4444,Santos,Food\n", "501,Sol Nova,Ana,,Santos,Food\n"),
        (PIPEDRIVE, "501;Sol Rara;Rua Um\n", "501;Sol Nova;Rua Um\n"),
        (SALESFORCE, "001A0000003xYzQIAU,Sol Rara,1133334444,Santos\n", "001A0000003xYzQ,Sol Nova,,Santos\n"),
    ],
)
def test_a_company_renamed_there_is_the_one_of_its_id(
    house: House, tmp_path: Path, head: str, row: str, renamed: str
) -> None:
    crm = house.open()
    first = shown(crm, tmp_path / "f.csv", head + row)
    assert verdicts(first) == [Verdict.NEW]
    take_in(crm, first)
    assert house.one("SELECT kind FROM party WHERE name = 'Sol Rara'") == "organization"
    assert verdicts(shown(crm, tmp_path / "f.csv", head + row)) == [Verdict.DUPLICATE]
    again = shown(crm, tmp_path / "f.csv", head + renamed)
    assert verdicts(again) == [Verdict.UPDATE]
    take_in(crm, again)
    assert house.one("SELECT count(*) FROM party WHERE name = 'Sol Nova'") == 1
    assert house.one("SELECT count(*) FROM party WHERE name = 'Sol Rara'") == 0


def test_a_contact_and_a_company_of_one_number_there_are_two(house: House, tmp_path: Path) -> None:
    crm = house.open()
    take_in(crm, shown(crm, tmp_path / "c.csv", HUBSPOT + "501,Sol Rara,Ana,,Santos,Food\n"))
    people = "Record ID,First Name,Last Name,Email\n501,Bia,Rara,bia@rara.example\n"
    assert verdicts(shown(crm, tmp_path / "p.csv", people)) == [Verdict.NEW]


def test_a_row_of_a_company_and_a_telephone_is_the_company(house: House, tmp_path: Path) -> None:
    crm = house.open()
    text = (
        "Nome;Empresa;Cargo;Telefone;E-mail\n;Sol Rara;;(11) 3333-4444;\nBia Rara;Sol Rara;;;bia@rara.example\n"
        ";Sol Rara;;(11) 98888-7777;\n;Sol Rara;Gerente;(11) 97777-6666;\n;Lua Rara;;;compras@lua.example\n"
    )
    found = shown(crm, tmp_path / "f.csv", text)
    assert verdicts(found) == [Verdict.NEW, Verdict.NEW, Verdict.UPDATE, Verdict.NEW, Verdict.NEW]
    take_in(crm, found)
    reached = (
        "SELECT count(*) FROM contact_point c JOIN party p ON p.id = c.party_id WHERE p.name = 'Sol Rara'"
    )
    assert house.one(reached) == 2
    assert house.one("SELECT count(*) FROM party WHERE name = 'Sol Rara' AND kind = 'organization'") == 1
    works = (
        "SELECT o.name FROM party_relation r JOIN party p ON p.id = r.person_id"
        " JOIN party o ON o.id = r.organization_id WHERE p.name = ?"
    )
    for name, company in (("Bia Rara", "Sol Rara"), ("compras@lua.example", "Lua Rara")):
        assert house.one(works, name) == company
    assert verdicts(shown(crm, tmp_path / "f.csv", text)) == [Verdict.DUPLICATE] * 5


def test_a_sheet_of_companies_alone_makes_companies_whatever_reaches_them(
    house: House, tmp_path: Path
) -> None:
    crm = house.open()
    text = "Empresa;CNPJ;Cidade\nSol Rara;11.222.333/0001-81;Santos\nLua Rara;;Santos\n"
    take_in(crm, shown(crm, tmp_path / "f.csv", text))
    text = "Razão social;E-mail;Cidade\nSol Rara;oi@sol.example;Santos\nMar Raro;oi@mar.example;Santos\n"
    found = shown(crm, tmp_path / "g.csv", text)
    assert verdicts(found) == [Verdict.UPDATE, Verdict.NEW]
    take_in(crm, found)
    assert house.one("SELECT count(*) FROM party WHERE kind = 'organization' AND name LIKE '% Rar%'") == 3
    card = "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:\nORG:Céu Raro\nTEL;TYPE=WORK:+55 11 3333-5555\nEND:VCARD\n"
    found = shown(crm, tmp_path / "c.vcf", card)
    take_in(crm, found)
    assert house.one("SELECT kind FROM party WHERE name = 'Céu Raro'") == "organization"
