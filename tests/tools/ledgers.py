"""Whether what screens said was saved is in the base: ledgers of operators held against notes, images and the trail.

Every name in a ledger stands exactly once where its operator put it. Of every row the versions follow each other, each
image begins as the one before left it, and the row is as the last one left it: nothing was written over without a word.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from crm_tui.services.core.trail_check import chain, differing
from crm_tui.store.seal import keys

NAME = re.compile(r"<(t\d+\.\d+)>")
_IMAGES = """
SELECT table_name, row_id, op, row_version, before, after FROM change ORDER BY table_name, row_id, id
"""


class Saved(NamedTuple):
    """What an operator put into the ledger: the name of it, and whether it is a note's text or a card's title."""

    kind: str
    name: str


def read(ledger: Path) -> list[Saved]:
    """The lines of a ledger, in their order."""
    return [Saved(*line.split(" ", 1)) for line in ledger.read_text(encoding="utf-8").splitlines()]


def faults(database: Path, kept: Sequence[Saved]) -> list[str]:
    """What must not be, in words; nothing if all is well."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reading:
        told = [*_missing(_there(reading), kept), *_overwritten(reading)]
        whole = reading.execute("PRAGMA integrity_check").fetchone()[0]
        loose = reading.execute("PRAGMA foreign_key_check").fetchall()
        if whole != "ok" or loose:
            told.append(f"the file is not whole: {whole}, {len(loose)} references lead nowhere")
        told += [f"event {each} does not fit" for each in chain(reading, keys(database)).broken]
        told += [f"row {row} of {table} is not as its trail says" for table, row, _ in differing(reading)]
    return told


def _there(reading: sqlite3.Connection) -> Mapping[str, Counter[str]]:
    """How often each name stands in notes, and in titles that a card ever got."""
    notes = Counter(
        name for (body,) in reading.execute("SELECT body FROM note") for name in NAME.findall(body or "")
    )
    titles: Counter[str] = Counter()
    changed = (
        "SELECT after FROM change WHERE table_name = 'card' AND op = 'update' AND after LIKE '%\"title\"%'"
    )
    for (after,) in reading.execute(changed):
        titles.update(NAME.findall(json.loads(after)["title"]))
    return {"note": notes, "title": titles}


def _missing(there: Mapping[str, Counter[str]], kept: Sequence[Saved]) -> Iterator[str]:
    for saved in kept:
        times = there[saved.kind][saved.name]
        if times != 1:
            yield f"{saved.name} is in {times} {saved.kind}s"


def _overwritten(reading: sqlite3.Connection) -> Iterator[str]:
    """Images that do not begin where the one before ended, and versions that miss one."""
    for (table, row_id), images in groupby(reading.execute(_IMAGES), key=itemgetter(0, 1)):
        known: dict[str, Any] = {}
        last: int | None = None
        for _, _, op, version, before, after in images:
            was = json.loads(before) if before else {}
            if op == "update" and any(known.get(column, value) != value for column, value in was.items()):
                yield f"{table} {row_id}: version {version} was written over another than the one before"
            if op == "update" and None not in (last, version) and version not in (last, (last or 0) + 1):
                yield f"{table} {row_id}: version {version} follows {last}"
            known |= json.loads(after) if after else {}
            last = version
