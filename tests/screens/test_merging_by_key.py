"""Two records of one person found and made one by keyboard, and parted again by `u`. (X8, X9)"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.outcome import Done
from crm_tui.domain.party import PartyKind
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.form import views as forms
from crm_tui.services.form.commands import AddForm, AddQuestion, FillPerson
from crm_tui.services.once import views
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import EditParty, NewParty
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def made(ana: Operator, name: str, **more: str) -> int:
    done = ana.crm.run(NewParty(name=name, email="zz@zz.com.br", despite=more.pop("despite", ""), **more))
    assert isinstance(done, Done), done
    return done.entity_id or 0


def twins(ana: Operator) -> tuple[int, int]:
    one = made(ana, "Zuleica Prado", preferences="de manhã")
    code = ana.crm.read(parties.detail, one).code  # type: ignore[union-attr]
    return one, made(ana, "Zuleica P. Prado", preferences="à tarde", document="529.982.247-25", despite=code)


async def opened(ana: Operator) -> None:
    await ana.press("colon")
    await ana.type("duplicados prov")
    await ana.press("enter")
    await ana.sees("Duplicados prováveis", "Zuleica Prado")


async def test_a_pair_is_merged_field_by_field_and_one_u_parts_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        one, other = twins(ana)
        await opened(ana)
        await ana.press("end", "enter")
        await ana.sees("Mesclar pessoas", "529.982.247-25", "Vêm junto: 1 telefone ou e-mail")
        await ana.press("right", "down", "down", "space", "ctrl+s")
        await ana.sees("u desfaz")
        found = ana.crm.read(parties.detail, other)
        assert found is not None
        assert (found.id, found.name, found.document) == (one, "Zuleica P. Prado", "52998224725")
        assert found.preferences == "de manhã\n\nà tarde"
        await ana.press("u")
        await ana.sees("Desfeito")
        again = ana.crm.read(parties.detail, other)
        assert again is not None
        assert again.id == other


async def test_who_changed_one_meanwhile_is_named_and_nothing_merged(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        _, other = twins(ana)
        await opened(ana)
        await ana.press("end", "enter")
        await ana.sees("Mesclar pessoas")
        assert isinstance(ana.crm.run(EditParty(party=other, preferences="à noite")), Done)
        await ana.press("ctrl+s")
        await ana.sees("mudou uma delas", "à noite")
        found = ana.crm.read(parties.detail, other)
        assert found is not None
        assert found.id == other


async def test_two_who_are_two_are_not_shown_again(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        pair = twins(ana)
        await opened(ana)
        await ana.press("end", "o", "d")
        await ana.sees("não aparece mais")
        assert pair not in [(p.older, p.newer) for p in ana.crm.read(views.pairs).pairs]


async def test_from_a_person_o_lays_another_one_beside_and_merges_them(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        one, other = twins(ana)
        await ana.press("4")
        await ana.type("Zuleica Prado")
        await ana.press("enter")
        await ana.sees("Zuleica Prado")
        await ana.press("enter")
        await ana.sees("nenhum cartão ainda")
        await ana.press("o")
        await ana.sees("Mesclar com…")
        await ana.press("3")
        await ana.sees("lado a lado")
        await ana.press("down")
        await ana.sees("Zuleica P. Prado", "e-mail")
        await ana.press("enter", "enter")
        await ana.sees("Mesclar pessoas", "529.982.247-25")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        found = ana.crm.read(parties.detail, other)
        assert found is not None
        assert found.id == one


async def test_in_the_list_of_people_o_merges_with_whom_one_names(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        one, other = twins(ana)
        await ana.press("4")
        await ana.type("Zuleica P. Prado")
        await ana.press("enter")
        await ana.sees("Zuleica P. Prado")
        await ana.press("o", "3")
        await ana.sees("lado a lado")
        await ana.type("zuleica prado")
        await ana.sees("PE-")
        await ana.press("enter", "enter")
        await ana.sees("Mesclar pessoas")
        await ana.press("ctrl+s")
        await ana.sees("agora é")
        found = ana.crm.read(parties.detail, one)
        assert found is not None
        assert found.id in (one, other)


async def test_who_may_not_merge_is_told_so_in_the_menu(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        with ana.crm.store.writing() as connection:
            connection.execute("DELETE FROM profile_permission WHERE key = 'party.merge'")
        ana.crm.refresh_viewer()
        await ana.press("4", "down", "o")
        await ana.sees("Mesclar com…", "seu perfil não permite")


async def test_leaving_the_likely_pairs_stops_looking_for_them(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, stopped = threading.Event(), threading.Event()

    @view("party.read")
    def endless(reading: Reading, most: int = 0, progress: object = None) -> None:
        begun.set()
        try:
            reading.connection.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
            ).fetchall()
        finally:
            stopped.set()

    monkeypatch.setattr(views, "pairs", endless)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("colon")
        await ana.type("duplicados prov")
        await ana.press("enter")
        await ana.until(begun.is_set, "nobody was looked for")
        ana.app.screen.action_app_back()  # type: ignore[attr-defined]
        await ana.until(stopped.is_set, "it still looks for them")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_fields_of_ones_own_stand_side_by_side_and_are_chosen(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    admin = open_crm(demo_db, "admin", clock)
    form = admin.run(AddForm(name="Perfil", on_person=True)).entity_id
    for label in ("[b]Porte[/]", "Segmento"):
        admin.run(AddQuestion(form=form, label=label))
    admin.store.close()
    async with at_work(demo_db, clock=clock, size=size) as ana:
        one, other = twins(ana)
        ana.crm.run(FillPerson(party=one, form=form, answers={"b_porte": "Médio", "segmento": "Tintas"}))
        ana.crm.run(FillPerson(party=other, form=form, answers={"b_porte": "Grande"}))
        await opened(ana)
        await ana.press("end", "enter")
        await ana.sees("[b]Porte[/]", "Médio", "Grande", "Segmento", "Vêm junto")
        await ana.press("down", "down", "down", "right", "ctrl+s")
        await ana.sees("desfaz" if size[0] < 80 else "u desfaz")
        told = [each.value for found in ana.crm.read(forms.of_person, one) for each in found.fields]
        assert told == ["Grande", "Tintas"]
        await ana.press("u")
        await ana.sees("Desfeito")
        told = [each.value for found in ana.crm.read(forms.of_person, one) for each in found.fields]
        assert told == ["Médio", "Tintas"]


async def test_a_company_is_merged_with_companies_alone_and_its_people_hide_none(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        for n in range(14):
            ana.crm.run(NewParty(name=f"Zuleica {n} da Zuleica Tintas"))
        for end in ("Ltda.", "ME"):
            done = ana.crm.run(NewParty(kind=PartyKind.ORGANIZATION, name=f"Zuleica Tintas {end}"))
            assert isinstance(done, Done), done
        await ana.press("4")
        await ana.type("Zuleica Tintas Ltda")
        await ana.sees("Zuleica Tintas Ltda.")
        await ana.press("enter", "o", "3")
        await ana.sees("só com outra empresa")
        await ana.type("zuleica")
        await ana.sees("Zuleica Tintas ME")
