"""People and organisations: kinds and the rows that screens show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


class ContactKind(StrEnum):
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class PartyHit:
    """One answer of a search over people. `document` without mask, `phone` E.164."""

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
    due_on: str | None
    start_at: str | None
    internal_on: str | None
