"""The checklist and the files of an opened card by keyboard. (K28, K30)"""

from __future__ import annotations

import stat
from pathlib import Path

from crm_tui.services.followup import views as followups
from crm_tui.services.label import views
from crm_tui.services.note import views as notes
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

TO_FILES = ["right"] * 5


async def opened(ana: Operator) -> int:
    """Open the second card of Hoje, Padaria Aurora's; its id."""
    key = ana.crm.read(followups.queue).keys[1]
    await ana.press("down", "enter")
    await ana.sees("Timeline", "OP-0142")
    return int(key)


def texts(ana: Operator, card: int) -> list[str]:
    return [f"{'x' if t.done else '-'} {t.text}" for t in ana.crm.read(views.tasks, card)]


BEGUN = ["x Levantar os caixas", "x Ver as balanças na loja", "- Confirmar a migração do cadastro"]


async def test_t_in_hoje_and_on_the_board_opens_the_card_at_its_tasks(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down", "t")
        await ana.sees("[✓] Levantar os caixas", "Tasks 2/3")
        await ana.press("escape", "2")
        await ana.sees("Vendas")
        await ana.press("t")
        await ana.sees("No task yet: + adds one")


async def test_plus_adds_space_ticks_j_and_k_order_and_e_words_anew(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press("t", "plus")
        await ana.sees("New task", "Padaria Aurora")
        await ana.type("cobrar o sinal")
        await ana.press("enter")
        await ana.sees("task added   u undoes", "Tasks 2/4", "[ ] cobrar o sinal")
        await ana.press("end", "space")
        await ana.sees("task done   u undoes", "Tasks 3/4")
        await ana.press("K", "K", "e")
        await ana.sees("Edit task")
        await ana.press("end")
        await ana.type(" já")
        await ana.press("enter")
        await ana.sees("[✓] cobrar o sinal já")
        assert texts(ana, card) == [BEGUN[0], "x cobrar o sinal já", BEGUN[1], BEGUN[2]]
        await ana.press("J", "space")
        await ana.sees("task open again")
        assert texts(ana, card) == [*BEGUN[:2], "- cobrar o sinal já", BEGUN[2]]


async def test_n_adds_what_the_tab_holds_and_the_tabs_say_how_they_are_changed(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "enter")
        await ana.sees("Timeline", "← → other tab")
        await ana.press("t")
        await ana.sees("No task yet", "+ add")
        assert "space tick" not in ana.lines()[-1], "there is nothing to tick"
        await ana.press("n")
        await ana.sees("New task")
        await ana.type("Ligar")
        await ana.press("ctrl+s")
        await ana.sees("task added", "space tick")
        await ana.press(*["right"] * 4)
        await ana.sees("No file yet")
        await ana.press("n")
        await ana.sees("Attach file")


async def test_delete_takes_a_task_and_u_brings_it_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press("t", "down", "delete")
        await ana.sees("task deleted   u undoes", "Tasks 1/2")
        assert texts(ana, card) == [BEGUN[0], BEGUN[2]]
        await ana.press("u")
        await ana.sees("Tasks 2/3")
        assert texts(ana, card) == BEGUN
        await ana.press("f8", "f8", "f8")
        await ana.sees("No task yet")
        await ana.press("f8")
        await ana.sees("There is nothing to delete here")


async def test_who_may_not_edit_the_card_may_not_tick_its_tasks(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "beto", clock=clock) as beto:
        await beto.press("ctrl+k")
        await beto.type("OP-0142")
        await beto.press("enter")
        await beto.sees("Timeline")
        await beto.press("t", "space")
        await beto.sees("Your profile does not allow this here")


async def test_a_file_is_attached_by_its_path_saved_as_a_copy_and_removed(
    demo_db: Path, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "proposta.pdf").write_bytes(b"%PDF-1.7")
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press(*TO_FILES)
        await ana.sees("No file yet: + attaches one")
        await ana.press("plus")
        await ana.sees("Attach file")
        await ana.type(f"{tmp_path}/propo")
        await ana.sees("proposta.pdf")
        await ana.press("tab", "enter")
        await ana.sees("proposta.pdf attached   u undoes", "Files 1", "8 B")
        (kept,) = ana.crm.read(notes.files, card)
        await ana.press("enter", "s")
        await ana.sees("Save a copy", "~/proposta.pdf")
        await ana.press("ctrl+u")
        await ana.type(f"{tmp_path}/copia.pdf")
        await ana.press("enter")
        await ana.sees("saved as ")
        copy = tmp_path / "copia.pdf"
        assert (copy.read_bytes(), stat.S_IMODE(copy.stat().st_mode)) == (b"%PDF-1.7", 0o600)
        await ana.press("enter", "r")
        await ana.sees("proposta.pdf removed   u undoes", "No file yet")
        await ana.press("u")
        await ana.sees("Files 1")
        assert [file.id for file in ana.crm.read(notes.files, card)] == [kept.id]


async def test_what_cannot_be_attached_is_said_under_the_line_and_what_was_typed_stays(
    demo_db: Path, clock: Clock, tmp_path: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana)
        await ana.press(*TO_FILES, "plus", "ctrl+s")
        await ana.sees("Write the path of the file")
        await ana.type(str(tmp_path))
        await ana.press("enter")
        await ana.sees("folder: choose a file in it.", str(tmp_path)[-20:])
        await ana.type("/nada")
        await ana.press("enter")
        await ana.sees("There is no file")
        await ana.press("escape")
        await ana.sees("No file yet")


async def test_a_copy_is_never_written_over_a_file(demo_db: Path, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana)
        await ana.press(*TO_FILES, "plus")
        await ana.type(f"{tmp_path}/a.txt")
        await ana.press("enter")
        await ana.sees("a.txt attached")
        await ana.press("enter", "s", "ctrl+u")
        await ana.type(str(tmp_path))
        await ana.press("enter")
        await ana.sees("is not written over")
        assert (tmp_path / "a.txt").read_text() == "mine"
