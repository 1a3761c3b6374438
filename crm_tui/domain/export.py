"""What goes out as a table: the columns of each kind of record, and in which forms a file may be.

A row is a tuple in the order of its columns. Knows no file, no store and no screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from crm_tui.domain.filter_tree import Filter, Place
from crm_tui.domain.form import QuestionType
from crm_tui.domain.party import LIFECYCLE_NAMES
from crm_tui.i18n import C_, N_, say

KEY: Final = "export.run"
"""Who may write the company's data to a file."""


class What(StrEnum):
    """The records that can be exported."""

    PEOPLE = "people"
    CARDS = "cards"
    ACTIVITIES = "activities"
    EVENTS = "events"
    TODAY = "today"
    BOARD = "board"


KINDS: Final = (What.PEOPLE, What.CARDS, What.ACTIVITIES, What.EVENTS)
"""What is a kind of record; the others are rows of a list alone."""


class Format(StrEnum):
    """How a file is written; the value is its ending, too."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class Cell(StrEnum):
    """What a cell holds: texts, whole numbers, cents, civil dates, aware instants, yes or no, several texts or
    telephones (E.164)."""

    TEXT = "text"
    NUMBER = "number"
    CENTS = "cents"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    MANY = "many"
    PHONES = "phones"


class Column(NamedTuple):
    """`key` is its name in JSON, `head` what people read above it (a message id, or if `literal` the words
    themselves); `words` are what fixed values are called (message ids in the context "exported"): in JSON they stay as
    they are."""

    key: str
    head: str
    cell: Cell = Cell.TEXT
    words: Mapping[str, str] = MappingProxyType({})
    literal: bool = False

    @property
    def told(self) -> str:
        """What stands above it."""
        return self.head if self.literal else say(self.head)


_PARTY_KINDS: Final = {"person": C_("exported", "Person"), "organization": C_("exported", "Organisation")}
_CARD_KINDS: Final = {
    "lead": C_("exported", "Lead"),
    "opportunity": C_("exported", "Deal"),
    "ticket": C_("exported", "Ticket"),
    "delivery": C_("exported", "Delivery"),
}
_STATUSES: Final = {
    "open": C_("exported", "open"),
    "paused": C_("exported", "paused"),
    "won": C_("exported", "won"),
    "lost": C_("exported", "lost"),
    "converted": C_("exported", "converted"),
    "done": C_("exported", "done"),
}
_STATES: Final = {
    "planned": C_("exported", "planned"),
    "done": C_("exported", "done"),
    "canceled": C_("exported", "cancelled"),
    "no_show": C_("exported", "did not come"),
}
_ROWS: Final = (
    Column("number", N_("Number")),
    Column("due_on", N_("Date"), Cell.DAY),
    Column("start_at", N_("Time"), Cell.MOMENT),
    Column("party", N_("Person")),
    Column("title", N_("Subject")),
    Column("next_step", N_("Next step")),
    Column("board", N_("Board")),
    Column("stage", N_("Stage")),
    Column("status", N_("Status"), words=_STATUSES),
    Column("owner", N_("Owner")),
    Column("value", N_("Value"), Cell.CENTS),
)
"""What a row of a list of contacts tells."""
COLUMNS: Final[Mapping[What, tuple[Column, ...]]] = {
    What.PEOPLE: (
        Column("code", N_("REF")),
        Column("kind", N_("Kind"), words=_PARTY_KINDS),
        Column("name", N_("Name")),
        Column("trade_name", N_("Trade name")),
        Column("company", N_("Company")),
        Column("role", N_("Role there")),
        Column("document", N_("Document")),
        Column("lifecycle", N_("Phase"), words=LIFECYCLE_NAMES),
        Column("party_class", N_("Class")),
        Column("owner", N_("Owner")),
        Column("phones", N_("Phones"), Cell.PHONES),
        Column("emails", N_("E-mails"), Cell.MANY),
        Column("phones_barred", N_("Phones not to be used"), Cell.PHONES),
        Column("emails_barred", N_("E-mails not to be used"), Cell.MANY),
        Column("preferences", N_("Notes")),
        Column("created_at", N_("Registered on"), Cell.MOMENT),
        Column("open_cards", N_("Open cards"), Cell.NUMBER),
        Column("due_on", N_("Next step on"), Cell.DAY),
    ),
    What.CARDS: (
        Column("number", N_("Number")),
        Column("kind", N_("Kind"), words=_CARD_KINDS),
        Column("title", N_("Subject")),
        Column("party_code", N_("REF")),
        Column("party", N_("Person")),
        Column("contact", N_("Contact")),
        Column("owner", N_("Owner")),
        Column("board", N_("Board")),
        Column("stage", N_("Stage")),
        Column("status", N_("Status"), words=_STATUSES),
        Column("opened_at", N_("Opened on"), Cell.MOMENT),
        Column("next_step", N_("Next step")),
        Column("due_on", N_("Date"), Cell.DAY),
        Column("start_at", N_("Time"), Cell.MOMENT),
        Column("internal_on", N_("Internal date"), Cell.DAY),
        Column("value_one_off", N_("One-off value"), Cell.CENTS),
        Column("value_recurring", N_("Recurring value"), Cell.CENTS),
        Column("probability", N_("Chance %"), Cell.NUMBER),
        Column("interest_level", N_("Interest"), Cell.NUMBER),
        Column("offer", N_("Offer")),
        Column("channel", N_("Channel")),
        Column("media", N_("Media source")),
        Column("medium", N_("Medium")),
        Column("labels", N_("Labels"), Cell.MANY),
        Column("expected_close_on", N_("Expected close"), Cell.DAY),
        Column("stage_due_on", N_("Stage due on"), Cell.DAY),
        Column("last_touch_at", N_("Last touched"), Cell.MOMENT),
        Column("closed_on", N_("Closed on"), Cell.DAY),
        Column("loss_reason", N_("Reason")),
        Column("loss_note", N_("What was said")),
        Column("archived_at", N_("In the archive since"), Cell.MOMENT),
    ),
    What.ACTIVITIES: (
        Column("id", N_("REF")),
        Column("action", N_("Action")),
        Column("subject", N_("Subject")),
        Column("state", N_("Status"), words=_STATES),
        Column("party", N_("Person")),
        Column("number", N_("Number")),
        Column("contact", N_("Contact")),
        Column("assignee", N_("Owner")),
        Column("due_on", N_("Date"), Cell.DAY),
        Column("start_at", N_("Begins"), Cell.MOMENT),
        Column("end_at", N_("Ends"), Cell.MOMENT),
        Column("done_at", N_("Done on"), Cell.MOMENT),
        Column("result", N_("Result")),
        Column("detail", N_("Detail")),
        Column("campaign", N_("Campaign")),
        Column("medium", N_("Medium")),
        Column("objective", N_("Objective")),
        Column("location", N_("Place")),
        Column("private", N_("Private"), Cell.FLAG),
        Column("description", N_("Description")),
        Column("note", N_("What was said")),
    ),
    What.EVENTS: (
        Column("id", N_("Event"), Cell.NUMBER),
        Column("at", N_("When"), Cell.MOMENT),
        Column("by", N_("By")),
        Column("what", N_("What happened")),
        Column("kind", N_("Kind")),
        Column("entity", N_("Record")),
        Column("entity_id", N_("Record number"), Cell.NUMBER),
        Column("number", N_("Number")),
        Column("party", N_("Person")),
        Column("reason", N_("Reason")),
        Column("note", N_("Text")),
        Column("batch", N_("Batch")),
    ),
    What.TODAY: _ROWS,
    What.BOARD: _ROWS,
}
NAMES: Final[Mapping[What, str]] = {
    What.PEOPLE: N_("People"),
    What.CARDS: N_("Cards"),
    What.ACTIVITIES: N_("Activities"),
    What.EVENTS: N_("Events"),
    What.TODAY: N_("Today"),
    What.BOARD: N_("Board"),
}
FILES: Final[Mapping[What, str]] = {
    What.PEOPLE: N_("people"),
    What.CARDS: N_("cards"),
    What.ACTIVITIES: N_("activities"),
    What.EVENTS: N_("events"),
    What.TODAY: N_("today"),
    What.BOARD: N_("board"),
}
"""What a file of them is called, without its ending."""
FILTERED: Final[Mapping[What, Place]] = {What.PEOPLE: Place.PEOPLE, What.CARDS: Place.BOARD}
"""In which list's words each may be filtered; the others by days and people alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records are meant. `found` is a filter in the words of `FILTERED`; `since` and `until` (both meant) are the
    days of an activity or event, `by` whose it is (of an event: who did it), `card` and `party` what it is about;
    `newest`: the last one made stands first; `own` are the keys of fields of one's own that stand behind the columns of
    people."""

    what: What
    found: Filter | None = None
    since: date | None = None
    until: date | None = None
    by: int | None = None
    newest: bool = False
    card: int | None = None
    party: int | None = None
    own: tuple[str, ...] = ()


class Page(NamedTuple):
    """Some rows, each with the id of its record; `after` is where to read on, None at the end."""

    rows: Sequence[tuple[Any, ...]]
    after: int | None


OWN: Final = "campo."
"""How the key of a field of one's own begins, as in a filter; in English lines it may be said as `OWN_EN`."""
OWN_EN: Final = "field."


