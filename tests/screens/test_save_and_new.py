"""`ctrl+n` in a generated form: saved, and the same form is there again for another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.screens.core.forms import FormScreen
from crm_tui.services.board import views
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def form(ana: Operator) -> FormScreen:
    screen = ana.app.screen
    assert isinstance(screen, FormScreen)
    return screen


async def test_cards_are_made_one_after_the_other_each_with_its_own_undo(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        before = ana.crm.read(trails.everything)[0].id
        await ana.press("n")
        await ana.sees("ctrl+n gravar e novo")
        await ana.type("Marta Reis")
        first = form(ana)
        await ana.press("ctrl+n")
        await ana.until(lambda: isinstance(ana.app.screen, FormScreen) and form(ana) is not first, "no other")
        await ana.sees("cartão criado   u desfaz")
        assert set(form(ana).raw().values()) == set(first.first.values()) | {""}
        await ana.type("Nilo Prado")
        await ana.press("ctrl+s")
        await ana.until(lambda: not isinstance(ana.app.screen, FormScreen), "the form is still open")
        told = [e for e in ana.crm.read(trails.everything, most=8) if e.id > before]
        assert len([e for e in told if e.kind == "card.opened"]) == len({e.batch for e in told}) == 2
        await ana.press("u")
        names = {hit.name for hit in ana.crm.read(parties.search, "").hits}
        assert "Marta Reis" in names
        assert "Nilo Prado" not in names
        assert ana.crm.drafts.find("new_card", "new") is None


async def test_keys_typed_ahead_of_the_next_form_are_for_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("n")
        for key in (*"Rita", "ctrl+n", *"Saul", "ctrl+s"):
            ana.app.post_message(_key(key))
        await ana.until(lambda: {"Rita", "Saul"} <= {h.name for h in _all(ana)}, "one was not made")


async def test_a_refusal_keeps_the_form_and_the_same_key_finishes(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("n", "ctrl+n")
        await ana.sees("! Nome", "Preencha o nome ou o assunto.")
        refused = form(ana)
        await ana.type("Rita")
        await ana.press("ctrl+n")
        await ana.until(lambda: isinstance(ana.app.screen, FormScreen) and form(ana) is not refused, "closed")


async def test_where_nothing_new_is_made_it_is_not_offered_and_says_so(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "e")
        await ana.sees("Editar cartão", "ctrl+s gravar")
        assert "gravar e novo" not in ana.text()
        before = ana.crm.read(trails.everything)[0].id
        await ana.press("ctrl+n")
        await ana.sees("Aqui não há outro a começar: ctrl+s grava.")
        assert ana.crm.read(trails.everything)[0].id == before


async def test_stages_are_added_in_a_row_under_settings(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press("comma")
        await carla.until(lambda: hasattr(carla.app.screen, "shelf"), "no settings")
        names = [name for name, _ in carla.app.screen.shelf.names]  # type: ignore[attr-defined]
        await carla.press(*["down"] * names.index("Etapas"), "right", "n")
        await carla.sees("Nova etapa", "gravar e novo")
        for name in ("Vistoria", "Entrega"):
            await carla.type(name)
            shown = form(carla)
            await carla.press("ctrl+n")
            await carla.until(lambda shown=shown: form(carla) is not shown, "no other form")  # type: ignore[misc]
        board = next(iter(carla.crm.read(views.boards))).id
        stages = [s.name for s in carla.crm.read(views.stages, board)]
        assert stages[-2:] == ["Vistoria", "Entrega"]


async def test_a_row_of_stages_stays_on_the_board_that_was_picked_and_the_list_on_the_last(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press("comma")
        await carla.until(lambda: hasattr(carla.app.screen, "shelf"), "no settings")
        settings = carla.app.screen
        names = [name for name, _ in settings.shelf.names]  # type: ignore[attr-defined]
        await carla.press(*["down"] * names.index("Etapas"), "right", "n")
        await carla.press("shift+tab", "backspace")
        await carla.type("suporte")
        await carla.press("tab")
        await carla.type("Vistoria")
        shown = form(carla)
        await carla.press("ctrl+n")
        await carla.until(lambda: form(carla) is not shown, "no other form")
        await carla.type("Entrega")
        await carla.press("ctrl+s")
        await carla.until(lambda: carla.app.screen is settings, "the form is still open")
        board = next(b.id for b in carla.crm.read(views.boards) if b.name == "Suporte")
        assert [s.name for s in carla.crm.read(views.stages, board)][-2:] == ["Vistoria", "Entrega"]
        await carla.until(lambda: settings.list.row.name == "Entrega", "not on it")  # type: ignore[attr-defined]


async def test_a_draft_goes_on_in_its_field_and_shows_a_wrong_word_as_it_was_typed(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press("comma")
        await carla.until(lambda: hasattr(carla.app.screen, "shelf"), "no settings")
        settings = carla.app.screen
        names = [name for name, _ in settings.shelf.names]  # type: ignore[attr-defined]
        await carla.press(*["down"] * names.index("Etapas"), "right", "n")
        await carla.type("Vistoria")
        await carla.press("tab", "tab")
        await carla.type("ouro")
        await carla.press("ctrl+s")
        await carla.sees("“ouro” não é nenhum destes: Vermelho, Laranja, Amarelo")
        await carla.press(*["backspace"] * 4, "shift+tab", "shift+tab", "shift+tab", "backspace")
        await carla.type("xis")
        await carla.press("ctrl+s")
        await carla.sees("Não há “xis” para Quadro")
        form(carla).park_now()  # the line is lost
        left = form(carla)
        carla.app.pop_screen()
        left.inputs["board"]._close()  # type: ignore[attr-defined]
        left.parking._due()  # an autosave falls due while the form goes: with the focus the field lost its letters
        await carla.until(lambda: carla.app.screen is settings, "the form is still open")
        await carla.press("n")
        await carla.sees("Retomado do seu rascunho", "Vistoria", "xis")
        assert form(carla).focused in form(carla).inputs["board"].walk_children(with_self=True)


def _key(key: str) -> object:
    from textual import events

    return events.Key(key, key if len(key) == 1 else None)


def _all(ana: Operator) -> list[parties.PartyHit]:
    found: list[parties.PartyHit] = ana.crm.read(parties.search, "").hits
    return found


async def test_f8_discards_the_draft_that_a_form_was_taken_up_from_once_one_is_sure(
    demo_db: Path, clock: Clock
) -> None:
    """A single draft is opened by `d` at once: without a key in the form nobody could be rid of it."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("N", "p")
        await ana.type("Engano")
        await ana.press("f8")
        await ana.sees("Não há rascunho aqui")
        await ana.press("escape", "N", "p")
        await ana.sees("Retomado do seu rascunho", "f8 o descarta")
        before = ana.crm.drafts.count()
        await ana.press("f8")
        await ana.sees("Descartar este rascunho?")
        await ana.press("n")
        await ana.sees("Engano")
        await ana.press("f8", "s")
        await ana.gone("Engano")
        await ana.until(lambda: ana.crm.drafts.count() == before - 1, "it is still there")
