"""The whole setup as tables and back: names as keys, all or nothing, twice is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from house import House, do

from crm_tui import bootstrap
from crm_tui.connectors import setup_toml
from crm_tui.domain.access import Scope
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.domain.setup_rows import Verdict
from crm_tui.i18n import say
from crm_tui.services.access import views as access
from crm_tui.services.access.commands import AddProfile, EditCompany, EditProfile
from crm_tui.services.calendar import views as calendars
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.forms import World
from crm_tui.services.core.setup_file import ORDER, Plan, Setup
from crm_tui.services.trail.commands import UndoBatch
from tests.conftest import Clock

NOBODYS = {"users", "members", "leaves"}
"""Lists of people, which are in no file of the setup."""


def setup(crm: Crm) -> Setup:
    world = World(crm.reading(), bootstrap.pickers(), crm.read(calendars.own))
    return Setup(bootstrap.registers(), bootstrap.commands().__getitem__, world)


def exported(crm: Crm) -> str:
    return setup_toml.written(setup(crm).tables())


def planned(crm: Crm, text: str) -> Plan:
    return setup(crm).plan(setup_toml.read(text.encode()))


def took_in(crm: Crm, text: str) -> Done:
    plan = planned(crm, text)
    assert [row for row in plan.rows if row.reason is not None] == []
    _, outcome = crm.run_together(plan.commands)
    assert isinstance(outcome, Done), outcome
    return outcome


def test_every_list_of_settings_is_in_the_file_but_those_of_people() -> None:
    assert {each.name for each in bootstrap.registers()} == {*ORDER, *NOBODYS}


def test_the_same_file_changes_nothing_where_it_came_from(demo_db: Path, clock: Clock) -> None:
    crm = bootstrap.open_crm(demo_db, "admin", clock)
    text = exported(crm)
    plan = planned(crm, text)
    assert {row.verdict for row in plan.rows} == {Verdict.SAME}
    assert (plan.commands, plan.left) == ((), 0)
    assert text == exported(crm)
    crm.store.close()


def test_a_whole_setup_comes_into_another_base_once_and_goes_with_one_undo(
    demo_db: Path, house: House, clock: Clock
) -> None:
    crm = bootstrap.open_crm(demo_db, "admin", clock)
    do(crm, AddProfile(name="Estágio"))
    profile = next(
        i for i, name in crm.store.reader().execute("SELECT id, name FROM profile") if name == "Estágio"
    )
    do(crm, EditProfile(profile=profile, card_read=Scope.OWN))
    text = exported(crm)
    crm.store.close()
    here, before = house.open(), house.dump()
    done = took_in(here, text)
    again = planned(here, text)
    assert {row.verdict for row in again.rows} == {Verdict.SAME}
    assert again.commands == ()
    do(here, UndoBatch(batch=done.batch))
    assert house.dump() == before


def test_the_file_names_no_person_and_no_id(house: House) -> None:
    text = exported(house.open())
    assert not any(f'"{login}"' in text.lower() for login in ("bia", "carla", "edu"))
    assert '"#' not in text


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('format = 1\n\n[[no_list]]\nname = "x"\n', 3, "There is no list called {name}."),
        ('format = 1\n[[channels]]\nname = "x"\nsize = 3\n', 2, "There is no key {key} in {list}."),
        ('format = 1\n[[channels]]\nname = ["x"]\n', 2, "{key} cannot be that: see how an export writes it."),
        (
            'format = 1\n[[channels]]\nname = "x"\n[[channels]]\nname = "X"\n',
            4,
            "It stands in the file twice: leave one out.",
        ),
        ('format = 1\n[[channels]]\nname = " "\n', 2, "The name is missing: write it."),
        ('format = 1\n[[stages]]\nboard = "Nada"\nname = "x"\n', 2, "There is no “{text}” for {label}."),
    ],
)
def test_what_is_wrong_is_said_by_its_line(house: House, text: str, line: int, said: str) -> None:
    plan = planned(house.open(), text)
    wrong = [row for row in plan.rows if row.reason is not None]
    assert [row.line for row in wrong] == [line]
    assert wrong[0].reason is not None
    assert wrong[0].reason.msgid.startswith(said.rstrip("."))


def test_a_changed_record_is_changed_and_what_is_only_here_stays(house: House) -> None:
    crm = house.open()
    before = exported(crm)
    plan = planned(
        crm, 'format = 1\n[[loss_reasons]]\nname = "Preço"\nrequires_note = true\nactive = false\n'
    )
    assert [(row.verdict, row.fields) for row in plan.rows] == [
        (Verdict.CHANGED, ("requires_note", "active"))
    ]
    assert plan.left > 0
    _, outcome = crm.run_together(plan.commands)
    assert isinstance(outcome, Done)
    assert exported(crm) == before.replace(
        'name = "Preço"\nrequires_note = false\nactive = true',
        'name = "Preço"\nrequires_note = true\nactive = false',
    )


def test_the_company_goes_with_the_setup_and_one_undo_takes_it_back(house: House) -> None:
    crm = house.open()
    assert "[[company]]" not in exported(crm), "nobody said whose it is yet"
    text = 'format = 1\n[[company]]\nname = "Padaria Aurora"\ndocument = "11.222.333/0001-81"\n'
    drawn = do(crm, EditCompany(logo="  /A\n /AA"))
    assert setup_toml.read(exported(crm).encode())[0].values == {"logo": " /A\n/AA"}
    do(crm, UndoBatch(batch=drawn.batch))
    done = took_in(crm, text)
    assert crm.read(access.company)[:3] == ("Padaria Aurora", "", "11222333000181")
    back = setup_toml.read(exported(crm).encode())[0]
    assert (back.list, back.values) == ("company", {"name": "Padaria Aurora", "document": "11222333000181"})
    assert [row.verdict for row in planned(crm, text).rows] == [Verdict.SAME]
    only = text.replace("Padaria Aurora", "Aurora").replace('document = "11.222.333/0001-81"\n', "")
    (row,) = planned(crm, only).rows
    assert (row.verdict, row.fields, row.name) == (Verdict.CHANGED, ("name",), "Aurora")
    do(crm, UndoBatch(batch=done.batch))
    assert crm.read(access.company).name == ""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('document = "123"', "That is no CPF or CNPJ"),
        ('motto = "x"', "There is no key {key}"),
        ("name = 3", "{key} cannot be that"),
        (f'name = "{"x" * 61}"', "{key} cannot be that"),
        (f'logo = "{"x" * 37}"', "The logo is too large"),
    ],
)
def test_a_company_that_cannot_be_is_said_before_anything_is_written(
    house: House, lines: str, said: str
) -> None:
    plan = planned(house.open(), f"format = 1\n[[company]]\n{lines}\n")
    assert not plan.commands
    (row,) = plan.rows
    assert row.line == 2
    assert row.reason is not None
    assert row.reason.msgid.startswith(said)


def test_all_or_nothing(house: House) -> None:
    crm, before = house.open(), house.dump()
    text = 'format = 1\n[[channels]]\nname = "Feira"\n[[boards]]\nname = "Novo"\nkind = "lead"\nnumber_prefix = "LD"\n'
    plan = planned(crm, text)
    at, outcome = crm.run_together(plan.commands)
    assert isinstance(outcome, Refusal)
    assert plan.lines[at] == 2 or plan.lines[at] == 4
    assert house.dump() == before


@pytest.mark.parametrize("text", ["", "format = 2", "a = ", "format = 1\nchannels = 3", "\x00", "[" * 5000])
def test_what_is_no_setup_is_refused_whole(text: str) -> None:
    with pytest.raises(setup_toml.NotASetup):
        setup_toml.read(text.encode())


def test_what_is_no_toml_is_told_by_its_place_in_words_of_ours() -> None:
    for text, told in (
        ("format = 1\na = nope", "line 2"),
        ("format = [", "ends too early"),
        ("x=" + "[" * 100_000, "too large"),
        ("format = 1\n" + '[[channels]]\nname = "a"\n' * (setup_toml.RECORDS + 1), "too large"),
        ("format = 1\nx = " + "9" * 5_000, "too large"),
    ):
        with pytest.raises(setup_toml.NotASetup) as refused:
            setup_toml.read(text.encode())
        assert told in str(say(refused.value.reason))


def test_texts_of_several_lines_quotes_and_brackets_come_back_as_they_were() -> None:
    body = 'Primeira "linha"\n[[channels]]\n\\fim\t"""\n'
    text = setup_toml.written({"standard_texts": [{"body": body}], "channels": [{"name": 'a"b\\'}]})
    read = setup_toml.read(text.encode())
    assert [each.values for each in read] == [{"body": body}, {"name": 'a"b\\'}]
    assert [text.splitlines()[each.line - 1] for each in read] == ["[[standard_texts]]", "[[channels]]"]
