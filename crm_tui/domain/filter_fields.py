"""The fields that a filter knows: names in both languages, type, the lists they are valid in, their fixed words.

A table, in the order in which conditions are printed. A field whose data a later issue brings is in it with that
issue's number (`since`), so that its name is known and refused with "not yet" instead of being taken for a slip.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from crm_tui.domain.filter_tree import Place
from crm_tui.domain.text import fold

BUILT = 7
"""The issue up to which the store has the data that fields ask for; raised with each issue that brings more."""


class Kind(Enum):
    """What may stand after the colon. (FILTER.md §3)"""

    USER = auto()
    THING = auto()
    WORD = auto()
    TRI = auto()
    DATE = auto()
    DATE_TRI = auto()
    TRI_NUMBER = auto()
    MONEY = auto()
    NUMBER = auto()
    TEXT = auto()
    THING_TEXT = auto()
    CODE = auto()


AMOUNTS = frozenset((Kind.MONEY, Kind.NUMBER, Kind.TRI_NUMBER))
"""Where a comma is a decimal and not a list."""
DATES = frozenset((Kind.DATE, Kind.DATE_TRI))
TRIS = frozenset((Kind.TRI, Kind.DATE_TRI, Kind.TRI_NUMBER))
THINGS = frozenset((Kind.THING, Kind.THING_TEXT))
_SORTED_KINDS = frozenset((Kind.DATE, Kind.DATE_TRI, Kind.MONEY, Kind.NUMBER, Kind.TRI_NUMBER, Kind.USER))
_SORTED = frozenset(
    ["board", "stage", "status", "name", "number", "party", "city", "action", "result", "team"]
)


@dataclass(frozen=True, slots=True)
class Word:
    """A fixed word: its id, its names in both languages (the first is printed), the lists that have it."""

    id: str
    pt: tuple[str, ...]
    en: tuple[str, ...]
    lists: str = "CPAH"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `id` is its English name; `thing` the kind of names it takes; `unit` what a number may end in.

    `lists` are the letters of FILTER.md §4. `back`: weekdays and days of a month are the last ones.
    """

    id: str
    pt: tuple[str, ...]
    en: tuple[str, ...]
    kind: Kind
    lists: str
    thing: str = ""
    words: tuple[Word, ...] = ()
    unit: str = ""
    back: bool = False
    since: int = 0

    def name(self, language: str) -> str:
        """As it is printed."""
        return (self.en if language == "en" else self.pt)[0]

    def valid_in(self, place: Place) -> bool:
        return letter(place) in self.lists

    @property
    def sortable(self) -> bool:
        return self.kind in _SORTED_KINDS or self.id in _SORTED or self.id.startswith(OWN)


def letter(place: Place) -> str:
    """The list's letter in FILTER.md: C cards, P people, A agenda, H registered actions."""
    return {Place.PEOPLE: "P", Place.AGENDA: "A", Place.HISTORY: "H"}.get(place, "C")


def _words(table: str, lists: str = "CPAH") -> tuple[Word, ...]:
    """`id: pt pt / en en` by line."""
    made = []
    for line in table.strip().splitlines():
        name, _, rest = line.strip().partition(": ")
        pt, _, en = rest.partition(" / ")
        made.append(Word(name, tuple(pt.split()), tuple(en.split()), lists))
    return tuple(made)


_STATUS = _words("""
    open: aberto / open
    paused: pausado / paused
    won: ganho / won
    lost: perdido / lost
    converted: convertido / converted
    done: concluído / done
    closed: fechado / closed
    all: todos / all
""")
_KINDS = _words(
    """
    lead: lead / lead
    opportunity: oportunidade / opportunity deal
    ticket: chamado ocorrência / ticket case
    delivery: entrega / delivery
    """,
    "C",
) + _words(
    """
    call: ligação / call
    email: e-mail / e-mail
    meeting: reunião / meeting
    visit: visita / visit
    task: tarefa / task
    message: mensagem / message
    follow_up: retorno / followup follow_up
    social: social / social
    """,
    "AH",
)
_DUE = _words("""
    overdue: vencido / overdue
    today: hoje / today
    internal: interna / internal
    open: aberto / open
    closed: encerrado / closed
    none: sem / none
""")
_TIME = _words("""
    with: com / with
    without: sem / without
    morning: manhã / morning
    afternoon: tarde / afternoon
""")
_LIFECYCLE = _words("""
    prospect: prospecto / prospect
    customer: cliente / customer
    former: ex / former
""")
TRI_WORDS = _words("""
    yes: sim / yes
    no: não / no
    all: todos / all
""")
USER_WORDS = _words("""
    me: eu / me
    my_team: equipe / myteam my_team
    nobody: ninguém / nobody
""")


