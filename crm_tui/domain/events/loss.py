"""What happens to the reasons for which cards are lost."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class LossReasonAdded(Named):
    kind = "loss_reason.added"
    entity = "loss_reason"
    sentence = N_("Loss reason {name} added")


class LossReasonEdited(Named):
    kind = "loss_reason.edited"
    entity = "loss_reason"
    sentence = N_("Loss reason {name} changed")


class LossReasonDeactivated(Named):
    kind = "loss_reason.deactivated"
    entity = "loss_reason"
    sentence = N_("Loss reason {name} taken out of use")


class LossReasonReactivated(Named):
    kind = "loss_reason.reactivated"
    entity = "loss_reason"
    sentence = N_("Loss reason {name} back in use")
