"""What is sold, and what a card holds of it: the register, items of cards, what a card is worth. (M56, E10, E36)"""

from __future__ import annotations

from datetime import date

import pytest
from house import House, card_secret, do
from offered import card_item, offer, offer_item
from pydantic import ValidationError

from crm_tui.domain.offer import ITEMS_LIMIT, Totals, totals
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import (
    ArchiveCard,
    CopyCard,
    DeleteCard,
    EditCard,
    LoseCard,
    NewCard,
    SetBoardMember,
)
from crm_tui.services.board.move_commands import ConvertToService
from crm_tui.services.board.setup_commands import EditBoard
from crm_tui.services.offer import views
from crm_tui.services.offer.commands import (
    AddCardItem,
    AddOffer,
    AddOfferItem,
    DeactivateOffer,
    DeactivateOfferItem,
    EditCardItem,
    EditOffer,
    EditOfferItem,
    MoveOffer,
    MoveOfferItem,
    ReactivateOffer,
    ReactivateOfferItem,
    RemoveCardItem,
)
from crm_tui.services.trail.commands import UndoBatch


def worth(house: House, card: int) -> Totals:
    return Totals(*house.rows("SELECT value_one_off, value_recurring FROM card WHERE id = ?", card)[0])


def held(house: House, card: int) -> list[tuple[int, int, int]]:
    """Quantity, price and discount of the card's items."""
    return house.rows("SELECT qty, unit_price, discount FROM card_item WHERE card_id = ? ORDER BY id", card)


def offered_items(house: House, text: str = "") -> list[str]:
    return [option.label for option in house.open().read(views.pick_offer_item, text)]