def own_column(key: str, label: str, kind: QuestionType) -> Column:
    """The column of a question of people's own fields."""
    return Column(f"{OWN}{key}", label, _OWN_CELLS.get(kind, Cell.TEXT), literal=True)


def own_cell(cell: Cell, value: Any) -> Any:
    """An answer as its column holds it; one that was given while the question was of another type only where it still
    fits."""
    match cell:
        case Cell.NUMBER | Cell.CENTS:
            return value if type(value) is int else None
        case Cell.FLAG:
            return value if type(value) is bool else None
        case Cell.DAY:
            try:
                return date.fromisoformat(value) if isinstance(value, str) else None
            except ValueError:
                return None
        case Cell.MANY:
            return tuple(value) if isinstance(value, list) else (str(value),)
    return "; ".join(value) if isinstance(value, list) else str(value)


_OWN_CELLS: Final = {
    QuestionType.INT: Cell.NUMBER,
    QuestionType.MONEY: Cell.CENTS,
    QuestionType.DATE: Cell.DAY,
    QuestionType.BOOL: Cell.FLAG,
    QuestionType.MULTI: Cell.MANY,
}


def chosen(what: What, keys: Sequence[str], own: Sequence[Column] = ()) -> tuple[Column, ...]:
    """The columns of these names, in this order; all of them without any, `own` ones among them. What is not known is
    left out."""
    every = (*COLUMNS[what], *own)
    known = {column.key: column for column in every}
    return tuple(known[key] for key in keys if key in known) or every


def format_of(name: str) -> Format | None:
    """The form that a file's ending says; None if it says none."""
    _, dot, ending = name.rpartition(".")
    return next((each for each in Format if dot and each.value == ending.lower()), None)
