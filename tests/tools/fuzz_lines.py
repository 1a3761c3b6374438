"""Filter lines and words to look for, over the demonstration: the lines mean what they say, and no words do harm."""

from __future__ import annotations

import contextlib
import csv
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from crm_tui.domain.filter import Filter, FilterWorld, Place, effective, read, write
from crm_tui.domain.party import Found
from crm_tui.domain.text import words_of
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views as filters
from crm_tui.services.note import views as notes
from crm_tui.services.party import views as parties
from crm_tui.store.demo import make_demo
from tests.domain.filter_answered import answered
from tests.services.filter_twin import FROM, PLACES, Lines, Look
from tests.tools import hostile
from tests.tools.fuzzing import Family

NOW = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)
LOOKING = (("admin", 0), ("beto", 30))
"""Who looks, and how many hours later."""
EXAMPLES = [
    row["line"]
    for row in csv.DictReader(
        (Path(__file__).parents[1] / "data" / "filter_examples.csv").read_text("utf-8").splitlines()
    )
]
SIGNS = (
    *(
        "(",
        ")",
        "-(",
        " ou ",
        " or ",
        " | ",
        "não ",
        "not ",
        "-",
        ",",
        ":",
        '"',
        "..",
        "<",
        ">=",
        "=",
        "sem:",
        "com:",
    ),
    *(
        "ordem:valor-",
        " grupo:dono",
        " porcoluna:20",
        "campo.",
        "field.x:",
        "dono:",
        "valor:",
        "vence:",
        "arquivado:",
    ),
)
MOST = 500


class Line(NamedTuple):
    """A line, who reads it, and of which rows."""

    at: int
    kind: str
    line: str


class Words(NamedTuple):
    """Words to look for, and the person or card that they must find, if any."""

    words: str
    party: int | None = None
    card: int | None = None


class Base:
    """A demonstration, and what is known of it: whose eyes there are, who is in it."""

    def __init__(self, database: Path, within: ExitStack) -> None:
        if not database.exists():
            make_demo(database, now=NOW)
        self.looks = [Look(database, login, hours, NOW) for login, hours in LOOKING]
        for look in self.looks:
            within.callback(look.crm.store.close)
        self.worlds: dict[tuple[int, str, str], FilterWorld] = {
            (at, kind, language): look.crm.read(filters.world, PLACES[kind], language)
            for at, look in enumerate(self.looks)
            for kind in FROM
            for language in ("pt-BR", "en")
        }
        everybody: Found = self.crm.read(parties.search, "", MOST)
        self.people = [(hit.id, hit.name) for hit in everybody.hits if words_of(hit.name)]
        ids = self.crm.read(filters.cards, Filter()).ids
        self.cards = [(card.id, card.number) for card in self.crm.read(boards.cards, list(ids))]

    @property
    def crm(self) -> Crm:
        """As its administrator, who may see everything."""
        return self.looks[0].crm

    # --- filter lines

    def line(self, chance: Random) -> Line:
        at, kind = chance.randrange(len(self.looks)), chance.choice(sorted(FROM))
        lines = Lines(chance.getrandbits(32), self.worlds[at, kind, "pt-BR"])
        way = chance.random()
        if way < 0.15:
            return Line(at, kind, hostile.text(chance))
        if way < 0.3:
            said = [chance.choice((chance.choice(SIGNS), lines.term())) for _ in range(chance.randint(1, 9))]
            return Line(at, kind, chance.choice(("", " ")).join(said))
        line = " ".join(_grouped(chance, lines, 3) for _ in range(chance.randint(1, 3)))
        line = chance.choice((line, line, line, chance.choice(EXAMPLES)))
        if way < 0.65:
            line = hostile.spoilt(chance, line, (lines.term(), *SIGNS))
        return Line(at, kind, line)

    def filtered(self, asked: Line) -> None:
        """Read and said in both languages; and what the rows of SQL are, the oracle means."""
        at, kind, line = asked
        look, place = self.looks[at], PLACES[kind]
        answers = {}
        for language in ("pt-BR", "en"):
            world = self.worlds[at, kind, language]
            answers[language] = found = answered(line, world)
            if isinstance(found, Filter):
                for other in ("pt-BR", "en"):
                    there = self.worlds[at, kind, other]
                    assert read(write(found, there), there) == found
        found = answers["pt-BR"]
        if isinstance(found, Filter):
            with no_text(line):
                for where in (found.where, effective(found, place)):
                    assert look.answered(where, kind) == look.meant(where, kind), where

    # --- words to look for

    def words(self, chance: Random) -> Words:
        way = chance.random()
        if way < 0.3:
            party, name = chance.choice(self.people)
            return Words(_said(chance, name), party=party)
        if way < 0.4:
            card, number = chance.choice(self.cards)
            return Words(chance.choice((number, number.lower(), f"  {number} ".upper())), card=card)
        if way < 0.7:
            return Words(hostile.spoilt(chance, chance.choice(self.people)[1], hostile.PHRASES))
        return Words(hostile.text(chance))

    def searched(self, asked: Words) -> None:
        """What Localizar and the list of people ask, as they ask it."""
        words, read = asked.words, self.crm.read
        with no_text(words):
            found: Found = read(parties.search, words, MOST)
            ids = [hit.id for hit in found.hits]
            assert len(set(ids)) == len(ids)
            assert set(ids) <= {party for party, _ in self.people}
            assert asked.party is None or asked.party in ids
            cards = [card.id for card in read(boards.find, words, most=MOST)]
            assert len(set(cards)) == len(cards)
            assert asked.card is None or asked.card in cards
            assert len(read(notes.find, words, most=4)) <= 4
            for place in (Place.PEOPLE, Place.BOARD):
                line = filters_of(words, read(filters.world, place, "pt-BR"))
                if line is not None and place is Place.PEOPLE:
                    assert len(read(parties.search, words, MOST, found=line).hits) <= MOST
                elif line is not None:
                    assert len(read(filters.cards, line).ids) <= len(self.cards)


def filters_of(words: str, world: FilterWorld) -> Filter | None:
    """The filter that the words are, if they are one."""
    found: Any = read(words, world)
    return found if isinstance(found, Filter) else None


@contextlib.contextmanager
def no_text(words: str) -> Iterator[None]:
    """Half a pair of UTF-16 is no text: the terminal sends none, and the command line refuses it by this very error."""
    try:
        yield
    except UnicodeEncodeError:
        if words.encode("utf-8", "ignore").decode() == words:
            raise


def _grouped(chance: Random, lines: Lines, depth: int) -> str:
    if depth and chance.random() < 0.35:
        parts = [_grouped(chance, lines, depth - 1) for _ in range(chance.randint(2, 3))]
        return f"{chance.choice(('(', '-(', 'não ('))}{chance.choice((' ', ' ou ')).join(parts)})"
    return chance.choice(("", "", "", "-", "not ")) + lines.term()


def _said(chance: Random, name: str) -> str:
    """A name as it may be typed: without accents, in another case, its words in another order, signs between them."""
    words = words_of(name)
    if chance.random() < 0.5:
        chance.shuffle(words)
        said = chance.choice((" ", "  ", ' " ', " * ", " \0 ", "\t")).join(words)
    else:
        said = chance.choice((" ", "-", ".", "_ ", "'", "/", '"', ":", ") (")).join(words)
    if chance.random() < 0.3:
        said = unicodedata.normalize("NFD", name)
    return chance.choice((str.lower, str.upper, str.title, str.swapcase))(said)


def families(base: Base) -> list[Family]:
    """Filter lines, and words to look for."""
    return [Family("filter", base.line, base.filtered), Family("search", base.words, base.searched)]
