"""The parecer: the text, how it ended, the next step in plain words. Filed, or left *a concluir*. (B30-B48, T2-T43)

Saved as one types; Esc, a kill or a hang-up leave it as a draft. It never decides what may be filed: the
command's rules do, and what is missing opens here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from crm_tui.domain.board import CardDetail
from crm_tui.domain.fields import FieldSpec, row_id
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core import barred, inputs
from crm_tui.screens.core.announce import Announced
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.parking import Parking
from crm_tui.screens.core.shape import Shaped
from crm_tui.screens.note.answers import SAYS, NoteAnswers
from crm_tui.screens.note.fields import LABEL, SEEN, SPECS
from crm_tui.screens.note.following import NoteFollowing
from crm_tui.screens.note.head import EditorHead, Gap, Hint, Letters, Sentence
from crm_tui.screens.note.more import NoteMore
from crm_tui.screens.note.texts import NoteTexts
from crm_tui.services.board import views as boards
from crm_tui.services.core import records
from crm_tui.ui.footers import footer
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.bars import ROOMY, Footer, FooterBar
from crm_tui.widgets.body import Body
from crm_tui.widgets.looks import cells

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.drafts import DraftRow


class NoteEditor(Shaped, NoteTexts, NoteMore, NoteAnswers, NoteFollowing):
    """The editor of one note, on a card or on a person without one."""

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
        self.card_id, self.party_id, self.activity_id = card, party, activity
        self.card: CardDetail | None = None
        self.head = EditorHead()
        self.footer = FooterBar()
        self.hint, self.letters = Hint(), Letters()
        self.sentence = Sentence()
        self.inputs: dict[str, Widget] = {}
        self.cured = {}
        self.touched: set[str] = set()
        self.first: dict[str, str] = {}
        self._draft = draft
        self.subject = subject_of(card, party)
        self._announced = Announced(self, self.subject, self.head.others)
        self.parking = Parking(
            self, "file_note", self.subject, self._collect, self._saved, failed=self._not_kept
        )

    def hindrance(self, shell: Shell) -> Refusal | None:
        """What forbids a note here; a draft is always shown."""
        known = {"card": self.card_id, "party": self.party_id, "activity": self.activity_id}
        if self._draft is not None:
            return None
        return barred.refusal(shell, "file_note", {k: v for k, v in known.items() if v is not None})

    # --- what is shown ------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        self._draft = self._draft or self.parking.found()
        if self._draft is not None:
            self.activity_id = self.activity_id or self._kept_step(self._draft.payload)
        self._read()
        kept = self._kept()
        body = self.inputs["body"] = Body(kept.get("body", ""), id="body")
        body.meant_by, self.used = self.meant_by, self.kept_used(kept)
        self.attached = self.kept_files(kept)
        for name, spec in SPECS.items():
            raw, label = kept.get(name, ""), kept.get(f"{name}:label", "")
            if not raw and (not kept or name == "stage"):
                raw, label = self._default(name)
            if name == "stage" and self.card is not None and raw != self.standing:
                self.seen = row_id(kept.get(SEEN, "")) or self.card.version
            self.inputs[name] = inputs.make(self, spec, raw, label, context=self._place(), beside=True)
        self.more = self._kept_more(kept)
        self.first = self._filled(self.raw())
        fields = self.inputs
        yield self.head
        self.top = self._row("action", "medium", "result", also=self._kept_detail(kept))
        yield self.top
        yield fields["body"]
        yield Beside(self.hint, self.letters, classes="row")
        yield Gap(classes="gap")
        yield self._row("next_action", "next_subject")
        yield Beside(self._label("next_when"), fields["next_when"], classes="when")
        self.decided = Stacked(*self._answer_rows(kept), classes="decided")
        if self.card is not None:
            yield self.decided
            yield self._row("stage")
        yield self.more
        self.asked_for = VerticalScroll(*self._kept_cures(kept), can_focus=False)
        yield self.asked_for
        yield self.sentence
        yield self.footer

    def _label(self, name: str) -> Widget:
        from crm_tui.screens.core.formrows import FieldLabel

        words = say(SPECS[name].label)
        wide = name in ("next_action", "next_when", "stage")
        tight = self.app.size.width < ROOMY
        label = FieldLabel(words, LABEL if wide else cells(words) + (2 if tight else 3))
        label.GROUND = "background"
        return label

    def _row(self, *names: str, also: Sequence[Widget] = ()) -> Beside:
        found: list[Widget] = []
        for name in names:
            found += [self._label(name), self.inputs[name]]
        found += also
        return Beside(*found, classes="row")

    def _read(self) -> None:
        if self.card_id is not None:
            self.card = self.crm.read(boards.detail, self.card_id)
            if self.card is not None:
                self.standing = f"#{self.card.stage_id}"
                self.party_id = self.card.party_id
                self.activity_id = self.activity_id or self.card.next_activity_id
        self.read_contact(self.activity_id)

    def _read_again(self) -> None:
        """The card as it stands now; a stage that nobody chose here goes with it."""
        left = inputs.raw_of(self.inputs["stage"]) == self.standing
        self._read()
        if left and self.card is not None:
            inputs.put(self.inputs["stage"], self.standing, self.card.stage)
        self._answers_anew()

    def _place(self) -> dict[str, int]:
        place = {"party": self.party_id, "contact": self.card.contact_id if self.card is not None else None}
        if self.card is not None:
            place |= {"board": self.card.board_id, "stage": self.card.stage_id}
        return {name: value for name, value in place.items() if value is not None}

    def _draft_is_new(self) -> bool:
        return self._draft is None

    def _kept(self) -> dict[str, str]:
        found = self._draft
        if found is None:
            return {}
        self.parking.take(found)
        kept = self._as_fields(found.payload)
        for spec in (*SPECS.values(), *SAYS):
            name, raw = spec.name, kept.get(spec.name, "")
            if spec.widget is Kind.PICK and raw.startswith("#") and f"{name}:label" not in kept:
                kept[f"{name}:label"] = self._label_of(spec, raw)
        return kept

    def _label_of(self, spec: FieldSpec, raw: str) -> str:
        options = self.crm.read(self.shell.pickers[spec.pick or ""], "")
        return next((o.label for o in options if f"#{o.value}" == raw), raw)

    def _default(self, name: str) -> tuple[str, str]:
        """What comes from the planned contact: its kind of action; the stage stays the card's."""
        if name == "action" and self.card is not None and self.card.next_action_id is not None:
            raw = f"#{self.card.next_action_id}"
            return raw, self._label_of(SPECS[name], raw)
        if name == "action" and self.card is None and self.activity_id is not None:
            return self._planned_action(self.activity_id)
        if name == "medium":
            options = self.crm.read(self.shell.pickers["mediums"], "")
            return (f"#{options[0].value}", options[0].label) if options else ("", "")
        if name == "stage" and self.card is not None:
            return self.standing, self.card.stage
        return "", ""

    def _planned_action(self, activity_id: int) -> tuple[str, str]:
        """The kind of a step that stands with a person, outside any card."""
        planned = self.crm.read(records.activity, activity_id)
        options = self.crm.read(self.shell.pickers["actions"], "")
        found = next((o for o in options if planned is not None and o.label == planned.action), None)
        return (f"#{found.value}", found.label) if found is not None else ("", "")

    def on_mount(self) -> None:
        self._say_about()
        self.hint.offer(self.hints())
        cursor = self._draft.cursor if self._draft is not None else {}
        self.inputs.get(str(cursor.get("field") or "body"), self.inputs["body"]).focus()
        body = self.inputs["body"]
        assert isinstance(body, Body)
        if self._draft is not None:
            at = self._draft.at
            body.set_raw(body.raw, at)
            self._saved(self._draft.saved_at)
        self._begin()
        self.call_after_refresh(self._say_closed)  # behind what the fields tell of what they were made with
        if self._draft is None:
            self.first = self._filled(self.raw())
        self._count()
        self.show_footer()
        self._announced.begin()

    def _say_about(self) -> None:
        self.head.show(say(N_("Note")), self._who(), self.contact_words(), *self._what())

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """The record was edited over the editor (`f8`): its name and its version are others now. (B40)

        A stage that was left alone follows the card, or else it would be a wish to move it back.
        """
        self._read_again()
        self._say_about()
        self.sentence.show(what, "text")

    def on_unmount(self) -> None:
        self._announced.end()

    def on_resize(self) -> None:
        self.show_footer()

    def _what(self) -> tuple[str, str]:
        """The card's number, with that it is closed, and its title."""
        if self.card is None:
            return "", ""
        closed = f" {self.shell.look.glyph('closed')} {say_in('sign', 'closed')} " if self.card.closed else ""
        return f"{self.card.number}{closed}", self.card.title

    def show_footer(self) -> None:
        *hints, last = footer(self.FOOTER, self.app.size.width, only=self.OFFERS, ascii=self.shell.look.ascii)
        self.footer.show(Footer(tuple(hints), last))

    # --- filing -----------------------------------------------------------------------------------------------

    def action_ed_save(self) -> None:
        self.locked_while(self._file(then_next=False))

    def action_ed_save_next(self) -> None:
        self.locked_while(self._file(then_next=True))

    def _fixed(self) -> dict[str, str]:
        fixed: dict[str, str] = {}
        if self.card is not None:
            fixed |= {"card": f"#{self.card.id}", "version": str(self.seen or self.card.version)}
        elif self.party_id is not None:
            fixed["party"] = f"#{self.party_id}"
        if self.activity_id is not None:
            fixed["activity"] = f"#{self.activity_id}"
        return fixed | self._used_text() | self._files()

    async def _file(self, *, then_next: bool) -> None:
        """One transaction: the text, the result, the step that is done, the next one, the stage."""
        inputs.settle(self.inputs.values())
        typed = {name: text for name, text in self.raw().items() if text.strip() and name not in self.cured}
        raw = self._answered(typed)
        if self._stays(raw):
            raw.pop("stage", None)
        if "campaign" in self.inputs and not raw.get("campaign"):
            raw["campaign"] = ""  # the one that was meant is not, or was not when this was left
        raw["contact"] = self.said_contact()
        command = self.read_as("file_note", {**raw, **self._fixed()})
        if isinstance(command, Refusal):
            await self._refuse(command)
            return
        await self.parking.save()
        outcome = await self._filed(command)
        match outcome:
            case Done():
                await self.parking.filed()
                self._leave(then_next)
            case Refusal():
                await self._refuse(outcome)
            case Conflict():
                self._ask(outcome, then_next)

    def _ask(self, conflict: Conflict, then_next: bool) -> None:
        """Somebody moved the card since the stage was chosen: show both, and file with what is chosen."""
        from crm_tui.screens.core.clash import clashes
        from crm_tui.screens.core.questions import ConflictScreen

        shown = clashes(conflict, SPECS, partial(inputs.known, self), self.zone)
        self.app.push_screen(
            ConflictScreen(conflict.who, shown), callback=partial(self._resolved, conflict, then_next)
        )

    def _resolved(self, conflict: Conflict, then_next: bool, chosen: Mapping[str, str] | None) -> None:
        """None leaves all as it is: the next filing asks again."""
        if chosen is None:
            self.run_worker(self._refuse(Refusal(_changed_meanwhile(conflict.who), fields=("stage",))))
            return
        self._read_again()
        self.seen = conflict.version
        if chosen.get("stage") == "theirs" and self.card is not None:
            inputs.put(self.inputs["stage"], self.standing, self.card.stage)
            self.seen = None
        self.locked_while(self._file(then_next=then_next))

    def _leave(self, then_next: bool) -> None:
        said = say(N_("{what}   u undoes"), what=self._filed_words())
        below = self.under()
        self.dismiss(None)
        if then_next:
            self.go("today", attend=True, done=said)
        elif below is not None:
            self.app.call_later(below.acted, 1, said)

    async def _refuse(self, refusal: Refusal) -> None:
        """Say it, mark the fields that would cure it, open those that are not there yet, and go to the first."""
        refusal = self._of_answers(refusal)
        if (
            "activity" in refusal.fields
        ):  # it is not planned any more: what is filed next is about what is planned now
            self.activity_id = None
            self._read_again()
        await self._open(*refusal.fields)
        if any(each.cures for each in refusal.asked):
            refusal = replace(refusal, fields=tuple(await self._open_cures(refusal.asked)))
        for name, widget in self.inputs.items():
            inputs.mark_wrong(widget, name in refusal.fields)
        self.sentence.show(say(refusal.reason), "overdue")
        target = next((self.inputs[n] for n in refusal.fields if n in self.inputs), None)
        if target is not None:
            self._enter(target)


def _changed_meanwhile(who: str) -> Any:
    from crm_tui.i18n import Text

    return Text(
        "{who} moved this card meanwhile: look at the stage, then file again; your text is kept.",
        {"who": who or "—"},
    )
