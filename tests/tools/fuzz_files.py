"""Files that are imported, as good ones that are spoilt, read to the preview: sheets, cards, calendars, objects."""

from __future__ import annotations

import codecs
import contextlib
import csv
import dataclasses
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import xlsxwriter

from crm_tui.connectors import acts, calendars, contacts, deals, files, holidays_csv, ics_rules
from crm_tui.connectors.ics_read import read as read_calendar
from crm_tui.domain.ics import MAX_OCCURRENCES, IcsFile
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import one_line, sanitise
from crm_tui.i18n import Text, say
from crm_tui.services.agenda import file_views
from crm_tui.services.board.card_intake import card_preview
from crm_tui.services.calendar import taking_in
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.recurrence import DAYS, NUMBERS
from crm_tui.services.intake import views as intake
from crm_tui.services.intake.act_plan import act_preview
from tests.connectors.ics_held import GOOD, ZONE, checked
from tests.tools import hostile
from tests.tools.fuzz_lines import Base
from tests.tools.fuzz_samples import (
    CARDS,
    CELLS,
    ENCODINGS,
    FITTING,
    HEADS,
    LINES_OF_CARDS,
    PARTS_OF_XML,
    VALUES_OF_CALENDARS,
)
from tests.tools.fuzzing import Family

NOW = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)


class Csv(NamedTuple):
    """A sheet as bytes; `names` are those of people that must come out of it, if it is a good one."""

    held: bytes
    names: tuple[str, ...] | None


# --- sheets


