"""Standard texts in the parecer: `f9` lists them, `/code` is expanded where it is typed. (B61, B69)

What a record has to say for a variable is put together here, because it is written as a reader of the language
writes it; what becomes of the names is `domain.canned`'s.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.canned import StandardText, merge, same_code
from crm_tui.domain.fields import chosen_id
from crm_tui.domain.party import PartyDetail
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.searchline import SearchLine
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.note.desk import Desk, Part
from crm_tui.services.canned import views
from crm_tui.services.party import views as parties
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint, width_of
from crm_tui.widgets.rows import RowPainter
from crm_tui.widgets.vlist import VList

USED = "template"
"""The key in a draft's payload, and the field of the command, of the standard text that was used."""
ROWS, ROWS_LEAST = 10, 3


@dataclass(frozen=True, slots=True)
class Used:
    """A standard text that went into the note; `before` is the whole text as it stood then, None of a draft."""

    id: int
    before: str | None


class StandardTexts(Part):
    """The standard texts that may go into the note, and the one that did."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._used: list[Used] = []
        self._left_open = ""
        """What could not be filled in, to be said once the change is through."""

    def take_up(self, kept: Mapping[str, str]) -> None:
        """The one that a draft names."""
        found = chosen_id(kept.get(USED, ""))
        self._used = [] if found is None else [Used(found, None)]

    def offered(self) -> list[StandardText]:
        """What is offered on this record, by the service type of its card."""
        card = self._desk.card
        found: list[StandardText] = self._desk.crm.read(
            views.offered, card.case_type_id if card is not None else None
        )
        return found

    def choose(self) -> None:
        """`f9`: the list; the chosen one goes where the cursor stands."""
        texts = self.offered()
        if not texts:
            none = N_("There is no standard text yet: add one under Settings (,).")
            self._desk.sentence.show(say(none), "today")
            return
        self._desk.screen.app.push_screen(TextsScreen(texts, self._desk.who()), callback=self._put)

    def _put(self, text: StandardText | None) -> None:
        body = self._desk.body
        body.focus()
        if text is not None:
            body.put_in(self._filled_in(text))

    def meant_by(self, code: str) -> str | None:
        """What a typed `/code` stands for; None if nothing does."""
        texts: list[StandardText] = self._desk.crm.read(views.standard_texts)
        found = next((each for each in texts if each.active and same_code(each.code, code)), None)
        return self._filled_in(found) if found is not None else None

    def _filled_in(self, text: StandardText) -> str:
        merged = merge(text.body, self._values())
        self._used.append(Used(text.id, self._desk.body.raw))
        left = [*merged.unknown, *merged.empty]
        self._left_open = say(N_("not filled in: {names}"), names=" ".join(left)) if left else ""
        return merged.text

    def _values(self) -> dict[str, str]:
        """What the record says for each variable, by its key; empty where it says nothing."""
        desk = self._desk
        card, now, zone = desk.card, desk.screen.now, desk.screen.zone
        local = now.astimezone(zone)
        party = self._person(desk.party_id)
        contact = self._person(card.contact_id if card is not None else None)
        if contact is None and party is not None and party.people:
            contact = self._person(party.people[0].id)
        contact = contact or party
        found = {
            "name": party.name if party is not None else "",
            "contact": contact.name if contact is not None else "",
            "company": _company(party),
            "phone": _phone(contact) or _phone(party),
            "me": desk.crm.viewer.name,
            "today": formats.day_full(local.date()),
            "now": formats.clock(now, zone),
        }
        if card is not None:
            step = formats.when_long(card.facts(), now, zone) if card.next_subject is not None else ""
            found |= {
                "card": card.number,
                "subject": card.title,
                "value": formats.money(card.value_cents) if card.value_cents else "",
                "board": card.board,
                "stage": card.stage,
                "owner": desk.crm.read(views.called, card.owner) if card.owner else "",
                "next": f"{card.next_subject}, {step}" if step else "",
            }
        return {key: clean(value) for key, value in found.items()}

    def _person(self, party_id: int | None) -> PartyDetail | None:
        if party_id is None:
            return None
        found: PartyDetail | None = self._desk.crm.read(parties.detail, party_id)
        return found

    # --- which one was used -------------------------------------------------------------------------------

    def changed(self, name: str) -> None:
        """A text that was taken back by undo was not used; what could not be filled in is said after the change."""
        if name != "body":
            return
        raw = self._desk.body.raw
        if self._used and (not raw.strip() or raw == self._used[-1].before):
            self._used = self._used[:-1] if raw.strip() else []
            self._left_open = ""
        if self._left_open:
            self._desk.screen.call_later(self._desk.sentence.show, self._left_open, "today")
            self._left_open = ""

    def filed(self) -> Mapping[str, str]:
        """The standard text that the note used: the last one."""
        return {USED: f"#{self._used[-1].id}"} if self._used else {}

    def parked(self) -> Mapping[str, str]:
        return self.filed()


def _company(party: PartyDetail | None) -> str:
    if party is None:
        return ""
    if party.kind == "organization":
        return party.name
    return party.companies[0].name if party.companies else ""


def _phone(party: PartyDetail | None) -> str:
    points = party.points if party is not None else ()
    return next((formats.phone(p.normalized) for p in points if p.kind not in ("email", "site")), "")


class TextPainter(RowPainter[StandardText]):
    """`/code`, the name, whose it is, and how it begins."""

    CODE = 14

    def stamp(self, row: StandardText) -> Hashable:
        return row

    def paint(
        self, look: Look, row: StandardText, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        ground = ground_of(cursor=cursor, marked=marked, focused=focused, plain="raised")
        lead = look.glyph("bar") if cursor and focused else " "
        code = look.pad(look.cut(f"/{clean(row.code)}", self.CODE), self.CODE)
        runs = [Run(lead, "accent"), Run(f" {code} ", "accent"), Run(clean(row.name), "bright", cursor)]
        about = f"  {clean(row.case_type)}" if row.case_type else ""
        body = clean(" ".join(row.body.split()))
        room = max(0, width - 1 - width_of(runs) - cells(about) - 2)
        runs += [Run(about, "muted"), Run(f"  {look.cut(body, room)}", "muted")]
        return paint(look, [run for run in runs if run.text], width, ground)


class TextsScreen(SheetScreen[StandardText | None]):
    """The standard texts that are offered: a search that narrows, Enter takes; `f9` lists the variables."""

    TOP = True
    FOOTER = "texts"
    SCOPES = ("app", "picker", "texts")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("pick.accept", "pick.cancel", "tx.variables"))
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    TextsScreen VList { height: 8; background: $panel; }
    """

    def __init__(self, texts: Sequence[StandardText], about: str) -> None:
        super().__init__()
        self.texts, self.about = list(texts), about
        self.shown = self.texts
        self.search = SearchLine(placeholder=say(N_("a code or words of the text")), bar=False)
        self.list: VList[StandardText] = VList(self._fetch, TextPainter(), live=True)
        self.list.GROUND = "raised"

    def content(self) -> ComposeResult:
        most = min(ROWS, self.app.size.height - 8)
        self.list.styles.height = max(ROWS_LEAST, min(most, len(self.texts)))
        yield SheetTitle(say(N_("Standard texts")), clean(self.about))
        yield self.search
        yield self.list

    def on_mount(self) -> None:
        self.search.line.focus()
        self._narrow("")

    def _fetch(self, start: int, count: int) -> Sequence[StandardText]:
        return self.shown[start : start + count]

    def _narrow(self, words: str) -> None:
        """Those that hold every word; a code that begins so comes first."""
        pieces = fold(words.removeprefix("/")).split()
        found = [each for each in self.texts if all(p in _words(each) for p in pieces)]
        found.sort(key=lambda each: not fold(each.code).startswith(" ".join(pieces)))
        self.shown = found if pieces else self.texts
        ids = [each.id for each in self.shown]
        self.list.show(ids, cursor=ids[0] if ids else None)
        nothing = [Run("  "), Run(say(N_("Nothing matches.")), "muted")]
        self.list.below(*([] if ids else [nothing]))

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        self._narrow(event.words)

    def on_search_line_left(self, event: SearchLine.Left) -> None:
        if event.key == "up":
            self.list.action_nav_up()
        elif event.key == "down":
            self.list.action_nav_down()
        else:
            self._narrow(event.words) if event.words != self.search.line.raw.strip() else None
            self.action_pick_accept()

    def on_search_line_closed(self) -> None:
        self.action_pick_cancel()

    def on_vlist_opened(self) -> None:
        self.action_pick_accept()

    def action_pick_accept(self) -> None:
        if self.list.row is not None:
            self.dismiss(self.list.row)

    def action_pick_cancel(self) -> None:
        self.dismiss(None)

    def action_tx_variables(self) -> None:
        self.go("variables")


def _words(text: StandardText) -> str:
    return fold(f"{text.code} {text.name} {text.case_type or ''} {text.body}")
