"""Files made to harm, through every reader of rows: refused or harmless, within caps of time and memory, in one
sentence."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_tui.connectors import delimited, vcards, workbook
from crm_tui.connectors.acts import open_acts
from crm_tui.connectors.contacts import open_contacts
from crm_tui.connectors.deals import open_deals
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import say
from tests.connectors.books import of_xml, text

HEAD = "Título;Etapa;Valor;Criado em;Contato;E-mail;Telefone;Data;Texto\n"
GOOD = "ok;b;2;01/02/2026;Ana;ana@x.com;11988887777;01/02/2026;oi\n"
SECONDS = 20
"""Of processor time: what is not quadratic takes a hundredth of it."""
MEGABYTES = 60

Reader = Callable[[Path], Any]
READERS: tuple[Reader, ...] = (open_contacts, open_deals, open_acts, lambda path: open_acts(path, notes=True))


@pytest.fixture(name="reader", params=READERS, ids=["people", "cards", "activities", "notes"])
def _reader(request: pytest.FixtureRequest) -> Reader:
    chosen: Reader = request.param
    return chosen


def all_of(reader: Reader, path: Path) -> tuple[str, list[Any]]:
    """Why it is refused, or its rows; fails where it takes too long or too much."""
    tracemalloc.start()
    begun = time.process_time()
    try:
        found = reader(path)
        rows = [] if isinstance(found, Refusal) else list(found.records())
        assert time.process_time() - begun < SECONDS
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES << 20
    finally:
        tracemalloc.stop()
    return (say(found.reason) if isinstance(found, Refusal) else "", rows)


def csv(folder: Path, *rows: str | bytes, head: str = HEAD) -> Path:
    path = folder / "hostile.csv"
    with path.open("wb") as file:
        for row in (head, *rows):
            file.write(row.encode() if isinstance(row, str) else row)
    return path


@pytest.mark.parametrize(
    "row",
    [
        '"' + "x" * 10_000_000 + '";b\n',
        "x" * 10_000_000 + ";b\n",
        '"never closed;b;1\n',
    ],
    ids=["a cell of 10 MB", "a line of 10 MB", "a quotation mark without end"],
)
def test_what_has_no_end_costs_one_row(tmp_path: Path, reader: Reader, row: str) -> None:
    told, rows = all_of(reader, csv(tmp_path, row, GOOD))
    assert told == ""
    assert [bool(one.errors) for one in rows] == [True, False]
    assert rows[1].line == 3


@pytest.mark.parametrize("blanks", [" ", "\t", " \n", "\u00a0", "("], ids=repr)
@pytest.mark.parametrize("column", range(9))
def test_a_long_run_in_any_cell_takes_no_longer_than_its_letters(
    tmp_path: Path, reader: Reader, column: int, blanks: str
) -> None:
    cells = GOOD.rstrip("\n").split(";")
    cells[column] = f'"{cells[column]}{blanks * (60_000 // len(blanks))}x"'
    told, rows = all_of(reader, csv(tmp_path, ";".join(cells) + "\n", GOOD))
    assert told == ""
    assert len(rows) == 2


@pytest.mark.parametrize("cell", ["1/" * 30_000, "1." * 30_000, "9" * 60_000, "R$ " * 20_000, "a@" * 30_000])
def test_what_is_no_date_and_no_amount_is_told_in_a_few_signs(tmp_path: Path, cell: str) -> None:
    for column in (2, 3):
        cells = GOOD.split(";")
        cells[column] = cell
        _, rows = all_of(open_deals, csv(tmp_path, ";".join(cells), GOOD))
        assert len(say(rows[0].errors[0])) < 120
        assert rows[1].errors == ()


def test_a_row_of_more_cells_than_a_spreadsheet_has_is_an_error_of_its_line(
    tmp_path: Path, reader: Reader
) -> None:
    _, rows = all_of(reader, csv(tmp_path, ";" * 400_000 + "\n", GOOD))
    assert [one.errors[:1] != () for one in rows] == [True, False]
    assert say(rows[0].errors[0]) == "A row has more than 16,384 cells."


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"], ids=repr)
def test_more_lines_than_a_spreadsheet_has_are_refused_unread(
    tmp_path: Path, reader: Reader, end: str
) -> None:
    told, _ = all_of(reader, csv(tmp_path, end * (delimited.MAX_ROWS + 1)))
    assert told.endswith("has more than 1,048,576 rows: split it.")


def test_controls_formulas_and_odd_bytes_stay_text(tmp_path: Path, reader: Reader) -> None:
    odd = b"=cmd|' /C calc'!A0\x00\x1b[2J;b;2;01/02/2026;+Ana\xc2\x9b;ana@x.com;11988887777;01/02/2026;@SUM(1)\n"
    _, rows = all_of(reader, csv(tmp_path, odd, GOOD))
    assert [one.errors for one in rows] == [(), ()]
    shown = repr(rows)
    assert not any(sign in shown for sign in ("\\x00", "\\x1b", "\\x9b"))


def test_a_utf_16_file_with_an_odd_byte_at_its_end_is_read(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "hostile.csv"
    path.write_bytes((HEAD + GOOD).encode("utf-16") + b"x")
    told, rows = all_of(reader, path)
    assert told == ""
    assert rows[0].errors == ()


def _book(folder: Path, strings: str, cells: str) -> Path:
    head = "".join(text(f"{chr(65 + i)}1", each) for i, each in enumerate(HEAD.strip().split(";")))
    data = f'<sheetData><row r="1">{head}</row>{cells}</sheetData>'
    return of_xml(tmp_file(folder), data, {"xl/sharedStrings.xml": strings.encode()})


def tmp_file(folder: Path) -> Path:
    return folder / "hostile.xlsx"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A{n}" t="s"><v>0</v></c>',
        """<c r="A{n}"t='s'><v>0</v></c>""",
        "<c t = 's' r='A{n}'><v> 0 </v></c>",
        '<c r="A{n}" t="s"><v>&#48;</v></c>',
        '<c r="A{n}" t="s"><v>9</v><v>0</v></c>',
        '<c r="A{n}" t="s"/>',
    ],
)
def test_one_long_text_in_many_cells_is_refused_before_it_is_copied(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    monkeypatch.setattr(workbook, "MAX_TEXT", 10_000_000)
    strings = f"<sst><si><t>{'y' * 60_000}</t></si></sst>"
    rows = "".join(f'<row r="{n}">{cell.format(n=n)}</row>' for n in range(2, 400))
    told, _ = all_of(reader, _book(tmp_path, strings, rows))
    assert told.endswith("unpacks to more than a sheet of contacts ever needs: it is refused.")


def test_a_long_text_beside_many_short_ones_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_TEXT", 10_000_000)
    strings = f"<sst><si><t>{'y' * 60_000}</t></si><si><t>ok</t></si></sst>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(2, 400))
    told, _ = all_of(open_deals, _book(tmp_path, strings, rows))
    assert told == ""


def test_entities_that_grow_are_refused(tmp_path: Path, reader: Reader) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    bomb += "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + "]>"
    strings = f"{bomb}<sst><si><t>&j;</t></si></sst>"
    told, _ = all_of(reader, _book(tmp_path, strings, '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'))
    assert told.endswith("is damaged or no spreadsheet: open it and save it as XLSX again.")


CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%s\r\n%sEND:VCARD\r\n"


@pytest.mark.parametrize("folded", [True, False])
def test_a_card_with_a_photo_of_a_hundred_megabytes_is_read_without_it(tmp_path: Path, folded: bool) -> None:
    path, line = tmp_path / "photo.vcf", b"A" * 98 + (b"\r\n " if folded else b"")
    with path.open("wb") as file:
        file.write(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nPHOTO;ENCODING=b:")
        for _ in range(100):
            file.write(line * 10_000)
        file.write(b"\r\nTEL:11988887777\r\nEND:VCARD\r\n" + CARD % (b"Bia", b""))
    told, rows = all_of(open_contacts, path)
    assert told == ""
    assert [(one.name, len(one.phones), one.errors) for one in rows] == [("Ana", 1, ()), ("Bia", 0, ())]


def test_a_card_of_hundreds_of_thousands_of_soft_line_breaks_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "soft.vcf"
    path.write_bytes(
        CARD % (b"Ana", b"NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n" + b"=\r\n" * 200_000) + CARD % (b"Bia", b"")
    )
    _, rows = all_of(open_contacts, path)
    assert [(one.name, len(one.errors)) for one in rows] == [("", 1), ("Bia", 0)]


def test_a_file_of_cards_has_its_own_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.vcf"
    path.write_bytes(b"".join(CARD % (b"P%d" % n, b"") for n in range(5)))
    monkeypatch.setattr(vcards, "MAX_ROWS", 3)
    _, rows = all_of(open_contacts, path)
    assert [one.name for one in rows] == ["P0", "P1", "P2", ""]
    assert say(rows[-1].errors[0]).startswith("There are more than 1,048,576 cards")
    monkeypatch.setattr(vcards, "MAX_BYTES", 100)
    told, _ = all_of(open_contacts, path)
    assert told.endswith("is larger than 0 MiB: split it.")
