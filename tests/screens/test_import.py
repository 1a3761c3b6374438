"""Importing contacts by keyboard: shown first, one batch, progress, stopped by esc, undone by one key."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual import events

from crm_tui.screens.core.path_line import completed, matches
from crm_tui.screens.note.editor import NoteEditor
from crm_tui.services.core.commands import Command
from crm_tui.services.core.crm import Crm
from crm_tui.services.followup import views as followups
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import NewParty
from crm_tui.widgets.pick import Pick
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

HEAD = "Nome,Telefone,E-mail,Empresa\n"


def sheet(tmp_path: Path, *rows: str) -> Path:
    """A contacts file as somebody headed it by hand."""
    file = tmp_path / "contatos.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def people(crm: Crm) -> int:
    return int(crm.read(parties.count))


async def importing(ana: Operator, file: Path, then: str = "enter") -> None:
    """Open the import through the palette and read a file; `then` is the key behind its path."""
    await ana.press(":")
    await ana.type("import")
    await ana.press("enter")
    await ana.sees("Import contacts", "seen before it is saved")
    screen: Any = ana.app.screen
    ana.app.post_message(events.Paste(str(file)))  # a path of a hundred letters is not what is tried here
    await ana.until(lambda: screen.line.value == str(file), "the path is not in its field")
    await ana.press(then)


async def test_every_row_is_shown_with_what_becomes_of_it_before_anything_is_written(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = sheet(
        tmp_path,
        "Marina Alves,(11) 98888-1234,marina@aurora.com.br,Padaria Aurora",
        "Beto Rocha,(11) 97777-0001,beto@rocha.com.br,",
        "Beto Rocha,(11) 97777-0001,,",
        ",,,Sem ninguém",
    )
    async with at_work(empty_db, clock=clock) as ana:
        ana.crm.run(NewParty(name="Marina Alves", phone="11988881234"))
        await importing(ana, file)
        await ana.sees(
            "○ 1 new", "→ 1 adds", "✓ 1 known", "! 1 error", "marina@aurora.com.br", "contatos.csv"
        )
        await ana.sees("No name, phone or e-mail in this row.")
        assert people(ana.crm) == 1


async def test_ctrl_s_imports_with_a_follow_up_and_u_undoes_it_all(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = sheet(tmp_path, "Marina Alves,(11) 98888-1234,,", "Beto Rocha,(11) 97777-0001,,")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        await ana.sees("○ 2 new")
        await ana.press("shift+tab")
        await ana.type("seg 9h")
        await ana.sees("Mon 23 Nov")
        assert "09:00" not in ana.text()  # the day alone is kept for so many: no hour is promised
        await ana.press("enter", "ctrl+s")
        await ana.sees("2 new   u undoes", "✓ 2 known")
        assert people(ana.crm) == 2
        assert len(ana.crm.read(followups.queue).keys) == 2
        await ana.press("u")
        await ana.sees("○ 2 new")
        assert people(ana.crm) == 0
        assert len(ana.crm.read(followups.queue).keys) == 0


async def test_esc_stops_between_two_chunks_and_what_is_done_is_one_undo(
    empty_db: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_tui.services.core import door

    monkeypatch.setattr(door, "CHUNK_COMMANDS", 5)
    monkeypatch.setattr(door, "CHUNK_SECONDS", 60.0)  # the first command may take long
    file = sheet(tmp_path, *(f"Pessoa {n},(21) 98{n:07d},," for n in range(40)))
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        await ana.sees("○ 40 new")
        run_many = ana.crm.run_many

        def esc_after_the_first_chunk(commands: list[Command], **more: object) -> object:
            screen = ana.app.screen
            told = more["progress"]
            assert callable(told)

            def progress(done: int, total: int) -> None:
                ana.app.call_from_thread(screen.action_im_leave)  # type: ignore[attr-defined]
                told(done, total)

            return run_many(commands, **{**more, "progress": progress})  # type: ignore[arg-type]

        monkeypatch.setattr(ana.crm, "run_many", esc_after_the_first_chunk)
        await ana.press("ctrl+s")
        await ana.sees("5 new, 35 not begun   u undoes", "○ 35 new", "✓ 5 known")
        assert people(ana.crm) == 5
        await ana.press("u")
        await ana.sees("○ 40 new")
        assert people(ana.crm) == 0


async def test_a_full_disk_is_said_with_its_line_and_what_was_taken_in_is_one_undo(
    empty_db: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_tui.services.core import door

    monkeypatch.setattr(door, "CHUNK_COMMANDS", 5)
    monkeypatch.setattr(door, "CHUNK_SECONDS", 60.0)  # the first command may take long
    file = tmp_path / "contatos.csv"
    fat = "x" * 60_000
    rows = [f"Pessoa {n},(21) 98{n:07d},{fat if n >= 10 else ''}" for n in range(40)]
    file.write_text("\n".join(["Nome,Telefone,Notas", *rows]) + "\n", encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        await ana.sees("○ 40 new")
        await ana.app.park(partial(room_for, ana.crm, 40))
        await ana.press("ctrl+s")
        await ana.sees("10 new, 1 refused, 29 not begun   u undoes", "From line 12 on: ")
        await ana.sees("the disk refused", "Make room and repeat")
        await ana.app.park(partial(room_for, ana.crm, 1_000_000))
        await ana.press("u")
        await ana.sees("○ 40 new")
        assert people(ana.crm) == 0
        assert "From line" not in ana.text()
        await ana.app.park(partial(room_for, ana.crm, 0))
        await ana.press("ctrl+s")
        await ana.sees("0 new, 1 refused, 39 not begun", "From line 2 on: ")
        assert "u undoes" not in ana.text()  # it would take back what was before


def room_for(crm: Crm, pages: int) -> None:
    """From now on the disk holds so many pages more."""
    with crm.store.writing() as connection:
        pass
    have = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {have + pages}")


async def test_f7_shows_only_the_rows_with_errors(empty_db: Path, clock: Clock, tmp_path: Path) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, sheet(tmp_path, "Marina Alves,(11) 98888-1234,,", ",,,Sem ninguém"))
        await ana.sees("Marina Alves")
        await ana.press("f7")
        await ana.gone("Marina Alves")
        await ana.sees("No name, phone or e-mail")


async def test_f7_says_that_no_row_has_an_error_and_keeps_the_rows(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, sheet(tmp_path, "Marina Alves,(11) 98888-1234,,"))
        await ana.sees("Marina Alves")
        await ana.press("f7")
        await ana.sees("There is no row with an error.", "Marina Alves")


async def test_a_file_that_is_not_there_or_not_known_says_why(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, tmp_path / "nada.csv")
        await ana.sees("There is no file")
        await ana.press("escape")
        (tmp_path / "x.csv").write_text("a,b\n1,2\n")
        await importing(ana, tmp_path / "x.csv")
        await ana.sees("The columns of this file are not known")
        assert len(ana.app.screen_stack) == 2


async def test_the_home_of_somebody_who_is_not_there_is_a_path_that_leads_nowhere(
    empty_db: Path, clock: Clock
) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, Path("~nobody-here/contatos.csv"))
        await ana.sees("There is no file ~nobody-here/contatos.csv")


async def test_a_path_that_was_dropped_on_the_terminal_is_the_file(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = sheet(tmp_path, "Marina Alves,(11) 98888-1234,,").rename(tmp_path / "os meus.csv")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, Path(f"'{file}'"))
        await ana.sees("○ 1 new", "os meus.csv")


async def test_a_wrong_date_is_told_and_nothing_is_written(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, sheet(tmp_path, "Marina Alves,(11) 98888-1234,,"))
        await ana.sees("○ 1 new")
        await ana.press("shift+tab")
        await ana.type("bananas")
        await ana.press("ctrl+s")
        await ana.sees("bananas")
        assert people(ana.crm) == 0


def test_tab_completes_a_path_as_a_shell_does(tmp_path: Path) -> None:
    (tmp_path / "contatos").mkdir()
    (tmp_path / "contatos-2026.csv").touch()
    (tmp_path / "contatos-2025.csv").touch()
    (tmp_path / "contatos.pdf").touch()
    (tmp_path / ".contatos.csv").touch()
    found = matches(f"{tmp_path}/con")
    assert found == [f"{tmp_path}/{name}" for name in ("contatos/", "contatos-2025.csv", "contatos-2026.csv")]
    assert completed(f"{tmp_path}/con", found) == f"{tmp_path}/contatos"
    assert completed(f"{tmp_path}/contatos-2026", matches(f"{tmp_path}/contatos-2026")) == found[2]
    assert matches(f"{tmp_path}/none/x") == []
    assert matches("~nobody-here/x") == []


async def test_tab_behind_a_whole_path_goes_on_to_the_follow_up_while_the_file_is_read(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = sheet(tmp_path, "Marina Alves,(11) 98888-1234,,")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file, "tab")
        await ana.type("seg")
        await ana.sees("○ 1 new", "Mon 23 Nov")


async def test_an_address_that_is_none_is_told_and_kept_in_the_notes(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = sheet(tmp_path, "Eduarda Esteves,(47) 98038-1134,eduarda(arroba)x,", "Otávia,12,,")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        await ana.sees("○ 2 new", "Not an e-mail address: eduar", "Not a whole phone number: 12.")
        await ana.press("ctrl+s")
        await ana.sees("✓ 2 known")
        eduarda = ana.crm.read(parties.search, "eduarda").hits[0]
        found = ana.crm.read(parties.detail, eduarda.id)
        assert found is not None
        assert found.preferences == "eduarda(arroba)x"


async def test_what_is_doubtful_about_a_row_is_read_whole_under_few_rows(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = sheet(tmp_path, "Eduarda Esteves,(47) 98038-1134,eduarda(arroba)esteves,", "Otávia,12,,")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        await ana.sees("○ 2 new", "  Not an e-mail address: eduarda(arroba)esteves.")
        await ana.press("down")
        await ana.gone("eduarda(arroba)esteves.")


async def test_a_note_on_an_imported_persons_follow_up_knows_what_kind_of_step_it_was(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, sheet(tmp_path, "Marina Alves,(11) 98888-1234,,"), "tab")
        await ana.type("hoje")
        await ana.press("enter", "ctrl+s")
        await ana.sees("1 new")
        await ana.press("escape", "p")
        await ana.sees("Note", "Marina Alves")
        found = ana.crm.read(followups.queue)
        planned = ana.crm.read(followups.page, found.keys)[0]
        editor = ana.app.screen
        assert isinstance(editor, NoteEditor)
        action = editor.inputs["action"]
        assert isinstance(action, Pick)
        assert action.value is not None
        assert action.value.label == planned.subject


async def test_a_draft_about_somebody_whose_import_was_undone_is_kept_and_says_so(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    """A draft is no business fact: it does not hinder the undo, and its text outlives whom it was about."""
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, sheet(tmp_path, "Marina Alves,(11) 98888-1234,,"), "tab")
        await ana.type("hoje")
        await ana.press("enter", "ctrl+s")
        await ana.sees("1 new")
        await ana.press("escape", "p")
        await ana.type("Half a sentence about her")
        await ana.press("escape", "u")
        await ana.sees("U redoes")
        assert people(ana.crm) == 0
        await ana.press("d")  # the only draft, and it cannot be taken up
        await ana.sees("1 draft", "the record is gone", "Half a sentence about her", "or discard it")
        await ana.sees("Marina Alves")
        await ana.press("enter")
        await ana.sees("Its record is gone")
        await ana.press("q", "U")
        await ana.until(lambda: people(ana.crm) == 1, "the import was not done again")
        await ana.press("d")
        await ana.sees("Note", "Marina Alves", "Half a sentence about her")
        assert isinstance(ana.app.screen, NoteEditor)


async def test_a_form_about_somebody_who_is_gone_shows_all_that_was_typed(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, sheet(tmp_path, "Marina Alves,(11) 98888-1234,,"))
        await ana.press("ctrl+s")
        await ana.sees("1 new")
        marina = ana.crm.read(parties.search, "marina").hits[0]
        await ana.press("escape")
        ana.app.screen.go("new_card", party=marina.id)  # type: ignore[attr-defined]
        await ana.sees("Subject")
        await ana.type("A fiber plan")
        await ana.press("tab")
        await ana.type("+3d")
        await ana.press("escape", "u")
        await ana.sees("U redoes")
        await ana.press("d")
        await ana.sees("the record is gone", "Subject", "A fiber plan", "When", "+3d")


async def test_a_row_that_a_duplicate_rule_holds_up_says_so_before_anything_is_written(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = sheet(tmp_path, "Marina Alves,(47) 98038-1134,,", "Beto Rocha,(11) 97777-0001,,")
    async with at_work(empty_db, clock=clock) as ana:
        ana.crm.run(NewParty(name="Marina Alves", phone="11988881234"))
        with ana.crm.store.writing() as connection:
            connection.execute("UPDATE duplicate_rule SET active = 1, action = 'block' WHERE by_name = 1")
        await importing(ana, file)
        await ana.sees("○ 1 new", "! 1 error", "Known already by the same name: Marina Alves")
        await ana.press("ctrl+s")
        await ana.sees("1 new")
        assert people(ana.crm) == 2
        with ana.crm.store.writing() as connection:
            connection.execute("UPDATE duplicate_rule SET action = 'warn' WHERE by_name = 1")
        ana.app.screen.changed()  # type: ignore[attr-defined]
        await ana.sees("Looks like Marina Alves")
