"""The base that filters are read in: who works here, which boards, stages and labels there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from when_world import CALENDAR, THURSDAY

from crm_tui.domain.filter import BUILT, Filter, FilterError, FilterWorld, Kind, Named, Place, read, write

EVERYTHING = 99
"""All issues are built: the grammar as a whole, whatever the store keeps today."""

THINGS: dict[str, tuple[Named, ...]] = {
    "user": (
        Named(1, "Rui Prado", "rui"),
        Named(2, "Beto Nunes", "beto"),
        Named(3, "Ana Lima", "ana"),
        Named(4, "Ana Reis", "anar"),
        Named(5, "Nobody Else", "eu"),
    ),
    "team": (Named(1, "Vendas SP"), Named(2, "Suporte")),
    "board": (Named(1, "Vendas"), Named(2, "Parcerias")),
    "stage": (
        Named(11, "Novo", within="Vendas"),
        Named(12, "Qualificação", within="Vendas"),
        Named(13, "Proposta", within="Vendas"),
        Named(14, "Negociação", within="Vendas"),
        Named(21, "Novo", within="Parcerias"),
        Named(22, "Proposta técnica", within="Parcerias"),
    ),
    "label": (Named(1, "Quente"), Named(2, "Frio"), Named(3, "Feira 2025"), Named(4, 'a "b", (c)')),
    "reason": (Named(1, "Preço"), Named(2, "Sem resposta")),
    "channel": (Named(1, "Site"), Named(2, "Telefone")),
    "source": (Named(1, "Instagram"), Named(2, "Indicação")),
    "action": (Named(1, "Ligação"), Named(2, "Visita")),
    "result": (Named(1, "Positivo"), Named(2, "Sem interesse")),
}


class House:
    """`Names` from a table; without the things that `gone` names."""

    def __init__(self, gone: frozenset[tuple[str, int]] = frozenset()) -> None:
        self.gone = gone

    def things(self, kind: str) -> Sequence[Named]:
        return tuple(each for each in THINGS.get(kind, ()) if (kind, each.id) not in self.gone)


def world(
    place: Place = Place.BOARD,
    language: str = "pt-BR",
    now: datetime = THURSDAY,
    built: int = EVERYTHING,
    names: House | None = None,
) -> FilterWorld:
    custom = {"ambiente": Kind.TEXT, "visitas": Kind.NUMBER}
    return FilterWorld(place, names or House(), now, CALENDAR, language, custom, built)


def fine(line: str, place: Place = Place.BOARD, language: str = "pt-BR") -> Filter:
    found = read(line, world(place, language))
    assert isinstance(found, Filter), found
    return found


def again(line: str, place: Place = Place.BOARD, language: str = "pt-BR", into: str = "") -> str:
    """The line in its canonical form, in that language or another."""
    return write(fine(line, place, language), world(place, into or language))


def refused(
    line: str, place: Place = Place.BOARD, language: str = "pt-BR", built: int = EVERYTHING
) -> FilterError:
    found = read(line, world(place, language, built=built))
    assert isinstance(found, FilterError), found
    return found


__all__ = ["BUILT", "EVERYTHING", "THINGS", "House", "again", "fine", "refused", "world"]
