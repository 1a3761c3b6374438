"""What happens to the registers by which an action is told: actions, results, their details, mediums."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class ActionAdded(Named):
    kind = "action.added"
    entity = "action"
    sentence = N_("Action {name} added")


class ActionEdited(Named):
    kind = "action.edited"
    entity = "action"
    sentence = N_("Action {name} changed")


class ActionDeactivated(Named):
    kind = "action.deactivated"
    entity = "action"
    sentence = N_("Action {name} taken out of use")


class ActionReactivated(Named):
    kind = "action.reactivated"
    entity = "action"
    sentence = N_("Action {name} back in use")


class ResultAdded(Named):
    kind = "result.added"
    entity = "result"
    sentence = N_("Result {name} added")


class ResultEdited(Named):
    kind = "result.edited"
    entity = "result"
    sentence = N_("Result {name} changed")


class ResultDeactivated(Named):
    kind = "result.deactivated"
    entity = "result"
    sentence = N_("Result {name} taken out of use")


class ResultReactivated(Named):
    kind = "result.reactivated"
    entity = "result"
    sentence = N_("Result {name} back in use")


class ResultDetailAdded(Named):
    kind = "result_detail.added"
    entity = "result_detail"
    sentence = N_("Detail {name} added")


class ResultDetailEdited(Named):
    kind = "result_detail.edited"
    entity = "result_detail"
    sentence = N_("Detail {name} changed")


class ResultDetailDeactivated(Named):
    kind = "result_detail.deactivated"
    entity = "result_detail"
    sentence = N_("Detail {name} taken out of use")


class ResultDetailReactivated(Named):
    kind = "result_detail.reactivated"
    entity = "result_detail"
    sentence = N_("Detail {name} back in use")


class MediumAdded(Named):
    kind = "medium.added"
    entity = "medium"
    sentence = N_("Medium {name} added")


class MediumEdited(Named):
    kind = "medium.edited"
    entity = "medium"
    sentence = N_("Medium {name} changed")


class MediumDeactivated(Named):
    kind = "medium.deactivated"
    entity = "medium"
    sentence = N_("Medium {name} taken out of use")


class MediumReactivated(Named):
    kind = "medium.reactivated"
    entity = "medium"
    sentence = N_("Medium {name} back in use")
