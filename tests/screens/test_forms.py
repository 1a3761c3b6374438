"""The generated form between two operators: what only one changed stays, what both changed is shown in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.board import CardDetail
from crm_tui.domain.outcome import Done
from crm_tui.screens.core.forms import FormScreen
from crm_tui.services.board import views
from crm_tui.services.board.commands import EditCard, HandOver, MoveCard
from crm_tui.services.core.commands import Command
from crm_tui.services.followup import views as followups
from crm_tui.services.party import views as parties
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


async def first_card(ana: Operator) -> CardDetail:
    """The first card of Hoje that is the operator's or a colleague's."""
    key = next(k for k in ana.crm.read(followups.queue, owner_id=0).keys if k > 0)
    found: CardDetail = ana.crm.read(views.detail, key)
    return found


def meanwhile(db: Path, clock: Clock, command: Command) -> None:
    """The manager does something in a program of her own."""
    carla = open_crm(db, "carla", clock)
    try:
        assert isinstance(carla.run(command), Done)
    finally:
        carla.store.close()


async def edit(ana: Operator, card: CardDetail) -> None:
    ana.app.screen.go("edit_card", card=card.id)  # type: ignore[attr-defined]
    await ana.until(lambda: isinstance(ana.app.screen, FormScreen), "the form is not open")
    await ana.sees("Editar cartão")


async def test_a_draft_taken_up_later_leaves_alone_what_it_did_not_touch(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await first_card(ana)
        await edit(ana, card)
        await ana.press("end")
        await ana.type(" novo")
        await ana.press("escape")
        meanwhile(demo_db, clock, EditCard(card=card.id, value_one_off=777_700))
        await edit(ana, card)
        await ana.sees("7.777,00", f"{card.title} novo", "rascunho")
        await ana.press("ctrl+s")
        await ana.until(lambda: not isinstance(ana.app.screen, FormScreen), "it was not saved")
        saved: CardDetail = ana.crm.read(views.detail, card.id)
        assert (saved.title, saved.value_one_off) == (f"{card.title} novo", 777_700)


async def test_a_field_that_both_changed_is_asked_though_the_draft_is_older(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await first_card(ana)
        await edit(ana, card)
        await ana.press("end")
        await ana.type(" meu")
        await ana.press("escape")
        meanwhile(demo_db, clock, EditCard(card=card.id, subject="da gerente"))
        await edit(ana, card)
        await ana.press("ctrl+s")
        await ana.sees("carla", "da gerente", f"{card.title} meu", "Assunto")
        await ana.press("right", "ctrl+s")
        await ana.until(lambda: len(ana.app.screen_stack) == 1, "the question is still open")
        assert ana.crm.read(views.detail, card.id).title == "da gerente"


async def test_a_conflict_speaks_of_money_people_and_days_as_one_reads_them(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        card = await first_card(ana)
        await edit(ana, card)
        await ana.press("tab", "ctrl+u")
        await ana.type("1.000,00")
        meanwhile(demo_db, clock, EditCard(card=card.id, value_one_off=50_000))
        await ana.press("ctrl+s")
        await ana.sees("Valor", "R$ 1.000,00", "R$ 500,00")
        assert "value_one_off" not in ana.text()


async def test_who_takes_a_card_is_called_by_name(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as ana:
        card = await first_card(ana)
        before = (card.id, card.version, card.title)
        ana.app.screen.go("hand_over", cards=[before])  # type: ignore[attr-defined]
        await ana.until(lambda: isinstance(ana.app.screen, FormScreen), "the form is not open")
        users = {o.ref: o for o in ana.crm.read(ana.app.pickers["users"], "")}
        await ana.type("dav")
        meanwhile(demo_db, clock, HandOver(card=card.id, to=users["beto"].value))
        await ana.press("tab", "ctrl+s")
        await ana.sees("Para", users["davi"].label, users["beto"].label)
        await ana.press("right", "ctrl+s")
        await ana.until(lambda: len(ana.app.screen_stack) == 1, "the form is still open")
        assert ana.crm.read(views.detail, card.id).owner == "beto"


async def test_a_move_that_came_too_late_says_who_was_first(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await first_card(ana)
        stages = [s.id for s in ana.crm.read(views.stages, card.board_id) if s.category == "open"]
        mine, theirs = [s for s in stages if s != card.stage_id][:2]
        meanwhile(demo_db, clock, MoveCard(card=card.id, stage=theirs))
        place = ana.app.screen
        outcome = await place.write(MoveCard(card=card.id, stage=mine, version=card.version))  # type: ignore[attr-defined]
        assert place.answer(outcome) is False  # type: ignore[attr-defined]
        await ana.sees("carla")
        await ana.press("escape")
        assert ana.crm.read(views.detail, card.id).stage_id == theirs


async def test_a_card_begun_for_one_person_is_not_offered_for_another(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        first, second = [h for h in ana.crm.read(parties.search, "").hits if h.kind == "person"][:2]
        for person in (first, second):
            ana.app.screen.go("new_card", party=person.id)  # type: ignore[attr-defined]
            await ana.until(lambda: isinstance(ana.app.screen, FormScreen), "the form is not open")
            await ana.sees(person.name)
            assert "Um assunto" not in ana.text()
            await ana.press("tab")
            await ana.type("Um assunto")
            await ana.press("escape")
        ana.app.screen.go("new_card", party=first.id)  # type: ignore[attr-defined]
        await ana.sees(first.name, "Um assunto")


async def test_on_a_small_screen_the_sentence_of_a_refused_form_is_in_sight(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        await ana.press("n", "ctrl+s")
        await ana.sees("! Nome", "Preencha o nome ou o assunto.")
        await ana.type("Zé")
        await ana.gone("! Nome")


async def test_a_comment_says_whom_it_is_about(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down", "c")
        row = next(line for line in (await ana.sees("Comentário")).lines() if "▌ Comentário  " in line)
        assert row.rstrip().endswith("Padaria Aurora")


async def test_what_forbids_an_undo_is_said_in_words(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await first_card(ana)
        done = await ana.app.write(EditCard(card=card.id, subject="da ana"))
        assert isinstance(done, Done)
        meanwhile(demo_db, clock, EditCard(card=card.id, subject="da carla"))
        await ana.press("u")
        await ana.sees("Já não dá para desfazer: carla mexeu nisto em", "(Cartão", "alterado)")
        assert "card.edited" not in ana.text()
