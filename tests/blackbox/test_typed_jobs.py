"""Jobs 4, 8 and 9 in a real pseudo terminal, typed without waiting for the screen. (Job 1: test_main_loop.)

What each key does is held by `tests/screens/test_jobs.py`, which counts them; here the same bytes go through
the terminal, the parser and the installed program.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from tests.blackbox.conftest import Ask, Terminal


def test_job_4_find_a_person_by_a_piece_of_the_telephone_and_call_back(
    terminal: Terminal, asked: Ask
) -> None:
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.send("down", "down", "ctrl+k")
        t.type("99765")
        t.send("enter", "p")
        t.type("Retornei, caixa postal.\t2\t+2h")
        t.wait("12:42")
        t.send("ctrl+s")
        t.wait("gravado")
        t.send("escape")
        t.wait("Lavanderia Espuma  Igor Menezes")  # the third row: the cursor is where it was
        assert t.quit("ctrl+q").code == 0
    story = asked("history", "OP-0113")
    assert {e["kind"] for e in story if e["batch"] == story[0]["batch"]} == {"note.filed", "activity.planned"}
    assert asked("show", "OP-0113")["due_at"].startswith("2026-11-19T")


def test_job_8_resume_a_parecer_where_typing_stopped(terminal: Terminal, asked: Ask) -> None:
    newest = asked("drafts")[0]["text"]
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.send("d", "enter")
        t.type("!")
        t.wait("cadastro!")
        assert t.quit("ctrl+q").code == 0  # at once: before any autosave
    assert asked("drafts")[0]["text"] == f"{newest}!"


def test_job_9_what_did_we_agree_and_back_to_the_same_letter(terminal: Terminal) -> None:
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.type("pMeia frase")
        t.send("f7")
        t.wait("Achou caro")
        t.send("f7")
        t.type("X")
        t.wait("Meia fraseX")


def test_ten_contacts_in_a_row_without_a_mouse(terminal: Terminal, asked: Ask, demo_db: Path) -> None:
    """Job 1 ten times over, five keys each: every one filed, its next step planned, none twice."""
    with contextlib.closing(sqlite3.connect(demo_db)) as connection:
        connection.execute("DELETE FROM draft")  # the demonstration's own: two of the ten have one
        connection.commit()
    before = {row["number"]: row["due_on"] for row in asked("followups", "--owner", "todos")}
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.send("A")
        for n in range(1, 11):
            t.type(f"pContato {n}: combinado.\t1\t")
            t.type("30/11")
            t.wait("seg 30/11")
            t.send("ctrl+n")
            t.wait("gravado")
            t.wait("próximo: ")
            t.gone("combinado")
        assert t.quit("ctrl+q").code == 0
    after = {row["number"]: row["due_on"] for row in asked("followups", "--owner", "todos")}
    attended = {number for number, due in after.items() if due == "2026-11-30" != before.get(number)}
    assert len(attended) == 10
    for number in sorted(attended):
        newest = asked("history", number)[:2]
        assert {event["kind"] for event in newest} == {"note.filed", "activity.planned"}
        assert len({event["batch"] for event in newest}) == 1
