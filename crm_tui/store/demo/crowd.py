"""People and companies in any number: names as frequent as they are, numbers and documents that are valid.

They came with the import of the old system, so their events have no row images: nobody can undo that import.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from crm_tui.domain.events.party import PartyAdded
from crm_tui.domain.party import ContactKind, DocumentKind, Lifecycle, PartyKind, party_code
from crm_tui.domain.taxid import with_check_digits
from crm_tui.domain.text import fold
from crm_tui.store.demo.book import Batch, Book
from crm_tui.store.demo.files import told
from crm_tui.store.tables import ContactPoint, Party, PartyRelation

SOURCE = "clientes.csv"
_AT_ONCE = 500
"""People that share one batch of the import."""
_CUSTOMERS = 0.3


class Crowd:
    """Adds people and remembers whom cards may be about: companies with the contact who answers there."""

    def __init__(self, book: Book, rng: Random, at: datetime) -> None:
        self._book = book
        self._rng = rng
        self._at = at
        names = told("names")
        self._given: list[str] = names["given"]["names"]
        self._given_weights = list(accumulate(names["given"]["weights"]))
        self._family: list[str] = names["family"]["names"]
        self._family_weights = list(accumulate(names["family"]["weights"]))
        self._company: dict[str, list[str]] = names["company"]
        self._areas: list[int] = names["place"]["areas"]
        self._hosts: list[str] = names["place"]["hosts"]
        self._organizations = array("q")
        self._contacts = array("q")
        self._called = array("H")

    def __len__(self) -> int:
        """How many companies a card may be about."""
        return len(self._organizations)

    def pair(self, place: int) -> tuple[int, int, str]:
        """A company, its contact, and what one calls who answers."""
        place %= len(self._organizations)
        return self._organizations[place], self._contacts[place], self._given[self._called[place]]

    def add(self, count: int, progress: Callable[[int], None]) -> None:
        """Add that many parties: three times in five a company and its contact, else a person; first a company."""
        made = 0
        batch = self._book.batch(self._at, None)
        since = 0
        while made < count:
            if since >= _AT_ONCE:
                self._at += timedelta(seconds=30)
                batch, since = self._book.batch(self._at, None), 0
                progress(made)
            if count - made >= 2 and (not self._organizations or self._rng.random() < 0.6):
                self._pair(batch)
                made, since = made + 2, since + 2
            else:
                self._person(batch, None)
                made, since = made + 1, since + 1

    def _pair(self, batch: Batch) -> None:
        rng = self._rng
        company = self._company
        name = f"{rng.choice(company['trades'])} {rng.choice(company['epithets'])}"
        if rng.random() < 0.5:  # as many are called after a family as after a saint
            name = f"{rng.choice(company['trades'])} {self._surname().title().replace(' De ', ' de ')}"
        host = fold(name).replace(" ", "").replace("&", "")
        organization_id = self._party(
            batch,
            kind=PartyKind.ORGANIZATION,
            name=name + rng.choice(company["forms"]),
            document=with_check_digits(f"{rng.randrange(1_000_000, 60_000_000):08d}0001", 9),
            document_kind=DocumentKind.CNPJ,
        )
        if rng.random() < 0.6:
            self._phone(organization_id, mobile=False)
        contact_id, given = self._person(batch, f"{host[:40]}.com.br")
        relation = self._book.blank(
            PartyRelation,
            organization_id=organization_id,
            person_id=contact_id,
            role=rng.choice(company["roles"]),
            is_primary=True,
        )
        self._book.keep(PartyRelation, relation)
        self._organizations.append(organization_id)
        self._contacts.append(contact_id)
        self._called.append(given)

    def _person(self, batch: Batch, host: str | None) -> tuple[int, int]:
        rng = self._rng
        given = rng.choices(range(len(self._given)), cum_weights=self._given_weights)[0]
        surname = self._surname()
        if rng.random() < 0.4:
            surname = f"{self._surname()} {surname}"
        name = f"{self._given[given]} {surname}"
        document = with_check_digits(f"{rng.randrange(1_000_000, 999_999_999):09d}", 11)
        known = rng.random() < 0.5
        party_id = self._party(
            batch,
            kind=PartyKind.PERSON,
            name=name,
            document=document if known else None,
            document_kind=DocumentKind.CPF if known else None,
        )
        if rng.random() < 0.92:
            self._phone(party_id, mobile=True)
        if rng.random() < 0.75:
            words = fold(name).split()
            address = f"{words[0]}.{words[-1]}{rng.randrange(1, 999)}@{host or rng.choice(self._hosts)}"
            self._point(party_id, ContactKind.EMAIL, address, address)
        return party_id, given

    def _surname(self) -> str:
        return self._rng.choices(self._family, cum_weights=self._family_weights)[0]

    def _party(self, batch: Batch, **columns: Any) -> int:
        party_id = self._book.take_id(Party)
        row = self._book.blank(
            Party,
            id=party_id,
            code=party_code(party_id),
            lifecycle=Lifecycle.CUSTOMER if self._rng.random() < _CUSTOMERS else Lifecycle.PROSPECT,
            created_at=batch.stamp,
            **columns,
        )
        self._book.keep(Party, row)
        self._book.tell(
            batch, PartyAdded(entity_id=party_id, party_id=party_id, name=columns["name"], source=SOURCE)
        )
        return party_id

    def _phone(self, party_id: int, *, mobile: bool) -> None:
        rng = self._rng
        area = rng.choice(self._areas)
        if mobile:
            number = f"9{rng.choice('6789')}{rng.randrange(1_000_000, 9_999_999):07d}"
        else:
            number = f"3{rng.randrange(2_000_000, 9_999_999):07d}"
        kind = ContactKind.MOBILE if mobile else ContactKind.PHONE
        self._point(party_id, kind, f"({area}) {number[:-4]}-{number[-4:]}", f"+55{area}{number}")

    def _point(self, party_id: int, kind: ContactKind, value: str, normalized: str) -> None:
        row = self._book.blank(
            ContactPoint, party_id=party_id, kind=kind, value=value, normalized=normalized, is_primary=True
        )
        self._book.keep(ContactPoint, row)
