"""The most frequent jobs, played key by key on the demonstration and counted; a target may fall, never rise.

The table of `docs/jobs.md` is written by these tests (`WRITE_DOCS=1`) and compared otherwise, so it
cannot lie.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.domain.gate import GateKind
from crm_tui.services.agenda import views as agendas
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import EditCard, MoveCard
from crm_tui.services.filter.commands import SaveFilter
from crm_tui.services.followup import views
from crm_tui.services.followup.commands import Redate
from crm_tui.services.gate.commands import AddGate
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
DOCUMENT = Path(__file__).parents[2] / "docs" / "jobs.md"


@dataclass(frozen=True)
class Job:
    """A job of the table: its number, what it is, the keys as a manual writes them, and the most they may be."""

    number: int
    name: str
    played: str
    target: int
    keys: int


JOBS = {
    1: Job(1, "Attend one due contact", "`p` “text” `tab` `1` `tab` “sex 14h” `ctrl+n`", 6, 5),
    2: Job(
        2,
        "Attend the next one, a gate refuses and is cured",
        "`A` `p` “text” `tab` `1` `tab` “ter 10h” `tab` `tab` `n` `ctrl+n` “12400” `ctrl+n`",
        11,
        10,
    ),
    3: Job(
        3,
        "New lead with next step while on the phone",
        "`N` `l` “name” `tab` “phone” `tab` “subject” `tab` “amanhã 10h” `ctrl+s`",
        7,
        6,
    ),
    4: Job(
        4,
        "Find a person by any fragment and call back",
        "`ctrl+k` “99765” `enter` `p` “text” `tab` `2` `tab` “+2h” `ctrl+s` `esc`",
        8,
        8,
    ),
    5: Job(5, "Reschedule five contacts to Monday", "`space` ×5 `R` “seg” `enter`", 8, 7),
    6: Job(
        6,
        "Move a card and lose another with its reason",
        "`L` `down` `down` `x` `1` `enter`",
        6,
        6,
    ),
    7: Job(
        7,
        "Book a visit when two colleagues are free",
        "`a` `v` `tab` `b` `enter` `c` `enter` `tab` `f5` `ctrl+s`",
        11,
        10,
    ),
    8: Job(8, "Resume a parecer a concluir", "`d` `enter`", 2, 2),
    9: Job(9, "“What did we agree?” during a call", "`f7` `f7`", 2, 2),
    10: Job(10, "Hand a card to a colleague with a comment", "`P` `b` `tab` “comment” `ctrl+s`", 5, 4),
    11: Job(
        11,
        "Close a sale and plan its delivery",
        "`w` `tab` `tab` “1/12 9h” `tab` `c` `ctrl+s`",
        7,
        6,
    ),
    12: Job(
        12,
        "Morning triage of 15 overdue",
        "`1` `v` `1`; `space` ×4 `R` “hoje” `enter`; `x` `1` `enter` ×3; `space` ×2 `P` `b` `ctrl+s`; "
        "`R` “qui” `enter` ×6",
        37,
        35,
    ),
}


async def one(op: Operator) -> None:
    """Attend one due contact."""
    before = op.crm.read(views.queue).keys[0]
    await op.press("p")
    await op.type("Falei com a Benta. Quer o orçamento com frete. Mando hoje.")
    await op.press("tab", "1", "tab")
    await op.type("seg 14h")
    await op.sees("seg 23/11 14:00")
    await op.press("ctrl+n")
    await op.sees("gravado", "próximo: ")
    filed = op.crm.read(trails.of_card, before)
    assert filed[0].batch == filed[1].batch
    assert {filed[0].kind, filed[1].kind} == {"note.filed", "activity.planned"}
    row = op.crm.read(views.page, [before])[0]
    assert row.start_at is not None
    assert op.app.screen.vlist.key != before


async def two(op: Operator) -> None:
    """Attend the next one, a gate refuses and is cured."""
    chosen: Any = op.app.screen
    await op.press("A")
    await op.sees("próximo: ")
    card = chosen.vlist.key
    await op.press("p")
    await op.type("Fechou o escopo, aceita 12.400 à vista.")
    await op.press("tab", "1", "tab")
    await op.type("ter 10h")
    await op.press("tab", "tab", "n", "ctrl+n")
    await op.sees("! Valor", "Falta 1 dado")
    await op.type("12400")
    await op.press("ctrl+n")
    await op.sees("gravado", "próximo: ")
    found = op.crm.read(boards.detail, card)
    assert (found.stage, found.value_one_off) == ("Negociação", 1_240_000)
    filed = op.crm.read(trails.of_card, card)
    assert len({entry.batch for entry in filed[:4]}) == 1
    assert {entry.kind for entry in filed[:4]} == {
        *("note.filed", "activity.planned", "card.moved", "card.edited"),
    }


async def three(op: Operator) -> None:
    """New lead with next step while on the phone."""
    await op.press("N", "l")
    await op.type("Marta Reis")
    await op.press("tab")
    await op.type("11988887777")
    await op.press("tab")
    await op.type("Plano 500 mega")
    await op.press("tab")
    await op.type("seg 10h")
    await op.sees("23/11 10:00")
    await op.press("ctrl+s")
    await op.gone("Plano 500 mega")
    card = op.crm.read(boards.find, "Plano 500 mega")[0]
    detail = op.crm.read(boards.detail, card.id)
    assert (detail.party, detail.board, str(detail.due_on)) == ("Marta Reis", "Leads", "2026-11-23")


async def four(op: Operator) -> None:
    """Find a person by any fragment and call back."""
    here = op.app.screen.vlist.key
    await op.press("ctrl+k")
    await op.type("99765")
    await op.sees("Benta Carvalho")
    await op.press("enter", "p")
    await op.sees("Parecer")
    await op.type("Retornei, caixa postal. ")
    await op.press("tab", "2", "tab")
    await op.type("+2h")
    await op.press("ctrl+s")
    await op.sees("Benta Carvalho")
    await op.press("escape")
    await op.sees("Em aberto")
    assert op.app.screen.vlist.key == here


async def five(op: Operator) -> None:
    """Reschedule five contacts to Monday."""
    keys = list(op.crm.read(views.queue).keys[:5])
    await op.press("space", "space", "space", "space", "space", "R")
    await op.type("seg")
    await op.press("enter")
    await op.sees("u desfaz")
    assert {str(r.due_on) for r in op.crm.read(views.page, keys)} == {"2026-11-23"}


async def six(op: Operator) -> None:
    """Move a card and lose another with its reason."""
    await op.press("2", "right")
    await op.sees("Negociação")
    op.keys = 0
    board: Any = op.app.screen
    moved = board.card
    await op.press("L", "down", "down")
    lost = board.card
    await op.press("x")
    await op.sees("Perdida: ", "Motivo")
    await op.press("1", "enter")
    await op.sees("u desfaz")
    assert op.crm.read(trails.of_card, moved)[0].kind == "card.moved"
    detail = op.crm.read(boards.detail, lost)
    assert (detail.status, detail.next_activity_id) == ("lost", None)
    assert board.card not in (None, lost)


async def seven(op: Operator) -> None:
    """Book a visit when two colleagues are free."""
    key = op.crm.read(views.queue).keys[0]
    await op.press("a", "v", "tab", "b", "enter", "c", "enter", "tab", "f5")
    await op.sees("Roberto Martins, Carla Nogueira", "livre para os 3")
    await op.press("ctrl+s")
    await op.sees("u desfaz")
    steps = [s for s in op.crm.read(views.steps_of_card, key) if s.start_at is not None]
    found = op.crm.read(agendas.appointment, steps[0].id)
    assert found is not None
    assert (found.kind, found.card_id, found.start_at) == ("visit", key, steps[0].start_at)
    assert [a.name for a in found.attendees] == ["beto", "carla"]
    users = [found.assignee_id, *(a.user_id for a in found.attendees if a.user_id)]
    assert op.crm.read(agendas.conflicts, users, found.start_at, found.end_at, but=found.id) == []


async def eight(op: Operator) -> None:
    """Resume a parecer a concluir."""
    await op.press("d", "enter")
    await op.sees("Parecer", "Falei com a Marina às 10h25")
    await op.type("!")
    await op.sees("cadastro!")  # where typing stopped


async def nine(op: Operator) -> None:
    """What did we agree? during a call."""
    await op.press("p")
    op.keys = 0
    await op.type("Meia frase")
    await op.press("f7")
    await op.sees("Histórico", "Achou caro")
    await op.press("f7")
    await op.type("X")
    await op.sees("Meia fraseX")


async def ten(op: Operator) -> None:
    """Hand a card to a colleague with a comment."""
    key = op.crm.read(views.queue).keys[0]
    await op.press("P", "b")
    await op.sees("Roberto Martins", "abertos, ")
    await op.press("tab")
    await op.type("Ele prefere falar depois das 16h.")
    await op.press("ctrl+s")
    await op.sees("u desfaz")
    detail = op.crm.read(boards.detail, key)
    assert detail.owner == "beto"
    entries = op.crm.read(trails.of_card, key)
    assert entries[0].batch == entries[1].batch
    assert {entries[0].kind, entries[1].kind} == {"card.handed_over", "note.commented"}


async def eleven(op: Operator) -> None:
    """Close a sale and plan its delivery."""
    sold = op.crm.read(views.queue).keys[0]
    await op.press("w", "tab", "tab")
    await op.type("1/12 9h")
    await op.sees("01/12 09:00")
    await op.press("tab", "c")
    await op.sees("Carla Nogueira")
    await op.press("ctrl+s")
    await op.sees("ganha   u desfaz")
    told = op.crm.read(trails.of_card, sold)
    assert [e.kind for e in told if e.batch == told[0].batch and e.kind != "party.won"] == [
        "activity.planned",
        "card.won",
    ]
    (step,) = op.crm.read(views.steps_of_card, sold)[:1]
    assert (step.subject, step.assignee, step.state) == ("Entrega", "carla", "planned")


async def twelve(op: Operator) -> None:
    """Morning triage of 15 overdue: four go to today, three are lost, two to a colleague, six get a day each."""
    screen: Any = op.app.screen
    await op.press("2")
    op.keys = 0
    await op.press("1", "v", "1")
    await op.sees("estado:vencido")
    late = [*screen.vlist.keys]
    assert len(late) == 15
    await op.press(*["space"] * 4, "R")
    await op.type("hoje")
    await op.press("enter")
    await op.sees("u desfaz")
    for _ in range(3):
        await op.press("x", "1", "enter")
        await op.sees("u desfaz")
    await op.press("space", "space", "P", "b", "ctrl+s")
    await op.sees("u desfaz")
    for day in ("qui", "+3d", "sex 9h", "seg", "+2sem", "1/12"):
        await op.press("R")
        await op.type(day)
        await op.press("enter")
        await op.sees("u desfaz")
    assert [*screen.vlist.keys] == []
    found = {key: op.crm.read(boards.detail, key) for key in late}
    assert [found[key].status for key in late[4:7]] == ["lost"] * 3
    assert [found[key].owner for key in late[7:9]] == ["beto"] * 2
    assert {str(found[key].due_on) for key in late[:4]} == {"2026-11-19"}
    assert [str(found[key].due_on) for key in late[9:]] == [
        *("2026-11-26", "2026-11-22", "2026-11-20", "2026-11-23", "2026-12-03", "2026-12-01"),
    ]


PLAYED: dict[int, Callable[[Operator], Awaitable[None]]] = {
    1: one, 2: two, 3: three, 4: four, 5: five, 6: six, 7: seven, 8: eight, 9: nine, 10: ten,
    11: eleven, 12: twelve,
}  # fmt: skip


def ask_for_a_value(db: Path, clock: Clock) -> None:
    """The contact that is chosen next stands in *Proposta*, which asks for a value that it has not."""
    ana, admin = open_crm(db, "ana", clock), open_crm(db, "admin", clock)
    chosen = ana.read(views.next_card)
    assert chosen is not None
    board = ana.read(boards.detail, chosen.key).board_id
    stage = next(s.id for s in ana.read(boards.stages, board) if s.name == "Proposta")
    do(admin, MoveCard(card=chosen.key, stage=stage))
    do(admin, EditCard(card=chosen.key, value_one_off=0, value_recurring=0))
    do(admin, AddGate(stage=stage, kind=GateKind.DEAL_VALUE))
    for crm in (ana, admin):
        crm.store.close()


def make_late(db: Path, clock: Clock) -> None:
    """Ana has fifteen overdue contacts, and a view of them under `v` `1`."""
    ana = open_crm(db, "ana", clock)
    due = [key for key in ana.read(views.queue).keys if key > 0]
    rows = [row for row in ana.read(views.page, due) if row.activity_id is not None][:15]
    for days, row in enumerate(rows):
        assert row.activity_id is not None
        do(ana, Redate(activity=row.activity_id, when=date(2026, 11, 1 + days)))
    do(ana, SaveFilter(name="Vencidos", line="dono:eu estado:vencido", shortcut=1))
    ana.store.close()


@pytest.mark.parametrize("number", sorted(PLAYED))
async def test_a_job_is_done_within_its_keys(number: int, demo_db: Path, clock: Clock) -> None:
    if number == 2:
        ask_for_a_value(demo_db, clock)
    if number == 12:
        make_late(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await PLAYED[number](op)
        assert op.keys == JOBS[number].keys
        assert op.keys <= JOBS[number].target


def test_the_table_in_the_documents_is_the_one_that_was_played() -> None:
    """Written with WRITE_DOCS=1."""
    rows = [f"| {j.number} | {j.name} | {j.played} | {j.keys} | {j.target} |" for j in JOBS.values()]
    text = "\n".join(
        [
            "# The most frequent jobs, in keys",
            "",
            "Counted by `tests/screens/test_jobs.py`, which plays them: every key that is not free text,",
            "picked letters and digits included. “…” is free text and does not count.",
            "",
            "| # | job | keys as pressed | keys | at most |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
    if os.environ.get("WRITE_DOCS"):
        DOCUMENT.write_text(text, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == text
