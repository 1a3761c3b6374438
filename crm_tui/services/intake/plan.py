"""What becomes of each row of an import, decided over facts: new, update, duplicate or error. Pure.

The same judgement serves the preview (facts read in bulk, nothing written) and the command (facts of one row,
inside the transaction), so that what was shown is what happens. Nothing known is ever overwritten. (M96)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from crm_tui.domain import foreign, identity
from crm_tui.domain.foreign import Change, Foreign, Held
from crm_tui.domain.party import ContactKind, PartyKind, Postal
from crm_tui.domain.text import fold
from crm_tui.i18n import Text
from crm_tui.services.core import linking
from crm_tui.services.core.answer_sets import Known
from crm_tui.services.intake.contact import Contact, Own, Owner, Point, Row, contact
from crm_tui.services.intake.own_fields import beyond, learnt

K = TypeVar("K")
LONGEST: Final = 200
"""Signs of a name, a company, a role."""
LONGEST_NOTES: Final = 65_536


class Verdict(StrEnum):
    """The values are those of the command line's JSON."""

    NEW = "new"
    UPDATE = "update"
    DUPLICATE = "duplicate"
    ERROR = "error"


@dataclass(slots=True)
class Person:
    """What is known of somebody: `points` normalised with their kind; a negative id is made by this import."""

    id: int
    code: str
    name: str
    notes: str = ""
    company: str = ""
    role: str = ""
    points: dict[str, str] = field(default_factory=dict)
    kind: str = PartyKind.PERSON
    document: str = ""
    company_document: str = ""
    address: Postal | None = None
    seen: bool = True
    """Whether the operator sees them: others are neither named nor changed by a file."""
    editable: bool = True
    """Whether the operator may rename them."""
    owner: int | None = 0
    """Whose they are; None: nobody's."""
    sources: tuple[str, ...] = ()
    """The programs of which an id of theirs is kept."""
    own: Mapping[int, Known] = field(default_factory=dict)
    """What is known in fields of one's own, by form."""

    @property
    def told_apart(self) -> bool:
        """Whether a mobile or an e-mail, which people do not share, is known."""
        return any(kind != ContactKind.PHONE for kind in self.points.values())


@dataclass(slots=True)
class Judged:
    """What becomes of a row. `adds` names what an update brings, `why` is the error or what differs."""

    verdict: Verdict
    person: Person | None = None
    points: tuple[Point, ...] = ()
    company: str = ""
    role: str = ""
    notes: str = ""
    why: Text | None = None
    document: str = ""
    company_document: str = ""
    address: Postal | None = None
    name: str = ""
    """Another name that the program of the file gave to whom it knows by the same id."""
    foreign: Foreign | None = None
    """The id that is kept, with the name in the file."""
    owner: Owner | None = None
    own: tuple[Own, ...] = ()


@dataclass(slots=True)
class Facts:
    """Who is known: by the id of the file's program, by document, by e-mail and phone, and by folded name for rows that
    have none."""

    people: dict[int, Person] = field(default_factory=dict)
    by_document: dict[str, int] = field(default_factory=dict)
    by_key: dict[str, tuple[int, ...]] = field(default_factory=dict)
    by_name: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    by_foreign: dict[Foreign, Held] = field(default_factory=dict)

    def know(self, person: Person) -> None:
        """Take somebody up, or what is now known of somebody."""
        self.people[person.id] = person
        for key in person.points:
            _add(self.by_key, key, person.id)
        _add(self.by_name, (fold(person.name), person.kind), person.id)
        if person.document:
            self.by_document.setdefault(person.document, person.id)


def _add(ids: dict[K, tuple[int, ...]], key: K, person_id: int) -> None:
    """A tuple, because nearly every key is one person's, and a set takes four times its room."""
    there = ids.get(key, ())
    if person_id not in there:
        ids[key] = (*there, person_id)


def judge(row: Contact, facts: Facts) -> Judged:
    """What becomes of this row, given who is known."""
    if not row.name:
        return Judged(Verdict.ERROR, why=Text("No name, phone or e-mail in this row."))
    lines = ((each, LONGEST) for each in (row.name, row.company, row.role))
    long = linking.too_long(*lines, (row.notes, LONGEST_NOTES))
    if long is not None:
        return Judged(Verdict.ERROR, why=long)
    found = _matches(row, facts)
    if not found:
        return unknown(row)
    if len(found) > 1:
        return Judged(Verdict.ERROR, why=_several(found))
    person = found[0]
    if not person.seen:
        return Judged(Verdict.ERROR, why=linking.unseen())
    if row.document and person.document not in ("", row.document):
        said = {"name": _shown(person)}
        if row.foreign in facts.by_foreign:
            return Judged(Verdict.ERROR, why=Text("{name} has this id, but another document.", said))
        return Judged(Verdict.ERROR, why=Text("{name} has this e-mail or phone, but another document.", said))
    return compare(row, person, facts.by_foreign.get(row.foreign) if row.foreign is not None else None)


