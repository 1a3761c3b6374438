"""The life of one card (or of a person without one), told as the door would have written it.

Each method is one thing that somebody did: it changes the rows in hand, makes their images and tells the events
in the door's order. The rows are kept once, by `end`, as they stand then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from crm_tui.domain.activity import step_at
from crm_tui.domain.board import CardStatus, ReopenMode, StageCategory, status_in
from crm_tui.domain.events.activity import ActivityPlanned
from crm_tui.domain.events.board import CardMoved, CardOpened
from crm_tui.domain.events.note import CommentAdded, NoteFiled
from crm_tui.domain.happened import Happened
from crm_tui.domain.note import NoteKind
from crm_tui.store.demo.book import Batch, Book
from crm_tui.store.demo.company import Action, Ending, House, StageOf
from crm_tui.store.rows import Image, Row
from crm_tui.store.shapes import Table, shape
from crm_tui.store.tables import Activity, ActivityAttendee, Card, Note, StageVisit
from crm_tui.store.values import to_column

_NEVER = ("id", "version")


def inserted(model: Table, row: Row) -> Image:
    """The image of an inserted row, as the row writer makes it."""
    after = {c: v for c, v in row.items() if c not in _NEVER and v is not None}
    return Image(str(shape(model).name), row["id"], "insert", None, after, row.get("version"))


def changed(model: Table, row: Row, **values: Any) -> list[Image]:
    """Change a row in hand and give the image of the change, as the row writer makes it; none if nothing differs."""
    known = shape(model)
    new = {c: v for c, v in ((c, to_column(v)) for c, v in values.items()) if row[c] != v}
    before = {c: row[c] for c in new if c in known.imaged}
    row.update(new)
    if not before:
        return []
    version = None
    if known.versioned:
        version = row["version"] = row["version"] + 1
    after = {c: row[c] for c in before}
    return [Image(str(known.name), row["id"], "update", before, after, version)]


def attended(
    book: Book, activity_id: int, colleagues: Sequence[tuple[int, str]], guests: Sequence[int]
) -> list[Image]:
    """Keep who takes part in an appointment beside whose it is; colleagues as (operator, answer). The images."""
    rows = [
        *(
            book.blank(ActivityAttendee, activity_id=activity_id, user_id=u, response=a)
            for u, a in colleagues
        ),
        *(book.blank(ActivityAttendee, activity_id=activity_id, party_id=party) for party in guests),
    ]
    for row in rows:
        book.keep(ActivityAttendee, row)
    return [inserted(ActivityAttendee, row) for row in rows]


@dataclass(frozen=True, slots=True)
class Step:
    """The next step: when (a civil date or an aware instant), what, and who does it; `colleagues` (operator, answer)
    and `guests` take part."""

    when: date | datetime
    subject: str
    action: Action
    assignee_id: int
    internal_on: date | None = None
    minutes: int | None = None
    place: str | None = None
    remind: int | None = None
    colleagues: Sequence[tuple[int, str]] = ()
    guests: Sequence[int] = ()


class Life:
    """One card from its opening on; `card` is None for steps with a person alone."""

    def __init__(self, book: Book, house: House, party_id: int | None, contact_id: int | None = None) -> None:
        self.book = book
        self.house = house
        self.party_id = party_id
        self.contact_id = contact_id
        self.card: Row | None = None
        self.stage: StageOf | None = None
        self._visit: Row | None = None
        self._planned: Row | None = None
        self._done: list[Row] = []
        self._notes: list[Row] = []
        self._visits: list[Row] = []

    @property
    def card_id(self) -> int | None:
        """The card's id."""
        return self.card["id"] if self.card is not None else None

    @property
    def _place(self) -> dict[str, Any]:
        return {"card_id": self.card_id, "party_id": self.party_id}

    def begin(
        self, batch: Batch, stage: StageOf, columns: Mapping[str, Any], step: Step | None = None
    ) -> None:
        """Open the card in its first stage; `columns` has at least number, title and owner_id."""
        self.stage = stage
        self.card = self.book.blank(
            Card,
            kind=stage.kind,
            board_id=stage.board_id,
            stage_id=stage.id,
            status=status_in(StageCategory(stage.category)),
            party_id=self.party_id,
            contact_id=self.contact_id,
            opened_at=batch.stamp,
            last_touch_at=batch.stamp,
            rank=self.book.rank(stage.id),
            **columns,
        )
        images = [inserted(Card, self.card), self._arrive(batch)]
        happened = CardOpened(
            entity_id=self.card["id"], **self._place, stage=stage.name, title=self.card["title"]
        )
        self._tell(batch, happened, images)
        if step is not None:
            self.plan(batch, step)

    def plan(self, batch: Batch, step: Step) -> None:
        """Plan the next step; there is one at a time."""
        due_on, start_at = step_at(step.when, self.house.zone)
        minutes = timedelta(minutes=step.minutes or step.action.minutes)
        self._planned = self.book.blank(
            Activity,
            **self._place,
            action_type_id=step.action.id,
            subject=step.subject,
            assignee_id=step.assignee_id,
            created_by_id=batch.actor_id,
            due_on=due_on,
            start_at=start_at,
            end_at=start_at + minutes if start_at else None,
            internal_on=step.internal_on,
            location=step.place,
            remind_minutes=step.remind,
            previous_id=self._done[-1]["id"] if self._done else None,
        )
        happened = ActivityPlanned(
            entity_id=self._planned["id"], **self._place, subject=step.subject, due=step.when
        )
        people = attended(self.book, self._planned["id"], step.colleagues, step.guests)
        self._tell(batch, happened, [inserted(Activity, self._planned), *people])
        alone = self.card is None or self.card["owner_id"] != step.assignee_id
        self._planned["stands_alone"] = int(alone)

    def file(
        self,
        batch: Batch,
        body: str,
        action: Action,
        result: Ending,
        medium_id: int,
        *,
        to: StageOf | None = None,
        step: Step | None = None,
    ) -> None:
        """File a parecer: the planned step is done with it, or the work becomes a step of its own."""
        done, images = self._do(batch, action, result, medium_id)
        note = self.book.blank(
            Note,
            **self._place,
            activity_id=done["id"],
            kind=NoteKind.ATTENDANCE,
            body=body,
            author_id=batch.actor_id,
            filed_at=batch.stamp,
        )
        self._notes.append(note)
        moves = to is not None and self.stage is not None and to.id != self.stage.id
        happened = NoteFiled(
            entity_id=note["id"],
            **self._place,
            action=action.name,
            result=result.name,
            tone=result.tone,
            to_stage_id=to.id if to is not None and moves else None,
        )
        self._tell(batch, happened, [*images, inserted(Note, note)])
        if step is not None:
            self.plan(batch, step)
        if to is not None and moves:
            self.move(batch, to, cause=2 if step is not None else 1)

    def comment(self, batch: Batch, body: str) -> None:
        """Leave an internal comment."""
        note = self.book.blank(
            Note,
            **self._place,
            kind=NoteKind.COMMENT,
            body=body,
            author_id=batch.actor_id,
            filed_at=batch.stamp,
        )
        self._notes.append(note)
        self._tell(batch, CommentAdded(entity_id=note["id"], **self._place), [inserted(Note, note)])

    def move(self, batch: Batch, to: StageOf, *, cause: int = 0, **columns: Any) -> None:
        """Enter another stage, at its end; `columns` change with it."""
        assert self.card is not None
        assert self.stage is not None
        category = StageCategory(to.category)
        if category in (StageCategory.OPEN, StageCategory.PAUSED):
            columns.setdefault("status", status_in(category))
        images = changed(Card, self.card, stage_id=to.id, rank=self.book.rank(to.id), **columns)
        if self._visit is not None:
            images += changed(StageVisit, self._visit, left_at=batch.stamp)
        left, self.stage = self.stage, to
        images.append(self._arrive(batch))
        happened = CardMoved(entity_id=self.card["id"], **self._place, from_stage=left.name, to_stage=to.name)
        self._tell(batch, happened, images, cause=cause)

    def close(
        self, batch: Batch, to: StageOf, status: CardStatus, closed_on: date, reason_id: int | None = None
    ) -> None:
        """Win, lose, convert or finish the card."""
        self.move(batch, to, status=status, closed_on=closed_on, loss_reason_id=reason_id)

    def reopen(self, batch: Batch, to: StageOf) -> None:
        """Reopen it for adjustments: the sale and its date stay."""
        self.move(batch, to, reopen_mode=ReopenMode.ADJUSTMENT, reopened_at=batch.stamp)

    def end(self) -> None:
        """Keep the rows as they stand, the card with its next step."""
        book = self.book
        if self.card is not None:
            if self._planned is not None:
                self.card["next_activity_id"] = self._planned["id"]
                for column in ("due_on", "start_at", "internal_on"):
                    self.card[f"next_{column}"] = self._planned[column]
            book.keep(Card, self.card)
        for visit in self._visits:
            book.keep(StageVisit, visit)
        for activity in (*self._done, *((self._planned,) if self._planned else ())):
            book.keep(Activity, activity)
        for note in self._notes:
            book.keep(Note, note)

    def _do(self, batch: Batch, action: Action, result: Ending, medium_id: int) -> tuple[Row, list[Image]]:
        done = {"state": "done", "done_at": batch.stamp, "result_id": result.id, "medium_id": medium_id}
        activity = self._planned
        if activity is not None:
            self._planned = None
            images = changed(Activity, activity, action_type_id=action.id, **done)
        else:
            activity = self.book.blank(
                Activity,
                **self._place,
                action_type_id=action.id,
                subject=action.name,
                assignee_id=batch.actor_id,
                created_by_id=batch.actor_id,
                due_on=step_at(batch.at, self.house.zone).due_on,
                **done,
            )
            images = [inserted(Activity, activity)]
        self._done.append(activity)
        return activity, images

    def _arrive(self, batch: Batch) -> Image:
        assert self.stage is not None
        self._visit = self.book.blank(
            StageVisit,
            card_id=self.card_id,
            stage_id=self.stage.id,
            entered_at=batch.stamp,
            moved_by_id=batch.actor_id,
        )
        self._visits.append(self._visit)
        return inserted(StageVisit, self._visit)

    def tell(self, batch: Batch, kind: type[Happened], images: list[Image], **params: Any) -> None:
        """Tell another thing that happened to the card; `entity_id` is the card's where none is given."""
        about = {"entity_id": self.card_id, **self._place, **params}
        self._tell(batch, kind(**about), images)

    def _tell(self, batch: Batch, happened: Any, images: list[Image], *, cause: int = 0) -> None:
        self.book.tell(batch, happened, images, cause=cause)
        if self.card is not None:
            self.card["last_touch_at"] = batch.stamp
