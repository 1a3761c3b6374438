"""The parecer: the text, how it ended, the next step in plain words. Filed, or left *a concluir*. (B30-B48, T2-T43)

Saved as one types; Esc, a kill or a hang-up leave it as a draft. The screen has the widgets and the keys; what they do
lies in parts (`screens.note.desk`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from crm_tui.domain.board import CardDetail
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred, inputs
from crm_tui.screens.core.announce import Announced
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.made import MakesPeople
from crm_tui.screens.core.parking import Parking
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.core.shape import Shaped
from crm_tui.screens.core.strip import ShowsDays
from crm_tui.screens.note.answers import Answers
from crm_tui.screens.note.attaching import Files
from crm_tui.screens.note.contact import Contact
from crm_tui.screens.note.cures import Cures
from crm_tui.screens.note.cycle import Script
from crm_tui.screens.note.desk import Desk, label
from crm_tui.screens.note.fields import LABEL, SPECS
from crm_tui.screens.note.filing import Filing
from crm_tui.screens.note.following import Following
from crm_tui.screens.note.head import Gap, Sentence
from crm_tui.screens.note.keeping import Keeping
from crm_tui.screens.note.more import More
from crm_tui.screens.note.texts import StandardTexts
from crm_tui.screens.note.told import Told
from crm_tui.screens.note.walk import Walk
from crm_tui.ui.footers import footer
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.bars import ROOMY, Footer, FooterBar
from crm_tui.widgets.body import Body
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.looks import cells

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.drafts import DraftRow


class NoteEditor(Shaped, ShowsDays, MakesPeople, Locks[None]):
    """The editor of one note, on a card or on a person without one."""

    STRIP_GROUND = "background"
    FOOTER = "note"
    SCOPES = ("app", "editor", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        (
            "ed.save",
            "ed.save_next",
            *("ed.fill", "ed.agenda"),
            "ed.park",
            "ed.history",
            "ed.data",
            "ed.texts",
            "ed.attach",
            "ed.more",
            "ed.leave",
        )
    )
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    NoteEditor { layout: vertical; background: $background; }
    NoteEditor .row { height: 1; width: 100%; }
    NoteEditor VerticalScroll { height: auto; max-height: 40%; width: 100%; scrollbar-size-vertical: 0; }
    NoteEditor .cure { height: auto; width: 100%; min-height: 1; }
    NoteEditor .cure > Line, NoteEditor .cure > Pick, NoteEditor .cure > WhenField { width: 1fr; }
    NoteEditor .when { height: auto; width: 100%; min-height: 1; }
    NoteEditor Body { height: 1fr; min-height: 3; width: 100%; }
    NoteEditor .decided { height: auto; width: 100%; }
    NoteEditor .gap { height: 1; }
    NoteEditor.-low .gap { display: none; }
    NoteEditor #next_action, NoteEditor #stage, NoteEditor #answered_loss { width: 26; }
    NoteEditor #next_subject { width: 1fr; }
    NoteEditor #result, NoteEditor #action, NoteEditor #medium { width: 1fr; max-width: 22; }
    NoteEditor .more { height: auto; width: 100%; }
    NoteEditor .brings, NoteEditor .calls { height: 1; width: 100%; }
    NoteEditor .brings Line, NoteEditor .calls Line { width: 1fr; }
    NoteEditor #loss_reason { width: 26; }
    NoteEditor #detail { width: 1fr; max-width: 22; }
    NoteEditor .-when { height: auto; min-height: 1; }
    NoteEditor #ended, NoteEditor #next_until { width: 12; }
    """

    def __init__(
        self,
        card: int | None = None,
        party: int | None = None,
        activity: int | None = None,
        draft: DraftRow | None = None,
    ) -> None:
        super().__init__()
        subject = subject_of(card, party)
        self.footer, self._sentence = FooterBar(), Sentence()
        desk = self.desk = Desk(self, self._sentence, card=card, party=party, activity=activity)
        self._keeping = Keeping(desk, draft)
        self.parking = Parking(
            self, "file_note", subject, self._keeping.collect, self._saved, failed=self._not_kept
        )
        self._contact, self._texts = Contact(desk), StandardTexts(desk)
        self._files = Files(desk, self.parking)
        self._answers = Answers(desk)
        self._cures = Cures(desk, self._answers)
        self._following = Following(desk, self._answers, self._contact)
        self._told = Told(desk, self._contact, self._files, self._texts)
        desk.parts = (
            self._contact,
            self._texts,
            self._files,
            self._answers,
            self._cures,
            self._following,
            self._told,
        )
        self._walk, self._script = Walk(desk), Script(desk)
        self._more = More(desk, self._following, self._files, self._script)
        self._announced = Announced(self, subject, self._told.head.others)
        self._filing = Filing(
            desk,
            self.parking,
            answers=self._answers,
            cures=self._cures,
            following=self._following,
            walk=self._walk,
            renew=self._read_again,
            left=self._leave,
        )

    @property
    def inputs(self) -> dict[str, Widget]:
        """The fields by name."""
        return self.desk.inputs

    @property
    def card(self) -> CardDetail | None:
        """The card that the note is about."""
        return self.desk.card

    def hindrance(self, shell: Shell) -> Refusal | None:
        """What forbids a note here; a draft is always shown."""
        desk = self.desk
        known = {"card": desk.card_id, "party": desk.party_id, "activity": desk.activity_id}
        if self._keeping.draft is not None:
            return None
        return barred.refusal(shell, "file_note", {k: v for k, v in known.items() if v is not None})

    # --- what is shown ------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        desk, keeping = self.desk, self._keeping
        keeping.draft = keeping.draft or self.parking.found()
        if keeping.draft is not None:
            desk.activity_id = desk.activity_id or keeping.step()
            self.parking.take(keeping.draft)
        self._read()
        kept = keeping.take_up()
        self._texts.take_up(kept)
        self._files.take_up(kept)
        body = desk.inputs["body"] = Body(kept.get("body", ""), id="body")
        body.meant_by = self._texts.meant_by
        for name, spec in SPECS.items():
            desk.make(name, spec, *keeping.begins_with(name, kept))
        more = self._following.show(kept)
        desk.first = desk.beside_text()
        yield self._told.head
        self._following.top = self._row("action", "medium", "result", also=self._following.show_detail(kept))
        yield self._following.top
        yield body
        yield Beside(self._told.hint, self._told.letters, classes="row")
        yield Gap(classes="gap")
        yield self._row("next_action", "next_subject")
        yield Beside(self._label("next_when"), desk.inputs["next_when"], classes="when")
        questions = self._answers.show(kept)
        if desk.card is not None:
            yield questions
            yield self._row("stage")
        yield more
        yield self._cures.show(kept)
        yield self._sentence
        yield self.footer

    def _label(self, name: str) -> Widget:
        words = say(SPECS[name].label)
        wide = name in ("next_action", "next_when", "stage")
        tight = self.app.size.width < ROOMY
        return label(words, LABEL if wide else cells(words) + (2 if tight else 3))

    def _row(self, *names: str, also: Sequence[Widget] = ()) -> Beside:
        found: list[Widget] = []
        for name in names:
            found += [self._label(name), self.desk.inputs[name]]
        return Beside(*found, *also, classes="row")

    def on_mount(self) -> None:
        desk, draft = self.desk, self._keeping.draft
        self._told.renew()
        self._told.offer(self.OFFERS)
        cursor = draft.cursor if draft is not None else {}
        desk.inputs.get(str(cursor.get("field") or "body"), desk.body).focus()
        if draft is not None:
            desk.body.set_raw(desk.body.raw, draft.at)
            self._told.saved(draft.saved_at)
        self._following.begin(new=draft is None)
        self.call_after_refresh(self._script.say_closed)  # behind what the fields tell of how they begin
        if draft is None:
            desk.first = desk.beside_text()
        self.show_footer()
        self._announced.begin()

    def on_unmount(self) -> None:
        self._announced.end()

    def on_resize(self) -> None:
        self.show_footer()

    def _read(self) -> None:
        self.desk.read()
        self._contact.read()

    def _read_again(self) -> None:
        """The card as it stands now; a stage that nobody chose here goes with it."""
        desk = self.desk
        left = desk.text("stage") == desk.standing
        self._read()
        if left and desk.card is not None:
            desk.put("stage", desk.standing, desk.card.stage)
        self._answers.ask_anew()

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """The record was edited over the editor (`f8`): its name and its version are others now. (B40)

        A stage that was left alone follows the card, or else it would be a wish to move it back.
        """
        self._read_again()
        self._told.renew()
        self._sentence.show(what, "text")

    def show_footer(self) -> None:
        *hints, last = footer(self.FOOTER, self.app.size.width, only=self.OFFERS, ascii=self.shell.look.ascii)
        self.footer.show(Footer(tuple(hints), last))

    def tell(self, sentence: str) -> None:
        """Say something that stands in nobody's way."""
        self._sentence.show(sentence, "muted")

    # --- the draft --------------------------------------------------------------------------------------------

    def _saved(self, at: datetime) -> None:
        self._told.saved(at)

    def _not_kept(self, sentence: str) -> None:
        self._sentence.show(sentence, "overdue")

    def park_now(self) -> bool:
        return self.parking.now()

    async def action_ed_leave(self) -> None:
        """Esc: leave it *a concluir*. Never asks, never discards."""
        if not await self.parking.save():
            return
        below, kept = self.under(), self._keeping.collect() is not None
        self.dismiss(None)
        if below is not None and kept:
            self.app.call_later(below.tell, say(N_("kept to finish: {who}"), who=self.desk.who()))

    async def action_ed_park(self) -> None:
        await self.action_ed_leave()

    # --- what fields tell -------------------------------------------------------------------------------------

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        name = self.desk.name_of(event.field)
        if name:
            inputs.changed(self.desk.inputs[name])
        if name and event.field.has_focus_within | event.field.has_focus:
            self.desk.touched.add(name)
        self._sentence.show("")
        self.desk.changed(name, settled=bool(name) and event.settled)
        self.parking.touched()

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        self._walk.step(event.step)

    def on_body_too_long(self, event: Body.TooLong) -> None:
        self._files.too_long(event.rest)

    def account(self) -> int | None:
        return self.desk.party_id

    # --- keys -------------------------------------------------------------------------------------------------

    def action_focus_next(self) -> None:
        self._walk.step(1)

    def action_focus_prev(self) -> None:
        self._walk.step(-1)

    def action_ed_fill(self) -> None:
        """`f4`: to the field that is missing."""
        self._walk.to_missing()

    def action_ed_save(self) -> None:
        self._filing.start(then_next=False)

    def action_ed_save_next(self) -> None:
        self._filing.start(then_next=True)

    def _leave(self, then_next: bool) -> None:
        """It is filed: back to where one came from, or on to the next contact."""
        said = say(N_("{what}   u undoes"), what=self._filing.words())
        below = self.under()
        self.dismiss(None)
        if then_next:
            self.go("today", attend=True, done=said)
        elif below is not None:
            self.app.call_later(below.acted, 1, said)

    def action_ed_texts(self) -> None:
        """`f9`: a standard text goes where the cursor stands."""
        self._texts.choose()

    def action_ed_attach(self) -> None:
        """`ctrl+t`: a file of the note."""
        self._files.ask()

    def action_ed_agenda(self) -> None:
        """`f5`: in *Quando* the first free slot, elsewhere Dias livres."""
        field = self.date_field()
        if field is not None:
            self.first_slot(field)
        else:
            self.go("free", about=self._about())

    def action_ed_more(self) -> None:
        """`ctrl+g`: what else is done from here without leaving the text."""
        self._more.show()

    def action_ed_history(self) -> None:
        """What was agreed, one key away; the text stays as it is."""
        self.go("history", card=self.desk.card_id, party=self.desk.party_id, quote=self._quote)

    def _quote(self, text: str) -> None:
        """Put a quoted text where the cursor stands."""
        self.desk.body.insert("\n".join(f"> {line}" for line in text.splitlines()) + "\n")
        self.desk.body.focus()

    def action_ed_data(self) -> None:
        """`f8`: the data of whom, or what, the note is about."""
        about = self._about()
        if about:
            self.go("edit_card" if "card" in about else "edit_party", **about)

    def _about(self) -> dict[str, int]:
        """The card, else the person."""
        if self.desk.card_id is not None:
            return {"card": self.desk.card_id}
        return {"party": self.desk.party_id} if self.desk.party_id is not None else {}
