"""Where the person behind a card saw us first. (M50)"""

from __future__ import annotations

from house import House, do

from crm_tui.domain.outcome import Refusal
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import CopyCard, EditCard, NewCard
from crm_tui.services.media import views
from crm_tui.services.media.commands import (
    AddMediaSource,
    DeactivateMediaSource,
    EditMediaSource,
    MoveMediaSource,
    ReactivateMediaSource,
)


def names(house: House) -> list[str]:
    return [option.label for option in house.open().read(views.pick_media_source, "")]


def test_media_sources_are_added_renamed_and_ordered(house: House) -> None:
    crm, before = house.open(), names(house)
    assert len(before) == 5
    made = do(crm, AddMediaSource(name="  Outdoor ")).entity_id or 0
    do(crm, MoveMediaSource(media_source=made, step=-99))
    do(crm, EditMediaSource(media_source=made, name="Outdoor da ponte"))
    assert names(house) == ["Outdoor da ponte", *before]
    assert isinstance(crm.run(AddMediaSource(name="Outdoor da ponte")), Refusal)


def test_a_card_and_its_copy_keep_one_that_went_out_of_use(house: House) -> None:
    crm, media = house.open(), house.any_id("media_source")
    card = do(crm, NewCard(subject="viu o anúncio", media=media)).entity_id or 0
    do(crm, DeactivateMediaSource(media_source=media))
    do(crm, EditCard(card=card, media=media, subject="viu o anúncio na rua"))
    assert crm.read(boards.detail, card).media_id == media
    refusal = crm.run(NewCard(subject="outro", media=media))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("media",)
    do(crm, ReactivateMediaSource(media_source=media))
    copy = do(crm, CopyCard(card=card)).entity_id or 0
    assert crm.read(boards.detail, copy).media_id == media