def unknown(row: Contact) -> Judged:
    """All of a row of whom nothing is known is new."""
    more = (row.document, row.company_document, row.address, "", row.foreign, row.owner, row.own)
    return Judged(Verdict.NEW, None, row.points, row.company, row.role, row.notes, None, *more)


def _several(found: Sequence[Person]) -> Text:
    names = ", ".join([_shown(person) for person in found if person.seen][:3])
    if not names:
        return linking.several_unseen()
    return Text("Its e-mail and phones belong to several people: {names}.", {"names": names})


def _shown(person: Person) -> str:
    return f"{person.name} ({person.code})" if person.code else person.name


def _matches(row: Contact, facts: Facts) -> list[Person]:
    """Who the row may be. By the id of its program, by document, else by e-mail and phone; rows without any by name
    and, where both have one, company, unless the program knows them by another id."""
    if row.foreign is not None and row.foreign in facts.by_foreign:
        return [facts.people[facts.by_foreign[row.foreign].row_id]]
    if row.document in facts.by_document:
        return [facts.people[facts.by_document[row.document]]]
    if row.kind is PartyKind.ORGANIZATION or not any(point.sure for point in row.points):
        named = sorted(facts.by_name.get((fold(row.name), row.kind), ()), key=abs)
        same = [facts.people[i] for i in named if not (row.document and facts.people[i].document)]
        same = [p for p in same if row.foreign is None or row.foreign.source not in p.sources]
        company = fold(row.company)
        return [p for p in same if not company or not p.company or fold(p.company) == company][:1]
    hits: dict[int, bool] = {}
    for point in row.points:
        if point.sure:
            for key in point.keys:
                for person_id in facts.by_key.get(key, ()):
                    hits[person_id] = hits.get(person_id, False) or not point.shared
    own = any(point.sure and not point.shared for point in row.points)
    found = [
        person
        for person_id, personal in sorted(hits.items(), key=lambda hit: abs(hit[0]))
        if (person := facts.people.get(person_id)) is not None
        and (personal or not own or not person.told_apart or _named_alike(row, person))
        and (personal or not row.document or person.document in ("", row.document))
    ]
    if len(found) > 1:  # a family's or a company's line: the name says which of them
        alike = [person for person in found if _named_alike(row, person)]
        return alike if len(alike) == 1 else found
    return found


def _named_alike(row: Contact, person: Person) -> bool:
    return identity.name_key(row.name) == identity.name_key(person.name)


def taken(row: Contact, person: Person) -> Judged:
    """What becomes of a row whose person a rule of duplicates knows: as `compare`, but no second document."""
    if row.document and person.document not in ("", row.document):
        said = {"name": _shown(person)}
        return Judged(Verdict.ERROR, why=Text("{name} has the same signs, but another document.", said))
    return compare(row, person)


def compare(row: Contact, person: Person, held: Held | None = None) -> Judged:
    """What the row knows more than we do; a different name, company or note stays as it is here, and a company works
    nowhere. `held`: the id of the row is kept; a name that was changed in its program alone is taken."""
    known = {key for normal, kind in person.points.items() for key in Point(kind, "", normal).keys}
    points = tuple(p for p in row.points if not known.intersection(p.keys))
    works_here = person.kind != PartyKind.ORGANIZATION
    company = row.company if works_here and not person.company else ""
    same_company = not row.company or not person.company or fold(row.company) == fold(person.company)
    role = row.role if not person.role and same_company and (person.company or company) else ""
    notes = row.notes if not person.notes else ""
    document = row.document if not person.document else ""
    at_work = works_here and same_company and row.company and not person.company_document
    works = row.company_document if at_work else ""
    address = _more(row.address, person.address)
    renamed = held is not None and person.editable and _renamed(row, person, held)
    fresh = row.foreign if held is None or renamed else None
    owner = row.owner if person.owner is None and person.editable else None
    own = beyond(row.own, person.own) if row.own else ()
    added = points or company or role or notes or document or works or address or fresh or owner or own
    verdict = Verdict.UPDATE if added else Verdict.DUPLICATE
    why = None
    if not renamed and not _named_alike(row, person):
        why = Text("known as {name}, which stays", {"name": person.name})
    more = (document, works, address, row.name if renamed else "", fresh, owner, own)
    return Judged(verdict, person, points, company, role, notes, why, *more)


def _renamed(row: Contact, person: Person, held: Held) -> bool:
    return foreign.change(held.said.get("name"), row.name, person.name) is Change.TAKEN


def _more(row: Postal | None, known: Postal | None) -> Postal | None:
    """What an address says beyond the one that is known: only if it is no other."""
    if row is None or known is None:
        return row
    pairs = list(zip(row, known, strict=True))
    if any(new and old and fold(new) != fold(old) for new, old in pairs):
        return None
    found = Postal(*(None if old else new for new, old in pairs))
    return found if any(found) else None


