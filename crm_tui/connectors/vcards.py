"""Contacts from vCard files (2.1, 3.0, 4.0), several cards in a file, or a folder of such files. (FEATURES.md M96)

A broken card is a record with an error at the line where it begins, and the next one is read. Memory is bounded by one
card without its pictures. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from crm_tui.connectors import addresses
from crm_tui.connectors.contacts import ContactRecord, emails, phones
from crm_tui.connectors.delimited import MAX_RECORD, MAX_ROWS, encoding_of
from crm_tui.connectors.files import FileFault, allowed
from crm_tui.connectors.layouts import phone_kind
from crm_tui.domain.foreign import foreign
from crm_tui.domain.import_map import How
from crm_tui.domain.party import ContactKind, Postal
from crm_tui.domain.text import one_line, sanitise
from crm_tui.i18n import Text

ENDINGS = (".vcf", ".vcard")
MAX_FILES = 20_000
MAX_BYTES = 512 * 1024 * 1024
"""Of a file: its pictures are passed over, and a telephone writes one for each contact."""
_MOST_LINES = 20_000
"""Of a card without its pictures: the library takes the longer for each of them, the more there are."""
_PICTURES = ("photo", "logo", "sound", "key")
_BEGIN, _END = "begin:vcard", "end:vcard"
_TOO_MANY = Text("There are more than 1,048,576 cards: nothing is read from here on, split the file.")
_NO_VOICE = frozenset({"fax", "pager", "modem", "bbs", "telex"})


@dataclass(frozen=True, slots=True)
class CardsFile:
    """One or more files of cards, in this order; the lines of the second go on behind those of the first."""

    paths: tuple[Path, ...]
    layout: ClassVar[str] = "vCard"
    shown: ClassVar[Mapping[int, How]] = {}

    def records(self, area: str = "") -> Iterator[ContactRecord]:
        """See `contacts.Contacts`."""
        before = count = 0
        for path in self.paths:
            last = before
            for line, end, lines in _cards(path):
                count += 1
                if count > MAX_ROWS:
                    yield ContactRecord(before + line, errors=(_TOO_MANY,))
                    return
                record = _record(before + line, lines, area)
                last = before + end
                yield record if len(self.paths) == 1 else _named(record, path, line)
            before = last


def found(path: Path) -> list[Path]:
    """The files of cards in a folder, by name; empty for what is no folder. Raises `FileFault` if none is in it."""
    if not allowed(path).is_dir():
        return []
    entries = islice(path.iterdir(), MAX_FILES)
    cards = sorted(entry for entry in entries if entry.suffix.lower() in ENDINGS and entry.is_file())
    if not cards:
        raise FileFault(Text("There is no vCard file (.vcf) in {path}.", {"path": one_line(str(path))}))
    return cards


def is_card(path: Path) -> bool:
    """Whether the file begins as cards do; OSError as from `open`."""
    with path.open(encoding=encoding_of(path), errors="replace") as source:
        return source.read(4096).lstrip("\ufeff \t\r\n").lower().startswith(_BEGIN)


def _named(record: ContactRecord, path: Path, line: int) -> ContactRecord:
    """The same with the file's name before each sentence: in a folder the line alone says little."""

    def told(texts: Sequence[Text]) -> tuple[Text, ...]:
        said = {"file": path.name, "line": line}
        return tuple(Text("{file}, line {line}: {why}", {**said, "why": text}) for text in texts)

    return replace(record, errors=told(record.errors), warnings=told(record.warnings))


def _cards(path: Path) -> Iterator[tuple[int, int, list[str] | None]]:
    """First line, last line and lines of each card, without pictures; None instead of what is too long for a card."""
    with path.open(encoding=encoding_of(path), errors="replace") as source:
        card: list[str] | None = None
        begun = size = n = 0
        skipping = open_card = False
        whole = True
        while line := source.readline(MAX_RECORD):
            if not whole and skipping:
                whole = line.endswith("\n")
                continue
            n += whole
            whole = line.endswith("\n")
            bare = line.strip().lower()
            if bare == _BEGIN:
                if open_card:
                    yield begun, n - 1, card
                card, begun, size, skipping, open_card = [line], n, 0, False, True
                continue
            if not open_card:
                continue
            if skipping and (not bare or line[0] in " \t"):
                continue
            skipping = bare.rpartition(".")[2].startswith(_PICTURES) or bare.startswith(_PICTURES)
            if skipping:
                continue
            size += len(line)
            if card is not None and size <= MAX_RECORD and len(card) < _MOST_LINES:
                card.append(line)
            else:
                card = None
            if bare == _END:
                yield begun, n, card
                open_card = False
        if open_card:
            yield begun, n, card


