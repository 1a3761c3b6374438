"""People's fields of one's own in an import by keyboard: seen in the preview, mapped, defaulted. (M48, M113)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crm_tui.domain.form import QuestionType, Value
from crm_tui.domain.outcome import Done
from crm_tui.services.form import views as forms
from crm_tui.services.form.commands import AddForm, AddQuestion
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work
from tests.screens.test_import_mapping import importing


def ask(ana: Operator, label: str, **more: Any) -> None:
    crm = ana.crm
    form = crm.store.reader().execute("SELECT id FROM form WHERE name = 'Loja'").fetchone()
    if form is None:
        made = crm.run(AddForm(name="Loja", on_person=True))
        assert isinstance(made, Done)
        form = (made.entity_id,)
    assert isinstance(crm.run(AddQuestion(form=form[0], label=label, **more)), Done)


def known(ana: Operator, name: str) -> dict[str, Value | None]:
    party = ana.crm.store.reader().execute("SELECT id FROM party WHERE name = ?", (name,)).fetchone()[0]
    found = ana.crm.read(forms.of_person, party)
    return {field.question.key: field.value for form in found for field in form.fields}


async def test_columns_of_own_fields_are_seen_in_the_preview_and_kept(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "lojas.csv"
    rows = (
        "Nome;Zap;Porte;Desde\nRaro Nome;11 98888-7777;grande;03/02/2024\nOutro Raro;11 97777-6666;Enorme;\n"
    )
    file.write_text(rows, encoding="utf-8")
    async with at_work(empty_db, clock=clock, size=(120, 36)) as ana:
        ask(ana, "Porte", type=QuestionType.CHOICE, options="Pequeno, Grande")
        ask(ana, "Desde", type=QuestionType.DATE)
        await importing(ana, file)
        await ana.sees("2 new", "Porte: Grande, Desde: 03/02/2024", "Porte: “Enorme” is none of")
        await ana.press("ctrl+s")
        await ana.sees("2 new   u undoes")
        assert known(ana, "Raro Nome") == {"porte": "Grande", "desde": "2024-02-03"}
        assert known(ana, "Outro Raro") == {"porte": None, "desde": None}
        await ana.press("u")
        reader = ana.crm.store.reader
        await ana.until(
            lambda: reader().execute("SELECT count(*) FROM form_response").fetchone()[0] == 0,
            "the answers are still there",
        )


async def test_own_fields_are_offered_for_a_column_read_the_other_way_and_given_to_rows_without(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "feira.csv"
    file.write_text("Quem é;Zap;Visto\nRaro Nome;11 98888-7777;03/02/2024\n", encoding="utf-8")
    async with at_work(empty_db, clock=clock, size=(120, 36)) as ana:
        ask(ana, "Desde", type=QuestionType.DATE)
        ask(ana, "Porte", type=QuestionType.CHOICE, options="Pequeno, Grande")
        await importing(ana, file)
        await ana.sees("f4 says")
        await ana.press("f4")
        await ana.sees("What the columns mean", "whatsapp")
        await ana.press("enter")
        await ana.sees("document")
        await ana.press("enter")  # name is the first
        await ana.sees("1 new")
        await ana.press("down", "down", "enter", "end", "up", "up")  # the last is to leave it out
        await ana.sees("Desde", "Porte", "left out")
        await ana.press("enter")
        await ana.sees("day/month")
        await ana.press("f5", "f5")
        await ana.sees("month/day, as was said: 03/02/2024 is Sat 02/03/2024")
        await ana.press("down", "f6", "end", "enter")
        await ana.sees("Where the file says nothing", "Porte")
        await ana.type("enorme")
        await ana.press("ctrl+s")
        await ana.sees("“enorme” is none of: Pequeno, Grande.")
        await ana.press(*["backspace"] * 6)
        await ana.type("grande")
        await ana.press("ctrl+s")
        await ana.sees("blank: grande")
        await ana.press("ctrl+s")
        await ana.sees("Kept as the layout feira", "Desde: 02/03/2024", "Porte: Grande")
        await ana.press("ctrl+s")
        await ana.sees("1 new   u undoes")
        assert known(ana, "Raro Nome") == {"porte": "Grande", "desde": "2024-03-02"}
        columns, defaults = (
            ana.crm.store.reader().execute("SELECT columns, defaults FROM import_layout").fetchone()
        )
        assert columns == "Quem é = name\nZap = whatsapp\nVisto = field.desde, month first"
        assert defaults == "field.porte = grande"
