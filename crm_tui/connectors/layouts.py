"""Whose contacts file is this? Layouts recognised from the header, as data.

A layout is a signature (columns that must be there) and what each column means. A new source of contacts
is one more `Layout` here. Knows nothing of files and rows, and does not judge values.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crm_tui.domain.party import ContactKind
from crm_tui.domain.text import fold


class Part(StrEnum):
    """What a column of a contacts file holds, phones and e-mails apart."""

    NAME = "name"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    SUFFIX = "suffix"
    ALIAS = "alias"
    COMPANY = "company"
    TITLE = "title"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class PhoneColumn:
    """Where a phone stands, the kind its heading says, and the column that labels it, if there is one."""

    column: int
    kind: ContactKind
    label: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """A header understood: for each part its columns, best first; all as zero-based positions."""

    layout: str
    parts: Mapping[Part, tuple[int, ...]]
    phones: tuple[PhoneColumn, ...]
    emails: tuple[int, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A source whose headings are fixed; `signature` and `parts` are headings as `heading` writes them."""

    name: str
    signature: frozenset[str]
    parts: Mapping[str, Part]
    phones: Mapping[str, ContactKind]
    emails: frozenset[str]
    numbered: bool = False


_GOOGLE_NEW = Layout(
    "Google Contacts (2024)",
    frozenset({"first name", "last name", "organization name", "labels"}),
    {
        "first name": Part.GIVEN,
        "middle name": Part.MIDDLE,
        "last name": Part.FAMILY,
        "name suffix": Part.SUFFIX,
        "file as": Part.ALIAS,
        "nickname": Part.ALIAS,
        "organization name": Part.COMPANY,
        "organization title": Part.TITLE,
        "notes": Part.NOTES,
    },
    {},
    frozenset(),
    numbered=True,
)
_GOOGLE_OLD = Layout(
    "Google Contacts",
    frozenset({"name", "given name", "family name", "group membership"}),
    {
        "name": Part.NAME,
        "given name": Part.GIVEN,
        "additional name": Part.MIDDLE,
        "family name": Part.FAMILY,
        "name suffix": Part.SUFFIX,
        "nickname": Part.ALIAS,
        "organization 1 name": Part.COMPANY,
        "organization 1 title": Part.TITLE,
        "notes": Part.NOTES,
    },
    {},
    frozenset(),
    numbered=True,
)
_HUBSPOT = Layout(
    "HubSpot",
    frozenset({"record id", "first name", "last name"}),
    {
        "first name": Part.GIVEN,
        "last name": Part.FAMILY,
        "company name": Part.COMPANY,
        "associated company": Part.COMPANY,
        "job title": Part.TITLE,
    },
    {"phone number": ContactKind.PHONE, "mobile phone number": ContactKind.MOBILE},
    frozenset({"email"}),
)
_OUTLOOK = Layout(
    "Outlook",
    frozenset({"first name", "last name", "business phone", "e mail address"}),
    {
        "first name": Part.GIVEN,
        "middle name": Part.MIDDLE,
        "last name": Part.FAMILY,
        "suffix": Part.SUFFIX,
        "company": Part.COMPANY,
        "job title": Part.TITLE,
        "notes": Part.NOTES,
    },
    {
        "primary phone": ContactKind.PHONE,
        "mobile phone": ContactKind.MOBILE,
        "business phone": ContactKind.PHONE,
        "business phone 2": ContactKind.PHONE,
        "company main phone": ContactKind.PHONE,
        "home phone": ContactKind.PHONE,
        "home phone 2": ContactKind.PHONE,
        "other phone": ContactKind.PHONE,
    },
    frozenset({"e mail address", "e mail 2 address", "e mail 3 address"}),
)
LAYOUTS = (_GOOGLE_NEW, _GOOGLE_OLD, _HUBSPOT, _OUTLOOK)
"""Tried in this order, before the plain sheet."""

PLAIN = "plain"
"""The layout name of a sheet that somebody headed by hand."""

