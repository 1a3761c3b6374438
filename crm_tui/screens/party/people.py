"""Pessoas: search as one types, with the person under the cursor beside or below. (M1, M54)

The focus is in the input from the start; `down` or `enter` hand over to the list, where letters are commands. The line
speaks the filter language; what names no field is looked for as it comes, a phone in any shape among it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual.widget import Widget

from crm_tui.domain.filter_tree import Filter, FreeText, Place, plain_words
from crm_tui.domain.party import Found, PartyHit
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.barred import barred
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.filtered import SPOKEN, Filtered, free_words
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.core.previewed import Previewed
from crm_tui.screens.core.reach import reaches
from crm_tui.screens.core.speech import Speech
from crm_tui.screens.core.termline import NOTHING, TermLine
from crm_tui.screens.party.facts import Facts, gather
from crm_tui.screens.party.further import Further, Sought, ask
from crm_tui.screens.party.marking import MARKS, Marks
from crm_tui.screens.party.rows import NEW, Create, Heads, PeoplePainter, Row
from crm_tui.screens.party.shown import ARRANGES, Arranges
from crm_tui.screens.party.values import VALUES, Values
from crm_tui.screens.party.verbs import VERBS, PersonVerbs
from crm_tui.services.party import views
from crm_tui.ui import formats
from crm_tui.ui.footers import footer
from crm_tui.widgets.bars import Footer
from crm_tui.widgets.looks import Run
from crm_tui.widgets.vlist import VList

RECOUNTED = 20_000
"""Up to so many people the total is counted anew with every change (5 ms); a million take 250 ms, once."""
TYPING = frozenset(("fl.apply", "fl.list", "fl.close"))
_FIELD = re.compile(r"[^\W\d][\w.]*:")


class PeopleScreen(Arranges, Marks, Values, Filtered, PersonVerbs, Navigates, Previewed):
    """The search over people and organisations."""

    MODE = "4"
    FOOTER = "people"
    FILTERED = Place.PEOPLE
    SCOPES = ("app", "place", "record")
    OFFERS: ClassVar[frozenset[str]] = (
        PLACE_OFFERS | NAV | VERBS | SPOKEN | ARRANGES | MARKS | VALUES | {"rec.open", "rec.menu", "new.here"}
    )
    ASKS: ClassVar[dict[str, str]] = {
        "rec.edit": "edit_party",
        "rec.cell": "edit_party",
        "new.here": "new_party",
    }
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    PeopleScreen #preview { height: 10; }
    PeopleScreen.-low #preview { height: 6; }
    PeopleScreen.-wide #preview { width: 44; height: 100%; }
    """

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.hits = Found((), more=False)
        self.total: int | None = None
        self._typed = False
        self._sought = Sought()
        self._search: Latest[Sought, Found] = Latest(self, self._ask, self._answered)
        self._further = Further(self, self._further_answered)
        self._counting: Latest[None, int] = Latest(self, self._count, self._counted)
        self.search = TermLine(
            placeholder=say(N_("name, CPF or CNPJ, phone, e-mail or code, as it comes")), leads_on=True
        )
        self.heads = Heads()
        self.list: VList[Row] = VList(self._fetch, _first_painter(), live=True, id="rows")

    # --- what is shown ------------------------------------------------------------------------------------

    def listed(self) -> Iterable[Widget]:
        return self.search, self.heads, self.list

    def on_mount(self) -> None:
        self.recall()
        self.speech = Speech(self.search, self.world(), self.habits, self.earlier)
        self.read()
        self.search.line.focus()

    def on_descendant_focus(self) -> None:
        self.list.live = self.search.typing
        self.list.sync()
        self.show_footer()

    def show_footer(self) -> None:
        """Two footers: of the input, where letters are typed, and of the list."""
        typing = self.search.typing
        *hints, last = footer(
            "people.search" if typing else "people.marked" if self.marked else self.FOOTER,
            self.size.width or self.app.size.width,
            only=TYPING if typing else self.OFFERS,
            ascii=self.shell.look.ascii,
            barred=partial(barred, self),
        )
        self.footer.show(Footer(tuple(hints), last))

    def show_title(self) -> None:
        """The input stands where other places have their title; its right end says what happened."""
        if self._notice:
            self.search.tell(self._notice, "text")
        elif self.total is not None:
            self.search.tell(self.matches())

    def _fetch(self, start: int, count: int) -> Sequence[Row]:
        rows: list[Row] = [*self.with_own(self.hits.hits[start : start + count])]
        if self.words and start + count > len(self.hits.hits):
            rows.append(Create(self.words, bool(self.hits.hits)))
        return rows[:count]

    # --- searching ----------------------------------------------------------------------------------------

    def read(self) -> None:
        """Search anew what stands in the line; the newest ones are read at once, they are one index range."""
        self.own_again()
        if self._further.whole and not self._search.pending:
            self._further.again(self._sought)
        elif self._sought != Sought() or self._search.pending:
            self._search.want(self._sought)
        else:
            self._answered(self._sought, self._ask(self._sought))
        if self.total is None or self.total <= RECOUNTED:
            self._counting.want(None)

    def _count(self, _: None) -> int:
        return self.crm.read(views.count) if reaches(self.crm, views.count) else 0

    def _counted(self, _: None, total: int) -> None:
        self.total = total
        self.show_title()

    def _ask(self, sought: Sought) -> Found:
        return ask(self.crm, sought, self._further.most, whole=False)

    def _answered(self, sought: Sought, found: Found) -> None:
        self._listed(found)
        self._further.go_on(sought, found)

    def _further_answered(self, sought: Sought, found: Found) -> None:
        if sought == self._sought:
            self._listed(found)

    def _listed(self, found: Found) -> None:
        typed, self._typed = self._typed, False
        self.hits = found
        keys = [hit.id for hit in self.hits.hits] + ([NEW] if self.words else [])
        painter = PeoplePainter(self.now, self.zone, self.words.split(), self.shown, self.columns)
        self.list.show(keys, cursor=keys[0] if keys and typed else None, painter=painter)
        self.list.below(*([] if keys else self._empty()))
        self.show_title()
        if typed:
            self.on_vlist_moved()
        else:
            self.show_preview()

    def again(self) -> None:
        self._typed = False
        self._listed(self.hits)

    def sorted_so(self, found: Filter) -> None:
        """By `s`: words as they come cannot be in an order, so they become a filter."""
        if found.where == Filter().where and self._sought.text:
            found = replace(plain_words(self._sought.text), sort=found.sort)
        self.apply(found)

    def sought(self) -> tuple[str, Filter | None]:
        return self._sought

    def line_typed(self, words: str) -> None:
        self.look_for(words)

    def look_for(self, words: str) -> None:
        """Search for what stands in the line; while it is wrong the answers to what it was stay."""
        found = self.speech.typed() if self.speech is not None else None
        if found is None and _FIELD.search(words):
            return
        if found is None or _only_words(found):  # as it comes: "(11) 9888" is no filter, and is found
            if found is None:
                self.search.show(NOTHING)
            self._seek(Filter(), Sought(words), words)
        else:
            self._seek(found, Sought("", found), "")

    def _seek(self, found: Filter, sought: Sought, words: str) -> None:
        self.found = found
        typed = words or free_words(found)
        self.words = "" if _FIELD.search(typed) else typed  # nobody is called `dono:ana`
        if sought != self._sought:
            self._further.begin()
            self._sought, self._typed = sought, True
            self._search.want(sought)

    def show_found(self) -> None:
        self._further.begin()
        self._typed = True
        self._sought = Sought("", self.found) if self.found != Filter() else Sought()
        self._search.want(self._sought)

    def then_listed(self, act: Callable[[], None]) -> None:
        self._search.then(act)

    def line_left(self, words: str) -> None:
        """`down` and `enter`; while an answer is still to come they wait for it, lest they act on a stranger."""
        if self.speech is not None and _FIELD.search(words):
            found = self.speech.whole()
            if found is None:
                return
            self._write(self.speech.keep(found))
        self.look_for(words)
        self.search.close_offers()
        self._search.then(self.to_list)

    def _write(self, line: str) -> None:
        """Put the canonical line in place of what was typed."""
        if line != self.search.text.strip():
            self.search.line.set_raw(line)

    def to_list(self) -> None:
        if self.list.keys:
            self.list.focus()

    def line_closed(self) -> None:
        """Esc empties the line; in an empty line it goes to the list, where digits change the mode.

        To an empty list too: nobody is kept in a line from which no key leads out.
        """
        if self.search.line.raw:
            self.search.line.set_raw("")
        else:
            self.list.focus()

    async def action_view_filter(self) -> None:
        self.search.line.focus()

    async def open_line(self, text: str) -> None:
        self.search.line.set_raw(text)
        self.search.line.focus()

    def apply(self, found: Filter, called: str = "") -> None:
        """By the dialog or a saved view: what it says stands in the line."""
        if found.columns:
            self.show_columns(found.columns)
            found = replace(found, columns=())
            self.again()
        super().apply(found, called)
        self._write(self.line_of(found))

    def action_view_clear(self) -> None:
        self.search.line.set_raw("")

    def matches(self) -> str:
        found = formats.number(len(self.hits.hits)) + ("+" if self.hits.more else "")
        said = say(N_("{found} of {total}"), found=found, total=formats.number(self.total or 0))
        return f"{say_n('{n} marked', '{n} marked', self.marked)}  {said}" if self.marked else said

    def action_app_back(self) -> None:
        """One Esc, one step: the marks, then from the list to the search; at the root it ends there."""
        if self.list.marks and not self.search.typing:
            self.list.set_marks(())
        elif not self.search.typing:
            self.search.line.focus()

    # --- the preview follows the resting cursor -------------------------------------------------------------

    def on_vlist_moved(self) -> None:
        self.cursor_moved()
        self._further.near(self._sought, self.hits, self.list.index)

    def action_sel_all(self) -> None:
        """Everybody who is meant, not only the first of them."""
        self._further.all(self._sought, self.hits, super().action_sel_all)

    def show_preview(self) -> None:
        """The person under the cursor."""
        party = self.person()
        found = gather(self.crm, party) if party is not None else None
        facts = Facts(self.shell.look, self.now, self.zone)
        self.preview.gap = int(self.wide)
        self.preview.set_blocks(
            [] if found is None else (facts.beside if self.wide else facts.preview)(found)
        )

    # --- keys ---------------------------------------------------------------------------------------------

    def target(self) -> VList[Any]:
        return self.list

    def person(self) -> int | None:
        return self.list.key or None

    def action_rec_open(self) -> None:
        row = self.list.row
        if isinstance(row, PartyHit):
            self.go("person", party=row.id, siblings=[hit.id for hit in self.hits.hits])
        elif isinstance(row, Create):
            self.go("new_party", name=row.words)

    def on_vlist_opened(self) -> None:
        self.action_rec_open()

    def action_rec_menu(self) -> None:
        """`o`: what is done seldom with the person under the cursor."""
        self._with_person("person_menu")

    def action_rec_edit(self) -> None:
        if self.marked:
            self.edit_marked()
        else:
            super().action_rec_edit()

    def action_new_here(self) -> None:
        self.go("new_party", name=self.words if self.list.key == NEW else "")

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A form was saved over this screen: from the last row the cursor goes to whom it made."""
        self._typed = self.list.key == NEW
        if self.marked:
            order = sorted(self.list.marks, key=[*self.list.keys, *self.list.marks].index)
            self.list.set_marks(order[at] for at in left if at < len(order))
        self.read()
        self.tell(what)

    def _empty(self) -> list[list[Run]]:
        if not reaches(self.crm, views.search):
            denied = say(N_("Your profile does not show people: ask an administrator."))
            return [[Run("   "), Run(denied, "text")]]
        if self._sought != Sought():
            return [
                [Run("   "), Run(say(N_("Nobody has that.")), "bright", True)],
                [Run("   "), Run(say(N_("esc empties the line and shows everybody again.")), "muted")],
            ]
        return [
            [Run("   "), Run(say(N_("Nobody is here yet.")), "bright", True)],
            [Run("   "), Run(say(N_("Type a name and enter: the last row makes a person of it.")), "muted")],
        ]


def _only_words(found: Filter) -> bool:
    return found.sort is None and all(
        isinstance(node, FreeText) and not node.phrase.exact for node in found.where.of
    )


def _first_painter() -> PeoplePainter:
    from datetime import UTC, datetime

    return PeoplePainter(datetime.fromtimestamp(0, UTC), UTC)
