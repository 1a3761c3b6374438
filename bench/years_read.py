"""What an operator reads and files, after years and after some weeks: `python -m bench.years_read LONG [SHORT]`.

Every line is one call as the screens make it: in its own reading, its text prepared already, medians of `ROUNDS`. The
files are those of `bench.years`; they are written to (a note is filed and undone), never measured twice.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from crm_tui.bootstrap import open_crm, pickers
from crm_tui.domain.action_history import NEWEST, ActionPage, ActionsAsked
from crm_tui.domain.outcome import Done
from crm_tui.i18n import set_language
from crm_tui.screens.core import briefing
from crm_tui.screens.dash.leads import leads
from crm_tui.services.board import views as boards
from crm_tui.services.campaign import views as campaigns
from crm_tui.services.canned import views as canned
from crm_tui.services.core.crm import Crm
from crm_tui.services.dash import views as dashes
from crm_tui.services.followup import actions
from crm_tui.services.followup import views as followups
from crm_tui.services.followup.commands import SkipContact
from crm_tui.services.note.commands import FileNote
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails

ROUNDS = 7
Call = Callable[[], object]


def main() -> None:
    """Print a line for each call: after years, after some weeks, how many times."""
    set_language("pt-BR")
    login = sys.argv[3] if len(sys.argv) > 3 else "beto"
    columns = [dict(_taken(Path(path), login)) for path in sys.argv[1:3]]
    for name, ms in columns[0].items():
        others = "".join(f"{c[name]:10.2f}  x{ms / c[name]:.1f}" for c in columns[1:])
        print(f"{name:44}{ms:10.2f}{others}")


def _taken(path: Path, login: str) -> Iterator[tuple[str, float]]:
    crm = open_crm(path, login)
    for name, call in _calls(crm):
        call()
        took = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            call()
            took.append((time.perf_counter() - began) * 1000)
        yield name, median(took)


def _calls(crm: Crm) -> Iterator[tuple[str, Call]]:
    yield from _today(crm)
    yield from _dash(crm)
    yield from _editor(crm)
    yield from _history(crm)
    yield from _records(crm)
    yield from _writing(crm)


def _today(crm: Crm) -> Iterator[tuple[str, Call]]:
    read = crm.read
    keys = read(followups.queue).keys or read(followups.queue, owner_id=0).keys
    yield "Hoje: the list's keys", lambda: read(followups.queue)
    yield "Hoje: everybody's keys", lambda: read(followups.queue, owner_id=0)
    yield "Hoje: with the closed ones, one's own", lambda: read(followups.queue, closed=True)
    yield "Hoje: everybody's with the closed ones", lambda: read(followups.queue, owner_id=0, closed=True)
    yield "Hoje: a page", lambda: read(followups.page, keys[:40])
    yield "Hoje: 200 rows for the timer", lambda: read(followups.page, keys[:200])
    yield "header: counters", lambda: read(followups.counters)
    yield "header: drafts", crm.drafts.count
    yield "day_done", lambda: read(followups.day_done)
    yield "day_left", lambda: read(followups.day_left)
    yield "unregistered", lambda: read(followups.unregistered)
    yield "around (empty list)", lambda: read(followups.around)
    row = read(followups.page, [next(k for k in keys if k > 0)])[0]
    yield "briefing", lambda: briefing.gather(crm, row)
    yield "Atender: next contact", lambda: read(followups.next_card)
    yield "Atender: next after 100 skips", lambda: read(followups.next_card, frozenset(keys[:100]))


def _dash(crm: Crm) -> Iterator[tuple[str, Call]]:
    read = crm.read
    week = leads(read(dashes.dash))["contacts"][0].args["asked"]
    yield "Painel: one's own", lambda: read(dashes.dash)
    yield "Painel: the team's", lambda: read(dashes.dash, team=True)
    yield "Painel: the contacts of the week, opened", lambda: read(actions.page_of_actions, week)
    yield "Hoje: appointments left today", lambda: read(dashes.left_today)


def _editor(crm: Crm) -> Iterator[tuple[str, Call]]:
    read = crm.read
    key = next(k for k in read(followups.queue, owner_id=0).keys if k > 0)
    card = read(boards.detail, key)
    assert card is not None
    beside: dict[str, dict[str, Any]] = {
        "details": {"result_id": 1},
        "stages": {"board_id": card.board_id, "beyond": card.stage_id},
        "phones": {"parties": [i for i in (card.party_id, card.contact_id) if i is not None]},
    }
    known = pickers()
    yield "editor: the card", lambda: read(boards.detail, key)
    yield "editor: the person", lambda: read(parties.detail, card.party_id)
    yield "editor: the draft", lambda: crm.drafts.find("file_note", f"card:{key}")
    yield "editor: standard texts", lambda: read(canned.offered, card.case_type_id)
    yield "editor: history, first page", lambda: read(trails.of_card, key)
    for name in (
        "results",
        "actions",
        "mediums",
        "campaigns",
        "details",
        "people",
        "colleagues",
        "stages",
        "phones",
    ):
        extra = beside.get(name, {})
        yield f"editor: list of {name}", partial(read, known[name], "", **extra)
    picker = known["people"]
    yield "editor: person by two letters", lambda: read(picker, "ma")
    yield (
        "editor: what follows a result",
        lambda: read(campaigns.follows, 1, campaign_id=1, action_id=1, board_id=card.board_id, status="open"),
    )
    yield "editor: what a campaign fills", lambda: read(campaigns.defaults, 1)


def _history(crm: Crm) -> Iterator[tuple[str, Call]]:
    read = crm.read

    def page(line: str, **more: Any) -> Call:
        asked: ActionsAsked = read(actions.meant, line)
        asked = replace(asked, **more)
        return lambda: read(actions.page_of_actions, asked)

    first: ActionPage = read(actions.page_of_actions, ActionsAsked())
    yield (
        "actions: what a line means",
        lambda: read(actions.meant, "por:ana de:01/11 resultado:positivo padaria"),
    )
    yield "actions: first page", page("")
    yield "actions: second page", lambda: read(actions.page_of_actions, ActionsAsked(), first.after or NEWEST)
    run = crm.reading().connection.execute
    (heavy,) = run(
        "SELECT party_id FROM activity WHERE party_id IS NOT NULL GROUP BY party_id ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    (name,) = run("SELECT name FROM party WHERE id = ?", (heavy,)).fetchone()
    (number,) = run("SELECT number FROM card WHERE party_id = ? LIMIT 1", (heavy,)).fetchone()
    yield "actions: of the busiest account", page("", account=heavy)
    yield "actions: account by name", page(name)
    yield "actions: a common name (silva)", page("silva")
    yield "actions: account by one letter pair", page("pa")
    yield "actions: a card's number", page(number)
    yield "actions: of an action", page("ação:visita")
    yield "actions: of a result", page("resultado:negativo")
    (campaign,) = run("SELECT id FROM campaign ORDER BY id LIMIT 1").fetchone()
    yield "actions: of a campaign", page("", campaign=campaign)
    yield "actions: of a campaign and a result", page("resultado:negativo", campaign=campaign)
    yield "actions: by a person", page("por:ana")
    yield "actions: mine", page("", mine=True)
    yield "actions: a result nobody used", page("", result=99)
    yield "actions: one month years ago", page("de:01/03/2020 até:31/03/2020")
    yield (
        "actions: a result nobody used, to the end",
        lambda: list(actions.every(read, ActionsAsked(result=99))),
    )
    yield "actions: a word that means nothing", page("xyzzyx")
    yield "actions: two words", page("visita negativo")


def _records(crm: Crm) -> Iterator[tuple[str, Call]]:
    read = crm.read
    run = crm.reading().connection.execute
    (heavy,) = run(
        "SELECT party_id FROM event WHERE party_id IS NOT NULL GROUP BY party_id ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    (busy,) = run("SELECT card_id FROM note GROUP BY card_id ORDER BY count(*) DESC LIMIT 1").fetchone()
    (plain,) = run("SELECT party_id FROM card ORDER BY id DESC LIMIT 1").fetchone()
    yield "a card's timeline", lambda: read(trails.of_card, busy)
    yield "a person's timeline", lambda: read(trails.of_party, plain)
    yield "the busiest person's timeline", lambda: read(trails.of_party, heavy)
    yield "the busiest person's last notes", lambda: read(trails.said, party_id=heavy)
    yield "the busiest person's cards", lambda: read(boards.of_party, heavy, most=4)
    yield "the busiest person", lambda: read(parties.detail, heavy)
    yield "everybody's trail", lambda: read(trails.everything)
    for words in ("ma", "maria", "silva", "padaria", "VEN-0815", "9888"):
        yield f"find: people, {words}", partial(read, parties.search, words, most=8)
        yield f"find: cards, {words}", partial(read, boards.find, words, most=4)


def _writing(crm: Crm) -> Iterator[tuple[str, Call]]:
    keys = [
        k for k in (crm.read(followups.queue).keys or crm.read(followups.queue, owner_id=0).keys) if k > 0
    ]
    (result,) = crm.reading().connection.execute("SELECT id FROM result ORDER BY id LIMIT 1").fetchone()
    turn = iter(range(1000))

    def file() -> None:
        done = crm.run(
            FileNote(card=keys[next(turn)], body="Falei com ele. Fecha na segunda.", result=result)
        )
        assert isinstance(done, Done), done

    def skip() -> None:
        done = crm.run(SkipContact(card=keys[next(turn)]))
        assert isinstance(done, Done), done

    yield "filing a note", file
    yield "skipping a contact", skip
    yield "next contact after those skips", lambda: crm.read(followups.next_card)


if __name__ == "__main__":
    main()
