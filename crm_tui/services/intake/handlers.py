"""How a contact is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from crm_tui.domain import identity
from crm_tui.domain.events.party import PartyEdited
from crm_tui.domain.foreign import ForeignKind, foreign
from crm_tui.domain.form import FormAsked
from crm_tui.domain.form_read import judge, typed
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import PartyKind, Postal, party_code
from crm_tui.domain.text import fold
from crm_tui.i18n import Text
from crm_tui.services.core import (
    addresses,
    answer_keeping,
    answer_sets,
    handing,
    known,
    people,
    ruling,
    work,
)
from crm_tui.services.core import foreign as ids
from crm_tui.services.core.ahead import Ahead
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused
from crm_tui.services.intake import act_handlers, facts, layouts, own_fields, plan
from crm_tui.services.intake.commands import TakeIn
from crm_tui.services.intake.contact import Contact, Own, Owner, as_contact
from crm_tui.services.intake.plan import Judged, Person, Planned, Verdict
from crm_tui.store.queries import intake as queries
from crm_tui.store.tables import Party


def _shown(ctx: Context, command: TakeIn) -> Planned | None:
    """The row of the preview that the command was made of, as long as the fields that it fills are asked as then."""
    shown = command.shown
    if shown is None or not shown.contact.own:
        return shown
    asked = ctx.once(
        "own questions", lambda: {(f.form_id, q.key): q for f in _forms(ctx) for q in f.questions}
    )
    still = all(asked.get((own.form, own.question.key)) == own.question for own in shown.contact.own)
    return shown if still else None


def _contact(ctx: Context, command: TakeIn) -> Contact:
    shown = _shown(ctx, command)
    if shown is not None:
        return shown.contact
    postal = addresses.as_kept({name: getattr(command, name) for name in addresses.COLUMNS})
    return as_contact(
        0,
        command.name,
        command.company,
        command.role,
        command.phones,
        command.emails,
        command.notes,
        document=_tax_id(command.document),
        company_document=_tax_id(command.company_document),
        address=Postal(**postal) if any(postal.values()) else None,
        foreign=foreign(command.foreign_source, command.foreign_id),
        organization=command.organization,
        owner=Owner(command.owner, "") if command.owner is not None else None,
        own=_answers(ctx, command),
    )


def _forms(ctx: Context) -> list[FormAsked]:
    """The fields of one's own of people as they are now; one run of commands asks once."""
    found: list[FormAsked] = ctx.once("own fields", lambda: answer_sets.of_people(ctx.connection))
    return found


def _answers(ctx: Context, command: TakeIn) -> tuple[Own, ...]:
    """What the command says of fields of one's own; refuses what is no answer."""
    if not command.own:
        return ()
    found, strays = own_fields.parted(_forms(ctx), command.own.items())
    if strays:
        told = {"field": strays[0].field, "why": strays[0].why}
        raise Refused(Refusal(Text("{field}: {why}", told), RefusedBy.INPUT, ("own",)))
    return found


def _tax_id(typed: str) -> str:
    """A document without mask; refuses one that is none."""
    return people.document_columns(typed)["document"] or ""


def _may(ctx: Context, command: TakeIn) -> Refusal | None:
    return handing.of_new(ctx, command.owner)


