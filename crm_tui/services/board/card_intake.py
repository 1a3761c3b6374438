"""What becomes of each row of a foreign file of cards: new, known, or an error; and the commands that take it in.

A card is known by its board, its title and its person, as often as it is there: the same file twice is nothing new.
Nothing known is changed. What the file names and the base has not is told, never guessed silently. (M96)
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from crm_tui.domain.access import Viewer
from crm_tui.domain.board import CardStatus, StageCategory, closing_day
from crm_tui.domain.card_file import CardRow
from crm_tui.domain.cell_values import Moment
from crm_tui.domain.foreign import Change, Foreign, Held
from crm_tui.domain.identity import name_key
from crm_tui.domain.text import fold
from crm_tui.i18n import Text
from crm_tui.services.board import taking_again
from crm_tui.services.board.taking_again import Here
from crm_tui.services.core import linking, scope
from crm_tui.services.core.linking import Known, Whom
from crm_tui.services.core.reading import Reading, view
from crm_tui.store.queries import intake as queries

if TYPE_CHECKING:
    from crm_tui.services.board.take_in_commands import TakeInCard

_NAMED = {CardStatus.WON: StageCategory.WON, CardStatus.LOST: StageCategory.LOST}


class CardVerdict(StrEnum):
    """The values are those of the command line's JSON."""

    NEW = "new"
    UPDATE = "update"
    DUPLICATE = "duplicate"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class PlannedCard:
    """One row of the preview: `place` is board and stage as they are called here, `why` the error, or as which card
    it is known; `command` takes it in."""

    row: CardRow
    verdict: CardVerdict
    place: str = ""
    why: Text | None = None
    doubts: tuple[Text, ...] = ()
    command: TakeInCard | None = None
    changed: tuple[str, ...] = ()
    """What an update changes; nothing where the id alone is kept."""


@dataclass(frozen=True, slots=True)
class House:
    """What names are looked up in: boards, their stages, operators, reasons; and the board and the owner of rows that
    name none, or none that is here. `single` are the boards on which a person has one open card at most."""

    boards: Mapping[int, str]
    single: frozenset[int]
    stages: Sequence[tuple[int, int, str, str]]
    users: Sequence[tuple[int, str, str, str]]
    reasons: Sequence[tuple[int, str]]
    usual: int | None
    owner: int | None = None


class _Wrong(Exception):
    def __init__(self, why: Text) -> None:
        super().__init__(why.msgid)
        self.why = why


@view("intake.run")
def card_preview(
    reading: Reading,
    rows: Sequence[CardRow],
    source: str = "",
    *,
    board: int | None = None,
    owner: int | None = None,
) -> list[PlannedCard]:
    """What each row of a file of cards would become; writes nothing. `board` and `owner` (ids): of rows that name none,
    or none that is here; left out, the usual board and who imports."""
    connection = reading.connection
    boards = [row for row in connection.execute(queries.BOARDS) if reading.viewer.attends(row[0])]
    house = House(
        {row[0]: row[1] for row in boards},
        frozenset(row[0] for row in boards if row[2]),
        connection.execute(queries.STAGES).fetchall(),
        connection.execute(queries.USERS).fetchall(),
        connection.execute(queries.REASONS).fetchall(),
        board if board is not None else scope.usual_board(connection, reading.viewer),
        owner,
    )
    known = linking.read(connection, (whom(row) for row in rows if not row.errors), reading.viewer)
    cards: dict[tuple[int, str, int | None], dict[int, str]] = {}
    titles = sorted({fold(_title(row)) for row in rows if not row.errors})
    for on, title, party, number, card in connection.execute(
        queries.CARDS_CALLED, {"titles": json.dumps(titles)}
    ):
        cards.setdefault((on, title, party), {})[card] = number
    judge = _Judge(house, known, cards, reading.viewer, reading.now, source)
    judge.held = taking_again.held(connection, reading.viewer, (row.foreign for row in rows))
    judge.here = taking_again.read(connection, reading.viewer, (i for found in cards.values() for i in found))
    programs = {row.foreign.source for row in rows if row.foreign is not None}
    asked = json.dumps([*judge.here])
    judge.of_program = {
        program: {
            i for (i,) in connection.execute(queries.CARDS_OF_SOURCE, {"ids": asked, "source": program})
        }
        for program in programs
    }
    people = json.dumps(sorted({*known.called, *known.codes.values(), *known.documents.values()}))
    judge.open.update(connection.execute(queries.OPEN_OF, {"ids": people}).fetchall())
    return [judge.planned(row) for row in rows]


