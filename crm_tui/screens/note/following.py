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

from crm_tui.domain.board import CardDetail
from crm_tui.domain.fields import FieldSpec, chosen_id
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.when_echo import typed_day
from crm_tui.i18n import N_, language, say
from crm_tui.screens.core import inputs
from crm_tui.screens.core.formrows import FieldLabel
from crm_tui.screens.note.contact import NoteContact
from crm_tui.screens.note.cures import NoteCures
from crm_tui.screens.note.fields import LABEL
from crm_tui.services.board import views as boards
from crm_tui.services.campaign import views as campaigns
from crm_tui.services.core import records
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


class NoteFollowing(NoteContact, NoteCures):
    """See the module; `NoteEditor` completes it."""

    top: Beside
    """The row of what was done, at whose end a detail stands where there is room."""
    more: VerticalScroll
    follows: campaigns.Follows | None = None

    # --- rows -----------------------------------------------------------------------------------------------

    def _kept_more(self, kept: dict[str, str]) -> VerticalScroll:
        """The rows that a draft or a default fills; the others are made when they are called for."""
        filled = {name: kept[name] for name in EVERY if kept.get(name)}
        for name in ("contact", "campaign"):
            if name in kept:
                filled[name] = kept[name]  # said to be nobody, or none, it is shown, too
        if not kept and (meant := self._meant("campaign")) is not None:
            filled["campaign"], kept = meant.value, {"campaign:label": meant.label}
        rows = [
            self._more_row(names, filled, kept)
            for names in ROWS
            if any(name in filled and name not in self.inputs for name in names)
        ]
        return VerticalScroll(*rows, classes="more", can_focus=False)

    def _kept_detail(self, kept: dict[str, str]) -> list[Widget]:
        """A draft's detail, beside its result where there is room."""
        fits = self.app.size.width >= ROOMY and bool(kept.get("detail"))
        return self._detail(kept["detail"], kept.get("detail:label", "")) if fits else []

    def _detail(self, raw: str = "", label: str = "") -> list[Widget]:
        """Without a label, which would leave too little room for what is chosen: it says itself what it is."""
        spec = replace(EVERY["detail"], help=EVERY["detail"].label)
        self.inputs["detail"] = inputs.make(self, spec, raw, label, context={}, beside=True)
        return [self.inputs["detail"]]

    def _more_row(
        self, names: Sequence[str], filled: Mapping[str, str], kept: Mapping[str, str] | None = None
    ) -> Beside:
        found: list[Widget] = []
        for at, name in enumerate(names):
            raw, label = filled.get(name, ""), (kept or {}).get(f"{name}:label", "")
            if name not in filled and (meant := self._meant(name)) is not None:
                raw, label = meant.value, meant.label
                self.first[name] = raw
            label = label or (self._named(name, raw) if raw else "")
            self.inputs[name] = inputs.make(self, EVERY[name], raw, label, context=self._place(), beside=True)
            found += [self._more_label(name, first=at == 0), self.inputs[name]]
        row = Beside(*found, classes="brings" if names[0] in BROUGHT else "calls")
        row.set_class("began" in names, "-when")
        return row

    def _meant(self, name: str) -> Option | None:
        """Who, or what, holds while nobody says another: an empty field would say that nobody does."""
        if name == "contact":
            return Option(f"#{self.contact.value}", self.contact.label) if self.contact is not None else None
        found = self.crm.read(campaigns.meant, self.card_id, self.activity_id) if name == "campaign" else None
        return Option(f"#{found[0]}", found[1]) if found is not None else None

    def _more_label(self, name: str, *, first: bool) -> FieldLabel:
        words = say(EVERY[name].label)
        label = FieldLabel(words, LABEL if first else cells(words) + 3)
        label.GROUND = "background"
        return label

    def _named(self, name: str, raw: str) -> str:
        """What a picked record is called, where a draft does not say it."""
        chosen = chosen_id(raw)
        if chosen is None:
            return raw
        if name in ("contact", "next_contact"):
            found = self.crm.read(parties.detail, chosen)
            return found.name if found is not None else raw
        context = self._place()
        options = inputs.answers(self, EVERY[name], "", context=context)
        return next((o.label for o in options if f"#{o.value}" == raw), raw)

    async def _open(self, *names: str) -> None:
        """Make the rows of these fields, or show them again."""
        for row in ROWS:
            if not any(name in names for name in row):
                continue
            if row[0] in self.inputs:
                self._show(row[0], True)
            elif row == ("detail",) and self.app.size.width >= ROOMY:
                await self.top.mount(*self._detail())
            else:
                after = [
                    r
                    for r in ROWS[: ROWS.index(row)]
                    if r[0] in self.inputs and self.inputs[r[0]].parent is not self.top
                ]
                made = self._more_row(row, {})
                before = self.inputs[after[-1][0]].parent if after else None
                if isinstance(before, Widget):
                    await self.more.mount(made, after=before)
                else:
                    await self.more.mount(made, before=0 if self.more.children else None)
        self._hint_more()

    def _close(self, *names: str) -> None:
        """Hide the row of these fields, and forget what was in it: it belonged to another result."""
        for name in names:
            if name in self.inputs:
                self._show(name, False)
                inputs.put(self.inputs[name], "")

    def _show(self, name: str, wanted: bool) -> None:
        """The row of a field, or the field at the end of the first row."""
        row = self.inputs[name].parent
        if row is self.top:
            self.inputs[name].display = wanted
        elif isinstance(row, Widget):
            row.display = wanted

    def _shown(self, name: str) -> bool:
        widget = self.inputs.get(name)
        return (
            widget is not None
            and widget.display
            and isinstance(widget.parent, Widget)
            and widget.parent.display
        )

    def _hint_more(self) -> None:
        """What holds where nothing is said: the card's owner does it, with whom one spoke."""
        by, to = self.inputs.get("next_assignee"), self.inputs.get("next_contact")
        if isinstance(by, Pick) and self.card is not None:
            by.hint(self.card.owner or "")
        if isinstance(to, Pick):
            to.hint(self.spoken_with())

    async def call_for_more(self) -> None:
        """Campaign, hours and the next step's own fields; once they are there, to the first of them."""
        missing = [name for name in MORE if not self._shown(name)]
        await self._open(*MORE)
        self.inputs[missing[0] if missing else next(iter(MORE))].focus()

    def _order(self) -> list[str]:
        """What a result asks for comes after it; what is called for, and a detail that may be left out, comes last."""
        order = super()._order()
        asked = [name for name in BROUGHT if self._shown(name) and self._required(name)]
        at = order.index("result") + 1
        late = [name for name in EVERY if self._shown(name) and name not in asked]
        return [*order[:at], *asked, *order[at:], *late]

    def _required(self, name: str) -> bool:
        return name != "detail" or (self.follows is not None and self.follows.rule.asks_detail)

    # --- what follows -----------------------------------------------------------------------------------------

    def _chosen(self, name: str) -> int | None:
        widget = self.inputs.get(name)
        return chosen_id(inputs.raw_of(widget)) if widget is not None else None

    def _followed(self, name: str) -> None:
        """A choice was made on which others hang."""
        if name == "contact":
            self._hint_more()
            self._say_about()
        elif name == "campaign":
            self._follow_campaign()
        elif name in ("result", "action"):
            self._follow_result()

    def _begin(self) -> None:
        """Once everything is there: what the card's campaign fills, and what a draft's result brings."""
        self._hint_more()
        if self._draft_is_new() and self._chosen("campaign") is not None:
            self._follow_campaign()
        elif self._chosen("result") is not None:
            self._read_rule()
            self._say_when()
            self.run_worker(self._bring(), group="bring", exclusive=True)

    def _draft_is_new(self) -> bool:
        """Whether nothing was typed before."""
        raise NotImplementedError

    def _follow_campaign(self) -> None:
        """A campaign fills action, medium and result, but never what was chosen. (T38-T41)"""
        campaign_id, action_id = self._chosen("campaign"), self._chosen("action")
        if campaign_id is not None:
            found: CampaignDefaults = self.crm.read(campaigns.defaults, campaign_id, action_id or 0)
            if found.action_id is None and not ("action" in self.touched and action_id):
                found = self.crm.read(campaigns.defaults, campaign_id)
            for name, value, label in (
                ("action", found.action_id, found.action),
                ("medium", found.medium_id, found.medium),
                ("result", found.result_id, found.result),
            ):
                if value is not None and name not in self.touched:
                    inputs.put(self.inputs[name], f"#{value}", label or "")
        self._follow_result()

    def _read_rule(self) -> None:
        card, result_id = self.card, self._chosen("result")
        self.follows = None
        if result_id is not None:
            self.follows = self.crm.read(
                campaigns.follows,
                result_id,
                campaign_id=self._chosen("campaign"),
                action_id=self._chosen("action"),
                board_id=card.board_id if card is not None else None,
                status=card.status if card is not None else "",
                due_on=card.due_on if card is not None else None,
            )

    def _follow_result(self) -> None:
        """What a result's rule brings: the next step, unless one was chosen; its stage; its fields."""
        before = self.follows
        self._read_rule()
        found = self.follows
        target = self.inputs["next_action"]
        if found is not None and "next_action" not in self.touched and isinstance(target, Pick):
            rule = found.rule
            target.set_value(
                Option(f"#{rule.next_action_id}", rule.next_action or "") if rule.next_action_id else None
            )
        self._say_when()
        self._lead(before)
        self.run_worker(self._bring(), group="bring", exclusive=True)

    def _say_when(self) -> None:
        """In the empty date of the next step: that it is asked for, or on which day it plans itself."""
        found, target = self.follows, self.inputs["next_when"]
        words = ""
        if found is not None and found.plans is not None:
            today = self.today
            words = say(N_("automatic: {day}"), day=typed_day(found.plans, today, language()))
        elif found is not None and found.asks:
            words = say(N_("the result asks for it"))
        if isinstance(target, WhenField):
            target.hint(words)

    def _lead(self, before: campaigns.Follows | None) -> None:
        """Put the stage to which the result leads into its field, unless one was chosen there; say where it leads."""
        found = self.follows
        led, was = (each.stage_id if each is not None else None for each in (found, before))
        if self._decided():
            return
        if self.card is not None and "stage" not in self.touched and led != was:
            stage = self.inputs["stage"]
            if led is not None and found is not None:
                inputs.put(stage, f"#{led}", found.rule.to_stage or "")
            else:
                inputs.put(stage, self.standing, self.card.stage)
            self._stage_chosen()
        if found is not None and found.loses:
            self.tell(
                say(N_("{result} closes the card as lost: choose the reason."), result=found.rule.result)
            )
        elif found is not None and led is not None and f"#{led}" != self.standing and not self._says():
            facts = {"result": found.rule.result, "stage": found.rule.to_stage or ""}
            self.tell(say(N_("{result} leads the card to {stage}."), **facts))

    def tell(self, sentence: str) -> None:
        """Say something that stands in nobody's way."""
        self.sentence.show(sentence, "muted")

    def _says(self) -> bool:
        """Whether what the stage asks for is being said."""
        return bool(self.sentence.words)

    async def _bring(self) -> None:
        """The fields that the result asks for; those of another result go."""
        found = self.follows
        if found is not None and found.rule.details > 0:
            await self._open("detail")
            self._fit_detail(found.rule.result_id)
        else:
            self._close("detail")
        if found is not None and found.loses and not self._decided():
            await self._open("loss_reason")
        else:
            self._close("loss_reason", "loss_note")

    def _decision_taken(self) -> None:
        """What the result asks for of a card that goes elsewhere is not asked."""
        self.run_worker(self._bring(), group="bring", exclusive=True)

    def _fit_detail(self, result_id: int) -> None:
        """A detail of another result is none of this one."""
        chosen = inputs.raw_of(self.inputs["detail"])
        offered = inputs.answers(self, EVERY["detail"], "", context={})
        if chosen and chosen not in {f"#{o.value}" for o in offered}:
            inputs.put(self.inputs["detail"], "")

    def _stays(self, raw: Mapping[str, str]) -> bool:
        """Whether the stage that the card has is no wish: there a result that leads elsewhere is overruled."""
        led = self.follows is not None and self.follows.stage_id is not None
        return raw.get("stage") == self.standing and not led

    def _filed_words(self) -> str:
        """What was filed, and what one would not see: that an open card has no next step now, or whose it is."""
        who, filed = self._who(), N_("note filed: {who}")
        card: CardDetail | None = (
            self.crm.read(boards.detail, self.card_id) if self.card_id is not None else None
        )
        if card is None or card.closed:
            return say(filed, who=who)
        step = self.crm.read(records.activity, card.next_activity_id) if card.next_activity_id else None
        if step is None:
            return say(N_("filed without a next step: {who}"), who=who)
        if step.assignee != self.crm.viewer.login:
            return say(N_("filed, the next step is {login}'s: {who}"), login=step.assignee, who=who)
        return say(filed, who=who)
