"""Random hands on the same few people, merging, changing and undoing out of order, by two operators: after each step
every number, address, consent and contact stands once, each family has one main way, and nothing is left with who was
merged."""

from __future__ import annotations

from random import Random

import pytest
from house import House, do

from crm_tui.domain.consent import Purpose
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.domain.party import PartyKind
from crm_tui.services.core.commands import Command
from crm_tui.services.core.crm import Crm
from crm_tui.services.once.commands import MergeParties, TellApart
from crm_tui.services.once.merging import named_by_kind, pointing_at
from crm_tui.services.party.commands import (
    AddAddress,
    AddContact,
    AddContactPoint,
    ChooseMainContact,
    EditContactPoint,
    EditParty,
    EndContact,
    GrantConsent,
    NewParty,
    RemoveAddress,
    RemoveContactPoint,
    RevokeConsent,
)
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

STEPS = 150
FIRMS = 3
ONCE = {
    "a number twice": "SELECT party_id FROM contact_point GROUP BY party_id, normalized HAVING count(*) > 1",
    "not one main way": "SELECT party_id FROM contact_point GROUP BY party_id, iif(kind IN"
    " ('phone', 'mobile', 'whatsapp'), 'number', kind) HAVING sum(is_primary) <> 1",
    "an address twice": "SELECT party_id FROM address GROUP BY party_id, city HAVING count(*) > 1",
    "not one main address": "SELECT party_id FROM address GROUP BY party_id HAVING sum(is_primary) <> 1",
    "a consent in force twice": "SELECT party_id FROM consent WHERE revoked_at IS NULL"
    " GROUP BY party_id, purpose, basis HAVING count(*) > 1",
    "a contact twice": "SELECT organization_id FROM party_relation WHERE ended_on IS NULL"
    " GROUP BY organization_id, person_id HAVING count(*) > 1",
    "two main contacts": "SELECT organization_id FROM party_relation WHERE ended_on IS NULL"
    " GROUP BY organization_id HAVING sum(is_primary) > 1",
}


def faults(house: House) -> list[str]:
    found = [what for what, sql in ONCE.items() if house.rows(sql)]
    of = {(str(table), column): "1" for table, column in pointing_at("party")}
    of |= {(str(table), "entity_id"): "x.entity = 'party'" for table in named_by_kind()}
    found += [
        f"{table}.{column} of who was merged"
        for (table, column), also in of.items()
        if house.rows(
            f'SELECT 1 FROM "{table}" x JOIN party p ON p.id = x."{column}"'
            f" WHERE p.merged_into_id IS NOT NULL AND {also}"
        )
    ]
    return found


def step(house: House, dice: Random, people: list[int]) -> Command:
    """Anything that one may do to one of them."""

    def one_of(table: str) -> int:
        return dice.choice([i for (i,) in house.rows(f'SELECT id FROM "{table}"')] or [1])

    party, other = dice.choice(people), dice.choice(people)
    phone, main = f"11 98{dice.randrange(100, 112)}-4321", dice.random() < 0.5
    version = next((v for (v,) in house.rows("SELECT version FROM party WHERE id = ?", party)), None)
    batches = [b for (b,) in house.rows("SELECT DISTINCT batch FROM event ORDER BY id DESC LIMIT 25")]
    return dice.choice(
        (
            lambda: MergeParties(party=party, merged=other),
            lambda: EditParty(
                party=party, phone=phone, company=f"Firma {dice.randrange(2)}", version=version
            ),
            lambda: AddContactPoint(party=party, value=phone, main=main),
            lambda: AddContactPoint(party=party, value=f"e{dice.randrange(9)}@x.com.br", main=main),
            lambda: EditContactPoint(contact_point=one_of("contact_point"), main=True),
            lambda: RemoveContactPoint(contact_point=one_of("contact_point")),
            lambda: AddAddress(party=party, city=dice.choice(("Santos", "Recife")), main=main),
            lambda: RemoveAddress(address=one_of("address")),
            lambda: GrantConsent(party=party, purpose=Purpose.CONTACT),
            lambda: RevokeConsent(consent=one_of("consent")),
            lambda: AddContact(organization=dice.choice(people[:FIRMS]), person=party, main=main),
            lambda: ChooseMainContact(relation=one_of("party_relation")),
            lambda: EndContact(relation=one_of("party_relation")),
            lambda: TellApart(party=party, other=other),
            lambda: UndoBatch(batch=dice.choice(batches)),
            lambda: UndoBatch(batch=dice.choice(batches)),
            lambda: dice.choice((UndoBatch(), RedoBatch())),
        )
    )()


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_done_and_undone_everything_stands_once(house: House, seed: int) -> None:
    dice = Random(seed)
    hands: list[Crm] = [house.open(), house.open("bia")]
    firm = do(hands[0], NewParty(name="Casa Verde", kind=PartyKind.ORGANIZATION)).entity_id or 0
    people = [firm, *(do(hands[0], NewParty(name=f"Pessoa {n}")).entity_id or 0 for n in range(5))]
    done = 0
    for n in range(STEPS):
        command = step(house, dice, people)
        outcome = dice.choice(hands).run(command)
        done += isinstance(outcome, Done)
        assert faults(house) == [], (n, command, outcome)
        assert isinstance(outcome, Done | Refusal) or type(command) in (EditParty, MergeParties)
    assert done > STEPS // 4
