"""What a result brings into the parecer, and the fields that are seldom needed: campaign, hours, the next step's own.

What follows from a result is read by the rule by which it is filed (`services.campaign`), and said before it is filed:
its detail, the next step that it asks for or plans, the stage to which it leads, the reason of a loss. The other fields
are called for by the menu of `ed.more`, and come by themselves where a draft or a default fills them. (T7-T12, T36-T60)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widget import Widget

from crm_tui.domain.fields import FieldSpec, chosen_id
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.when_echo import typed_day
from crm_tui.i18n import N_, language, say
from crm_tui.screens.core import inputs
from crm_tui.screens.note.answers import Answers
from crm_tui.screens.note.contact import Contact
from crm_tui.screens.note.desk import Desk, Part, label
from crm_tui.screens.note.fields import LABEL
from crm_tui.services.campaign import views as campaigns
from crm_tui.services.party import views as parties
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.bars import ROOMY
from crm_tui.widgets.looks import cells
from crm_tui.widgets.pick import Option, Pick
from crm_tui.widgets.when_field import WhenField

if TYPE_CHECKING:
    from crm_tui.domain.campaign import CampaignDefaults

MORE: Mapping[str, FieldSpec] = {
    "contact": FieldSpec("contact", N_("Spoken with"), Kind.PICK, pick="contacts"),
    "campaign": FieldSpec("campaign", N_("Campaign"), Kind.PICK, pick="campaigns"),
    "began": FieldSpec("began", N_("Done from"), Kind.WHEN, past=True),
    "ended": FieldSpec("ended", N_("until"), Kind.LINE),
    "next_contact": FieldSpec("next_contact", N_("Step with"), Kind.PICK, pick="contacts"),
    "next_assignee": FieldSpec("next_assignee", N_("by whom"), Kind.PICK, pick="colleagues"),
    "next_phone": FieldSpec("next_phone", N_("Phone"), Kind.PICK, pick="phones"),
    "next_until": FieldSpec("next_until", N_("Ends at"), Kind.LINE),
    "next_description": FieldSpec("next_description", N_("Description"), Kind.LINE),
}
"""What one key calls for: of what was done, then of what is next."""
BROUGHT: Mapping[str, FieldSpec] = {
    "detail": FieldSpec("detail", N_("Detail"), Kind.PICK, pick="details"),
    "loss_reason": FieldSpec("loss_reason", N_("Loss reason"), Kind.PICK, pick="loss_reasons"),
    "loss_note": FieldSpec("loss_note", N_("What happened"), Kind.LINE),
}
"""What a result brings."""
EVERY = {**BROUGHT, **MORE}
ROWS: Sequence[tuple[str, ...]] = (
    ("detail",),
    ("loss_reason", "loss_note"),
    ("contact", "campaign"),
    ("began", "ended"),
    ("next_contact", "next_assignee"),
    ("next_phone", "next_until"),
    ("next_description",),
)


class Following(Part):
    """The fields in `box` under the stage, and a detail at the end of the row of what was done where there is room.

    `begin` once everything is on the screen.
    """

    box: VerticalScroll
    top: Beside

    def __init__(self, desk: Desk, answers: Answers, contact: Contact) -> None:
        self._desk, self._answers, self._contact = desk, answers, contact
        self._follows: campaigns.Follows | None = None

    # --- rows -----------------------------------------------------------------------------------------------

    def show(self, kept: Mapping[str, str]) -> VerticalScroll:
        """The rows that a draft or a default fills, in their box; the others are made when they are called for."""
        filled = {name: kept[name] for name in EVERY if kept.get(name)}
        for name in ("contact", "campaign"):
            if name in kept:
                filled[name] = kept[name]  # said to be nobody, or none, it is shown, too
        if not kept and (meant := self._meant("campaign")) is not None:
            filled["campaign"], kept = meant.value, {"campaign:label": meant.label}
        rows = [
            self._row(names, filled, kept)
            for names in ROWS
            if any(name in filled and name not in self._desk.inputs for name in names)
        ]
        self.box = VerticalScroll(*rows, classes="more", can_focus=False)
        return self.box

    def show_detail(self, kept: Mapping[str, str]) -> list[Widget]:
        """A draft's detail, beside its result where there is room."""
        fits = self._desk.screen.app.size.width >= ROOMY and bool(kept.get("detail"))
        return [self._detail(kept["detail"], kept.get("detail:label", ""))] if fits else []

    def _detail(self, raw: str = "", called: str = "") -> Widget:
        """Without a label, which would leave too little room for what is chosen: it says itself what it is."""
        spec = replace(EVERY["detail"], help=EVERY["detail"].label)
        return self._desk.make("detail", spec, raw, called, anywhere=True)

    def _row(
        self, names: Sequence[str], filled: Mapping[str, str], kept: Mapping[str, str] | None = None
    ) -> Beside:
        found: list[Widget] = []
        for at, name in enumerate(names):
            raw, called = filled.get(name, ""), (kept or {}).get(f"{name}:label", "")
            if name not in filled and (meant := self._meant(name)) is not None:
                raw, called = meant.value, meant.label
                self._desk.first[name] = raw
            called = called or (self._named(name, raw) if raw else "")
            words = say(EVERY[name].label)
            found.append(label(words, LABEL if at == 0 else cells(words) + 3))
            found.append(self._desk.make(name, EVERY[name], raw, called))
        row = Beside(*found, classes="brings" if names[0] in BROUGHT else "calls")
        row.set_class("began" in names, "-when")
        return row

    def _meant(self, name: str) -> Option | None:
        """Who, or what, holds while nobody says another: an empty field would say that nobody does."""
        desk = self._desk
        if name == "contact":
            meant = self._contact.meant
            return Option(f"#{meant.value}", meant.label) if meant is not None else None
        found = desk.crm.read(campaigns.meant, desk.card_id, desk.activity_id) if name == "campaign" else None
        return Option(f"#{found[0]}", found[1]) if found is not None else None

    def _named(self, name: str, raw: str) -> str:
        """What a picked record is called, where a draft does not say it."""
        chosen = chosen_id(raw)
        if chosen is None:
            return raw
        if name in ("contact", "next_contact"):
            found = self._desk.crm.read(parties.detail, chosen)
            return found.name if found is not None else raw
        options = inputs.answers(self._desk.screen, EVERY[name], "", context=self._desk.place())
        return next((o.label for o in options if f"#{o.value}" == raw), raw)

    async def ask_for(self, *names: str) -> None:
        """Make the rows of these fields, or show them again."""
        fields = self._desk.inputs
        for row in ROWS:
            if not any(name in names for name in row):
                continue
            if row[0] in fields:
                self._display(row[0], True)
            elif row == ("detail",) and self._desk.screen.app.size.width >= ROOMY:
                await self.top.mount(self._detail())
            else:
                after = [
                    r
                    for r in ROWS[: ROWS.index(row)]
                    if r[0] in fields and fields[r[0]].parent is not self.top
                ]
                made = self._row(row, {})
                before = fields[after[-1][0]].parent if after else None
                if isinstance(before, Widget):
                    await self.box.mount(made, after=before)
                else:
                    await self.box.mount(made, before=0 if self.box.children else None)
        self._hint()

    def _close(self, *names: str) -> None:
        """Hide the row of these fields, and forget what was in it: it belonged to another result."""
        for name in names:
            if name in self._desk.inputs:
                self._display(name, False)
                self._desk.put(name, "")

    def _display(self, name: str, wanted: bool) -> None:
        """The row of a field, or the field at the end of the first row."""
        row = self._desk.inputs[name].parent
        if row is self.top:
            self._desk.inputs[name].display = wanted
        elif isinstance(row, Widget):
            row.display = wanted

    def _shown(self, name: str) -> bool:
        widget = self._desk.inputs.get(name)
        return (
            widget is not None
            and widget.display
            and isinstance(widget.parent, Widget)
            and widget.parent.display
        )

    def _hint(self) -> None:
        """What holds where nothing is said: the card's owner does it, with whom one spoke."""
        by, to = (self._desk.inputs.get(name) for name in ("next_assignee", "next_contact"))
        if isinstance(by, Pick) and self._desk.card is not None:
            by.hint(self._desk.card.owner or "")
        if isinstance(to, Pick):
            to.hint(self._contact.name())

    async def call_for_more(self) -> None:
        """Campaign, hours and the next step's own fields; once they are there, to the first of them."""
        missing = [name for name in MORE if not self._shown(name)]
        await self.ask_for(*MORE)
        self._desk.inputs[missing[0] if missing else next(iter(MORE))].focus()

    def order(self, names: Sequence[str]) -> list[str]:
        """What a result asks for comes after it; what is called for, and a detail that may be left out, comes last."""
        asked = [name for name in BROUGHT if self._shown(name) and self._required(name)]
        at = names.index("result") + 1
        late = [name for name in EVERY if self._shown(name) and name not in asked]
        return [*names[:at], *asked, *names[at:], *late]

    def _required(self, name: str) -> bool:
        return name != "detail" or (self._follows is not None and self._follows.rule.asks_detail)

    # --- what follows -----------------------------------------------------------------------------------------

    def chosen(self, name: str) -> None:
        if name == "contact":
            self._hint()
            self._desk.renew()
        elif name == "campaign":
            self._follow_campaign()
        elif name in ("result", "action"):
            self._follow_result()

    def begin(self, *, new: bool) -> None:
        """Once everything is there: what the card's campaign fills, and what a draft's result brings; `new`: nothing
        was typed before."""
        self._hint()
        if new and self._desk.picked("campaign") is not None:
            self._follow_campaign()
        elif self._desk.picked("result") is not None:
            self._read_rule()
            self._say_when()
            self._bring_soon()

    def _follow_campaign(self) -> None:
        """A campaign fills action, medium and result, but never what was chosen. (T38-T41)"""
        desk = self._desk
        campaign_id, action_id = desk.picked("campaign"), desk.picked("action")
        if campaign_id is not None:
            found: CampaignDefaults = desk.crm.read(campaigns.defaults, campaign_id, action_id or 0)
            if found.action_id is None and not ("action" in desk.touched and action_id):
                found = desk.crm.read(campaigns.defaults, campaign_id)
            for name, value, called in (
                ("action", found.action_id, found.action),
                ("medium", found.medium_id, found.medium),
                ("result", found.result_id, found.result),
            ):
                if value is not None and name not in desk.touched:
                    desk.put(name, f"#{value}", called or "")
        self._follow_result()

    def _read_rule(self) -> None:
        desk, card, result_id = self._desk, self._desk.card, self._desk.picked("result")
        self._follows = None
        if result_id is not None:
            self._follows = desk.crm.read(
                campaigns.follows,
                result_id,
                campaign_id=desk.picked("campaign"),
                action_id=desk.picked("action"),
                board_id=card.board_id if card is not None else None,
                status=card.status if card is not None else "",
                due_on=card.due_on if card is not None else None,
            )

    def _follow_result(self) -> None:
        """What a result's rule brings: the next step, unless one was chosen; its stage; its fields."""
        before = self._follows
        self._read_rule()
        found = self._follows
        target = self._desk.inputs["next_action"]
        if found is not None and "next_action" not in self._desk.touched and isinstance(target, Pick):
            rule = found.rule
            target.set_value(
                Option(f"#{rule.next_action_id}", rule.next_action or "") if rule.next_action_id else None
            )
        self._say_when()
        self._lead(before)
        self._bring_soon()

    def _say_when(self) -> None:
        """In the empty date of the next step: that it is asked for, or on which day it plans itself."""
        found, target = self._follows, self._desk.inputs["next_when"]
        words = ""
        if found is not None and found.plans is not None:
            day = typed_day(found.plans, self._desk.screen.today, language())
            words = say(N_("automatic: {day}"), day=day)
        elif found is not None and found.asks:
            words = say(N_("the result asks for it"))
        if isinstance(target, WhenField):
            target.hint(words)

    def _lead(self, before: campaigns.Follows | None) -> None:
        """Put the stage to which the result leads into its field, unless one was chosen there; say where it leads."""
        desk, found = self._desk, self._follows
        led, was = (each.stage_id if each is not None else None for each in (found, before))
        if self._answers.taken:
            return
        if desk.card is not None and "stage" not in desk.touched and led != was:
            if led is not None and found is not None:
                desk.put("stage", f"#{led}", found.rule.to_stage or "")
            else:
                desk.put("stage", desk.standing, desk.card.stage)
            desk.stage_chosen()
        said = bool(desk.sentence.words)  # what the stage asks for stands there
        if found is not None and found.loses:
            desk.sentence.show(
                say(N_("{result} closes the card as lost: choose the reason."), result=found.rule.result)
            )
        elif found is not None and led is not None and f"#{led}" != desk.standing and not said:
            facts = {"result": found.rule.result, "stage": found.rule.to_stage or ""}
            desk.sentence.show(say(N_("{result} leads the card to {stage}."), **facts))

    def _bring_soon(self) -> None:
        self._desk.screen.run_worker(self._bring(), group="bring", exclusive=True)

    async def _bring(self) -> None:
        """The fields that the result asks for; those of another result go."""
        found = self._follows
        if found is not None and found.rule.details > 0:
            await self.ask_for("detail")
            self._fit_detail()
        else:
            self._close("detail")
        if found is not None and found.loses and not self._answers.taken:
            await self.ask_for("loss_reason")
        else:
            self._close("loss_reason", "loss_note")

    def decided(self) -> None:
        """What the result asks for of a card that goes elsewhere is not asked."""
        self._bring_soon()

    def _fit_detail(self) -> None:
        """A detail of another result is none of this one."""
        chosen = self._desk.text("detail")
        offered = inputs.answers(self._desk.screen, EVERY["detail"], "", context={})
        if chosen and chosen not in {f"#{o.value}" for o in offered}:
            self._desk.put("detail", "")

    # --- filing -----------------------------------------------------------------------------------------------

    def filed(self) -> Mapping[str, str]:
        """That no campaign is meant, where there would be one: the one that was is not, or was not when this was
        left."""
        none = "campaign" in self._desk.inputs and not self._desk.filled("campaign")
        return {"campaign": ""} if none else {}

    def stays(self, raw: Mapping[str, str]) -> bool:
        """Whether the stage that the card has is no wish: there a result that leads elsewhere is overruled."""
        led = self._follows is not None and self._follows.stage_id is not None
        return raw.get("stage") == self._desk.standing and not led
