"""Whom a row of a foreign file means: somebody known by code, document, e-mail, phone or name, or nobody yet.

Facts are read in bulk for a preview, or for one row inside the transaction: what was shown is what happens.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple

from crm_tui.domain import identity
from crm_tui.domain.access import Viewer
from crm_tui.domain.foreign import SALESFORCE, ForeignKind, foreign
from crm_tui.domain.identity import TaxId
from crm_tui.domain.party import DocumentKind, PartyKind
from crm_tui.domain.phone import phone_keys
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.core import foreign as ids_kept
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import intake as queries

CHUNK = 5_000
LINE: Final = 200
"""Signs of a name, a title, a subject of a file's row; BODY of its notes, REASON of why something was lost."""
BODY: Final = 20_000
REASON: Final = 2_000
_OTHER_NAME: Final = N_("{code} is {name} here, and this row calls them otherwise: correct one of both.")


def too_long(*said: tuple[str, int]) -> Text | None:
    """Which of these texts of a row has more signs than it may have; None if none: a row like that is an error of its
    own, never of its file."""
    for value, most in said:
        if len(value) > most:
            return Text("“{value}…” is longer than {n} signs: shorten it.", {"n": most, "value": value[:40]})
    return None


@dataclass(frozen=True, slots=True)
class Whom:
    """What a row says of its person, as typed. The CNPJ of a row that names a company beside the person is the
    company's."""

    ref: str = ""
    name: str = ""
    company: str = ""
    document: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    company_document: str = ""
    source: str = ""
    """The program whose id `ref` may be."""

    @property
    def ids(self) -> tuple[str, ...]:
        """What `ref` may be as an id of another program; one of Salesforce is written in two ways."""
        found = (foreign(source, self.ref) for source in (SALESFORCE, "-"))
        return tuple(sorted({each.id for each in found if each is not None}))

    @property
    def keys(self) -> tuple[str, ...]:
        """The forms under which somebody may be known: of a mobile with and without its ninth digit."""
        numbers = filter(None, map(identity.phone, self.phones))
        mails = filter(None, map(identity.email, self.emails))
        return (*mails, *(key for number in numbers for key in phone_keys(number.e164)))

    @property
    def called(self) -> str:
        """The name, or that of the company where the file names nobody there, or the first way to reach somebody."""
        return one_line(self.name or self.company or next(iter((*self.emails, *self.phones)), ""))

    @property
    def tax_id(self) -> str:
        """The document of who is meant, without mask."""
        found = _document(self.document)
        return found.number if found is not None and not self._of_company(found) else ""

    @property
    def works_tax_id(self) -> str:
        """The CNPJ of where the person works, without mask."""
        found = _document(self.company_document)
        if found is None:
            own = _document(self.document)
            found = own if own is not None and self._of_company(own) else None
        return found.number if found is not None and found.kind is DocumentKind.CNPJ else ""

    @property
    def kind(self) -> PartyKind:
        """A company where nobody is named there, or what a CNPJ is of."""
        own = _document(self.document)
        named = own is None or own.kind is DocumentKind.CPF or self._of_company(own)
        return PartyKind.PERSON if named and self.name else PartyKind.ORGANIZATION

    def _of_company(self, document: TaxId) -> bool:
        return document.kind is DocumentKind.CNPJ and bool(one_line(self.name) and one_line(self.company))


def _document(typed: str) -> TaxId | None:
    return identity.tax_id(typed) if typed else None


class Called(NamedTuple):
    """One who may be meant; `seen`: whether the viewer sees them, and so may be told who it is. `works` is where they
    work: of each the name and the CNPJ, as a JSON array of pairs."""

    name: str
    code: str
    seen: bool
    works: str = "[]"


@dataclass(slots=True)
class Known:
    """Who is known, by each of the keys; of names with the kind of the party."""

    codes: dict[str, int] = field(default_factory=dict)
    ids: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """By the ids of other programs, of each who it is there."""
    documents: dict[str, int] = field(default_factory=dict)
    keys: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    called: dict[int, Called] = field(default_factory=dict)


def read(connection: sqlite3.Connection, people: Iterable[Whom], viewer: Viewer) -> Known:
    """Everybody whom one of these may be: also who is out of the viewer's sight, lest they stand there twice."""
    known, source = Known(), iter(people)
    while chunk := list(islice(source, CHUNK)):
        _read(connection, chunk, known, sight(viewer))
    return known


