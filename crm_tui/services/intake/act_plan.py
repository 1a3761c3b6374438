"""What becomes of each row of a foreign file of activities or notes: new, known, or an error; and its command. (M96)

Nothing known is changed. A row that names nobody, or may mean several, is an error and says so; what else the file
names and the base has not is told, never guessed silently. What the file does not call done or open is done if its time
is over.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from crm_tui.domain.access import Viewer
from crm_tui.domain.act_file import ActRow, kind_of
from crm_tui.domain.activity import performed
from crm_tui.domain.board import is_closed
from crm_tui.domain.cell_values import Moment
from crm_tui.domain.foreign import Foreign, ForeignKind
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import fold
from crm_tui.i18n import Text
from crm_tui.services.core import foreign, linking
from crm_tui.services.core.linking import Known, Whom
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import sight
from crm_tui.services.intake import act_facts
from crm_tui.services.intake.act_facts import Exported, Whose
from crm_tui.store.queries import intake as queries

if TYPE_CHECKING:
    from crm_tui.services.intake.act_commands import TakeInActivity, TakeInNote


class ActVerdict(StrEnum):
    """The values are those of the command line's JSON."""

    NEW = "new"
    DUPLICATE = "duplicate"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class PlannedAct:
    """One row of the preview: `place` is whose it becomes, `what` the action or the note's text, `why` the error;
    `command` takes it in."""

    row: ActRow
    verdict: ActVerdict
    place: str = ""
    what: str = ""
    why: Text | None = None
    doubts: tuple[Text, ...] = ()
    when: Moment | None = None
    done: bool = False
    command: TakeInActivity | TakeInNote | None = None


@dataclass(frozen=True, slots=True)
class House:
    """What names are looked up in. `cards`: those that one may see, by number: id, title and status; `by_id`: those,
    too, by the id of another program, with their number. Two programs may have one id for two cards."""

    cards: Mapping[str, tuple[int, str, str]]
    by_id: Mapping[str, Sequence[tuple[str, int, str, str]]]
    actions: Sequence[tuple[int, str, str]]
    results: Sequence[tuple[int, str]]
    users: Sequence[tuple[int, str, str, str]]


class _Wrong(Exception):
    def __init__(self, why: Text) -> None:
        super().__init__(why.msgid)
        self.why = why


@view("intake.run")
def act_preview(
    reading: Reading, rows: Sequence[ActRow], source: str = "", *, notes: bool = False
) -> list[PlannedAct]:
    """What each row of a file of activities, or of `notes`, would become; writes nothing."""
    connection = reading.connection
    numbers = json.dumps(sorted({row.card.upper() for row in rows if row.card}))
    asked = {"numbers": numbers, **sight(reading.viewer)}
    cards = {
        number: (i, title, status)
        for number, i, title, status in connection.execute(queries.CARDS_NUMBERED, asked)
    }
    house = House(
        cards,
        _by_id(reading, {row.card for row in rows if row.card and row.card.upper() not in cards}),
        connection.execute(queries.ACTIONS).fetchall(),
        connection.execute(queries.RESULTS).fetchall(),
        connection.execute(queries.USERS).fetchall(),
    )
    known = linking.read(
        connection, (_whom(row) for row in rows if not row.errors and not row.card), reading.viewer
    )
    judge = _Judge(house, known, reading.viewer, reading.now, source, notes=notes)
    linked = map(judge.whose, (row for row in rows if not row.errors))
    wanted = {each[0] for each in linked if not isinstance(each, Text)}
    kind = ForeignKind.NOTE if notes else ForeignKind.ACTIVITY
    own = {row.foreign for row in rows if row.foreign is not None}
    judge.held = own & foreign.held(connection, kind, {each.id for each in own}).keys()
    refs = {row.ref for row in rows if row.ref is not None and not notes}
    judge.exported = act_facts.exported(connection, reading.viewer, refs)
    judge.there.update(act_facts.notes(connection, wanted) if notes else act_facts.acts(connection, wanted))
    return [judge.planned(row) for row in rows]


def commands(rows: Iterable[PlannedAct]) -> list[TakeInActivity | TakeInNote]:
    """What takes in the rows that are new, in their order."""
    return [row.command for row in rows if row.command is not None]


