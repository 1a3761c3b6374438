"""Whose contacts file is this? Layouts recognised from the header, as data.

A layout is a signature (columns that must be there) and what each column means. A new source of contacts
is one more `Layout` here. Knows nothing of files and rows, and does not judge values.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm_tui.connectors import addresses
from crm_tui.connectors.parts import Default, Part
from crm_tui.domain.import_guess import may_name
from crm_tui.domain.party import ContactKind
from crm_tui.domain.text import fold


@dataclass(frozen=True, slots=True)
class PhoneColumn:
    """Where a phone stands, the kind its heading says, and the column that labels it, if there is one."""

    column: int
    kind: ContactKind
    label: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """A header understood: for each part its columns, best first; all as zero-based positions. `defaults` stand behind
    the columns of the file (see `mapped`). `places` are the addresses, the one that is wanted first."""

    layout: str
    parts: Mapping[Part, tuple[int, ...]]
    phones: tuple[PhoneColumn, ...]
    emails: tuple[int, ...]
    known: int
    defaults: tuple[Default, ...] = ()
    places: tuple[addresses.Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A source whose headings are fixed, in one language or several mixed, all as `heading` writes them.

    `signature`: of each group one heading must be there. `loose`: what is called a phone or an e-mail is one, beside
    `phones` and `emails`.
    """

    name: str
    signature: tuple[frozenset[str], ...]
    parts: Mapping[str, Part]
    phones: Mapping[str, ContactKind]
    emails: frozenset[str]
    numbered: bool = False
    loose: bool = False


def _all(*names: str) -> tuple[frozenset[str], ...]:
    """A signature; each of its groups is `one|or another`."""
    return tuple(frozenset(each.split("|")) for each in names)


def _said(parts: Mapping[Part, str]) -> Mapping[str, Part]:
    """The headings of each part, `one|or another`, the best first."""
    return {name: part for part, names in parts.items() for name in names.split("|")}


_GIVEN = "first name|primeiro nome|nome"
_FAMILY = "last name|sobrenome|ultimo nome"


