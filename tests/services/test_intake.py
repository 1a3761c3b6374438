"""Taking contacts in: who is known, what is added, that nothing is overwritten, and one batch for a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.connectors.contacts import ContactRecord, ContactsFile, open_contacts
from crm_tui.domain.foreign import Foreign
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.domain.party import ContactKind, PartyDetail, Postal
from crm_tui.services.core.crm import Crm, Many
from crm_tui.services.intake import facts, plan, views
from crm_tui.services.intake.commands import TakeIn, take_ins
from crm_tui.services.intake.contact import contact
from crm_tui.services.intake.plan import Facts, Person, Preview, Verdict
from crm_tui.services.party import views as party
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.services.trail.views import of_party

MARINA = "marina@aurora.example"
MOBILE = "(21) 97777-1234"


def row(
    line: int = 2,
    name: str = "Marina Prado",
    phones: Sequence[str] = (),
    emails: Sequence[str] = (),
    company: str = "",
    title: str = "",
    notes: str = "",
) -> ContactRecord:
    numbers = tuple((ContactKind.PHONE, phone) for phone in phones)
    return ContactRecord(line, name, company, title, numbers, tuple(emails), notes)


def look(crm: Crm, *rows: ContactRecord) -> Preview:
    found: Preview = crm.read(views.preview, rows)
    return found


def take(crm: Crm, *rows: ContactRecord, follow_up: date | None = None) -> Many:
    return crm.run_many(take_ins(look(crm, *rows).wanted, source="contacts.csv", follow_up=follow_up))


def verdicts(preview: Preview) -> list[Verdict]:
    return [planned.judged.verdict for planned in preview.rows]


def person(crm: Crm, text: str) -> PartyDetail:
    (hit,) = crm.read(party.search, text).hits
    found: PartyDetail = crm.read(party.detail, hit.id)
    return found


def test_somebody_new_comes_with_everything(crm: Crm) -> None:
    whole = row(
        phones=[MOBILE, "(21) 3333-4444"], emails=[MARINA], company="Aurora", title="Compras", notes="cedo"
    )
    many = take(crm, whole)
    assert many.done == 1
    made = person(crm, MARINA)
    assert (made.name, made.kind, made.owner, made.preferences) == ("Marina Prado", "person", "ana", "cedo")
    assert {p.normalized: p.kind for p in made.points} == {
        MARINA: "email",
        "+5521977771234": "phone",
        "+552133334444": "phone",
    }
    assert [(c.name, c.role) for c in made.companies] == [("Aurora", "Compras")]
    events = crm.read(of_party, made.id)
    assert [(e.kind, e.params.get("source")) for e in events] == [("party.added", "contacts.csv")]


def test_the_same_rows_again_are_known_and_nothing_is_asked(crm: Crm) -> None:
    rows = [
        row(2, phones=[MOBILE]),
        row(3, "Só Nome"),
        row(4, "Número Torto", phones=["9777-12"]),
        row(5, "Sem Arroba", emails=["sem@arroba"]),
        row(6, "", emails=["sozinho@x.example"]),
        row(7, "Cargo Solto", title="Gerente"),
        row(8, "Com Empresa", company="Aurora", title="Compras"),
    ]
    assert verdicts(look(crm, *rows)) == [Verdict.NEW] * 7
    take(crm, *rows)
    again = look(crm, *rows)
    assert verdicts(again) == [Verdict.DUPLICATE] * 7
    assert again.wanted == []


def test_an_update_fills_what_is_empty_and_adds_what_is_new(crm: Crm) -> None:
    take(crm, row(emails=[MARINA]))
    more = row(
        emails=[MARINA, "m2@x.example"], phones=[MOBILE], company="Aurora", title="Compras", notes="cedo"
    )
    assert verdicts(look(crm, more)) == [Verdict.UPDATE]
    take(crm, more)
    found = person(crm, MARINA)
    assert {p.normalized for p in found.points} == {MARINA, "m2@x.example", "+5521977771234"}
    assert [(c.name, c.role) for c in found.companies] == [("Aurora", "Compras")]
    assert found.preferences == "cedo"


def test_nothing_known_is_overwritten_and_another_name_is_told(crm: Crm) -> None:
    take(crm, row(emails=[MARINA], company="Aurora", title="Compras", notes="cedo"))
    other = row(9, "Marina Souza", emails=[MARINA], company="Outra", title="Direção", notes="tarde")
    shown = look(crm, other)
    assert verdicts(shown) == [Verdict.DUPLICATE]
    assert [(line, why.params["name"]) for line, why in shown.notices] == [(9, "Marina Prado")]
    before = person(crm, MARINA)
    assert take(crm, other).outcomes == ()
    assert person(crm, MARINA) == before


def test_a_mobile_is_known_with_and_without_its_ninth_digit(crm: Crm) -> None:
    take(crm, row(phones=["(21) 97777-1234"]))
    assert verdicts(look(crm, row(phones=["21 7777-1234"]), row(phones=["+55 21 97777 1234"]))) == [
        Verdict.DUPLICATE,
        Verdict.DUPLICATE,
    ]


def test_rows_of_one_file_see_each_other_in_order(crm: Crm) -> None:
    rows = [row(2, emails=[MARINA]), row(3, emails=[MARINA], phones=[MOBILE]), row(4, phones=[MOBILE])]
    shown = look(crm, *rows)
    assert verdicts(shown) == [Verdict.NEW, Verdict.UPDATE, Verdict.DUPLICATE]
    many = take(crm, *rows)
    assert [type(outcome) for outcome in many.outcomes] == [Done, Done]
    assert {p.normalized for p in person(crm, MARINA).points} == {MARINA, "+5521977771234"}


def test_one_row_of_two_people_is_an_error_unless_the_name_decides(crm: Crm) -> None:
    take(crm, row(2, "Ana Lira", emails=["a@x.example"]), row(3, "Bia Lira", phones=[MOBILE]))
    both = row(4, "Caio Lira", emails=["a@x.example"], phones=[MOBILE])
    shown = look(crm, both)
    assert verdicts(shown) == [Verdict.ERROR]
    ((line, why),) = shown.errors
    assert line == 4
    assert "Ana Lira" in why.params["names"]
    assert "Bia Lira" in why.params["names"]
    assert verdicts(look(crm, row(5, "BIA LIRA", emails=["a@x.example"], phones=[MOBILE]))) == [
        Verdict.UPDATE
    ]


def test_colleagues_share_a_landline_without_becoming_one(crm: Crm) -> None:
    line = "(21) 3333-4444"
    rows = [
        row(2, "Ana Lira", phones=[line], emails=["a@x.example"]),
        row(3, "Beto Reis", phones=[line], emails=["b@x.example"]),
    ]
    assert verdicts(look(crm, *rows)) == [Verdict.NEW, Verdict.NEW]
    take(crm, *rows)
    assert verdicts(look(crm, *rows)) == [Verdict.DUPLICATE, Verdict.DUPLICATE]
    assert verdicts(look(crm, row(4, "Ana Lira", phones=[line]))) == [Verdict.DUPLICATE]


def test_a_row_that_the_reader_refused_is_an_error_by_line(crm: Crm, tmp_path: Path) -> None:
    sheet = tmp_path / "c.csv"
    sheet.write_text("Nome;E-mail;Notas\nAna;ana@x.example;\n;;só nota\n", encoding="utf-8")
    opened = open_contacts(sheet)
    assert isinstance(opened, ContactsFile)
    shown = look(crm, *opened.records())
    assert verdicts(shown) == [Verdict.NEW, Verdict.ERROR]
    assert [line for line, _ in shown.errors] == [3]


def test_a_follow_up_is_planned_for_the_operator_once(crm: Crm) -> None:
    from crm_tui.domain.filter_tree import plain_words
    from crm_tui.services.followup import views as followup

    day = date(2026, 11, 24)

    def steps(name: str) -> list[tuple[str, date | None]]:
        keys = list(crm.read(followup.queue, found=plain_words(name)).keys)
        return [(r.owner, r.due_on) for r in crm.read(followup.page, keys)]

    take(crm, row(emails=[MARINA]), follow_up=day)
    assert steps("Marina Prado") == [("ana", day)]
    take(crm, row(emails=[MARINA], phones=[MOBILE]), follow_up=date(2026, 11, 30))
    assert steps("Marina Prado") == [("ana", day)]


def test_a_file_is_one_batch_and_one_undo(crm: Crm) -> None:
    take(crm, row(2, emails=[MARINA]))
    before = person(crm, MARINA)
    many = take(
        crm,
        row(2, emails=[MARINA], phones=[MOBILE], company="Nova Aurora", notes="x"),
        row(3, "Outro", emails=["o@x.example"], company="Nova Aurora"),
        follow_up=date(2026, 11, 24),
    )
    assert {outcome.batch for outcome in many.outcomes if isinstance(outcome, Done)} == {many.batch}
    assert isinstance(crm.run(UndoBatch(batch=many.batch)), Done)
    after = person(crm, MARINA)
    assert (after.points, after.companies, after.preferences) == (before.points, before.companies, None)
    assert crm.read(party.search, "o@x.example").hits == ()
    assert crm.read(party.search, "Nova Aurora").hits == ()


def test_the_command_alone_judges_by_the_rows_as_they_are_now(crm: Crm) -> None:
    """Somebody else's import came between the preview and the command."""
    shown = look(crm, row(emails=[MARINA]))
    take(crm, row(emails=[MARINA], phones=[MOBILE]))
    late = crm.run_many(take_ins(shown.wanted, source="late.csv"))
    (outcome,) = late.outcomes
    assert isinstance(outcome, Done)
    assert outcome.events == ()
    assert len(crm.read(party.search, MARINA).hits) == 1


