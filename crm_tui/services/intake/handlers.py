"""How a contact is taken in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm_tui.domain.events.party import PartyEdited
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import PartyKind, party_code
from crm_tui.services.core import known, people, work
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused
from crm_tui.services.intake import act_handlers, facts, layouts, plan
from crm_tui.services.intake.commands import TakeIn
from crm_tui.services.intake.plan import Contact, Judged, Person, Verdict
from crm_tui.store.queries import intake as queries
from crm_tui.store.tables import Party


def _contact(command: TakeIn) -> Contact:
    return plan.as_contact(
        0, command.name, command.company, command.role, command.phones, command.emails, command.notes
    )


def _take_in(ctx: Context, command: TakeIn) -> Made:
    contact = _contact(command)
    judged = plan.judge(contact, facts.read(ctx.connection, [contact]))
    if judged.why is not None and judged.verdict is Verdict.ERROR:
        raise Refused(Refusal(judged.why, RefusedBy.INPUT))
    source, told = command.source or None, judged.why
    there = None
    if judged.person is None:  # what no rule of the file knew is asked of the house's own
        there, told = known.of_import(ctx, contact.name, [point.normalized for point in contact.points])
    if there is not None:
        party_id = there.id
        new = people.new_points(ctx, party_id, _typed(judged))
        judged = replace(judged, verdict=Verdict.UPDATE if new else Verdict.DUPLICATE)
        people.add_points(ctx, party_id, new, first=False)
        ctx.emit(PartyEdited(entity_id=there.id, party_id=there.id, name=there.name, source=source))
    elif judged.person is None:
        party_id = people.add_party(
            ctx,
            name=contact.name,
            kind=PartyKind.PERSON,
            points=_typed(judged),
            preferences=contact.notes,
            source=source,
            company=contact.company,
            role=contact.role,
        )
    else:
        party_id = judged.person.id
        if judged.verdict is Verdict.UPDATE:
            _add_to(ctx, judged.person, judged, source)
    if command.follow_up is not None and _free(ctx, party_id, judged):
        work.plan_step(ctx, card_id=None, party_id=party_id, when=command.follow_up, subject="")
    return Made("party", party_id, party_code(party_id), told)


def _typed(judged: Judged) -> list[people.Typed]:
    return [(p.kind, p.value, p.normalized) for p in judged.points]


def _free(ctx: Context, party_id: int, judged: Judged) -> bool:
    """Whether a follow-up is wanted: for somebody new, and for an update that has no step yet."""
    if judged.verdict is Verdict.UPDATE:
        return ctx.one(queries.PLANNED, party_id=party_id) is None
    return judged.verdict is Verdict.NEW


def _add_to(ctx: Context, person: Person, judged: Judged, source: str | None) -> None:
    """Add what is new to somebody known: empty fields are filled, phones and e-mails added."""
    if judged.notes:
        ctx.rows.update(Party, person.id, preferences=judged.notes)
    people.add_points(ctx, person.id, _typed(judged), first=not person.points)
    if judged.company or judged.role:
        people.relate(ctx, person.id, judged.company or person.company, judged.role or person.role, source)
    ctx.emit(PartyEdited(entity_id=person.id, party_id=person.id, name=person.name, source=source))


HANDLERS: dict[type[Command], Handler[Any]] = {
    TakeIn: Handler(_take_in, gathers=True),
    **act_handlers.HANDLERS,
    **layouts.HANDLERS,
}