def _field(
    pt: str,
    en: str,
    kind: Kind,
    lists: str,
    thing: str = "",
    words: tuple[Word, ...] = (),
    unit: str = "",
    back: bool = False,
    since: int = 0,
) -> Field:
    en_names = tuple(en.split())
    return Field(en_names[0], tuple(pt.split()), en_names, kind, lists, thing, words, unit, back, since)


FIELDS: tuple[Field, ...] = (
    _field("dono vendedor responsável", "owner seller", Kind.USER, "CPAH", "user"),
    _field("membro usuário", "member user", Kind.USER, "CA", "user"),
    _field("equipe", "team", Kind.THING, "CPAH", "team"),
    _field("autor", "author", Kind.USER, "H", "user"),
    _field("quadro", "board", Kind.THING, "CAH", "board"),
    _field("etapa", "stage", Kind.THING, "C", "stage"),
    _field("situação", "status", Kind.WORD, "C", words=_STATUS),
    _field("tipo", "kind", Kind.WORD, "CAH", words=_KINDS),
    _field("etiqueta", "label tag", Kind.THING, "C", "label"),
    _field("estado", "due", Kind.WORD, "CA", words=_DUE),
    _field("vence retorno data", "due_on date", Kind.DATE, "CA"),
    _field("hora", "time", Kind.WORD, "CA", words=_TIME),
    _field("interna", "internal", Kind.DATE, "C"),
    _field("agenda", "booked", Kind.DATE, "CP", since=6),
    _field("adiado", "snoozed", Kind.DATE_TRI, "C"),
    _field("criado aberto_em", "created opened", Kind.DATE, "CAH", back=True),
    _field("cadastro", "registered", Kind.DATE, "CP", back=True),
    _field("fechado finalizado", "closed", Kind.DATE, "C", back=True),
    _field("reaberto", "reopened", Kind.DATE_TRI, "C", back=True),
    _field("tocado", "touched", Kind.DATE, "CP", back=True),
    _field("parado estagnado", "stale", Kind.TRI_NUMBER, "C", unit="d"),
    _field("prazo", "stage_due", Kind.DATE, "C"),
    _field("atrasado", "late", Kind.TRI, "C"),
    _field("previsão", "expected", Kind.DATE, "C"),
    _field("valor", "value", Kind.MONEY, "C"),
    _field("avulso", "oneoff", Kind.MONEY, "C"),
    _field("mensal", "recurring", Kind.MONEY, "C"),
    _field("ponderado", "weighted", Kind.MONEY, "C"),
    _field("chance sucesso", "chance probability", Kind.NUMBER, "C", unit="%"),
    _field("interesse", "interest", Kind.NUMBER, "C"),
    _field("nota", "score", Kind.NUMBER, "C", since=9),
    _field("prioridade", "priority", Kind.NUMBER, "C", since=9),
    _field("tarefas", "tasks", Kind.TRI_NUMBER, "C"),
    _field("arquivado", "archived", Kind.TRI, "CP"),
    _field("perdido", "lost", Kind.TRI, "C"),
    _field("convertido", "converted", Kind.TRI, "CP"),
    _field("serviço", "service", Kind.TRI, "CP"),
    _field("motivo", "reason", Kind.THING_TEXT, "C", "reason"),
    _field("cliente pessoa conta prospecto", "party person account customer", Kind.TEXT, "CAH"),
    _field("contato", "contact", Kind.TEXT, "CAH"),
    _field("nome", "name title", Kind.TEXT, "CPA"),
    _field("número", "number", Kind.CODE, "CP"),
    _field("documento cpf cnpj", "document cpf cnpj", Kind.CODE, "CP"),
    _field("fone telefone", "phone", Kind.CODE, "CP"),
    _field("email", "email", Kind.TEXT, "CP"),
    _field("cidade", "city", Kind.TEXT, "CP", since=7),
    _field("uf", "state", Kind.TEXT, "CP", since=7),
    _field("classe", "class", Kind.THING, "CP", "class"),
    _field("fase", "lifecycle", Kind.WORD, "CP", words=_LIFECYCLE),
    _field("indicação", "referrer", Kind.TEXT, "C"),
    _field("oferta", "offer", Kind.THING, "C", "offer"),
    _field("canal", "channel", Kind.THING, "CH", "channel"),
    _field("mídia", "source", Kind.THING, "CH", "source", since=5),
    _field("meio", "medium", Kind.THING, "CH", "medium"),
    _field("campanha", "campaign", Kind.THING, "CAH", "campaign", since=5),
    _field("atendimento", "case", Kind.THING, "C", "case", since=5),
    _field("ação", "action", Kind.THING, "CAH", "action"),
    _field("resultado", "result", Kind.THING, "CAH", "result"),
    _field("detalhe", "detail", Kind.THING, "CAH", "detail", since=5),
    _field("feito", "done", Kind.DATE, "AH", back=True),
    _field("parecer", "note", Kind.TEXT, "CH"),
    _field("rascunho", "draft", Kind.TRI, "CP"),
)
"""In the order of FILTER.md §4, which is the order of printing. `oneoff` and `recurring` are its own rows."""

