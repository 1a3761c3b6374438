"""What Localizar shows: a person with the card that is due first, a card, or a note with the words that were meant."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from textual.strip import Strip

from crm_tui.domain.board import BoardCard
from crm_tui.domain.due import DueFacts, DueState
from crm_tui.domain.note import NoteHit
from crm_tui.domain.party import PartyHit
from crm_tui.i18n import N_, say
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.queue import Words
from crm_tui.widgets.rows import RowPainter

_PHONE, _STEP, _OWNER = 15, 15, 6
_OWNER_FROM: Final = 76
"""Cells from which the owner is told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A person with the card that is due first, a card (then `hit` is None), or a note (then both are); `phone` E.164
    or empty, `by` the address whose part was typed."""

    hit: PartyHit | None = None
    card: BoardCard | None = None
    phone: str = ""
    note: NoteHit | None = None
    by: str = ""

    @property
    def key(self) -> int:
        """A number of its own among people, cards and notes."""
        if self.hit is not None:
            return 3 * self.hit.id
        return 3 * self.card.id + 1 if self.card is not None else 3 * self.note.id + 2 if self.note else 0


class AnswerPainter(RowPainter[Answer]):
    """Paints answers as they are at `now` (aware) for a reader in `zone`; the typed `words` are underlined."""

    def __init__(self, now: datetime, zone: tzinfo, words: str = "") -> None:
        self.now, self.zone = now, zone
        self.words = Words(words.split())

    def stamp(self, row: Answer) -> Hashable:
        return row, self.words.folded

    def paint(
        self, look: Look, row: Answer, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        ground = ground_of(cursor=cursor, marked=marked, focused=focused, plain="raised")
        bar = Run(look.glyph("bar") if cursor and focused else " ", "accent")
        if row.note is not None:
            return paint(look, [bar, Run(" "), *self._note(look, row.note, width - 3, cursor)], width, ground)
        owner = width >= _OWNER_FROM
        room = width - 3 - _PHONE - 2 - _STEP - 2 - (_OWNER + 1 if owner else 0)
        runs = [bar, Run(" ")]
        runs += self._who(look, row, room, cursor)
        barred = row.hit is not None and row.hit.no_calls
        phone = say(N_("no calls")) if barred else formats.phone(row.phone)
        runs.append(Run(f" {look.pad(phone, _PHONE)}  ", "overdue" if barred else "text"))
        runs += self._step(look, row.card, owner)
        return paint(look, runs, width, ground)

    def _who(self, look: Look, row: Answer, room: int, cursor: bool) -> list[Run]:
        """A person's name and company; a card's number, whose it is, and its title."""
        if row.hit is not None:
            name, more = clean(row.hit.name), clean(row.by or row.hit.company or "")
        elif row.card is not None:
            party, title = clean(row.card.party or ""), clean(row.card.title)
            name = f"{row.card.number}  {party or title}"
            more = title if party else ""
        else:
            return [Run(" " * room)]
        shown = look.cut(name, room if not more else max(room * 3 // 4, room - cells(more) - 2))
        rest = room - cells(shown)
        beside = look.cut(f"  {more}", rest) if more and rest > 6 else ""
        runs = [*self.words.runs(shown, "bright", cursor), *self.words.runs(beside, "muted")]
        return [*runs, Run(" " * (rest - cells(beside)))]

    def _note(self, look: Look, note: NoteHit, room: int, cursor: bool) -> list[Run]:
        """What it is about, the words around those that were typed; who wrote it and when at the right."""
        about = look.cut(clean(note.number or note.party or ""), room // 3)
        when = formats.stamp_near(note.filed_at, self.now, self.zone)
        told = f"  {clean(note.author)} {when}"
        rest = room - cells(about) - 2 - cells(told)
        said = look.cut(clean(note.excerpt), rest)
        runs = [Run(f"{about}  ", "muted"), *self.words.runs(said, "bright" if cursor else "text")]
        return [*runs, Run(" " * (rest - cells(said))), Run(told, "muted")]

    def _step(self, look: Look, card: BoardCard | None, owner: bool) -> list[Run]:
        if card is None:
            return [Run(look.pad(say(N_("no card")), _STEP), "muted")]
        if card.archived:
            return [Run(look.pad(say(N_("in the archive")), _STEP), "muted")]
        state = card.state(self.now, self.zone)
        facts = DueFacts(state is DueState.CLOSED, card.due_on, card.start_at, card.internal_on)
        flag = f" {look.glyph('reopened')}" if card.reopened else ""
        when = look.pad(formats.when_word(facts, self.now, self.zone), _STEP - 2 - len(flag))
        runs = [Run(f"{look.glyph(state)} {when}", state), Run(flag, "internal")]
        if owner:
            runs.append(Run(f"  {look.pad(card.owner or '', _OWNER)}", "muted"))
        return runs
