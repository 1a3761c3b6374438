"""What is known about many rows of a file, asked at once before the first of them is taken in. (decision 0024)

It answers only as long as it is true: of what was said since, by a row before, the base is asked anew. So a row that
nobody knows costs no question of its own, and every other is judged as if it stood alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from crm_tui.domain.access import Viewer
from crm_tui.domain.once import Asked, Key, Rule
from crm_tui.services.core import lookup
from crm_tui.store.queries.intake import ORGANIZATIONS

if TYPE_CHECKING:
    import sqlite3


class Ahead:
    """What was read for a run of commands of one kind. `own` is what only their handler knows the meaning of.

    `names` are the folded names of people, `companies` those of organisations, `points` the forms of their phones and
    e-mails. `rules` are those in use.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        viewer: Viewer,
        rules: Sequence[Rule],
        *,
        names: Collection[str],
        companies: Collection[str],
        points: Collection[str],
        own: Any = None,
    ) -> None:
        self.own = own
        self.keys = frozenset(key for rule in rules if rule.asked is Asked.PARTY for key in rule.keys)
        self._names = frozenset(names if Key.NAME in self.keys else ())
        self._points = frozenset(points if self.keys & {Key.EMAIL, Key.PHONE} else ())
        self._known = frozenset(lookup.known_by(connection, viewer, self._names, self._points))
        self._said: set[str] = set()
        self._unread: list[Callable[[], Iterable[str]]] = []
        self._changed: set[int] = set()
        asked = {"names": json.dumps(sorted(companies))}
        self._companies: dict[str, int | None] = dict.fromkeys(companies)
        self._companies |= connection.execute(ORGANIZATIONS, asked).fetchall()
        self._learnt: list[str] = []

    def nobody(self, name: str, points: Iterable[str]) -> bool:
        """Whether it is sure that no rule of duplicates counts anybody as known by this folded name and these forms."""
        if not self.keys:
            return True
        signs = {name} & self._names if Key.NAME in self.keys else set()
        if Key.NAME in self.keys and not signs:
            return False
        if self.keys & {Key.EMAIL, Key.PHONE}:
            signs |= set(points)
            if not signs - {name} <= self._points:
                return False
        return signs.isdisjoint(self._known) and signs.isdisjoint(self._heard())

    def fresh(self, signs: Iterable[str], people: Iterable[int]) -> bool:
        """Whether nothing was said since under these signs or of these people."""
        return self._heard().isdisjoint(signs) and self._changed.isdisjoint(people)

    def _heard(self) -> set[str]:
        while self._unread:
            self._said.update(self._unread.pop()())
        return self._said

    def said(self, signs: Callable[[], Iterable[str]], person: int | None = None) -> None:
        """A row said something under these signs, and of somebody who was known before. The signs are made when they
        are asked for: of the rows of most files nobody ever does."""
        self._unread.append(signs)
        if person is not None:
            self._changed.add(person)

    def company(self, key: str) -> tuple[bool, int | None]:
        """Whether it is known if there is an organisation of this folded name, and its id."""
        return key in self._companies, self._companies.get(key)

    def learn(self, key: str, organization_id: int) -> None:
        """An organisation that was made meanwhile; one of its name that was there stays the one that is meant."""
        if self._companies.get(key) is None:
            self._companies[key] = organization_id
            self._learnt.append(key)

    def forget(self) -> None:
        """A command was refused, and what it made is gone: what was learnt is asked again."""
        for key in self._learnt:
            self._companies.pop(key, None)
        self._learnt.clear()
