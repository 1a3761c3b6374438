"""A file of holidays of cities, line by line: what is new, what is called otherwise, what is known, what is no holiday.

Pure; where the lines come from is the connector's business, what becomes of them the commands'. (X20)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from crm_tui.domain.calendar import read_day, read_state
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import Text

LONGEST_NAME = 80
"""Letters of a city's name, and of a holiday's."""


class CityLine(NamedTuple):
    """A line as it stands in the file, counted from 1; with a `fault` it could not even be taken apart."""

    line: int
    cells: tuple[str, ...]
    fault: Text | None = None


class CityDay(NamedTuple):
    """A holiday of a city that a line means; `known` is the row that has this day already under another name."""

    line: int
    state: str
    city: str
    day: str
    name: str
    known: int | None = None


Key = tuple[str, str, str]
"""State, folded city and stored day: a city has one holiday a day."""


@dataclass(slots=True)
class Judged:
    """What a file would bring."""

    new: list[CityDay] = field(default_factory=list)
    renamed: list[CityDay] = field(default_factory=list)
    known: int = 0
    errors: list[tuple[int, Text]] = field(default_factory=list)

    @property
    def wanted(self) -> list[CityDay]:
        """What would be written, in the order of the file."""
        return sorted([*self.new, *self.renamed])


def judge(lines: Iterable[CityLine], stored: Mapping[Key, tuple[int, str]]) -> Judged:
    """Look at every line; `stored` are the rows that there are, with id and name."""
    found, seen = Judged(), dict[Key, int]()
    for each in lines:
        if not any(cell.strip() for cell in each.cells) and each.fault is None:
            continue
        read = each.fault or _read(each)
        if isinstance(read, Text):
            found.errors.append((each.line, read))
            continue
        key = (read.state, fold(read.city), read.day)
        if (before := seen.setdefault(key, each.line)) != each.line:
            reason = Text("{city} has that day in line {line} already.", {"city": read.city, "line": before})
            found.errors.append((each.line, reason))
        elif (there := stored.get(key)) is None:
            found.new.append(read)
        elif there[1] == read.name:
            found.known += 1
        else:
            found.renamed.append(read._replace(known=there[0]))
    return found


def _read(each: CityLine) -> CityDay | Text:
    cells = [one_line(cell) for cell in each.cells]
    while len(cells) > 4 and not cells[-1]:
        cells.pop()
    if len(cells) != 4:
        return Text("A line has four cells, UF;city;day;name, and this one {n}.", {"n": len(cells)})
    state, city, day, name = cells
    read = read_state(state)
    if isinstance(read, Refusal):
        return read.reason
    if not (read and city and name):
        return Text("State, city, day and name must all be there.")
    if max(len(city), len(name)) > LONGEST_NAME:
        return Text("City and name may have {most} letters: shorten them.", {"most": LONGEST_NAME})
    stored = read_day(day)
    if stored is None:
        return Text("“{day}” is no day: write 20/01 for every year, 01/03/2027 for one.", {"day": day})
    return CityDay(each.line, read, city, stored, name)
