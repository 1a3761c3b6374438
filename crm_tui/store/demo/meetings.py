"""The agenda of the demonstration: meetings of the house, with colleagues and guests, once or every week.

What is over was held. Nothing is planned for the operator herself: her queue is told by the cards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from crm_tui.domain.activity import ActivityState, step_at
from crm_tui.domain.events.agenda import AppointmentBooked, AppointmentHeld, SeriesBooked
from crm_tui.store.demo.book import Batch, Book
from crm_tui.store.demo.company import House
from crm_tui.store.demo.days import Days
from crm_tui.store.demo.files import told
from crm_tui.store.demo.life import attended, changed, inserted
from crm_tui.store.demo.parties import Directory
from crm_tui.store.rows import Row
from crm_tui.store.tables import Activity, ActivitySeries

_BOOKED_BEFORE = 8
"""Days from the booking of a meeting to the meeting, or to today if that comes first."""


class Meetings:
    """Tells the meetings of meetings.toml."""

    def __init__(self, book: Book, house: House, days: Days, directory: Directory) -> None:
        self._book = book
        self._house = house
        self._days = days
        self._directory = directory
        self._words = told("meetings")

    def tell(self) -> None:
        """Book all of them; those that are over are held."""
        for line in self._words["meetings"]:
            self._once(line)
        for line in self._words["weekly"]:
            self._weekly(line)

    def _once(self, line: Mapping[str, Any]) -> None:
        days, on = self._days, line["on"]
        batch = self._booked(min(on, 0), line)
        if "days" in line:
            first = days.worked(on)
            row = self._row(line, due_on=first, all_day=1, last_on=first + timedelta(days=line["days"] - 1))
            due: date | datetime = first
        else:
            when = days.past(on, line["at"]) if on < 0 else days.due(on, line["at"])
            row = self._timed(line, when)
            due = when
        images = [
            inserted(Activity, row),
            *attended(self._book, row["id"], *people_of(self._house, self._directory, line)),
        ]
        about = {"entity_id": row["id"], "card_id": None, "party_id": row["party_id"]}
        self._book.tell(batch, AppointmentBooked(**about, subject=row["subject"], due=due), images)
        self._keep(row)

    def _weekly(self, line: Mapping[str, Any]) -> None:
        days, book = self._days, self._book
        monday = days.today - timedelta(days=(days.today.weekday() - line["weekday"]) % 7)
        first = monday - timedelta(weeks=line["weeks_before"])
        count = line["weeks_before"] + 1 + line["weeks_after"]
        every = [first + timedelta(weeks=n) for n in range(count)]
        series = book.blank(
            ActivitySeries,
            rrule=f"FREQ=WEEKLY;COUNT={count}",
            zone=str(self._house.zone),
            first_on=first,
            start_time=line["at"],
            made_until=every[-1],
        )
        images = [inserted(ActivitySeries, series)]
        rows = []
        people = people_of(self._house, self._directory, line)
        for day in every:
            start = datetime.combine(day, time.fromisoformat(line["at"]), self._house.zone)
            row = self._timed(line, start, series_id=series["id"], occurrence_on=day)
            rows.append(row)
            images.append(inserted(Activity, row))
            images += attended(book, row["id"], *people)
        batch = book.batch(
            datetime.combine(first - timedelta(days=3), time(11, 10), self._house.zone), self._user(line)
        )
        about = {"entity_id": rows[0]["id"], "card_id": None, "party_id": None}
        begun = datetime.combine(first, time.fromisoformat(line["at"]), self._house.zone)
        book.tell(batch, SeriesBooked(**about, subject=line["subject"], due=begun, times=count), images)
        book.keep(ActivitySeries, series)
        alone = True
        for row in rows:
            alone = self._keep(row, alone=alone) and alone

    # --- rows ---------------------------------------------------------------------------------------------

    def _booked(self, on: int, line: Mapping[str, Any]) -> Batch:
        return self._book.batch(self._days.past(on - _BOOKED_BEFORE, "11:10"), self._user(line))

    def _user(self, line: Mapping[str, Any]) -> int:
        return self._house.users[line["who"]]

    def _timed(self, line: Mapping[str, Any], when: date | datetime, **more: Any) -> Row:
        due_on, start_at = step_at(when, self._house.zone)
        end_at = start_at + timedelta(minutes=line["minutes"]) if start_at is not None else None
        return self._row(line, due_on=due_on, start_at=start_at, end_at=end_at, **more)

    def _row(self, line: Mapping[str, Any], **columns: Any) -> Row:
        party = self._directory.party_id(line["party"]) if "party" in line else None
        return self._book.blank(
            Activity,
            party_id=party,
            action_type_id=self._house.actions[line["action"]].id,
            subject=line["subject"],
            assignee_id=self._user(line),
            created_by_id=self._user(line),
            zone=str(self._house.zone),
            location=line.get("place"),
            remind_minutes=line.get("remind"),
            **columns,
        )

    def _keep(self, row: Row, *, alone: bool = True) -> bool:
        """Keep it, held if it is over; whether it was. `alone`: it stands in its assignee's list if it is planned."""
        end = row["end_at"]
        over = end is not None and datetime.fromisoformat(end) <= self._days.now
        if over:
            ended = datetime.fromisoformat(end)
            batch = self._book.batch(ended, row["assignee_id"])
            images = changed(Activity, row, state=ActivityState.DONE, done_at=batch.stamp)
            about = {"entity_id": row["id"], "card_id": None, "party_id": row["party_id"]}
            self._book.tell(batch, AppointmentHeld(**about, subject=row["subject"]), images)
        else:
            row["stands_alone"] = int(alone)
        self._book.keep(Activity, row)
        return over


def people_of(
    house: House, directory: Directory, line: Mapping[str, Any]
) -> tuple[Sequence[tuple[int, str]], Sequence[int]]:
    """The colleagues of a meeting with their answers, and its outside contacts."""
    colleagues = [(house.users[login], answer) for login, answer in line.get("with", ())]
    return colleagues, [directory.contact_id(key) for key in line.get("guests", ())]
