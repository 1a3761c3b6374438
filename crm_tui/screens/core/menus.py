"""Menus of letters: `N` new of any kind, `y` copy. One key opens, one letter does it.

A letter stands in the label itself (`_Phone`), so that each language has its own and keeps it. Knows the
forms by their names only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.board import CardDetail, CardKind, StageCategory
from crm_tui.domain.party import PartyDetail, Point
from crm_tui.domain.text import sanitise
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.place import Place
from crm_tui.screens.core.reach import unwished
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.services.board import views as boards
from crm_tui.services.party import views as parties
from crm_tui.ui import formats
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint, width_of
from crm_tui.widgets.pane import Line, Pane

if TYPE_CHECKING:
    from textual.screen import Screen

    from crm_tui.screens.core.shell import Shell

WHATSAPP: Final = "https://wa.me/{digits}"
_KINDS: Final = {"phone", "mobile", "whatsapp"}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: `label` (said) with `_` before its letter, what stands at the right, and what it does.

    Without `run` it is shown, muted, and does nothing: an entry keeps its letter and its place. `muted` with a `run`:
    it cannot be done now, and says why in full. `key` is what stands for the letter where the label has none of its
    own: a sign, a number; then `_` in the label is a letter of a name.
    """

    label: str
    hint: str
    run: Callable[[], Any] | None
    key: str = ""
    muted: bool = False

    @property
    def letter(self) -> str:
        """The key, in lower case."""
        return self.key or self.label.partition("_")[2][:1].lower()

    @property
    def words(self) -> str:
        """The label without its mark."""
        return "".join(self.parts)

    @property
    def parts(self) -> tuple[str, str]:
        """The label before its letter, and from its letter on."""
        head, _, tail = (self.label, "", "") if self.key else self.label.partition("_")
        return head, tail


class Rows(Lines):
    """The entries, the cursor on one of them."""

    DEFAULT_CSS = "Rows { width: 100%; }"
    GROUND = "raised"

    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__()
        self.items = items
        self.at = 0
        self.styles.height = max(1, len(items))

    def draw(self, width: int, height: int) -> list[Strip]:
        return [self._row(item, i == self.at, width) for i, item in enumerate(self.items)]

    def _row(self, item: Item, here: bool, width: int) -> Strip:
        look = self.look
        dead = item.run is None or item.muted
        letter = f"[{item.letter}]" if look.ascii else item.letter
        left = [Run(f" {letter}  ", "muted" if dead else "accent", not dead)]
        head, tail = item.parts
        tone = "muted" if dead else "bright" if here else "text"
        left += [Run(head, tone), Run(tail[:1], tone, underline=not look.ascii), Run(tail[1:], tone)]
        room = width - 1 - width_of(left) - 2
        hint = look.cut(clean(item.hint), max(0, room))
        gap = Run(" " * max(1, width - 1 - width_of(left) - cells(hint)))
        return paint(look, [*left, gap, Run(hint, "muted")], width, "selection" if here else self.GROUND)


class MenuScreen(SheetScreen[None]):
    """A sheet of entries; the letter, or enter on the cursor's one, does it after the sheet is gone."""

    FOOTER = "menu"
    SCOPES = ("app", "menu")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("menu.up", "menu.down", "menu.run", "menu.close"))
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, heading: str, items: Sequence[Item], about: str = "") -> None:
        super().__init__()
        self.heading, self.about = heading, about
        self.rows = Rows(items)

    @property
    def taken(self) -> frozenset[str]:
        """The letters of the entries: `q` closes a menu that has no entry of that letter."""
        return frozenset(item.letter for item in self.rows.items)

    def content(self) -> ComposeResult:
        yield SheetTitle(self.heading, clean(self.about))
        yield self.rows

    def on_key(self, event: events.Key) -> None:
        letter = (event.character or "").lower()
        for item in self.rows.items:
            if letter and item.letter == letter:
                event.stop()
                self._do(item)
                return

    def on_click(self, event: events.Click) -> None:
        if event.widget is self.rows and 0 <= event.y < len(self.rows.items):
            self._do(self.rows.items[event.y])

    def _do(self, item: Item) -> None:
        if item.run is not None:
            self.dismiss(None)
            self.app.call_later(item.run)

    def _step(self, by: int) -> None:
        self.rows.at = max(0, min(len(self.rows.items) - 1, self.rows.at + by))
        self.rows.sync()

    def action_menu_up(self) -> None:
        self._step(-1)

    def action_menu_down(self) -> None:
        self._step(1)

    def action_menu_run(self) -> None:
        if self.rows.items:
            self._do(self.rows.items[self.rows.at])

    def action_menu_close(self) -> None:
        self.dismiss(None)


class TextScreen(SheetScreen[None]):
    """A text that was sent to the terminal, shown whole: not every terminal takes it. Any closing key closes."""

    FOOTER = "menu"
    SCOPES = ("app", "menu")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("menu.close",))
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, heading: str, text: str) -> None:
        super().__init__()
        self.heading = heading
        self.lines = [Line((Run(line),)) for line in text.splitlines()]
        self.pane = Pane(ground="raised", gap=0)

    def content(self) -> ComposeResult:
        yield SheetTitle(self.heading)
        self.pane.styles.height = min(len(self.lines), 16)
        yield self.pane

    def on_mount(self) -> None:
        self.pane.set_blocks([self.lines])

    def action_menu_close(self) -> None:
        self.dismiss(None)


