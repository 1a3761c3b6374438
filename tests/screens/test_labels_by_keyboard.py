"""Labels and members by keyboard: chosen while typing, saved on many at once, shown wherever the card is. (K25, K26)"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crm_tui.domain.outcome import Done
from crm_tui.screens.label.choose import LabelsScreen
from crm_tui.services.board.commands import DeleteCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.followup import views as followups
from crm_tui.services.label import views
from crm_tui.services.label.commands import RetireLabel, SetLabels
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work


def worn(crm: Crm, card: int) -> list[str]:
    return [label.name for label in crm.read(views.worn, [card]).get(card, ())]


def label(crm: Crm, name: str) -> int:
    return next(row.id for row in crm.read(views.labels) if row.name == name)


def keys_of(ana: Operator) -> list[int]:
    return list(ana.crm.read(followups.queue).keys)


async def test_e_shows_what_is_on_and_enter_takes_one_and_empties_the_line(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = keys_of(ana)[1]
        await ana.press("down", "E")
        await ana.sees("Labels", "Padaria Aurora", "✓  quente", "✓  TEF", "enter puts one on or takes it off")
        await ana.type("REDE")
        await ana.gone("quente")
        await ana.press("enter")
        await ana.sees("1 card: + rede", "goes on", "frio")
        await ana.type("tef")
        await ana.press("enter")
        await ana.sees("1 card: + rede  - TEF", "comes off")
        await ana.press("ctrl+s")
        await ana.sees("labels of 1 card set   u undoes")
        assert worn(ana.crm, card) == ["quente", "indicação", "rede"]
        await ana.press("u")
        await ana.until(lambda: worn(ana.crm, card) == ["quente", "indicação", "TEF"], "not undone")


async def test_on_many_it_says_on_how_many_and_one_undo_takes_it_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        first, second, third = keys_of(ana)[:3]
        before = [worn(ana.crm, card) for card in (first, second, third)]
        await ana.press("space", "space", "space", "E")
        await ana.sees("3 cards", "on 1 of 3", "▒  quente")
        await ana.type("que")
        await ana.press("enter")
        await ana.sees("3 cards: + quente")
        await ana.press("enter")
        await ana.sees("3 cards: - quente")
        await ana.press("enter")
        await ana.sees("enter puts one on or takes it off")
        await ana.press("enter", "ctrl+s")
        await ana.sees("labels of 3 cards set   u undoes")
        assert all("quente" in worn(ana.crm, card) for card in (first, second, third))
        await ana.press("u")
        await ana.until(
            lambda: [worn(ana.crm, card) for card in (first, second, third)] == before, "not undone as one"
        )


async def test_a_card_that_refuses_is_named_and_stays_marked(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    """beto may not change ana's card; on his list stands a step of his on it."""
    async with at_work(demo_db, "beto", clock=clock, size=(120, 36)) as beto:
        await beto.press("2")
        await beto.sees("Vendas")
        await beto.press("asterisk", "E")
        await beto.sees("cards")
        await beto.type("rede")
        await beto.press("enter", "ctrl+s")
        await beto.sees("u undoes", "6 refused: Hortifruti da Praça", "6 marked")


async def test_a_label_that_went_out_of_use_meanwhile_is_told_and_the_sheet_stays(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("E")
        await ana.type("rede")
        await ana.press("enter")
        crm_as("carla").run(RetireLabel(label=label(ana.crm, "rede")))
        await ana.press("ctrl+s")
        await ana.sees("The label “rede” was taken out of use: choose another.")
        await ana.press("escape")
        await ana.gone("choose another")
        assert worn(ana.crm, keys_of(ana)[0]) == ["frio"]


async def test_enter_means_no_other_label_than_the_one_that_stood_under_the_cursor(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    """The row under the hand went while it came down: the one that moved up is not put on in its place."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("E", "down")
        screen = ana.app.screen
        assert isinstance(screen, LabelsScreen)
        taken = screen.list.row
        while taken is not None and taken.choice.on:  # one that is worn stays, out of use or not
            await ana.press("down")
            taken = screen.list.row
        assert taken is not None
        crm_as("carla").run(RetireLabel(label=taken.choice.id))
        await ana.sees(f"{taken.choice.name} is gone from the list")
        await ana.press("enter")
        assert screen.wanted == {}
        await ana.press("enter")
        assert len(screen.wanted) == 1, "now it is seen what is meant"


async def test_a_card_deleted_under_the_sheet_is_told_in_words_and_the_choice_stays(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    """Who, and when on the reader's clock: no instant as the base holds it."""
    async with at_work(demo_db, clock=clock) as ana:
        card = keys_of(ana)[0]
        await ana.press("E")
        await ana.press("enter")
        done = crm_as("admin").run(DeleteCard(card=card))
        assert isinstance(done, Done)
        await ana.press("ctrl+s")
        await ana.sees("admin deleted", "goes on")
        assert "2026-11-19T" not in ana.text()
        assert "10:42" in ana.text()


async def test_who_may_makes_a_label_by_its_name_and_who_may_not_is_not_offered(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press("2")
        await carla.sees("Vendas")
        await carla.press("E")
        await carla.type("natal")
        await carla.sees("make the label “natal”")
        await carla.press("enter")
        await carla.sees("1 card: + natal")
        await carla.press("ctrl+s")
        await carla.sees("labels of 1 card set   u undoes")
        made = next(row for row in carla.crm.read(views.labels) if row.name == "natal")
        assert made.board == "Vendas"
        await carla.press("u")
        await carla.until(lambda: "natal" not in [r.name for r in carla.crm.read(views.labels)], "one batch")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("E")
        await ana.type("natal")
        await ana.sees("Nothing is called so.")


async def test_esc_empties_the_line_then_leaves_and_nothing_is_saved(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        before = worn(ana.crm, keys_of(ana)[0])
        await ana.press("E")
        await ana.type("tef")
        await ana.press("enter")
        await ana.type("re")
        await ana.press("escape")
        await ana.sees("frio", "1 card: + TEF")
        await ana.press("escape")
        await ana.gone("+ TEF")
        assert worn(ana.crm, keys_of(ana)[0]) == before


async def test_saving_nothing_says_so(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("E", "ctrl+s")
        await ana.sees("Nothing is chosen yet")


async def test_hoje_board_and_atendimento_show_them_as_another_puts_them_on(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        card = keys_of(ana)[0]
        await ana.sees("frio")
        crm_as("carla").run(SetLabels(card=card, add=(label(ana.crm, "licitação"),)))
        await ana.sees("licitação")
        await ana.press("enter")
        await ana.sees("Timeline", "Labels", "licitação")
        await ana.press("2")
        await ana.sees("frio  +1")


async def test_members_are_chosen_by_name_from_the_menu(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        card = keys_of(ana)[1]
        await ana.press("down", "o", "m")
        await ana.sees("Members", "✓  Roberto Martins", "✓  Carla Nogueira")
        await ana.type("davi")
        await ana.press("enter", "ctrl+s")
        await ana.sees("davi may not see this card")
        await ana.press("enter")
        await ana.type("beto")
        await ana.press("enter", "ctrl+s")
        await ana.sees("members of 1 card set   u undoes")
        assert [m.login for m in ana.crm.read(views.members, [card])[card]] == ["carla"]
        await ana.press("enter")
        await ana.sees("Members    carla")
