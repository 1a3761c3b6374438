"""Of several people of one name a row of a foreign file means who works where it says. (M1, M96)"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_tui.domain.act_file import ActRow
from crm_tui.domain.card_file import CardRow
from crm_tui.domain.outcome import Done
from crm_tui.i18n import say
from crm_tui.services.board import card_intake
from crm_tui.services.board.card_intake import CardVerdict, PlannedCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.intake import act_plan
from crm_tui.services.party.commands import NewParty


@pytest.fixture
def at_work(crm: Crm) -> dict[str, int]:
    """Three called Ana Lima: at the bakery, at the mill, and one of whom no workplace is known, by what tells them."""
    people: dict[str, int] = {}
    others = ""
    for where, number in (
        ("Padaria Forno Bom Ltda", "11988881111"),
        ("Moinho", "11988882222"),
        ("", "11988883333"),
    ):
        made = crm.run(NewParty(name="Ana Lima", phone=number, company=where, despite=others))
        assert isinstance(made, Done), made
        others = f"{others} {made.ref}"
        people[where] = _id(crm, number)
    return people


def _id(crm: Crm, number: str) -> int:
    found: tuple[int] = (
        crm.store.reader()
        .execute("SELECT party_id FROM contact_point WHERE normalized = ?", (f"+55{number}",))
        .fetchone()
    )
    return found[0]


def look(crm: Crm, *rows: CardRow) -> list[PlannedCard]:
    found: list[PlannedCard] = crm.read(card_intake.card_preview, list(rows), "deals.csv")
    return found


@pytest.mark.parametrize("said", ["Forno Bom Padaria", "MOINHO", "Padaria Forno Bom"])
def test_a_card_goes_to_who_works_where_the_row_says(crm: Crm, at_work: dict[str, int], said: str) -> None:
    (planned,) = look(crm, CardRow(2, "X", person="Ana Lima", company=said))
    assert planned.verdict is CardVerdict.NEW
    assert planned.command is not None
    meant = {"MOINHO": "Moinho", "Padaria Forno Bom": "Padaria Forno Bom Ltda"}.get(said, "")
    assert planned.command.party == at_work[meant]


def test_who_works_elsewhere_alone_is_somebody_else(crm: Crm, at_work: dict[str, int]) -> None:
    made = crm.run(NewParty(name="Bia Sá", phone="11977771111", company="Moinho"))
    assert isinstance(made, Done), made
    row = CardRow(2, "Forno novo", person="Bia Sá", company="Quitanda")
    (planned,) = look(crm, row)
    assert planned.command is not None
    assert planned.command.party is None
    assert isinstance(crm.run(planned.command), Done)
    found = crm.store.reader().execute(
        "SELECT o.name FROM card c JOIN party_relation r ON r.person_id = c.party_id"
        " JOIN party o ON o.id = r.organization_id WHERE c.title = 'Forno novo'"
    )
    assert found.fetchall() == [("Quitanda",)]
    assert [each.verdict for each in look(crm, row)] == [CardVerdict.DUPLICATE]


def test_two_of_one_name_at_two_companies_are_two_in_one_file(crm: Crm) -> None:
    rows = [
        CardRow(2 + i, "Contrato", person="Caio Luz", company=at)
        for i, at in enumerate(("Moinho", "Quitanda"))
    ]
    planned = look(crm, *rows)
    assert all(isinstance(crm.run(each.command), Done) for each in planned if each.command is not None)
    assert [each.verdict for each in planned] == [CardVerdict.NEW] * 2
    found = crm.store.reader().execute("SELECT count(*) FROM party WHERE name = 'Caio Luz'").fetchone()
    assert found == (2,)
    assert [each.verdict for each in look(crm, *rows)] == [CardVerdict.DUPLICATE] * 2


def test_without_a_company_it_may_be_any_of_them(crm: Crm, at_work: dict[str, int]) -> None:
    (planned,) = look(crm, CardRow(2, "X", person="Ana Lima"))
    assert planned.why is not None
    assert "The person may be one of several" in say(planned.why)


def test_an_activity_goes_to_who_works_there(crm: Crm, at_work: dict[str, int], tmp_path: Path) -> None:
    rows = [ActRow(2, when=date(2026, 11, 9), person="Ana Lima", company="moinho")]
    (planned,) = crm.read(act_plan.act_preview, rows, "acts.csv")
    assert planned.command is not None
    assert planned.command.party == at_work["Moinho"]
