"""What is sold with a card, by keyboard: its offer, items and sums; and the register of offers. (M56, E36)"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from crm_tui import bootstrap
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from crm_tui.services.followup import views as followups
from crm_tui.services.offer import views
from crm_tui.services.offer.commands import DeactivateOffer, EditCardItem
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import Operator, at_work, look, shelf

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]
TO_ITEMS = ["right"] * 4


async def opened(ana: Operator, place: int = 0) -> int:
    """Open a card of Hoje at its items: the first has none yet, the second is Padaria Aurora's; its id."""
    key = ana.crm.read(followups.queue).keys[place]
    await ana.press(*["down"] * place, "enter")
    await ana.sees("Timeline")
    await ana.press(*TO_ITEMS)
    return int(key)


def worth(ana: Operator, card: int) -> tuple[int, int]:
    detail = ana.crm.read(boards.detail, card)
    return detail.value_one_off, detail.value_recurring


async def test_items_are_picked_by_letters_counted_and_the_next_one_follows(
    demo_db: Path, clock: Clock
) -> None:
    """Three keys beside what is typed: tab, ctrl+n, ctrl+s."""
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.sees("No item yet: + adds what is sold")
        await ana.press("plus")
        await ana.sees("New item", "Restaurante Dona Benta")
        await ana.type("pdv")
        await ana.sees("PDV por caixa", "Frente de caixa, R$ 2,900.00")
        await ana.press("tab")
        await ana.type("3")
        await ana.press("ctrl+n")
        await ana.sees("item added", "now worth R$ 8,700.00", "Items 1")
        await ana.type("suporte")
        await ana.press("ctrl+s")
        await ana.sees("R$ 130.00 a month", "Items 2", "Once", "A month", "Total")
        assert worth(ana, card) == (8_700_00, 130_00)
        await ana.press("u", "u")
        await ana.sees("No item yet")
        assert worth(ana, card) == (4_300_00, 0), "as it was before"


async def test_an_item_is_edited_and_taken_off_and_the_sums_follow(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana, 1)
        await ana.sees("Items 4", "3 caixa  PDV por caixa", "8,700.00", "R$ 12,400.00", "R$ 390.00")
        await ana.press("enter")
        await ana.sees("Edit item", "2,900.00")
        await ana.press("tab", "tab")
        await ana.type("200")
        await ana.press("ctrl+s")
        await ana.sees("item changed   u undoes   now worth R$ 12,200.00", "-200.00", "8,500.00")
        await ana.press("e", "tab", "tab", "ctrl+u")
        await ana.type("9000")
        await ana.press("ctrl+s")
        await ana.sees("more than the line costs, R$ 8,700.00")
        await ana.press("escape")
        await ana.press("down", "f8")
        await ana.sees("Implantação da NFC-e taken off   u undoes", "Items 3")
        assert worth(ana, card) == (10_400_00, 390_00)
        await ana.press("u")
        await ana.sees("Items 4")


async def test_a_colleague_who_counted_anew_meanwhile_is_asked_about(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana, 1)
        await ana.press("e")
        await ana.sees("Edit item")
        item = ana.crm.read(views.of_card, card)[0]
        carla = crm_as("carla")
        carla.run(EditCardItem(card_item=item.id, qty=5, version=item.version))
        await ana.press("ctrl+u")
        await ana.type("4")
        await ana.press("ctrl+s")
        await ana.sees("carla", "5", "4")


async def test_the_menu_of_a_card_leads_to_its_items_from_anywhere(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down", "o", "i")
        await ana.sees("OP-0142", "Items 4", "Treinamento na loja")
        await ana.press(*["left"] * 4)
        await ana.sees("Pediu 5% de desconto")
        await ana.press("o", "i")
        await ana.sees("Treinamento na loja")
        await ana.press("escape")
        await ana.sees("Open and closed")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_at_every_size_a_line_says_what_it_comes_to(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(demo_db, size=size, clock=clock) as ana:
        await opened(ana, 1)
        await ana.sees("PDV por caixa", "8,700.00", "390.00", "R$ 12,400.00", "Total")
        assert ("2,900.00" in ana.text()) is (size[0] >= 80), "the price goes first where room is short"


async def test_the_offer_of_a_card_is_picked_shown_and_said_to_be_out_of_use(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await opened(ana)
        await ana.press("right", "right")
        await ana.sees("Value per month")
        await ana.press(*["down"] * 15, "enter")
        await ana.sees("Edit card", "Offer")
        await ana.type("gest")
        await ana.press("enter")
        await ana.sees("saved   u undoes", "Gestão ERP")
        detail = ana.crm.read(boards.detail, card)
        assert detail.offer == "Gestão ERP"
        crm_as("admin").run(DeactivateOffer(offer=detail.offer_id))
        await ana.sees("Gestão ERP (out of use)")


async def test_offers_and_prices_are_set_up_by_keyboard_and_sold_at_once(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await admin.press(",")
        await admin.sees("This machine")
        await admin.press(*shelf("offers"), "enter")
        await admin.sees("Frente de caixa", "Product", "6 items", "out of use")
        await admin.press("n")
        await admin.sees("New offer")
        await admin.type("Fibra")
        await admin.press("ctrl+s")
        await admin.sees("Fibra")
        await admin.press("o", "i", "n")
        await admin.sees("New item of an offer", "Fibra")
        await admin.type("500 mega")
        await admin.press("tab")
        await admin.type("99,90")
        await admin.press("tab", "y")
        await admin.press("ctrl+s")
        await admin.sees("500 mega", "R$ 99.90/month")
        await admin.press("x")
        await admin.sees("500 mega taken out of use")
        await admin.press("x")
        await admin.sees("500 mega back in use")
        assert [o.label for o in admin.crm.read(views.pick_offer_item, "mega")] == ["500 mega"]


@pytest.mark.usefixtures("pt")
async def test_where_the_tabs_do_not_all_fit_the_open_one_does_and_none_is_cut(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, size=(60, 20), clock=clock) as ana:
        await ana.press("down", "enter", *TO_ITEMS)
        await ana.sees("Itens 4 ›")
        bar = next(line for line in ana.lines() if "Itens 4" in line)
        assert (bar.split()[0], bar.split()[-1]) == ("‹", "›")
        await ana.press("right", "right")
        await ana.sees("Valor por mês")
        bar = next(line for line in ana.lines() if "Itens 4" in line)
        assert (bar.split()[0], bar.split()[-1]) == ("‹", "Dados")
        await ana.pilot.click("TabBar", offset=(bar.index("Anexos"), 0))
        await ana.sees("Nenhum anexo ainda")


@pytest.mark.usefixtures("pt")
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)], ids=["60x20", "80x24", "120x36"])
def test_items_as_a_picture(
    demo_db: Path, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    keys = ("down", "enter", *TO_ITEMS, "down")
    assert snap_compare(app, terminal_size=size, run_before=partial(look, keys, "Implantação da NFC-e"))
