"""Whose database it is: said by who may set up, checked, in the trail, taken back, in no copy of it lost. (M105)"""

from __future__ import annotations

import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

from house import House, do

from crm_tui.connectors import tables_out
from crm_tui.domain.export import Format, What, chosen
from crm_tui.domain.outcome import Refusal
from crm_tui.services.access import views
from crm_tui.services.access.commands import EditCompany
from crm_tui.services.trail import views as trail
from crm_tui.services.trail.commands import UndoBatch


def test_the_company_is_named_once_changed_field_by_field_and_undone(house: House) -> None:
    ana = house.open()
    assert ana.read(views.company).name == ""
    first = do(ana, EditCompany(name="  Casa   Nova ", document="11.222.333/0001-81"))
    found = ana.read(views.company)
    assert (found.name, found.document, found.legal_name) == ("Casa Nova", "11222333000181", "")
    done = do(ana, EditCompany(legal_name="Casa Nova Ltda.", version=found.version))
    assert ana.read(views.company).name == "Casa Nova"
    assert ana.read(views.company).legal_name == "Casa Nova Ltda."
    assert [e.kind for e in ana.read(trail.everything, most=2)] == ["company.changed"] * 2
    do(ana, UndoBatch(batch=done.batch))
    assert ana.read(views.company)[:3] == found[:3]
    do(ana, UndoBatch(batch=first.batch))
    assert ana.read(views.company).version is None


def test_a_wrong_document_and_a_company_changed_meanwhile_are_refused(house: House) -> None:
    ana = house.open()
    refused = ana.run(EditCompany(document="11.222.333/0001-80"))
    assert isinstance(refused, Refusal)
    assert refused.fields == ("document",)
    do(ana, EditCompany(name="Uma"))
    seen = ana.read(views.company).version
    do(ana, EditCompany(name="Outra"))
    assert isinstance(ana.run(EditCompany(name="Terceira", version=seen)), Refusal)
    assert ana.read(views.company).name == "Outra"


def test_a_logo_is_drawn_in_a_few_lines_and_a_larger_one_is_refused(house: House) -> None:
    ana = house.open()
    do(ana, EditCompany(name="Casa Nova", logo="\n\n    /\\\n   /__\\  \x1b[31m\n\n"))
    assert ana.read(views.company).logo.splitlines()[:1] == [" /\\"]
    assert "\x1b" not in ana.read(views.company).logo
    for large in ("x\n" * 6, "x" * 37):
        refused = ana.run(EditCompany(logo=large))
        assert isinstance(refused, Refusal)
        assert refused.fields == ("logo",)
    do(ana, EditCompany(logo=""))
    assert ana.read(views.company).logo == ""
    assert ana.read(views.company).name == "Casa Nova"


def test_a_workbook_says_whose_it_is(house: House, tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    tables_out.write(
        path,
        chosen(What.PEOPLE, ("name",)),
        [("Alice",)],
        Format.XLSX,
        zone=ZoneInfo("UTC"),
        database=house.path,
        before=lambda _: None,
        company="Casa Nova",
    )
    assert b"<Company>Casa Nova</Company>" in zipfile.ZipFile(path).read("docProps/app.xml")
