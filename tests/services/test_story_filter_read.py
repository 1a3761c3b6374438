"""A person's timeline narrowed by kind, operator and days, page after page, and how many it is of."""

from __future__ import annotations

from house import House, card_secret, do

from crm_tui.domain.story_filter import StoryAsked
from crm_tui.services.note.commands import AddComment
from crm_tui.services.party.commands import AddContactPoint, EditParty
from crm_tui.services.trail import views as trails


def test_a_persons_timeline_is_what_is_asked_page_by_page(house: House) -> None:
    ana, bia, party = house.open(), house.open("bia"), house.party()
    for n in range(5):
        do(ana, AddComment(party=party, body=f"Recado {n}"))
        do(ana, EditParty(party=party, city=f"Cidade {n}"))
    do(ana, AddContactPoint(party=party, value="(11) 98888-7777"))
    whole = ana.read(trails.of_party, party)
    asked = ana.read(trails.meant, "tipo:comentário por:eu em:hoje")
    first = ana.read(trails.of_party, party, most=3, asked=asked)
    rest = ana.read(trails.of_party, party, before=first[-1].id, most=3, asked=asked)
    told = [entry.body for entry in (*first, *rest) if (entry.body or "").startswith("Recado")]
    assert told == [f"Recado {n}" for n in (4, 3, 2, 1, 0)]
    assert {entry.kind for entry in (*first, *rest)} == {"note.commented"}
    assert ana.read(trails.of_party, party, asked=ana.read(trails.meant, "até:ontem")) == [
        entry for entry in whole if entry.at < ana.read(trails.meant, "até:ontem").until
    ]
    assert ana.read(trails.how_many_of_party, party) == len(whole)
    assert ana.read(trails.how_many_of_party, party, 4) == 4
    assert bia.read(trails.meant, "por:eu").by == ("bia",)


def test_no_filter_and_no_count_reaches_behind_the_wall(house: House) -> None:
    """What one may not see is neither told nor counted, whatever is asked."""
    ana, edu = house.open(), house.open("edu")
    card = house.one("SELECT id FROM card WHERE title = ?", card_secret("bia"))
    for asked in (StoryAsked(), StoryAsked(kinds=("card.",)), StoryAsked(by=("bia", "ana"))):
        assert edu.read(trails.of_card, card, asked=asked) == []
    assert edu.read(trails.how_many_of_card, card) == 0 < ana.read(trails.how_many_of_card, card)
