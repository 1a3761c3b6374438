"""Whose contacts file is this? Recognised from the header: by the layouts of programs, else by plain words.

Knows nothing of files and rows, and does not judge values.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crm_tui.connectors import addresses
from crm_tui.connectors.own_fields import OwnColumn, columns_of, headings_of
from crm_tui.connectors.parts import Default, Part
from crm_tui.connectors.programs import LAYOUTS, Layout, said
from crm_tui.domain.form import Question
from crm_tui.domain.import_guess import may_name
from crm_tui.domain.import_map import How
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
    the columns of the file (see `mapped`). `places` are the addresses, the one that is wanted first. `own` are fields
    of one's own, `said` is how columns are read where somebody said it."""

    layout: str
    parts: Mapping[Part, tuple[int, ...]]
    phones: tuple[PhoneColumn, ...]
    emails: tuple[int, ...]
    known: int
    defaults: tuple[Default, ...] = ()
    places: tuple[addresses.Place, ...] = ()
    own: tuple[OwnColumn, ...] = ()
    said: Mapping[int, How] = field(default_factory=dict)


PLAIN = "plain"
"""The layout name of a sheet that somebody headed by hand."""

_PLAIN_PARTS: Mapping[Part, str] = {
    Part.NAME: "nome|nome completo|nome do contato|contato|cliente|"
    "name|full name|contact|contact name|customer",
    Part.GIVEN: "primeiro nome|first name|given name",
    Part.MIDDLE: "nome do meio|middle name",
    Part.FAMILY: "sobrenome|ultimo nome|last name|family name|surname",
    Part.ALIAS: "apelido|nickname",
    Part.COMPANY: "empresa|nome da empresa|organizacao|razao social|razao|"
    "company|company name|organization|organisation",
    Part.TITLE: "cargo|funcao|job title|title|position|role",
    Part.AREA: "ddd|codigo de area|area code",
    Part.OWNER: "dono|dona|proprietario|proprietario do contato|vendedor|vendedora|owner|contact owner",
    Part.KIND: "tipo de pessoa|tipo pessoa|pessoa fisica juridica|fisica juridica|pf pj|person type|kind of person",
    Part.NOTES: "notas|nota|observacoes|observacao|obs|anotacoes|comentarios|notes|note|comments|remarks",
}
_PLAIN = said(_PLAIN_PARTS)
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


def recognise(header: Sequence[str], asked: Sequence[Question] = ()) -> Columns | None:
    """What the columns of this header mean, or None if it is no layout that we know. `asked` are people's fields of
    one's own: a column that nothing else claims is one of them if it is headed by its label or its name."""
    headings = [heading(cell) for cell in header]
    known, own = set(headings), headings_of(asked, heading)
    for layout in LAYOUTS:
        if all(group & known for group in layout.signature):
            return _with_own(_fixed(layout, headings), headings, own)
    return _plain(headings, own)


def _with_own(columns: Columns, headings: Sequence[str], own: Mapping[str, str]) -> Columns:
    """With the columns that nothing else claims and that `own` names."""
    if not own:
        return columns
    taken = {*columns.emails, *(phone.column for phone in columns.phones)}
    taken |= {phone.label for phone in columns.phones if phone.label is not None}
    for parts in (columns.parts, *columns.places):
        taken |= {at for places in parts.values() for at in places}
    found = columns_of(own, headings, taken)
    return replace(columns, own=tuple(found), known=columns.known + len(found))


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


def _plain(headings: Sequence[str], own: Mapping[str, str]) -> Columns | None:
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
        elif text not in own:
            others.append(text)
    if parts[Part.FAMILY] and not parts[Part.GIVEN]:  # `Nome` beside `Sobrenome` is the first name
        parts[Part.GIVEN] = parts.pop(Part.NAME, [])
    found = _with_own(_columns(PLAIN, parts, phones, emails, headings), headings, own)
    filled = sum(1 for h in headings if h)
    if parts.get(Part.NAME) or parts.get(Part.GIVEN):
        return found if found.known >= 2 or found.known == filled else None
    # a name that goes by a heading of its own is not to be passed over: whoever maps the columns says which it is
    if any(map(may_name, others)):
        return None
    if phones or emails:
        return found if found.known * 2 > filled or Part.COMPANY in parts else None
    alone = (
        Part.COMPANY in parts and Part.TITLE not in parts
    )  # companies with where they are, or their documents
    return found if alone and found.known >= 2 and found.known * 2 > filled else None


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