def _sheet(chance: Random) -> Csv:
    head = chance.choice(HEADS).split(";")
    good = chance.random() < 0.2
    if good:
        head = HEADS[0].split(";")
    names = [one_line(hostile.name(chance)) or "Ana" for _ in range(chance.randint(1, 5))] if good else []
    names = [f"Ana {name}".strip() for name in names]
    if not good and chance.random() < 0.3:
        head = [*head, *chance.sample(head, chance.randint(1, len(head)))]
    rows = [[name, "", f"p{n}@x.com"] for n, name in enumerate(names)] if good else list(_rows(chance, head))
    if not good and chance.random() < 0.2:
        rows.insert(chance.randint(0, len(rows)), head)
    written = io.StringIO()
    table = csv.writer(
        written,
        delimiter=chance.choice(";,\t|"),
        quoting=csv.QUOTE_ALL if chance.random() < 0.3 else csv.QUOTE_MINIMAL,
        lineterminator="\r\n" if good else chance.choice(("\r\n", "\n", "\r", "\n\n")),
    )
    table.writerows([head, *rows])
    text = written.getvalue()
    if good:
        whole = text.encode("utf-8", "ignore").decode() == text
        kept = tuple(names) if whole else None
        return Csv(text.encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")), "replace"), kept)
    if chance.random() < 0.3:
        text = hostile.spoilt(chance, text, [",".join(head), '"'])
    held = text.encode(chance.choice(ENCODINGS), "replace")
    if chance.random() < 0.2:
        held = chance.choice((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) + held
    if chance.random() < 0.5:
        held = hostile.spoilt_bytes(chance, held)
    return Csv(held, None)


def _rows(chance: Random, head: Sequence[str]) -> Iterator[list[str]]:
    for _ in range(chance.randint(0, 6)):
        places = [*head, "", "", ""][: max(0, len(head) + chance.choice((0, 0, 0, 0, -1, 1, 3)))]
        fit = [
            chance.choice(next((cells for word, cells in FITTING.items() if word in each), CELLS))
            for each in places
        ]
        if chance.random() < 0.6:
            yield fit
        else:
            yield [chance.choice(CELLS) if chance.random() < 0.8 else hostile.text(chance, 30) for _ in fit]


def _fitting(heading: str) -> Sequence[str]:
    return next((cells for word, cells in FITTING.items() if word in heading), CELLS)


def _book(chance: Random) -> bytes:
    """A workbook as a spreadsheet writes it, then spoilt in its parts or as the file that it is."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        head = chance.choice(HEADS).split(";")
        sheet.write_row(0, 0, head)
        for n, row in enumerate(_rows(chance, head), 1):
            for at, cell in enumerate(row):
                sheet.write_string(n, at, sanitise(cell))
            if chance.random() < 0.5:
                continue
            sheet.write_number(n, 2, chance.choice((0, -1, 1e15, 1.5, 46000, 5511988887777)))
            sheet.write_number(n, 3, chance.choice((0, 60, 46000.75, -1, 2958466, 1e10)), day)
            sheet.write_formula(n, 4, "=1+1", value=chance.choice((2, "x", True)))
    held = written.getvalue()
    way = chance.random()
    if way < 0.15:
        return hostile.spoilt_bytes(chance, held)
    with zipfile.ZipFile(io.BytesIO(held)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    wanted = [
        name
        for name in parts
        if name.endswith(("sheet1.xml", "Strings.xml", "workbook.xml", "styles.xml", ".rels"))
    ]
    for name in chance.sample(wanted, chance.randint(1, 2)):
        if way > 0.3:
            parts[name] = hostile.spoilt_xml(chance, parts[name], PARTS_OF_XML)
        else:
            parts[name] = hostile.spoilt_bytes(chance, parts[name], PARTS_OF_XML)
    if way < 0.22:
        name = chance.choice(list(parts))
        parts[chance.choice(("xl/worksheets/sheet2.xml", "../x", name.upper(), "xl/x.bin"))] = parts.pop(name)
    made, packing = io.BytesIO(), zipfile.ZIP_BZIP2 if way > 0.97 else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(made, "w", packing) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return made.getvalue()


# --- cards and calendars


def _cards(chance: Random) -> bytes:
    lines = b"".join(chance.choices(CARDS, k=chance.randint(1, 3))).split(b"\r\n")
    return _of_lines(chance, lines, LINES_OF_CARDS)


def _calendar(chance: Random) -> bytes:
    lines = GOOD.split(b"\r\n")
    if chance.random() < 0.6:
        lines = [_rule(chance) if line.startswith(b"RRULE") else line for line in lines]
        if chance.random() < 0.5:
            return b"\r\n".join(lines)
    return _of_lines(chance, lines, VALUES_OF_CALENDARS)


def _rule(chance: Random) -> bytes:
    """A rule of a series, of parts that may not go together and numbers that may be none."""
    parts = [f"FREQ={chance.choice(('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'YEARLY'))}"]
    for name in chance.sample(
        ("INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *NUMBERS), chance.randint(0, 4)
    ):
        numbers = [
            str(chance.choice((1, -1, chance.randint(-400, 400)))) for _ in range(chance.randint(1, 3))
        ]
        days = [chance.choice(("", *numbers, "-1", "5")) + chance.choice(DAYS) for _ in numbers]
        values = {"UNTIL": ["20271231", "20261125T130000Z"], "BYDAY": days, "WKST": list(DAYS)}.get(
            name, numbers
        )
        parts.append(f"{name}={','.join(values if name == 'BYDAY' or name in NUMBERS else values[:1])}")
    return f"RRULE:{';'.join(parts)}".encode()


def _of_lines(chance: Random, lines: list[bytes], others: Sequence[bytes]) -> bytes:
    if chance.random() < 0.5:
        lines = hostile.shuffled_lines(chance, lines, 120)
    for _ in range(chance.randint(0, 4)):
        at = chance.randint(0, len(lines))
        lines[at : at + chance.randint(0, 1)] = [chance.choice(others)]
    held = chance.choice((b"\r\n", b"\n", b"\r", b"\r\n")).join(lines)
    if chance.random() < 0.5:
        held = hostile.spoilt_bytes(chance, held)
    if chance.random() < 0.1:
        held = held.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")
    return held


# --- objects


def _objects(chance: Random) -> bytes:
    """Records as JSON, in a list, in an object or a line each; then spoilt as text or as bytes."""
    head = chance.choice(HEADS).split(";")
    found = [
        dict(zip(head, map(chance.choice, (_valued(chance),) * len(head)), strict=True)) for _ in range(3)
    ]
    way = chance.randrange(3)
    if way == 0:
        told = "\n".join(json.dumps(each, ensure_ascii=chance.random() < 0.5) for each in found)
    else:
        told = json.dumps(
            found if way == 1 else {"data": found, "more": 1}, ensure_ascii=chance.random() < 0.5
        )
    if chance.random() < 0.3:
        told = hostile.spoilt(
            chance, told, ('{"a":', "[", "]", "}", '"\\ud800"', "NaN", "1e9999", "[" * 5_000, '{"a":' * 5_000)
        )
    held = told.encode(chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252")), "replace")
    return hostile.spoilt_bytes(chance, held) if chance.random() < 0.3 else held


def _valued(chance: Random) -> Sequence[Any]:
    cells = [chance.choice(CELLS) for _ in range(4)]
    return [
        *cells,
        None,
        True,
        7,
        1.5,
        [],
        {},
        [cells[0], {"value": cells[1]}],
        {"a": {"b": {"c": cells[2]}}},
        "\ud83d",
    ]


# --- played


class Importing:
    """The readers of files, and the previews of one CRM."""

    def __init__(self, folder: Path, crm: Crm) -> None:
        self.folder, self.crm = folder, crm

    def sheet(self, made: Csv) -> None:
        path = self._file("fuzz.csv", made.held)
        rows = self._read_all(path)
        if made.names is not None:
            assert [row.name for row in rows] == list(made.names)
        with contextlib.suppress(files.FileFault):
            self.crm.read(taking_in.preview, holidays_csv.read(path, self.folder / "crm.db"))

    def book(self, held: bytes) -> None:
        self._read_all(self._file("fuzz.xlsx", held))

    def objects(self, held: bytes) -> None:
        self._read_all(self._file("fuzz.json", held))

    def cards(self, held: bytes) -> None:
        self._people(self._file("fuzz.vcf", held))

    def calendar(self, held: bytes) -> None:
        found = checked(held)
        if found is None:
            return
        self.crm.read(file_views.preview, found.events)
        for event in found.events:
            begun = event.start.astimezone(ZoneInfo(event.zone)) if event.start is not None else NOW
            first = datetime.combine(event.first_on, begun.time())
            for until in (date(2027, 12, 31), date(2199, 12, 31)) if event.rrule else ():
                zone = ZoneInfo(event.zone)
                days = ics_rules.occurrences(event.rrule, first, zone, event.first_on, until)
                assert days == sorted(set(days))
                assert len(days) <= MAX_OCCURRENCES
        if found.events:
            name = calendars.file_name(found.events)
            assert Path(name).name == name
            again = read_calendar(calendars.content(found.events, NOW), "again.ics", ZONE)
            assert isinstance(again, IcsFile), again
            assert not again.faults, [say(fault.reason) for fault in again.faults]

    def _read_all(self, path: Path) -> Sequence[contacts.ContactRecord]:
        """By each reader of rows; the people that the first finds."""
        assert acts.kind_of_file(path) in ("", "activities", "notes")
        people = self._people(path)
        ways: Sequence[tuple[Any, Callable[..., Any], dict[str, bool]]] = (
            (deals.open_deals(path), card_preview, {}),
            (acts.open_acts(path), act_preview, {}),
            (acts.open_acts(path, notes=True), act_preview, {"notes": True}),
        )
        for opened, preview, more in ways:
            if not _refused(opened):
                rows = list(opened.records("11"))
                _harmless(rows)
                assert len(self.crm.read(preview, rows, path.name, **more)) == len(rows)
        return people

    def _people(self, path: Path) -> Sequence[contacts.ContactRecord]:
        opened = contacts.open_contacts(path)
        if isinstance(opened, Refusal):
            _refused(opened)
            return ()
        rows = list(opened.records("11"))
        _harmless(rows)
        preview = self.crm.read(intake.preview, rows)
        assert sum(preview.counts.values()) == len(rows)
        return rows

    def _file(self, name: str, held: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(held)
        return path


def _refused(opened: object) -> bool:
    """Whether a reader refused the file; it says so in a sentence."""
    if isinstance(opened, Refusal):
        assert say(opened.reason)
        return True
    return False


def _harmless(rows: Sequence[Any]) -> None:
    """Each row is of a line behind the one before, says why it is none, and holds no sign that steers a terminal."""
    before = 0
    for row in rows:
        assert row.line >= before >= 0
        before = row.line
        for said in (*row.errors, *row.warnings):
            assert isinstance(said, Text)
            assert say(said)
        for field in dataclasses.fields(row):
            for text in _texts(getattr(row, field.name)):
                assert sanitise(text) == text, (field.name, text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Text | date):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)


def families(folder: Path, base: Base) -> list[Family]:
    """Sheets, workbooks, cards, calendars, objects."""
    importing = Importing(folder, base.crm)
    return [
        Family("csv", _sheet, importing.sheet),
        Family("xlsx", _book, importing.book),
        Family("vcard", _cards, importing.cards),
        Family("ics", _calendar, importing.calendar),
        Family("json", _objects, importing.objects),
    ]