CUSTOM_SINCE = 7
"""The issue that brings custom fields."""


@dataclass(frozen=True, slots=True)
class Had:
    """Something that a row has or lacks (`com:`, `sem:`); a name, not a condition on a field."""

    id: str
    pt: tuple[str, ...]
    en: tuple[str, ...]
    since: int = 0
    lists: str = "CP"

    def name(self, language: str) -> str:
        return (self.en if language == "en" else self.pt)[0]


HAD: tuple[Had, ...] = (
    Had("next", ("próximo",), ("next",), lists="C"),
    Had("owner", ("dono",), ("owner",), lists="CPA"),
    Had("label", ("etiqueta",), ("label", "tag"), lists="C"),
    Had("tasks", ("tarefas",), ("tasks",), lists="C"),
    Had("value", ("valor",), ("value",), lists="C"),
    Had("contact", ("contato",), ("contact",), lists="CA"),
    Had("phone", ("telefone", "fone"), ("phone",)),
    Had("email", ("email",), ("email",)),
    Had("document", ("documento",), ("document",)),
    Had("attachment", ("anexo",), ("attachment", "file"), lists="CH"),
    Had("proposal", ("proposta",), ("proposal",), 9, "C"),
    Had("form", ("formulário",), ("form",), 4, "C"),
    Had("offer", ("oferta",), ("offer",), lists="C"),
    Had("expected", ("previsão",), ("expected",), lists="C"),
    Had("note", ("parecer",), ("note",), lists="CP"),
)
PRESENCE = {"without": False, "with": True}
PRESENCE_WORDS = _words("""
    without: sem / without
    with: com / with
""")
SETTINGS = _words("""
    sort: ordem / sort
    group: grupo / group
    per_column: porcoluna / percolumn per_column
""")
GROUPS = ("stage", "owner", "due", "label")
CUSTOM = ("campo.", "field.")
OWN = CUSTOM[1]
"""What the id of a custom field begins with."""
ORDER = {each.id: at for at, each in enumerate(FIELDS)}
HAD_ORDER = {each.id: at for at, each in enumerate(HAD)}


def plain(name: str) -> str:
    """A name as it is compared: folded, `e-mail` and `e_mail` are `email`."""
    return fold(name).replace("-", "").replace("_", "")


@cache
def _by_name() -> dict[str, Field]:
    return {plain(name): each for each in FIELDS for name in (*each.pt, *each.en)}


@cache
def _by_id() -> dict[str, Field]:
    return {each.id: each for each in FIELDS}


def field_named(name: str) -> Field | None:
    """The field that is called so in either language."""
    return _by_name().get(plain(name))


def field_of(field_id: str) -> Field | None:
    """The field with this id."""
    return _by_id().get(field_id)


def had_named(name: str) -> Had | None:
    wanted = plain(name)
    return next((h for h in HAD if any(plain(n) == wanted for n in (*h.pt, *h.en))), None)


def had_of(what: str) -> Had | None:
    return next((each for each in HAD if each.id == what), None)


def word_named(words: tuple[Word, ...], name: str, place: Place | None = None) -> Word | None:
    """The fixed word that is spelt so in either language, in that list."""
    wanted = plain(name)
    for word in words:
        if place is not None and letter(place) not in word.lists:
            continue
        if any(plain(each) == wanted for each in (*word.pt, *word.en)):
            return word
    return None


def word_name(words: tuple[Word, ...], word_id: str, language: str) -> str:
    """The word as it is printed; an id that is not known prints as itself."""
    found = next((each for each in words if each.id == word_id), None)
    if found is None:
        return word_id
    return (found.en if language == "en" else found.pt)[0]


def fixed_words(field: Field) -> tuple[Word, ...]:
    """Every fixed word that may stand after the field's colon."""
    if field.kind is Kind.USER:
        return USER_WORDS
    return field.words or (TRI_WORDS if field.kind in TRIS else ())
