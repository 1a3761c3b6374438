"""Why a line is no filter: a code, where it is, the sentence, and what may be written instead. (FILTER.md §5)

Sentences are message ids; the words of the reader that go in are as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from crm_tui.i18n import N_, Text

MOST_CHARACTERS = 500
MOST_TERMS = 60
MOST_DEPTH = 8


class Code(StrEnum):
    """The values are those of the command line's JSON."""

    UNKNOWN_FIELD = "unknown_field"
    FIELD_NOT_HERE = "field_not_here"
    UNKNOWN_VALUE = "unknown_value"
    AMBIGUOUS = "ambiguous"
    BAD_OPERATOR = "bad_operator"
    BAD_NUMBER = "bad_number"
    BAD_DATE = "bad_date"
    EMPTY_RANGE = "empty_range"
    LIST_HERE = "list_here"
    OPEN_QUOTE = "open_quote"
    OPEN_PAREN = "open_paren"
    SETTING_INSIDE = "setting_inside"
    DANGLING_OR = "dangling_or"
    GONE = "gone"
    TOO_LONG = "too_long"


class FilterOffer(NamedTuple):
    """What may be taken instead: the words that are shown, and the whole line once they are taken.

    An offer without a line only informs (the lists that have a field).
    """

    words: str | Text
    line: str | None


@dataclass(frozen=True, slots=True)
class FilterError:
    """`start` to `end` are the characters of the line that are to blame, from 0."""

    code: Code
    start: int
    end: int
    message: Text
    offers: tuple[FilterOffer, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """`{code, from, to, message, offers}`; texts stay texts, to be said where they are shown."""
        return {
            "code": self.code.value,
            "from": self.start,
            "to": self.end,
            "message": self.message,
            "offers": [{"words": each.words, "line": each.line} for each in self.offers],
        }


class Unreadable(Exception):
    """Raised inside the reader only; carries the error that the facade answers."""

    def __init__(self, error: FilterError) -> None:
        super().__init__(error.code)
        self.error = error


def refuse(
    code: Code, start: int, end: int, message: Text, offers: tuple[FilterOffer, ...] = ()
) -> Unreadable:
    """The exception to raise."""
    return Unreadable(FilterError(code, start, end, message, offers))


def instead(line: str, start: int, end: int, words: str) -> FilterOffer:
    """The offer to write `words` in place of these characters."""
    return FilterOffer(words, line[:start] + words + line[end:])


def without(line: str, start: int, end: int) -> FilterOffer:
    """The offer to take these characters out."""
    rest = " ".join((line[:start] + line[end:]).split())
    return FilterOffer(Text("remove “{words}”", {"words": line[start:end]}), rest)


NONE_CALLED = {
    "user": N_("There is nobody “{value}”."),
    "team": N_("There is no team “{value}”."),
    "board": N_("There is no board “{value}”."),
    "stage": N_("There is no stage “{value}”."),
    "label": N_("There is no label “{value}”."),
    "reason": N_("There is no loss reason “{value}”."),
}
NONE_OTHER = N_("“{field}” has no value “{value}”.")
GONE_CALLED = {
    "user": N_("“{value}” no longer works here; without that condition the view shows more."),
    "team": N_("The team “{value}” was deleted; without it the view shows more."),
    "board": N_("The board “{value}” was deleted; without it the view shows more."),
    "stage": N_("The stage “{value}” was deleted; without it the view shows more."),
    "label": N_("The label “{value}” was deleted; without it the view shows more."),
    "reason": N_("The loss reason “{value}” was deleted; without it the view shows more."),
}
GONE_OTHER = N_("“{value}” ({field}) was deleted; without it the view shows more.")
LIST_NAMES = {
    "today": N_("Today"),
    "board": N_("Board"),
    "people": N_("People"),
    "agenda": N_("Agenda"),
    "history": N_("History"),
}


def nothing_called(thing: str, field: str, value: str) -> Text:
    """That no such thing exists, in the words of its kind."""
    return Text(NONE_CALLED.get(thing, NONE_OTHER), {"field": field, "value": value})


def gone(thing: str, field: str, value: str) -> Text:
    """That a thing of a saved view exists no longer."""
    return Text(GONE_CALLED.get(thing, GONE_OTHER), {"field": field, "value": value})


def list_name(place: str) -> Text:
    """The list as its screen is called."""
    return Text(LIST_NAMES[place])
