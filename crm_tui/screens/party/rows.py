"""How a row of the search over people looks: who, of what, the telephone, the worst state and the cards.

Cells of a row: 0 bar, 3 name, then company and role (or the document), telephone (15), state, count (4), margin.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from textual.strip import Strip

from crm_tui.domain.due import DueFacts
from crm_tui.domain.list_columns import PEOPLE, USUAL, ListColumn, laid_out
from crm_tui.domain.party import LIFECYCLE_NAMES as LIFECYCLES
from crm_tui.domain.party import PartyHit
from crm_tui.i18n import N_, say, say_in
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.queue import Words
from crm_tui.widgets.rows import RowPainter

NEW: Final = 0
"""The key of the last row, which makes what was typed; no person has this id."""
_LEFT, _PHONE, _CARDS = 3, 15, 7
_NAME, _NAME_MOST, _LINK_LEAST = 22, 32, 10


@dataclass(frozen=True, slots=True)
class Create:
    """The last row: make a person of what was typed. `found` tells whether anybody was."""

    words: str
    found: bool


Row = PartyHit | Create


def columns(width: int) -> tuple[int, int]:
    """The cells of name and link; under 60 the link goes, the telephone never."""
    rest = width - _LEFT - 2 - _PHONE - 2 - _CARDS
    name = max(14, min(_NAME_MOST, max(_NAME, rest * 45 // 100)))
    link = rest - name
    return (name, link) if link >= _LINK_LEAST else (max(14, rest), 0)


class PeoplePainter(RowPainter[Row]):
    """Paints hits as they are at `now` (aware) for a reader in `zone`; `words` are underlined. `shown` are keys of
    `columns`."""

    def __init__(
        self,
        now: datetime,
        zone: tzinfo,
        words: Iterable[str] = (),
        shown: tuple[str, ...] = USUAL,
        columns: tuple[ListColumn, ...] = PEOPLE,
    ) -> None:
        self.now, self.zone = now, zone
        self.words = Words(words)
        self.shown, self.columns = shown, columns

    def stamp(self, row: Row) -> Hashable:
        if isinstance(row, Create):
            return row
        return row, row.state(self.now, self.zone), self.words.folded, self.shown

    def paint(self, look: Look, row: Row, width: int, *, cursor: bool, marked: bool, focused: bool) -> Strip:
        bar = Run(look.glyph("bar") if cursor and focused else " ", "accent")
        mark = Run(f"{look.glyph('mark')} " if marked else "  ", "accent")
        runs = (
            self._create(look, row, width) if isinstance(row, Create) else self._hit(look, row, width, cursor)
        )
        ground = ground_of(cursor=cursor, marked=marked, focused=focused)
        return paint(look, [bar, mark, *runs], width, ground)

    @staticmethod
    def _create(look: Look, row: Create, width: int) -> list[Run]:
        lead = say(N_("None of these?")) if row.found else say(N_("Nobody has that."))
        words = look.cut(clean(row.words), max(8, width - 30 - cells(lead)))
        return [
            Run(f"{lead}  ", "muted"),
            Run(f"{say(N_('enter'))} ", "accent", True),
            Run(say(N_("creates “{name}”"), name=words)),
        ]

    def _hit(self, look: Look, row: PartyHit, width: int, cursor: bool) -> list[Run]:
        if self.shown != USUAL:
            return self._chosen(look, row, width, cursor)
        name, link = columns(width)
        state = row.state(self.now, self.zone)
        runs = [*self._cell(look, clean(row.name), name, "bright", cursor), Run("  ")]
        if link:
            runs += [*self._cell(look, clean(self._link(row)), link - 2, "text"), Run("  ")]
        phone = _phone(row)
        runs.append(Run(f"{look.pad(phone, _PHONE)}  ", "overdue" if row.no_calls else "text"))
        if state is not None:
            runs.append(Run(look.glyph(state), state))
            runs.append(Run(f"{formats.number(row.open_cards):>{_CARDS - 2}}"))
        return runs

    def _chosen(self, look: Look, row: PartyHit, width: int, cursor: bool) -> list[Run]:
        """The name and the columns that somebody has chosen."""
        name, laid = laid_out(self.shown, width - _LEFT - 1, self.columns)
        runs = self._cell(look, clean(row.name), name, "bright", cursor)
        for column, room in laid:
            runs.append(Run("  "))
            if column.key == "cards":
                runs += self._cards(look, row, room)
            elif column.literal:
                runs += self._cell(look, dict(row.own).get(column.key, ""), room, "text")
            else:
                runs += self._cell(look, clean(self._told(row, column.key)), room, "text")
        return runs

    def _cards(self, look: Look, row: PartyHit, room: int) -> list[Run]:
        state = row.state(self.now, self.zone)
        if state is None:
            return [Run(" " * room)]
        return [Run(look.glyph(state), state), Run(f"{formats.number(row.open_cards):>{room - 1}}")]

    def _told(self, row: PartyHit, key: str) -> str:
        match key:
            case "phone":
                return _phone(row)
            case "email":
                return row.email or ""
            case "document":
                return formats.document(row.document) if row.document else ""
            case "lifecycle":
                return say_in("exported", LIFECYCLES.get(row.lifecycle, row.lifecycle))
            case "owner":
                return row.owner or ""
            case "code":
                return row.code
            case "registered":
                made, today = row.created_at, self.now.astimezone(self.zone).date()
                return formats.day_word(made.astimezone(self.zone).date(), today) if made is not None else ""
            case "due":
                facts = DueFacts(False, row.due_on, row.start_at, row.internal_on)
                return formats.when_word(facts, self.now, self.zone) if row.open_cards else ""
        return self._link(row)

    def _cell(self, look: Look, text: str, room: int, fg: str, bold: bool = False) -> list[Run]:
        shown = look.cut(text, room)
        return [*self.words.runs(shown, fg, bold), Run(" " * (room - cells(shown)), fg)]

    @staticmethod
    def _link(row: PartyHit) -> str:
        """The company and the role there; without one the document, then the address."""
        if row.company:
            return f"{row.company}, {row.role}" if row.role else row.company
        return formats.document(row.document) if row.document else row.email or ""


class Heads(Lines):
    """The column headings, over the list at every height: a telephone and a document look alike."""

    DEFAULT_CSS = "Heads { height: 1; width: 100%; }"

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[str, ...] = USUAL
        self.columns: tuple[ListColumn, ...] = PEOPLE

    def show(self, shown: tuple[str, ...], columns: tuple[ListColumn, ...]) -> None:
        """Other ones of these columns."""
        self.shown, self.columns = shown, columns
        self.sync()

    def _chosen(self, width: int) -> list[Strip]:
        name, laid = laid_out(self.shown, width - _LEFT - 1, self.columns)
        line = " " * _LEFT + self.look.pad(say(N_("Person")), name)
        line += "".join(f"  {self.look.pad(clean(column.told), room)}" for column, room in laid)
        return [paint(self.look, [Run(line, "muted")], width)]

    def draw(self, width: int, height: int) -> list[Strip]:
        if self.shown != USUAL:
            return self._chosen(width)
        name, link = columns(width)
        look = self.look
        line = " " * _LEFT + look.pad(say(N_("Person")), name) + "  "
        line += look.pad(say(N_("Company or document")), link) if link else ""
        line += look.pad(say(N_("Phone")), _PHONE + 1)
        line += look.pad(say(N_("Cards")), _CARDS, right=True)
        return [paint(look, [Run(line, "muted")], width)]


def _phone(row: PartyHit) -> str:
    """The number that may be called; where each is one that is not wished, that."""
    if row.no_calls:
        return say(N_("no calls"))
    return formats.phone(row.phone) if row.phone else ""
