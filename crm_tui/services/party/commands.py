"""What may be asked about people and organisations."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from crm_tui.domain.consent import BASES, PURPOSES, Basis, Purpose
from crm_tui.domain.fields import Widget
from crm_tui.domain.party import ContactKind, Lifecycle, PartyKind
from crm_tui.domain.reach import NAMES
from crm_tui.i18n import N_
from crm_tui.services.core.commands import DESPITE, Command, ask, choices, seen_version

KINDS = ((PartyKind.PERSON.value, N_("Person")), (PartyKind.ORGANIZATION.value, N_("Organisation")))
LIFECYCLES = (
    (Lifecycle.PROSPECT.value, N_("Prospect")),
    (Lifecycle.CUSTOMER.value, N_("Customer")),
    (Lifecycle.FORMER.value, N_("Former customer")),
)


class NewParty(Command):
    """A new person or organisation, with how to reach it. (M1, M54)"""

    permission: ClassVar[str] = "party.add"
    past_rules: ClassVar[bool] = True
    title: ClassVar[str] = N_("New person")

    name: str = ask(N_("Name"), max_length=200)
    phone: str = ask(N_("Phone"), default="")
    email: str = ask(N_("E-mail"), default="")
    company: str = ask(N_("Company"), default="", help=N_("an organisation; made if it is new"))
    role: str = ask(N_("Role there"), default="")
    document: str = ask(N_("CPF or CNPJ"), default="")
    preferences: str = ask(N_("Notes"), default="", widget=Widget.BODY, max_length=20_000)
    kind: PartyKind = ask(N_("Kind"), default=PartyKind.PERSON, choices=KINDS)
    owner: int | None = ask(N_("Owner"), default=None, pick="users", help=N_("empty: you"))
    despite: str = ask(N_("All the same"), default="", hidden=True, help=DESPITE)
    answers: dict[str, str] = ask(
        N_("Answers"),
        default={},
        widget=Widget.MAP,
        help=N_(
            "to the further fields of people: a JSON object, each question's key with the text of its answer"
        ),
    )


class EditParty(Command):
    """Change what is known of a person; only the fields that are given change."""

    permission: ClassVar[str] = "party.edit"
    past_rules: ClassVar[bool] = True
    title: ClassVar[str] = N_("Edit person")

    party: int = ask(N_("Person"), pick="people", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=200)
    trade_name: str = ask(N_("Trade name"), default="", max_length=200)
    phone: str = ask(N_("Phone"), default="")
    email: str = ask(N_("E-mail"), default="")
    company: str = ask(N_("Company"), default="")
    role: str = ask(N_("Role there"), default="")
    document: str = ask(N_("CPF or CNPJ"), default="")
    street: str = ask(N_("Street and number"), default="", max_length=200)
    city: str = ask(N_("City"), default="", max_length=100)
    state: str = ask(N_("State"), default="", max_length=40)
    postcode: str = ask(N_("Postcode"), default="", max_length=20, help=N_("8 figures, or a foreign one"))
    no_calls: bool = ask(N_("No calls wished"), default=False)
    no_email: bool = ask(N_("No e-mail wished"), default=False)
    lifecycle: Lifecycle = ask(N_("Phase"), default=Lifecycle.PROSPECT, choices=LIFECYCLES)
    party_class: int | None = ask(N_("Class"), default=None, pick="party_classes")
    preferences: str = ask(N_("Notes"), default="", widget=Widget.BODY, max_length=20_000)
    owner: int | None = ask(N_("Owner"), default=None, pick="users")
    despite: str = ask(N_("All the same"), default="", hidden=True, help=DESPITE)
    version: int | None = seen_version(of="party")


class AddContact(Command):
    """Somebody who is known speaks for an organisation from now on. (T31)"""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("New contact")

    organization: int = ask(N_("Organisation"), pick="people")
    person: int = ask(N_("Person"), pick="people")
    role: str = ask(N_("Role there"), default="", max_length=200)
    main: bool = ask(N_("Main contact"), default=False)


class EditContact(Command):
    """Change what somebody does at an organisation."""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("Edit contact")

    relation: int = ask(N_("Contact"), pick="relations", hidden=True)
    role: str = ask(N_("Role there"), default="", max_length=200)
    version: int | None = seen_version()


class ChooseMainContact(Command):
    """Of an organisation's contacts this is whom one speaks to first. (E33, T37)"""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("Choose main contact")

    relation: int = ask(N_("Contact"), pick="relations", hidden=True)
    version: int | None = seen_version()


class EndContact(Command):
    """Somebody speaks for an organisation no longer; that they did stays in the story."""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("End contact")

    relation: int = ask(N_("Contact"), pick="relations", hidden=True)
    ended_on: date | None = ask(N_("Until"), default=None, widget=Widget.WHEN, past=True, help=N_("today"))
    version: int | None = seen_version()


