"""A row of a file of people in the forms that are compared and stored. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from crm_tui.domain import identity
from crm_tui.domain.foreign import Foreign
from crm_tui.domain.form import Question, Value
from crm_tui.domain.party import ContactKind, PartyKind, Postal
from crm_tui.domain.phone import PhoneKind, phone_keys
from crm_tui.domain.text import digits, one_line
from crm_tui.i18n import Text

_CNPJ: Final = 14
"""Signs of a CNPJ without mask."""


class Row(Protocol):
    """A row as a reader of files gives it (`connectors.contacts.ContactRecord`)."""

    @property
    def line(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def company(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def phones(self) -> tuple[tuple[ContactKind, str], ...]: ...
    @property
    def emails(self) -> tuple[str, ...]: ...
    @property
    def notes(self) -> str: ...
    @property
    def errors(self) -> tuple[Text, ...]: ...
    @property
    def warnings(self) -> tuple[Text, ...]: ...
    @property
    def document(self) -> str: ...
    @property
    def company_document(self) -> str: ...
    @property
    def address(self) -> Postal | None: ...
    @property
    def foreign(self) -> Foreign | None: ...
    @property
    def organization(self) -> bool: ...
    @property
    def owner(self) -> str: ...
    @property
    def own(self) -> tuple[tuple[str, str], ...]: ...


class Owner(NamedTuple):
    """An operator who is to have somebody."""

    id: int
    login: str


class Own(NamedTuple):
    """An answer to a field of one's own of people, with the form that asks it. (M48)"""

    form: int
    question: Question
    value: Value


@dataclass(slots=True)
class Point:
    """A phone or e-mail of a row. `sure`: it is a whole number or address and may name a person; `shared`: a
    landline, which a company's people have in common."""

    kind: str
    value: str
    normalized: str
    sure: bool = True
    shared: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The forms under which it may be known: a mobile with and without its ninth digit."""
        return (self.normalized,) if self.kind == ContactKind.EMAIL else phone_keys(self.normalized)


@dataclass(slots=True)
class Contact:
    """A row in the forms that are compared and stored; `name` is never empty. `doubts`: what to look at. The documents
    are without mask. `foreign` is by what the program of the file knows it. `own` stands in the order of its forms."""

    line: int
    name: str
    company: str
    role: str
    points: tuple[Point, ...]
    notes: str
    doubts: tuple[Text, ...] = ()
    document: str = ""
    company_document: str = ""
    address: Postal | None = None
    foreign: Foreign | None = None
    organization: bool = False
    owner: Owner | None = None
    own: tuple[Own, ...] = ()

    @property
    def kind(self) -> PartyKind:
        """A CNPJ is a company's, and so is a row that names a company alone."""
        firm = self.organization or len(self.document) == _CNPJ
        return PartyKind.ORGANIZATION if firm else PartyKind.PERSON

    @property
    def sure_keys(self) -> list[str]:
        return [key for point in self.points if point.sure for key in point.keys]


def contact(row: Row) -> Contact:
    """A row in the forms that are compared; without a name it is called by its first e-mail or phone."""
    return as_contact(
        row.line,
        row.name,
        row.company,
        row.title,
        [(k.value, v) for k, v in row.phones],
        row.emails,
        row.notes,
        row.warnings,
        row.document,
        row.company_document,
        row.address,
        row.foreign,
        row.organization,
    )


def as_contact(
    line: int,
    name: str,
    company: str,
    role: str,
    phones: Iterable[tuple[str, str]],
    emails: Iterable[str],
    notes: str,
    doubts: tuple[Text, ...] = (),
    document: str = "",
    company_document: str = "",
    address: Postal | None = None,
    foreign: Foreign | None = None,
    organization: bool = False,
    owner: Owner | None = None,
    own: tuple[Own, ...] = (),
) -> Contact:
    """As `contact`, from the parts; a role without a company goes into the notes."""
    points: dict[str, Point] = {}
    for value in emails:
        mail = identity.email(value)
        normal = mail or one_line(value).lower()
        points.setdefault(normal, Point(ContactKind.EMAIL.value, one_line(value), normal, mail is not None))
    for kind, value in phones:
        number = identity.phone(value)
        if number is None:
            normal = digits(value)
            points.setdefault(normal, Point(kind, one_line(value), normal, sure=False))
        else:
            shared = number.kind in (PhoneKind.LANDLINE, PhoneKind.NATIONWIDE)
            points.setdefault(number.e164, Point(kind, one_line(value), number.e164, shared=shared))
    called = one_line(name) or next((p.value for p in points.values()), "")
    found = tuple(p for p in points.values() if p.normalized)
    works, does = one_line(company), one_line(role)
    told = notes.strip() if works else "\n".join(filter(None, (does, notes.strip())))
    more = (document, company_document, address, foreign, organization, owner, own)
    return Contact(line, called, works, does if works else "", found, told, doubts, *more)
