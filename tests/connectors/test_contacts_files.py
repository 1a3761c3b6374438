"""Contacts files as programs and people write them, and as an attacker would."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_tui.connectors import delimited
from crm_tui.connectors.contacts import ContactRecord, ContactsFile, open_contacts
from crm_tui.connectors.layouts import recognise
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind
from crm_tui.i18n import say

HEADERS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data/export_headers.json").read_text("utf-8")
)
MOBILE, LANDLINE, WHATSAPP = ContactKind.MOBILE, ContactKind.PHONE, ContactKind.WHATSAPP


def sheet(source: str, *people: Mapping[str, str]) -> str:
    """A file as `source` exports it; the columns not given are empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS[source]["cols"], restval="")
    writer.writeheader()
    writer.writerows(people)
    return out.getvalue()


def opened(folder: Path, content: str | bytes) -> ContactsFile:
    path = folder / "contacts.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = open_contacts(path)
    assert isinstance(found, ContactsFile), found
    return found


def read(folder: Path, content: str | bytes, area: str = "") -> list[ContactRecord]:
    return list(opened(folder, content).records(area))


def reasons(record: ContactRecord) -> Sequence[str]:
    return [say(text) for text in (*record.errors, *record.warnings)]


def test_google_contacts_new(tmp_path: Path) -> None:
    person = {
        "First Name": "Ana",
        "Middle Name": "de",
        "Last Name": "Souza",
        "Organization Name": "Padaria Pão",
        "Organization Title": "Sócia",
        "Notes": "prefere manhã\nligar antes",
        "E-mail 1 - Value": "ana@exemplo.com ::: ana@padaria.com.br",
        "Phone 1 - Label": "Mobile",
        "Phone 1 - Value": "+55 11 98765-4321 ::: (11) 3527-1045",
        "Phone 2 - Label": "WhatsApp",
        "Phone 2 - Value": "11 91234-5678",
    }
    content = sheet("google_contacts_2024_new", person, {"File As": "Só apelido"})
    ana, other = read(tmp_path, content)
    assert ana == ContactRecord(
        2,
        "Ana de Souza",
        "Padaria Pão",
        "Sócia",
        ((MOBILE, "+55 11 98765-4321"), (LANDLINE, "(11) 3527-1045"), (WHATSAPP, "11 91234-5678")),
        ("ana@exemplo.com", "ana@padaria.com.br"),
        "prefere manhã\nligar antes",
    )
    assert (other.line, other.name, other.errors) == (4, "Só apelido", ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-8"])
def test_google_contacts_old_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    person = {
        "Name": "José Ávila",
        "Given Name": "José",
        "Family Name": "Ávila",
        "Organization 1 - Name": "Aço Forte",
        "Organization 1 - Title": "Comprador",
        "E-mail 1 - Value": "jose@aco.com.br",
        "Phone 1 - Type": "Work",
        "Phone 1 - Value": "21 3527-1045",
    }
    (jose,) = read(tmp_path, sheet("google_contacts_old", person).encode(encoding))
    assert (jose.name, jose.company, jose.title) == ("José Ávila", "Aço Forte", "Comprador")
    assert jose.phones == ((LANDLINE, "21 3527-1045"),)
    assert jose.emails == ("jose@aco.com.br",)


def test_hubspot_contacts(tmp_path: Path) -> None:
    person = {
        "Record ID": "501",
        "First Name": "Bia",
        "Last Name": "Lima",
        "Email": "bia@exemplo.com",
        "Phone Number": "(11) 3527-1045",
        "Mobile Phone Number": "+1 570-809-7197",
        "Job Title": "CEO",
        "Associated Company": "Lima SA",
    }
    (bia,) = read(tmp_path, sheet("hubspot_contacts", person))
    assert (bia.name, bia.company, bia.title) == ("Bia Lima", "Lima SA", "CEO")
    assert bia.phones == ((LANDLINE, "(11) 3527-1045"), (MOBILE, "+1 570-809-7197"))


def test_outlook_contacts(tmp_path: Path) -> None:
    person = {
        "Title": "Sra.",
        "First Name": "Bia",
        "Last Name": "Lima",
        "Company": "Lima SA",
        "Job Title": "CEO",
        "Business Phone": "(11) 3527-1045",
        "Business Fax": "(11) 3527-1046",
        "Mobile Phone": "(11) 98765-4321",
        "E-mail Address": "bia@exemplo.com",
        "E-mail 2 Address": "bia@casa.com",
        "E-mail Display Name": "Bia (bia@exemplo.com)",
        "Notes": "prefere de manhã",
    }
    (bia,) = read(tmp_path, sheet("outlook_en_92", person))
    assert (bia.name, bia.company, bia.title) == ("Bia Lima", "Lima SA", "CEO")
    assert bia.phones == ((LANDLINE, "(11) 3527-1045"), (MOBILE, "(11) 98765-4321"))
    assert bia.emails == ("bia@exemplo.com", "bia@casa.com")
    assert bia.notes == "prefere de manhã"


@pytest.mark.parametrize("delimiter", delimited.DELIMITERS)
@pytest.mark.parametrize(
    "header",
    [
        ["Nome", "Telefone", "E-mail", "Empresa", "Notas"],
        ["NAME", "Phone", "Email", "Company", "Notes"],
        ["nome completo", "Telefone Comercial", "email pessoal", "Organização", "Observações"],
    ],
)
def test_a_plain_sheet(tmp_path: Path, header: list[str], delimiter: str) -> None:
    row = ["Ana", "(11) 3527-1045", "ana@exemplo.com", "Padaria", "oi"]
    (ana,) = read(tmp_path, f"{delimiter.join(header)}\r\n{delimiter.join(row)}\r\n")
    assert ana == ContactRecord(
        2, "Ana", "Padaria", "", ((LANDLINE, "(11) 3527-1045"),), ("ana@exemplo.com",), "oi"
    )


def test_order_and_several_phone_columns(tmp_path: Path) -> None:
    content = (
        "E-mail;WhatsApp;Celular 2;Tel. fixo;Sobrenome;Nome;Cargo\n"
        "a@b.com.br;11987654321;(11) 91234-5678 / 3527-1045;;Lima;Bia;Chefe\n"
    )
    (bia,) = read(tmp_path, content, area="11")
    assert (bia.name, bia.title) == ("Bia Lima", "Chefe")
    assert bia.phones == (
        (WHATSAPP, "11987654321"),
        (MOBILE, "(11) 91234-5678"),
        (LANDLINE, "(11) 3527-1045"),
    )
    assert bia.warnings == ()


@pytest.mark.parametrize("before", [0, 4090, 4091, 4092, 4093])
def test_signs_that_another_program_could_not_read_make_no_file_cp1252(tmp_path: Path, before: int) -> None:
    content = "Nome;Notas\n" + "x" * before + "Jo\ufffdo da Concei\ufffd\ufffdo;vip\n"
    (only,) = opened(tmp_path, content.encode()).records()
    assert only.name.endswith("Jo\ufffdo da Concei\ufffd\ufffdo")


def test_cp1252_and_titles_above_the_header(tmp_path: Path) -> None:
    content = (
        "Relação de clientes;;\r\nsep=;\r\n;;\r\nNome;Telefone;Obs.\r\nJoão – São José;1135271045;é só\r\n"
    )
    file = opened(tmp_path, content.encode("cp1252"))
    (joao,) = file.records()
    assert (getattr(file.found.sheet, "encoding", None), file.found.header.line) == ("cp1252", 4)
    assert (joao.line, joao.name, joao.notes) == (5, "João – São José", "é só")


def test_one_stray_byte_does_not_garble_the_accents(tmp_path: Path) -> None:
    content = "Nome,Telefone\nJoão Conceição,1135271045\nAna \xff,1135271045\n".encode().replace(
        b"\xc3\xbf", b"\xff"
    )
    joao, ana = read(tmp_path, content)
    assert joao.name == "João Conceição"
    assert ana.name == "Ana \ufffd"


@pytest.mark.parametrize("source", ["hubspot_deals"])
def test_an_unknown_header_is_refused_with_what_was_found_and_what_is_known(
    tmp_path: Path, source: str
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(sheet(source, {}), "utf-8")
    found = open_contacts(path)
    assert isinstance(found, Refusal)
    assert found.by is RefusedBy.INPUT
    assert found.remedy is not None
    assert HEADERS[source]["cols"][1] in say(found.reason)
    assert "HubSpot" in say(found.remedy)
    assert "Google Contacts" in say(found.remedy)


def test_files_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty, big, database = tmp_path / "empty.csv", tmp_path / "big.csv", tmp_path / "crm.db"
    for path in (empty, big, database):
        path.touch()
    with big.open("r+b") as out:
        out.truncate(delimited.MAX_BYTES + 1)
    link = tmp_path / "contacts.csv"
    link.symlink_to(database)
    asked = {
        tmp_path / "none.csv": "There is no file",
        tmp_path: "no vCard file (.vcf) in",
        empty: "is empty",
        big: "larger than 64 MiB",
        link: "is the database itself",
        tmp_path / "crm.db-journal": "is the database itself",
        tmp_path / "a\0.csv": "cannot be read",
    }
    for path, sentence in asked.items():
        found = open_contacts(path, database)
        assert isinstance(found, Refusal)
        assert sentence in say(found.reason)


def test_row_errors_do_not_stop_the_file(tmp_path: Path) -> None:
    content = (
        "Nome,Telefone,E-mail,Empresa\n"
        ",,,Só a empresa\n"
        "Ana,98765-4321,ana@\n"
        "\n"
        "Bia,não tem,sem email\n"
        "Caio,\"5,51199E+12\",caio@exemplo.com\n"
        "Davi,1135271045,d@exemplo.com,Souza, Lima\n"
    )  # fmt: skip
    nobody, ana, bia, caio, davi = read(tmp_path, content)
    assert nobody.line == 2
    assert reasons(nobody) == ["No name, phone or e-mail in this row."]
    assert (ana.phones, ana.emails, ana.errors) == (((LANDLINE, "98765-4321"),), ("ana@",), ())
    assert reasons(ana) == ["Not a whole phone number: 98765-4321.", "Not an e-mail address: ana@."]
    assert (bia.line, bia.phones, bia.emails, len(bia.warnings)) == (5, (), (), 2)
    assert (caio.phones, len(caio.warnings)) == ((), 1)
    assert "one column off" in reasons(davi)[0]


def test_an_unclosed_quote_costs_one_row(tmp_path: Path) -> None:
    lines = ["Nome,Telefone", '"Ana,1135271045', *(f"Bia {i},1135271045" for i in range(5000))]
    records = read(tmp_path, "\n".join(lines))
    assert [(r.line, bool(r.errors)) for r in records[:3]] == [(2, True), (3, False), (4, False)]
    assert (len(records), records[-1].name, records[-1].line) == (5001, "Bia 4999", 5002)


@pytest.mark.parametrize("tail", ["", "\nBia,1135271045"])
def test_text_after_a_closing_quote_is_an_error_of_its_row(tmp_path: Path, tail: str) -> None:
    first, *rest = read(tmp_path, f'Nome,Telefone\n"Bar "do Zé",1135271045{tail}')
    assert reasons(first) == ["A quotation mark opened in this row is not closed properly."]
    assert [r.name for r in rest] == (["Bia"] if tail else [])


@pytest.mark.parametrize("size", [70_000, 1_000_000, 3_000_000])
def test_a_huge_field_costs_one_row_and_bounded_memory(tmp_path: Path, size: int) -> None:
    file = opened(tmp_path, f"Nome,Telefone\n{'A' * size},1135271045\nBia,1135271045\n")
    tracemalloc.start()
    records = list(file.records())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(r.line, bool(r.errors)) for r in records] == [(2, True), (3, False)]
    assert "too long" in reasons(records[0])[0]
    assert peak < 8 * delimited.MAX_RECORD


def test_a_quote_open_over_a_whole_record_is_given_up_and_the_rest_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "MAX_RECORD", 20_000)
    content = "Nome,Telefone\n" + '"x\n' + '","\n' * 8_000 + "Bia,1135271045\n"
    first, *_, last = read(tmp_path, content)
    assert (first.line, len(first.errors)) == (2, 1)
    assert (last.line, last.name) == (8_003, "Bia")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_read_to_the_end_without_a_control(tmp_path: Path, content: bytes) -> None:
    for record in read(tmp_path, b"Nome,Telefone,E-mail,Notas\n" + content.replace(b"\x00", b"")):
        values = (record.name, record.company, record.title, record.notes, *record.emails)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "".join(values))
        assert record.errors or record.name or record.phones or record.emails


