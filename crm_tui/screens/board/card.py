"""Atendimento: one card opened, from top to bottom in order of urgency. (E28, B40, M1, T2)

What it is and its worth, where in the process, what is due; then the stable facts, and the story by day.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult

from crm_tui.domain.board import CardDetail
from crm_tui.domain.followup import Step
from crm_tui.domain.moving import Gone
from crm_tui.i18n import N_, say
from crm_tui.screens.board import stays, tabs
from crm_tui.screens.board.belongings import (
    DATA,
    HOLDS,
    ITEMS,
    STEPS,
    STORY,
    TASKS,
    Belongings,
    Opened,
    tab_names,
)
from crm_tui.screens.board.facts import CardBriefer
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.briefing import of_card
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.note_deeds import note_of
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.core.story import Source, StoryPane
from crm_tui.services.board import journeys, views
from crm_tui.services.board import stays as times
from crm_tui.services.followup import views as followups
from crm_tui.services.form import views as forms
from crm_tui.services.label import views as labels
from crm_tui.services.note import views as notes
from crm_tui.services.offer import views as offers
from crm_tui.ui import formats
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line, Pane

NO_TASK = N_("No task yet: + adds one, space ticks it when it is done.")
NO_STEP = N_("No step yet: a plans one, p writes a note with the next one.")
NO_FORM = N_("No form yet: they are made under Settings.")
NO_FILE = N_("No file yet: + attaches one of this machine.")


class CardScreen(Belongings):
    """See the module. `siblings` are the cards of the list one came from, in its order."""

    OVER = True
    FOOTER = "card"
    SCOPES = ("app", "place", "record", "card")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {
            *PLACE_OFFERS,
            *NAV,
            *HOLDS,
            *("nav.left", "nav.right", "rec.open", "rec.edit", "rec.note", "rec.comment", "rec.schedule"),
            *(
                "rec.redate",
                "rec.snooze",
                "rec.free_days",
                "rec.move",
                "rec.handover",
                "rec.won",
                "rec.lost",
                "rec.menu",
                "rec.tasks",
                "rec.labels",
                "rec.trail",
                "rec.copy",
            ),
            *("rec.next", "rec.prev", "view.filter"),
        }
    )
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    CardScreen #facts { height: 3; width: 100%; }
    CardScreen #right { height: 1fr; width: 100%; }
    CardScreen.-wide #facts { width: 39; height: 100%; }
    CardScreen.-wide #right { width: 1fr; height: 100%; }
    CardScreen.-low #facts { height: 2; }
    """

    def __init__(self, *, card: int, siblings: Sequence[int] = (), tab: str = "", **_: Any) -> None:
        super().__init__()
        self.card_id = card
        self.listed = list(siblings)
        self.opened: Opened | None = None
        self.tab = {"tasks": TASKS, "items": ITEMS}.get(tab, STORY)
        self.head_bar = tabs.Bar("background")
        self.path = tabs.Bar("raised")
        self.band = tabs.Bar("surface")
        self.facts = Pane(id="facts", gap=1, titled=True)
        self.tab_bar = tabs.TabBar()
        self.story = StoryPane(id="story")
        self.steps = tabs.Choices(id="steps")

    # --- what is shown ------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        yield self.head_bar
        yield self.path
        yield self.band
        with Beside(id="work"):
            yield self.facts
            with Stacked(id="right"):
                yield self.tab_bar
                yield self.item_heads
                yield from self._panes
                yield self.item_sums

    def on_mount(self) -> None:
        self.shell.park_behind(partial(self.crm.remembered.opened, f"c{self.card_id}"))
        self.open_tab(self.tab)
        self.read()

    def on_resize(self) -> None:
        self._show()

    def read(self) -> None:
        card: CardDetail | None = self.crm.read(views.detail, self.card_id)
        self.opened = None
        if card is not None:
            self.opened = Opened(
                card,
                of_card(self.crm, card),
                self.crm.read(views.stages, card.board_id),
                self.crm.read(followups.steps_of_card, card.id),
                self.crm.read(labels.members, [card.id]).get(card.id, ()),
                self.crm.read(labels.tasks, card.id),
                self.crm.read(notes.files, card.id),
                self.crm.read(forms.of_card, card.id),
                self.crm.read(forms.fields, card.id),
                self.crm.read(offers.of_card, card.id),
                self.crm.read(journeys.journey, card.id),
                self.crm.read(times.of_card, card.id),
            )
            self.story.tell(Source(self.crm, card=card.id))
        self._show()

    def _show(self) -> None:
        opened, look, width = self.opened, self.shell.look, self.app.size.width
        self.show_title()
        self.facts.can_focus, self.facts.gap = self.wide, int(self.wide)
        if opened is None:
            gone = self._gone()
            for bar in (self.path, self.band):
                bar.show([])
            for pane in (self.facts, *self._panes):
                pane.set_blocks([])
            self.facts.set_blocks([[Line((Run(gone),))]])
            return
        briefer = CardBriefer(look, self.now, self.zone, opened.kin, opened.forms)
        next_step = opened.step(opened.card.next_activity_id)
        action = next_step.action if next_step is not None else ""
        shown = tabs.Shown(opened.card, opened.stages, action, self.now, self.zone)
        self.path.show(*tabs.path(shown, look, width))
        self.band.show(*tabs.band(shown, look, width))
        if self.wide:
            facts = briefer.left(opened.brief, opened.card, opened.members)
        else:
            rows = 2 if self.low else 3
            facts = briefer.stacked(opened.brief, opened.card, opened.members, rows=rows, width=width)
        self.facts.set_blocks(facts, keep=True)
        self.tasks.set_blocks(briefer.tasks(opened.tasks) or [[_nothing(NO_TASK)]], keep=True)
        self.steps.set_blocks(briefer.steps(opened.steps) or [[_nothing(NO_STEP)]], keep=True)
        self.forms.set_blocks(briefer.forms(opened.forms) or [[_nothing(NO_FORM)]], keep=True)
        self.show_items(opened.items)
        self.files.set_blocks(briefer.files(opened.files) or [[_nothing(NO_FILE)]], keep=True)
        self.data = briefer.data(opened.card, opened.members, opened.brief.labels, opened.further)
        self.data += stays.data(look, opened.stays, self.now, self.zone, self.shell.house_calendar)
        self.fields.set_blocks(briefer.rows(self.data), keep=True)
        self._show_tabs()

    def _gone(self) -> str:
        """What became of the card that stood here."""
        gone: Gone | None = self.crm.read(journeys.gone, self.card_id)
        if gone is None:
            return say(N_("This card is gone, or not for you to see."))
        return say(
            N_("{number} {title}: deleted on {when} by {who}."),
            number=gone.number,
            title=gone.title,
            when=formats.stamp(gone.at, self.now, self.zone),
            who=gone.who or self.shell.look.glyph("dash"),
        )

    def _show_tabs(self) -> None:
        self.tab_bar.show(tab_names(self.opened), self.tab)

    def show_title(self) -> None:
        if self.opened is None:
            self.head_bar.show([Run(f" {self._notice}")])
            return
        width = self.app.size.width
        self.head_bar.show(
            *tabs.head(self.shell.look, self.opened.card, self._whereabouts(), self._notice, width)
        )

    @property
    def told_room(self) -> int:
        """Its number stays before what is told."""
        return self.app.size.width - (len(self.opened.card.number) if self.opened is not None else 0) - 5

    def _whereabouts(self) -> str:
        """`Hoje, 2 de 24`: that the list is still there."""
        if self.card_id not in self.listed or len(self.listed) < 2:
            return ""
        name = dict(self.shell.modes_shown).get(self.mode, "")
        at, many = self.listed.index(self.card_id) + 1, len(self.listed)
        return say(N_("{list}, {n} of {many}"), list=name, n=formats.number(at), many=formats.number(many))

    # --- tabs and panes -----------------------------------------------------------------------------------

    @property
    def _panes(self) -> tuple[Pane, ...]:
        """By the number of their tab."""
        return self.story, self.tasks, self.steps, self.forms, self.items, self.files, self.fields

    @property
    def _pane(self) -> Pane:
        return self._panes[self.tab]

    def open_tab(self, tab: int) -> None:
        """Show what stands behind a tab, by its number in `belongings`."""
        self.tab = tab
        for pane in self._panes:
            pane.display = pane is self._pane
        self.frame_items()
        self._pane.focus()
        self._show_tabs()
        self.show_footer()

    def target(self) -> Pane:
        return self.facts if self.facts.has_focus else self._pane

    def action_nav_left(self) -> None:
        self.open_tab(max(STORY, self.tab - 1))

    def action_nav_right(self) -> None:
        self.open_tab(min(DATA, self.tab + 1))

    def action_rec_tasks(self) -> None:
        """`t`: the tasks; once more: back to the story."""
        self.open_tab(STORY if self.tab == TASKS else TASKS)

    def on_click(self, event: events.Click) -> None:
        tab = self.tab_bar.tab_at(event.x) if event.widget is self.tab_bar else None
        if tab is not None:
            self.open_tab(tab)

    # --- the list one came from ---------------------------------------------------------------------------

    def action_rec_next(self) -> None:
        self._turn_to(1)

    def action_rec_prev(self) -> None:
        self._turn_to(-1)

    def _turn_to(self, by: int) -> None:
        """The next card of the list that is still there."""
        at = self.listed.index(self.card_id) + by if self.card_id in self.listed else -1
        while 0 <= at < len(self.listed):
            if self.crm.read(views.detail, self.listed[at]) is not None:
                self.card_id = self.listed[at]
                self.turned_to(card=self.card_id)
                self.read()
                return
            at += by
        self.tell(
            say(N_("This is the last one of the list.")) if by > 0 else say(N_("This is the first one."))
        )

    # --- verbs --------------------------------------------------------------------------------------------

    def _step_meant(self) -> Step | None:
        """The planned step under the cursor of the steps, else the next one of the card."""
        if self.opened is None:
            return None
        if self.tab == STEPS and self.steps.chosen is not None and self.opened.steps:
            chosen = self.opened.steps[min(self.steps.chosen, len(self.opened.steps) - 1)]
            if chosen.state == "planned":
                return chosen
        return self.opened.step(self.opened.card.next_activity_id)

    def record_ids(self) -> dict[str, int]:
        step = self._step_meant()
        known = {"card": self.card_id, **self.holdings()} if self.opened is not None else {}
        return known if step is None else {**known, "activity": step.id}

    def action_rec_note(self) -> None:
        if self.opened is not None:
            step = self._step_meant()
            card = self.opened.card
            self.go("note", card=card.id, party=card.party_id, activity=step.id if step else None)

    def action_rec_comment(self) -> None:
        if self.opened is not None:
            self.go("comment", card=self.card_id, party=self.opened.card.party_id)

    def action_rec_schedule(self) -> None:
        if self.opened is not None:
            card = self.opened.card
            self.go("schedule", card=card.id, party=card.party_id, name=card.party or card.title)

    def action_rec_redate(self) -> None:
        step = self._step_meant()
        if self.opened is not None and step is not None:
            name = self.opened.card.party or self.opened.card.title
            self.go("redate", steps=[(step.id, step.version, name)])
        else:
            self.tell(
                say(N_("There is no planned step here to reschedule: p writes a note with the next one."))
            )

    def action_rec_snooze(self) -> None:
        self._with_card("snooze", "contacts")

    def action_rec_move(self) -> None:
        self._with_card("move")

    def action_rec_handover(self) -> None:
        self._with_card("hand_over")

    def action_rec_won(self) -> None:
        self._with_card("win")

    def action_rec_lost(self) -> None:
        self._with_card("lose")

    def action_rec_menu(self) -> None:
        note = note_of(self.story.entry) if self.tab == STORY else None
        self._with_card("card_menu", note=note)

    def action_rec_labels(self) -> None:
        self._with_card("labels")

    def _with_card(self, place: str, name: str = "cards", **also: Any) -> None:
        """`name`: what the place calls what it is given."""
        if self.opened is not None:
            card = self.opened.card
            self.go(place, **{name: [(card.id, card.version, card.party or card.title)]}, **also)

    def action_rec_edit(self) -> None:
        """The task or item under the cursor, the field under that of the data, else all of them. (E28)"""
        datum = self.datum_here
        if not self.edit_held() and self.opened is not None:
            if datum is not None and self.form_here is not None:
                self.answer_form(self.form_here)
            else:
                self.go("edit_card", card=self.card_id, field=datum.field if datum is not None else "")

    def action_rec_open(self) -> None:
        """Enter: in the data the field is edited in place or the card that it names opened; on a step its note is
        written, a task is reworded, and of a file it is asked what becomes of it."""
        datum = self.datum_here
        if self.edit_held():
            return
        if self.form_here is not None:
            self.answer_form(self.form_here)
        elif self.file_here is not None:
            self.go("file_menu", file=self.file_here)
        elif datum is not None and datum.field:
            self.action_rec_edit()
        elif datum is not None and datum.place:
            self._with_card(datum.place)
        elif datum is not None and datum.card is not None:
            self.go("card", card=datum.card)
        elif self.tab == STEPS:
            self.action_rec_note()

    def action_rec_trail(self) -> None:
        if self.form_here is not None:
            self.read_answers(self.form_here)
        else:
            self.go("history", card=self.card_id)

    def action_rec_copy(self) -> None:
        self.go("copy", card=self.card_id)

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A sheet over this card is through."""
        self.read()
        self.tell(what)


def _nothing(words: str) -> Line:
    return Line((Run(say(words), "muted"),))
