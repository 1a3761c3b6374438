"""Addresses and tax ids of people in files: of each program's columns, of sheets, of cards; what is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.connectors.addresses import is_document, places
from crm_tui.connectors.columns_of import columns_of
from crm_tui.connectors.contacts import ContactRecord, open_contacts
from crm_tui.connectors.layouts import heading
from crm_tui.connectors.parts import Part
from crm_tui.domain.import_map import Column, ImportMap, MapKind
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.party import Postal

CPF, CNPJ, LETTERS = "52998224725", "11222333000181", "12ABC34501DE35"
HEADERS = {
    "Google Contacts (2024)": (
        "First Name,Last Name,Organization Name,Labels,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,"
        "Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 2 - City",
        'Ana,Lima,Aurora,x,Casa,"Rua A, 1, São Paulo","Rua A, 1",São Paulo,77,SP,01310-100,Recife',
    ),
    "Outlook": (
        "First Name,Last Name,Business Street,Business City,Business State,Business Postal Code,Home Street,"
        "Home Street 2,Home City,Home State,Home Postal Code,Business Phone,E-mail Address,Business Address PO Box",
        "Ana,Lima,,,,,Rua A,1,São Paulo,SP,01310-100,1133334444,a@b.example,9",
    ),
    "Salesforce": (
        "First Name,Last Name,Account Name,Mailing Street,Mailing City,Mailing State/Province,"
        "Mailing Zip/Postal Code,Mailing Country",
        'Ana,Lima,Aurora,"Rua A, 1",São Paulo,SP,01310-100,Brasil',
    ),
    "HubSpot": (
        "Record ID,First Name,Last Name,Street Address,City,State/Region,Postal Code,CPF",
        f'1,Ana,Lima,"Rua A, 1",São Paulo,SP,01310-100,{CPF}',
    ),
    "Pipedrive": (
        "Pessoa - Nome,Organização - Endereço,Pessoa - Endereço postal,Pessoa - Cidade de Endereço postal,"
        "Pessoa - Estado de Endereço postal,Pessoa - CEP/Código postal de Endereço postal,Pessoa - CPF",
        f'Ana Lima,Av. B 9,"Rua A, 1",São Paulo,SP,01310-100,{CPF}',
    ),
    "RD Station": (
        "Email,Nome,Estágio no funil,Endereço,Cidade,Estado,CEP,CPF",
        f'a@b.example,Ana Lima,Lead,"Rua A, 1",São Paulo,SP,1310100,{CPF}',
    ),
    "Kommo": (
        "ID,Nome completo,Usuário responsável,Data de criação,Endereço,Cidade,UF,CEP,CPF/CNPJ",
        f'7,Ana Lima,bia,01.02.2026,"Rua A, 1",São Paulo,SP,01310-100,{CPF}',
    ),
    "plain": (
        "Nome;CPF;Logradouro;Número;Cidade;UF;CEP;Estado civil",
        "Ana Lima;529.982.247-25;Rua A;1;São Paulo;SP;01310-100;solteira",
    ),
}


def read(folder: Path, content: str, name: str = "a.csv") -> tuple[str, list[ContactRecord]]:
    path = folder / name
    path.write_text(content)
    found = open_contacts(path)
    assert not isinstance(found, Refusal), found
    return found.layout, list(found.records())


@pytest.mark.parametrize("layout", HEADERS)
def test_each_program_brings_the_address_and_the_document(tmp_path: Path, layout: str) -> None:
    header, cells = HEADERS[layout]
    found, (one,) = read(tmp_path, f"{header}\n{cells}\n")
    assert (found, one.name) == (layout, "Ana Lima")
    assert one.address == Postal("Rua A, 1", "São Paulo", "SP", "01310100")
    assert one.document == (CPF if "CPF" in header else "")
    assert one.errors == ()
    assert one.warnings == ()


def test_an_address_of_one_place_is_never_mixed_with_another() -> None:
    header = [
        heading(h) for h in ("Business Street", "Home City", "Cidade do endereço comercial", "Company City")
    ]
    assert places(header, ()) == (
        {Part.STREET: (0,), Part.CITY: (2,)},
        {Part.CITY: (1,)},
    )


@pytest.mark.parametrize(
    "text", ["E-mail address", "Região", "Estado civil", "Status", "Número", "Site address", ""]
)
def test_what_is_no_address(text: str) -> None:
    assert places([heading(text)], ()) == ()


@pytest.mark.parametrize(
    ("text", "holds"),
    [("CPF/CNPJ", True), ("CNPJ da empresa", True), ("Nº do documento", False), ("RG", False)],
)
def test_which_columns_hold_documents(text: str, holds: bool) -> None:
    assert is_document(heading(text)) is holds


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("529.982.247-25", CPF),
        ("12.ABC.345/01DE-35", LETTERS),
        ("isento", ""),
        ("000.000.000-00", ""),
        ("-", ""),
    ],
)
def test_documents_are_kept_without_their_mask(tmp_path: Path, typed: str, kept: str) -> None:
    _, (one,) = read(tmp_path, f"Nome;Documento;Telefone\nAna Lima;{typed};1133334444\n")
    assert (one.document, one.errors) == (kept, ())


def test_noughts_that_a_spreadsheet_cut_off_are_put_back(tmp_path: Path) -> None:
    _, (one,) = read(tmp_path, "Nome;CPF;CEP\nAna Lima;1234567890;1310100\n")
    assert one.document == "01234567890"
    assert one.address == Postal(None, None, None, "01310100")


def test_a_wrong_document_is_an_error_of_its_line(tmp_path: Path) -> None:
    _, rows = read(tmp_path, "Nome;CPF\nAna Lima;529.982.247-26\nBia;529.982.247-25\n")
    assert [row.line for row in rows if row.errors] == [2]
    assert rows[0].errors[0].params == {"document": "529.982.247-26"}


def test_a_cnpj_is_the_companys_where_there_is_one(tmp_path: Path) -> None:
    _, rows = read(
        tmp_path,
        f"Nome;Empresa;CNPJ;Telefone\nAna;Aurora;{CNPJ};1133334444\nAurora;;{CNPJ};\n;Aurora;{CNPJ};\n",
    )
    assert [(r.name, r.company, r.document, r.company_document) for r in rows] == [
        ("Ana", "Aurora", "", CNPJ),
        ("Aurora", "", CNPJ, ""),
        ("Aurora", "", CNPJ, ""),
    ]


def test_a_postcode_that_is_none_goes_to_the_notes_with_a_warning(tmp_path: Path) -> None:
    _, (one,) = read(tmp_path, "Nome;Cidade;CEP\nAna;Recife;123\n")
    assert one.address == Postal(None, "Recife", None, None)
    assert (one.notes, [w.params["value"] for w in one.warnings]) == ("123", ["123"])


def test_a_card_brings_its_preferred_address(tmp_path: Path) -> None:
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Lima\nADR;TYPE=WORK:;;Av. B 9;Recife;PE;50000-000;Brasil\n"
        "ADR;TYPE=HOME,PREF:;ap. 2;Rua A\\, 1;São Paulo;SP;01310-100;Brasil\nEND:VCARD\n"
    )
    _, (one,) = read(tmp_path, card, "a.vcf")
    assert one.address == Postal("Rua A, 1, ap. 2", "São Paulo", "SP", "01310100")


def test_the_sheet_of_columns_shows_them_and_a_layout_of_ones_own_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Nome;CPF;Logradouro;Bairro;Cidade;Trabalho cidade\nAna;52998224725;Rua A;Sé;São Paulo;Recife\n"
    )
    shown = columns_of(path, MapKind.PEOPLE, [])
    assert not isinstance(shown, Refusal)
    fields = [(column.heading, column.field) for column in shown]
    assert [field for _, field in fields] == ["name", "document", "street", "street", "city", ""]
    columns = tuple(Column(*pair) for pair in fields if pair[1])
    layout = ImportMap("meu", MapKind.PEOPLE, columns, (("state", "SP"),))
    found = open_contacts(path, maps=[layout], only=True)
    assert not isinstance(found, Refusal)
    (one,) = found.records()
    assert (one.document, one.address) == (CPF, Postal("Rua A, Sé", "São Paulo", "SP", None))
