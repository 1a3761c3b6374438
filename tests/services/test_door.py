"""The one door: what it answers, in which order it asks, and that nothing else writes a business fact."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import pytest
from house import House, card_secret, do, done, restored
from samples import SAMPLES

from crm_tui import bootstrap
from crm_tui.domain.happened import Happened
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.i18n import say
from crm_tui.services.board.commands import EditCard, MoveCard, NewCard
from crm_tui.services.core import context
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Handler, Made, Reaction
from crm_tui.services.core.crm import Crm, NotAUser
from crm_tui.services.export.commands import NoteExport
from crm_tui.services.followup.commands import PlanStep, SkipContact
from crm_tui.services.note.commands import FileNote
from crm_tui.services.party.commands import EditParty
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Card, User


def test_every_command_has_a_sample() -> None:
    assert set(bootstrap.commands().values()) == set(SAMPLES)


@pytest.mark.parametrize("command", SAMPLES, ids=lambda c: c.__name__)
def test_only_the_row_writer_writes_business_facts(
    house: House, command: type[Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself refuses any write to a restored table that does not come from `Rows`."""
    crm, asked = house.open(), SAMPLES[command](house, "ana")
    guarded = set(restored())
    inside: list[bool] = []
    written: list[str] = []

    def counted(method: Any) -> Any:
        def call(self: Rows, *args: Any, **kwargs: Any) -> Any:
            inside.append(True)
            try:
                return method(self, *args, **kwargs)
            finally:
                inside.pop()

        return call

    for name in ("insert_many", "update", "update_many", "delete", "delete_many", "raise_version"):
        monkeypatch.setattr(Rows, name, counted(getattr(Rows, name)))

    def judge(action: int, table: str | None, *_rest: str | None) -> int:
        if (
            action in (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)
            and table in guarded
        ):
            written.append(table)
            return sqlite3.SQLITE_OK if inside else sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    with crm.store.writing() as connection:
        pass
    connection.set_authorizer(judge)
    done(crm.run(asked))
    connection.set_authorizer(None)
    assert written or command in (SkipContact, NoteExport)  # said for the trail, they change no row


def test_done_names_what_was_made_and_its_events(house: House) -> None:
    found = do(house.open(), SAMPLES[NewCard](house, "ana"))
    assert found.entity == "card"
    assert found.ref == house.one("SELECT number FROM card WHERE id = ?", found.entity_id)
    kinds = [house.one("SELECT kind FROM event WHERE id = ?", i) for i in found.events]
    assert kinds == ["party.added", "party.added", "card.opened", "activity.planned"]
    assert {house.one("SELECT batch FROM event WHERE id = ?", i) for i in found.events} == {found.batch}


def test_a_missing_record_refuses(house: House) -> None:
    outcome = house.open().run(MoveCard(card=999_999, stage=1))
    assert isinstance(outcome, Refusal)
    assert outcome.by is RefusedBy.MISSING_RECORD


def test_a_refusal_leaves_nothing(house: House) -> None:
    """The name is written first, then the phone is found to be none: the name is as it was."""
    before = house.dump()
    outcome = house.open().run(EditParty(party=house.party(), name="Outra", phone="12"))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("phone",)
    assert house.dump() == before


def test_permission_is_asked_of_the_rows_as_they_are_now(house: House) -> None:
    """Both the record's owner and the actor's profile may have changed since the screen was drawn."""
    bia, card = house.open("bia"), house.card("bia")
    do(bia, EditCard(card=card, value_one_off=1))
    with house.open().store.writing() as connection:
        Rows(connection).update(Card, card, owner_id=house.user("edu"))
    refused = bia.run(EditCard(card=card, value_one_off=2))
    assert isinstance(refused, Refusal)
    assert refused.by is RefusedBy.PERMISSION
    with house.open().store.writing() as connection:
        Rows(connection).update(Card, card, owner_id=house.user("bia"))
        Rows(connection).update(User, house.user("bia"), active=False)
    refused = bia.run(EditCard(card=card, value_one_off=3))
    assert isinstance(refused, Refusal)
    assert refused.by is RefusedBy.PERMISSION
    with pytest.raises(NotAUser):
        house.open("bia")


def test_a_profile_that_was_taken_away_is_asked_anew_by_a_program_that_still_has_it(house: House) -> None:
    beto, card = house.open("beto"), house.card("beto")
    do(beto, EditCard(card=card, value_one_off=1))
    with house.open().store.writing() as connection:
        reads_only = (
            "SELECT id FROM profile p WHERE NOT is_admin AND NOT EXISTS (SELECT 1 FROM profile_permission"
        )
        reader = connection.execute(
            f"{reads_only} WHERE profile_id = p.id AND key = 'card.edit')"
        ).fetchone()[0]
        Rows(connection).update(User, house.user("beto"), profile_id=reader)
    refused = beto.run(EditCard(card=card, value_one_off=2))
    assert isinstance(refused, Refusal)
    assert refused.by is RefusedBy.PERMISSION


