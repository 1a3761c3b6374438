"""Pareceres: the kinds and states of a note, and what a filing must hold."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import one_line, words_of
from crm_tui.i18n import Text

BODY_LIMIT = 65_536
"""Characters of one parecer; more is offered as an attachment (a longer paste freezes an editor, measured)."""


ATTACHMENT_LIMIT = 10 * 1024 * 1024
"""Bytes of one attachment. (B43)"""


_NAME_BYTES = 255
"""Bytes of a name on the disks of today."""


def safe_filename(name: str) -> str:
    """The label of an attachment: the last part of a path, without control characters, at most 120 letters and as many
    bytes as a name may have on disk; never a folder's."""
    base = unicodedata.normalize("NFC", one_line(name.replace("\\", "/").split("/")[-1]))[:120]
    base = base.encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore").strip()
    return base if base.strip(".") else "arquivo"


class FileRow(NamedTuple):
    """A file of a card as its list shows it; `size` in bytes, `added_at` aware (K28). `step`: what it is for (T52)."""

    id: int
    filename: str
    mime: str
    size: int
    added_by: str
    added_at: datetime
    version: int
    step: str | None


class NoteHit(NamedTuple):
    """A note found by its words: what it is about, who wrote it when (aware), and the words around those looked for."""

    id: int
    card_id: int | None
    number: str | None
    party_id: int | None
    party: str | None
    author: str
    filed_at: datetime
    excerpt: str


BEFORE, AROUND = 3, 40
"""Words of an excerpt: before the first that was looked for, and in all."""


def excerpt(body: str, text: str) -> str:
    """The words of a body around the first one that begins like a word of `text`, on one line."""
    sought = tuple(words_of(text))
    said = body.split()
    at = next((n for n, word in enumerate(said) if any(w.startswith(sought) for w in words_of(word))), 0)
    start = max(0, at - BEFORE)
    return ("… " if start else "") + " ".join(said[start : start + AROUND])


class NoteKind(StrEnum):
    ATTENDANCE = "attendance"
    COMMENT = "comment"
    AUTO = "auto"


class NoteState(StrEnum):
    FILED = "filed"
    VOID = "void"


def may_correct(kind: str, state: str, *, corrected: bool) -> Refusal | None:
    """What forbids to correct a note or to make it void: a filed parecer that stands, and nothing else, is. (B48)"""
    if kind != NoteKind.ATTENDANCE:
        return Refusal(Text("Only a filed note is corrected or made void: a comment stays as it is."))
    if state == NoteState.VOID:
        return Refusal(Text("This note is void already: file another one."))
    if corrected:
        return Refusal(Text("This note was corrected already: choose the one that corrects it."))
    return None


def may_leave(filename: str, state: str, filed_at: str) -> Refusal | None:
    """What forbids to take a file off the note with which it was filed, at this instant (ISO): it stands. (B48)"""
    if state == NoteState.VOID:
        return None
    facts = {"name": filename, "filed_at": filed_at}
    return Refusal(Text("{name} belongs to the note of {filed_at}: make that one void first.", facts))


def complete_note(body: str, result: int | None) -> Refusal | None:
    """What a parecer must hold before it is filed: words and a result. (B48, T6)"""
    missing = tuple(name for name, empty in (("body", not body.strip()), ("result", result is None)) if empty)
    if not missing:
        return None
    if missing == ("result",):
        return Refusal(Text("How did it end? Choose the result to file this note."), fields=missing)
    if missing == ("body",):
        return Refusal(Text("The note is empty: write what was said, then file it."), fields=missing)
    return Refusal(Text("The note is empty: write what was said and choose the result."), fields=missing)
