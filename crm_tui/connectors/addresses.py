"""Which columns of a contacts file hold addresses and tax ids, read from the words of their headings, and their cells.

Of several addresses (at work, at home) each is a group of its own, so that no street stands beside another's city.
Columns of the company's address are left out: it is not where the person is found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final

from crm_tui.connectors.parts import Part
from crm_tui.domain.cell_values import is_empty
from crm_tui.domain.identity import TaxId, tax_id
from crm_tui.domain.party import CEP, DocumentKind, Postal, postcode
from crm_tui.domain.text import digits, one_line
from crm_tui.i18n import Text

_SMALL: Final = frozenset(["de", "do", "da", "para", "of", "the", "e", "ou"])
_KINDS: Final = frozenset(
    [
        "business",
        "home",
        "other",
        "mailing",
        "work",
        "billing",
        "shipping",
        "primary",
        "main",
        "principal",
        "comercial",
        "residencial",
        "outro",
        "trabalho",
        "correspondencia",
        "cobranca",
        "entrega",
        "pessoa",
        "person",
        "contact",
        "contato",
        "cliente",
        "customer",
    ]
)
_SAME: Final = {
    "comercial": "business",
    "trabalho": "business",
    "work": "business",
    "residencial": "home",
    "outro": "other",
    "correspondencia": "mailing",
    "cobranca": "billing",
    "entrega": "shipping",
    "principal": "main",
    "primary": "main",
    "pessoa": "person",
    "contato": "contact",
    "cliente": "customer",
}
"""In a header of two languages one address has words of both."""
_STREET: Final = frozenset(["street", "rua", "logradouro"])
_ADDRESS: Final = frozenset(["address", "endereco"])
_TELLING: Final[Mapping[Part, frozenset[str]]] = {
    Part.POSTCODE: frozenset(["cep", "zip", "postcode"]),
    Part.CITY: frozenset(["cidade", "city", "municipio", "town"]),
    Part.STATE: frozenset(["estado", "state", "uf", "province", "provincia"]),
    Part.DISTRICT: frozenset(["bairro", "district", "neighborhood", "neighbourhood", "distrito"]),
    Part.MORE: frozenset(["complemento", "extended"]),
    Part.NUMBER: frozenset(["numero", "number"]),
    Part.STREET: _STREET | _ADDRESS,
}
"""By which word of a heading a part is meant; the first that has one wins."""
_BESIDE: Final = frozenset(
    [
        "postal",
        "code",
        "codigo",
        "region",
        "regiao",
        "house",
        "casa",
        "nome",
        "name",
        "line",
        "linha",
        "completo",
        "physical",
        "fisico",
        "line1",
        "line2",
        "text",
        "only",
        "somente",
        "texto",
        "village",
        "county",
        "locality",
        "sublocality",
        "road",
        "via",
    ]
)
_POSTAL: Final = (frozenset(["postal", "code"]), frozenset(["codigo", "postal"]))
_TAX: Final = frozenset(["cpf", "cnpj", "cgc"])
_TAX_BESIDE: Final = (
    _SMALL
    | _KINDS
    | frozenset(
        [
            "n",
            "numero",
            "number",
            "documento",
            "document",
            "empresa",
            "company",
            "organizacao",
            "organization",
            "tax",
            "id",
        ]
    )
)
_DOCUMENTS: Final = frozenset(["documento", "document", "numero do documento", "document number", "tax id"])
_CPF, _CNPJ, _CUT = 11, 14, 3
"""Signs of the two documents, and how many noughts at the most a spreadsheet cuts off their beginning."""

Place = Mapping[Part, tuple[int, ...]]
"""The columns of one address."""


def is_document(text: str) -> bool:
    """Whether a column of this heading holds a CPF or a CNPJ."""
    words = set(text.split())
    return text in _DOCUMENTS or bool(words & _TAX and words <= _TAX | _TAX_BESIDE)


def places(headings: Sequence[str], taken: Collection[int]) -> tuple[Place, ...]:
    """The addresses of a header, in the order of its columns; `taken` are columns that mean something else."""
    groups: dict[frozenset[str], dict[Part, list[int]]] = {}
    for i, text in enumerate(headings):
        if i in taken:
            continue
        part, group = _part(text)
        if part is not None:
            groups.setdefault(group, {}).setdefault(part, []).append(i)
    found = []
    for place in groups.values():
        streets = place.get(Part.STREET, [])
        named = [i for i in streets if _STREET & set(headings[i].split())]
        if named:  # a column of the whole address beside one of the street says it twice
            place[Part.STREET] = named
        if not streets:
            for part in (Part.NUMBER, Part.MORE):
                place.pop(part, None)
        if place:
            found.append({part: tuple(columns) for part, columns in place.items()})
    return tuple(found)


def _part(text: str) -> tuple[Part | None, frozenset[str]]:
    """What a heading means, and of which address: that of its other words (and of the number behind `address`)."""
    words = text.split()
    said = {word for word in words if not word.isdigit()}
    numbers = {word for before, word in pairwise(words) if before in _ADDRESS and word.isdigit()}
    if words[-1:] and words[-1] in numbers:
        numbers.discard(words[-1])  # `Address 2` is the second line, `Address 2 - City` the second address
    if not said or not said <= _SMALL | _KINDS | _BESIDE | frozenset().union(*_TELLING.values()):
        return None, frozenset()
    if any(pair <= said for pair in _POSTAL):
        part: Part | None = Part.POSTCODE
    elif numbers and said & {"region", "regiao"}:
        part = Part.STATE
    else:
        part = next((each for each, telling in _TELLING.items() if said & telling), None)
    return part, frozenset({_SAME.get(word, word) for word in said & _KINDS} | numbers)


def postal(
    cells: Sequence[str], found: Sequence[Place], warnings: list[Text], strays: list[str]
) -> Postal | None:
    """The first address that says anything; a postcode that is none goes to the notes, as `strays`."""
    for place in found:
        said = {part: _joined(cells, columns) for part, columns in place.items()}
        street = ", ".join(
            filter(None, (said.get(part) for part in (Part.STREET, Part.NUMBER, Part.MORE, Part.DISTRICT)))
        )
        address = as_postal(
            street,
            said.get(Part.CITY, ""),
            said.get(Part.STATE, ""),
            said.get(Part.POSTCODE, ""),
            warnings,
            strays,
        )
        if address is not None:
            return address
    return None


def as_postal(
    street: str, city: str, state: str, code: str, warnings: list[Text], strays: list[str]
) -> Postal | None:
    """The address of these words; None if there are none. A nought that a spreadsheet cut off the postcode is put
    back."""
    kept = None
    if code:
        figures = digits(code)
        kept = postcode(
            f"0{figures}" if len(figures) == CEP - 1 and not any(map(str.isalpha, code)) else code
        )
        if kept is None:
            warnings.append(Text("Not a postcode: {value}.", {"value": code[:80]}))
            strays.append(code)
    found = Postal(street or None, city or None, state or None, kept)
    return found if any(found) else None


def _joined(cells: Sequence[str], columns: Sequence[int]) -> str:
    said = (one_line(cells[i]) for i in columns if i < len(cells) and not is_empty(cells[i]))
    return ", ".join(dict.fromkeys(said))


def documents(cells: Sequence[str], columns: Sequence[int], errors: list[Text]) -> tuple[str, str]:
    """The CPF and the CNPJ of a row, without mask, each empty where there is none. What is neither is an error: nobody
    is to be known by a wrong number. Noughts that a spreadsheet cut off are put back."""
    found = dict.fromkeys(DocumentKind, "")
    for i in columns:
        typed = one_line(cells[i]) if i < len(cells) else ""
        if not typed or is_empty(typed) or not any(map(str.isdigit, typed)):
            continue
        one = tax_id(typed) or _whole(typed)
        if one is None:
            errors.append(
                Text("“{document}” is no valid CPF or CNPJ: check the digits.", {"document": typed[:40]})
            )
        elif not found[one.kind]:
            found[one.kind] = one.number
    return found[DocumentKind.CPF], found[DocumentKind.CNPJ]


def _whole(typed: str) -> TaxId | None:
    for length in (_CPF, _CNPJ):
        if typed.isdigit() and length - _CUT <= len(typed) < length:
            found = tax_id(typed.zfill(length))
            if found is not None:
                return found
    return None
