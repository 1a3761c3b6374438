"""What the columns of a file that nobody knows may mean: where the mapping by hand begins. Pure.

A word of the heading says it, else the look of the values: an address has its sign, a phone its digits. Each field is
meant once, but for numbers and addresses; what is not clear is left out, and whoever maps the file sees at once what
was taken for what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from crm_tui.domain.cell_values import dates
from crm_tui.domain.import_map import FIELDS, MapKind
from crm_tui.domain.phone import PhoneKind, phone
from crm_tui.domain.text import fold, words_of

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("nome", "name", "cliente", "client", "customer", "contato", "contact", "razao"),
    "mobile": ("celular", "mobile", "cell", "cel"),
    "whatsapp": ("whatsapp", "whats", "zap"),
    "phone": ("telefone", "fone", "phone", "tel"),
    "email": ("email", "mail", "correio"),
    "company": ("empresa", "company", "organizacao", "organization", "fantasia"),
    "title": ("cargo", "funcao", "position", "role"),
    "notes": ("obs", "observacao", "observacoes", "notas", "notes", "comentario"),
    "document": ("cpf", "cnpj", "documento"),
    "postcode": ("cep", "zip", "postcode"),
    "area": ("ddd",),
    "owner": ("dono", "dona", "owner", "proprietario", "vendedor", "seller"),
    "city": ("cidade", "city", "municipio"),
    "state": ("uf", "estado", "state"),
    "street": ("endereco", "rua", "logradouro", "street", "address"),
}
_SEVERAL: Final = ("phone", "mobile", "whatsapp", "email")
"""What somebody may have several of."""
_MONEY: Final = re.compile(r"(?:r\$|us\$|\$)?\s*\d[\d.,]*[.,]\d{2}", re.IGNORECASE)
"""An amount with its cents: a number alone may be anything."""
_DAY: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d")
_CUT: Final = 3
"""Letters of a word that is too short to tell anything as a beginning."""
_OF_PEOPLE: Final = ("name", "title", "street", "city", "state", "postcode", "area", "owner")
_CARD_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    **{name: words for name, words in _WORDS.items() if name not in _OF_PEOPLE},
    "title": ("titulo", "title", "assunto", "subject", "negocio", "deal", "oportunidade"),
    "person": ("pessoa", "person", *_WORDS["name"]),
    "board": ("quadro", "board", "funil", "pipeline"),
    "stage": ("etapa", "stage", "fase"),
    "owner": ("responsavel", "dono", "owner", "vendedor", "seller"),
    "status": ("situacao", "status"),
    "value": ("valor", "value", "amount", "preco"),
    "expected": ("previsao", "expected", "prevista"),
}
_WHOSE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "card": ("cartao", "card", "numero", "negocio", "deal"),
    "person": ("pessoa", "person", *_WORDS["name"]),
    **{name: words for name, words in _WORDS.items() if name not in (*_OF_PEOPLE, "notes")},
}
_NOTE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("texto", "text", "nota", "note", "descricao", "relato", *_WORDS["notes"]),
    "when": ("data", "date", "quando", "when", "dia"),
    "owner": ("autor", "author", "responsavel", "usuario", "user", "atendente", "vendedor"),
    **_WHOSE_WORDS,
}
_ACT_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "subject": ("assunto", "subject", "titulo", "title", "tarefa", "task", "atividade"),
    "action": ("acao", "action", "tipo", "type", "canal"),
    "hour": ("hora", "horario", "hour"),
    "done": ("feito", "feita", "done", "situacao", "status", "concluida"),
    "result": ("resultado", "result", "desfecho"),
    **_NOTE_WORDS,
}
WORDS: Final[Mapping[MapKind, Mapping[str, tuple[str, ...]]]] = {
    MapKind.PEOPLE: _WORDS,
    MapKind.CARDS: _CARD_WORDS,
    MapKind.ACTIVITIES: _ACT_WORDS,
    MapKind.NOTES: _NOTE_WORDS,
}
"""By which words of a heading a field is meant; the first field that has one wins."""


_BARRED: Final = frozenset(("nao", "not", "never", "nunca"))


class Seen(NamedTuple):
    """A column: its heading, and some of its values."""

    heading: str
    samples: tuple[str, ...]


def guessed(kind: MapKind, columns: Sequence[Seen]) -> list[str]:
    """For each column the name of its field, or empty."""
    found = [""] * len(columns)
    for judge in (_by_heading, _by_values, _by_beginning):
        for at, column in enumerate(columns):
            field = "" if found[at] or _barred(column) else judge(kind, column)
            if field in FIELDS[kind] and (field not in found or field in _SEVERAL):
                found[at] = field
    return found


def may_name(heading: str) -> bool:
    """Whether a column of people with this heading may hold who they are: `NOMEPARC`, `Nome do cliente`."""
    column = Seen(heading, ())
    return (_by_heading(MapKind.PEOPLE, column) or _by_beginning(MapKind.PEOPLE, column)) == "name"


def _barred(column: Seen) -> bool:
    """What is not to be used: taken for a phone like any other it would be dialled."""
    return not _BARRED.isdisjoint(words_of(column.heading))


def _by_heading(kind: MapKind, column: Seen) -> str:
    said = set(words_of(fold(column.heading).replace("e-mail", "email")))
    return next((field for field, words in WORDS.get(kind, {}).items() if said.intersection(words)), "")


def _by_beginning(kind: MapKind, column: Seen) -> str:
    """`NOMEPARC` begins as a name does: the headings of old programs are cut and joined."""
    said = "".join(words_of(fold(column.heading)))
    fields = WORDS.get(kind, {}).items()
    return next((f for f, words in fields if any(len(w) > _CUT and said.startswith(w) for w in words)), "")


def _by_values(kind: MapKind, column: Seen) -> str:
    checks: Sequence[tuple[str, Callable[[str], bool]]] = (
        ("email", lambda value: value.count("@") == 1 and "." in value.partition("@")[2]),
        ("mobile", lambda value: (known := phone(value)) is not None and known.kind is PhoneKind.MOBILE),
        ("phone", lambda value: phone(value) is not None),
        ("value", lambda value: _MONEY.fullmatch(value) is not None),
        ("when", lambda value: _DAY.match(value) is not None and dates([value])(value) is not None),
    )
    for field, fits in checks:
        if field in FIELDS[kind] and column.samples and all(map(fits, column.samples)):
            return field
    return ""
