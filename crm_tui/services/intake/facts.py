"""Reads who is known already, for many rows at once or for one inside the transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice

from crm_tui.domain.access import Viewer
from crm_tui.domain.foreign import ForeignKind
from crm_tui.domain.party import PartyKind, Postal
from crm_tui.domain.text import fold
from crm_tui.services.core import answer_sets, foreign
from crm_tui.services.core.scope import sight
from crm_tui.services.intake.contact import Contact
from crm_tui.services.intake.plan import Facts, Person
from crm_tui.store.queries import intake as queries

_EDIT = "party.edit"
CHUNK = 1_000
"""Rows whose keys are asked for at once: few enough that what was folded for one look is still known at the next."""


def read(
    connection: sqlite3.Connection, viewer: Viewer, contacts: Iterable[Contact], into: Facts | None = None
) -> Facts:
    """Everybody whom one of these rows may be, beside whom `into` knows already; with whether the viewer sees each."""
    facts = into if into is not None else Facts()
    source = iter(contacts)
    while chunk := list(islice(source, CHUNK)):
        named = {row.foreign for row in chunk if row.foreign is not None}
        held = foreign.held(connection, ForeignKind.PARTY, (each.id for each in named))
        kept = {each: held[each] for each in named if each in held and each not in facts.by_foreign}
        facts.by_foreign |= kept
        ids = _candidates(connection, chunk) | {each.row_id for each in kept.values()}
        ids -= facts.people.keys()
        for person in people(connection, viewer, sorted(ids)):
            facts.know(person)
    return facts


def _candidates(connection: sqlite3.Connection, chunk: Sequence[Contact]) -> set[int]:
    keys = [key for contact in chunk for key in contact.sure_keys]
    documents = [contact.document for contact in chunk if contact.document]
    names = [
        fold(contact.name)
        for contact in chunk
        if contact.name and (contact.kind is PartyKind.ORGANIZATION or not contact.sure_keys)
    ]
    ids: set[int] = set()
    if keys:
        ids |= {i for (i,) in connection.execute(queries.BY_KEYS, {"keys": json.dumps(keys)})}
    if names:
        ids |= {i for (i,) in connection.execute(queries.BY_NAMES, {"names": json.dumps(names)})}
    if documents:
        asked = {"documents": json.dumps(documents)}
        ids |= {i for i, _ in connection.execute(queries.BY_DOCUMENTS, asked)}
    return ids


def people(connection: sqlite3.Connection, viewer: Viewer, ids: Sequence[int]) -> list[Person]:
    """All that a file may add to, of these."""
    if not ids:
        return []
    asked = {"ids": json.dumps(ids)}
    found = {}
    for row in connection.execute(queries.PEOPLE, {**asked, **sight(viewer)}):
        person = found[row[0]] = Person(*row[:6])
        person.kind, person.document, person.company_document = row[6:9]
        person.seen = bool(row[9])
        person.address = Postal(*row[10:14]) if any(row[10:14]) else None
        person.editable, person.owner = viewer.may(_EDIT, row[14]), row[14]
    for party_id, normalized, kind in connection.execute(queries.POINTS, asked):
        found[party_id].points[normalized] = kind
    for party_id, source in connection.execute(queries.SOURCES, asked):
        found[party_id].sources += (source,)
    for party_id, own in answer_sets.of_many(connection, ids).items():
        if party_id in found:
            found[party_id].own = own
    return list(found.values())