_GOOGLE_NEW = Layout(
    "Google Contacts (2024)",
    _all("first name", "last name", "organization name", "labels"),
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
    _all("name", "given name", "family name", "group membership"),
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
    _all("record id|id do registro|id do objeto", _GIVEN, _FAMILY),
    _said(
        {
            Part.ID: "record id|id do registro|id do objeto",
            Part.GIVEN: _GIVEN,
            Part.FAMILY: _FAMILY,
            Part.COMPANY: "company name|nome da empresa|associated company|empresa associada|"
            "empresa principal associada",
            Part.TITLE: "job title|cargo",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_OUTLOOK = Layout(
    "Outlook",
    _all(
        _GIVEN,
        _FAMILY,
        "business phone|telefone comercial",
        "e mail address|email address|endereco de email|endereco de e mail",
    ),
    _said(
        {
            Part.GIVEN: _GIVEN,
            Part.MIDDLE: "middle name|segundo nome|nome do meio",
            Part.FAMILY: _FAMILY,
            Part.SUFFIX: "suffix|sufixo",
            Part.COMPANY: "company|empresa",
            Part.TITLE: "job title|cargo",
            Part.NOTES: "notes|anotacoes|observacoes",
        }
    ),
    {
        "primary phone": ContactKind.PHONE,
        "telefone principal": ContactKind.PHONE,
        "mobile phone": ContactKind.MOBILE,
        "telefone celular": ContactKind.MOBILE,
        "celular": ContactKind.MOBILE,
        "business phone": ContactKind.PHONE,
        "telefone comercial": ContactKind.PHONE,
        "business phone 2": ContactKind.PHONE,
        "telefone comercial 2": ContactKind.PHONE,
        "company main phone": ContactKind.PHONE,
        "telefone principal da empresa": ContactKind.PHONE,
        "home phone": ContactKind.PHONE,
        "telefone residencial": ContactKind.PHONE,
        "home phone 2": ContactKind.PHONE,
        "telefone residencial 2": ContactKind.PHONE,
        "other phone": ContactKind.PHONE,
        "outro telefone": ContactKind.PHONE,
    },
    frozenset(
        {"e mail address", "e mail 2 address", "e mail 3 address", "email address"}
        | {f"endereco de {mail}{n}" for mail in ("email", "e mail") for n in ("", " 2", " 3")}
        | {f"endereco de {mail} {n}" for mail in ("email", "e mail") for n in (2, 3)}
        | {f"endereco do {mail} {n}" for mail in ("email", "e mail") for n in (2, 3)}
    ),
)
_RD_STATION = Layout(
    "RD Station",
    _all(
        "nome|nome do contato",
        "email|e mail",
        "estagio no funil|lead scoring perfil|lead scoring interesse|data da primeira conversao|primeira conversao|"
        "evento da primeira conversao|evento da ultima conversao|url publica",
    ),
    _said(
        {
            Part.ID: "uuid|id do lead|lead id",
            Part.NAME: "nome|nome do contato",
            Part.COMPANY: "empresa|nome da empresa",
            Part.TITLE: "cargo",
            Part.NOTES: "anotacoes|notas|bio",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_KOMMO = Layout(
    "Kommo",
    _all(
        "full name|nome completo|nome do contato|contact name",
        "responsible user|contact s responsible user|contact responsible user|usuario responsavel|"
        "usuario responsavel pelo contato|responsavel|responsible",
        "created at|date created|data de criacao|criado em|created by|criado por",
    ),
    _said(
        {
            Part.ID: "id|contact id|id do contato",
            Part.NAME: "full name|nome completo|nome do contato|contact name",
            Part.COMPANY: "company name|company|contact s company|nome da empresa|empresa",
            Part.TITLE: "position|position contact|posicao|posicao contato|cargo",
            Part.NOTES: "note 1|note 2|note 3|note 4|note 5|nota 1|nota 2|nota 3|nota 4|nota 5|nota",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_PIPEDRIVE = Layout(
    "Pipedrive",
    _all("pessoa nome|person name"),
    _said(
        {
            Part.ID: "pessoa id|person id",
            Part.NAME: "pessoa nome|person name",
            Part.COMPANY: "pessoa organizacao|person organization|organizacao nome|organization name|"
            "pessoa nome da organizacao",
            Part.TITLE: "pessoa cargo|person job title",
            Part.NOTES: "pessoa notas|person notes",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_SALESFORCE = Layout(
    "Salesforce",
    _all(_GIVEN, _FAMILY, "account name|nome da conta"),
    _said(
        {
            Part.ID: "contact id|id do contato|lead id|id do lead",
            Part.GIVEN: _GIVEN,
            Part.FAMILY: _FAMILY,
            Part.COMPANY: "account name|nome da conta",
            Part.TITLE: "title|titulo|cargo",
            Part.NOTES: "description|descricao|contact description|descricao do contato",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
LAYOUTS = (_GOOGLE_NEW, _GOOGLE_OLD, _HUBSPOT, _OUTLOOK, _PIPEDRIVE, _SALESFORCE, _RD_STATION, _KOMMO)
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
    Part.AREA: "ddd|codigo de area|area code",
    Part.NOTES: "notas|nota|observacoes|observacao|obs|anotacoes|comentarios|notes|note|comments|remarks",
}
_PLAIN = _said(_PLAIN_PARTS)
_PHONE_WORDS = {
    ContactKind.WHATSAPP: frozenset(["whatsapp", "whatsapps", "whats", "wpp", "zap"]),
    ContactKind.MOBILE: frozenset(
        ["celular", "celulares", "cel", "movel", "mobile", "mobiles", "cellphone", "cell"]
    ),
    ContactKind.PHONE: frozenset(
        ["telefone", "telefones", "tel", "fone", "fones", "phone", "phones", "telephone"]
    ),
}
_EMAIL_WORDS = frozenset({"email", "emails", "mail", "mails", "e"})
_QUALIFIER = re.compile(
    "de|do|da|comercial|residencial|pessoal|trabalho|casa|fixo|principal|outros?|alternativo|contato|recado|"
    "corporativo|numero|endereco|pessoa|direto|person|contact|direct|"
    "work|home|business|personal|main|other|primary|secondary|number|address"
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


def reached_by(text: str) -> ContactKind | None:
    """What kind of number or address a column of this heading holds; None if it is none."""
    name = _TRAILING_NUMBER.sub("", text)
    words = frozenset(word for word in name.split() if not _QUALIFIER.fullmatch(word))
    if not words:
        return None
    if words <= _EMAIL_WORDS and words != {"e"}:
        return ContactKind.EMAIL
    if words <= frozenset().union(*_PHONE_WORDS.values()):
        return phone_kind(name) or ContactKind.PHONE
    return None


def recognise(header: Sequence[str]) -> Columns | None:
    """What the columns of this header mean, or None if it is no layout that we know."""
    headings = [heading(cell) for cell in header]
    known = set(headings)
    for layout in LAYOUTS:
        if all(group & known for group in layout.signature):
            return _fixed(layout, headings)
    return _plain(headings)


def _fixed(layout: Layout, headings: Sequence[str]) -> Columns:
    parts: dict[Part, list[int]] = defaultdict(list)
    for name, part in layout.parts.items():  # the layout's order, so that the best alias comes first
        parts[part] += [i for i, h in enumerate(headings) if h == name]
    phones = [PhoneColumn(i, layout.phones[h]) for i, h in enumerate(headings) if h in layout.phones]
    emails = [i for i, h in enumerate(headings) if h in layout.emails]
    for i, text in enumerate(headings if layout.loose else ()):
        if text in layout.parts or text in layout.phones or text in layout.emails:
            continue
        reach = reached_by(text)
        if reach is ContactKind.EMAIL:
            emails.append(i)
        elif reach is not None:
            phones.append(PhoneColumn(i, reach))
    if layout.numbered:
        groups = {h: i for i, h in enumerate(headings) if _NUMBERED.fullmatch(h)}
        for name, column in groups.items():
            base, _, what = name.rpartition(" ")
            if what == "value" and base.startswith("phone"):
                label = groups.get(f"{base} label", groups.get(f"{base} type"))
                phones.append(PhoneColumn(column, ContactKind.PHONE, label))
            elif what == "value":
                emails.append(column)
    return _columns(layout.name, parts, phones, emails, headings)


def _plain(headings: Sequence[str]) -> Columns | None:
    parts: dict[Part, list[int]] = defaultdict(list)
    phones: list[PhoneColumn] = []
    emails: list[int] = []
    others: list[str] = []
    for i, text in enumerate(headings):
        name, reach = _TRAILING_NUMBER.sub("", text), reached_by(text)
        if name in _PLAIN:
            parts[_PLAIN[name]].append(i)
        elif reach is ContactKind.EMAIL:
            emails.append(i)
        elif reach is not None:
            phones.append(PhoneColumn(i, reach))
        else:
            others.append(text)
    if parts[Part.FAMILY] and not parts[Part.GIVEN]:  # `Nome` beside `Sobrenome` is the first name
        parts[Part.GIVEN] = parts.pop(Part.NAME, [])
    found = _columns(PLAIN, parts, phones, emails, headings)
    filled = sum(1 for h in headings if h)
    if parts.get(Part.NAME) or parts.get(Part.GIVEN):
        return found if found.known >= 2 or found.known == filled else None
    # a name that goes by a heading of its own is not to be passed over: whoever maps the columns says which it is
    if any(map(may_name, others)):
        return None
    return found if (phones or emails) and (found.known * 2 > filled or Part.COMPANY in parts) else None


def _columns(
    layout: str,
    parts: Mapping[Part, Sequence[int]],
    phones: Sequence[PhoneColumn],
    emails: Sequence[int],
    headings: Sequence[str],
) -> Columns:
    filled = {part: tuple(columns) for part, columns in parts.items() if columns}
    taken = {
        *emails,
        *(phone.column for phone in phones),
        *(i for columns in filled.values() for i in columns),
    }
    tax = tuple(i for i, text in enumerate(headings) if i not in taken and addresses.is_document(text))
    if tax:
        filled[Part.DOCUMENT] = tax
    places = addresses.places(headings, taken | {*tax})
    known = len(taken) + len(tax) + sum(len(columns) for place in places for columns in place.values())
    return Columns(layout, filled, tuple(phones), tuple(emails), known, places=places)
