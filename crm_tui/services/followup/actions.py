"""What may be read of the history of actions: pages of it, the latest first, whatever is asked for. (T13)

A page is read stretch by stretch of one index, each in a few milliseconds, so that a rare thing among a million
actions is looked for without holding anybody up: whoever asks off the screen's thread can cancel between two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

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
STRETCH = 2_000
BODY = 400
"""Letters of what was written, in a list."""
WHOLE = 65_536
"""All of it, for a file."""

_STRETCHES = {
    "all": queries.DONE,
    "by": queries.DONE_BY,
    "cards": queries.DONE_ON_CARDS,
    "parties": queries.DONE_WITH,
    "campaign": queries.DONE_FOR,
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

_folded = lru_cache(maxsize=4096)(fold)


@view("card.read")
def page_of_actions(
    reading: Reading,
    asked: ActionsAsked,
    after: After = NEWEST,
    *,
    most: int = PAGE,
    letters: int = BODY,
) -> ActionPage:
    """The actions that are meant, from `after` on; the page's own `after` is where to read on."""
    by, params = _cut(reading, asked)
    if by is None:
        return ActionPage([], None)
    found: list[ActionRow] = []
    words = fold(asked.words).split()
    while True:
        run = reading.connection.execute
        stretch = run(_STRETCHES[by], params | {"at": after.done_at, "id": after.id}).fetchall()
        ids = json.dumps([row_id for row_id, _ in stretch])
        rows = run(queries.DONE_ROWS, params | {"ids": ids, "letters": letters}).fetchall()
        for row in sorted(rows, key=lambda each: (each[1], each[0]), reverse=True):
            if not words or _names(row, words):
                found.append(_row(row))
                if len(found) == most:
                    return ActionPage(found, After(row[1], row[0]))
        if len(stretch) < STRETCH:
            return ActionPage(found, None)
        after = After(stretch[-1][1], stretch[-1][0])


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


def _names(row: Any, words: list[str]) -> bool:
    """Whether every word is in something by which an action is looked for."""
    told = " ".join(_folded(row[at]) for at in (3, 5, 6, 7, 8, 10, 11, 12) if row[at])
    return all(word in told for word in words)


def _cut(reading: Reading, asked: ActionsAsked) -> tuple[str | None, dict[str, Any]]:
    """By which index the history is read, and the parameters of all that is meant; None: no action can be meant."""
    viewer = reading.viewer
    params: dict[str, Any] = {
        **{name: getattr(asked, name) for name in ("account", "card", "action", "campaign", "result", "by")},
        "mine": viewer.user_id if asked.mine else None,
        "since": _begins(reading, asked.since) if asked.since else "",
        "before": _begins(reading, asked.until + timedelta(days=1)) if asked.until else "9999",
        "stretch": STRETCH,
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