def _record(line: int, lines: list[str] | None, area: str) -> ContactRecord:
    import vobject

    if lines is None:
        return ContactRecord(line, errors=(Text("This card is too long (at most 1 MiB without pictures)."),))
    if lines[-1].strip().lower() != _END:
        return ContactRecord(line, errors=(Text("This card is cut off: its end is missing."),))
    try:
        card = vobject.readOne("".join(lines), allowQP=True)
    except Exception as error:  # the library raises whatever its parts do
        why = one_line(str(error))[:200] or type(error).__name__
        return ContactRecord(line, errors=(Text("This card cannot be read: {why}", {"why": why}),))
    return _contact(line, card.contents, area)


def _contact(line: int, contents: dict[str, list[Any]], area: str) -> ContactRecord:
    labels = {each.group: str(each.value) for each in contents.get("x-ablabel", ()) if each.group}
    warnings: list[Text] = []
    strays: list[str] = []
    numbers = [
        (_number(str(each.value)), kind)
        for each in contents.get("tel", ())
        if (kind := _kind(each, labels)) is not None
    ]
    reached = phones(numbers, area, warnings, strays)
    mails = emails(map(str, _values(contents, "email")), warnings, strays)
    name, company = _name(contents), _company(contents)
    title = next((one_line(str(v)) for key in ("title", "role") for v in _values(contents, key)), "")
    notes = [sanitise(str(value)).strip() for value in _values(contents, "note")]
    errors = () if name or company or reached or mails else (Text("No name, phone or e-mail in this card."),)
    address = _address(contents, warnings, strays)
    told = "\n".join(filter(None, (*notes, *strays)))
    firm = bool(company) and not (name or title)
    name, company = (company, "") if firm else (name or company, company)
    found = (name, company, title, reached, mails, told, errors, tuple(warnings))
    ids = (foreign(CardsFile.layout, str(uid)) for uid in _values(contents, "uid"))
    own = next(filter(None, ids), None)
    return ContactRecord(line, *found, address=address, foreign=own, organization=firm)


def _values(contents: dict[str, list[Any]], key: str) -> list[Any]:
    return [each.value for each in contents.get(key, ()) if each.value]


def _number(value: str) -> str:
    """The number of `tel:+55-11-98888-1234;ext=7`."""
    bare = value.strip()
    return bare[4:].partition(";")[0] if bare.lower().startswith("tel:") else bare


def _kind(each: Any, labels: dict[str, str]) -> ContactKind | None:
    """What the card says of a number; None for a fax and the like."""
    said = [*each.params.get("TYPE", ()), *getattr(each, "singletonparams", ()), labels.get(each.group, "")]
    types = {word for many in said for word in many.lower().split(",")}
    if types & _NO_VOICE and not types & {"voice", "cell"}:
        return None
    return phone_kind(" ".join(types)) or ContactKind.PHONE


def _name(contents: dict[str, list[Any]]) -> str:
    for whole in _values(contents, "fn"):
        if one_line(str(whole)):
            return one_line(str(whole))
    for parts in _values(contents, "n"):
        said = (parts.given, parts.additional, parts.family, parts.suffix)
        name = one_line(" ".join(" ".join(p) if isinstance(p, list) else str(p) for p in said))
        if name:
            return name
    return next((one_line(str(v)) for v in _values(contents, "nickname")), "")


def _address(contents: dict[str, list[Any]], warnings: list[Text], strays: list[str]) -> Postal | None:
    """The first ADR that says anything, the preferred one before: its post box and its country are left out."""

    def preferred(each: Any) -> bool:
        return "pref" not in {
            t.lower() for t in (*each.params.get("TYPE", ()), *getattr(each, "singletonparams", ()))
        }

    for each in sorted(contents.get("adr", ()), key=preferred):
        parts = {
            name: _said(getattr(each.value, name, ""))
            for name in ("street", "extended", "city", "region", "code")
        }
        street = ", ".join(filter(None, (parts["street"], parts["extended"])))
        found = addresses.as_postal(street, parts["city"], parts["region"], parts["code"], warnings, strays)
        if found is not None:
            return found
    return None


def _said(value: Any) -> str:
    return one_line(", ".join(map(str, value)) if isinstance(value, list) else str(value or ""))


def _company(contents: dict[str, list[Any]]) -> str:
    """The first part of ORG; those behind it are departments."""
    for value in _values(contents, "org"):
        first = value[0] if isinstance(value, list) and value else value
        if one_line(str(first)):
            return one_line(str(first))
    return ""