def _take_in(ctx: Context, command: TakeIn) -> Made:
    unmet = _unmet(ctx, command)
    contact, judged = (unmet, plan.unknown(unmet)) if unmet is not None else _judged(ctx, command)
    if judged.why is not None and judged.verdict is Verdict.ERROR:
        raise Refused(Refusal(judged.why, RefusedBy.INPUT))
    source, told = command.source or None, judged.why
    there = None
    if judged.person is None and unmet is None:  # what no rule of the file knew is asked of the house's own
        there, told = known.of_import(
            ctx, contact.name, [point.normalized for point in contact.points], contact.document
        )
    if there is not None:
        (person,) = facts.people(ctx.connection, ctx.viewer, [there.id])
        judged = plan.taken(contact, person)
        if judged.verdict is Verdict.ERROR and judged.why is not None:
            raise Refused(Refusal(judged.why, RefusedBy.INPUT))
        told = judged.why
    if judged.person is None:
        party_id = people.add_party(
            ctx,
            name=contact.name,
            kind=contact.kind,
            points=_typed(judged),
            document=contact.document,
            preferences=contact.notes,
            source=source,
            company=contact.company,
            role=contact.role,
            company_document=contact.company_document,
            address=_said(contact.address),
            owner=command.owner,
            also=lambda made: _keep(ctx, contact, made),
        )
        if ctx.ahead is not None and contact.kind is PartyKind.ORGANIZATION:
            ctx.ahead.learn(fold(contact.name), party_id)  # who works there comes in a row below
    else:
        party_id = judged.person.id
        if judged.verdict is Verdict.UPDATE:
            _add_to(ctx, contact, judged.person, judged, source)
    if ctx.ahead is not None:
        ctx.ahead.said(partial(_signs, contact), None if judged.person is None else party_id)
    if command.follow_up is not None and _free(ctx, party_id, judged):
        work.plan_step(ctx, card_id=None, party_id=party_id, when=command.follow_up, subject="")
    return Made("party", party_id, party_code(party_id), told)


def _judged(ctx: Context, command: TakeIn) -> tuple[Contact, Judged]:
    """What becomes of a row: by what was read ahead as long as that holds, else by what is known now."""
    if ctx.ahead is not None:
        known_ahead, contacts = ctx.ahead.own
        contact: Contact | None = contacts.get(id(command), (None, None))[1]
        if contact is not None:
            sure, name = contact.sure_keys, fold(contact.name)
            keys = [*(sure or [name]), *_own(contact)]
            met = {person_id for key in sure for person_id in known_ahead.by_key.get(key, ())}
            if contact.foreign in known_ahead.by_foreign:
                met.add(known_ahead.by_foreign[contact.foreign].row_id)
            met |= set() if sure else {*known_ahead.by_name.get((name, PartyKind.PERSON), ())}
            firm = contact.kind is PartyKind.ORGANIZATION or contact.company_document
            if not (contact.document or firm) and ctx.ahead.fresh(keys, met) and (sure or not met):
                return contact, plan.judge(contact, known_ahead)
            # of documents and of organisations it is asked row by row
            return contact, plan.judge(contact, facts.read(ctx.connection, ctx.viewer, [contact]))
    contact = _contact(ctx, command)
    return contact, plan.judge(contact, facts.read(ctx.connection, ctx.viewer, [contact]))


def _unmet(ctx: Context, command: TakeIn) -> Contact | None:
    """The row of whom the preview knew nothing, while nobody but this import wrote anything since. (decision 0026)"""
    shown = _shown(ctx, command)
    if shown is None or shown.unmet_at is None or ctx.later is None or ctx.later.since != shown.unmet_at:
        return None
    return shown.contact


def _ahead(ctx: Context, commands: Sequence[TakeIn]) -> Ahead:
    """Who is known of the rows that follow. Their contacts are kept by the commands, which stay with them."""
    contacts, companies = {}, set()
    for command in commands:
        unmet = _unmet(ctx, command)
        if unmet is not None:
            companies.add(unmet.company)
            continue
        with suppress(Refused):  # it is refused when it is come to
            contacts[id(command)] = (command, _contact(ctx, command))
    rows = [contact for _, contact in contacts.values()]
    return Ahead(
        ctx.connection,
        ctx.viewer,
        ctx.once("rules", lambda: ruling.rules(ctx.connection)),
        names={fold(row.name) for row in rows},
        companies={fold(company) for company in (*companies, *(row.company for row in rows)) if company},
        points={key for row in rows for key in identity.keys_of(point.normalized for point in row.points)},
        own=(facts.read(ctx.connection, ctx.viewer, rows), contacts),
    )


