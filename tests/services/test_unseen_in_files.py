"""Rows of a file that mean people whom the importing operator does not see: nobody is named, and nobody is shown."""

from __future__ import annotations

from datetime import date

import pytest
from house import House, do

from crm_tui.connectors.contacts import ContactRecord
from crm_tui.domain.act_file import ActRow
from crm_tui.domain.card_file import CardRow
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.party import ContactKind
from crm_tui.i18n import say
from crm_tui.services.agenda.commands import BookAppointment
from crm_tui.services.board import card_intake
from crm_tui.services.board.card_intake import CardVerdict
from crm_tui.services.board.commands import TakeInCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.intake import act_plan, views
from crm_tui.services.intake.act_plan import ActVerdict
from crm_tui.services.intake.commands import TakeIn
from crm_tui.services.intake.plan import Verdict
from crm_tui.services.party.commands import NewParty

SECRET = "Zuleica Oculta"
ONE, SEVERAL = "Somebody whom you do not see is known by that", "one of several whom you do not see"


@pytest.fixture
def bia(house: House) -> Crm:
    """Who sees her own people only; two of the same name are edu's."""
    edu = house.open("edu")
    for phone in ("11988881111", "11988882222"):
        do(edu, NewParty(name=SECRET, phone=phone))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.read'")
    return house.open("bia")


def test_a_card_is_put_to_nobody_out_of_sight_and_nobody_is_named(bia: Crm) -> None:
    asked = [
        CardRow(2, "Frota", person="Outro nome", phones=("11988881111",)),
        CardRow(3, "Frota", person=SECRET),
        CardRow(4, "Frota", person="Gente nova", phones=("11977776666",)),
    ]
    one, several, fresh = bia.read(card_intake.card_preview, asked, "deals.csv")
    assert [each.verdict for each in (one, several, fresh)] == [
        CardVerdict.ERROR,
        CardVerdict.ERROR,
        CardVerdict.NEW,
    ]
    assert ONE in say(one.why)
    assert SEVERAL in say(several.why)
    assert "PE-" not in say(one.why) + say(several.why)
    refusal = bia.run(TakeInCard(subject="Frota", party_name="Outro nome", phones=("11988881111",)))
    assert isinstance(refusal, Refusal)
    assert ONE in say(refusal.reason)


def test_an_activity_is_put_to_nobody_out_of_sight(bia: Crm) -> None:
    rows = [ActRow(2, when=date(2026, 11, 9), person="Outro nome", phones=("11988881111",))]
    (planned,) = bia.read(act_plan.act_preview, rows, "acts.csv")
    assert planned.verdict is ActVerdict.ERROR
    assert ONE in say(planned.why)


def test_a_private_appointment_is_known_by_its_ref_to_who_takes_part_alone(house: House) -> None:
    edu, day = house.open("edu"), date(2026, 11, 30)
    made = do(edu, BookAppointment(subject=SECRET, when=day, private=True))
    rows = [ActRow(2, subject=SECRET, when=day, ref=made.entity_id)]
    verdicts = [crm.read(act_plan.act_preview, rows)[0].verdict for crm in (edu, house.open("bia"))]
    assert verdicts == [ActVerdict.DUPLICATE, ActVerdict.ERROR]


def test_a_contact_changes_nobody_out_of_sight_and_names_nobody(bia: Crm) -> None:
    rows = [
        ContactRecord(2, "Outro nome", phones=((ContactKind.MOBILE, "11988881111"),)),
        ContactRecord(
            3, "Outra", phones=((ContactKind.MOBILE, "11988881111"), (ContactKind.MOBILE, "11988882222"))
        ),
        ContactRecord(4, "Gente nova", phones=((ContactKind.MOBILE, "11977776666"),)),
    ]
    found = bia.read(views.preview, rows)
    verdicts = [each.judged.verdict for each in found.rows]
    assert verdicts == [Verdict.ERROR, Verdict.ERROR, Verdict.NEW]
    told = [say(why) for _, why in found.errors]
    assert ONE in told[0]
    assert SEVERAL in told[1]
    assert SECRET not in "".join(told)
    assert "PE-" not in "".join(told)
    refusal = bia.run(TakeIn(name="Outro nome", phones=(("mobile", "11988881111"),)))
    assert isinstance(refusal, Refusal)
    assert ONE in say(refusal.reason)
