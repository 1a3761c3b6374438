"""A card in lines: the stable facts at its left, its steps, its fields one below the other.

Built on the briefing, so that a person is told the same way everywhere. Reads nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.board import INTEREST, CardDetail
from crm_tui.domain.due import DueFacts, due_state
from crm_tui.domain.followup import Step
from crm_tui.domain.form import CardField, FormOfCard
from crm_tui.domain.form_read import told
from crm_tui.domain.label import Member, Task
from crm_tui.domain.moving import Kin
from crm_tui.domain.note import FileRow
from crm_tui.i18n import C_, N_, say, say_in, say_n
from crm_tui.screens.core.briefing import Briefer, Briefing
from crm_tui.ui import form_words, formats
from crm_tui.ui.look import Look
from crm_tui.widgets.chips import Chip, fitting
from crm_tui.widgets.looks import Run, cells, clean, width_of
from crm_tui.widgets.pane import Block, Line

STAMP = 15
"""Cells of `ter 10/11 14:02`."""
SIZE = 7
"""Cells of `1,2 MB` and of `1.024 B`."""
STATES = {
    ActivityState.DONE: C_("step", "done"),
    ActivityState.CANCELED: C_("step", "cancelled"),
    ActivityState.NO_SHOW: C_("step", "not held"),
}


RELATED = {"origin": N_("Came of"), "made": N_("Became")}


def interest(level: int | None) -> str:
    """How interested: `4 aquecido`; nothing where it was not said. (M20)"""
    words = dict(INTEREST).get(str(level))
    return say(words) if words else ""


def offered(card: CardDetail) -> str:
    """The offer that a card is after, and whether it is sold no more. (M56, E10)"""
    if card.offer is None or card.offer_sold:
        return card.offer or ""
    return say(N_("{offer} (out of use)"), offer=card.offer)


def _related(kin: Kin) -> str:
    return say(RELATED.get(kin.relation, N_("Same journey")))


@dataclass(frozen=True, slots=True)
class Datum:
    """One row of the data tab: its label and value; `field` of the edit form, `place` that changes it, the `form` that
    asks for it, or the `card` that it names."""

    label: str
    value: str
    field: str = ""
    place: str = ""
    card: int | None = None
    form: int | None = None


class CardBriefer(Briefer):
    """Puts an opened card into lines; `kin` are the other cards of its journey, `scripts` its forms, of which the sales
    scripts are told among the facts."""

    def __init__(
        self,
        look: Look,
        now: datetime,
        zone: tzinfo,
        kin: Sequence[Kin] = (),
        scripts: Sequence[FormOfCard] = (),
    ) -> None:
        super().__init__(look, now, zone)
        self.kin = kin
        self.scripts = [form for form in scripts if form.asked]

    # --- the facts ----------------------------------------------------------------------------------------

    def left(self, brief: Briefing, card: CardDetail, members: Sequence[Member] = ()) -> list[Block]:
        """Person, deal, other open cards, the draft that waits; from the top in that order."""
        blocks: list[Block] = []
        if brief.party is not None:
            blocks.append([self._rule(say(N_("Person"))), *self._person(brief)])
        blocks.append([self._rule(say(N_("Deal"))), *self._deal(card, members, brief.labels)])
        if card.description:
            blocks.append([self._rule(say(N_("Description"))), Line((Run(card.description),))])
        if brief.others and brief.party is not None:
            title = say(N_("Also of {name}"), name=brief.party.name)
            blocks.append([Line((Run(title, "muted"),), rule=True), *self._others(brief.others)])
        if brief.draft is not None:
            blocks.append([self._rule(say("Draft")), self._draft(brief.draft)])
        return blocks

    def stacked(
        self, brief: Briefing, card: CardDetail, members: Sequence[Member] = (), *, rows: int, width: int = 80
    ) -> list[Block]:
        """The same in the three rows that 80x24 has for it, or the two of 60x20."""
        party = brief.party
        who = [Run(party.name if party is not None else say(N_("no person yet")), "bright", True)]
        contact = self._contact(brief)
        if contact:
            who.append(Run(f"  {contact}"))
        owner = (Run(say(N_("owner {login}"), login=card.owner or self.look.glyph("dash")), "muted"),)
        room = width - 4 - width_of(who) - width_of(owner)
        who += fitting(self.look, brief.labels, room)
        reach = self._reach(brief)
        if brief.draft is not None:
            last = self._draft(brief.draft)
        else:
            facts = [f"{label} {value}" for label, value in self._facts(card, members)[1:]]
            last = Line((Run("   ".join(facts), "muted"),), most=1)
        return [[Line(tuple(who), right=owner), reach, last][:rows]]

    def _person(self, brief: Briefing) -> list[Line]:
        party = brief.party
        assert party is not None
        lines = [Line((Run(party.name, "bright", True),))]
        if party.document:
            lines.append(Line((Run(formats.document(party.document)),)))
        lines += self._reach_wide(brief)
        shown = brief.contact.id if brief.contact is not None else None
        for person in party.people[:4]:
            if person.id != shown:
                lines.append(Line((Run(person.name), Run(f"  {person.role or ''}", "muted")), most=1))
        return lines

    def _deal(self, card: CardDetail, members: Sequence[Member], labels: Sequence[Chip]) -> list[Line]:
        facts = self._facts(card, members)
        worn = say(N_("Labels"))
        names = [label for label, _ in facts] + ([worn] if labels else [])
        width = max(cells(name) for name in names) + 2
        lines = [
            Line((Run(self.look.pad(label, width), "muted"), Run(value)), hang=width)
            for label, value in facts
        ]
        if labels:
            lines.append(Line((Run(self.look.pad(worn, width), "muted"), *self.chips(labels)), hang=width))
        return lines

    def _facts(self, card: CardDetail, members: Sequence[Member] = ()) -> list[tuple[str, str]]:
        """What there is to say of the deal, by label."""
        found = [(say(N_("Owner")), card.owner or self.look.glyph("dash"))]
        if card.expected_close_on is not None:
            found.append((say(N_("Closes on")), formats.day_full(card.expected_close_on)))
        chance = self._chance(card)
        if chance:
            found.append((say(N_("Chance")), chance))
        if card.progress_pct is not None:
            found.append((say(N_("Progress")), f"{card.progress_pct}%"))
        if self.scripts:
            told = ", ".join(form_words.tally(form.given, form.asked) for form in self.scripts)
            found.append((say(N_("Script")), told))
        if card.stage_owner is not None:
            found.append((say(N_("Stage owner")), card.stage_owner))
        if members:
            found.append((say(N_("Members")), ", ".join(member.login for member in members)))
        if card.channel is not None:
            found.append((say(N_("Channel")), card.channel))
        if card.media is not None:
            found.append((say(N_("Media source")), card.media))
        if card.medium is not None:
            found.append((say(N_("Medium")), card.medium))
        if card.referrer is not None:
            found.append((say(N_("Referred by")), card.referrer))
        if card.offer is not None:
            found.append((say(N_("Offer")), offered(card)))
        if card.campaign is not None:
            found.append((say(N_("Campaign")), card.campaign))
        if card.interest_level is not None:
            found.append((say(N_("Interest")), interest(card.interest_level)))
        found += [(_related(kin), f"{kin.number}, {kin.board}") for kin in self.kin]
        found.append((say(N_("Opened on")), formats.day_full(card.opened_at.astimezone(self.zone).date())))
        if card.closed_on is not None:
            found.append((say(N_("Closed on")), formats.day_full(card.closed_on)))
        return found

    @staticmethod
    def _chance(card: CardDetail) -> str:
        if card.probability is None:
            return ""
        if card.own_probability is not None:
            return f"{card.own_probability}%"
        return say(N_("{n}% (of the stage)"), n=card.probability)

    # --- the steps ----------------------------------------------------------------------------------------

    def steps(self, steps: Sequence[Step]) -> list[Block]:
        """The planned ones first, then what was done; one row each."""
        return [[self._step(step)] for step in steps]

    def _step(self, step: Step) -> Line:
        right = (Run(step.assignee, "muted"),)
        if step.state == ActivityState.PLANNED:
            facts = DueFacts(False, step.due_on, step.start_at, step.internal_on)
            state = due_state(facts, self.now, self.zone)
            when = self.look.pad(formats.when_word(facts, self.now, self.zone), STAMP)
            left = (
                Run(f"{self.look.glyph(state)} {when}  ", state),
                Run(step.subject, "bright"),
                Run(f"  {step.action}" if step.action != step.subject else "", "muted"),
                Run(self._beside(step), "muted"),
            )
            return Line(left, right=right, most=1)
        when = formats.stamp(step.done_at, self.now, self.zone) if step.done_at is not None else ""
        ended = step.result or say_in("step", STATES[ActivityState(step.state)])
        left = (
            Run(f"{self.look.glyph('closed')} {self.look.pad(when, STAMP)}  ", "closed"),
            Run(step.subject, "muted"),
            Run(f"  {ended}" if step.action == step.subject else f"  {step.action}, {ended}", "muted"),
            Run(self._beside(step), "muted"),
        )
        return Line(left, right=right, most=1)

    @staticmethod
    def _beside(step: Step) -> str:
        """With whom a step is, and how many files it has."""
        who = say(N_("with {who}"), who=step.contact) if step.contact else ""
        files = say_n("{n} file", "{n} files", step.files) if step.files else ""
        return "".join(f"  {each}" for each in (who, files) if each)

    # --- tasks and files ----------------------------------------------------------------------------------

    def tasks(self, tasks: Sequence[Task]) -> list[Block]:
        """The checklist: a box, the words, and who ticked it when."""
        return [[self._task(task)] for task in tasks]

    def _task(self, task: Task) -> Line:
        if task.done_at is None:
            return Line((Run("[ ] ", "muted"), Run(task.text, "bright")), hang=4)
        right = (
            Run(f"{formats.stamp_near(task.done_at, self.now, self.zone)}  ", "muted"),
            Run(task.done_by or "", "muted"),
        )
        return Line((Run(f"[{self.look.glyph('closed')}] ", "closed"), Run(task.text, "muted")), right=right)

    def forms(self, forms: Sequence[FormOfCard]) -> list[Block]:
        """The forms: name, whether they are answered and when, or that a stage waits for them."""
        return [[self._form(form)] for form in forms]

    def _form(self, form: FormOfCard) -> Line:
        sign = Run("! ", "today", True) if form.open else Run("  ")
        if form.answers:
            sign = Run(f"{self.look.glyph('closed')} ", "closed")
        name = Run(form.name, "bright" if form.active else "muted")
        right = [Run(form_words.form_told(form, self.now, self.zone), "today" if form.open else "muted")]
        return Line((sign, name), right=tuple(right))

    def files(self, files: Sequence[FileRow]) -> list[Block]:
        """The files: name, size, when and by whom they came."""
        return [[self._file(file)] for file in files]

    def _file(self, file: FileRow) -> Line:
        size = self.look.pad(formats.size(file.size), SIZE, right=True)
        when = self.look.pad(formats.stamp(file.added_at, self.now, self.zone), STAMP)
        right = (Run(size, "text"), Run(f"  {when}  ", "muted"), Run(file.added_by, "muted"))
        step = Run(f"  {say(N_('for {step}'), step=file.step)}" if file.step else "", "muted")
        return Line((Run(file.filename, "bright"), step), right=right, most=1)

    # --- the fields ---------------------------------------------------------------------------------------

    def data(
        self,
        card: CardDetail,
        members: Sequence[Member] = (),
        labels: Sequence[Chip] = (),
        further: Sequence[CardField] = (),
    ) -> list[Datum]:
        """Every field; first those that Enter edits in place, those of the board's own forms behind them."""
        none = self.look.glyph("dash")
        close, due = card.expected_close_on, card.stage_due_on
        return [
            Datum(say(N_("Subject")), card.title, "subject"),
            Datum(say(N_("Value")), formats.money(card.value_one_off), "value_one_off"),
            Datum(say(N_("Value per month")), formats.money(card.value_recurring), "value_recurring"),
            Datum(say(N_("Expected close")), formats.day_full(close) if close else none, "expected_close_on"),
            Datum(say(N_("Chance %")), self._chance(card) or none, "probability"),
            Datum(say(N_("Contact")), card.contact or none, "contact"),
            Datum(say(N_("Description")), card.description or none, "description"),
            Datum(say(N_("Stage")), f"{card.board}, {card.stage}", place="move"),
            Datum(say(N_("Owner")), card.owner or none, place="hand_over"),
            Datum(say(N_("Stage due on")), formats.day_full(due) if due else none, "stage_due"),
            Datum(say(N_("Stage owner")), card.stage_owner or none, "stage_owner"),
            Datum(say(N_("Members")), ", ".join(member.login for member in members) or none, place="members"),
            Datum(say(N_("Labels")), ", ".join(name for name, _ in labels) or none, place="labels"),
            Datum(say(N_("Person")), card.party or none, "party"),
            Datum(say(N_("Channel")), card.channel or none, "channel"),
            Datum(say(N_("Offer")), offered(card) or none, "offer"),
            Datum(say(N_("Service type")), card.case_type or none, "case_type"),
            Datum(say(N_("Campaign")), card.campaign or none, "campaign"),
            Datum(say(N_("Media source")), card.media or none, "media"),
            Datum(say(N_("Interest")), interest(card.interest_level) or none, "interest_level"),
            Datum(say(N_("Medium")), card.medium or none, "medium"),
            Datum(say(N_("Referred by")), card.referrer or none, "referrer"),
            *(self._further(each) for each in further),
            *(self._kin(kin) for kin in self.kin),
            Datum(say(N_("Number")), card.number),
            Datum(say(N_("Opened on")), formats.stamp(card.opened_at, self.now, self.zone)),
            Datum(say(N_("Last contact")), formats.stamp(card.last_touch_at, self.now, self.zone)),
        ]

    def _further(self, each: CardField) -> Datum:
        said = told(each.question, each.value, formats.money) if each.value is not None else ""
        value = said if isinstance(said, str) else say(said)
        return Datum(clean(each.question.label), clean(value) or self.look.glyph("dash"), form=each.form_id)

    @staticmethod
    def _kin(kin: Kin) -> Datum:
        where = f"{kin.number}  {kin.board}, {kin.stage}"
        return Datum(_related(kin), f"{where}  {kin.title}".rstrip(), card=kin.id if kin.seen else None)

    def rows(self, data: Sequence[Datum]) -> list[Block]:
        """The fields in lines, labels in one column."""
        width = max(cells(datum.label) for datum in data) + 2
        return [
            [
                Line(
                    (
                        Run(self.look.pad(datum.label, width), "muted"),
                        Run(
                            datum.value,
                            "text" if datum.field or datum.place or datum.card or datum.form else "muted",
                        ),
                    ),
                    hang=width,
                )
            ]
            for datum in data
        ]
