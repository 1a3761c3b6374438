"""The people and companies of the hand-made cards: `data/demo/parties.csv` and `people.csv`.

Each enters the file when its first card is opened; whoever has no card enters with the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from random import Random

from crm_tui.domain import identity
from crm_tui.domain.events.party import PartyAdded
from crm_tui.domain.party import ContactKind, Lifecycle, PartyKind, party_code
from crm_tui.domain.taxid import with_check_digits
from crm_tui.store.demo.book import Batch, Book
from crm_tui.store.demo.files import lines
from crm_tui.store.demo.life import inserted
from crm_tui.store.rows import Image
from crm_tui.store.tables import ContactPoint, Party, PartyRelation

_TITLES = ("dr.", "dra.", "eng.")


def called(name: str) -> str:
    """What one calls a person: `Marina`, `Dra. Helena`."""
    first, _, rest = name.partition(" ")
    return f"{first} {rest.partition(' ')[0]}" if first.lower() in _TITLES else first


def cnpj(rng: Random) -> str:
    """A valid CNPJ, without mask: a company's first establishment."""
    return with_check_digits(f"{rng.randrange(1_000_000, 60_000_000):08d}0001", 9)


def add(
    book: Book,
    batch: Batch,
    *,
    name: str,
    kind: PartyKind,
    phones: Sequence[str],
    email: str,
    document: str = "",
    lifecycle: str = Lifecycle.PROSPECT,
    preferences: str = "",
    source: str | None = None,
    works_at: tuple[int, str] | None = None,
) -> int:
    """Add a person or company with its contact points and event; `works_at` is (organisation, role). Its id."""
    number = identity.tax_id(document) if document else None
    party_id = book.take_id(Party)
    party = book.blank(
        Party,
        id=party_id,
        code=party_code(party_id),
        kind=kind,
        name=name,
        document=number.number if number else None,
        document_kind=number.kind if number else None,
        lifecycle=lifecycle,
        owner_id=batch.actor_id,
        preferences=preferences or None,
        created_at=batch.stamp,
    )
    book.keep(Party, party)
    images: list[Image] = [inserted(Party, party)]
    for kind_of, value, normalized, is_primary in _points(phones, email):
        point = book.blank(
            ContactPoint,
            party_id=party_id,
            kind=kind_of,
            value=value,
            normalized=normalized,
            is_primary=is_primary,
        )
        book.keep(ContactPoint, point)
        images.append(inserted(ContactPoint, point))
    if works_at is not None:
        relation = book.blank(
            PartyRelation,
            organization_id=works_at[0],
            person_id=party_id,
            role=works_at[1] or None,
        )
        book.keep(PartyRelation, relation)
        images.append(inserted(PartyRelation, relation))
    book.tell(batch, PartyAdded(entity_id=party_id, party_id=party_id, name=name, source=source), images)
    return party_id


def _points(phones: Iterable[str], email: str) -> Iterable[tuple[str, str, str, bool]]:
    first = True
    for typed in phones:
        number = identity.phone(typed) if typed else None
        if number is not None:
            kind = ContactKind.MOBILE if number.kind == "mobile" else ContactKind.PHONE
            yield kind.value, typed, number.e164, first
            first = False
    address = identity.email(email) if email else None
    if address is not None:
        yield ContactKind.EMAIL.value, email, address, True


class Directory:
    """Who is known so far, by the key that the stories use."""

    def __init__(self, rng: Random) -> None:
        self._lines = {line["key"]: line for line in lines("parties")}
        self._people = lines("people")
        self._rng = rng
        self._known: dict[str, tuple[int, int | None, str]] = {}

    def __len__(self) -> int:
        """How many people and companies the files name."""
        return sum(2 if line["contact"] else 1 for line in self._lines.values()) + len(self._people)

    def take(self, key: str, at: datetime, actor_id: int | None, book: Book) -> tuple[int, int | None, str]:
        """The party, its contact (None: it is the person itself) and what one calls who answers."""
        if key not in self._known:
            self._known[key] = self._add(self._lines[key], book, book.batch(at, actor_id))
        return self._known[key]

    def party_id(self, key: str) -> int:
        """The party of a key that was taken."""
        return self._known[key][0]

    def contact_id(self, key: str) -> int:
        """Whom one talks to at a party that was taken."""
        party, contact, _ = self._known[key]
        return contact if contact is not None else party

    def add_rest(self, at: datetime, actor_id: int | None, book: Book) -> None:
        """Add whoever had no card, and the people beside the contacts."""
        for key in self._lines:
            self.take(key, at, actor_id, book)
        for line in self._people:
            add(
                book,
                book.batch(at, actor_id),
                name=line["name"],
                kind=PartyKind(line["kind"]),
                phones=(line["mobile"], line["landline"]),
                email=line["email"],
                document=line["document"],
                works_at=(self.party_id(line["company"]), line["role"]) if line["company"] else None,
            )

    def _add(self, line: dict[str, str], book: Book, batch: Batch) -> tuple[int, int | None, str]:
        if not line["contact"]:
            phones = (line["mobile"], line["landline"])
            person = add(
                book, batch, name=line["name"], kind=PartyKind.PERSON, phones=phones, email=line["email"]
            )
            return person, None, called(line["name"])
        org = add(
            book,
            batch,
            name=line["name"],
            kind=PartyKind.ORGANIZATION,
            phones=(line["landline"],),
            email="",
            document=line["document"] or cnpj(self._rng),
            lifecycle=line["lifecycle"],
            preferences=line["preferences"],
        )
        contact = add(
            book,
            batch,
            name=line["contact"],
            kind=PartyKind.PERSON,
            phones=(line["mobile"],),
            email=line["email"],
            lifecycle=line["lifecycle"],
            works_at=(org, line["role"]),
        )
        return org, contact, called(line["contact"])