def test_controls_are_made_harmless_and_formulas_stay_text(tmp_path: Path) -> None:
    content = (
        "Nome,Telefone,Notas\n"
        'Ana\x00\x1b]0;x\x07,1135271045,"a\x1b[2J\nb"\n'
        '"=HYPERLINK(""http://x"",""y"")",+55 11 3527-1045,@SUM(A1)\n'
    )  # fmt: skip
    ana, formula = read(tmp_path, content)
    assert ana.name == "Ana␀␛]0;x␇"
    assert ana.notes == "a␛[2J\nb"
    assert formula.name == '=HYPERLINK("http://x","y")'
    assert formula.notes == "@SUM(A1)"


def test_the_same_number_twice_is_one(tmp_path: Path) -> None:
    (ana,) = read(tmp_path, "Nome,Telefone,Celular\nAna,11 98765-4321,+5511987654321\n")
    assert ana.phones == ((MOBILE, "11 98765-4321"),)


def test_a_ramal_is_not_another_number(tmp_path: Path) -> None:
    (ana,) = read(tmp_path, "Nome;Telefone\nAna;11 3527-1045, ramal 12 ou 11 3527-1046\n")
    assert [value for _, value in ana.phones] == ["11 3527-1045, ramal 12", "11 3527-1046"]


