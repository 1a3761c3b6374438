"""With whom one spoke, by keyboard: said in the head, another chosen or made in place; files of the next step. (T31)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.board import views as boards
from crm_tui.services.followup import views as followups
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def card(ana: Operator) -> int:
    """OP-0113, on which ana's list opens: of Restaurante Dona Benta, for which Benta Carvalho speaks."""
    return int(ana.crm.read(boards.find, "OP-0113")[0].id)


async def test_the_head_says_with_whom_and_another_is_made_without_leaving(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.sees("Restaurante Dona Benta, com Benta Carvalho")
        await ana.type("A filha atendeu.")
        await ana.press("ctrl+g", "m")
        await ana.sees("Falei com")
        await ana.type("Paula Nova")
        await ana.sees("+ Novo contato Paula Nova")
        await ana.press("up", "enter")
        await ana.sees("Nova pessoa", "Paula Nova", "Restaurante Dona Benta")
        await ana.type("41 99888-7766")
        await ana.press("ctrl+s")
        await ana.gone("Nova pessoa")
        await ana.sees("Restaurante Dona Benta, com Paula Nova", "A filha atendeu.", "Pessoa cadastrada")
        assert "u desfaz" not in ana.text(), "u is a letter here"
        await ana.press("shift+tab")
        while_there = ana.app.screen.inputs["contact"]  # type: ignore[attr-defined]
        assert while_there.has_focus
        await ana.press("f4")
        await ana.press("1", "tab")
        await ana.type("sex 14h")
        await ana.press("ctrl+s")
        await ana.sees("gravado")
        planned, done = (
            next(s for s in ana.crm.read(followups.steps_of_card, card(ana)) if s.state == state)
            for state in ("planned", "done")
        )
        assert planned.contact == "Paula Nova"
        entry = next(e for e in ana.crm.read(trails.of_card, card(ana)) if e.kind == "note.filed")
        assert entry.params["spoken_with"] == "Paula Nova"
        assert done.state == "done"


async def test_leaving_the_new_contact_leaves_the_parecer_as_it_was(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p", "ctrl+g", "m")
        await ana.type("Paula")
        await ana.press("up", "enter")
        await ana.sees("Nova pessoa")
        await ana.press("escape")
        await ana.gone("Nova pessoa")
        await ana.sees("com Benta Carvalho")
        field = ana.app.screen.inputs["contact"]  # type: ignore[attr-defined]
        assert field.value.label == "Benta Carvalho"


async def test_letters_that_find_nobody_make_nobody_by_saving(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Falei.")
        await ana.press("tab", "1", "ctrl+g", "m")
        await ana.type("Zzyx Qwort")
        await ana.press("ctrl+s")
        await ana.sees("Não há “Zzyx Qwort”")
        assert ana.app.screen.inputs["contact"].wrong  # type: ignore[attr-defined]


async def test_emptied_it_is_nobody_and_a_draft_keeps_that(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Deixei recado.")
        await ana.press("ctrl+g", "m", "backspace")
        await ana.gone("com Benta Carvalho")
        await ana.press("escape")
        await ana.sees("¶3")
        await ana.press("p")
        await ana.sees("Deixei recado.", "Falei com")
        assert "com Benta Carvalho" not in ana.lines()[0]
        await ana.press("f4", "1", "ctrl+s")
        await ana.sees("gravado")
        entry = next(e for e in ana.crm.read(trails.of_card, card(ana)) if e.kind == "note.filed")
        assert entry.params["spoken_with"] == ""


async def test_a_file_of_the_next_step_is_counted_kept_by_the_draft_and_goes_with_the_step(
    demo_db: Path, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "roteiro.txt").write_bytes(b"1. ouvir")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Vamos visitar.")
        await ana.press("ctrl+g", "x")
        await ana.type(f"{tmp_path}/roteiro.txt")
        await ana.press("enter")
        await ana.sees("1 anexo para o próximo passo", "roteiro.txt anexado")
        await ana.press("tab", "1", "ctrl+s")
        await ana.sees("Não há próximo passo para os anexos: diga quando ele é")
        await ana.press("escape")
        await ana.sees("¶3")
        await ana.press("p")
        await ana.sees("1 anexo para o próximo passo")
        await ana.press("f4")
        await ana.type("sex 14h")
        await ana.press("ctrl+s")
        await ana.sees("gravado")
        steps = ana.crm.read(followups.steps_of_card, card(ana))
        assert [(s.state, s.files) for s in steps if s.files] == [("planned", 1)]


async def test_undone_the_parecer_comes_back_with_what_was_said_beside_it(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Falei ontem.")
        await ana.press("tab", "1", "tab")
        await ana.type("sex 14h")
        await ana.press("ctrl+g", "m", "backspace", "tab", "tab")
        await ana.type("ontem 9h")
        await ana.press("tab")
        await ana.type("9:40")
        await ana.press("ctrl+s")
        await ana.sees("gravado")
        await ana.press("u")
        await ana.sees("Desfeito")
        await ana.press("up", "p")
        await ana.sees("Falei ontem.", "Falei com", "09:00", "09:40", "14:00")
        raw = {name: w.raw for name, w in ana.app.screen.inputs.items()}  # type: ignore[attr-defined]
        assert raw["contact"] == ""


async def test_the_contact_of_a_card_is_chosen_among_those_of_its_account_or_made_there(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        ana.app.screen.go("edit_card", card=card(ana), field="contact")  # type: ignore[attr-defined]
        await ana.sees("Editar cartão", "Benta Carvalho")
        await ana.type("Rui Novo")
        await ana.press("up", "enter")
        await ana.sees("Nova pessoa", "Restaurante Dona Benta")
        await ana.press("ctrl+s")
        await ana.gone("Nova pessoa")
        await ana.press("ctrl+s")
        await ana.gone("Editar cartão")
        assert ana.crm.read(boards.detail, card(ana)).contact == "Rui Novo"
