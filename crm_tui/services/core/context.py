"""What a handler is given: rows to write, facts to read, who acts, what time it is, and the trail.

Handlers return `Made` or a Refusal; `Refused` and `Clashed` unwind from deep inside a rule.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from crm_tui.domain.access import Viewer
from crm_tui.domain.happened import Happened
from crm_tui.domain.kinds import called
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.core import trail
from crm_tui.services.core.commands import Command
from crm_tui.store.later import Later
from crm_tui.store.rows import Image, Row, Rows
from crm_tui.store.seal import Key
from crm_tui.store.shapes import Table
from crm_tui.store.tables import Card

if TYPE_CHECKING:
    from crm_tui.services.core.ahead import Ahead
    from crm_tui.services.core.crm import Crm
    from crm_tui.services.core.pins import Proof

C = TypeVar("C", bound=Command)
H = TypeVar("H", bound=Happened)
T = TypeVar("T")


class Refused(Exception):
    """Unwinds to the door with a refusal; the transaction (or savepoint) is rolled back."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason.msgid)
        self.refusal = refusal


class Clashed(Exception):
    """Unwinds to the door with a conflict."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict.entity)
        self.conflict = conflict


@dataclass(frozen=True, slots=True)
class Made:
    """What a handler answers: the record that was made or changed, its REF, and a word to the operator."""

    entity: str
    entity_id: int
    ref: str
    note: Text | None = None


@dataclass(slots=True)
class Context:
    """One command's work inside the transaction. `now` is an aware instant, the same for all of it.

    `proof`: whose PIN came with the command; `approved_by`: who let it through by that, named by its own event alone.
    `gone_over`: the rule that it went over, by the permission that is asked for it, and the record in its way.
    `prepared` is what its handler's `beforehand` gave; `later` gathers what a chunk writes at its end, `ahead` is
    what was read for a run of like commands at once. `seals` gives the key of the trail.
    """

    connection: sqlite3.Connection
    viewer: Viewer
    now: datetime
    batch: str
    undoes: str | None = None
    unchecked: bool = False
    reason: str | None = None
    proof: Proof | None = None
    approved_by: str | None = None
    gone_over: tuple[str, str, int] | None = None
    prepared: Any = None
    later: Later | None = None
    ahead: Ahead | None = None
    seals: Callable[[], Key] | None = None
    rows: Rows = field(init=False)
    happened: list[tuple[Happened, int]] = field(default_factory=list)
    cause_id: int | None = None

    def __post_init__(self) -> None:
        self.rows = Rows(self.connection, self.later)
        if self.later is not None:
            self.connection = self.later.seeing

    @property
    def local(self) -> datetime:
        """`now` on the clock of who acts."""
        return self.now.astimezone(self.viewer.zone)

    @property
    def today(self) -> date:
        """The day that it is for who acts."""
        return self.local.date()

    def row(self, model: Table, row_id: int | None, what: str = "") -> Row:
        """The row as it is now; a missing one refuses (exit status 3)."""
        found = self.rows.get(model, row_id)
        if found is None:
            raise Refused(no_such(what or model, row_id))
        return found

    def one(self, sql: str, **params: Any) -> tuple[Any, ...] | None:
        """The first row of a named query's text."""
        found: tuple[Any, ...] | None = self.connection.execute(sql, params).fetchone()
        return found

    def once(self, name: str, make: Callable[[], T]) -> T:
        """A fact that no gathered command changes: read once for all of a chunk, otherwise now."""
        return make() if self.later is None else self.later.once(name, make)

    def emit(self, happened: Happened, reason: str | None = None) -> int:
        """Write one event with the images since the last one under it; its id. Reactions follow later."""
        return self.emit_many([(happened, self.rows.take_images())], reason)[0]

    def emit_many(
        self, events: Sequence[tuple[Happened, Sequence[Image]]], reason: str | None = None
    ) -> Sequence[int]:
        """Write events, each with the images that it caused (`rows.take_images`), in a few statements whatever their
        number; their ids."""
        ids = trail.write(
            self.connection if self.later is None else self.later.connection,
            events,
            at=self.now,
            actor_id=self.viewer.user_id,
            batch=self.batch,
            reason=reason or self.reason,
            cause_id=self.cause_id,
            undoes=self.undoes,
            unchecked=self.unchecked,
            approved_by=None if self.happened else self.approved_by,
            later=self.later,
            key=None if self.seals is None else self.once("key", self.seals),
        )
        named = [(happened, event_id) for (happened, _), event_id in zip(events, ids, strict=True)]
        touched = {h.card_id: event_id for h, event_id in named if h.touches and h.card_id is not None}
        if touched:
            there = self.rows.read(Card, touched)
            last = {i: {"last_touch_at": self.now, "last_touch_event_id": touched[i]} for i in there}
            self.rows.update_many(Card, last)
        self.happened += named
        return ids


