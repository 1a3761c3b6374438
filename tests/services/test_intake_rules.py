"""What the preview of an import says of duplicates is what the door does, row by row. (M70, X21)"""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from house import House, do, party_secret

from crm_tui.connectors.contacts import ContactRecord
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.domain.party import ContactKind, Postal
from crm_tui.services.intake import views
from crm_tui.services.intake.commands import take_ins
from crm_tui.services.intake.plan import Planned, Verdict
from crm_tui.services.party.commands import NewParty

CPFS = ("52998224725", "11144477735")


def ruled(house: House, action: str, **signs: bool) -> None:
    """One rule alone is in use."""
    by = {f"by_{sign}": int(signs.get(sign, False)) for sign in ("document", "email", "phone", "name")}
    sets = ", ".join(f"{column} = {value}" for column, value in by.items())
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = (id = 2)")
        connection.execute(f"UPDATE duplicate_rule SET action = ?, {sets} WHERE id = 2", (action,))


def row(line: int, name: str, *, phone: str = "", email: str = "") -> ContactRecord:
    phones = ((ContactKind.PHONE, phone),) if phone else ()
    return ContactRecord(line, name, phones=phones, emails=(email,) if email else ())


def shown(house: House, rows: Sequence[ContactRecord], login: str = "ana") -> tuple[Planned, ...]:
    found: tuple[Planned, ...] = house.open(login).read(views.preview, rows).rows
    return found


def facts(house: House) -> tuple[int, int]:
    return int(house.one("SELECT count(*) FROM party")), int(house.one("SELECT count(*) FROM contact_point"))


def written(house: House, rows: Sequence[Planned]) -> list[Verdict]:
    """What writing each row comes to, told by what is in the base afterwards."""
    crm, found = house.open(), []
    for command in take_ins(rows, source="x.csv"):
        before = facts(house)
        outcome = crm.run(command)
        after = facts(house)
        if isinstance(outcome, Refusal):
            found.append(Verdict.ERROR)
        else:
            assert isinstance(outcome, Done), outcome
            new = after[0] > before[0]
            found.append(Verdict.NEW if new else Verdict.UPDATE if after != before else Verdict.DUPLICATE)
    return found


@pytest.mark.parametrize(
    ("action", "verdict"),
    [("block", Verdict.ERROR), ("attach", Verdict.UPDATE), ("warn", Verdict.NEW)],
)
def test_who_has_a_known_name_is_shown_as_the_rule_says(house: House, action: str, verdict: Verdict) -> None:
    done = do(house.open(), NewParty(name="Ana Prado", email="ana@prado.com.br"))
    ruled(house, action, name=True)
    (one,) = shown(house, [row(2, "ANA PRADO", email="outra@x.com")])
    assert one.judged.verdict is verdict
    told = one.judged.why or next(iter(one.contact.doubts), None)
    if action != "attach":
        assert told is not None
        assert done.ref in str(told.params["who"])
    assert written(house, [one]) == [verdict]


def whole(line: int, name: str, *, document: str = "") -> ContactRecord:
    """A row that says all there is to say."""
    return ContactRecord(
        line,
        name,
        "Padaria Sol",
        "dona",
        ((ContactKind.PHONE, f"11 3333-99{len(name):02}"),),
        (f"{name[:3].lower()}.{line}@x.com",),
        "Prefere manhã",
        document=document,
        address=Postal("Rua A, 1", "Recife", "PE", None),
    )


