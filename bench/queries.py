"""List queries against the same SQL in the bare driver: what a view costs beyond its text.

The views of the screens are listed in `bench.views`; a source is a function `pairs(database)`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Pair:
    """A view as the screens call it, and the text and parameters that it sends to SQLite."""

    name: str
    call: Callable[[], object]
    sql: str
    params: Mapping[str, Any] | Sequence[Any] = ()


Source = Callable[[Path], Iterable[Pair]]


def ratio(pair: Pair, database: Path, rounds: int = 201) -> tuple[float, float, float]:
    """Median of the call ÷ median of the bare query, and both in ms; in turns, the first not counted."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        ours: list[float] = []
        bare: list[float] = []
        for _ in range(rounds + 1):
            ours.append(_timed(pair.call))
            bare.append(_timed(lambda: connection.execute(pair.sql, pair.params).fetchall()))
    finally:
        connection.close()
    mine, theirs = median(ours[1:]), median(bare[1:])
    return mine / theirs, mine, theirs


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000
