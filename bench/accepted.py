"""The figures that were accepted last, and what a run moved away from them: a regression is told, not looked for.

They lie in `bench/accepted.json`, each under the conditions of the run that measured it, because a later run may have
accepted only some of them anew. How far a figure may drift is by its kind; docs/performance.md has the runs behind it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from bench.report import Figure

FILE: Final = Path(__file__).with_name("accepted.json")
DRIFT: Final[Mapping[str, float]] = {"": 0.20, "ms": 0.35, "s": 0.35, "MB": 0.05, "B": 0.15}
"""By unit, how much of the accepted figure a run may lie above or below it; a ratio has no unit.

Bytes repeat to the byte within a day, but the demonstration is dated to its day, which moved them by a tenth."""
TAIL: Final = "95 of 100"
"""In the name of a figure that is the slow end of its keys, ..."""
TAIL_DRIFT: Final = 0.50
"""... which a handful of keys decide: one that waited for the other work of the machine moves it by itself."""
SLACK: Final[Mapping[str, float]] = {"ms": 0.3, "MB": 1.0, "B": 16.0}
"""And how much at least, in the unit, for a figure that is not nothing: a part of a small one is noise."""


class Broken(Exception):
    """The accepted figures cannot be read or written; the message says why and what to do."""


class Way(StrEnum):
    """Which way a figure moved. Less is better in every one of them."""

    WORSE = "worse"
    BETTER = "better"
    NEW = "new"
    GONE = "gone"


class Accepted(NamedTuple):
    """One figure as it was accepted, and the conditions line of the run that measured it."""

    got: float
    unit: str
    conditions: str


@dataclass(frozen=True, slots=True)
class Move:
    """A figure that is not where it was accepted; `was` is None for a new one, `now` for one that was not taken."""

    name: str
    way: Way
    was: float | None
    now: float | None
    unit: str

    @property
    def factor(self) -> float:
        """Now ÷ was; 0 without one of them, infinite from nothing to something."""
        if self.was is None or self.now is None:
            return 0.0
        return self.now / self.was if self.was else math.inf

    def __str__(self) -> str:
        if self.was is None:
            return f"{self.way}: {self.name}: {_told(self.now, self.unit)}"
        if self.now is None:
            return (
                f"{self.way}: {self.name}: {_told(self.was, self.unit)} was accepted, and it was not measured"
            )
        factor = f" (x{self.factor:.2f})" if self.was else ""
        return f"{self.way}: {self.name}: {_told(self.was, self.unit)} → {_told(self.now, self.unit)}{factor}"


def read(file: Path = FILE) -> dict[str, Accepted]:
    """The accepted figures by name. `Broken` if there is no such file, or it is no such list."""
    try:
        told = json.loads(file.read_text("utf-8"))
        found = {
            name: Accepted(_number(each["got"]), str(each["unit"]), str(run["conditions"]))
            for run in told["runs"]
            for name, each in run["figures"].items()
        }
    except FileNotFoundError:
        raise Broken(f"There is no {file}: take it back from git, or accept a run with --accept.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"
        raise Broken(
            f"{file} cannot be read ({why}): take it back from git, or remove it and accept a run."
        ) from error
    return found


def accept(figures: Iterable[Figure], conditions: str, file: Path = FILE) -> int:
    """Take these as the accepted ones, beside those that were not taken in this run; how many were taken.

    A file that is there and cannot be read is left as it is, and is `Broken`.
    """
    known = read(file) if file.exists() else {}
    taken = {f.name: Accepted(f.got, f.unit, conditions) for f in figures if f.got is not None}
    runs: dict[str, dict[str, dict[str, float | str]]] = {}
    for name, each in sorted({**known, **taken}.items()):
        runs.setdefault(each.conditions, {})[name] = {"got": float(f"{each.got:.5g}"), "unit": each.unit}
    told = {"runs": [{"conditions": each, "figures": runs[each]} for each in sorted(runs)]}
    try:
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise Broken(f"{file} cannot be written ({error}): nothing was accepted.") from error
    return len(taken)


def moved(figures: Sequence[Figure], known: Mapping[str, Accepted], *, whole: bool) -> list[Move]:
    """What is not where it was accepted, the worst first; with `whole` also what this run should have had."""
    found = []
    for figure in figures:
        if figure.got is None:
            continue
        was = known.get(figure.name)
        if was is None or was.unit != figure.unit:  # in another unit it is another figure
            found.append(Move(figure.name, Way.NEW, None, figure.got, figure.unit))
        elif abs(figure.got - was.got) > room(figure.name, was):
            way = Way.WORSE if figure.got > was.got else Way.BETTER
            found.append(Move(figure.name, way, was.got, figure.got, figure.unit))
    if whole:
        taken = {figure.name for figure in figures if figure.got is not None}
        found += [
            Move(name, Way.GONE, each.got, None, each.unit)
            for name, each in known.items()
            if name not in taken
        ]
    return sorted(found, key=lambda move: (list(Way).index(move.way), -move.factor, move.name))


def room(name: str, was: Accepted) -> float:
    """How far above or below the accepted figure a run may lie, in its unit; of nothing, not at all."""
    if not was.got:
        return 0.0
    drift = TAIL_DRIFT if TAIL in name else DRIFT.get(was.unit, DRIFT["ms"])
    return max(was.got * drift, SLACK.get(was.unit, 0.0))


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{value!r} is no figure")
    return float(value)


def _told(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    if not unit and value < 0.1:
        return f"{value:.4f}"
    return f"{value:,.2f} {unit}".strip() if value < 10 else f"{value:,.0f} {unit}".strip()