# --- new of any kind ----------------------------------------------------------------------------------------

_CARDS: Final = (
    (CardKind.LEAD, N_("_Lead"), N_("somebody to qualify")),
    (CardKind.OPPORTUNITY, N_("_Deal"), N_("a sale that may be won")),
    (CardKind.TICKET, N_("_Ticket"), N_("a customer asks for help")),
)


def new_menu(shell: Shell, choose: str = "") -> Screen[Any] | None:
    """`N`: what may be made. `choose` (lead, opportunity, ticket, person, task) goes straight to its form."""
    made: dict[str, Item] = {}
    for kind, label, hint in _CARDS:
        stage = _first_stage(shell, kind)
        if stage is not None:
            made[kind.value] = Item(say(label), say(hint), _go(shell, "new_card", stage=stage))
    made["person"] = Item(say(N_("_Person")), say(N_("without a card yet")), _go(shell, "new_party"))
    made["task"] = Item(say(N_("T_ask")), say(N_("something to do on a day")), _go(shell, "new_task"))
    if choose:
        chosen = made.get(choose)
        if chosen is not None and chosen.run is not None:
            chosen.run()
        return None
    return MenuScreen(say_in("palette", "New"), list(made.values()))


def _first_stage(shell: Shell, kind: CardKind) -> int | None:
    """The first open stage of the first board of that kind."""
    for board in shell.crm.read(boards.boards):
        if board.kind == kind:
            for stage in shell.crm.read(boards.stages, board.id):
                if stage.category == StageCategory.OPEN:
                    return int(stage.id)
    return None


def _go(shell: Shell, place: str, **args: Any) -> Callable[[], Any]:
    from crm_tui.screens.core.go import Go

    def go() -> None:
        shell.gate.hold()
        shell.post_message(Go(place, **args))

    return go


# --- copy ---------------------------------------------------------------------------------------------------


def copy_menu(shell: Shell, card: int | None = None, party: int | None = None) -> MenuScreen | None:
    """`y`: telephone, WhatsApp link, e-mail, number, or everything, sent to the terminal's clipboard.

    Of a card, the contact comes before the company that it is about: that is who is called.
    """
    found: CardDetail | None = shell.crm.read(boards.detail, card) if card is not None else None
    ids = [found.contact_id, found.party_id] if found is not None else [party]
    asked = [shell.crm.read(parties.detail, i) for i in dict.fromkeys(ids) if i is not None]
    people: list[PartyDetail] = [person for person in asked if person is not None]
    if found is None and not people:
        return None
    points = [point for person in people for point in person.points]
    phones = [p.normalized for p in points if p.kind in _KINDS]
    mails = [p.normalized for p in points if p.kind == "email"]
    phone = phones[0] if phones else ""
    chats = [p.normalized for kind in ("whatsapp", "mobile") for p in points if p.kind == kind]
    link = WHATSAPP.format(digits=chats[0].removeprefix("+")) if chats else ""
    number = found.number if found else people[0].code

    def item(label: str, text: str, shown: str = "") -> Item:
        return Item(say(label), shown or text or "—", (lambda: copied(shell, text)) if text else None)

    everything = _everything(found, people, phones, mails)
    return MenuScreen(
        say(N_("Copy")),
        [
            item(
                N_("_Phone"),
                formats.phone(phone) if phone else "",
                _beside(points, phone, formats.phone(phone)),
            ),
            item(N_("_WhatsApp link"), link),
            item(
                N_("_E-mail"), mails[0] if mails else "", _beside(points, mails[0], mails[0]) if mails else ""
            ),
            item(N_("_Number"), number),
            item(N_("_All as text"), everything),
        ],
        ", ".join(person.name for person in people) or (found.title if found else ""),
    )


def _beside(points: Sequence[Point], normalized: str, shown: str) -> str:
    """A number or an address with the wish not to be reached by it."""
    words = next((unwished(point) for point in points if point.normalized == normalized), "")
    return f"{shown}  {words}".rstrip()


def _everything(
    card: CardDetail | None, people: Sequence[PartyDetail], phones: Sequence[str], mails: Sequence[str]
) -> str:
    names = [name for person in people for name in (person.name, *(c.name for c in person.companies))]
    lines = [*dict.fromkeys(names), *(formats.phone(phone) for phone in phones), *mails]
    lines += [formats.document(person.document) for person in people if person.document]
    if card is not None:
        lines.append(f"{card.number}  {card.title}")
        lines.append(f"{card.board}, {card.stage}  {formats.money(card.value_cents)}")
    return "\n".join(lines)


def copied(shell: Shell, text: str) -> None:
    """Send a text to the terminal's clipboard (OSC 52), and show it: no terminal answers whether it took it."""
    safe = sanitise(text)
    shell.copy_to_clipboard(safe)
    below = shell.screen
    if "\n" not in safe and isinstance(below, Place):
        below.tell(say(N_("Sent to the terminal: {what}"), what=safe))
    else:
        shell.push_screen(TextScreen(say(N_("Sent to the terminal")), safe))