def learn(row: Contact, judged: Judged, facts: Facts, number: int) -> None:
    """What the rows that follow find, once this one (the `number`-th) is done: its person, or what it added."""
    if judged.verdict is Verdict.NEW:
        person = Person(-1 - number, "", row.name, row.notes, row.company, row.role if row.company else "")
        person.kind = row.kind
    elif judged.verdict is Verdict.UPDATE and judged.person is not None:
        person = judged.person
        person.company = person.company or judged.company
        person.role = person.role or judged.role
        person.notes = person.notes or judged.notes
        person.name = judged.name or person.name
        person.owner = judged.owner.id if judged.owner is not None else person.owner
    else:
        return
    person.document = person.document or judged.document
    person.company_document = person.company_document or judged.company_document
    if judged.address is not None:
        known = person.address or Postal(None, None, None, None)
        person.address = Postal(*(old or new for old, new in zip(known, judged.address, strict=True)))
    if judged.own:
        person.own = learnt(person.own, judged.own)
    person.points |= {point.normalized: point.kind for point in judged.points}
    if judged.foreign is not None:
        facts.by_foreign[judged.foreign] = Held(person.id, {"name": row.name})
        person.sources = tuple({*person.sources, judged.foreign.source})
    facts.know(person)


@dataclass(slots=True)
class Planned:
    """One row of the preview."""

    contact: Contact
    judged: Judged
    unmet_at: str | None = None
    """Somebody new of whom nothing is known, neither here nor in a row before: as of the event of this digest.
    (decision 0026)"""

    @property
    def wanted(self) -> bool:
        """Whether there is anything to write."""
        return self.judged.verdict in (Verdict.NEW, Verdict.UPDATE)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; `rows` in the file's order."""

    rows: tuple[Planned, ...]
    counts: Mapping[Verdict, int]

    @property
    def errors(self) -> list[tuple[int, Text]]:
        """Line and reason of each row that cannot be taken in."""
        return [
            (r.contact.line, r.judged.why)
            for r in self.rows
            if r.judged.verdict is Verdict.ERROR and r.judged.why is not None
        ]

    @property
    def notices(self) -> list[tuple[int, Text]]:
        """Line and what differs of rows that are taken in all the same."""
        return [
            (r.contact.line, r.judged.why)
            for r in self.rows
            if r.judged.verdict is not Verdict.ERROR and r.judged.why is not None
        ]

    @property
    def doubts(self) -> list[tuple[int, Text]]:
        """Line and what to look at of rows that write something: a number that is not whole, no address."""
        return [(r.contact.line, doubt) for r in self.wanted for doubt in r.contact.doubts]

    @property
    def wanted(self) -> list[Planned]:
        """The rows that write something."""
        return [row for row in self.rows if row.wanted]


class Ruling(Protocol):
    """What the rules of duplicates say of a row that would be somebody new, and what they learn of each."""

    @property
    def named(self) -> bool: ...
    def __call__(self, row: Contact, judged: Judged) -> tuple[Contact, Judged]: ...
    def learn(self, row: Contact, judged: Judged, number: int) -> None: ...


def _unmet(row: Contact, judged: Judged, ruled: Ruling | None, companies: set[str]) -> bool:
    """Whether the row is a person's of whom nothing at all is known. Organisations, which other rows make too, and
    documents are asked of row by row. `companies`: those of the rows before; takes up this row's."""
    if row.company:
        companies.add(fold(row.company))
    if judged.verdict is not Verdict.NEW or row.kind is not PartyKind.PERSON:
        return False
    if row.document or row.company_document or row.address is not None:
        return False
    named = ruled is None or ruled.named
    return bool(row.sure_keys) and not (named and fold(row.name) in companies)


def preview(
    rows: Iterable[Row | Contact], facts: Facts, ruled: Ruling | None = None, at: str | None = None
) -> Preview:
    """Judge every row in order; two rows of one file about one person see each other.

    A row may be a Contact already (who is known was looked up by it). `at`: the last event's digest when nothing was
    asked yet.
    """
    planned = []
    companies: set[str] = set()
    counts = dict.fromkeys(Verdict, 0)
    for number, row in enumerate(rows):
        if not isinstance(row, Contact) and row.errors:
            empty = Contact(row.line, row.name, "", "", (), "")
            found = Planned(empty, Judged(Verdict.ERROR, why=row.errors[0]))
        else:
            one = row if isinstance(row, Contact) else contact(row)
            judged, told = judge(one, facts), one.doubts
            if ruled is not None:
                one, judged = ruled(one, judged)
                ruled.learn(one, judged, number)
            found = Planned(one, judged)
            if at is not None and one.doubts is told and _unmet(one, judged, ruled, companies):
                found.unmet_at = at
            learn(one, judged, facts, number)
        counts[found.judged.verdict] += 1
        planned.append(found)
    return Preview(tuple(planned), counts)
