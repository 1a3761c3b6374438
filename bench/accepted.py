"""The figures that were accepted last, and what a run moved away from them: a regression is told, not looked for.

They lie in `bench/accepted.json`. How far a figure may drift is by its kind: bytes do not, memory hardly does, a ratio
against a floor of the same run less than a bare time, because the machine itself drifts by a third within an hour.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from bench.report import Figure

FILE: Final = Path(__file__).with_name("accepted.json")
DRIFT: Final[Mapping[str, float]] = {"": 0.20, "ms": 0.35, "s": 0.35, "MB": 0.10, "B": 0.05}
"""By unit, how much of the accepted figure a run may lie above or below it; a ratio has no unit."""
SLACK: Final[Mapping[str, float]] = {"": 0.02, "ms": 1.0, "s": 0.1, "MB": 2.0, "B": 64.0}
"""And how much at least, in the unit: of a small figure a part is noise."""


class Broken(Exception):
    """The accepted figures cannot be read; the message says why and what to do."""


class Way(StrEnum):
    """Which way a figure moved. Less is better in every one of them."""

    WORSE = "worse"
    BETTER = "better"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Move:
    """A figure that is not where it was accepted; `was` is None for a new one, `now` for one that was not taken."""

    name: str
    way: Way
    was: float | None
    now: float | None
    unit: str

    def __str__(self) -> str:
        factor = f" (x{self.now / self.was:.2f})" if self.was and self.now is not None else ""
        return (
            f"{self.way}: {self.name}: {_told(self.was, self.unit)} -> {_told(self.now, self.unit)}{factor}"
        )


def read(file: Path = FILE) -> dict[str, tuple[float, str]]:
    """Figure and unit by name; nothing if none was ever accepted. `Broken` if the file is no such list."""
    try:
        told = json.loads(file.read_text("utf-8"))
        return {name: (float(each["got"]), str(each["unit"])) for name, each in told["figures"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Broken(
            f"{file} cannot be read ({error}): take it back from git, or accept a whole run anew."
        ) from error


def accept(figures: Iterable[Figure], conditions: str, file: Path = FILE) -> int:
    """Take these as the accepted ones, beside those that were not taken in this run; how many were taken."""
    known = read(file)
    taken = {f.name: (f.got, f.unit) for f in figures if f.got is not None}
    everything = {**known, **taken}
    told = {name: {"got": round(got, 4), "unit": unit} for name, (got, unit) in sorted(everything.items())}
    content = json.dumps({"conditions": conditions, "figures": told}, ensure_ascii=False, indent=1)
    file.write_text(content + "\n", "utf-8")
    return len(taken)


def moved(figures: Sequence[Figure], known: Mapping[str, tuple[float, str]], *, whole: bool) -> list[Move]:
    """What is not where it was accepted, the worst first; with `whole` also what this run should have had."""
    found = []
    for figure in figures:
        was = known.get(figure.name)
        if figure.got is None or was is None:
            if figure.got is not None:
                found.append(Move(figure.name, Way.NEW, None, figure.got, figure.unit))
            continue
        room = max(was[0] * DRIFT[figure.unit], SLACK[figure.unit])
        if abs(figure.got - was[0]) > room:
            way = Way.WORSE if figure.got > was[0] else Way.BETTER
            found.append(Move(figure.name, way, was[0], figure.got, figure.unit))
    if whole:
        taken = {figure.name for figure in figures if figure.got is not None}
        found += [
            Move(name, Way.GONE, *known[name][:1], None, known[name][1]) for name in known.keys() - taken
        ]
    return sorted(
        found, key=lambda move: (list(Way).index(move.way), -(move.now or 0) / (move.was or 1), move.name)
    )


def _told(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    return f"{value:,.2f} {unit}".strip() if value < 10 else f"{value:,.0f} {unit}".strip()
