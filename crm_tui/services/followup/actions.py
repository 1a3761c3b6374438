"""What may be read of the history of actions: pages of it, the latest first, whatever is asked for. (T13)

A page is read stretch by stretch of one index, each in some milliseconds; a rare thing among a million actions is
looked for in several readings, so that whoever asks can show what is found, or stop.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from crm_tui.domain import when
from crm_tui.domain.action_history import NEWEST, ActionPage, ActionRow, ActionsAsked, After
from crm_tui.domain.text import fold
from crm_tui.i18n import language
from crm_tui.services.core.moments import calendar
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import followup as queries
from crm_tui.store.search import match
from crm_tui.store.values import as_instant, instant

PAGE = 200
STRETCH = 4_000
AT_ONCE = 3
"""So many stretches a reading looks through, a quarter of a second at most, before it tells what it has."""
BODY = 400
"""Letters of what was written, in a list."""
WHOLE = 65_536
"""All of it, for a file."""

_STRETCHES = {
    "all": (queries.DONE, queries.DONE_WORDS),
    "by": (queries.DONE_BY, queries.DONE_BY_WORDS),
    "cards": (queries.DONE_ON_CARDS, queries.DONE_ON_CARDS_WORDS),
    "parties": (queries.DONE_WITH, queries.DONE_WITH_WORDS),
    "campaign": (queries.DONE_FOR, queries.DONE_FOR_WORDS),
}
"""By what a stretch is cut: the narrowest that is known."""
FIELDS = {
    **dict.fromkeys(("de", "from", "desde", "since"), "since"),
    **dict.fromkeys(("ate", "to", "until"), "until"),
    **dict.fromkeys(("por", "by"), "by"),
    **dict.fromkeys(("acao", "action"), "action"),
    **dict.fromkeys(("campanha", "campaign"), "campaign"),
    **dict.fromkeys(("resultado", "result"), "result"),
}
"""What a line of the search may say by name, folded."""

_REGISTERS = ("action", "campaign", "result", "detail", "by", "medium")
"""What a row of a stretch has after its place, by id; then the account's name and the card's number."""


@view("card.read")
def page_of_actions(
    reading: Reading,
    asked: ActionsAsked,
    after: After = NEWEST,
    *,
    most: int = PAGE,
    letters: int = BODY,
) -> ActionPage:
    """The actions that are meant, from `after` on; the page's own `after` is where to read on.

    A page may hold fewer than `most`, or none, and yet not be the last: what is rare is looked for in several readings.
    """
    by, params = _cut(reading, asked)
    if by is None:
        return ActionPage([], None)
    run = reading.connection.execute
    names = run(queries.DONE_NAMES).fetchall() if asked.words else []
    words = [_Word.of(word, names) for word in fold(asked.words).split()]
    text, size = _STRETCHES[by][bool(words)], min(most, STRETCH)
    found: list[tuple[int, str]] = []
    if after.done_at > params["before"]:
        after = After(params["before"], 0)
    for _ in range(AT_ONCE):
        place = {"at": after.done_at, "id": after.id, "stretch": size}
        stretch = run(text, params | place).fetchall()
        for row in stretch:
            if row[2] and all(word.means(row) for word in words):
                found.append(row[:2])
                if len(found) == most:
                    return _told(reading, found, letters, After(row[1], row[0]))
        if len(stretch) < size:
            return _told(reading, found, letters, None)
        after, size = After(stretch[-1][1], stretch[-1][0]), STRETCH
    return _told(reading, found, letters, after)


def _told(reading: Reading, found: list[tuple[int, str]], letters: int, after: After | None) -> ActionPage:
    ids = {row_id: at for at, (row_id, _) in enumerate(found)}
    rows = reading.connection.execute(queries.DONE_ROWS, {"ids": json.dumps([*ids]), "letters": letters})
    return ActionPage(sorted(map(_row, rows), key=lambda row: ids[row.id]), after)


class _Word(NamedTuple):
    """A word that is looked for: itself, and the records of each register that bear it."""

    word: str
    ids: tuple[frozenset[int | None], ...]

    @classmethod
    def of(cls, word: str, names: Sequence[Any]) -> _Word:
        """Among these names, each behind its register and its row's id."""
        return cls(
            word,
            tuple(
                frozenset(row_id for kind, row_id, name in names if kind == each and word in fold(name))
                for each in _REGISTERS
            ),
        )

    def means(self, row: Any) -> bool:
        """Whether a row of a stretch has it in one of its names."""
        return (
            any(row_id in ids for row_id, ids in zip(row[3:9], self.ids, strict=True))
            or self.word in (row[9] or "")
            or self.word in (row[10] or "").lower()
        )


