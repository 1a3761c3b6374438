"""The document and the address of people in an import: who is known by them, what is filled, what is never changed."""

from __future__ import annotations

import pytest
from house import House

from crm_tui.connectors.contacts import ContactRecord
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.domain.party import PartyDetail, Postal
from crm_tui.services.core.crm import Crm
from crm_tui.services.intake import views
from crm_tui.services.intake.commands import TakeIn, take_ins
from crm_tui.services.intake.plan import Preview, Verdict
from crm_tui.services.party import views as party
from crm_tui.services.trail.commands import UndoBatch

CPF, OTHER, CNPJ, LETTERS = "52998224725", "11144477735", "11222333000181", "AUR0RA00000129"
ANA, BIA = "ana.lira@x.example", "bia.lira@x.example"
NEW, UPDATE, DUPLICATE, ERROR = Verdict.NEW, Verdict.UPDATE, Verdict.DUPLICATE, Verdict.ERROR


def row(
    line: int = 2,
    name: str = "Ana Lira",
    *,
    email: str = "",
    document: str = "",
    company: str = "",
    cnpj: str = "",
    address: Postal | None = None,
) -> ContactRecord:
    emails = (email,) if email else ()
    return ContactRecord(
        line,
        name,
        company,
        emails=emails,
        document=document,
        company_document=cnpj,
        address=address,
    )


def look(crm: Crm, *rows: ContactRecord) -> Preview:
    found: Preview = crm.read(views.preview, rows)
    return found


def verdicts(crm: Crm, *rows: ContactRecord) -> list[Verdict]:
    return [each.judged.verdict for each in look(crm, *rows).rows]


def take(crm: Crm, *rows: ContactRecord) -> str:
    wanted = look(crm, *rows).wanted
    many = crm.run_many(take_ins(wanted, source="x.csv"))
    assert all(isinstance(each, Done) for each in many.outcomes), many.outcomes
    assert many.done == len(wanted)
    return many.batch


def person(crm: Crm, text: str) -> PartyDetail:
    (hit,) = crm.read(party.search, text).hits
    found: PartyDetail = crm.read(party.detail, hit.id)
    return found


def test_somebody_new_comes_with_document_and_address(crm: Crm) -> None:
    where = Postal("Rua A, 1", "São Paulo", "SP", "01310100")
    take(crm, row(document=CPF, address=where))
    made = person(crm, CPF)
    assert (made.kind, made.document, made.document_kind, made.address) == ("person", CPF, "cpf", where)


def test_a_document_is_known_again_whatever_the_name_and_the_address_say(crm: Crm) -> None:
    take(crm, row(email=ANA, document=CPF))
    renamed = row(name="Ana Lira Souza", email=BIA, document=CPF)
    assert verdicts(crm, renamed) == [UPDATE]
    take(crm, renamed)
    found = person(crm, CPF)
    assert found.name == "Ana Lira"
    assert {point.normalized for point in found.points} == {ANA, BIA}
    assert verdicts(crm, renamed) == [DUPLICATE]


def test_what_is_empty_is_filled_and_one_key_takes_it_back(crm: Crm) -> None:
    take(crm, row(email=ANA, address=Postal(None, "São Paulo", None, None)))
    before = person(crm, ANA)
    more = row(email=ANA, document=CPF, address=Postal("Rua A, 1", "sao paulo", "SP", "01310100"))
    batch = take(crm, more)
    found = person(crm, ANA)
    assert (found.document, found.address) == (CPF, Postal("Rua A, 1", "São Paulo", "SP", "01310100"))
    assert verdicts(crm, more) == [DUPLICATE]
    assert isinstance(crm.run(UndoBatch(batch=batch)), Done)
    after = person(crm, ANA)
    assert (after.document, after.address) == (before.document, before.address)


def test_another_address_is_never_mixed_with_the_one_that_is_known(crm: Crm) -> None:
    known = Postal(None, "São Paulo", None, None)
    take(crm, row(email=ANA, address=known))
    assert verdicts(crm, row(email=ANA, address=Postal("Rua B", "Recife", "PE", None))) == [DUPLICATE]
    assert person(crm, ANA).address == known


def test_an_e_mail_with_another_document_is_an_error_and_a_line_in_common_is_somebody_else(crm: Crm) -> None:
    take(crm, row(email=ANA, document=CPF))
    shown = look(crm, row(9, email=ANA, document=OTHER))
    assert [(line, why.params["name"]) for line, why in shown.errors] == [
        (9, f"Ana Lira ({person(crm, ANA).code})")
    ]
    refused = crm.run(TakeIn(name="Ana Lira", emails=(ANA,), document=OTHER))
    assert isinstance(refused, Refusal)
    assert refused.reason.params == shown.errors[0][1].params


def test_namesakes_of_two_documents_are_two(crm: Crm) -> None:
    take(crm, row(document=CPF), row(3, document=OTHER))
    assert {person(crm, CPF).id, person(crm, OTHER).id} == {person(crm, CPF).id, person(crm, CPF).id + 1}


def test_a_company_of_its_own_row_is_an_organisation_and_one_of_the_name_gets_its_document(crm: Crm) -> None:
    take(crm, row(email=ANA, company="Aurora"))
    alone = row(name="Aurora", document=LETTERS)
    assert verdicts(crm, alone) == [UPDATE]
    take(crm, alone)
    found = person(crm, LETTERS)
    assert (found.kind, [each.name for each in found.people]) == ("organization", ["Ana Lira"])
    assert verdicts(crm, row(name="Aurora do Norte", document=LETTERS)) == [DUPLICATE]


def test_the_cnpj_beside_a_company_is_the_companys(crm: Crm) -> None:
    rows = row(email=ANA, company="Aurora", cnpj=CNPJ), row(3, "Bia", email=BIA, company="Aurora", cnpj=CNPJ)
    take(crm, *rows)
    assert (person(crm, CNPJ).kind, len(person(crm, CNPJ).people)) == ("organization", 2)
    assert person(crm, ANA).document is None
    assert verdicts(crm, *rows) == [DUPLICATE] * 2
    take(crm, row(4, "Caio", email="caio@x.example", company="Aurora", cnpj=LETTERS))
    assert [each.name for each in person(crm, LETTERS).people] == ["Caio"]


def test_a_known_company_gets_the_document_that_it_lacks(crm: Crm) -> None:
    take(crm, row(email=ANA, company="Aurora"))
    more = row(email=ANA, company="Aurora", cnpj=CNPJ)
    assert verdicts(crm, more) == [UPDATE]
    take(crm, more)
    assert [each.name for each in person(crm, CNPJ).people] == ["Ana Lira"]
    assert verdicts(crm, more) == [DUPLICATE]


@pytest.mark.parametrize("command", [TakeIn(name="Ana", document="529"), TakeIn(name="Ana", postcode="12")])
def test_the_door_refuses_what_no_file_may_bring(crm: Crm, command: TakeIn) -> None:
    assert isinstance(crm.run(command), Refusal)


def test_a_rule_of_duplicates_sees_the_document(house: House) -> None:
    """Somebody whom the file alone would not find again, and a rule does."""
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = (id = 2)")
        connection.execute(
            "UPDATE duplicate_rule SET action = 'block', by_document = 1, by_email = 0, by_phone = 0, by_name = 0 "
            "WHERE id = 2"
        )
    crm = house.open()
    take(crm, row(email=ANA, document=CPF))
    assert verdicts(crm, row(name="Outra", email=BIA, document=CPF)) == [UPDATE]
    assert verdicts(crm, row(name="Outra", email=BIA, document=OTHER)) == [NEW]
