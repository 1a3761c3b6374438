"""What the rules of duplicates say of the rows of a file before anything is written: as the door will say it. (M70)

Rows that come later see those that came before, as they will once these are written. Reads of everybody at once; asks
nothing where no rule is in use.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crm_tui.domain import identity
from crm_tui.domain.access import Viewer
from crm_tui.domain.once import Asked, Key, Known, verdicts
from crm_tui.domain.party import ContactKind
from crm_tui.domain.text import fold
from crm_tui.services.core import lookup, ruling
from crm_tui.services.intake import facts
from crm_tui.services.intake.contact import Contact, Point
from crm_tui.services.intake.plan import Facts, Judged, Verdict, taken
from crm_tui.store.queries.once import OF_EACH

_BY = {key: (key,) for key in Key}


class Ruled:
    """See the module; made for the rows of one file, which are asked about (`ask`) in their order before they are
    judged."""

    def __init__(self, connection: sqlite3.Connection, viewer: Viewer, known: Facts) -> None:
        self.connection, self.viewer, self.facts = connection, viewer, known
        self.rules = [rule for rule in ruling.rules(connection) if rule.asked is Asked.PARTY]
        self.keys = frozenset(key for rule in self.rules for key in rule.keys)
        self.found: dict[str, Sequence[Known]] = {}
        self._asked: dict[int, list[tuple[str, Key]]] = {}
        """The signs of the rows that were asked about last, by the row."""

    @property
    def named(self) -> bool:
        """Whether a rule asks for names."""
        return Key.NAME in self.keys

    def ask(self, rows: Sequence[Contact]) -> None:
        """Who is known of these rows. A sign that a row before had was asked for then."""
        if self.rules:
            self._asked = {id(row): [*self._signs(row)] for row in rows}
            signs = [each for of_row in self._asked.values() for each in of_row if each[0] not in self.found]
            names = (sign for sign, key in signs if key is Key.NAME)
            documents = (sign for sign, key in signs if key is Key.DOCUMENT)
            points = (sign for sign, key in signs if key in (Key.EMAIL, Key.PHONE))
            self.found |= lookup.known_by(self.connection, self.viewer, names, points, documents)

    def __call__(self, row: Contact, judged: Judged) -> tuple[Contact, Judged]:
        """The row and what becomes of it, where it was judged to be somebody new."""
        if not self.rules or judged.verdict is not Verdict.NEW:
            return row, judged
        met = [each for sign, _ in self._signs_of(row) for each in self.found.get(sign, ())]
        if not met:
            return row, judged
        if len(met) > 1:
            met = lookup.together(met)
        said = ruling.of_row(verdicts(self.rules, met))
        if said.refusal is not None:
            return row, Judged(Verdict.ERROR, why=said.refusal.reason)
        if said.there is not None:
            return row, self._taken(row, said.there)
        return (replace(row, doubts=(*row.doubts, said.told)) if said.told is not None else row), judged

    def _taken(self, row: Contact, there: Known) -> Judged:
        """Somebody who is known is taken, and what is empty there is filled."""
        person = self.facts.people.get(there.id)
        if person is None:
            (person,) = facts.people(self.connection, self.viewer, [there.id])
        return taken(row, person)

    def learn(self, row: Contact, judged: Judged, number: int) -> None:
        """What the rows that follow find, once this one (the `number`-th) is written."""
        if not self.rules or judged.verdict not in (Verdict.NEW, Verdict.UPDATE):
            return
        person = judged.person
        called = (-1 - number, "", row.name) if person is None else (person.id, person.code, person.name)
        signs = self._signs_of(row) if judged.points is row.points else self._signs(row, judged.points)
        for sign, key in signs:
            if person is None or key is not Key.NAME:
                there = self.found.get(sign, ())
                if len(there) < OF_EACH:
                    self.found[sign] = (*there, Known(*called, _BY[key]))

    def _signs_of(self, row: Contact) -> Iterable[tuple[str, Key]]:
        known = self._asked.get(id(row))
        return known if known is not None else self._signs(row)

    def _signs(self, row: Contact, points: Sequence[Point] | None = None) -> Iterator[tuple[str, Key]]:
        """By what a row may be known, as far as a rule asks for it; of its points by these alone, if any are given."""
        if Key.NAME in self.keys and row.name:
            yield fold(row.name), Key.NAME
        if Key.DOCUMENT in self.keys and row.document:
            yield row.document, Key.DOCUMENT
        for point in row.points if points is None else points:
            key = Key.EMAIL if point.kind == ContactKind.EMAIL else Key.PHONE
            if key in self.keys:
                yield from ((sign, key) for sign in identity.phone_keys(point.normalized))
