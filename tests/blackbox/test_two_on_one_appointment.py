"""Two processes at one appointment: what one moves and the other edits both stay, and what is gone is said."""

from __future__ import annotations

from typing import Any

from tests.blackbox.conftest import Ask, Terminal


def _found(asked: Ask, day: str, title: str) -> Any:
    return next(
        each for each in asked("agenda", "--from", day, "--to", day, "--deleted") if each["title"] == title
    )


def _book(asked: Ask, title: str, when: str, *more: str) -> str:
    made = asked("do", "book_appointment", "--subject", title, "--when", when, "--anyway", "sim", *more)
    return str(made["ref"])


def test_one_moves_it_while_another_edits_it_and_both_changes_stay(terminal: Terminal, asked: Ask) -> None:
    ref = _book(asked, "Comitê", "23/11 15:00")
    with terminal() as ana:
        ana.wait("1 Hoje")
        ana.send("3")
        ana.wait("Semana 47")
        ana.send("g")
        ana.wait("Ir à data")
        ana.type("seg 15:00")
        ana.send("enter")
        ana.wait("15:30  Comitê")
        ana.send("e")
        ana.wait("Editar compromisso")
        asked("--as", "admin", "do", "move_appointment", "--activity", ref, "--when", "23/11 17:00")
        ana.send("tab", "tab", "tab", "tab", "tab")
        ana.type("Sala 3")
        ana.send("ctrl+s")
        ana.wait("17:00 às 17:30  Comitê .*Sala 3")
    kept = _found(asked, "23/11", "Comitê")
    assert (kept["from"], kept["place"]) == ("2026-11-23T17:00:00-03:00", "Sala 3")


def test_of_a_series_that_somebody_cancelled_meanwhile_nothing_is_stretched(
    terminal: Terminal, asked: Ask
) -> None:
    ref = _book(asked, "Semanal", "24/11 8:00", "--repeat", "weekly")
    with terminal() as ana:
        ana.wait("1 Hoje")
        ana.send("3")
        ana.wait("Semana 47")
        ana.send("g")
        ana.wait("Ir à data")
        ana.type("ter 8:00")
        ana.send("enter")
        ana.wait("08:30  Semanal")
        ana.send(">")
        ana.wait("Alongar ou encurtar quais")
        asked("--as", "admin", "do", "cancel_appointment", "--activity", ref, "--reach", "all")
        ana.send("enter")
        ana.wait("não está mais planejado")
    kept = _found(asked, "24/11", "Semanal")
    assert (kept["state"], kept["to"]) == ("canceled", "2026-11-24T08:30:00-03:00")
