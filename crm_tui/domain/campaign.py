"""Campaigns: the rules by which one action follows from how another ended. (T7-T12, T28, T38-T42)

Pure; knows nothing of the store or the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.outcome import Refusal
from crm_tui.domain.worktime import WorkCalendar
from crm_tui.i18n import N_, Text, text_n


class CampaignKind(StrEnum):
    """What a campaign is for. (M6: a reactivation calls those who bought once)"""

    STANDARD = "standard"
    REACTIVATION = "reactivation"


class NextMode(StrEnum):
    """What a result does about the next step: nothing, ask for it, or plan it by itself. (T9, T10)"""

    NONE = "none"
    ASK = "ask"
    AUTO = "auto"


class DelayFrom(StrEnum):
    """From which day the days until an automatic next step are counted."""

    COMPLETION = "completion"
    PREVIOUS_DUE = "previous_due"


class Leads(StrEnum):
    """Where a result leads the card: nowhere, to a stage (T9), or to its loss (T11)."""

    NOWHERE = "nowhere"
    STAGE = "stage"
    LOSS = "loss"


CAMPAIGN_KIND_NAMES: Final[Mapping[CampaignKind, str]] = {
    CampaignKind.STANDARD: N_("standard"),
    CampaignKind.REACTIVATION: N_("reactivation"),
}
NEXT_MODE_NAMES: Final[Mapping[NextMode, str]] = {
    NextMode.NONE: N_("asks for none"),
    NextMode.ASK: N_("asks for it"),
    NextMode.AUTO: N_("plans it by itself"),
}
DELAY_FROM_NAMES: Final[Mapping[DelayFrom, str]] = {
    DelayFrom.COMPLETION: N_("the day it was done"),
    DelayFrom.PREVIOUS_DUE: N_("the day it was due"),
}
LEADS_NAMES: Final[Mapping[Leads, str]] = {
    Leads.NOWHERE: N_("nowhere"),
    Leads.STAGE: N_("to a stage"),
    Leads.LOSS: N_("to its loss"),
}
"""What each is called, in forms and in lists."""


def next_told(mode: str, days: int) -> Text | None:
    """What a result does about the next step, in a cell of a list; None if nothing."""
    match mode:
        case NextMode.AUTO:
            return text_n("by itself after {n} day", "by itself after {n} days", days)
        case NextMode.ASK:
            return Text(NEXT_MODE_NAMES[NextMode.ASK])
    return None


class ResultRule(NamedTuple):
    """What follows from a result: of an action of a campaign, or of any. `delay_days` are calendar days.

    `details` counts those that may be chosen: where there is none, none can be asked for. `objective` is what the
    campaign's next action is about; the stage is one that is still in use, or None.
    """

    result_id: int
    result: str
    active: bool
    requires_detail: bool
    details: int
    next_mode: str
    next_action_id: int | None
    next_action: str | None
    objective: str | None
    delay_days: int
    delay_from: str
    leads: str
    to_stage_id: int | None
    to_stage: str | None
    to_board_id: int | None

    @property
    def asks_detail(self) -> bool:
        return self.requires_detail and self.details > 0

    @property
    def loses(self) -> bool:
        return self.leads == Leads.LOSS


class CampaignDefaults(NamedTuple):
    """What choosing a campaign, or an action of it, fills: ids with their names. (T39-T41)"""

    action_id: int | None = None
    action: str | None = None
    medium_id: int | None = None
    medium: str | None = None
    result_id: int | None = None
    result: str | None = None


class Filing(NamedTuple):
    """What a rule must know of a filing: what was given, and whether the card can still go somewhere."""

    detail: bool
    when: bool
    reason: bool
    on_card: bool
    open: bool

    @property
    def may_go_on(self) -> bool:
        """Whether a next step can be planned: on an open card, or on none."""
        return self.open or not self.on_card


def ends_card(rule: ResultRule, filing: Filing) -> bool:
    """Whether filing this closes the card as lost: only one that is still open can be. (T11)"""
    return rule.loses and filing.on_card and filing.open


def missing(rule: ResultRule, filing: Filing) -> Refusal | None:
    """What a result asks for before it can be filed. (T9, T11, T42)"""
    named = {"result": rule.result}
    if rule.asks_detail and not filing.detail:
        return Refusal(
            Text("The result {result} asks for its detail: choose one.", named), fields=("detail",)
        )
    lost = ends_card(rule, filing)
    if lost and filing.when:
        return Refusal(
            Text("The result {result} closes the card as lost: leave “when” empty.", named),
            fields=("next_when",),
        )
    if lost and not filing.reason:
        return Refusal(
            Text("The result {result} closes the card as lost: choose the reason.", named),
            fields=("loss_reason",),
        )
    if filing.reason and not lost:
        return Refusal(
            Text("The result {result} closes no card: leave the loss reason empty.", named),
            fields=("loss_reason",),
        )
    if rule.next_mode == NextMode.ASK and not lost and filing.may_go_on and not filing.when:
        return Refusal(
            Text("The result {result} asks for the next step: say when.", named), fields=("next_when",)
        )
    return None


def led_to(rule: ResultRule, board_id: int | None, *, open_card: bool) -> int | None:
    """The stage to which a result leads a card; None if it stays: closed, or of another board. (T9)"""
    leads = rule.leads == Leads.STAGE and open_card and rule.to_board_id == board_id
    return rule.to_stage_id if leads else None


def plans_itself(rule: ResultRule, filing: Filing) -> bool:
    """Whether the next step is planned without being asked for. (T10)"""
    return rule.next_mode == NextMode.AUTO and filing.may_go_on and not ends_card(rule, filing)


def next_day(rule: ResultRule, done_on: date, due_on: date | None, calendar: WorkCalendar) -> date:
    """The day of an automatic next step: so many calendar days on, then the next working day; never before the day of
    completion. `due_on` is when the previous one was due."""
    begins = due_on if rule.delay_from == DelayFrom.PREVIOUS_DUE and due_on is not None else done_on
    return calendar.working_day_from(max(begins + timedelta(days=rule.delay_days), done_on))
