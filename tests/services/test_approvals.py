"""What somebody else approves on the spot: for one command, by login and PIN, and every way round it. (B56)"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from house import House, do

from crm_tui.bootstrap import open_crm
from crm_tui.domain import pin as rules
from crm_tui.domain.access import BoardRight
from crm_tui.domain.board import ReopenMode
from crm_tui.domain.outcome import Done, Refusal, RefusedBy
from crm_tui.services.access.commands import AddUser, ClearPin, DeactivateUser, SetPin
from crm_tui.services.board.commands import DeleteCard, EditBoard, ReopenCard, SetBoardMember, WinCard
from crm_tui.services.core import pins
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.pins import Approval
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

PIN = "47110815"
RIGHT = Approval("carla", PIN)


@pytest.fixture
def closed(house: House) -> int:
    """A won card of bia, who may not reopen it; carla, who leads her, may, and has a PIN."""
    do(house.open("carla"), SetPin(pin=PIN, again=PIN))
    do(house.open("bia"), WinCard(card=house.card("bia")))
    return house.card("bia")


def reopen(card: int) -> ReopenCard:
    return ReopenCard(card=card, mode=ReopenMode.FULL, reason="erro no pedido")


def refused(outcome: Any) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def is_open(house: House, card: int) -> bool:
    return bool(house.one("SELECT status = 'open' FROM card WHERE id = ?", card))


def tries(house: House, login: str = "carla") -> tuple[int, bool]:
    row = house.rows('SELECT pin_tries, pin_locked_until IS NOT NULL FROM "user" WHERE login = ?', login)[0]
    return int(row[0]), bool(row[1])


def test_the_refusal_offers_it_and_the_approval_names_both(house: House, closed: int) -> None:
    bia = house.open("bia")
    no = refused(bia.run(reopen(closed)))
    assert (no.by, no.approval) == (RefusedBy.PERMISSION, True)
    assert refused(bia.hindrance(ReopenCard.begun(card=closed))).approval
    done = bia.run(reopen(closed), approval=RIGHT)
    assert isinstance(done, Done)
    assert is_open(house, closed)
    entry = next(e for e in bia.read(trails.of_card, closed) if e.kind == "card.reopened")
    assert (entry.actor, entry.params["approved_by"]) == ("bia", "carla")
    assert house.rows(
        "SELECT permission_key, entity, entity_id, requested_by_id, approved_by_id, reason FROM supervisor_override"
    ) == [("card.reopen", "card", closed, house.user("bia"), house.user("carla"), "erro no pedido")]


def test_it_is_good_for_one_command_alone(house: House, closed: int) -> None:
    bia = house.open("bia")
    done = bia.run(reopen(closed), approval=RIGHT, request_id="one")
    assert isinstance(done, Done)
    again = bia.run(reopen(closed), request_id="one")
    assert isinstance(again, Done)
    assert again.repeated
    do(bia, WinCard(card=closed))
    assert refused(bia.run(reopen(closed))).approval
    assert bia.run(reopen(closed), request_id="one") == again  # told again, not done again
    assert not is_open(house, closed)
    refused(bia.run(reopen(closed), request_id="two"))
    refused(bia.run(reopen(closed), request_id="two"))
    assert not is_open(house, closed)
    assert house.one("SELECT count(*) FROM supervisor_override") == 1


def test_undone_it_is_not_done_again_without_another_approval(house: House, closed: int) -> None:
    bia = house.open("bia")
    done = bia.run(reopen(closed), approval=RIGHT)
    assert isinstance(done, Done)
    undo = do(bia, UndoBatch(batch=done.batch))
    assert not is_open(house, closed)
    assert "for once" in refused(bia.run(RedoBatch())).reason.msgid
    assert "for once" in refused(bia.run(UndoBatch(batch=undo.batch))).reason.msgid
    assert not is_open(house, closed)


@pytest.mark.parametrize(
    "approval",
    [
        Approval("carla", "0000"),
        Approval("nobody", PIN),
        Approval("davi", PIN),
        Approval("edu", ""),
        Approval("", ""),
    ],
    ids=["wrong PIN", "unknown login", "no PIN set", "empty PIN", "nothing"],
)
def test_what_does_not_hold_is_answered_alike_after_the_same_work(
    house: House, closed: int, approval: Approval, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    opens = rules.opens

    def counting(pin: str, stored: str | None) -> bool:
        hashed.append(pin)
        return opens(pin, stored)

    monkeypatch.setattr(rules, "opens", counting)
    no = refused(house.open("bia").run(reopen(closed), approval=approval))
    assert (no.reason, no.by, no.approval) == (pins.wrong().reason, RefusedBy.PERMISSION, True)
    assert len(hashed) == 1
    assert not is_open(house, closed)


def test_five_wrong_tries_lock_it_and_the_sixth_says_until_when(house: House, closed: int) -> None:
    bia = house.open("bia")
    for n in range(5):
        assert (
            refused(bia.run(reopen(closed), approval=Approval("carla", f"000{n}"))).reason
            == pins.wrong().reason
        )
    sixth = refused(bia.run(reopen(closed), approval=RIGHT))
    assert "locked until" in sixth.reason.msgid
    assert sixth.reason.params["until_at"] == (house.clock() + timedelta(minutes=15)).isoformat()
    assert not is_open(house, closed)
    before, house.clock = house.clock(), lambda: before + timedelta(minutes=15, seconds=1)  # type: ignore[assignment]
    assert isinstance(house.open("bia").run(reopen(closed), approval=RIGHT), Done)
    assert tries(house) == (0, False)


def test_a_wrong_try_is_kept_though_nothing_was_done_and_a_right_one_begins_anew(
    house: House, closed: int
) -> None:
    bia = house.open("bia")
    events = house.one("SELECT count(*) FROM event")
    for _ in range(4):
        refused(bia.run(reopen(closed), approval=Approval("carla", "0000")))
    assert (tries(house), house.one("SELECT count(*) FROM event")) == ((4, False), events)
    assert isinstance(bia.run(reopen(closed), approval=RIGHT), Done)
    assert tries(house) == (0, False)


def test_guesses_from_many_terminals_at_once_are_all_counted(house: House, closed: int) -> None:
    def guess(n: int) -> str:
        crm = open_crm(house.path, "bia", house.clock)
        try:
            return refused(crm.run(reopen(closed), approval=Approval("carla", f"99{n:02}"))).reason.msgid
        finally:
            crm.store.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(guess, range(8)))
    assert sum("locked" in answer for answer in answers) == 3
    assert tries(house) == (0, True)


def test_an_approver_must_be_somebody_else_who_works_here_and_may_do_this_very_thing(
    house: House, closed: int
) -> None:
    bia, ana = house.open("bia"), house.open()
    own = refused(bia.run(reopen(closed), approval=Approval(" BIA ", PIN)))
    assert "yourself" in own.reason.msgid
    do(house.open("davi"), SetPin(pin=PIN, again=PIN))
    without = refused(bia.run(reopen(closed), approval=Approval("davi", PIN)))
    assert (without.reason.msgid, without.approval) == (
        "{login} may not do this here either: ask somebody else.",
        True,
    )
    do(
        ana,
        AddUser(
            login="sul", name="Sul", profile=house.one("SELECT profile_id FROM \"user\" WHERE login='carla'")
        ),
    )
    do(house.open("sul"), SetPin(pin=PIN, again=PIN))  # leads nobody: bia's card is beyond them
    assert "may not do this" in refused(bia.run(reopen(closed), approval=Approval("sul", PIN))).reason.msgid
    do(ana, DeactivateUser(user=house.user("carla")))
    assert refused(bia.run(reopen(closed), approval=RIGHT)).reason == pins.wrong().reason
    assert not is_open(house, closed)


def test_an_approver_who_does_not_see_the_board_approves_nothing_on_it(house: House, closed: int) -> None:
    ana = house.open()
    board = house.one("SELECT board_id FROM card WHERE id = ?", closed)
    do(ana, EditBoard(board=board, restricted=True))
    do(ana, SetBoardMember(board=board, user=house.user("bia"), may=BoardRight.ATTEND))
    no = refused(house.open("bia").run(reopen(closed), approval=RIGHT))
    assert "may not do this" in no.reason.msgid


def test_no_approval_lifts_a_wall_nor_a_rule_and_no_pin_is_tried_for_it(house: House, closed: int) -> None:
    ana, edu = house.open(), house.open("edu")
    wrong = Approval("carla", "0000")
    assert not refused(edu.run(reopen(closed), approval=wrong)).approval  # edu does not even see it
    bia = house.open("bia")
    board = house.one("SELECT board_id FROM card WHERE id = ?", closed)
    do(ana, EditBoard(board=board, reopen_full=False))
    assert refused(bia.run(reopen(closed), approval=wrong)).instead
    do(ana, EditBoard(board=board, restricted=True))
    assert refused(house.open("bia").run(reopen(closed), approval=wrong)).by is RefusedBy.MISSING_RECORD
    assert tries(house) == (0, False)


def test_what_may_not_be_approved_is_not_and_tries_no_pin(house: House, closed: int) -> None:
    beto = house.open("beto")
    no = refused(beto.run(DeleteCard(card=closed), approval=Approval("carla", "0000")))
    assert (no.by, no.approval, tries(house)) == (RefusedBy.PERMISSION, False, (0, False))


def test_whoever_may_do_it_needs_none_and_none_is_named(house: House, closed: int) -> None:
    carla = house.open("carla")
    assert isinstance(carla.run(reopen(closed), approval=Approval("ana", "0000")), Done)
    assert house.one("SELECT count(*) FROM supervisor_override") == 0


def test_a_pin_that_changes_between_the_try_and_the_lock_approves_nothing(
    house: House, closed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bia, carla = house.open("bia"), house.open("carla")
    prove = pins.prove

    def changed_meanwhile(crm: Crm, login: str, pin: str) -> pins.Proof:
        proof = prove(crm, login, pin)
        if crm is bia:
            do(carla, SetPin(current=PIN, pin="2468", again="2468"))
        return proof

    monkeypatch.setattr(pins, "prove", changed_meanwhile)
    assert refused(bia.run(reopen(closed), approval=RIGHT)).reason == pins.wrong().reason
    assert not is_open(house, closed)


# --- one's own PIN


def test_a_pin_is_digits_typed_twice_and_the_one_before_is_asked(house: House) -> None:
    carla = house.open("carla")
    for pin in ("123", "1234567890123", "12ab", "١٢٣٤"):
        assert refused(carla.run(SetPin(pin=pin, again=pin))).fields == ("pin",)
    assert refused(carla.run(SetPin(pin="1234", again="1243"))).fields == ("again",)
    do(carla, SetPin(pin="1234", again="1234"))
    assert refused(carla.run(SetPin(pin="4321", again="4321"))).fields == ("current",)
    for _ in range(5):
        no = refused(carla.run(SetPin(current="9999", pin="4321", again="4321")))
        assert (no.by, no.fields) == (RefusedBy.PERMISSION, ("current",))
    assert "locked" in refused(carla.run(SetPin(current="1234", pin="4321", again="4321"))).reason.msgid
    do(house.open(), ClearPin(user=house.user("carla")))
    assert "no PIN" in refused(house.open().run(ClearPin(user=house.user("carla")))).reason.msgid
    do(carla, SetPin(pin="4321", again="4321"))


def test_only_an_administrator_clears_a_colleagues_pin(house: House, closed: int) -> None:
    assert refused(house.open("bia").run(ClearPin(user=house.user("carla")))).by is RefusedBy.PERMISSION


def test_a_pin_is_not_undone_and_u_takes_what_was_done_before(house: House) -> None:
    carla, card = house.open("carla"), house.card("carla")
    won = do(carla, WinCard(card=card))
    done = do(carla, SetPin(pin="1234", again="1234"))
    assert "not put back" in refused(carla.run(UndoBatch(batch=done.batch))).reason.msgid
    do(carla, UndoBatch())
    assert house.one("SELECT undoes FROM event ORDER BY id DESC LIMIT 1") == won.batch


def test_pins_are_set_one_at_a_time(house: House) -> None:
    carla, command = house.open("carla"), SetPin(pin="1234", again="1234")
    together = carla.run_together([command])[1]
    for outcome in (*carla.run_many([command]).outcomes, together):
        assert "by itself alone" in refused(outcome).reason.msgid
    assert house.one('SELECT count(pin_hash) FROM "user"') == 0


def everything_told(house: House) -> Iterator[str]:
    """Every text in the file but the column of the hash itself."""
    house.close()
    connection = sqlite3.connect(house.path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        try:
            cursor = connection.execute(f'SELECT * FROM "{table}"')
        except sqlite3.OperationalError:
            continue
        names = [column[0] for column in cursor.description]
        for row in cursor:
            for name, value in zip(names, row, strict=True):
                if (table, name) != ("user", "pin_hash"):
                    yield f"{table}.{name}={value}"
    connection.close()


def test_neither_pin_nor_hash_is_anywhere_else_in_the_file(house: House, closed: int) -> None:
    bia, ana = house.open("bia"), house.open()
    refused(bia.run(reopen(closed), approval=Approval("carla", "31415926"), request_id="r1"))
    assert isinstance(bia.run(reopen(closed), approval=RIGHT, request_id="r2"), Done)
    gone = do(ana, AddUser(login="zeca", name="Zeca", profile=house.any_id("profile", 2)))
    do(house.open("zeca"), SetPin(pin="27182818", again="27182818"))
    hashes = [h for (h,) in house.rows('SELECT pin_hash FROM "user" WHERE pin_hash IS NOT NULL')]
    assert len(hashes) == 2
    with ana.store.writing() as connection:  # so that the whole row goes into the trail
        connection.execute(
            "DELETE FROM event WHERE kind = 'user.pin_set' AND entity_id = ?", (gone.entity_id,)
        )
    refused_or_done = ana.run(UndoBatch(batch=gone.batch))
    assert isinstance(refused_or_done, Done), refused_or_done
    secrets = [PIN, "31415926", "27182818", *hashes, *(h.split("$")[-1] for h in hashes)]
    told = list(everything_told(house))
    leaks = [(secret, text[:80]) for text in told for secret in secrets if secret in text]
    trail = ("change.", "event.", "draft.", "request.")
    leaks += [("pin_", text[:80]) for text in told if text.startswith(trail) and '"pin_' in text]
    assert leaks == []
    assert PIN not in repr(RIGHT)
    assert "1234" not in repr(SetPin(pin="1234", again="1234"))