def commands(rows: Iterable[PlannedCard]) -> list[TakeInCard]:
    """What takes in the rows that are new, in their order."""
    return [row.command for row in rows if row.command is not None]


def whom(row: CardRow) -> Whom:
    """Its person."""
    return Whom(
        row.person_ref,
        row.person,
        row.company,
        row.document,
        row.phones,
        row.emails,
        row.company_document,
        row.source,
    )


def _unmet(person: Whom) -> str | None:
    """Somebody new of the file, told from others of the same name by where they work."""
    called = fold(person.called)
    return f"{called}\n{name_key(person.company)}" if called else None


def _own(row: CardRow) -> dict[str, Any]:
    """By which id its program knows it, as a command says it."""
    if row.foreign is None:
        return {}
    return {"foreign_source": row.foreign.source, "foreign_id": row.foreign.id}


def _title(row: CardRow) -> str:
    return row.title or whom(row).called


class _Judge:
    """Judges one row after the other; two rows of one file about one card see each other."""

    def __init__(
        self,
        house: House,
        known: Known,
        cards: Mapping[tuple[int, str, int | None], Mapping[int, str]],
        viewer: Viewer,
        now: datetime,
        source: str,
    ) -> None:
        self.house, self.known, self.cards, self.viewer = house, known, cards, viewer
        self.now, self.source = now, source[: linking.LINE]
        self.met: Counter[tuple[int, str, int | str | None]] = Counter()
        self.open: set[tuple[int, int | str]] = set()
        self.held: dict[Foreign, tuple[Held, Here]] = {}
        self.here: dict[int, Here] = {}
        self.of_program: dict[str, set[int]] = {}
        self.read: set[Foreign] = set()

    def planned(self, row: CardRow) -> PlannedCard:
        if row.errors:
            return PlannedCard(row, CardVerdict.ERROR, why=row.errors[0])
        doubts = [*row.warnings]
        try:
            return self._judged(row, doubts)
        except _Wrong as wrong:
            return PlannedCard(row, CardVerdict.ERROR, why=wrong.why)

    def _judged(self, row: CardRow, doubts: list[Text]) -> PlannedCard:
        from crm_tui.services.board.take_in_commands import TakeInCard

        lines = ((each, linking.LINE) for each in (_title(row), row.person, row.company))
        long = linking.too_long(*lines, (row.notes, linking.BODY), (row.reason, linking.REASON))
        if long is not None:
            raise _Wrong(long)
        if row.foreign is not None:
            if row.foreign in self.read:
                return PlannedCard(row, CardVerdict.DUPLICATE, why=Text("This row stands above already."))
            self.read.add(row.foreign)
        there = self.held.get(row.foreign) if row.foreign is not None else None
        if there is not None:
            return self._again(row, there, doubts)
        board = self._board(row, doubts)
        status = row.status or CardStatus.OPEN
        stage = self._stage(row, board, status, doubts)
        if stage is not None and status is CardStatus.OPEN:
            status = next((s for s, category in _NAMED.items() if category == stage[3]), status)
        place = f"{self.house.boards[board]} › {stage[2]}" if stage is not None else self.house.boards[board]
        person = whom(row)
        party = linking.link(person, self.known)
        if isinstance(party, Text):
            raise _Wrong(party)
        key = (board, fold(_title(row)), party if party is not None else fold(person.called) or None)
        self.met[key] += 1
        known = self.cards.get((board, fold(_title(row)), party), {}) if party or not person.called else {}
        free = [i for i in known if row.foreign is None or i not in self.of_program[row.foreign.source]]
        why, unknown = None, CardVerdict.NEW
        if len(free) >= self.met[key]:
            card = free[self.met[key] - 1]
            why = Text("known as {card}", {"card": known[card]})
            if row.foreign is None or not taking_again.may_keep(self.viewer, self.here[card]):
                return PlannedCard(row, CardVerdict.DUPLICATE, place, why)
            unknown = CardVerdict.UPDATE
        if unknown is CardVerdict.NEW:
            if stage is not None and status is CardStatus.OPEN and stage[3] != StageCategory.OPEN:
                said = {"stage": stage[2], "board": self.house.boards[board]}
                raise _Wrong(
                    Text(
                        "{stage} on {board} is no stage for a new card: name one that is open, won or lost.",
                        said,
                    )
                )
            self._keep_single(board, party if party is not None else _unmet(person), person.called, status)
        closed = self._closed(row, status)
        reason, note = self._reason(row, doubts) if status is CardStatus.LOST else (None, "")
        command = TakeInCard(
            subject=_title(row),
            board=board,
            stage=stage[0] if stage is not None else None,
            owner=self._owner(row, doubts),
            value_one_off=row.value,
            won=status is CardStatus.WON,
            lost=status is CardStatus.LOST,
            opened=_instant(row.opened, self.viewer),
            closed_on=closed,
            expected_close_on=row.expected,
            reason=reason,
            note=note,
            party=party,
            party_name=row.person,
            company=row.company,
            document=person.tax_id,
            company_document=person.works_tax_id,
            phones=row.phones,
            emails=row.emails,
            description=row.notes,
            nth=self.met[key],
            source=self.source,
            **_own(row),
        )
        return PlannedCard(row, unknown, place, why, tuple(doubts), command)

    def _again(self, row: CardRow, there: tuple[Held, Here], doubts: list[Text]) -> PlannedCard:
        """A card that its program knows by an id that is kept: what was changed there alone is taken."""
        from crm_tui.services.board.take_in_commands import TakeInCard

        known, here = there
        if not here.seen:
            raise _Wrong(Text(taking_again.UNSEEN))
        status = row.status or CardStatus.OPEN
        of_stage: list[Text] = []
        stage = self._stage(row, here.board_id, status, of_stage) if row.stage else None
        if stage is not None and status is CardStatus.OPEN:
            status = next((s for s, category in _NAMED.items() if category == stage[3]), status)
        named = stage[2] if stage is not None and stage[3] not in _NAMED.values() else ""
        now = taking_again.said(_title(row), row.value, row.expected, named, status, known.said)
        found = taking_again.judged(self.viewer, there, now)
        taken = tuple(name for name, what in found.items() if what is Change.TAKEN)
        stays = taking_again.untaken(found)
        place = self.house.boards.get(here.board_id, "") + (f" › {stage[2]}" if stage is not None else "")
        if not taken:
            said = {"card": here.number, "why": stays[0] if stays else ""}
            why = Text("known as {card}. {why}", said) if stays else Text("known as {card}", said)
            return PlannedCard(row, CardVerdict.DUPLICATE, place, why)
        ends = "status" in taken and status is CardStatus.LOST
        reason, note = self._reason(row, doubts) if ends else (None, "")
        command = TakeInCard(
            subject=_title(row),
            board=here.board_id,
            stage=stage[0] if stage is not None else None,
            value_one_off=row.value,
            won=status is CardStatus.WON,
            lost=status is CardStatus.LOST,
            closed_on=self._closed(row, status),
            expected_close_on=row.expected,
            reason=reason,
            note=note,
            source=self.source,
            **_own(row),
        )
        told = (*doubts, *(of_stage if "stage" in taken else ()), *stays)
        return PlannedCard(row, CardVerdict.UPDATE, place, None, told, command, taken)

    def _keep_single(self, board: int, party: int | str | None, name: str, status: CardStatus) -> None:
        """One open card for each person where the board says so, those of this file among them. (K55)"""
        if party is None or board not in self.house.single or status is not CardStatus.OPEN:
            return
        if (board, party) in self.open:
            said = {"name": name, "board": self.house.boards[board]}
            raise _Wrong(Text("{name} has an open card on {board} already.", said))
        self.open.add((board, party))

    def _board(self, row: CardRow, doubts: list[Text]) -> int:
        named = [i for i, name in self.house.boards.items() if fold(name) == fold(row.board)]
        if named:
            return named[0]
        if self.house.usual is None or self.house.usual not in self.house.boards:
            raise _Wrong(Text("There is no board that you work on: ask an administrator to let you in."))
        if row.board:
            said = {"board": row.board, "other": self.house.boards[self.house.usual]}
            doubts.append(Text("There is no board {board}: it goes to {other}.", said))
        return self.house.usual

    def _stage(
        self, row: CardRow, board: int, status: CardStatus, doubts: list[Text]
    ) -> tuple[int, int, str, str] | None:
        """The stage that is named by its label or its id, of the category that the status says; else its first."""
        wanted = _NAMED.get(status, StageCategory.OPEN)
        own = [stage for stage in self.house.stages if stage[1] == board]
        said = fold(row.stage)
        named = [s for s in own if said and said in (fold(s[2]), str(s[0]), f"stage:{s[0]}")]
        if named and (status is CardStatus.OPEN or named[0][3] == wanted):
            return named[0]
        first = next((stage for stage in own if stage[3] == wanted), None)
        if first is None and status is CardStatus.OPEN:
            raise _Wrong(Text("This board has no open stage: add one under Settings."))
        if said and not named and status is CardStatus.OPEN and first is not None:
            told = {"stage": row.stage, "board": self.house.boards[board], "other": first[2]}
            doubts.append(Text("There is no stage {stage} on {board}: it goes to {other}.", told))
        return first

    def _owner(self, row: CardRow, doubts: list[Text]) -> int | None:
        said = fold(row.owner).removeprefix("@")
        if not said:
            return self.house.owner
        found = {u[0] for u in self.house.users if said in (fold(u[1]), fold(u[2]), u[3].lower())}
        if len(found) > 1:
            raise _Wrong(Text("The owner may be one of several: {name}.", {"name": row.owner}))
        if not found:
            doubts.append(self._no_such_user(row.owner))
        return next(iter(found), self.house.owner)

    def _no_such_user(self, name: str) -> Text:
        other = next((login for i, login, _, _ in self.house.users if i == self.house.owner), None)
        if other is None:
            return Text("There is no user {name}: it becomes yours.", {"name": name})
        return Text("There is no user {name}: it becomes {login}'s.", {"name": name, "login": other})

    def _closed(self, row: CardRow, status: CardStatus) -> date | None:
        if status not in _NAMED or row.closed is None:
            return None
        found = _instant(row.closed, self.viewer)
        day = found.astimezone(self.viewer.zone).date() if found is not None else None
        refusal = closing_day(day, self.now.astimezone(self.viewer.zone).date())
        if refusal is not None:
            raise _Wrong(refusal.reason)
        return day

    def _reason(self, row: CardRow, doubts: list[Text]) -> tuple[int, str]:
        """The reason of that name; else the first one, with the file's words as what happened."""
        if not self.house.reasons:
            raise _Wrong(Text("There is no loss reason yet: make one under Settings."))
        for reason_id, name in self.house.reasons:
            if row.reason and fold(name) == fold(row.reason):
                return reason_id, row.reason
        reason_id, name = self.house.reasons[0]
        doubts.append(
            Text("The reason of the loss is not known here: it becomes {reason}.", {"reason": name})
        )
        return reason_id, row.reason or self.source


def _instant(moment: Moment | None, viewer: Viewer) -> datetime | None:
    """A day begins at midnight; an hour without a zone is the operator's."""
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), viewer.zone)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=viewer.zone)