def _signs(contact: Contact) -> set[str]:
    """By what somebody is known once this row is taken in."""
    keys = identity.keys_of(point.normalized for point in contact.points)
    return {*keys, fold(contact.name), fold(contact.company), *_own(contact)}


def _own(contact: Contact) -> list[str]:
    """By which id its program knows somebody, as a sign that is no name."""
    return ["\x1f".join(contact.foreign)] if contact.foreign is not None else []


def _keep(ctx: Context, contact: Contact, party_id: int) -> None:
    """What hangs under the event of somebody new beside what `add_party` knows."""
    _keep_id(ctx, contact, party_id)
    for form in _forms(ctx) if contact.own else ():
        given = [(each.question, each.value) for each in contact.own if each.form == form.form_id]
        if given:
            place = answer_keeping.of_person(party_id)
            answer_keeping.put(ctx, form.form_id, form.revision, place, given)


def _keep_id(ctx: Context, contact: Contact, party_id: int) -> None:
    if contact.foreign is not None:
        ids.keep(ctx, ForeignKind.PARTY, contact.foreign, party_id, {"name": contact.name})


def _fill(ctx: Context, party_id: int, answers: Sequence[Own]) -> None:
    """A new answer set of somebody known in each form: of what was known there with these."""
    for form in _forms(ctx):
        given = {each.question.key: each for each in answers if each.form == form.form_id}
        if not given:
            continue
        raw = answer_sets.latest(ctx.connection, form.form_id, None, party_id).raw
        raw |= {key: typed(each.question, each.value) for key, each in given.items()}
        judged = judge(form.questions, raw, own_fields.day)
        place = answer_keeping.of_person(party_id)
        answer_keeping.store(ctx, form.form_id, form.revision, place, judged)


def _said(address: Postal | None) -> dict[str, str]:
    """The words of an address, those that say something."""
    return {name: words for name, words in address._asdict().items() if words} if address is not None else {}


def _typed(judged: Judged) -> list[people.Typed]:
    return [(p.kind, p.value, p.normalized) for p in judged.points]


def _free(ctx: Context, party_id: int, judged: Judged) -> bool:
    """Whether a follow-up is wanted: for somebody new, and for an update that has no step yet."""
    if judged.verdict is Verdict.UPDATE:
        return ctx.one(queries.PLANNED, party_id=party_id) is None
    return judged.verdict is Verdict.NEW


def _add_to(ctx: Context, row: Contact, person: Person, judged: Judged, source: str | None) -> None:
    """Add what is new to somebody known: empty fields are filled, phones and e-mails added, the id is kept."""
    works, does = judged.company or person.company, judged.role or person.role
    if judged.company or judged.company_document:  # it has events of its own, before the person's rows
        people.organization(ctx, works, source, judged.company_document)
    columns: dict[str, Any] = {"preferences": judged.notes} if judged.notes else {}
    columns |= people.document_columns(judged.document) if judged.document else {}
    columns |= {"name": judged.name} if judged.name else {}
    columns |= {"owner_id": judged.owner.id} if judged.owner is not None else {}
    if columns:
        ctx.rows.update(Party, person.id, **columns)
    if judged.address is not None:
        addresses.store(ctx, person.id, _said(judged.address))
    people.add_points(ctx, person.id, _typed(judged), first=not person.points)
    if judged.company or judged.role:
        people.relate(ctx, person.id, works, does, source, judged.company_document)
    if judged.foreign is not None:
        _keep_id(ctx, row, person.id)
    if judged.own:
        _fill(ctx, person.id, judged.own)
    name = judged.name or person.name
    ctx.emit(PartyEdited(entity_id=person.id, party_id=person.id, name=name, source=source))


HANDLERS: dict[type[Command], Handler[Any]] = {
    TakeIn: Handler(_take_in, check=_may, gathers=True, ahead=_ahead),
    **act_handlers.HANDLERS,
    **layouts.HANDLERS,
}
