"""What may be asked about duplicates: the rules, that two become one, and that two are two."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.fields import ShownIf
from crm_tui.domain.once import ASKED_NAMES, THEN_NAMES, Asked, Then
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version

_WINDOW_MOST = 3_650
_OF_CARDS = ShownIf("asked", (Asked.CARD.value,))
_DAYS = N_("only cards opened in so many days; empty: however old")
_BOARD = N_("empty: every board of leads")


class AddDuplicateRule(Command):
    """A new rule of duplicates, at the end of the list. (M38, M70)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New duplicate rule")

    name: str = ask(N_("Name"), max_length=60)
    asked: Asked = ask(N_("Asked of"), default=Asked.PARTY, choices=choices(ASKED_NAMES))
    by_document: bool = ask(N_("Same document"), default=False)
    by_email: bool = ask(N_("Same e-mail"), default=False)
    by_phone: bool = ask(N_("Same phone"), default=False)
    by_name: bool = ask(N_("Same name"), default=False)
    action: Then = ask(N_("Then"), default=Then.WARN, choices=choices(THEN_NAMES))
    window_days: int | None = ask(
        N_("Days back"), default=None, ge=1, le=_WINDOW_MOST, help=_DAYS, shown_if=_OF_CARDS
    )
    board: int | None = ask(N_("Board"), default=None, pick="boards", help=_BOARD, shown_if=_OF_CARDS)


class EditDuplicateRule(Command):
    """Change a rule; who was let through by it stays as they are."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit duplicate rule")

    duplicate_rule: int = ask(N_("Rule"), pick="every_duplicate_rule", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    asked: Asked = ask(N_("Asked of"), default=Asked.PARTY, choices=choices(ASKED_NAMES))
    by_document: bool = ask(N_("Same document"), default=False)
    by_email: bool = ask(N_("Same e-mail"), default=False)
    by_phone: bool = ask(N_("Same phone"), default=False)
    by_name: bool = ask(N_("Same name"), default=False)
    action: Then = ask(N_("Then"), default=Then.WARN, choices=choices(THEN_NAMES))
    window_days: int | None = ask(
        N_("Days back"), default=None, ge=1, le=_WINDOW_MOST, help=_DAYS, shown_if=_OF_CARDS
    )
    board: int | None = ask(N_("Board"), default=None, pick="boards", help=_BOARD, shown_if=_OF_CARDS)
    version: int | None = seen_version()


class MoveDuplicateRule(Command):
    """Put a rule some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order duplicate rule")

    duplicate_rule: int = ask(N_("Rule"), pick="every_duplicate_rule", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateDuplicateRule(Command):
    """Ask by this rule no more."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take duplicate rule out of use")

    duplicate_rule: int = ask(N_("Rule"), pick="every_duplicate_rule", hidden=True)


class ReactivateDuplicateRule(Command):
    """Ask by this rule again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put duplicate rule back in use")

    duplicate_rule: int = ask(N_("Rule"), pick="every_duplicate_rule", hidden=True)


class MergeParties(Command):
    """Two records that are one person become one: all that belongs to `merged` is of `party` from then on, and its code
    leads there. `take` are the fields in which the other's value stays, `both` those where it is put behind. (X9)"""

    permission: ClassVar[str] = "party.merge"
    title: ClassVar[str] = N_("Merge people")

    party: int = ask(N_("Stays"), pick="people")
    merged: int = ask(N_("Goes into it"), pick="people")
    take: str = ask(
        N_("Taken from the other"),
        default="",
        help=N_("names of fields, with blanks between: name document preferences"),
    )
    both: str = ask(N_("Kept from both"), default="", help=N_("the same, one text behind the other"))
    version: int | None = seen_version(of="party")
    merged_version: int | None = seen_version(of="merged")


class TellApart(Command):
    """Two records that look like one person are two: the pair is not shown again. (X8)"""

    permission: ClassVar[str] = "party.merge"
    title: ClassVar[str] = N_("Two different people")

    party: int = ask(N_("Person"), pick="people")
    other: int = ask(N_("The other one"), pick="people")
