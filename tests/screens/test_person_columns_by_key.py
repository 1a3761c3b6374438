"""Fields of one's own of people as columns of Pessoas: chosen, sorted by, in a saved view, in a file. (M48)"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.filter_tree import Place
from crm_tui.domain.form import QuestionType
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views as filters
from crm_tui.services.form import views as forms
from crm_tui.services.form.commands import AddForm, AddQuestion, DeactivateForm, EditQuestion, FillPerson
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
LABEL = "[bold]Porte[/]"
SHORT = "[bold]Port"
"""What is left of it in a narrow column."""
KNOWN = ("Padaria Aurora", "Academia Corpo em Movimento")


@pytest.fixture
def sizes(demo_db: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two fields of people, known of two; words and labels are traps."""
    monkeypatch.setenv("HOME", str(tmp_path))
    admin = open_crm(demo_db, "admin", clock)
    form = admin.run(AddForm(name="Perfil", on_person=True)).entity_id
    assert form is not None
    admin.run(AddQuestion(form=form, label="Caixas", type=QuestionType.INT))
    admin.run(AddQuestion(form=form, label=LABEL))
    for name, size, tills in zip(KNOWN, ("[red]Médio[/]", "=1+1"), ("12", "3"), strict=True):
        (party,) = admin.store.reader().execute("SELECT id FROM party WHERE name = ?", (name,)).fetchone()
        admin.run(FillPerson(party=party, form=form, answers={"bold_porte": size, "caixas": tills}))
    admin.store.close()
    return demo_db


async def with_columns(ana: Operator) -> None:
    """Pessoas with both fields in front, the size before the tills."""
    await ana.press("4")
    await ana.type("com:campo.caixas")
    await ana.press("enter", "s", "l")
    await ana.sees("Colunas da lista")
    await ana.press("G", "up", "space", "K", "K", "K", "G", "space", "K", "K", "K", "K")
    await ana.sees(f"1  {LABEL}", "2  Caixas")
    await ana.press("enter")
    await ana.gone("Colunas da lista")


