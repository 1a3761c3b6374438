"""What files of cards and of activities share: a header understood by its words or by a layout that somebody made, and
rows read by their parts.

Dates are decided for a column from all its values. Knows nothing of what the parts mean. (FEATURES.md M96)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from crm_tui.connectors import mapped
from crm_tui.connectors.contacts import emails, phones, unknown
from crm_tui.connectors.delimited import Row
from crm_tui.connectors.files import FileFault
from crm_tui.connectors.layouts import PhoneColumn, heading, reached_by
from crm_tui.connectors.parts import Default
from crm_tui.connectors.sheets import C, Headed, Top, find_header, open_sheets, readable, unreadable
from crm_tui.connectors.whole_columns import TOLD, cell
from crm_tui.domain.cell_values import Moment, is_empty
from crm_tui.domain.import_map import How, ImportMap
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text

P = TypeVar("P", bound=StrEnum)
T = TypeVar("T")


class Found(NamedTuple, Generic[P]):
    """A header's columns as zero-based positions, of each part the best first."""

    parts: Mapping[P, tuple[int, ...]]
    phones: tuple[PhoneColumn, ...]
    emails: tuple[int, ...]

    @property
    def known(self) -> int:
        """See `sheets.Understood`."""
        return sum(map(len, self.parts.values())) + len(self.phones) + len(self.emails)


@dataclass(frozen=True, slots=True)
class PartColumns(Generic[P]):
    """A header understood: for each part its columns, best first; positions from nought. `said`: how columns are read
    where somebody said it; `mapped`: somebody's layout says all of this."""

    layout: str
    parts: Mapping[P, tuple[int, ...]]
    phones: tuple[PhoneColumn, ...]
    emails: tuple[int, ...]
    known: int
    defaults: tuple[Default, ...] = ()
    said: Mapping[int, How] = field(default_factory=dict)
    mapped: bool = False


class Reaching(Protocol):
    """In which columns numbers and addresses stand."""

    @property
    def phones(self) -> Sequence[PhoneColumn]: ...
    @property
    def emails(self) -> Sequence[int]: ...


def by_heading(words: Mapping[P, str]) -> dict[str, tuple[P, int]]:
    """The part of each heading and how good a name it is, nought the best; `words` are parted by `|`, the best first,
    as `layouts.heading` writes them."""
    return {name: (part, n) for part, names in words.items() for n, name in enumerate(names.split("|"))}


def found(header: Sequence[str], known: Mapping[str, tuple[P, int]]) -> Found[P]:
    """Which columns hold which part, a number or an address; `known` is what `by_heading` made."""
    placed: dict[P, list[tuple[int, int]]] = defaultdict(list)
    numbers, addresses = [], []
    for i, named in enumerate(header):
        text = heading(named)
        reach = reached_by(text)
        if text in known:
            part, rank = known[text]
            placed[part].append((rank, i))
        elif reach is ContactKind.EMAIL:
            addresses.append(i)
        elif reach is not None:
            numbers.append(PhoneColumn(i, reach))
    parts = {part: tuple(i for _, i in sorted(columns)) for part, columns in placed.items()}
    return Found(parts, tuple(numbers), tuple(addresses))


def of_map(
    part: type[P], layout: ImportMap, found: Mapping[str, Sequence[int]], header: Sequence[str]
) -> PartColumns[P]:
    """What a layout says of a header; `found` is what `mapped.placed` found in it."""
    return PartColumns(
        layout.name,
        {part(name): tuple(at) for name, at in found.items() if name in set(part)},
        tuple(PhoneColumn(i, kind) for name, kind in mapped.PHONES.items() for i in found.get(name, ())),
        tuple(found.get(mapped.EMAIL, ())),
        len(layout.columns),
        mapped.defaults(layout, found, len(header)),
        mapped.said(layout, header),
        mapped=True,
    )


def headed(
    path: Path,
    database: Path | None,
    understood: Callable[[Sequence[str]], C | None],
    wanted: Text,
    only: ImportMap | None = None,
) -> Headed[C] | Refusal:
    """The sheet whose header is understood; a Refusal (input) if the file cannot be read, or is none of this kind, of
    which `wanted` says what one has. `only`: the one layout that was asked for. `database` as in `sheets.readable`."""
    try:
        found = find_header(open_sheets(readable(path, database)), understood)
    except FileFault as fault:
        return Refusal(fault.reason, RefusedBy.INPUT)
    except OSError as error:
        return Refusal(unreadable(path, error).reason, RefusedBy.INPUT)
    if isinstance(found, Headed):
        return found
    if only is not None and found.widest is not None:
        return mapped.missing(only, found.widest.cells)
    return _no_such_file(path, found, wanted)


def rows_below(found: Headed[PartColumns[P]]) -> Iterator[Row]:
    """Every row below the header, with the layout's defaults where it leaves them blank."""
    width = len(found.header.cells)
    return (mapped.given(row, width, found.columns.defaults) for row in found.below())


def _no_such_file(path: Path, top: Top, wanted: Text) -> Refusal:
    """Why a file is none of this kind, where it has headings at all."""
    refusal = unknown(path, top)
    if refusal.remedy is None:
        return refusal
    return Refusal(refusal.reason, RefusedBy.INPUT, remedy=wanted)


@dataclass(frozen=True, slots=True)
class Parts(Generic[P]):
    """One row by its parts. `dates`: how each column of dates is read, by its position."""

    row: Row
    parts: Mapping[P, tuple[int, ...]]
    dates: Mapping[int, Callable[[str], Moment | None]]

    def text(self, part: P) -> str:
        """The first of the part's cells that says anything, as it stands."""
        filled = (cell(self.row, i) for i in self.parts.get(part, ()))
        return next((each for each in filled if each.strip() and not is_empty(each)), "")

    def line(self, part: P) -> str:
        """The same as one line."""
        return one_line(self.text(part))

    def moment(self, part: P, errors: list[Text]) -> Moment | None:
        """The day or instant of the first cell that is filled; what is none is told in `errors`."""
        return self.read(part, self.dates, N_("Not a date: {value}."), errors)

    def read(
        self, part: P, readers: Mapping[int, Callable[[str], T | None]], wrong: str, errors: list[Text]
    ) -> T | None:
        """The first cell of the part that is filled, by its column's reader; `wrong` (a message id with `value`)
        where it is none."""
        for i in self.parts.get(part, ()):
            said = cell(self.row, i)
            if is_empty(said):
                continue
            value = readers[i](said) if len(said.strip()) <= TOLD else None
            if value is None:
                errors.append(Text(wrong, {"value": one_line(said)[:TOLD]}))
            return value
        return None

    def reached(
        self,
        columns: Reaching,
        area: str,
        warnings: list[Text],
        strays: list[str],
        also: Iterable[str] = (),
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Numbers and addresses as they stand, `also` addresses that stood elsewhere; what is none as in
        `contacts.phones`."""
        labelled = ((cell(self.row, column.column), column.kind) for column in columns.phones)
        numbers = phones(labelled, area, warnings, strays)
        mails = emails([*also, *(cell(self.row, i) for i in columns.emails)], warnings, strays)
        return tuple(value for _, value in numbers), mails
