"""The columns of a file, known or not, with some of their values and what each is taken for: what one maps by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from crm_tui.connectors import acts, contacts, deals, mapped, vcards
from crm_tui.connectors.files import FileFault
from crm_tui.connectors.layouts import Columns, heading
from crm_tui.connectors.own_fields import headings_of
from crm_tui.connectors.parts import Part
from crm_tui.connectors.sheets import Headed, Top, find_header, open_sheets, readable, unreadable
from crm_tui.domain.form import Question
from crm_tui.domain.import_guess import Seen, guessed
from crm_tui.domain.import_map import ImportMap, MapKind, own
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import Text

SAMPLED = 20
"""Rows of which a column's values are shown."""
SAMPLES = 3
_MAPPED: Mapping[Part, Part] = dict.fromkeys((Part.NUMBER, Part.MORE, Part.DISTRICT), Part.STREET)
"""What one maps by hand as the street."""


_Known = Columns | deals.CardColumns | acts.ActColumns


class FileColumn(NamedTuple):
    """A column with a heading; `field` is empty where it is left out. `at`: which of the file's columns it is, from
    nought; `how` as in `import_map.Column`."""

    heading: str
    samples: tuple[str, ...]
    field: str
    at: int = 0
    how: str = ""


def columns_of(
    path: Path,
    kind: MapKind,
    maps: Sequence[ImportMap],
    database: Path | None = None,
    asked: Sequence[Question] = (),
) -> list[FileColumn] | Refusal:
    """Every headed column of the row that is understood best, or, where none is, of the widest at the top with what it
    may mean. `asked` are people's fields of one's own.

    A Refusal (input) if the file cannot be read as a sheet.
    """
    known: Callable[[Sequence[str]], _Known | None] = (
        contacts.recogniser(maps, asked=asked)
        if kind is MapKind.PEOPLE
        else deals.recogniser(maps)
        if kind is MapKind.CARDS
        else acts.recogniser(maps, notes=kind is MapKind.NOTES)
    )
    try:
        if vcards.is_card(readable(path, database)):
            return Refusal(Text("A vCard has no columns: its fields are known."), RefusedBy.INPUT)
        found: Headed[_Known] | Top = find_header(open_sheets(path), known)
    except FileFault as fault:
        return Refusal(fault.reason, RefusedBy.INPUT)
    except OSError as error:
        return Refusal(unreadable(path, error).reason, RefusedBy.INPUT)
    fields: Mapping[int, str] = {}
    if isinstance(found, Headed):
        sheet, header, fields = found.sheet, found.header, _fields(found.columns)
    elif found.sheet is not None and found.widest is not None:
        sheet, header = found.sheet, found.widest
    else:
        return contacts.unknown(path, found)
    with closing(sheet.rows()) as rows:
        below = [row.cells for row in islice((r for r in rows if r.line > header.line), SAMPLED)]
    columns = [
        FileColumn(one_line(cell), _samples(below, i), fields.get(i, ""), i)
        for i, cell in enumerate(header.cells)
        if cell.strip()
    ]
    if fields:
        return columns
    meant = guessed(kind, [Seen(column.heading, column.samples) for column in columns])
    named = headings_of(asked, heading)
    mine = [named.get(heading(column.heading), "") for column in columns]
    return [
        column._replace(field=own(key) if key else field)
        for column, field, key in zip(columns, meant, mine, strict=True)
    ]


def _samples(rows: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    values = (one_line(cells[column])[:40] for cells in rows if column < len(cells))
    return tuple(dict.fromkeys(filter(None, values)))[:SAMPLES]


def _fields(columns: _Known) -> dict[int, str]:
    """What each column is taken for."""
    found = {i: part.value for part, places in columns.parts.items() for i in places}
    for place in columns.places[:1] if isinstance(columns, Columns) else ():
        found |= {i: _MAPPED.get(part, part).value for part, places in place.items() for i in places}
    words = {kind: word for word, kind in mapped.PHONES.items()}
    found |= {phone.column: words[phone.kind] for phone in columns.phones if phone.kind in words}
    found |= {each.at: own(each.key) for each in columns.own} if isinstance(columns, Columns) else {}
    return found | dict.fromkeys(columns.emails, mapped.EMAIL)