def test_phones_and_e_mails_may_be_typed_as_one_text() -> None:
    typed = TakeIn(name="Ana", phones=f"{MOBILE}; (21) 3333-4444", emails="a@x.example;b@x.example")  # type: ignore[arg-type]
    assert typed.phones == (("phone", MOBILE), ("phone", "(21) 3333-4444"))
    assert typed.emails == ("a@x.example", "b@x.example")


def test_nothing_at_all_is_refused(crm: Crm) -> None:
    assert isinstance(crm.run(TakeIn()), Refusal)


@dataclass(frozen=True, slots=True)
class Loose:
    """A row from anywhere: the plan needs only the attributes."""

    line: int
    name: str
    company: str
    title: str
    phones: tuple[tuple[ContactKind, str], ...]
    emails: tuple[str, ...]
    notes: str
    document: str = ""
    company_document: str = ""
    address: Postal | None = None
    foreign: Foreign | None = None
    organization: bool = False
    owner: str = ""
    errors: tuple[()] = ()
    warnings: tuple[()] = ()


def loose() -> st.SearchStrategy[Loose]:
    """Few names, phones and addresses, so that rows meet."""
    phones = st.sampled_from([MOBILE, "21 7777-1234", "(21) 3333-4444", "(11) 98888-0001", "999"])
    return st.builds(
        Loose,
        st.integers(2, 99),
        st.sampled_from(["", "Ana Lira", "ana  LIRA", "Beto"]),
        st.sampled_from(["", "Aurora"]),
        st.sampled_from(["", "Compras"]),
        st.lists(phones.map(lambda p: (ContactKind.PHONE, p)), max_size=2).map(tuple),
        st.lists(st.sampled_from(["a@x.example", "B@x.example", "torto"]), max_size=2).map(tuple),
        st.sampled_from(["", "nota"]),
        st.sampled_from(["", "52998224725", "11222333000181"]),
        st.sampled_from(["", "12ABC34501DE35"]),
        st.sampled_from([None, Postal("Rua A", "Recife", None, None), Postal(None, "Recife", "PE", None)]),
    )


