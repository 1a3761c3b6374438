"""What a contato de venda says of itself: means of contact, who referred them, the chance; and the filter. (B11)"""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.filter import Filter, Place, read
from crm_tui.domain.outcome import Refusal
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import CopyCard, EditCard, NewCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views as filters
from crm_tui.services.followup import views


def _medium(house: House, place: int = 0) -> tuple[int, str]:
    row = house.rows("SELECT id, name FROM contact_medium WHERE active = 1 ORDER BY position")[place]
    return int(row[0]), str(row[1])


def _made(house: House, crm: Crm) -> int:
    medium, _ = _medium(house)
    command = NewCard(subject="PDV", medium=medium, referrer=house.party("bia"), probability=70)
    made = do(crm, command).entity_id
    assert made is not None
    return made


def test_a_new_card_keeps_means_referrer_and_chance(house: House) -> None:
    ana = house.open("ana")
    card = ana.read(boards.detail, _made(house, ana))
    assert (card.medium_id, card.medium) == _medium(house)
    assert (card.referrer, card.probability, card.own_probability) == ("pessoa-secreta-bia", 70, 70)
    said = ana.read(views.fields_of, [card.id])[card.id]
    assert said[1:] == (card.medium, card.referrer, 70)


def test_they_are_edited_emptied_and_copied(house: House) -> None:
    ana = house.open("ana")
    card = _made(house, ana)
    copied = do(ana, CopyCard(card=card)).entity_id
    assert copied is not None
    again = ana.read(boards.detail, copied)
    assert (again.medium_id, again.referrer_id) == (_medium(house)[0], house.party("bia"))
    do(ana, EditCard(card=card, medium=_medium(house, 1)[0], referrer=None))
    found = ana.read(boards.detail, card)
    assert (found.medium, found.referrer) == (_medium(house, 1)[1], None)


def test_a_means_out_of_use_is_refused_unless_the_card_has_it(house: House) -> None:
    ana = house.open("ana")
    card, (medium, _) = _made(house, ana), _medium(house)
    with ana.store.writing() as connection:
        connection.execute("UPDATE contact_medium SET active = 0 WHERE id = ?", (medium,))
    do(ana, EditCard(card=card, medium=medium, subject="outro"))
    refused = ana.run(EditCard(card=house.card("ana"), medium=medium))
    assert isinstance(refused, Refusal)
    assert refused.fields == ("medium",)
    assert isinstance(ana.run(NewCard(subject="x", medium=medium)), Refusal)


@pytest.mark.parametrize("line", ["meio:{medium}", "indicação:secreta-bia", "sucesso:>=70"])
def test_the_filter_finds_a_card_by_them(house: House, line: str) -> None:
    ana = house.open("ana")
    card = _made(house, ana)
    found = read(line.format(medium=f'"{_medium(house)[1]}"'), ana.read(filters.world, Place.TODAY))
    assert isinstance(found, Filter)
    assert list(ana.read(views.queue, found=found).keys) == [card]