def test_whoever_a_rule_takes_gets_what_is_empty_and_keeps_what_is_there(house: House) -> None:
    crm = house.open()
    bare = do(crm, NewParty(name="Ana Prado", email="ana@prado.com.br"))
    full = do(crm, NewParty(name="Bea Lima", email="bea@lima.com.br", company="Moinho", document=CPFS[1]))
    ruled(house, "attach", name=True)
    rows = [whole(2, "ANA PRADO", document=CPFS[0]), whole(3, "Bea Lima"), whole(2, "Ana Prado")]
    rows.append(whole(5, "Bea Lima", document="39053344705"))
    found = shown(house, rows)
    wanted = [Verdict.UPDATE, Verdict.UPDATE, Verdict.DUPLICATE, Verdict.ERROR]
    assert [each.judged.verdict for each in found] == wanted
    before = house.one("SELECT count(*) FROM event")
    outcomes = [crm.run(command) for command in take_ins(found, source="x.csv")]
    assert [isinstance(outcome, Done) for outcome in outcomes] == [True, True, True, False]
    third = outcomes[2]
    assert isinstance(third, Done)
    assert third.events == ()  # nothing changed, so nothing is told
    assert house.one("SELECT count(*) FROM event") == before + 3  # the company, Ana, Bea
    told = (
        "SELECT p.name, o.name, r.role, p.preferences, p.document, a.city,"
        " (SELECT count(*) FROM contact_point c WHERE c.party_id = p.id) FROM party p"
        " JOIN party_relation r ON r.person_id = p.id JOIN party o ON o.id = r.organization_id"
        " JOIN address a ON a.party_id = p.id WHERE p.id = ?"
    )
    read = crm.store.reader().execute
    assert read(told, (bare.entity_id,)).fetchall() == [
        ("Ana Prado", "Padaria Sol", "dona", "Prefere manhã", CPFS[0], "Recife", 3)
    ]
    assert read(told, (full.entity_id,)).fetchall() == [
        ("Bea Lima", "Moinho", None, "Prefere manhã", CPFS[1], "Recife", 3)
    ]


def test_the_second_of_one_file_is_held_up_by_the_first(house: House) -> None:
    ruled(house, "block", name=True)
    rows = [
        row(2, "Ana Prado", email="a@x.com"),
        row(3, "Ana Prado", email="b@x.com"),
        row(4, "Bea", email="b@x.com"),
    ]
    found = shown(house, rows)
    assert [each.judged.verdict for each in found] == [Verdict.NEW, Verdict.ERROR, Verdict.NEW]
    assert written(house, found) == [Verdict.NEW, Verdict.ERROR, Verdict.NEW]


def test_somebody_out_of_sight_is_not_named(house: House) -> None:
    ruled(house, "block", name=True)
    with house.open().store.writing() as connection:
        connection.execute(
            "INSERT INTO profile_permission (profile_id, key, scope) "
            "SELECT profile_id, 'intake.run', 'all' FROM \"user\" WHERE login = 'nina'"
        )
    (one,) = shown(house, [row(2, party_secret("edu"), email="zz@zz.com")], "nina")
    assert one.judged.verdict is Verdict.ERROR
    assert "PE-" not in str(one.judged.why)


def test_without_a_rule_nothing_is_asked(house: House) -> None:
    do(house.open(), NewParty(name="Ana Prado"))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = 0")
    (one,) = shown(house, [row(2, "Ana Prado", email="a@x.com")])
    assert (one.judged.verdict, one.contact.doubts) == (Verdict.NEW, ())


@pytest.mark.parametrize("seed", range(12))
def test_what_random_files_show_is_what_becomes_of_them(house: House, seed: int) -> None:
    chance = random.Random(seed)
    names = ["Ana Prado", "Bea Lima", "Caio Reis", "Dora Paz"]
    phones = ["", "11 3333-4444", "11 98765-4321", "11 8765-4321", "11 97777-6666"]
    emails = ["", "", "a@x.com", "b@x.com", "c@x.com"]
    for name in names[:2]:
        do(
            house.open(),
            NewParty(name=name, phone=chance.choice(phones), email=chance.choice(emails), despite="?"),
        )
    signs = {sign: chance.random() < 0.6 for sign in ("email", "phone", "name")}
    ruled(
        house,
        chance.choice(["block", "attach", "warn"]),
        **(signs if any(signs.values()) else {"name": True}),
    )
    rows = [
        row(n, chance.choice(names), phone=chance.choice(phones), email=chance.choice(emails))
        for n in range(2, 18)
    ]
    found = shown(house, rows)
    told = [(each.contact.line, each.judged.verdict) for each in found]
    assert told == [
        (each.contact.line, verdict) for each, verdict in zip(found, written(house, found), strict=True)
    ]