class ChangePerson(Command):
    """Change of a person what many have in common; what is left as it is stays. Of many at once it is one batch and one
    undo. `more_notes` is put behind what is known already."""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("Change people")

    party: int = ask(N_("Person"), pick="people", hidden=True)
    owner: int | None = ask(N_("Owner"), default=None, pick="users", help=N_("empty: as it is"))
    lifecycle: Lifecycle | None = ask(N_("Phase"), default=None, choices=LIFECYCLES)
    more_notes: str = ask(
        N_("Add to notes"), default="", widget=Widget.BODY, max_length=2_000, help=N_("behind what is there")
    )


class AddContactPoint(Command):
    """One more phone, e-mail, WhatsApp or site of somebody. The first of its family is the main one. (M1)"""

    permission: ClassVar[str] = "party.edit"
    past_rules: ClassVar[bool] = True
    title: ClassVar[str] = N_("New way to reach")

    party: int = ask(N_("Person"), pick="people", hidden=True)
    value: str = ask(N_("Number or address"), max_length=254, help=N_("phone, e-mail or site"))
    kind: ContactKind | None = ask(
        N_("Kind"), default=None, choices=choices(NAMES), help=N_("empty: by what is typed")
    )
    main: bool = ask(N_("The main one"), default=False)
    opted_out: bool = ask(N_("Not wished"), default=False, help=N_("never to call or write to this one"))
    despite: str = ask(N_("All the same"), default="", hidden=True, help=DESPITE)


class EditContactPoint(Command):
    """Change one way to reach somebody: what it is, whether it is the main one, whether they wish not to be reached by
    it. Only the fields that are given change."""

    permission: ClassVar[str] = "party.edit"
    past_rules: ClassVar[bool] = True
    title: ClassVar[str] = N_("Edit way to reach")

    contact_point: int = ask(N_("Phone or e-mail"), pick="contact_points", hidden=True)
    value: str = ask(N_("Number or address"), default="", max_length=254, help=N_("phone, e-mail or site"))
    kind: ContactKind | None = ask(N_("Kind"), default=None, choices=choices(NAMES))
    main: bool = ask(N_("The main one"), default=False)
    opted_out: bool = ask(N_("Not wished"), default=False, help=N_("never to call or write to this one"))
    despite: str = ask(N_("All the same"), default="", hidden=True, help=DESPITE)
    version: int | None = seen_version()


class RemoveContactPoint(Command):
    """Take a phone, e-mail or site away from somebody; the next one becomes the main one."""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("Remove way to reach")

    contact_point: int = ask(N_("Phone or e-mail"), pick="contact_points", hidden=True)


class AddAddress(Command):
    """One more address of somebody. The first one is the main one. (M1)"""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("New address")

    party: int = ask(N_("Person"), pick="people", hidden=True)
    street: str = ask(N_("Street and number"), default="", max_length=200)
    city: str = ask(N_("City"), default="", max_length=100)
    state: str = ask(N_("State"), default="", max_length=40)
    postcode: str = ask(N_("Postcode"), default="", max_length=20, help=N_("8 figures, or a foreign one"))
    main: bool = ask(N_("The main one"), default=False)


class EditAddress(Command):
    """Change one address of somebody, or make it the main one. Only the fields that are given change."""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("Edit address")

    address: int = ask(N_("Address"), pick="addresses", hidden=True)
    street: str = ask(N_("Street and number"), default="", max_length=200)
    city: str = ask(N_("City"), default="", max_length=100)
    state: str = ask(N_("State"), default="", max_length=40)
    postcode: str = ask(N_("Postcode"), default="", max_length=20, help=N_("8 figures, or a foreign one"))
    main: bool = ask(N_("The main one"), default=False)
    version: int | None = seen_version()


class RemoveAddress(Command):
    """Take an address away from somebody; the next one becomes the main one."""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("Remove address")

    address: int = ask(N_("Address"), pick="addresses", hidden=True)


class GrantConsent(Command):
    """For what somebody's data may be used from now on, and on which ground of the law. (M102)"""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("New consent")

    party: int = ask(N_("Person"), pick="people", hidden=True)
    purpose: Purpose = ask(N_("For what"), choices=choices(PURPOSES))
    basis: Basis = ask(N_("Legal ground"), default=Basis.CONSENT, choices=choices(BASES))
    granted_on: date | None = ask(
        N_("Given on"), default=None, widget=Widget.WHEN, past=True, help=N_("today")
    )


class RevokeConsent(Command):
    """Somebody withdraws what they allowed; that it was given, and when, stays. (M102)"""

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("Withdraw consent")

    consent: int = ask(N_("Consent"), pick="consents", hidden=True)
