"""What may be read of the files of a card or a person, and which notes there are to name. (K28, B42)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crm_tui.domain.fields import Option, row_id
from crm_tui.domain.note import FileRow, NoteHit, excerpt
from crm_tui.domain.text import words_of
from crm_tui.services.core import contacts, records
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import reach, sight, wall
from crm_tui.store.queries import note as queries
from crm_tui.store.values import as_instant

WORD_LEAST = 3
"""Letters of the longest word from which notes are looked through: fewer stand in nearly all of them."""
READ_ON = 5_000
"""Notes with the words that are looked at, from the newest on, while the viewer may read none of them."""


@view("card.read")
def files(reading: Reading, card_id: int) -> list[FileRow]:
    """The files of a card in the order in which they came, without their contents."""
    return _files(reading, queries.FILES, {"card_id": card_id, **reach(reading.viewer, "card.read")})


@view("card.read")
def files_of_party(reading: Reading, party_id: int) -> list[FileRow]:
    """The files of a person that hang on no card, in the order in which they came."""
    return _files(reading, queries.OF_PARTY, {"party_id": party_id, **sight(reading.viewer)})


def _files(reading: Reading, text: str, params: Mapping[str, Any]) -> list[FileRow]:
    found = []
    for row in reading.connection.execute(text, params).fetchall():
        added = as_instant(row[5])
        assert added is not None
        found.append(FileRow._make((*row[:5], added, *row[6:])))
    return found


@view("card.read")
def template_files(reading: Reading, template_id: int) -> list[tuple[str, int]]:
    """Name and bytes of each file that cards begin with from a base card. (K19)"""
    asked = {"id": template_id, **wall(reading.viewer)}
    return [
        (str(name), int(size)) for name, size in reading.connection.execute(queries.TEMPLATE_FILES, asked)
    ]


@view("card.read")
def content(reading: Reading, attachment_id: int) -> tuple[str, bytes] | None:
    """A file's name and contents; None if there is none that the viewer may see."""
    params = {"id": attachment_id, **sight(reading.viewer)}
    row = reading.connection.execute(queries.CONTENT, params).fetchone()
    return None if row is None else (str(row[0]), bytes(row[1]))


@view("card.read")
def find(reading: Reading, text: str, most: int = 4) -> list[NoteHit]:
    """Filed notes that have all these words, the newest first: those that stand and that the viewer may read."""
    words = words_of(text)
    if not words or max(map(len, words)) < WORD_LEAST:
        return []
    asked = {"match": " ".join(f'"{word}"*' for word in words), "most": most, "read": READ_ON}
    rows = reading.connection.execute(queries.FOUND_BY_WORDS, asked | sight(reading.viewer)).fetchall()
    found = []
    for *about, filed_at, body in rows:
        at = as_instant(filed_at)
        assert at is not None
        found.append(NoteHit._make((*about, at, excerpt(body, text))))
    return found


@view("card.read")
def pick_file(reading: Reading, text: str) -> list[Option]:
    """The picker of files: one that the viewer may see, by its REF (`attachment:4`)."""
    word, _, number = text.strip().partition(":")
    named = row_id(number) if word == "attachment" else None
    found = records.attachment(reading, named) if named is not None else None
    if found is None:
        return []
    return [Option(found.id, found.filename, found.card or "", f"attachment:{found.id}")]


@view("card.read")
def pick_note(reading: Reading, text: str) -> list[Option]:
    """The picker of notes: one that the viewer may see, by its REF (`note:7`)."""
    word, _, number = text.strip().lower().partition(":")
    named = row_id(number) if word == "note" else None
    found = records.note(reading, named) if named is not None else None
    if found is None:
        return []
    return [Option(found.id, found.body[:60], found.card or found.party or "", f"note:{found.id}")]


@view("card.read")
def contact(
    reading: Reading, *, card: int | None = None, party: int | None = None, activity: int | None = None
) -> Option | None:
    """With whom one speaks while nobody says another: what a note filed now is filed with. (T37)"""
    return contacts.main(reading.connection, reading.viewer, card=card, party=party, activity=activity)


PICKERS: dict[str, Callable[..., Any]] = {"attachments": pick_file, "notes": pick_note}