@pytest.mark.parametrize(
    "header",
    [["Status do e-mail", "Total"], ["Empresa"], [], ["", ""], ["Email Opt Out", "Fax"], ["E", "De"]],
)
def test_headers_that_say_nothing_of_a_contact(header: list[str]) -> None:
    assert recognise(header) is None


def test_a_single_column_is_enough(tmp_path: Path) -> None:
    (ana,) = read(tmp_path, "E-mail\nana@exemplo.com\n")
    assert (ana.name, ana.emails) == ("", ("ana@exemplo.com",))


@pytest.mark.parametrize("piece", ["x", "Nome,Telefone,"])
def test_a_file_that_is_one_endless_line_is_called_what_it_is(tmp_path: Path, piece: str) -> None:
    path = tmp_path / "dump.csv"
    path.write_text(piece * (10_000_000 // len(piece)))
    found = open_contacts(path)
    assert isinstance(found, Refusal)
    assert "is one line of 10.0 MB without an end: it is no sheet of rows." in say(found.reason)
    path.write_text(piece * (10_000_000 // len(piece)) + "\n")
    found = open_contacts(path)
    assert isinstance(found, Refusal)
    assert "cannot be read as rows, line 1: A cell or row is too long" in say(found.reason)


def test_a_header_of_a_million_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("Name" + ",c" * 1_000_000 + "\nAna" + "," * 1_000_000 + "\n", encoding="utf-8")
    assert isinstance(open_contacts(path), Refusal)


def test_a_column_of_kinds_says_who_is_a_company(tmp_path: Path) -> None:
    path = tmp_path / "clientes.csv"
    rows = (
        "Nome;Tipo de pessoa;Telefone;Empresa",
        "Tintas Sol;PJ;11 3333-4444;",
        "Ana;PF;11 98888-7777;Tintas Sol",
    )
    path.write_text("\n".join((*rows, "Casa Lua;Jurídica;;")))
    found = open_contacts(path)
    assert not isinstance(found, Refusal)
    told = [(each.name, each.company, each.organization) for each in found.records()]
    assert told == [("Tintas Sol", "", True), ("Ana", "Tintas Sol", False), ("Casa Lua", "", True)]
