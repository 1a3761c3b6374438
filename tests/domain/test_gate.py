"""What gates ask for, when they are met, and what would cure them. (E30-E41)"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.gate import FIELDS, Facts, Gate, GateKind, Moment, ask, cures, met, refusal

NOTHING = Facts(7, party_id=5, party_version=2, tasks=((1, "medir"), (2, "ligar")))
EVERYTHING = Facts(
    7,
    party_id=5,
    contact="Marina",
    document="11.222.333/0001-81",
    value_cents=1,
    items=1,
    files=1,
    answered=frozenset({4}),
    filled=frozenset(FIELDS),
    appointment=datetime(2026, 11, 25, 12, tzinfo=UTC),
)


def gate(kind: GateKind, stage: str = "Visita", **more: object) -> Gate:
    asks = {GateKind.FORM: {"form_id": 4, "form": "Briefing"}, GateKind.FIELD: {"field": "channel"}}
    return Gate(1, 2, stage, Moment.LEAVE, kind, **{**asks.get(kind, {}), **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", GateKind)
def test_every_kind_is_unmet_by_nothing_met_by_everything_and_has_a_cure(kind: GateKind) -> None:
    asked = gate(kind)
    assert not met(asked, NOTHING)
    assert met(asked, EVERYTHING)
    assert cures(asked, NOTHING)
    assert all(cure.fields for cure in cures(asked, NOTHING))


@pytest.mark.parametrize("document", ["123", "111.111.111-11", "", "11.222.333/0001-80"])
def test_a_document_counts_only_if_it_is_valid(document: str) -> None:
    assert not met(gate(GateKind.VALID_DOCUMENT), EVERYTHING._replace(document=document))


def test_an_alphanumeric_cnpj_counts() -> None:
    assert met(gate(GateKind.VALID_DOCUMENT), EVERYTHING._replace(document="12.ABC.345/01DE-35"))


@pytest.mark.parametrize("kind", [GateKind.PRIMARY_CONTACT, GateKind.VALID_DOCUMENT])
def test_without_a_person_the_person_is_asked_for_first(kind: GateKind) -> None:
    (cure,) = cures(gate(kind), NOTHING._replace(party_id=None))
    assert (cure.command, cure.fields) == ("edit_card", ("party",))


def test_each_open_task_is_ticked_where_the_move_was_refused() -> None:
    found = cures(gate(GateKind.CHECKLIST), NOTHING)
    assert [(cure.command, cure.about, cure.label) for cure in found] == [
        ("tick_task", (("task", 1),), "medir"),
        ("tick_task", (("task", 2),), "ligar"),
    ]


def test_what_two_stages_ask_for_is_one_thing() -> None:
    asked = ask([gate(GateKind.DEAL_VALUE, "Visita"), gate(GateKind.DEAL_VALUE, "Proposta")], NOTHING)
    assert [each.gate.stage for each in asked] == ["Visita"]


def test_the_refusal_names_what_is_missing_with_its_stage_and_carries_what_was_met() -> None:
    gates = [gate(GateKind.DEAL_VALUE), gate(GateKind.FORM, "Proposta")]
    found = refusal(ask(gates, NOTHING._replace(value_cents=5)))
    assert found is not None
    assert found.reason.params["n"] == 1
    assert [each.met for each in found.asked] == [True, False]


@given(st.sets(st.sampled_from([*GateKind])), st.sets(st.sampled_from([*GateKind])))
def test_a_card_goes_on_if_and_only_if_nothing_asked_for_is_missing(
    wanted: set[GateKind], there: set[GateKind]
) -> None:
    facts = Facts(
        7,
        party_id=5,
        contact="Ana" if GateKind.PRIMARY_CONTACT in there else None,
        document="529.982.247-25" if GateKind.VALID_DOCUMENT in there else "1",
        value_cents=int(GateKind.DEAL_VALUE in there),
        items=int(GateKind.OFFER_ITEMS in there),
        files=int(GateKind.ATTACHMENT in there),
        answered=frozenset({4} if GateKind.FORM in there else {9}),
        filled=frozenset({"channel"} if GateKind.FIELD in there else {"phone"}),
        appointment=EVERYTHING.appointment if GateKind.APPOINTMENT in there else None,
        tasks=() if GateKind.CHECKLIST in there else ((1, "medir"),),
    )
    found = refusal(ask([gate(kind) for kind in sorted(wanted)], facts))
    assert (found is None) == (wanted <= there)
    if found is not None:
        assert {each.gate.kind for each in found.asked if not each.met} == wanted - there