def _by_id(reading: Reading, ids: set[str]) -> dict[str, list[tuple[str, int, str, str]]]:
    """The cards that one may see by their ids in other programs."""
    held = foreign.held(reading.connection, ForeignKind.CARD, ids)
    asked = {"ids": json.dumps(sorted({each.row_id for each in held.values()})), **sight(reading.viewer)}
    seen = {
        row[0]: (row[1], row[0], row[2], row[6])
        for row in reading.connection.execute(queries.CARDS_HELD, asked)
        if row[10]
    }
    found: dict[str, list[tuple[str, int, str, str]]] = {}
    for known, each in held.items():
        if each.row_id in seen and seen[each.row_id] not in found.setdefault(known.id, []):
            found[known.id].append(seen[each.row_id])
    return found


def _whom(row: ActRow) -> Whom:
    return Whom(row.person_ref, row.person, row.company, row.document, row.phones, row.emails)


def _own(row: ActRow) -> dict[str, str]:
    """By which id its program knows it, as a command says it."""
    if row.foreign is None:
        return {}
    return {"foreign_source": row.foreign.source, "foreign_id": row.foreign.id}


class _Judge:
    """Judges one row after the other; two alike rows of one file are two."""

    def __init__(
        self, house: House, known: Known, viewer: Viewer, now: datetime, source: str, *, notes: bool
    ) -> None:
        self.house, self.known, self.viewer = house, known, viewer
        self.now, self.source, self.notes = now, source, notes
        self.there: Counter[object] = Counter()
        self.met: Counter[object] = Counter()
        self.held: set[Foreign] = set()
        self.read: set[Foreign] = set()
        self.exported: Mapping[int, Exported] = {}

    def whose(self, row: ActRow) -> tuple[Whose, str] | Text:
        """The card that is numbered, or the person who is known, and how it is called; else a sentence."""
        if row.card:
            found = self._cards(row)
            if not found:
                return Text("There is no card {number} that you may see.", {"number": row.card[:40]})
            if len(found) > 1:
                numbers = ", ".join(number for number, *_ in found[:3])
                return Text("The card may be one of several: {numbers}.", {"numbers": numbers})
            number, card_id, title, _ = found[0]
            return ("card", card_id), f"{number} {title}"
        whom = _whom(row)
        party = linking.link(whom, self.known)
        if party is None and whom.works_tax_id:  # nobody of that name, but the company is here
            party = linking.link(Whom(document=whom.works_tax_id), self.known)
        if isinstance(party, Text):
            return party
        if party is None:
            said = whom.called or whom.ref or whom.document
            if not said:
                return Text("This row names neither a card nor a person.")
            return Text("Nobody here is known as {name}: import people first.", {"name": said[:80]})
        return ("party", party), self.known.called.get(party, (whom.called or whom.ref, ""))[0]

    def _cards(self, row: ActRow) -> Sequence[tuple[str, int, str, str]]:
        """Which cards a row may mean: number, id, title and status."""
        number = row.card.upper()
        if number in self.house.cards:
            return [(number, *self.house.cards[number])]
        return self.house.by_id.get(row.card, ())

    def planned(self, row: ActRow) -> PlannedAct:
        if row.errors:
            return PlannedAct(row, ActVerdict.ERROR, why=row.errors[0])
        if self._came_from_here(row):
            what = row.subject or row.action
            return PlannedAct(row, ActVerdict.DUPLICATE, row.card or row.person, what, when=row.when)
        doubts = [*row.warnings]
        try:
            if row.foreign in self.read:
                return PlannedAct(row, ActVerdict.DUPLICATE, why=Text("This row stands above already."))
            if row.foreign is not None:
                self.read.add(row.foreign)
            return self._note(row, doubts) if self.notes else self._activity(row, doubts)
        except _Wrong as wrong:
            if row.foreign in self.held:  # it is here, whatever is wrong with the row by now
                return PlannedAct(row, ActVerdict.DUPLICATE, what=row.subject or row.text, when=row.when)
            return PlannedAct(row, ActVerdict.ERROR, why=wrong.why)

    def _came_from_here(self, row: ActRow) -> bool:
        """Whether an export of this base wrote the row of an activity that is still what it says. Another base may have
        given the same number to another."""
        here = self.exported.get(row.ref) if row.ref is not None else None
        if here is None or row.when is None:
            return False
        when = self._moment(row.when)
        day = when.astimezone(self.viewer.zone).date() if isinstance(when, datetime) else when
        return (here.card, here.subject) == (row.card.upper(), fold(row.subject)) and day in here.days

    def _activity(self, row: ActRow, doubts: list[Text]) -> PlannedAct:
        from crm_tui.services.intake.act_commands import TakeInActivity

        of, called = self._linked(row)
        action, name = self._action(row, doubts)
        if row.when is None:
            raise _Wrong(Text("No date in this row."))
        when = self._moment(row.when)
        done = row.done if row.done is not None else self._over(when)
        if done:
            found = performed(when, None, self.now, self.viewer.zone, 0)
            if isinstance(found, Refusal):
                raise _Wrong(found.reason)
        elif of[0] == "card" and is_closed(self._cards(row)[0][3]):
            raise _Wrong(Text("A closed card has no next step: reopen it first."))
        subject = row.subject or name
        long = linking.too_long((subject, linking.LINE))
        if long is not None:
            raise _Wrong(long)
        key = act_facts.act_key(of, action, subject, when)
        self.met[key] += 1
        if row.foreign in self.held or self.there[key] >= self.met[key]:
            return PlannedAct(row, ActVerdict.DUPLICATE, called, name, when=when, done=done)
        command = TakeInActivity(
            card=of[1] if of[0] == "card" else None,
            party=of[1] if of[0] == "party" else None,
            action=action,
            subject=subject,
            when=when,
            done=done,
            assignee=self._owner(row, doubts),
            result=self._result(row, doubts) if done else None,
            text=row.text[: linking.BODY],
            nth=self.met[key],
            source=self.source[: linking.LINE],
            **_own(row),
        )
        return PlannedAct(row, ActVerdict.NEW, called, name, None, tuple(doubts), when, done, command)

    def _note(self, row: ActRow, doubts: list[Text]) -> PlannedAct:
        from crm_tui.services.intake.act_commands import TakeInNote

        of, called = self._linked(row)
        if not row.text:
            raise _Wrong(Text("No text in this row."))
        when = self._moment(row.when) if row.when is not None else None
        found = performed(when, None, self.now, self.viewer.zone, 0)
        if isinstance(found, Refusal):
            raise _Wrong(found.reason)
        key = (of, row.text[: linking.BODY].strip())
        self.met[key] += 1
        if row.foreign in self.held or self.there[key] >= self.met[key]:
            return PlannedAct(row, ActVerdict.DUPLICATE, called, row.text, when=when, done=True)
        command = TakeInNote(
            card=of[1] if of[0] == "card" else None,
            party=of[1] if of[0] == "party" else None,
            text=row.text[: linking.BODY],
            when=when,
            author=self._owner(row, doubts),
            nth=self.met[key],
            source=self.source[: linking.LINE],
            **_own(row),
        )
        return PlannedAct(row, ActVerdict.NEW, called, row.text, None, tuple(doubts), when, True, command)

    def _linked(self, row: ActRow) -> tuple[Whose, str]:
        found = self.whose(row)
        if isinstance(found, Text):
            raise _Wrong(found)
        return found

    def _moment(self, when: Moment) -> Moment:
        """An hour without a zone is the operator's."""
        if isinstance(when, datetime) and when.tzinfo is None:
            return when.replace(tzinfo=self.viewer.zone)
        return when

    def _over(self, when: Moment) -> bool:
        at = when if isinstance(when, datetime) else datetime.combine(when, time.max, self.viewer.zone)
        return at < self.now

    def _action(self, row: ActRow, doubts: list[Text]) -> tuple[int, str]:
        """The action of that name; else the first of that kind; else the one that is taken without a choice."""
        actions = self.house.actions
        if not actions:
            raise _Wrong(Text("There is no kind of action yet: add one under Settings."))
        kind = kind_of(row.action)
        for found in (
            *(a for a in actions if row.action and fold(a[1]) == fold(row.action)),
            *(a for a in actions if kind is not None and a[2] == kind),
        ):
            return found[0], found[1]
        if row.action:
            said = {"action": row.action[:60], "other": actions[0][1]}
            doubts.append(Text("There is no action {action}: it becomes {other}.", said))
        return actions[0][0], actions[0][1]

    def _result(self, row: ActRow, doubts: list[Text]) -> int | None:
        found = next(
            (i for i, name in self.house.results if row.result and fold(name) == fold(row.result)), None
        )
        if found is None and row.result:
            doubts.append(Text("There is no result {result}: it is left out.", {"result": row.result[:60]}))
        return found

    def _owner(self, row: ActRow, doubts: list[Text]) -> int | None:
        said = fold(row.owner).removeprefix("@")
        if not said:
            return None
        found = {u[0] for u in self.house.users if said in (fold(u[1]), fold(u[2]), u[3].lower())}
        if len(found) > 1:
            raise _Wrong(Text("The owner may be one of several: {name}.", {"name": row.owner}))
        if not found:
            doubts.append(Text("There is no user {name}: it becomes yours.", {"name": row.owner}))
        return next(iter(found), None)