def heads(ana: Operator) -> str:
    """The line of the headings."""
    return next(line for line in ana.lines() if line.strip().startswith("Pessoa "))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_a_field_of_ones_own_is_a_column_and_the_list_stands_by_it(
    sizes: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(sizes, clock=clock, size=size) as ana:
        await with_columns(ana)
        await ana.sees(SHORT, "[red]Médio[", "=1+1")
        await ana.press("s")
        await ana.sees(f"1  {LABEL}", "2  Caixas")
        await ana.press("2")
        await ana.sees("ordem:campo.caixas")
        rows = [line for line in ana.lines() if "=1+1" in line or "[red]" in line]
        assert "=1+1" in rows[0]
        await ana.press("s", "2")
        await ana.sees("ordem:campo.caixas-")
        rows = [line for line in ana.lines() if "=1+1" in line or "[red]" in line]
        assert "[red]" in rows[0]
    async with at_work(sizes, clock=clock, size=size) as ana:  # kept for the operator
        await ana.press("4")
        await ana.sees(SHORT)


async def test_the_file_of_the_list_has_the_fields_that_it_shows(
    sizes: Path, clock: Clock, tmp_path: Path
) -> None:
    async with at_work(sizes, clock=clock) as ana:
        await with_columns(ana)
        await ana.press("s", "x", "ctrl+u")
        await ana.type("~/p.csv")
        await ana.press("ctrl+s")
        await ana.sees("2 linhas em ")
    with (tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert list(rows[0])[:3] == ["Nome", LABEL, "Caixas"]
    assert {row["Nome"]: (row[LABEL], row["Caixas"]) for row in rows} == {
        KNOWN[0]: ("[red]Médio[/]", "12"),
        KNOWN[1]: ("'=1+1", "3"),
    }


async def test_a_view_keeps_such_a_column_and_one_that_is_gone_is_left_out(
    sizes: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    async with at_work(sizes, clock=clock, size=(120, 36)) as ana:
        await with_columns(ana)
        await ana.press("v", "f2")
        await ana.sees("Salvar visão")
        await ana.type("Portes")
        await ana.press("tab", "tab")
        await ana.type("4")
        await ana.press("ctrl+s")
        await ana.sees("visão salva")
        view = crm_as("ana").read(filters.by_digit, Place.PEOPLE, 4)
        assert view.found.columns[:2] == ("campo.bold_porte", "campo.caixas")
        await ana.press("escape", "s", "l", "f8", "enter")
        await ana.until(lambda: SHORT not in heads(ana), "the usual columns")
        await ana.press("v", "4")
        await ana.until(lambda: SHORT in heads(ana), "the columns of the view")
        admin = crm_as("admin")
        (question,) = (
            admin.store.reader().execute("SELECT id FROM field_def WHERE key = 'bold_porte'").fetchone()
        )
        admin.run(EditQuestion(question=question, label="Tamanho"))
        await ana.until(lambda: "Tamanho" in heads(ana), "called otherwise")
        (form,) = admin.store.reader().execute("SELECT id FROM form WHERE on_person").fetchone()
        admin.run(DeactivateForm(form=form))
        await ana.until(lambda: "Tamanho" not in heads(ana), "gone")
        assert admin.read(forms.own_of_people) == []


def known(ana: Operator, key: str) -> list[object]:
    """What the first two of the list have in the field."""
    ids = list(ana.app.screen.list.keys[:2])  # type: ignore[attr-defined]
    found = ana.crm.read(forms.own_values, ids, [key])
    return [found[each][key][1] if key in found.get(each, {}) else None for each in ids]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_a_field_of_ones_own_is_changed_of_all_that_are_marked_and_u_takes_it_back(
    sizes: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(sizes, clock=clock, size=size) as ana:
        await ana.press("4")
        await ana.type("com:campo.caixas ordem:campo.caixas")
        await ana.press("enter", "asterisk")
        await ana.sees("2 marcado")
        await ana.press("semicolon")
        await ana.sees(f"2  {LABEL}", "[red]Médio[/] (1)", "Dono")
        await ana.press("2")
        await ana.sees("Alterar 2 pessoas", "agora: ")
        await ana.type("=[b]Novo")
        await ana.press("ctrl+s")
        await ana.sees("2 pessoas alteradas")
        assert known(ana, "bold_porte") == ["=[b]Novo"] * 2
        assert known(ana, "caixas") == [3, 12]
        await ana.press("u")
        await ana.until(lambda: known(ana, "bold_porte") == ["=1+1", "[red]Médio[/]"], "as they were")


async def test_a_field_is_emptied_of_those_who_have_it_and_who_is_refused_stays_marked(
    sizes: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    admin = crm_as("admin")
    (party,) = admin.store.reader().execute(
        "SELECT id FROM party WHERE name = 'Clínica Sorriso'"
    ).fetchone() or (0,)
    assert party
    async with at_work(sizes, clock=clock) as ana:
        await ana.press("4", "escape")
        await ana.sees("50+")
        people = ana.app.screen.list  # type: ignore[attr-defined]
        ids = [
            row[0]
            for name in KNOWN
            for row in admin.store.reader().execute("SELECT id FROM party WHERE name = ?", (name,))
        ]
        people.set_marks([*ids, party])
        await ana.press("semicolon", "1")
        await ana.sees("Alterar 3 pessoas", "vazio (1)")
        await ana.type("muitas")
        await ana.press("ctrl+s")
        await ana.sees("Nada foi gravado")
        await ana.press("ctrl+u", "ctrl+s")
        await ana.sees("2 pessoas alteradas")
        found = admin.read(forms.own_values, [*ids, party], ["caixas"])
        assert found == {}


async def test_what_was_typed_for_many_waits_among_the_drafts(sizes: Path, clock: Clock) -> None:
    async with at_work(sizes, clock=clock) as ana:
        await ana.press("4")
        await ana.type("com:campo.caixas")
        await ana.press("enter", "asterisk", "semicolon", "2")
        await ana.sees("Alterar 2 pessoas")
        await ana.type("Enorme")
        await ana.press("escape", "semicolon", "2")
        await ana.sees("Alterar 2 pessoas", "Enorme")
        await ana.press("escape", "semicolon", "1")
        await ana.sees("Alterar 2 pessoas")
        assert "Enorme" not in ana.text()
        await ana.press("escape", "d")
        await ana.sees("Pareceres a concluir", "Enorme")
        await ana.press("enter")
        await ana.sees("Alterar 2 pessoas", "agora: ", "Enorme")
        await ana.press("ctrl+s")
        await ana.sees("2 pessoas alteradas")