def _read(
    connection: sqlite3.Connection, chunk: Sequence[Whom], known: Known, seen: Mapping[str, Any]
) -> None:
    codes = json.dumps([one.ref.upper() for one in chunk if one.ref])
    for party_id, code in connection.execute(queries.BY_CODES, {"codes": codes}):
        known.codes[code] = party_id
    held = ids_kept.held(connection, ForeignKind.PARTY, (i for one in chunk for i in one.ids))
    for (source, foreign_id), (party_id, _) in held.items():
        known.ids[foreign_id][source] = party_id
    documents = json.dumps([number for one in chunk for number in (one.tax_id, one.works_tax_id) if number])
    for party_id, document in connection.execute(queries.BY_DOCUMENTS, {"documents": documents}):
        known.documents[document] = party_id
    keys = json.dumps([key for one in chunk for key in one.keys])
    for key, party_id in connection.execute(queries.KEYS_OF, {"keys": keys}):
        known.keys[key].add(party_id)
    names = json.dumps([fold(one.called) for one in chunk if one.called])
    for party_id, name, kind in connection.execute(queries.BY_ANY_NAME, {"names": names}):
        known.names[name, kind].add(party_id)
    ids = {i for found in (*known.keys.values(), *known.names.values()) for i in found}
    ids |= {party_id for programs in known.ids.values() for party_id in programs.values()}
    ids = (ids | {*known.codes.values(), *known.documents.values()}) - known.called.keys()
    for party_id, *called in connection.execute(queries.NAMES_OF, {"ids": json.dumps(sorted(ids)), **seen}):
        known.called[party_id] = Called(*called)


def link(whom: Whom, known: Known) -> int | Text | None:
    """The one who is meant; None if nobody known is; a sentence where several may be, or one whom the viewer does not
    see: a card or a note with them would show them."""
    found = _meant(whom, known)
    if isinstance(found, int) and not known.called[found].seen:
        return unseen()
    return found


def unseen() -> Text:
    """Why a row is not taken in that means somebody out of the operator's sight: nobody is named."""
    return Text("Somebody whom you do not see is known by that: ask whoever attends them to take it in.")


def several_unseen() -> Text:
    """The same of a row that may mean several of them."""
    return Text("The person may be one of several whom you do not see: ask who does.")


def _meant(whom: Whom, known: Known) -> int | Text | None:
    coded = known.codes.get(whom.ref.upper())
    if coded is not None and _called_so(whom, known.called[coded].name):
        return coded
    found = _by_signs(whom, known)
    if coded is None or found is not None:
        return found
    here = known.called[coded]
    return Text(_OTHER_NAME, {"code": here.code, "name": here.name}) if here.seen else unseen()


def _called_so(whom: Whom, name: str) -> bool:
    """Whether the row names nobody, or this one: a code of another base may be somebody else's here."""
    return not whom.called or identity.name_key(name) in {
        identity.name_key(said) for said in (whom.name, whom.company) if said
    }


def _by_signs(whom: Whom, known: Known) -> int | Text | None:
    """By the program's id, document, e-mail and phone, else by name."""
    by_id = _by_id(whom, known)
    if by_id:
        return _one_of(by_id, known)
    if whom.tax_id in known.documents:
        return known.documents[whom.tax_id]
    reached = {i for key in whom.keys for i in known.keys.get(key, ())}
    if len(reached) > 1:
        alike = {
            i for i in reached if identity.name_key(known.called[i].name) == identity.name_key(whom.name)
        }
        reached = _working_there(whom, alike, known) or reached
    elif not reached and not whom.keys and whom.called:
        kinds = sorted(
            PartyKind, key=lambda kind: kind is not whom.kind
        )  # a file hardly says which of both it names
        reached = next(
            (found for kind in kinds if (found := known.names.get((fold(whom.called), kind)))), set()
        )
        reached = _working_there(whom, reached, known)
    return _one_of(reached, known)


def _working_there(whom: Whom, called_so: set[int], known: Known) -> set[int]:
    """Of those who are called so, who works where the row says; else of whom no workplace is known. Who is known to
    work elsewhere alone is somebody else of the same name."""
    at, document = identity.name_key(whom.company), whom.works_tax_id
    if not at or not whom.name:
        return called_so
    works: dict[int, list[tuple[str, str | None]]] = {i: json.loads(known.called[i].works) for i in called_so}
    there = {i for i, places in works.items() if any(_same(place, at, document) for place in places)}
    return there or {i for i, places in works.items() if not places}


def _same(place: tuple[str, str | None], at: str, document: str) -> bool:
    name, number = place
    return identity.name_key(name) == at or bool(document and number == document)


def _by_id(whom: Whom, known: Known) -> set[int]:
    """Who has this id in the file's program; of a sheet of no program, whoever has it in one, unless it names somebody
    else."""
    programs = {source: i for each in whom.ids for source, i in known.ids.get(each, {}).items()}
    if whom.source:
        return {programs[whom.source]} if whom.source in programs else set()
    found = {*programs.values()}
    alike = {i for i in found if identity.name_key(known.called[i].name) == identity.name_key(whom.name)}
    return alike if whom.name else found


def _one_of(reached: set[int], known: Known) -> int | Text | None:
    """The only one, or a sentence that names them."""
    if len(reached) > 1:
        meant = [known.called[i] for i in sorted(reached)]
        shown = [f"{each.name} ({each.code})" for each in meant if each.seen][:3]
        if not shown:
            return several_unseen()
        return Text("The person may be one of several: {names}.", {"names": ", ".join(shown)})
    return next(iter(reached), None)