_PLAIN_PARTS: Mapping[Part, str] = {
    Part.NAME: "nome|nome completo|nome do contato|contato|cliente|"
    "name|full name|contact|contact name|customer",
    Part.GIVEN: "primeiro nome|first name|given name",
    Part.MIDDLE: "nome do meio|middle name",
    Part.FAMILY: "sobrenome|ultimo nome|last name|family name|surname",
    Part.ALIAS: "apelido|nickname",
    Part.COMPANY: "empresa|nome da empresa|organizacao|razao social|"
    "company|company name|organization|organisation",
    Part.TITLE: "cargo|funcao|job title|title|position|role",
    Part.NOTES: "notas|nota|observacoes|observacao|obs|anotacoes|comentarios|notes|note|comments|remarks",
}
_PLAIN = {name: part for part, names in _PLAIN_PARTS.items() for name in names.split("|")}
_PHONE_WORDS = {
    ContactKind.WHATSAPP: frozenset(["whatsapp", "whats", "wpp", "zap"]),
    ContactKind.MOBILE: frozenset(["celular", "cel", "movel", "mobile", "cellphone", "cell"]),
    ContactKind.PHONE: frozenset(["telefone", "tel", "fone", "phone", "telephone"]),
}
_EMAIL_WORDS = frozenset({"email", "mail", "e"})
_QUALIFIER = re.compile(
    "de|do|da|comercial|residencial|pessoal|trabalho|casa|fixo|principal|outros?|alternativo|contato|recado|"
    "corporativo|numero|endereco|work|home|business|personal|main|other|primary|secondary|number|address"
)
_NUMBERED = re.compile(r"(phone|e mail) (\d{1,3}) (value|label|type)")
_TRAILING_NUMBER = re.compile(r" ?\d{1,2}$")


def heading(cell: str) -> str:
    """A heading without accents, case and punctuation: `E-mail 1 - Value` is `e mail 1 value`."""
    return " ".join(re.findall(r"[^\W_]+", fold(cell)))


def phone_kind(label: str) -> ContactKind | None:
    """The kind that words like `Celular (recado)` or `* Mobile` name; None if they name no phone."""
    words = set(heading(label).split())
    for kind, names in _PHONE_WORDS.items():
        if words & names:
            return kind
    return None


def recognise(header: Sequence[str]) -> Columns | None:
    """What the columns of this header mean, or None if it is no layout that we know."""
    headings = [heading(cell) for cell in header]
    for layout in LAYOUTS:
        if layout.signature <= set(headings):
            return _fixed(layout, headings)
    return _plain(headings)


def _fixed(layout: Layout, headings: Sequence[str]) -> Columns:
    parts: dict[Part, list[int]] = defaultdict(list)
    for name, part in layout.parts.items():  # the layout's order, so that the best alias comes first
        parts[part] += [i for i, h in enumerate(headings) if h == name]
    phones = [PhoneColumn(i, layout.phones[h]) for i, h in enumerate(headings) if h in layout.phones]
    emails = [i for i, h in enumerate(headings) if h in layout.emails]
    if layout.numbered:
        groups = {h: i for i, h in enumerate(headings) if _NUMBERED.fullmatch(h)}
        for name, column in groups.items():
            base, _, what = name.rpartition(" ")
            if what == "value" and base.startswith("phone"):
                label = groups.get(f"{base} label", groups.get(f"{base} type"))
                phones.append(PhoneColumn(column, ContactKind.PHONE, label))
            elif what == "value":
                emails.append(column)
    return _columns(layout.name, parts, phones, emails)


def _plain(headings: Sequence[str]) -> Columns | None:
    parts: dict[Part, list[int]] = defaultdict(list)
    phones: list[PhoneColumn] = []
    emails: list[int] = []
    for i, text in enumerate(headings):
        name = _TRAILING_NUMBER.sub("", text)
        words = frozenset(word for word in name.split() if not _QUALIFIER.fullmatch(word))
        if name in _PLAIN:
            parts[_PLAIN[name]].append(i)
        elif words and words <= _EMAIL_WORDS and words != {"e"}:
            emails.append(i)
        elif words and words <= frozenset().union(*_PHONE_WORDS.values()):
            phones.append(PhoneColumn(i, phone_kind(name) or ContactKind.PHONE))
    if parts[Part.FAMILY] and not parts[Part.GIVEN]:  # `Nome` beside `Sobrenome` is the first name
        parts[Part.GIVEN] = parts.pop(Part.NAME, [])
    found = _columns(PLAIN, parts, phones, emails)
    telling = phones or emails or parts.get(Part.NAME) or parts.get(Part.GIVEN)
    filled = sum(1 for h in headings if h)
    return found if telling and (found.known >= 2 or found.known == filled) else None


def _columns(
    layout: str, parts: Mapping[Part, Sequence[int]], phones: Sequence[PhoneColumn], emails: Sequence[int]
) -> Columns:
    filled = {part: tuple(columns) for part, columns in parts.items() if columns}
    known = sum(map(len, filled.values())) + len(phones) + len(emails)
    return Columns(layout, filled, tuple(phones), tuple(emails), known)
