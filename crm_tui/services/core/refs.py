"""REFs: how people and programs name a record, and which record a name means.

`OP-0142` is a card, `PE-00123` a person, `ana` a user; everything else is its kind and id: `note:7`,
`activity:9`, `draft:3`, `board:1`, `stage:2`, `channel:3`, `loss_reason:2`, `label:5`, `task:6`, `gate:2`,
`transition:1`, `attachment:4`, `view:5`, `form:2`, `question:7`, `response:4`, `offer:1`, `offer_item:2`,
`card_item:3`, `case_type:2`, `standard_text:4`, `contact_point:9`, `consent:2`, `action:1`, `result:2`,
`result_detail:3`, `medium:4`, `campaign:1`,
`campaign_action:2`, `campaign_result:3`, `team:2`, `profile:3`, `calendar:1`, `calendar_day:8`, `leave:3`,
`local_holiday:4`, `duplicate_rule:1`, `party_relation:3`, `batch:1f…`.
Says what a name means, not whether whoever asks may see it: the views decide that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crm_tui.domain.party import party_code
from crm_tui.services.core.reading import Reading
from crm_tui.store.queries import access, board, party

_TYPED = re.compile(
    r"(note|activity|draft|duplicate_rule|import_layout|board|stage|gate|transition|channel|media_source|party_class|loss_reason|label|task"
    r"|card_template|attachment|user"
    r"|action|result_detail|result|medium|campaign_action|campaign_result|campaign"
    r"|card_item|card|party_relation|party|view|form|question|response|offer_item|offer|case_type"
    r"|standard_text|address|contact_point|consent|team|profile|calendar_day|calendar|leave|local_holiday)"
    r":([0-9]{1,18})"
)
_BATCH = re.compile(r"batch:([0-9a-f]{4,64})")
_NUMBERED = re.compile(r"[A-Za-z]{1,4}-[0-9]{1,15}")

PICKED = {
    "cards": "card",
    "people": "party",
    "contacts": "party",
    "contact_points": "contact_point",
    "addresses": "address",
    "consents": "consent",
    "relations": "party_relation",
    "users": "user",
    "colleagues": "user",
    "inactive_users": "user",
    "every_user": "user",
    "teams": "team",
    "every_team": "team",
    "profiles": "profile",
    "every_profile": "profile",
    "activities": "activity",
    "appointments": "activity",
    "boards": "board",
    "other_boards": "board",
    "service_boards": "board",
    "channels": "channel",
    "every_channel": "channel",
    "party_classes": "party_class",
    "every_party_class": "party_class",
    "media_sources": "media_source",
    "every_media_source": "media_source",
    "stages": "stage",
    "every_stage": "stage",
    "gates": "gate",
    "transitions": "transition",
    "archived_boards": "board",
    "templates": "card_template",
    "archived_templates": "card_template",
    "saved_filters": "view",
    "every_duplicate_rule": "duplicate_rule",
    "every_import_layout": "import_layout",
    "labels": "label",
    "every_label": "label",
    "tasks": "task",
    "attachments": "attachment",
    "notes": "note",
    "every_loss_reason": "loss_reason",
    "forms": "form",
    "person_forms": "form",
    "every_form": "form",
    "questions": "question",
    "offers": "offer",
    "every_offer": "offer",
    "offer_items": "offer_item",
    "every_offer_item": "offer_item",
    "card_items": "card_item",
    "case_types": "case_type",
    "every_case_type": "case_type",
    "standard_texts": "standard_text",
    "every_standard_text": "standard_text",
    "actions": "action",
    "every_action": "action",
    "results": "result",
    "every_result": "result",
    "mediums": "medium",
    "every_medium": "medium",
    "details": "result_detail",
    "every_detail": "result_detail",
    "campaigns": "campaign",
    "every_campaign": "campaign",
    "campaign_actions": "campaign_action",
    "campaign_results": "campaign_result",
    "calendars": "calendar",
    "every_calendar": "calendar",
    "calendar_days": "calendar_day",
    "leaves": "leave",
    "local_holidays": "local_holiday",
}
"""Which kind of record each picker offers."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A record by its kind and id; `id` is 0 for a batch, which is named by `text` alone."""

    entity: str
    id: int
    text: str


def party_ref(party_id: int | None) -> str | None:
    """A person's REF from its id."""
    return None if party_id is None else party_code(party_id)


def typed(entity: str, row_id: int | None) -> str | None:
    """The REF of a record that has no number of its own."""
    return None if row_id is None else f"{entity}:{row_id}"


def resolve(reading: Reading, text: str) -> Ref | None:
    """What a REF means; None if no record can be named like this, or none is.

    A typed REF (`note:7`) is believed: its view says whether the record is there.
    """
    word = text.strip()
    batch = _BATCH.fullmatch(word.lower())
    if batch:
        return Ref("batch", 0, batch.group(1))
    found = _TYPED.fullmatch(word.lower())
    if found:
        return Ref(found.group(1), int(found.group(2)), word.lower())
    run = reading.connection.execute
    if _NUMBERED.fullmatch(word):
        name = word.upper()
        row = run(board.BY_NUMBER, {"number": name}).fetchone()
        if row is not None:
            return Ref("card", int(row[0]), name)
        row = run(party.BY_CODE, {"code": name}).fetchone()
        if row is not None:
            return Ref("party", int(row[0]), name)
    for user_id, login, *_ in run(access.USERS, {"active": 0}).fetchall():
        if login == word:
            return Ref("user", int(user_id), login)
    return None


def picked(reading: Reading, pick: str, text: str) -> str:
    """What a pick field is given: a REF of the kind that it wants becomes `#id`, anything else stays."""
    entity = PICKED.get(pick)
    found = resolve(reading, text) if entity is not None else None
    return f"#{found.id}" if found is not None and found.entity == entity else text
