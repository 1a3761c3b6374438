"""By which way a card came and how interested its lead is. (M19-M21)"""

from __future__ import annotations

import pytest
from house import House, do
from pydantic import ValidationError

from crm_tui.domain.outcome import Refusal
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import CopyCard, EditCard, NewCard
from crm_tui.services.channel import views
from crm_tui.services.channel.commands import (
    AddChannel,
    DeactivateChannel,
    EditChannel,
    MoveChannel,
    ReactivateChannel,
)


def names(house: House) -> list[str]:
    return [option.label for option in house.open().read(views.pick_channel, "")]


def test_a_company_begins_with_a_handful_and_orders_renames_and_adds_its_own(house: House) -> None:
    crm = house.open()
    before = names(house)
    assert 5 <= len(before) <= 9
    made = do(crm, AddChannel(name="  Rádio ")).entity_id or 0
    do(crm, MoveChannel(channel=made, step=-99))
    do(crm, EditChannel(channel=made, name="Rádio local"))
    assert names(house) == ["Rádio local", *before]
    assert isinstance(crm.run(AddChannel(name="Rádio local")), Refusal)
    assert isinstance(crm.run(AddChannel(name="   ")), Refusal)


def test_one_out_of_use_is_offered_no_more_but_stays_on_its_cards(house: House) -> None:
    crm, channel, card = house.open(), house.any_id("channel"), house.card()
    do(crm, EditCard(card=card, channel=channel))
    do(crm, DeactivateChannel(channel=channel))
    detail = crm.read(boards.detail, card)
    assert detail.channel_id == channel
    assert detail.channel not in names(house)
    do(crm, EditCard(card=card, channel=channel, subject="o mesmo canal"))
    refusal = crm.run(NewCard(subject="x", channel=channel))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("channel",)
    assert isinstance(crm.run(DeactivateChannel(channel=channel)), Refusal)
    do(crm, ReactivateChannel(channel=channel))
    assert detail.channel in names(house)


def test_a_lead_is_classified_by_interest_and_channel_and_a_copy_keeps_both(house: House) -> None:
    crm, channel = house.open(), house.any_id("channel", 2)
    card = do(crm, NewCard(subject="quente", channel=channel, interest_level=5)).entity_id or 0
    do(crm, EditCard(card=card, interest_level=4))
    copy = do(crm, CopyCard(card=card)).entity_id
    for each in (card, copy):
        detail = crm.read(boards.detail, each)
        assert (detail.interest_level, detail.channel_id) == (4, channel)


@pytest.mark.parametrize("level", [0, 6])
def test_there_are_five_levels_of_interest(level: int) -> None:
    with pytest.raises(ValidationError):
        NewCard(subject="x", interest_level=level)