@dataclass(frozen=True, slots=True)
class Handler(Generic[C]):
    """How one command is done.

    `check` reads facts and asks the pure rules, writes nothing, and serves `why_not` as well as the
    transaction; `ready` is the part of it that only needs to know which record is meant, so that it can be
    asked before the form opens; `owner` names the owner of the row that the permission's scope is held against
    (None: a row that nobody owns; the operator's own id for what one makes oneself); `foresee` says what would
    happen, so that the rules of reacting modules can be asked before the key is pressed. `beforehand` is what takes
    long and needs no lock (the hash of a PIN); such a command is done by itself alone.
    `gathers`: neither it nor what reacts to it reads the trail, searches words or changes what anybody may do, so that
    of many its events, images and words are written in sets at the chunk's end (decision 0021). `ahead` reads for the
    next of its kind at once what each would ask. (decision 0024)
    """

    handle: Callable[[Context, C], Made]
    owner: Callable[[Context, C], int | None] = lambda ctx, _: ctx.viewer.user_id
    ready: Callable[[Context, C], Refusal | None] = lambda _ctx, _command: None
    check: Callable[[Context, C], Refusal | None] = lambda _ctx, _command: None
    foresee: Callable[[Context, C], list[Happened]] = lambda _ctx, _command: []
    beforehand: Callable[[Crm, C], Any] | None = None
    gathers: bool = False
    ahead: Callable[[Context, Sequence[C]], Ahead] | None = None


@dataclass(frozen=True, slots=True)
class Reaction(Generic[H]):
    """What another module does about an event: `rule` may refuse the whole, `apply` acts, both in the
    same transaction."""

    on: type[H]
    rule: Callable[[Context, H], Refusal | None] = lambda _ctx, _happened: None
    apply: Callable[[Context, H], None] = lambda _ctx, _happened: None


def no_such(what: str, row_id: int | None, fields: tuple[str, ...] = ()) -> Refusal:
    """The refusal of a record that is not there, or not for the viewer to see (exit status 3): one sentence for
    both, so that none tells that there is something to hide. `what` is a kind of `domain.kinds`."""
    reason = Text(
        "There is no {what} {id} that you could use: look it up again and choose another.",
        {"what": Text(called(what)), "id": "—" if row_id is None else row_id},
    )
    return Refusal(reason, RefusedBy.MISSING_RECORD, fields)


def refuse(
    reason: str, *, by: RefusedBy = RefusedBy.RULE, fields: tuple[str, ...] = (), **params: Any
) -> Refused:
    """The exception for a refusal: `raise refuse(N_("…"), fields=("owner",))`."""
    return Refused(Refusal(Text(reason, params), by, fields))


def integrity(error: sqlite3.IntegrityError) -> Refusal:
    """The database's last wall, put into a sentence in this one place."""
    words = str(error)
    if "UNIQUE" in words:
        return Refusal(
            Text(
                "There is already one like this ({what}): choose another.",
                {"what": words.rsplit(": ", maxsplit=1)[-1]},
            )
        )
    if "FOREIGN KEY" in words:
        return Refusal(
            Text("A record that this one needs is gone: reload and try again."), RefusedBy.MISSING_RECORD
        )
    return Refusal(Text("The database refuses this value ({what}).", {"what": words}), RefusedBy.INPUT)
