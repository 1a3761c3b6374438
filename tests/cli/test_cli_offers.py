"""Offers, and the items of a card, from the shell. (M56, E36)"""

from __future__ import annotations

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run


def test_an_item_is_added_by_name_and_the_answer_says_what_the_card_is_worth(demo: Run) -> None:
    added = demo("do", "add_card_item", "--card", "OP-0142", "--item", "TEF por caixa", "--qty", "3")
    assert added.status == 0
    assert "R$ 14" in added.out
    shown = demo("show", "OP-0142", "--json").json
    assert (shown["offer"], shown["offer_ref"]) == ("Frente de caixa", "offer:1")
    assert (shown["value_one_off"], shown["value_recurring"]) == (14_350_00, 390_00)
    last = shown["items"][-1]
    assert [last[k] for k in ("item", "qty", "unit_price", "discount", "total")] == [
        *("TEF por caixa", 3, 650_00, 0, 1_950_00)
    ]
    assert demo("do", "edit_card_item", "--card-item", last["ref"], "--discount", "150").status == 0
    assert demo("show", last["ref"], "--json").json["total"] == 1_800_00
    assert demo("do", "remove_card_item", "--card-item", last["ref"]).status == 0
    assert demo("show", last["ref"]).status == Status.MISSING


def test_show_tells_a_person_the_offer_the_items_and_their_sums(demo: Run) -> None:
    told = demo("show", "OP-0142").out
    assert "Frente de caixa  offer:1" in told
    assert "PDV por caixa" in told
    assert "8.700,00" in told or "8,700.00" in told
    offer = demo("show", "offer:1").out
    assert "offer_item:1" in offer
    retired = demo("show", "offer:4", "--json").json
    assert (retired["active"], len(retired["items"])) == (False, 1)
    assert retired["inactivated_on"]


def test_what_is_not_sold_is_not_known_by_name_and_amounts_are_said_as_money(demo: Run) -> None:
    missing = demo("do", "add_card_item", "--card", "OP-0142", "--item", "Impressora fiscal")
    assert missing.status == Status.MISSING
    assert "R$ 2" in missing.err
    costly = demo(
        *("do", "add_card_item", "--card", "OP-0142", "--item", "Balança integrada", "--discount", "5000")
    )
    assert costly.status == Status.REFUSED
    assert "R$ 1" in costly.err


def test_cards_are_found_by_their_offer(demo: Run) -> None:
    found = demo("followups", "--all", "--filter", "oferta:agenda", "--json").json
    assert {row["party"] for row in found} >= {"Clínica Sorriso"}
    without = demo("followups", "--filter", "sem:oferta", "--json").json
    assert without
    assert {row["number"] for row in without}.isdisjoint({"OP-0142", *(row["number"] for row in found)})


def test_a_number_that_no_column_holds_is_called_too_large(demo: Run) -> None:
    for number in ("1000000000000000000", "9" * 40):
        refused = demo("do", "edit_stage", "--as", "admin", "--stage", "stage:1", "--expected-days", number)
        assert refused.status == Status.USAGE
        assert "is too large: write a smaller number" in refused.err
