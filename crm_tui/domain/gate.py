"""Gates: what must be there before a card leaves a stage, or enters one. (E30-E40, M8, M18, M75)

Pure: the facts of a card and the gates of its board are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from crm_tui.i18n import N_


class GateKind(StrEnum):
    """What a gate asks for. The catalogue is open: a kind is a fact, a name and a cure. (E32, E39)"""

    PRIMARY_CONTACT = "primary_contact"
    VALID_DOCUMENT = "valid_document"
    DEAL_VALUE = "deal_value"
    OFFER_ITEMS = "offer_items"
    ATTACHMENT = "attachment"
    FORM = "form"
    FIELD = "field"
    APPOINTMENT = "appointment"
    CHECKLIST = "checklist"


GATE_KIND_NAMES: Final[Mapping[GateKind, str]] = {
    GateKind.PRIMARY_CONTACT: N_("Main contact"),
    GateKind.VALID_DOCUMENT: N_("Valid CPF or CNPJ"),
    GateKind.DEAL_VALUE: N_("Deal value"),
    GateKind.OFFER_ITEMS: N_("Offer items"),
    GateKind.ATTACHMENT: N_("Attached file"),
    GateKind.FORM: N_("Form answered"),
    GateKind.FIELD: N_("Field filled"),
    GateKind.APPOINTMENT: N_("Appointment made"),
    GateKind.CHECKLIST: N_("Checklist done"),
}
"""What a gate is called, in forms and in lists."""


class Moment(StrEnum):
    """When a gate is asked."""

    ENTER = "enter"
    LEAVE = "leave"


MOMENT_NAMES: Final[Mapping[Moment, str]] = {
    Moment.LEAVE: N_("to leave the stage"),
    Moment.ENTER: N_("to enter the stage"),
}
"""What a moment is called, in forms and in lists."""
