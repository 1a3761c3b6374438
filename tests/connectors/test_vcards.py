"""vCards as telephones and mail programs write them, several in a file, in a folder, and broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.connectors.contacts import ContactRecord, open_contacts
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.party import ContactKind
from crm_tui.i18n import say

MOBILE, LANDLINE, WHATSAPP = ContactKind.MOBILE, ContactKind.PHONE, ContactKind.WHATSAPP

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Concei=C3=A7=C3=A3o;Jo=C3=A3o;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jo=C3=A3o da =
Concei=C3=A7=C3=A3o
TEL;CELL;PREF:11 98765-4321
TEL;WORK;FAX:1133334444
EMAIL;INTERNET:joao@exemplo.com
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wCEAAkGBw8PDw8PDw8PDw8P
 DQ8NDw8PDw8NDQ8NFREWFhURFRUYHSggGBolGxUVITEhJSkrLi4uFx8zODMs
 BEGINNEN

END:VCARD
"""
MIDDLE = """BEGIN:VCARD
VERSION:3.0
N:Prado;Marina;de;;
FN:Marina de Prado
ORG:Padaria Aurora\\, Filial;Compras
TITLE:Sócia
item1.TEL:+55 21 97777-1234
item1.X-ABLabel:WhatsApp
TEL;TYPE=WORK,VOICE:(21) 3333-4444
EMAIL;TYPE=INTERNET:marina@aurora.example
NOTE:prefere manhã\\nligar antes
END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
FN:Beto Rocha
TEL;VALUE=uri;TYPE="voice,home":tel:+55-11-97777-0001;ext=7
EMAIL:beto@rocha.example
END:VCARD
"""


def read(path: Path) -> list[ContactRecord]:
    found = open_contacts(path)
    assert not isinstance(found, Refusal), found
    assert found.layout == "vCard"
    return list(found.records())


def card(folder: Path, content: str, name: str = "cards.vcf", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.replace("\n", "\r\n").encode(encoding))
    return path


def test_a_card_of_an_old_telephone_is_read_without_its_picture(tmp_path: Path) -> None:
    assert read(card(tmp_path, OLD)) == [
        ContactRecord(1, "João da Conceição", "", "", ((MOBILE, "11 98765-4321"),), ("joao@exemplo.com",), "")
    ]


def test_a_card_of_the_third_version_with_labels_and_escapes(tmp_path: Path) -> None:
    (marina,) = read(card(tmp_path, MIDDLE))
    assert (marina.name, marina.company, marina.title) == (
        "Marina de Prado",
        "Padaria Aurora, Filial",
        "Sócia",
    )
    assert marina.phones == ((WHATSAPP, "+55 21 97777-1234"), (LANDLINE, "(21) 3333-4444"))
    assert (marina.emails, marina.notes) == (("marina@aurora.example",), "prefere manhã\nligar antes")


def test_a_card_of_the_fourth_version_gives_its_number_as_an_address(tmp_path: Path) -> None:
    (beto,) = read(card(tmp_path, NEW))
    assert (beto.name, beto.phones) == ("Beto Rocha", ((MOBILE, "+55-11-97777-0001"),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_many_cards_in_one_file_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    found = read(card(tmp_path, OLD + MIDDLE + "\n" + NEW, encoding=encoding))
    assert [(r.line, r.name) for r in found] == [
        (1, "João da Conceição"),
        (14, "Marina de Prado"),
        (27, "Beto Rocha"),
    ]


def test_a_broken_card_is_an_error_by_its_line_and_the_next_is_read(tmp_path: Path) -> None:
    nobody = "BEGIN:VCARD\nVERSION:3.0\nFN:\nEND:VCARD\n"
    nonsense = "BEGIN:VCARD\nVERSION:3.0\nthis is no property\nEND:VCARD\n"
    cut = "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\n"
    found = read(card(tmp_path, nobody + nonsense + cut + NEW + cut))
    assert [r.line for r in found] == [1, 5, 9, 12, 18]
    told = [say(r.errors[0]) if r.errors else "" for r in found]
    assert told[0] == "No name, phone or e-mail in this card."
    assert told[1].startswith("This card cannot be read: ")
    assert told[2] == told[4] == "This card is cut off: its end is missing."
    assert found[3].name == "Beto Rocha"


def test_a_folder_of_cards_is_one_import(tmp_path: Path) -> None:
    card(tmp_path, NEW, "b.vcf")
    card(tmp_path, OLD, "a.VCF")
    card(tmp_path, "BEGIN:VCARD\nFN:X\n", "c.vcf")
    (tmp_path / "notes.txt").write_text("no card", encoding="utf-8")
    found = read(tmp_path)
    assert [r.name for r in found] == ["João da Conceição", "Beto Rocha", ""]
    assert [say(r.errors[0]) for r in found if r.errors] == [
        "c.vcf, line 1: This card is cut off: its end is missing."
    ]


def test_a_card_without_end_takes_no_memory(tmp_path: Path) -> None:
    endless = "BEGIN:VCARD\nFN:X\nPHOTO:" + "A" * 3_000_000 + "\nNOTE:" + "b" * 3_000_000 + "\nEND:VCARD\n"
    (found,) = read(card(tmp_path, endless))
    assert [say(why) for why in found.errors] == ["This card is too long (at most 1 MiB without pictures)."]


def test_links_that_lead_round_or_to_no_end_in_a_folder_are_passed_by(tmp_path: Path) -> None:
    card(tmp_path, OLD, "a.vcf")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "endless.vcf").symlink_to("/dev/zero")
    (tmp_path / "itself.vcf").symlink_to(tmp_path / "itself.vcf")
    assert [r.name for r in read(tmp_path)] == ["João da Conceição"]
