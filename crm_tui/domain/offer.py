"""What is sold: offers, their items, and what a card holds of them. (M56, E36)

Pure: amounts are whole cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from crm_tui.i18n import N_


class OfferKind(StrEnum):
    """What an offer is. (M39: a development is what real estate sells)"""

    PRODUCT = "product"
    SERVICE = "service"
    DEVELOPMENT = "development"


OFFER_KIND_NAMES: Final[Mapping[OfferKind, str]] = {
    OfferKind.PRODUCT: N_("Product"),
    OfferKind.SERVICE: N_("Service"),
    OfferKind.DEVELOPMENT: N_("Development"),
}
"""What a kind is called, in forms and in lists."""