def reason(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.reason.msgid


# --- the register


def test_offers_and_their_items_are_added_ordered_changed_and_undone(house: House) -> None:
    crm = house.open()
    one, two = offer(house), offer(house, "Telefonia")
    do(crm, MoveOffer(offer=two, step=-9))
    assert [o.name for o in crm.read(views.offers)][:2] == ["Telefonia", "Internet"]
    do(crm, EditOffer(offer=one, name="Fibra", board=house.any_id("board", 1)))
    first, second = (item.id for item in crm.read(views.items) if item.offer_id == one)
    do(crm, MoveOfferItem(offer_item=second, step=-1))
    changed = do(crm, EditOfferItem(offer_item=second, price=180_00, recurring=True, unit=""))
    found = [item for item in crm.read(views.items) if item.offer_id == one]
    assert [item.id for item in found] == [second, first]
    assert found[0][3:7] == ("Internet instalação", 180_00, True, None)
    named = next(o for o in crm.read(views.offers) if o.id == one)
    assert (named.name, named.board_id) == ("Fibra", house.any_id("board", 1))
    do(crm, UndoBatch(batch=changed.batch))
    assert next(i.price for i in crm.read(views.items) if i.id == second) == 150_00


@pytest.mark.parametrize("name", ["internet", "  ÍNTERNET ", "   "])
def test_two_offers_are_never_called_alike(house: House, name: str) -> None:
    offer(house)
    refusal = house.open().run(AddOffer(name=name))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("name",)


def test_two_items_of_one_offer_are_never_called_alike_those_of_two_may_be(house: House) -> None:
    crm, one = house.open(), offer(house)
    assert "already" in reason(crm.run(AddOfferItem(offer=one, name="internet 500")))
    do(crm, AddOfferItem(offer=offer(house, "Telefonia"), name="Internet 500"))
    do(crm, DeactivateOfferItem(offer_item=offer_item(house)))
    assert "put it back in use" in reason(crm.run(AddOfferItem(offer=one, name="Internet 500")))
    other = offer_item(house, 1)
    assert isinstance(crm.run(EditOfferItem(offer_item=other, name="INTERNET 500")), Refusal)


def test_one_out_of_use_is_offered_no_more_and_the_day_is_kept(house: House) -> None:
    """The card that has it keeps it, and what it has may still be counted anew. (E10)"""
    crm, card, one = house.open(), house.card(), offer(house)
    do(crm, EditCard(card=card, offer=one))
    item = card_item(house, "ana")
    do(crm, DeactivateOffer(offer=one))
    assert house.one("SELECT inactivated_on FROM offer WHERE id = ?", one) == "2026-11-19"
    assert crm.read(views.offers)[0].inactivated_on == date(2026, 11, 19)
    assert crm.read(views.pick_offer, "") == []
    assert crm.read(views.pick_offer_item, "") == []
    detail = crm.read(boards.detail, card)
    assert (detail.offer, detail.offer_sold) == ("Internet", False)
    assert [i.sold for i in crm.read(views.of_card, card)] == [False]
    do(crm, EditCard(card=card, offer=one, subject="a mesma oferta"))
    do(crm, EditCardItem(card_item=item, qty=3))
    assert "out of use" in reason(crm.run(NewCard(subject="x", offer=one)))
    assert "out of use" in reason(crm.run(EditCard(card=house.card("bia"), offer=one)))
    refused = crm.run(AddCardItem(card=card, item=offer_item(house)))
    assert isinstance(refused, Refusal)
    assert refused.fields == ("item",)
    assert "already" in reason(crm.run(DeactivateOffer(offer=one)))
    do(crm, ReactivateOffer(offer=one))
    assert house.one("SELECT inactivated_on FROM offer WHERE id = ?", one) is None
    assert [o.label for o in crm.read(views.pick_offer, "")] == ["Internet"]
    assert "already" in reason(crm.run(ReactivateOffer(offer=one)))


def test_an_item_out_of_use_leaves_the_rest_of_its_offer(house: House) -> None:
    crm, item = house.open(), offer_item(house)
    do(crm, DeactivateOfferItem(offer_item=item))
    assert offered_items(house) == ["Internet instalação"]
    refused = crm.run(AddCardItem(card=house.card(), item=item))
    assert "choose another" in reason(refused)
    do(crm, ReactivateOfferItem(offer_item=item))
    assert offered_items(house) == ["Internet 500", "Internet instalação"]
    do(crm, DeactivateOffer(offer=offer(house)))
    assert "put the offer back" in reason(crm.run(ReactivateOfferItem(offer_item=item)))


def test_items_are_found_by_their_words_and_by_those_of_their_offer(house: House) -> None:
    """And those of the offer that the card has come first."""
    crm = house.open()
    offer(house)
    two = offer(house, "Telefonia")
    do(crm, AddOfferItem(offer=two, name="Ramal", price=30_00))
    assert offered_items(house, "500") == ["Internet 500", "Telefonia 500"]
    assert offered_items(house, "ramal") == ["Ramal"]
    assert offered_items(house, "telef ramal") == ["Ramal"]
    first = crm.read(views.pick_offer_item, "", offer_id=two)
    assert [o.label for o in first][:3] == ["Telefonia 500", "Telefonia instalação", "Ramal"]


# --- on a card


def test_a_card_is_worth_what_its_items_come_to_and_the_answer_says_so(house: House) -> None:
    crm, card = house.open(), house.card()
    monthly, once = offer_item(house), offer_item(house, 1)
    added = do(crm, AddCardItem(card=card, item=monthly, qty=3))
    assert held(house, card) == [(3, 99_90, 0)], "the price is the list's"
    assert worth(house, card) == (0, 299_70)
    assert added.note is not None
    assert added.note.params == {"one_off_cents": 0, "recurring_cents": 299_70}
    more = do(crm, AddCardItem(card=card, item=once, qty=2, unit_price=140_00, discount=30_00))
    assert worth(house, card) == (250_00, 299_70)
    do(crm, EditCardItem(card_item=more.entity_id or 0, discount=0))
    assert worth(house, card) == (280_00, 299_70)
    do(crm, EditOfferItem(offer_item=once, price=999_00))
    assert worth(house, card) == (280_00, 299_70), "what was sold keeps its price"
    do(crm, RemoveCardItem(card_item=added.entity_id or 0))
    assert worth(house, card) == (280_00, 0)
    last = do(crm, RemoveCardItem(card_item=more.entity_id or 0))
    assert worth(house, card) == (280_00, 0), "without an item the value stays"
    assert last.note is not None
    assert "stays" in last.note.msgid


def test_a_value_typed_by_hand_stands_until_the_items_change_again(house: House) -> None:
    crm, card = house.open(), house.card()
    item = card_item(house, "ana")
    do(crm, EditCard(card=card, value_one_off=200_00))
    assert worth(house, card) == (200_00, 0)
    do(crm, EditCardItem(card_item=item, qty=2))
    assert worth(house, card) == (200_00, 0), "nothing changed, so nothing is summed up"
    do(crm, EditCardItem(card_item=item, qty=1))
    assert worth(house, card) == (140_00, 0)


def test_the_sum_of_the_store_is_that_of_the_domain(house: House) -> None:
    crm, card = house.open(), house.card()
    for qty, discount, place in ((1, 0, 0), (7, 9_99, 0), (2, 1, 1), (9_999, 0, 1)):
        do(crm, AddCardItem(card=card, item=offer_item(house, place), qty=qty, discount=discount))
        assert totals(crm.read(views.of_card, card)) == worth(house, card)


def test_items_and_value_are_undone_together_in_either_order_of_kinds(house: House) -> None:
    crm, card = house.open(), house.card()
    before = worth(house, card)
    batches = [
        do(crm, AddCardItem(card=card, item=offer_item(house))).batch,
        do(crm, AddCardItem(card=card, item=offer_item(house, 1))).batch,
    ]
    item = house.one("SELECT max(id) FROM card_item")
    batches.append(do(crm, EditCardItem(card_item=item, qty=4)).batch)
    batches.append(do(crm, RemoveCardItem(card_item=item)).batch)
    assert worth(house, card) == (0, 99_90)
    for batch, value in zip(
        reversed(batches), [(600_00, 99_90), (150_00, 99_90), (0, 99_90), before], strict=True
    ):
        do(crm, UndoBatch(batch=batch))
        assert worth(house, card) == value
    assert held(house, card) == []


@pytest.mark.parametrize("qty", [0, -1, 10_000])
def test_a_quantity_is_one_to_9999(qty: int) -> None:
    with pytest.raises(ValidationError):
        AddCardItem(card=1, item=1, qty=qty)


def test_a_discount_is_never_more_than_its_line(house: House) -> None:
    crm, card, once = house.open(), house.card(), offer_item(house, 1)
    refused = crm.run(AddCardItem(card=card, item=once, qty=2, discount=300_01))
    assert isinstance(refused, Refusal)
    assert (refused.fields, refused.reason.params) == (("discount",), {"line_cents": 300_00})
    made = do(crm, AddCardItem(card=card, item=once, qty=2, discount=300_00)).entity_id or 0
    assert worth(house, card) == (0, 0)
    assert "costs" in reason(crm.run(EditCardItem(card_item=made, qty=1))), "what is not said stays"
    with pytest.raises(ValidationError):
        AddCardItem(card=card, item=once, discount=-1)


def test_the_items_of_a_closed_an_archived_and_a_deleted_card_stand(house: House) -> None:
    crm = house.open()
    item, card = card_item(house, "ana"), house.card()
    do(crm, LoseCard(card=card, reason=house.any_id("loss_reason"), note="achou caro"))
    wishes = (
        AddCardItem(card=card, item=offer_item(house)),
        EditCardItem(card_item=item, qty=9),
        RemoveCardItem(card_item=item),
    )
    for wish in wishes:
        assert "closed" in reason(crm.run(wish))
        assert "closed" in reason(crm.why_not(wish))
    item, card = card_item(house, "bia"), house.card("bia")
    do(crm, ArchiveCard(card=card))
    for wish in (AddCardItem(card=card, item=offer_item(house)), RemoveCardItem(card_item=item)):
        assert "archive" in reason(crm.run(wish))
    item, card = card_item(house, "edu"), house.card("edu")
    do(crm, DeleteCard(card=card))
    refused = crm.run(RemoveCardItem(card_item=item))
    assert isinstance(refused, Refusal)
    assert refused.by is RefusedBy.MISSING_RECORD


def test_a_card_holds_a_hundred_items_and_says_so(house: House) -> None:
    crm, card, item = house.open(), house.card(), offer_item(house)
    crm.run_many([AddCardItem(card=card, item=item)] * ITEMS_LIMIT)
    assert len(held(house, card)) == ITEMS_LIMIT
    assert "at most" in reason(crm.run(AddCardItem(card=card, item=item)))


def test_two_operators_on_one_item_merge_by_field(house: House) -> None:
    item = card_item(house, "ana")
    seen = house.version("card_item", item)
    do(house.open("carla"), EditCardItem(card_item=item, qty=5, version=seen))
    do(house.open(), EditCardItem(card_item=item, discount=0, version=seen))
    assert held(house, house.card()) == [(5, 150_00, 0)]
    clash = house.open().run(EditCardItem(card_item=item, qty=7, version=seen))
    assert isinstance(clash, Conflict)
    assert [(f.field, f.theirs) for f in clash.fields] == [("qty", 5)]


def test_a_copy_has_the_offer_and_the_items_that_are_sold_still(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, EditCard(card=card, offer=offer(house)))
    card_item(house, "ana")
    gone = do(crm, AddCardItem(card=card, item=offer_item(house), qty=2)).entity_id
    do(crm, DeactivateOfferItem(offer_item=offer_item(house)))
    copy = do(crm, CopyCard(card=card)).entity_id or 0
    assert held(house, copy) == [(2, 150_00, 10_00)]
    assert worth(house, copy) == (290_00, 0)
    assert crm.read(boards.detail, copy).offer == "Internet"
    assert gone in [item.id for item in crm.read(views.of_card, card)], "the original keeps it"
    ticket = int(house.one("SELECT id FROM board WHERE kind = 'ticket'"))
    do(crm, ConvertToService(card=card, board=ticket))
    assert house.one("SELECT offer_id FROM card ORDER BY id DESC LIMIT 1") == offer(house)
    do(crm, DeactivateOffer(offer=offer(house)))
    last = do(crm, CopyCard(card=card)).entity_id or 0
    assert (held(house, last), crm.read(boards.detail, last).offer) == ([], None)


def test_the_timeline_tells_what_was_added_changed_and_taken_off(house: House) -> None:
    crm, card = house.open(), house.card()
    item = card_item(house, "ana")
    do(crm, EditCardItem(card_item=item, qty=3))
    do(crm, RemoveCardItem(card_item=item))
    told = house.rows(
        "SELECT kind, json_extract(params, '$.qty'), json_extract(params, '$.total_cents') FROM event "
        "WHERE card_id = ? AND entity = 'card_item' ORDER BY id",
        card,
    )
    assert told == [
        ("card_item.added", 2, 290_00),
        ("card_item.edited", 3, 440_00),
        ("card_item.removed", 3, 440_00),
    ]


def test_undoing_a_copy_takes_its_items_with_it(house: House) -> None:
    crm, card = house.open(), house.card()
    card_item(house, "ana")
    before = house.dump()
    do(crm, UndoBatch(batch=do(crm, CopyCard(card=card)).batch))
    after = house.dump()
    assert after["card_item"] == before["card_item"]
    assert after["card"] == before["card"]


def test_an_item_that_a_card_holds_is_not_undone_away(house: House) -> None:
    crm, card = house.open(), house.card()
    made = do(crm, AddOfferItem(offer=offer(house), name="Roteador", price=250_00))
    do(crm, AddCardItem(card=card, item=made.entity_id or 0))
    assert isinstance(crm.run(UndoBatch(batch=made.batch)), Refusal)
    assert worth(house, card) == (250_00, 0)


# --- who may


def test_an_offer_of_a_board_that_one_does_not_see_is_as_good_as_not_there(house: House) -> None:
    """Nor is it by its items; one that is seen may be named on a card of another board."""
    crm, one = house.open(), offer(house)
    board = int(house.one("SELECT id FROM board WHERE kind = 'opportunity'"))
    card = house.card("bia")
    assert house.one("SELECT board_id FROM card WHERE id = ?", card) != board
    do(crm, EditOffer(offer=one, board=board))
    bia = house.open("bia")
    do(bia, EditCard(card=card, offer=one))
    do(crm, EditBoard(board=board, restricted=True))
    bia = house.open("bia")
    assert bia.read(views.offers) == []
    assert bia.read(views.pick_offer_item, "") == []
    for wish in (EditCard(card=card, offer=one), AddCardItem(card=card, item=offer_item(house))):
        refused = bia.run(wish)
        assert isinstance(refused, Refusal)
        assert refused.by is RefusedBy.MISSING_RECORD
    do(crm, SetBoardMember(board=board, user=house.user("bia"), may="view"))
    bia = house.open("bia")
    do(bia, AddCardItem(card=card, item=offer_item(house)))
    assert [item.offer for item in bia.read(views.of_card, card)] == ["Internet"]


def test_who_may_not_edit_the_card_may_not_change_its_items(house: House) -> None:
    item = card_item(house, "edu")
    bia = house.open("bia")
    for wish in (AddCardItem(card=house.card("edu"), item=offer_item(house)), RemoveCardItem(card_item=item)):
        refused = bia.run(wish)
        assert isinstance(refused, Refusal)
        assert refused.by is RefusedBy.PERMISSION
    assert card_secret("edu") not in repr(bia.read(views.card_item, item))
