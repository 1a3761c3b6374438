"""Layouts of imports that somebody made: which column is which, and what rows are given besides. (M113)"""

from __future__ import annotations

from pathlib import Path

from crm_tui.connectors.contacts import open_contacts
from crm_tui.domain import import_map
from crm_tui.domain.import_map import ImportMap, MapKind
from crm_tui.domain.outcome import Refusal


def _map(columns: str, defaults: str = "") -> ImportMap:
    found = import_map.read("Feira", MapKind.PEOPLE, columns, defaults)
    assert isinstance(found, ImportMap)
    return found


def _names(path: Path, layout: ImportMap) -> list[tuple[str, str, int]]:
    found = open_contacts(path, None, [layout])
    assert not isinstance(found, Refusal)
    return [(r.name, r.company, len(r.warnings)) for r in found.records()]


def test_names_that_repeat_are_read_by_their_order_and_title_rows_stand_above(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("Relatório\n\nNome;NOME;Zap\nSol;Ana;1\nLua;Bia;2\n", encoding="utf-8")
    assert _names(file, _map("nome = empresa\nnome = nome")) == [("Ana", "Sol", 0), ("Bia", "Lua", 0)]


def test_a_layout_stands_before_what_we_know_and_rows_too_wide_are_still_doubted(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("Nome;Empresa\nSol;Ana;sobra\nLua;Bia\n;Cid\n", encoding="utf-8")
    layout = _map("Empresa = nome\nNome = empresa", "empresa = Céu")
    assert _names(file, layout) == [("Ana", "Sol", 1), ("Bia", "Lua", 0), ("Cid", "Céu", 0)]


def test_the_lines_of_a_layout_are_read_as_they_are_written() -> None:
    layout = _map("a = b = nome\nc = e-mail", "cargo = Dono = sócio")
    assert layout.columns == (("a = b", "name", ""), ("c", "email", ""))
    assert layout.defaults == (("title", "Dono = sócio"),)
    kind = layout.kind
    again = _map(import_map.written(kind, layout.columns), import_map.written_defaults(kind, layout.defaults))
    assert again == layout
