"""Who may stand in the base twice: pairs that share a sign, the surest first. (X8)

Each sign is read in its index's order, so that those who share it come one behind the other and the memory stays the
same whatever the number of people; only the surest pairs are kept. A sign that a crowd shares (a switchboard, a name
as common as Maria Silva) says nothing of two of them, and is passed over.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, groupby
from operator import itemgetter

from crm_tui.domain.identity import name_key
from crm_tui.domain.once import LEAST, Key, Pair, Pairs, sure
from crm_tui.services.core.reading import Reading
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import once as queries

CROWD = 12
"""So many may share a sign and still be looked at two by two."""
STAFF = 60
"""So many people of one company, whose names must be alike."""
BATCH = 2_000
"""Pairs that are judged at once."""
ALIKE = 86.0
"""Names that differ no more than by a letter or a middle name: asked where the sign alone says too little."""
TELLING = 3
"""Words of a name that two seldom share by chance."""
TOLD_EVERY = 20_000
"""Rows between two tellings of how far it is."""

Progress = Callable[[int, int], None]
_Found = tuple[int, int, Key, str, bool]
"""Two ids, the smaller first, what they share, how that reads, and whether their names must be alike."""


def likely(reading: Reading, most: int, progress: Progress | None) -> Pairs:
    """The surest pairs of those that the viewer may see, none of whom somebody said that they are two."""
    connection = reading.connection
    apart = {(one, other) for one, other in connection.execute(queries.APART)}
    judge = _Judge(reading, apart, most)
    batch: list[_Found] = []
    for found in _candidates(connection, progress):
        batch.append(found)
        if len(batch) >= BATCH:
            judge.take(batch)
            batch = []
    judge.take(batch)
    return judge.pairs()


class _Judge:
    """Keeps the surest of the pairs that it is given."""

    def __init__(self, reading: Reading, apart: set[tuple[int, int]], most: int) -> None:
        self.reading, self.apart, self.most = reading, apart, most
        self.kept: dict[tuple[int, int], Pair] = {}
        self.dropped = False

    def take(self, batch: list[_Found]) -> None:
        """Judge so many."""
        from rapidfuzz.fuzz import token_sort_ratio

        people = self._people({i for found in batch for i in found[:2]})
        keys = {i: name_key(row[2]) for i, row in people.items()}
        for one, other, key, shared, needs_alike in batch:
            mine, theirs = people.get(one), people.get(other)
            if mine is None or theirs is None or mine[3] != theirs[3] or (one, other) in self.apart:
                continue
            alike = token_sort_ratio(keys[one], keys[other])
            if needs_alike and alike < ALIKE:
                continue
            before = self.kept.get((one, other))
            by = tuple(k for k in Key if k is key or (before is not None and k in before.by))
            score = sure(by, alike, apart=bool(mine[4] and theirs[4] and mine[4] != theirs[4]))
            if score >= LEAST:
                told = shared if before is None or key is by[0] else before.shared
                self.kept[one, other] = Pair(*mine[:3], *theirs[:3], score, by, told)
        if len(self.kept) > 4 * self.most:
            self._prune()

    def _people(self, ids: Iterable[int]) -> dict[int, tuple[int, str, str, str, str | None]]:
        asked = {"ids": json.dumps(sorted(ids)), **sight(self.reading.viewer)}
        return {row[0]: row for row in self.reading.connection.execute(queries.FACTS, asked)}

    def _prune(self) -> None:
        found = self._sorted()
        self.dropped = self.dropped or len(found) > self.most
        self.kept = {(pair.older, pair.newer): pair for pair in found[: self.most]}

    def _sorted(self) -> list[Pair]:
        return sorted(self.kept.values(), key=lambda pair: (-pair.sure, pair.older, pair.newer))

    def pairs(self) -> Pairs:
        """What is left."""
        self._prune()
        return Pairs(tuple(self.kept.values()), self.dropped)


def _candidates(connection: sqlite3.Connection, progress: Progress | None) -> Iterator[_Found]:
    """Everybody who shares a sign with somebody, two by two."""
    total = int(connection.execute(queries.SIZE).fetchone()[0])
    done = 0

    def counted(sql: str) -> Iterator[tuple[str, int]]:
        nonlocal done
        for row in connection.execute(sql):
            done += 1
            if progress is not None and done % TOLD_EVERY == 0:
                progress(min(done, total), total)
            yield row

    yield from _sharing(counted(queries.DOCUMENTS), Key.DOCUMENT)
    yield from _reached(counted(queries.POINTS))
    named = ((name, i) for name, i in counted(queries.NAMES) if len(name.split()) >= TELLING)
    yield from _sharing(named, Key.NAME)
    for _, group in groupby(counted(queries.EMPLOYED), key=itemgetter(0)):
        yield from _two_by_two((i for _, i in group), Key.NAME, "", STAFF, alike=True)
    if progress is not None:
        progress(total, total)


def _sharing(rows: Iterable[tuple[str, int]], key: Key) -> Iterator[_Found]:
    for sign, group in groupby(rows, key=itemgetter(0)):
        yield from _two_by_two((i for _, i in group), key, sign, CROWD)


def _reached(rows: Iterable[tuple[str, int]]) -> Iterator[_Found]:
    """Those of one number or address; and of one name at two houses, which stand together as well (`ana@…`)."""
    for local, group in groupby(rows, key=lambda row: row[0].partition("@")[0]):
        found = list(group)
        key = Key.EMAIL if "@" in found[0][0] else Key.PHONE
        same = list(_sharing(found, key))
        yield from same
        if key is Key.EMAIL and len({sign for sign, _ in found}) > 1:
            known = {pair[:2] for pair in same}
            near = _two_by_two((i for _, i in found), Key.EMAIL, f"{local}@", CROWD, alike=True)
            yield from (pair for pair in near if pair[:2] not in known)


def _two_by_two(
    ids: Iterable[int], key: Key, sign: str, most: int, *, alike: bool = False
) -> Iterator[_Found]:
    found = sorted(set(_some(ids, most + 1)))
    if len(found) > most:
        return
    for one, other in combinations(found, 2):
        yield one, other, key, sign, alike


def _some(ids: Iterable[int], most: int) -> Iterator[int]:
    """So many different ones at most; the rest is read over."""
    seen: set[int] = set()
    for i in ids:
        if len(seen) < most:
            seen.add(i)
            yield i
