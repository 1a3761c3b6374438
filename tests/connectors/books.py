"""XLSX files made by hand, so that a test can lie in them: one sheet, its XML as given or of plain rows of text."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _rels(kind: str, target: str) -> str:
    one = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELS}">{one}</Relationships>'


def of_xml(path: Path, data: str, more: Mapping[str, bytes] = {}) -> Path:
    """A workbook of one sheet whose XML is `data`, and `more` parts beside it."""
    sheet = '<sheet name="Folha" sheetId="1" r:id="rId1"/>'
    parts = {
        "_rels/.rels": _rels("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheet}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _rels("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{data}</worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, xml in parts.items():
            packed.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
        for name, held in more.items():
            packed.writestr(name, held)
    return path


def text(ref: str, value: str) -> str:
    """A cell of text."""
    return f'<c r="{ref}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def of_rows(path: Path, rows: Sequence[Sequence[str]], first: int = 1) -> Path:
    """A workbook of rows of text, the first of them in line `first`; an empty cell is left out."""
    made = [
        f'<row r="{n}">{"".join(text(f"{chr(65 + i)}{n}", cell) for i, cell in enumerate(row) if cell)}</row>'
        for n, row in enumerate(rows, first)
    ]
    return of_xml(path, f"<sheetData>{''.join(made)}</sheetData>")
