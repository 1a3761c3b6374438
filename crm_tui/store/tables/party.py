"""People and organisations: one table, their ways to be reached, and who works where."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.party import ContactKind, DocumentKind, Lifecycle, PartyKind
from crm_tui.store.tables.base import added, civil, instant, one_of, pk, ref, table_args, version


class Party(SQLModel, table=True):
    """A person or an organisation; `name_key` is the folded name, `name_words` its words and the trade name's, both
    written by the row writer."""

    __table_args__ = table_args(
        one_of("kind", PartyKind),
        one_of("document_kind", DocumentKind, nullable=True),
        one_of("lifecycle", Lifecycle),
        sa.UniqueConstraint("code"),
        sa.Index("ix_party_name_key", "name_key", "id"),
        sa.Index("ix_party_document", "document"),
        derived=("name_key", "name_words"),
    )
    id: int | None = pk()
    code: str
    kind: str = PartyKind.PERSON
    name: str
    name_key: str = ""
    trade_name: str | None = None
    document: str | None = None
    document_kind: str | None = None
    lifecycle: str = Lifecycle.PROSPECT
    owner_id: int | None = ref("user.id", index=True)
    preferences: str | None = None
    created_at: datetime = instant(nullable=False)
    merged_into_id: int | None = ref("party.id", index=True)
    deleted_at: datetime | None = instant()
    version: int = version()
    name_words: str = added("")
    class_id: int | None = ref("party_class.id", index=True)


class ContactPoint(SQLModel, table=True):
    """A phone or e-mail. `normalized` is E.164 or the lower-case address; `reversed` its digits backwards."""

    __tablename__ = "contact_point"
    __table_args__ = table_args(
        one_of("kind", ContactKind),
        sa.Index("ix_contact_point_party_id", "party_id", "kind", "digits", "normalized"),
        sa.Index("ix_contact_point_normalized", "normalized"),
        sa.Index("ix_contact_point_digits", "digits"),
        sa.Index("ix_contact_point_reversed", "reversed"),
        derived=("digits", "reversed"),
    )
    id: int | None = pk()
    party_id: int = ref("party.id", nullable=False)
    kind: str
    value: str
    normalized: str
    digits: str | None = None
    reversed: str | None = None
    is_primary: bool = False
    opted_out: bool = False
    version: int = version()


class PartyRelation(SQLModel, table=True):
    """A person who works at (or speaks for) an organisation."""

    __tablename__ = "party_relation"
    __table_args__ = table_args()
    id: int | None = pk()
    organization_id: int = ref("party.id", index=True, nullable=False)
    person_id: int = ref("party.id", index=True, nullable=False)
    role: str | None = None
    is_primary: bool = False
    ended_on: date | None = civil()
    version: int = version()


class PartyClass(SQLModel, table=True):
    """What a company calls its kinds of customer (A, B, C): it belongs to the person and outlives every deal."""

    __tablename__ = "party_class"
    __table_args__ = table_args(sa.UniqueConstraint("name"))
    id: int | None = pk()
    name: str
    position: int = 0
    active: bool = True
    version: int = version()


class Address(SQLModel, table=True):
    """Where somebody is found or billed; `postcode` as digits."""

    __table_args__ = table_args(
        sa.Index("ix_address_city", "city", "party_id"), sa.Index("ix_address_state", "state", "party_id")
    )
    id: int | None = pk()
    party_id: int = ref("party.id", index=True, nullable=False)
    street: str | None = None
    city: str | None = None
    state: str | None = None
    postcode: str | None = None
    is_primary: bool = False
    version: int = version()


class Consent(SQLModel, table=True):
    """For what somebody's data may be used and on what ground of the law, from when and, once revoked, until when."""

    __table_args__ = table_args()
    id: int | None = pk()
    party_id: int = ref("party.id", index=True, nullable=False)
    purpose: str
    basis: str
    granted_at: datetime = instant(nullable=False)
    revoked_at: datetime | None = instant()
    version: int = version()
