"""Who is granted nothing does nothing and reads nothing, whatever is asked and however; and no approval is good for
anything but what it was given for. (threat 12, B56)"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from house import House, do
from samples import SAMPLES
from test_permissions import _asks, _views

from crm_tui import bootstrap
from crm_tui.domain.board import ReopenMode
from crm_tui.domain.outcome import Done, Outcome, Refusal, RefusedBy
from crm_tui.domain.permissions import BY_KEY
from crm_tui.services.access.commands import ClearPin, DeactivateUser, EditUser, SetPin
from crm_tui.services.board.commands import EditBoard, HandOver, ReopenCard, WinCard
from crm_tui.services.core import pins
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.pins import Approval
from crm_tui.services.core.reading import Denied

PIN = "47110815"
RIGHT = Approval("carla", PIN)


def barred(outcome: Outcome | None) -> bool:
    return isinstance(outcome, Refusal) and outcome.by is RefusedBy.PERMISSION


def shut(outcome: Outcome | None) -> bool:
    """Refused for want of the right, or because there is no such record for them."""
    return isinstance(outcome, Refusal) and outcome.by in (RefusedBy.PERMISSION, RefusedBy.MISSING_RECORD)


def test_every_command_and_view_says_itself_what_it_needs() -> None:
    """One that inherits its key, or says one that no profile can have, would be open to whom nobody meant."""
    commands = bootstrap.commands().values()
    assert [each.__name__ for each in commands if "permission" not in vars(each)] == []
    assert {each.permission for each in commands} <= BY_KEY.keys()
    assert {view.permission for view in _views().values()} <= BY_KEY.keys()


def test_who_is_granted_nothing_changes_nothing_and_reads_nothing(house: House) -> None:
    """nina, about her own: by each way through the door, and by each view."""
    asked, asks = [sample(house, "nina") for sample in SAMPLES.values()], _asks(house)
    with house.open().store.writing() as connection:
        connection.execute(
            "DELETE FROM profile_permission WHERE profile_id = (SELECT profile_id FROM \"user\" WHERE login = 'nina')"
        )
    crm, views = house.open("nina"), _views()
    before, events = house.dump(), house.one("SELECT count(*) FROM event")
    let_in = [type(each).__name__ for each in asked if not shut(crm.run(each)) or not shut(crm.why_not(each))]
    each_by_itself = [type(each) for each in asked if crm.registry.handler(type(each)).beforehand is not None]
    many = [each for each in asked if type(each) not in each_by_itself]
    let_in += [repr(outcome) for outcome in crm.run_many(many).outcomes if not shut(outcome)]
    let_in += [type(each).__name__ for each in many if not shut(crm.run_together([each])[1])]
    assert let_in == []
    assert (house.dump(), house.one("SELECT count(*) FROM event")) == (before, events)
    read = []
    for name, each in asks.items():
        try:
            crm.read(views[name], *each[0][0], **each[0][1]) if each else None
        except Denied:
            continue
        read.append(name) if each else None
    assert read == []


# --- approvals


@pytest.fixture
def closed(house: House) -> int:
    """A won card of bia, who may not reopen it; carla, who leads her, may, and has a PIN."""
    do(house.open("carla"), SetPin(pin=PIN, again=PIN))
    do(house.open("bia"), WinCard(card=house.card("bia")))
    return house.card("bia")


def reopen(card: int) -> ReopenCard:
    return ReopenCard(card=card, mode=ReopenMode.FULL, reason="erro no pedido")


def test_an_approval_is_good_for_its_card_alone_and_for_none_of_many(house: House, closed: int) -> None:
    ana, bia = house.open(), house.open("bia")
    do(ana, HandOver(card=house.card("beto"), to=house.user("bia")))
    do(bia, WinCard(card=house.card("beto")))
    assert isinstance(bia.run(reopen(closed), approval=RIGHT, request_id="one"), Done)
    other = reopen(house.card("beto"))
    assert barred(bia.run(other))
    assert barred(bia.run_together([other])[1])
    assert [barred(each) for each in bia.run_many([other, other]).outcomes] == [True, True]
    assert barred(bia.why_not(other))
    assert house.one("SELECT status FROM card WHERE id = ?", house.card("beto")) == "won"
    assert house.one("SELECT count(*) FROM supervisor_override") == 1


@pytest.mark.parametrize("what", ["deactivated", "another profile", "no PIN", "the wall"])
def test_what_happens_between_the_try_and_the_lock_ends_the_approval(
    house: House, closed: int, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The PIN was right; by the time that it counts, the approver is none any more."""
    ana, bia, prove, carla = house.open(), house.open("bia"), pins.prove, house.user("carla")
    profile = house.one('SELECT profile_id FROM "user" WHERE login = ?', "bia")
    meanwhile: dict[str, Callable[[], Done]] = {
        "deactivated": lambda: do(ana, DeactivateUser(user=carla)),
        "another profile": lambda: do(ana, EditUser(user=carla, profile=profile)),
        "no PIN": lambda: do(ana, ClearPin(user=carla)),
        "the wall": lambda: do(ana, EditBoard(board=house.any_id("board"), restricted=True)),
    }

    def then(crm: Crm, login: str, pin: str) -> pins.Proof:
        proof = prove(crm, login, pin)
        meanwhile[what]()
        return proof

    monkeypatch.setattr(pins, "prove", then)
    assert isinstance(bia.run(reopen(closed), approval=RIGHT), Refusal)
    assert house.one("SELECT status FROM card WHERE id = ?", closed) == "won"
    assert house.one("SELECT count(*) FROM supervisor_override") == 0


GUESS = """
import sys
from datetime import datetime
from pathlib import Path
from crm_tui.bootstrap import open_crm
from crm_tui.services.access.commands import SetPin
now = datetime.fromisoformat(sys.argv[2])
crm = open_crm(Path(sys.argv[1]), "carla", lambda: now)
for n in range(3):
    crm.run(SetPin(current=f"000{n}", pin="2468", again="2468"))
"""
"""Three wrong tries by a program of its own, in another form than the approval's."""


def test_wrong_tries_are_counted_over_programs_restarts_and_forms(house: House, closed: int) -> None:
    house.close()
    subprocess.run(
        [sys.executable, "-c", GUESS, str(house.path), house.clock().isoformat()], check=True, timeout=60
    )
    for _ in range(2):
        bia = house.open("bia")
        assert barred(bia.run(reopen(closed), approval=Approval("carla", "9999")))
        house.close()
    locked = house.open("bia").run(reopen(closed), approval=RIGHT)
    assert isinstance(locked, Refusal)
    assert "locked until" in locked.reason.msgid
    house.close()
    own = house.open("carla").run(SetPin(current=PIN, pin="2468", again="2468"))
    assert isinstance(own, Refusal)
    assert "locked until" in own.reason.msgid
