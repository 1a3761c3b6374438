"""Forms drawn up by keyboard in the settings: questions, conditions, order, preview. (B64, B65)"""

from __future__ import annotations

from pathlib import Path

from crm_tui.services.form import views
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work


async def at_forms(admin: Operator) -> None:
    """Settings, on the shelf's Forms, the cursor among the records."""
    await admin.press("comma")
    at = next(n for n, register in enumerate(admin.app.registers, 1) if register.name == "forms")
    await admin.press(*["down"] * at, "right")
    await admin.sees("Levantamento da l")


def questions(admin: Operator, form: str) -> list[str]:
    found = next(o.value for o in admin.crm.read(views.pick_form, "") if o.label == form)
    return [question.label for question in admin.crm.read(views.preview, found).questions]


async def test_a_form_is_drawn_up_from_nothing_and_shown_as_it_will_be(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await ana.press("comma")
        at = next(n for n, register in enumerate(ana.app.registers, 1) if register.name == "forms")
        await ana.press(*["down"] * at, "right", "n")
        await ana.sees("New form")
        await ana.type("Visita")
        await ana.press("ctrl+s")
        await ana.sees("0 questions")
        await ana.press("o", "q", "n")
        await ana.sees("New question")
        await ana.type("Decidiu?")
        await ana.press("tab")
        await ana.type("yes")
        await ana.press("ctrl+n")
        await ana.sees("New question", "1 saved")
        await ana.type("Quando?")
        await ana.press("tab")
        await ana.type("date")
        await ana.press("tab", "tab")
        await ana.type("dec")
        await ana.press("tab")
        await ana.type("yes")
        await ana.press("ctrl+s")
        await ana.sees("Decidiu?: yes")
        assert questions(ana, "Visita") == ["Decidiu?", "Quando?"]
        await ana.press("escape", "o", "p")
        await ana.sees("Decidiu?", "preview: nothing is kept")
        assert "Quando?" not in ana.lines()[-3]
        await ana.press("1", "tab")
        await ana.sees("Quando?")
        await ana.press("ctrl+s")
        await ana.sees("This is a preview")
        await ana.press("escape")
        assert ana.crm.drafts.count() == 0


async def test_questions_are_reworded_ordered_and_removed_by_their_keys(demo_db: Path, clock: Clock) -> None:
    form = "Levantamento da loja"
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await at_forms(admin)
        await admin.press("down", "o", "q", "home")
        await admin.sees("Quantos caixas?")
        await admin.press("e", "end", "backspace")
        await admin.type(" ao todo?")
        await admin.press("ctrl+s")
        await admin.sees("Quantos caixas a")
        await admin.press("home")
        await admin.press("J")
        assert questions(admin, form)[:2] == ["Usa TEF?", "Quantos caixas ao todo?"]
        await admin.press("home", "x")
        await admin.sees("Not done", "asked only after this one")
        await admin.press("escape", "end", "x")
        await admin.sees("Observações da visita removed")
        await admin.press("u")
        await admin.sees("Undone")
        assert questions(admin, form)[-1] == "Observações da visita"


async def test_a_question_begun_among_those_of_one_form_does_not_come_up_among_those_of_another(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await at_forms(admin)
        await admin.press("o", "q", "n")
        await admin.sees("New question", "Qualificação")
        await admin.type("Porte")
        await admin.press("escape")
        await admin.press("escape", "down", "o", "q")
        await admin.sees("Questions  Levantamento da loja")
        await admin.press("n")
        await admin.sees("New question")
        form = admin.app.screen.raw()  # type: ignore[attr-defined]
        assert form["label"] == ""
        assert form["form"] == "#2"
        await admin.press("escape", "escape", "up", "o", "q", "n")
        await admin.sees("Porte", "Taken up from your draft")
