"""What is done seldom with a person, from wherever one stands: the entries of the menus on a person, under `o`."""

from __future__ import annotations

from functools import partial
from typing import Any

from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.party import PartyDetail, PartyKind
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.shell import Shell
from crm_tui.services.form import views as forms
from crm_tui.services.party import views as parties
from crm_tui.widgets.looks import clean


def items(below: CrmScreen[Any], party: int) -> list[Item]:
    """By the numbers, since the letters belong to the menu of a card."""
    return [
        _merge(below, party),
        *_reach(below, party),
        *_relations(below, party),
        *_fields(below, party),
        _addresses(below, party),
    ]


def _reach(below: CrmScreen[Any], party: int) -> list[Item]:
    """By what they are reached, and for what their data may be used: seen by whoever sees them."""
    return [
        Item(
            say(N_("Phones and e-mails…")),
            say(N_("main, do not use")),
            partial(below.go, "ways", party=party),
            "4",
        ),
        Item(
            say(N_("Consents…")),
            say(N_("for what, since when")),
            partial(below.go, "consents", party=party),
            "5",
        ),
    ]


def _relations(below: CrmScreen[Any], party: int) -> list[Item]:
    """Who speaks for an organisation; for whom a person does."""
    found: PartyDetail | None = below.crm.read(parties.detail, party)
    if found is None:
        return []
    people = found.kind == PartyKind.ORGANIZATION
    label = say(N_("Contacts…")) if people else say(N_("Speaks for…"))
    named = [each.name for each in (found.people if people else found.companies)]
    go = partial(below.go, "relations", party=party)
    return [Item(label, clean(", ".join(named)) or say(N_("nobody yet")), go, "6")]


def _fields(below: CrmScreen[Any], party: int) -> list[Item]:
    """The fields of one's own, where there are any: what is asked is told, so that one knows what lies behind."""
    found = below.crm.read(forms.of_person, party)
    if not found:
        return []
    asked = clean(", ".join(each.question.label for form in found for each in form.fields))
    return [Item(say(N_("Further fields…")), asked, partial(below.go, "person_fields", party=party), "7")]


def _addresses(below: CrmScreen[Any], party: int) -> Item:
    go = partial(below.go, "addresses", party=party)
    return Item(say(N_("Addresses…")), say(N_("the main one first")), go, "8")


def _merge(below: CrmScreen[Any], party: int) -> Item:
    label = say(N_("Merge with…"))
    refusal = barred.refusal(below.shell, "merge_parties", {"party": party})
    if refusal is None:
        return Item(
            label, say(N_("two records of one person")), partial(below.go, "merge_with", party=party), "3"
        )
    denied = refusal.by is RefusedBy.PERMISSION
    why = say(N_("your profile does not allow it")) if denied else say(refusal.reason)
    return Item(label, why, partial(below.go, "refusal", refusal=refusal), "3", muted=True)


def person_menu(shell: Shell, party: int) -> MenuScreen | None:
    """`o` on a person."""
    below = shell.screen
    found: PartyDetail | None = shell.crm.read(parties.detail, party)
    if found is None or not isinstance(below, CrmScreen):
        return None
    return MenuScreen(say(N_("Other actions")), items(below, party), found.name)