@pytest.mark.parametrize("command", SAMPLES, ids=lambda c: c.__name__)
def test_a_retry_gets_the_first_answer(house: House, command: type[Command]) -> None:
    crm, asked = house.open(), SAMPLES[command](house, "ana")
    first = done(crm.run(asked, request_id="r-1"))
    after = house.dump()
    again = done(crm.run(asked, request_id="r-1"))
    assert again.repeated
    assert (again.batch, again.ref, again.entity, again.entity_id, again.events) == (
        *(first.batch, first.ref, first.entity, first.entity_id),
        first.events,
    )
    assert [note and say(note) for note in (again.note, first.note)] == [first.note and say(first.note)] * 2
    assert house.dump() == after


def test_a_crash_between_commit_and_answer_is_answered_by_the_retry(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm = house.open()
    asked = SAMPLES[NewCard](house, "ana")
    with monkeypatch.context() as patch:
        patch.setattr(crm.store, "_checkpoint", _raise)
        with pytest.raises(KeyboardInterrupt):
            crm.run(asked, request_id="r-7")
    cards = house.one("SELECT count(*) FROM card")
    again = done(house.open().run(asked, request_id="r-7"))
    assert again.repeated
    assert again.ref == house.one("SELECT number FROM card ORDER BY id DESC")
    assert house.one("SELECT count(*) FROM card") == cards


def _raise(_connection: object) -> None:
    raise KeyboardInterrupt


def test_a_refused_request_may_be_asked_again(house: House) -> None:
    crm = house.open()
    assert isinstance(crm.run(FileNote(card=house.card(), body="x"), request_id="r"), Refusal)
    complete = FileNote(card=house.card(), body="x", result=house.any_id("result"))
    assert not done(crm.run(complete, request_id="r")).repeated


def test_the_databases_last_wall_is_a_sentence(house: House) -> None:
    """What no rule asks for beforehand: here an index that the rules do not know."""
    crm = house.open()
    with crm.store.writing() as connection:
        connection.execute("CREATE UNIQUE INDEX one_title ON card (title)")
    refused = crm.run(NewCard(subject=card_secret("beto")))
    assert isinstance(refused, Refusal)
    assert refused.reason.params == {"what": "card.title"}
    gone = crm.run(EditCard(card=house.card(), contact=999_999))
    assert isinstance(gone, Refusal)
    assert gone.by is RefusedBy.MISSING_RECORD
    assert house.one("SELECT contact_id FROM card WHERE id = ?", house.card()) is None


def test_a_stale_version_is_a_conflict_by_the_forms_own_fields(house: House) -> None:
    ana, beto, card = house.open(), house.open("beto"), house.card("beto")
    seen = house.version("card", card)
    do(beto, EditCard(card=card, subject="do beto", version=seen))
    clash = ana.run(EditCard(card=card, subject="da ana", version=seen))
    assert isinstance(clash, Conflict)
    assert (clash.who, clash.version) == ("beto", house.version("card", card))
    assert [(f.field, f.base, f.mine, f.theirs) for f in clash.fields] == [
        ("subject", card_secret("beto"), "da ana", "do beto")
    ]


def test_why_not_tells_before_the_key_is_pressed_and_locks_nothing(house: House) -> None:
    crm, card = house.open(), house.card()
    won = house.one("SELECT id FROM stage WHERE category NOT IN ('open', 'paused') AND board_id = 1")
    with house.open("bia").store.writing():
        told = crm.why_not(MoveCard(card=card, stage=won))
        through_a_note = FileNote(card=card, body="x", result=house.any_id("result"), stage=won)
        assert crm.why_not(through_a_note) == told
        assert crm.why_not(MoveCard(card=card, stage=house.stage(card, 1))) is None
    assert told is not None
    assert crm.run(MoveCard(card=card, stage=won)) == told
    denied = house.open("rui").why_not(MoveCard(card=card, stage=house.stage(card, 1)))
    assert denied is not None
    assert denied.by is RefusedBy.PERMISSION


def test_a_reactions_refusal_refuses_the_whole(house: House) -> None:
    """A parecer that would move its card to another board's stage: no note, the step still planned."""
    card = house.card()
    other = house.one("SELECT id FROM stage WHERE board_id <> (SELECT board_id FROM card WHERE id = ?)", card)
    before = house.dump()
    events = house.one("SELECT count(*) FROM event")
    refused = house.open().run(FileNote(card=card, body="x", result=house.any_id("result"), stage=other))
    assert isinstance(refused, Refusal)
    assert refused.fields == ("stage",)
    assert house.dump() == before
    assert house.one("SELECT count(*) FROM event") == events


def test_a_note_moves_the_card_only_for_those_who_may_move_it(house: House) -> None:
    """The step's assignee may file on a colleague's card, but not move it."""
    card, crm = house.card("edu"), house.open("bia")
    do(house.open(), PlanStep(card=card, when=date(2026, 11, 19), assignee=house.user("bia")))
    note = {"card": card, "body": "liguei", "result": house.any_id("result")}
    refused = crm.run(FileNote(**note, stage=house.stage(card, 1)))
    assert isinstance(refused, Refusal)
    assert (refused.by, refused.fields) == (RefusedBy.PERMISSION, ("stage",))
    done(crm.run(FileNote(**note)))


def test_a_note_registers_only_a_step_of_its_own_record(house: House) -> None:
    other = house.step("edu")
    refused = house.open("bia").run(
        FileNote(card=house.card("bia"), activity=other, body="x", result=house.any_id("result"))
    )
    assert isinstance(refused, Refusal)
    assert house.one("SELECT state FROM activity WHERE id = ?", other) == "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced(Happened):
    kind: ClassVar[str] = "test.bounced"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = "bounced"


class Bounce(Command):
    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = "Bounce"


class _Registry:
    def __init__(self, handle: Any, reactions: tuple[Reaction[Any], ...] = ()) -> None:
        self._handle, self._reactions = handle, reactions

    def handler(self, _command: type[Command]) -> Handler[Any]:
        return Handler(self._handle)

    def reactions(self, happened: type[Happened]) -> tuple[Reaction[Any], ...]:
        return tuple(each for each in self._reactions if issubclass(happened, each.on))

    def after_undo(self) -> tuple[()]:
        return ()


@contextmanager
def _with(house: House, handle: Any, *reactions: Reaction[Any]) -> Iterator[Crm]:
    crm = house.open()
    crm.registry = _Registry(handle, reactions)
    yield crm


def test_reactions_that_set_each_other_off_are_our_fault_and_leave_nothing(house: House) -> None:
    def again(ctx: context.Context, _happened: Happened) -> None:
        ctx.emit(Bounced(entity_id=1))

    def handle(ctx: context.Context, _command: Command) -> Made:
        ctx.emit(Bounced(entity_id=1))
        return Made("card", 1, "x")

    events = house.one("SELECT count(*) FROM event")
    with (
        _with(house, handle, Reaction(Bounced, apply=again)) as crm,
        pytest.raises(AssertionError, match="without end"),
    ):
        crm.run(Bounce())
    assert house.one("SELECT count(*) FROM event") == events


def test_each_event_tells_what_caused_it(house: House) -> None:
    found = do(house.open(), SAMPLES[FileNote](house, "ana"))
    causes = dict(house.rows("SELECT kind, cause_id FROM event WHERE batch = ?", found.batch))
    filed = house.one("SELECT id FROM event WHERE batch = ? AND kind = 'note.filed'", found.batch)
    assert causes == {"note.filed": None, "activity.planned": None, "card.moved": filed}


def test_a_change_without_an_event_is_our_fault(house: House) -> None:
    def handle(ctx: context.Context, _command: Command) -> Made:
        ctx.rows.update(Card, house.card(), title="em silêncio")
        return Made("card", 1, "x")

    with _with(house, handle) as crm, pytest.raises(AssertionError, match="without an event"):
        crm.run(Bounce())
    assert house.card()


def test_nothing_changed_is_no_event(house: House) -> None:
    crm, card = house.open(), house.card()
    same = do(crm, EditCard(card=card, subject=card_secret("ana"), version=house.version("card", card)))
    assert same.events == ()
    assert (
        do(crm, MoveCard(card=card, stage=house.one("SELECT stage_id FROM card WHERE id=?", card))).events
        == ()
    )


def test_a_touch_is_named_on_the_card_and_raises_no_version(house: House) -> None:
    card, crm = house.card(), house.open()
    version = house.version("card", card)
    told = do(crm, SAMPLES[PlanStep](house, "ana"))
    found = house.rows("SELECT last_touch_event_id, next_due_on, version FROM card WHERE id = ?", card)
    assert found == [(told.events[-1], "2026-11-20", version)]
