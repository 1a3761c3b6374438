"""What the kinds of record are called in a sentence, by the name that commands, REFs and tables give them."""

from __future__ import annotations

from typing import Final

from crm_tui.i18n import N_

KINDS: Final = {
    "action": N_("kind of action"),
    "action type": N_("kind of action"),
    "action_type": N_("kind of action"),
    "activity": N_("step"),
    "activity_attendee": N_("attendee"),
    "activity_series": N_("series"),
    "address": N_("address"),
    "appointment": N_("appointment"),
    "attachment": N_("file"),
    "base card": N_("base card"),
    "board": N_("board"),
    "board_member": N_("member"),
    "calendar": N_("working calendar"),
    "calendar_day": N_("day that differs"),
    "calendar_exception": N_("day that differs"),
    "campaign": N_("campaign"),
    "campaign_action": N_("action of a campaign"),
    "campaign_result": N_("rule of a campaign"),
    "card": N_("card"),
    "card_item": N_("item of a card"),
    "card_label": N_("label"),
    "card_template": N_("base card"),
    "case_type": N_("service type"),
    "channel": N_("channel"),
    "checklist_item": N_("task"),
    "consent": N_("consent"),
    "contact_point": N_("phone or e-mail"),
    "contact_medium": N_("means of contact"),
    "duplicate_rule": N_("duplicate rule"),
    "field_def": N_("question"),
    "field_value": N_("answer"),
    "form": N_("form"),
    "form_response": N_("answers to a form"),
    "gate": N_("requirement"),
    "import_layout": N_("import layout"),
    "label": N_("label"),
    "leave": N_("leave"),
    "media_source": N_("media source"),
    "local_holiday": N_("holiday of a city"),
    "loss_reason": N_("loss reason"),
    "medium": N_("means of contact"),
    "not_same": N_("pair of people"),
    "note": N_("note"),
    "offer": N_("offer"),
    "offer_item": N_("item of an offer"),
    "party": N_("person"),
    "party_class": N_("class"),
    "party_relation": N_("relation"),
    "person": N_("person"),
    "phone": N_("phone"),
    "profile": N_("profile"),
    "question": N_("question"),
    "reason": N_("loss reason"),
    "response": N_("answers to a form"),
    "result": N_("result"),
    "result_detail": N_("detail of a result"),
    "saved_filter": N_("view"),
    "stage": N_("stage"),
    "setting": N_("setting of the base"),
    "standard_text": N_("standard text"),
    "step": N_("step"),
    "task": N_("task"),
    "team": N_("team"),
    "template": N_("standard text"),
    "transition": N_("answer"),
    "user": N_("operator"),
    "view": N_("view"),
    "work_calendar": N_("working calendar"),
}
"""A test holds every kind that is named anywhere to this list."""


def called(kind: str) -> str:
    """The message id of a kind's name; what has none is a record."""
    return KINDS.get(kind, N_("record"))