@view("card.read")
def meant(reading: Reading, line: str) -> ActionsAsked:
    """What a line of the search asks for: `por:ana de:01/11 até:hoje resultado:positivo padaria`. What names no field,
    or nothing that there is, is looked for as a word."""
    asked: dict[str, Any] = {}
    words = []
    names: dict[str, list[tuple[int, str]]] = {}
    for kind, row_id, name in reading.connection.execute(queries.DONE_NAMES).fetchall():
        names.setdefault(kind, []).append((row_id, fold(name)))
    for term in line.split():
        key, colon, value = term.partition(":")
        field = FIELDS.get(fold(key)) if colon and value else None
        found: Any = None
        if field in ("since", "until"):
            found = _day(reading, value)
        elif field is not None:
            named = [
                i for i, name in names.get(field, ()) if any(w.startswith(fold(value)) for w in name.split())
            ]
            found = named[0] if named else None
        if field is None or found is None:
            words.append(term)
        else:
            asked[field] = found
    return ActionsAsked(**asked, words=" ".join(words))


def _day(reading: Reading, words: str) -> date | None:
    now = reading.local.replace(tzinfo=None)
    found = when.read(
        words, now, calendar(reading.connection), language(), zone=reading.viewer.zone, past=True
    )
    if isinstance(found, when.WhenRefusal):
        return None
    return found.date() if isinstance(found, datetime) else found


def every(read: Callable[..., ActionPage], asked: ActionsAsked) -> Iterator[ActionRow]:
    """All that are meant, whole, for a file: pages one after the other, each its own short reading (`read` is
    `Crm.read`)."""
    after: After | None = NEWEST
    while after is not None:
        found = read(page_of_actions, asked, after, most=1_000, letters=WHOLE)
        yield from found.rows
        after = found.after


def _row(row: Any) -> ActionRow:
    done_at = as_instant(row[1])
    assert done_at is not None
    return ActionRow._make((row[0], done_at, *row[2:]))


def _cut(reading: Reading, asked: ActionsAsked) -> tuple[str | None, dict[str, Any]]:
    """By which index the history is read, and the parameters of all that is meant; None: no action can be meant."""
    viewer = reading.viewer
    if asked.by is None and asked.of is not None and len(asked.of) == 1:
        asked = replace(asked, by=asked.of[0])  # one's own are a range of an index
    params: dict[str, Any] = {
        **{name: getattr(asked, name) for name in ("account", "card", "action", "campaign", "result", "by")},
        "mine": viewer.user_id if asked.mine else None,
        "about": 1 if asked.about else None,
        "of": None if asked.of is None else json.dumps(asked.of),
        "since": _begins(reading, asked.since) if asked.since else "",
        "before": _begins(reading, asked.until + timedelta(days=1)) if asked.until else "9999",
        **sight(viewer),
    }
    if asked.card is not None:
        return "cards", params | {"cards": json.dumps([asked.card])}
    if asked.account is not None:
        return "parties", params | {"parties": json.dumps([asked.account])}
    named = _named(reading, fold(asked.words).split())
    if named is None:
        return None, params
    if named:
        return next(iter(named)), params | {key: json.dumps(ids) for key, ids in named.items()}
    by = "campaign" if asked.campaign is not None else "by" if asked.by is not None else "all"
    return by, params


def _named(reading: Reading, words: list[str]) -> dict[str, list[int]] | None:
    """Whom or which card a word means that means nothing else: there the search begins. None: a word means nothing."""
    if not words:
        return {}
    run = reading.connection.execute
    told = [fold(name) for _, _, name in run(queries.DONE_NAMES).fetchall()]
    for word in words:
        if any(word in name for name in told):
            continue
        card = run(queries.DONE_CARD, {"number": word.upper()}).fetchall()
        if card:
            return {"cards": [row_id for (row_id,) in card]}
        query = match(word)
        parties = run(queries.DONE_PARTIES, {"match": query}).fetchall() if query else []
        if not parties:
            return None
        return {"parties": [row_id for (row_id,) in parties]}
    return {}


def _begins(reading: Reading, day: date) -> str:
    """The first instant of a day on the viewer's clock, as it stands in the table."""
    return instant(datetime.combine(day, time(), reading.viewer.zone).astimezone(UTC))
