"""For what somebody's data may be used, and on which ground of the law: the closed lists of the LGPD, and what a
withdrawal forbids. (Lei 13.709/2018, arts. 7, 8 and 18)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.i18n import N_


class Purpose(StrEnum):
    """For what the data is used."""

    CONTACT = "contact"
    MARKETING = "marketing"
    SERVICE = "service"
    PROFILE = "profile"
    SHARING = "sharing"
    SENSITIVE = "sensitive"


class Basis(StrEnum):
    """The ten grounds of art. 7."""

    CONSENT = "consent"
    LEGAL = "legal"
    POLICY = "policy"
    RESEARCH = "research"
    CONTRACT = "contract"
    PROCEEDINGS = "proceedings"
    LIFE = "life"
    HEALTH = "health"
    INTEREST = "interest"
    CREDIT = "credit"


PURPOSES: Final[Mapping[Purpose, str]] = {
    Purpose.CONTACT: N_("Calls and messages"),
    Purpose.MARKETING: N_("Offers and news"),
    Purpose.SERVICE: N_("Purchases, requests"),
    Purpose.PROFILE: N_("Profile"),
    Purpose.SHARING: N_("Partners"),
    Purpose.SENSITIVE: N_("Sensitive data"),
}
BASES: Final[Mapping[Basis, str]] = {
    Basis.CONSENT: N_("Consent"),
    Basis.CONTRACT: N_("Contract"),
    Basis.INTEREST: N_("Legitimate interest"),
    Basis.LEGAL: N_("Legal obligation"),
    Basis.PROCEEDINGS: N_("Legal proceedings"),
    Basis.CREDIT: N_("Credit protection"),
    Basis.HEALTH: N_("Health care"),
    Basis.LIFE: N_("Protection of life"),
    Basis.POLICY: N_("Public policy"),
    Basis.RESEARCH: N_("Research"),
}
WITHDRAWN: Final = N_("withdrew the contact")
"""What is said where one would call or write."""


class ConsentRow(NamedTuple):
    """One consent, or another ground of the law; instants aware. `revoked_at` None: it is in force."""

    id: int
    purpose: str
    basis: str
    granted_at: datetime
    revoked_at: datetime | None
    version: int = 1

    @property
    def in_force(self) -> bool:
        """Whether it was not withdrawn."""
        return self.revoked_at is None


def withdrawn(consents: Iterable[ConsentRow], purpose: Purpose = Purpose.CONTACT) -> bool:
    """Whether somebody withdrew what they allowed, and allows it by no other ground now."""
    of_it = [each for each in consents if each.purpose == purpose]
    return bool(of_it) and not any(each.in_force for each in of_it)
