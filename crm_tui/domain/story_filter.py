"""What a history is narrowed to: kinds of what happened, who did it, on which days, and words. (B58, T13)

A line such as `tipo:parecer por:ana em:semana de:01/11 até:hoje padaria`, in either language. Knows no store
and no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crm_tui.domain.text import fold
from crm_tui.domain.trail import Entry

KINDS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("parecer", "note", ("note.filed", "note.amended", "note.voided", "note.done_taken_in")),
    ("comentário", "comment", ("note.commented", "note.taken_in")),
    ("anexo", "file", ("file.",)),
    ("cartão", "card", ("card.", "card_item.")),
    ("etapa", "stage", ("card.moved", "card.went_on", "card.sent", "card.routed", "card.displaced")),
    (
        "dados",
        "data",
        (
            *("party.", "contact.", "contact_point.", "address.", "consent."),
            *("card.edited", "card.filled", "card.labelled", "card.members", "card.handed_over"),
        ),
    ),
    ("passo", "step", ("activity.",)),
    ("compromisso", "appointment", ("appointment.",)),
    ("tarefa", "task", ("task.",)),
    ("formulário", "form", ("form.",)),
)
"""What each kind is called in a line, in Portuguese and in English, and how the events of it begin."""
FIELDS: Final = {
    **dict.fromkeys(("tipo", "kind", "type"), "kind"),
    **dict.fromkeys(("por", "by"), "by"),
    **dict.fromkeys(("em", "on", "data", "date"), "on"),
    **dict.fromkeys(("de", "from", "desde", "since"), "since"),
    **dict.fromkeys(("ate", "to", "until"), "until"),
}
"""What a line may say by name, folded."""


@dataclass(frozen=True, slots=True)
class StoryAsked:
    """All that is given must hold: events that begin so, done by one of these logins, from one instant and before
    another (aware). `words` are looked for in what is told, `shown` is the line as it was typed."""

    kinds: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    shown: str = ""

    @property
    def narrows(self) -> bool:
        """Whether more is asked than words."""
        return bool(self.kinds or self.by or self.since or self.until)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is meant, its words aside."""
        return (
            (not self.kinds or entry.kind.startswith(self.kinds))
            and (not self.by or entry.actor in self.by)
            and (self.since is None or entry.at >= self.since)
            and (self.until is None or entry.at < self.until)
        )


def read(
    line: str,
    people: Callable[[str], Iterable[str]],
    days: Callable[[str], tuple[datetime | None, datetime | None] | None],
) -> StoryAsked:
    """What a line asks for. `people` finds the logins that a name means, `days` the instants of date words (the second
    not taken in); both find nothing of what there is not. What names no field, or nothing that there is, is a word."""
    kinds: list[str] = []
    by: list[str] = []
    since = until = None
    words = []
    for term in line.split():
        key, colon, value = term.partition(":")
        field = FIELDS.get(fold(key)) if colon and value else None
        found: tuple[str, ...] = ()
        if field == "kind":
            kinds += (found := _each(value, kinds_called))
        elif field == "by":
            by += (found := _each(value, people))
        elif field is not None and (span := days(value)) is not None:
            first, last = span
            since = since if field == "until" else _other(since, first, max)
            until = until if field == "since" else _other(until, last, min)
            continue
        if not found:
            words.append(term)
    return StoryAsked(tuple(kinds), tuple(by), since, until, " ".join(words), line)


def kinds_called(name: str) -> tuple[str, ...]:
    """How the events begin of the kinds whose name, in either language, begins so."""
    wanted = fold(name)
    return tuple(
        start
        for called, known, starts in KINDS
        if fold(called).startswith(wanted) or known.startswith(wanted)
        for start in starts
    )


def kind_names(language: str) -> tuple[str, ...]:
    """What the kinds are called in this language."""
    return tuple(called if language.startswith("pt") else known for called, known, _ in KINDS)


def _each(value: str, found: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """What is found by each of the names that commas part; nothing if one of them names nothing."""
    answers = [tuple(found(name)) for name in value.split(",") if name]
    return tuple(one for answer in answers for one in answer) if all(answers) else ()


def _other(
    held: datetime | None, told: datetime | None, closer: Callable[[datetime, datetime], datetime]
) -> datetime | None:
    return closer(held, told) if held is not None and told is not None else held or told