@given(st.lists(loose(), max_size=8))
def test_a_second_look_at_the_same_rows_finds_nothing_new(rows: list[Loose]) -> None:
    facts = Facts()
    plan.preview(rows, facts)
    again = plan.preview(rows, facts)
    assert again.counts[Verdict.NEW] == 0


@given(loose(), loose())
def test_judging_never_changes_what_is_known(first: Loose, second: Loose) -> None:
    facts = Facts()
    facts.know(Person(1, "PE-00001", "Ana Lira", "nota", "Aurora", "Compras", {"a@x.example": "email"}))
    judged = plan.judge(contact(second), facts)
    before = plan.judge(contact(first), facts)
    assert plan.judge(contact(first), facts) == before
    if judged.person is not None:
        assert judged.person.name == "Ana Lira"


def test_commands_are_made_when_they_are_come_to(crm: Crm) -> None:
    """The same object as long as its chunk needs it, the like of it later; slices and ends as of a list."""
    rows = look(crm, *(ContactRecord(i, f"Pessoa {i}") for i in range(1200))).wanted
    commands = take_ins(rows, source="x.csv")
    assert len(commands) == 1200
    assert commands[700] is commands[699:702][1]
    assert [each.name for each in commands] == [row.contact.name for row in rows]
    assert commands[-1].name == "Pessoa 1199"
    assert commands[1198:1300] == [commands[1198], commands[1199]]
    with pytest.raises(IndexError):
        commands[1200]


def test_a_row_longer_than_a_name_may_be_is_an_error_of_its_own(crm: Crm) -> None:
    """It would be refused by the command's form, and with it the whole file."""
    shown = look(crm, ContactRecord(2, "A" * 201), ContactRecord(3, "Beto", company="B" * 201))
    assert [line for line, _ in shown.errors] == [2, 3]
    assert shown.counts[Verdict.ERROR] == 2


def test_what_a_file_says_far_apart_is_seen(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are asked about a few at a time; the last still meets the first, and who was known before it."""
    monkeypatch.setattr(facts, "CHUNK", 2)
    rows = [ContactRecord(i, f"Pessoa {i}", emails=(f"p{i % 5}@x.com",)) for i in range(11)]
    shown = look(crm, *rows)
    assert [row.judged.verdict for row in shown.rows] == [Verdict.NEW] * 5 + [Verdict.DUPLICATE] * 6


def test_who_works_for_a_company_of_a_row_above_works_for_that_one(crm: Crm) -> None:
    firm = ContactRecord(2, "Tintas Sol", document="11222333000181", organization=True)
    many = take(crm, firm, row(3, "Ana Lua", emails=("ana@sol.example",), company="tintas sol"))
    assert many.done == 2
    assert [hit.name for hit in crm.read(party.search, "tintas sol").hits if hit.kind == "organization"] == [
        "Tintas Sol"
    ]
