"""What registering an action says and asks: campaign, result and detail, when it was done, what follows. (T7-T60)

The rules are `domain.campaign`'s; `filing` writes what this finds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from crm_tui.domain.activity import ActivityState, Performed, performed, step_at
from crm_tui.domain.board import is_closed
from crm_tui.domain.campaign import (
    Filing,
    Leads,
    ResultRule,
    ends_card,
    led_to,
    missing,
    next_day,
    plans_itself,
)
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.party import ContactKind
from crm_tui.i18n import N_, Text
from crm_tui.services.core import contacts, moments, outcomes, rights, work
from crm_tui.services.core.context import Context, Refused, refuse
from crm_tui.services.note import deciding
from crm_tui.services.note.commands import FileNote
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table
from crm_tui.store.tables import (
    ActionType,
    Activity,
    Campaign,
    Card,
    ContactMedium,
    ContactPoint,
    Result,
    ResultDetail,
    User,
)
from crm_tui.store.values import as_date, as_instant

OUT_OF_USE = {
    "result": N_("The result {name} is out of use by now: choose another; your text is kept."),
    "action": N_("The action {name} is out of use by now: choose another; your text is kept."),
    "next_action": N_("The action {name} is out of use by now: choose another; your text is kept."),
    "medium": N_("The medium {name} is out of use by now: choose another; your text is kept."),
    "campaign": N_("The campaign {name} is out of use by now: choose another; your text is kept."),
    "detail": N_("The detail {name} is out of use by now: choose another; your text is kept."),
}
_CHOSEN: dict[str, tuple[Table, str]] = {
    "result": (Result, "result"),
    "action": (ActionType, "action type"),
    "next_action": (ActionType, "action type"),
    "medium": (ContactMedium, "medium"),
    "campaign": (Campaign, "campaign"),
    "detail": (ResultDetail, "result_detail"),
}


class Registered(NamedTuple):
    """An action as it is to be registered: its card, the step that was planned for it, and what its result says."""

    card: Row | None
    planned: Row | None
    campaign_id: int | None
    action_id: int
    rule: ResultRule
    filing: Filing
    contact_id: int | None

    @property
    def open_card(self) -> bool:
        return self.filing.on_card and self.filing.open

    @property
    def loses(self) -> bool:
        """Whether the card ends with it."""
        return ends_card(self.rule, self.filing)


def registered(ctx: Context, command: FileNote) -> Registered:
    """What is to be registered, from what was said, what was planned and what the card says. An answer to the stage's
    question decides where the card goes: then its result leads nowhere."""
    card = ctx.row(Card, command.card, "card") if command.card is not None else None
    planned = ctx.rows.get(Activity, command.activity or (card["next_activity_id"] if card else None))
    if planned is not None and planned["state"] != ActivityState.PLANNED:
        planned = None
    campaign_id = command.campaign
    if "campaign" not in command.model_fields_set:
        meant = outcomes.campaign_of(ctx.connection, command.card, planned["id"] if planned else None)
        campaign_id = meant and meant[0]
    action_id = command.action or (planned["action_type_id"] if planned else work.default_action(ctx))
    rule = outcomes.rule_of(ctx.connection, command.result or 0, campaign_id, action_id)
    if rule is None:
        ctx.row(Result, command.result, "result")
        raise AssertionError("a result that is there has a rule")
    answer = deciding.last(ctx, command)
    if answer is not None:
        rule = rule._replace(leads=Leads.NOWHERE, to_stage_id=None)
    filing = Filing(
        detail=command.detail is not None,
        when=command.next_when is not None,
        reason=command.loss_reason is not None and answer is None,
        on_card=card is not None,
        open=card is not None
        and not is_closed(card["status"])
        and not (answer is not None and answer.closes),
    )
    contact_id = _contact(ctx, command, planned)
    return Registered(card, planned, campaign_id, int(action_id), rule, filing, contact_id)


def _contact(ctx: Context, command: FileNote, planned: Row | None) -> int | None:
    """With whom one spoke: as was said, else the main contact. (T37)"""
    if "contact" in command.model_fields_set:
        return command.contact
    step = planned["id"] if planned is not None else None
    found = contacts.main(ctx.connection, ctx.viewer, card=command.card, party=command.party, activity=step)
    return found.value if found is not None else None


def check(ctx: Context, command: FileNote) -> Refusal | None:
    """What stands in the way of registering it so; the text and the result are there already."""
    gone = _gone(ctx, command)
    if gone is not None:
        return gone
    found = registered(ctx, command)
    done = when_done(ctx, command, found.action_id)
    if isinstance(done, Refusal):
        return done
    return _of_its_result(ctx, command) or missing(found.rule, found.filing) or _next(ctx, command, found)


def _gone(ctx: Context, command: FileNote) -> Refusal | None:
    """Something that was chosen went out of use while the parecer was open; what the step had already stays."""
    for field, (table, what) in _CHOSEN.items():
        chosen = getattr(command, field)
        if chosen is None:
            continue
        row = ctx.row(table, chosen, what)
        if not row["active"] and not _had(ctx, command, field, chosen):
            return Refusal(Text(OUT_OF_USE[field], {"name": row["name"]}), fields=(field,))
    return None


def _had(ctx: Context, command: FileNote, field: str, chosen: int) -> bool:
    card = ctx.rows.get(Card, command.card) or {}
    step = ctx.rows.get(Activity, command.activity or card.get("next_activity_id")) or {}
    return field == "action" and step.get("action_type_id") == chosen


def _of_its_result(ctx: Context, command: FileNote) -> Refusal | None:
    if command.detail is None or ctx.row(ResultDetail, command.detail)["result_id"] == command.result:
        return None
    return Refusal(Text("That detail belongs to another result: choose one of its own."), fields=("detail",))


def _next(ctx: Context, command: FileNote, found: Registered) -> Refusal | None:
    if _undated(command, found):
        return Refusal(
            Text("What was said of the next step needs its date: say when it is, or empty those fields."),
            fields=("next_when",),
        )
    if command.next_assignee is not None:
        refusal = rights.not_for(ctx, command.next_assignee, found.card, "next_assignee")
        if refusal is not None:
            return refusal
    if command.next_phone is not None:
        point = ctx.row(ContactPoint, command.next_phone, "phone")
        if point["kind"] == ContactKind.EMAIL or point["party_id"] not in _reached_by(command, found):
            return Refusal(
                Text("That phone is of somebody else: choose one of the account's or of its contact's."),
                fields=("next_phone",),
            )
    return None


def _undated(command: FileNote, found: Registered) -> bool:
    """Whether something was said of a next step that is not planned: it would be lost unseen. The action alone is not:
    the result fills it in. (T50-T60)"""
    if command.next_when is not None or plans_itself(found.rule, found.filing):
        return False
    said = (command.next_assignee, command.next_phone, command.next_until)
    return any(each is not None for each in said) or bool(command.next_subject or command.next_description)


def _reached_by(command: FileNote, found: Registered) -> Collection[int | None]:
    card, planned = found.card or {}, found.planned or {}
    people = (command.party, command.next_contact, found.contact_id, card.get("party_id"))
    known = (*people, card.get("contact_id"), planned.get("contact_id"))
    return {each for each in known if each is not None}


def when_done(ctx: Context, command: FileNote, action_id: int) -> Performed | Refusal:
    """When it was done."""
    minutes = ctx.row(ActionType, action_id, "action type")["default_minutes"] or 30
    return performed(command.began, command.ended, ctx.now, ctx.viewer.zone, minutes)


def done_columns(ctx: Context, command: FileNote, found: Registered) -> dict[str, Any]:
    """The columns of the step that say how and when it was done."""
    done = when_done(ctx, command, found.action_id)
    if isinstance(done, Refusal):
        raise Refused(done)
    columns: dict[str, Any] = {
        "done_at": done.done_at,
        "result_id": command.result,
        "result_detail_id": command.detail,
        "medium_id": command.medium,
        "campaign_id": found.campaign_id,
        "contact_id": found.contact_id,
    }
    if done.due_on is not None:
        columns |= {"due_on": done.due_on, "start_at": done.start_at, "end_at": done.end_at}
    return columns


def stage_of(command: FileNote, found: Registered) -> int | None:
    """Where the card goes: to the stage that was chosen, else to the one to which its result leads."""
    if command.stage is not None or found.card is None:
        return command.stage
    return led_to(found.rule, found.card["board_id"], open_card=found.open_card)


def next_moment(ctx: Context, command: FileNote, found: Registered) -> date | datetime | None:
    """When the next step is: as was said, else when its result plans it; at the same hour as the previous one."""
    if command.next_when is not None or not plans_itself(found.rule, found.filing):
        return command.next_when
    done = when_done(ctx, command, found.action_id)
    assert isinstance(done, Performed)
    planned = found.planned or {}
    done_on = step_at(done.done_at, ctx.viewer.zone).due_on
    calendar = moments.calendar(ctx.connection)
    day = next_day(found.rule, done_on, as_date(planned.get("due_on")), calendar)
    start = as_instant(planned.get("start_at"))
    if start is None:
        return day
    return datetime.combine(day, start.astimezone(ctx.viewer.zone).time(), ctx.viewer.zone)


def plan(
    ctx: Context,
    command: FileNote,
    found: Registered,
    done_id: int,
    when: date | datetime,
    files: Sequence[int],
) -> None:
    """Plan what follows, with what its result and its campaign fill; `files` are kept with it. (T50-T60)"""
    card, rule = found.card, found.rule
    if card is not None and not found.filing.open:
        raise refuse(
            N_("A closed card has no next step: leave “when” empty, or reopen the card first."),
            fields=("next_when",),
        )
    action_id = command.next_action or rule.next_action_id or work.default_action(ctx)
    objective = command.next_subject or (rule.objective if action_id == rule.next_action_id else None) or ""
    work.plan_step(
        ctx,
        card_id=command.card,
        party_id=card["party_id"] if card is not None else command.party,
        when=when,
        subject=objective,
        action_type_id=action_id,
        assignee_id=command.next_assignee or takes_over(ctx, card, ctx.viewer.user_id),
        contact_id=command.next_contact or found.contact_id,
        files=files,
        previous_id=done_id,
        until=command.next_until,
        objective=objective or None,
        description=command.next_description or None,
        phone_id=command.next_phone,
        campaign_id=found.campaign_id,
    )


def takes_over(ctx: Context, card: Row | None, otherwise: int) -> int:
    """Who does the next step if nobody was named: the card's owner; `otherwise` if nobody has it or they have left."""
    owner = ctx.rows.get(User, card["owner_id"]) if card is not None else None
    return int(owner["id"]) if owner is not None and owner["active"] else otherwise
