"""Two operators on one record: different fields merge, the same field is asked, and neither text vanishes."""

from __future__ import annotations

import random
from typing import Any

import pytest
from house import House, do, done, in_days

from crm_tui.domain.outcome import Conflict, Done
from crm_tui.services.board.commands import EditCard, HandOver, MoveCard
from crm_tui.services.core.commands import Command
from crm_tui.services.followup.commands import Redate
from crm_tui.services.party.commands import EditParty


def _clash(outcome: object) -> Conflict:
    assert isinstance(outcome, Conflict), outcome
    return outcome


def test_different_fields_merge(house: House) -> None:
    ana, beto, card = house.open(), house.open("beto"), house.card("beto")
    seen = house.version("card", card)
    do(beto, EditCard(card=card, subject="do beto", version=seen))
    do(ana, EditCard(card=card, value_one_off=5_00, version=seen))
    found = house.rows("SELECT title, value_one_off, version FROM card WHERE id = ?", card)
    assert found == [("do beto", 5_00, seen + 2)]


def test_the_same_value_by_both_is_no_conflict(house: House) -> None:
    ana, beto, card = house.open(), house.open("beto"), house.card("beto")
    seen = house.version("card", card)
    do(beto, EditCard(card=card, subject="igual", version=seen))
    assert do(ana, EditCard(card=card, subject="igual", version=seen)).events == ()


def test_what_was_put_back_meanwhile_is_no_conflict_of_its_own_value(house: House) -> None:
    """Base is what stood there when one began to type, however often it changed since."""
    beto, card = house.open("beto"), house.card("beto")
    seen = house.version("card", card)
    for subject in ("um", "dois", "três"):
        do(beto, EditCard(card=card, subject=subject))
    clash = _clash(house.open().run(EditCard(card=card, subject="meu", version=seen)))
    assert [(f.base, f.mine, f.theirs) for f in clash.fields] == [("cartao-secreto-beto", "meu", "três")]


@pytest.mark.parametrize(
    ("first", "second", "fields"),
    [
        (
            lambda h, c: MoveCard(card=c, stage=h.stage(c, 1)),
            lambda h, c: MoveCard(card=c, stage=h.stage(c, 2), version=1),
            ["stage"],
        ),
        (
            lambda h, c: HandOver(card=c, to=h.user("bia")),
            lambda h, c: HandOver(card=c, to=h.user("carla"), version=1),
            ["to"],
        ),
    ],
)
def test_a_conflict_speaks_of_the_forms_fields(
    house: House, first: Any, second: Any, fields: list[str]
) -> None:
    crm, card = house.open(), house.card("beto")
    do(crm, first(house, card))
    late: Command = second(house, card)
    seen = {"version": house.version("card", card) - 1}
    assert [f.field for f in _clash(crm.run(late.model_copy(update=seen))).fields] == fields


def test_a_date_and_its_hour_clash_as_one_field(house: House, clock: Any) -> None:
    crm, step = house.open(), house.step()
    seen = house.version("activity", step)
    do(crm, Redate(activity=step, when=clock(), version=seen))
    clash = _clash(crm.run(Redate(activity=step, when=in_days(clock, 1), version=seen)))
    assert [f.field for f in clash.fields] == ["when"]


def test_no_version_means_no_check_and_the_trail_says_so(house: House) -> None:
    crm, card = house.open(), house.card()
    unchecked = do(crm, EditCard(card=card, subject="às cegas"))
    checked = do(crm, EditCard(card=card, subject="visto", version=house.version("card", card)))
    params = [house.one("SELECT params FROM event WHERE id = ?", o.events[0]) for o in (unchecked, checked)]
    assert params == ['{"unchecked":true}', "{}"]


@pytest.mark.parametrize(
    ("field", "theirs", "mine"),
    [
        ("phone", "(11) 3333-4444", "(11) 3333-5555"),
        ("email", "dela@x.com", "dele@x.com"),
        ("company", "Aurora", "Girassol"),
        ("role", "dona", "sócia"),
        ("name", "Marina", "Mariana"),
    ],
)
def test_a_persons_belongings_clash_like_its_own_columns(
    house: House, field: str, theirs: str, mine: str
) -> None:
    ana, beto, party = house.open(), house.open("beto"), house.party("beto")
    if field == "role":
        do(ana, EditParty(party=party, company="Aurora"))
    seen = house.version("party", party)
    base = dict(
        house.rows(
            "SELECT iif(kind = 'email', 'email', 'phone'), value FROM contact_point WHERE party_id = ?", party
        )
    )
    base |= {"name": "pessoa-secreta-beto", "company": "", "role": ""}
    do(beto, EditParty(party=party, version=seen, **{field: theirs}))
    do(ana, EditParty(party=party, version=seen, trade_name="fantasia"))
    clash = _clash(ana.run(EditParty(party=party, version=seen, **{field: mine})))
    assert [(f.field, f.base, f.mine, f.theirs) for f in clash.fields] == [(field, base[field], mine, theirs)]
    assert clash.who == "beto"
    do(ana, EditParty(party=party, version=clash.version, **{field: mine}))


def test_a_changed_company_tells_the_one_before(house: House) -> None:
    crm, party = house.open(), house.party()
    do(crm, EditParty(party=party, company="Aurora"))
    seen = house.version("party", party)
    do(crm, EditParty(party=party, company="Girassol", version=seen))
    clash = _clash(crm.run(EditParty(party=party, company="Hotel", version=seen)))
    assert [(f.base, f.theirs) for f in clash.fields] == [("Aurora", "Girassol")]


FIELDS = ("subject", "description", "value_one_off", "probability")


def test_in_a_thousand_random_pairs_neither_text_vanishes(house: House) -> None:
    """Both open the card, both save: each text stands on the card or in the answer's conflict, base included."""
    crm, card, chance = house.open(), house.card(), random.Random(7)
    with crm.store.writing() as connection:
        writer = connection
    writer.execute("PRAGMA synchronous = OFF")  # two thousand saves: the disk is not what is tested
    conflicts = 0
    for n in range(1_000):
        seen = house.version("card", card)
        base = _fields(house, card)
        sides = [_some(chance, f"{who}{n}") for who in ("a", "b")]
        done(crm.run(EditCard(card=card, version=seen, **sides[0])))
        second = crm.run(EditCard(card=card, version=seen, **sides[1]))
        stands = _fields(house, card)
        differ = {
            name
            for name in sides[0].keys() & sides[1].keys()
            if sides[0][name] not in (base[name], sides[1][name])
        }
        if isinstance(second, Done):
            assert differ == set()
            assert sides[0] | sides[1] == {k: stands[k] for k in sides[0] | sides[1]}
        else:
            conflicts += 1
            clash = _clash(second)
            assert {f.field: (f.base, f.mine, f.theirs) for f in clash.fields} == {
                name: (base[name], sides[1][name], sides[0][name]) for name in differ
            }
            assert {k: stands[k] for k in sides[0]} == sides[0]
    assert 200 < conflicts < 900


def _fields(house: House, card: int) -> dict[str, Any]:
    (row,) = house.rows("SELECT title, description, value_one_off, probability FROM card WHERE id = ?", card)
    return dict(zip(FIELDS, row, strict=True))


def _some(chance: random.Random, word: str) -> dict[str, Any]:
    values = {
        "subject": word,
        "description": f"{word}\ntexto",
        "value_one_off": chance.randrange(10_000),
        "probability": chance.randrange(3),
    }
    return {k: values[k] for k in chance.sample(FIELDS, chance.randint(1, 3))}
