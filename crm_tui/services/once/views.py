"""What may be read of duplicates: who is known while one types, likely pairs, and two records side by side."""

from __future__ import annotations

import json

from crm_tui.domain import identity
from crm_tui.domain.form import Question, Value
from crm_tui.domain.form_cycle import field_of
from crm_tui.domain.once import Belongings, Known, OwnField, Pairs, Side, Sides
from crm_tui.services.core import lookup
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import sight
from crm_tui.services.once.pairs import Progress, likely
from crm_tui.store.queries import once as queries
from crm_tui.store.queries.form import question

MOST = 500
"""Pairs that are told at once: what one can work through in a day."""
NAME_LEAST = 3
"""Letters of a name from which on somebody is looked for by it."""


@view("party.read")
def known(
    reading: Reading, *, name: str = "", phone: str = "", email: str = "", document: str = "", but: int = 0
) -> list[Known]:
    """Who is known by what stands in the fields so far, the surest sign first, then whose name begins as what is typed
    (`by` is empty); what is no whole number, address or document yet finds nobody. Of somebody whom the viewer may not
    see it only tells that there is somebody."""
    number, tax = identity.phone(phone), identity.tax_id(document)
    points = [key for key in (number.e164 if number else None, identity.email(email)) if key]
    name = name if len(name.strip()) >= NAME_LEAST else ""
    found = lookup.known(
        reading.connection,
        reading.viewer,
        name=name,
        points=points,
        document=tax.number if tax else None,
        but=but,
    )
    told = [each if each.seen else Known(0, "", "", each.by, seen=False) for each in found]
    if name:
        near = lookup.beginning(reading.connection, reading.viewer, name, but=but)
        told += [each for each in near if each.id not in {one.id for one in found}]
    return told


@view("party.read")
def pairs(reading: Reading, most: int = MOST, progress: Progress | None = None) -> Pairs:
    """Who may stand in the base twice, the surest pairs first; `progress` is told rows read and rows in all. Some
    seconds at 100,000 people: never on a key."""
    return likely(reading, most, progress)


@view("party.read")
def sides(reading: Reading, party: int, other: int) -> Sides | None:
    """Two records to be laid side by side, with what would come along of the other; None if one of them is not there to
    see, or they are one."""
    one, two = _side(reading, party), _side(reading, other)
    if one is None or two is None or party == other:
        return None
    row = reading.connection.execute(queries.BELONGINGS, {"id": other, **sight(reading.viewer)}).fetchone()
    return Sides(one, two, Belongings(*row), _own(reading, party, other))


def _own(reading: Reading, party: int, other: int) -> tuple[OwnField, ...]:
    """The fields of one's own in which two differ, those that only one has among them. (M48)"""
    questions: dict[str, Question] = {}
    sides: list[dict[str, Value]] = []
    for party_id in (party, other):
        known: dict[str, Value] = {}
        for form, *columns, value in reading.connection.execute(queries.OWN_OF, {"id": party_id}).fetchall():
            asked = question(columns)
            name = field_of(form, asked.key)
            questions.setdefault(name, asked)
            known[name] = json.loads(value)
        sides.append(known)
    mine, theirs = sides
    return tuple(
        OwnField(name, asked, mine.get(name), theirs.get(name))
        for name, asked in questions.items()
        if mine.get(name) != theirs.get(name)
    )


def _side(reading: Reading, party_id: int) -> Side | None:
    row = reading.connection.execute(queries.SIDE, {"id": party_id, **sight(reading.viewer)}).fetchone()
    return None if row is None else Side(*row)
