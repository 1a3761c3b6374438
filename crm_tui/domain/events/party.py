"""What happens to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAdded(Happened):
    """`answers`: what was said to the fields of one's own while a person is made; None of one who comes along with
    something else, of whom none are asked."""

    kind: ClassVar[str] = "party.added"
    entity: ClassVar[str] = "party"
    sentence: ClassVar[str] = N_("{name} added")
    untold: ClassVar[frozenset[str]] = frozenset({"answers"})
    name: str
    source: str | None = None
    answers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyEdited(Happened):
    kind: ClassVar[str] = "party.edited"
    entity: ClassVar[str] = "party"
    sentence: ClassVar[str] = N_("{name} changed")
    name: str
    source: str | None = None


class PartyWon(Named):
    kind = "party.won"
    entity = "party"
    sentence = N_("{name} is a customer now")
    touches = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyUnwon(Happened):
    """The sale by which a person became a customer is undone. (E58)"""

    kind: ClassVar[str] = "party.unwon"
    entity: ClassVar[str] = "party"
    sentence: ClassVar[str] = N_("{name} is no customer by this sale any more")
    touches: ClassVar[bool] = False
    name: str


class PartyDeleted(Named):
    kind = "party.deleted"
    entity = "party"
    sentence = N_("{name} deleted")
    touches = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfPoint(Happened):
    """Of one way to reach somebody: `way` is the number as it is read, or the address."""

    entity: ClassVar[str] = "contact_point"
    touches: ClassVar[bool] = False
    name: str
    way: str


class PointAdded(_OfPoint):
    kind = "contact_point.added"
    sentence = N_("{way} added")


class PointEdited(_OfPoint):
    kind = "contact_point.edited"
    sentence = N_("{way} changed")


class PointChosen(_OfPoint):
    kind = "contact_point.chosen"
    sentence = N_("{way} is the main one now")


class PointUnwished(_OfPoint):
    kind = "contact_point.opted_out"
    sentence = N_("{way} is not to be used any more: {name} wishes so")


class PointWished(_OfPoint):
    kind = "contact_point.opted_in"
    sentence = N_("{way} may be used again")


class PointRemoved(_OfPoint):
    kind = "contact_point.removed"
    sentence = N_("{way} removed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfAddress(Happened):
    """Of one address of somebody, as it is read."""

    entity: ClassVar[str] = "address"
    touches: ClassVar[bool] = False
    name: str
    address: str


class AddressAdded(_OfAddress):
    kind = "address.added"
    sentence = N_("Address added: {address}")


class AddressEdited(_OfAddress):
    kind = "address.edited"
    sentence = N_("Address changed: {address}")


class AddressChosen(_OfAddress):
    kind = "address.chosen"
    sentence = N_("Main address now: {address}")


class AddressRemoved(_OfAddress):
    kind = "address.removed"
    sentence = N_("Address removed: {address}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfConsent(Happened):
    """Of one consent: for what, and on which ground."""

    entity: ClassVar[str] = "consent"
    touches: ClassVar[bool] = False
    name: str
    purpose_word: str
    basis_word: str


class ConsentGranted(_OfConsent):
    kind = "consent.granted"
    sentence = N_("{name} allows: {purpose_word} ({basis_word})")


class ConsentRevoked(_OfConsent):
    kind = "consent.revoked"
    sentence = N_("{name} withdrew: {purpose_word} ({basis_word})")
