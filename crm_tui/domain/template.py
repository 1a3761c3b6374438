"""What a base card fills a new card with besides its description: labels, members, comments and tasks. (K14-K19)

Kept as one JSON text with a version beside the row; its files are attachments of their own. Labels and members are
ids, because both may be renamed. Knows no store: which of them still are in use is asked when a card is filled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import Text

VERSION = 1
MOST = 50
"""Of each kind; more than a screen of tasks on every new card is a mistake."""


@dataclass(frozen=True, slots=True)
class Payload:
    """Ids of labels and members; comments and tasks in their order, as they are written on the card."""

    labels: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    comments: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()

    def dump(self) -> str:
        """The JSON text that `load` reads; what is empty is left out."""
        kept = {name: list(getattr(self, name)) for name in self.__slots__ if getattr(self, name)}
        return json.dumps({"v": VERSION, **kept}, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Payload:
    """The payload of a JSON text; what is missing is empty. A ValueError if it is none of ours."""
    found: Any = json.loads(text or "{}")
    if not isinstance(found, dict) or found.get("v", VERSION) != VERSION:
        raise ValueError(f"no payload of version {VERSION}: {text[:80]}")
    return Payload(
        _of(found.get("labels"), int),
        _of(found.get("members"), int),
        _of(found.get("comments"), str),
        _of(found.get("tasks"), str),
    )


def _of(value: Any, kind: type[Any]) -> tuple[Any, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(type(each) is kind for each in value):
        raise ValueError(f"no list of {kind.__name__}: {value!r}")
    return tuple(value)


def names_in(text: str) -> tuple[str, ...]:
    """Names typed in one line, separated by commas; each once, in their order."""
    return tuple(dict.fromkeys(filter(None, (one_line(part) for part in re.split(r"[,;]", text)))))


def tasks_in(text: str) -> tuple[str, ...]:
    """Tasks as they are typed: one a line; a sign of a list before it is none of it."""
    lines = (one_line(re.sub(r"^\s*(?:(?:[-*•]|\[[ xX]?\])\s+)+", "", line)) for line in text.splitlines())
    return tuple(filter(None, lines))


def comments_in(text: str) -> tuple[str, ...]:
    """Comments as they are typed: an empty line begins the next."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", re.sub(r"\r\n?", "\n", text)) if part.strip())


def typed_tasks(tasks: Iterable[str]) -> str:
    """Tasks as `tasks_in` reads them."""
    return "\n".join(tasks)


def typed_comments(comments: Iterable[str]) -> str:
    """Comments as `comments_in` reads them."""
    return "\n\n".join(comments)


def not_too_much(payload: Payload) -> Refusal | None:
    """A base card fills a card, it does not bury it."""
    for name in Payload.__slots__:
        if len(getattr(payload, name)) > MOST:
            return Refusal(
                Text("A base card has at most {most} of these: leave some out.", {"most": MOST}),
                RefusedBy.INPUT,
                (name,),
            )
    return None
