"""People and organisations: kinds and the rows that screens show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.domain.text import digits, one_line, words_of
from crm_tui.i18n import C_

if TYPE_CHECKING:
    from crm_tui.domain.consent import ConsentRow


def party_code(party_id: int) -> str:
    """The code by which people and programs call a party: `PE-00123`."""
    return f"PE-{party_id:05d}"


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"


class DocumentKind(StrEnum):
    CPF = "cpf"
    CNPJ = "cnpj"
    FOREIGN = "foreign"


class Lifecycle(StrEnum):
    PROSPECT = "prospect"
    CUSTOMER = "customer"
    FORMER = "former"


LIFECYCLE_NAMES: Final = {
    "prospect": C_("exported", "Prospect"),
    "customer": C_("exported", "Customer"),
    "former": C_("exported", "Former customer"),
}
"""What one person is called by it, in lists and files."""


def gained_by_winning(lifecycle: str) -> bool:
    """Whether a won card makes a customer of this person: a prospect, or a former one who buys again. (MODEL.md §4)"""
    return lifecycle != Lifecycle.CUSTOMER


class ContactKind(StrEnum):
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    SITE = "site"


CEP = 8
"""Figures of a Brazilian postcode."""


class PartyHit(NamedTuple):
    """One answer of a search over people. `document` without mask, `phone` E.164, `start_at` aware.

    The dates are those of the open card that is due first.
    """

    id: int
    code: str
    kind: str
    name: str
    company: str | None
    role: str | None
    document: str | None
    phone: str | None
    email: str | None
    open_cards: int
    due_on: date | None
    start_at: datetime | None
    internal_on: date | None
    lifecycle: str = Lifecycle.PROSPECT
    owner: str | None = None
    created_at: datetime | None = None
    no_calls: bool = False
    """That none of their numbers may be called: `phone` is one that is not wished."""
    own: tuple[tuple[str, str], ...] = ()
    """The fields of one's own that a list shows, by the keys of its columns, as they are told."""

    def state(self, now: datetime, zone: tzinfo) -> DueState | None:
        """The state of the open card that is due first; None: no card is open."""
        if not self.open_cards:
            return None
        return due_state(DueFacts(False, self.due_on, self.start_at, self.internal_on), now, zone)


class Point(NamedTuple):
    """A way to reach somebody: `normalized` is E.164 or the address."""

    id: int
    kind: str
    value: str
    normalized: str
    is_primary: bool
    opted_out: bool = False
    version: int = 1


class Whose(NamedTuple):
    """Whose something is."""

    id: int
    code: str
    name: str


class Postal(NamedTuple):
    """Where somebody is found; `postcode` as figures where it is Brazilian."""

    street: str | None
    city: str | None
    state: str | None
    postcode: str | None


class PostalAt(NamedTuple):
    """One of somebody's addresses, by its row."""

    id: int
    postal: Postal
    is_primary: bool
    version: int


def same_place(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two addresses (fields of `Postal`) are one, however they are written."""
    return place(one) == place(other)


def place(row: Mapping[str, Any]) -> tuple[str, ...]:
    """By what an address (fields of `Postal`) is known again, however it is written."""
    return tuple(" ".join(words_of(row[name] or "")) for name in Postal._fields)


def postcode(typed: str) -> str | None:
    """A postcode as it is kept: the eight figures of a CEP, another country's as typed (it has letters or a prefix);
    None: it is none."""
    text = one_line(typed).upper()
    figures = digits(text)
    if any(c.isalpha() for c in text):
        return text if figures else None
    return figures if len(figures) == CEP else None


class Related(NamedTuple):
    """A person of an organisation, or an organisation of a person."""

    id: int
    code: str
    name: str
    role: str | None
    phone: str | None = None


class Contact(NamedTuple):
    """A person of an organisation, or an organisation of a person, with what is between them. `main`: whom one speaks
    to first there; `ended_on`: the last day, None while it lasts."""

    relation: int
    version: int
    id: int
    code: str
    name: str
    role: str | None
    phone: str | None
    main: bool
    ended_on: date | None


class Relation(NamedTuple):
    """What is between one person and one organisation."""

    id: int
    person_id: int
    person_code: str
    person: str
    organization_id: int
    organization_code: str
    organization: str
    role: str | None
    main: bool
    ended_on: date | None
    version: int


class PartyDetail(NamedTuple):
    """Everything the person's screen and the briefing say of one party; `created_at` aware."""

    id: int
    code: str
    kind: str
    name: str
    trade_name: str | None
    document: str | None
    document_kind: str | None
    lifecycle: str
    owner_id: int | None
    owner: str | None
    preferences: str | None
    created_at: datetime
    version: int
    points: tuple[Point, ...] = ()
    people: tuple[Related, ...] = ()
    companies: tuple[Related, ...] = ()
    address: Postal | None = None
    class_id: int | None = None
    party_class: str | None = None
    """What the company calls this kind of customer. (M1)"""
    consents: tuple[ConsentRow, ...] = ()
    addresses: tuple[PostalAt, ...] = ()
    """All of them, the main one first: that is `address`."""

    @property
    def withdrawn(self) -> bool:
        """Whether they withdrew that they may be called or written to. (M102)"""
        from crm_tui.domain.consent import withdrawn  # with the first person: the first paint needs none

        return withdrawn(self.consents)


class Found(NamedTuple):
    """The answers of a search: `more` says that there are others beyond those looked at. `by`: the phone or address by
    which somebody was found, where it was by a part of one. `partly`: not everybody was looked at for it."""

    hits: tuple[PartyHit, ...]
    more: bool
    by: Mapping[int, str] = MappingProxyType({})
    partly: bool = False
