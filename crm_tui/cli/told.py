"""A record's document as a person reads it: its facts under the names that the screens use, in the reader's language.

What a program reads (`--json`) keeps its field names; a field that this page does not know is shown under its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from crm_tui.domain.board import INTEREST
from crm_tui.domain.filter_fields import field_of, fixed_words, word_name
from crm_tui.domain.offer import OFFER_KIND_NAMES, OfferKind
from crm_tui.i18n import C_, N_, language, say, say_in, say_n
from crm_tui.ui import formats

NAMES = {
    "active": N_("In use"),
    "action": N_("Action"),
    "activity": N_("Step"),
    "assignee": N_("Owner"),
    "address": N_("Address"),
    "answered_at": N_("Answered on"),
    "answered_by": N_("Answered by"),
    "answers": N_("Answers"),
    "archived_at": N_("In the archive since"),
    "author": N_("Author"),
    "board": N_("Board"),
    "by": N_("Updated by"),
    "body": N_("Text"),
    "calendar": N_("Calendar"),
    "card": N_("Card"),
    "cards": N_("Cards"),
    "category": N_("Category"),
    "case_type": N_("Service type"),
    "channel": N_("Channel"),
    "media": N_("Media source"),
    "party_class": N_("Class"),
    "city": N_("City"),
    "closed_on": N_("Closed on"),
    "code": N_("REF"),
    "companies": N_("Companies"),
    "contact": N_("Contact"),
    "converted_at": N_("Converted on"),
    "corrected_by": N_("Corrected by"),
    "corrects": N_("Corrects"),
    "created_at": N_("Registered on"),
    "days": N_("Days without update"),
    "discount": N_("Discount"),
    "description": N_("Description"),
    "document": N_("Document"),
    "done_at": N_("Done on"),
    "due_at": N_("Time"),
    "due_on": N_("Date"),
    "email": N_("E-mail"),
    "every_month": N_("Every month"),
    "entered_at": N_("In this stage since"),
    "expected_close_on": N_("Expected close"),
    "filed_at": N_("Filed on"),
    "filename": N_("File"),
    "form": N_("Form"),
    "forms": N_("Forms"),
    "held_until": N_("Held by the next step until"),
    "interest_level": N_("Interest"),
    "inactivated_on": N_("Out of use since"),
    "internal_on": N_("Internal date"),
    "max_attachment_mb": N_("MB per file, at most"),
    "allow_attachment": N_("Files allowed"),
    "item": N_("Item"),
    "items": N_("Items"),
    "journey": N_("Journey"),
    "kind": N_("Kind"),
    "last_touch_at": N_("Last touched"),
    "late_days": N_("Days late"),
    "lifecycle": N_("Phase"),
    "label": N_("Question"),
    "limit": N_("Idle after"),
    "locale": N_("Language"),
    "login": N_("Login"),
    "name": N_("Name"),
    "next_subject": N_("Next step"),
    "note": N_("Note"),
    "number": N_("Number"),
    "number_prefix": N_("Number prefix"),
    "only_if": N_("Only if"),
    "only_is": N_("was answered"),
    "offer": N_("Offer"),
    "offer_kind": N_("Kind"),
    "opened_at": N_("Opened on"),
    "out_of_use": N_("out of use"),
    "medium": N_("Medium"),
    "opted_out": N_("not wished"),
    "owner": N_("Owner"),
    "party": N_("Person"),
    "people": N_("People"),
    "phone": N_("Phone"),
    "points": N_("Ways to reach"),
    "basis": N_("Legal ground"),
    "consents": N_("Consents"),
    "granted_at": N_("Given on"),
    "purpose": N_("For what"),
    "revoked_at": N_("Withdrawn on"),
    "withdrew_contact": N_("Withdrew the contact"),
    "postcode": N_("Postcode"),
    "preferences": N_("Preferences"),
    "price": N_("Price"),
    "primary": N_("first choice"),
    "probability": N_("Chance %"),
    "progress_pct": N_("Progress %"),
    "profile": N_("Profile"),
    "question": N_("Question"),
    "questions": N_("Questions"),
    "qty": N_("Quantity"),
    "ref": N_("REF"),
    "referrer": N_("Referred by"),
    "reopened": N_("Reopened"),
    "asks_why": N_("asks why"),
    "stays": N_("Time in the stages"),
    "required": N_("required"),
    "result": N_("Result"),
    "revision": N_("Revision"),
    "role": N_("Role"),
    "saved_at": N_("Saved on"),
    "size": N_("Size"),
    "snoozed_until": N_("Snoozed until"),
    "stage": N_("Stage"),
    "standard_text": N_("Standard text"),
    "stage_due_on": N_("Stage due on"),
    "stage_owner": N_("Stage owner"),
    "stages": N_("Stages"),
    "stale_days": N_("Days without update"),
    "start_at": N_("Time"),
    "state": N_("State"),
    "status": N_("Status"),
    "steps": N_("Steps"),
    "subject": N_("Subject"),
    "team": N_("Team"),
    "text": N_("Text"),
    "timezone": N_("Time zone"),
    "title": N_("Title"),
    "total": N_("Total"),
    "trade_name": N_("Trade name"),
    "unit": N_("Unit"),
    "unit_price": N_("Price"),
    "value": N_("Number or address"),
    "value_cents": N_("Value"),
    "value_one_off": N_("One-off value"),
    "value_recurring": N_("Value per month"),
    "street": N_("Street and number"),
    "version": N_("Version"),
    "what": N_("Last update"),
    "wip_limit": N_("Limit of cards"),
}
UNSAID = frozenset(
    {
        "entity",
        "position",
        "own_probability",
        "document_kind",
        "normalized",
        "next_ref",
        "touched_at",
        "event",
        "raw",
        "offer_sold",
        *("reopen_mode", "allowed", "calendar_days", "working_minutes", "moved_by"),
    }
)
"""What only a program asks for, or what stands in another fact already."""
SPOKEN = {
    "origin": ("journey", C_("journey", "came of")),
    "made": ("journey", C_("journey", "became")),
    "kin": ("journey", C_("journey", "same journey")),
    "planned": ("step", C_("step", "planned")),
    "done": ("step", C_("step", "done")),
    "canceled": ("step", C_("step", "cancelled")),
    "no_show": ("step", C_("step", "did not happen")),
    "filed": ("note", C_("note", "filed")),
    "void": ("note", C_("note", "void")),
    "attendance": ("note", C_("note", "attendance")),
    "comment": ("note", C_("note", "comment")),
    "auto": ("note", C_("note", "automatic")),
    "person": ("party", C_("party", "person")),
    "organization": ("party", C_("party", "company")),
    "phone": ("point", C_("point", "phone")),
    "mobile": ("point", C_("point", "mobile")),
    "email": ("point", C_("point", "e-mail")),
    "whatsapp": ("point", C_("point", "WhatsApp")),
    "site": ("point", C_("point", "site")),
}
"""Values of `kind` and `state` that no filter has a word for, with the context of their translation."""
FILTERED = {
    "status": "status",
    "lifecycle": "lifecycle",
    "category": "status",
    "kind": "kind",
    "state": "due",
}
"""Facts whose values the filter language has words for, and the field there."""
MONEY = frozenset(
    {"value_cents", "value_one_off", "value_recurring", "price", "unit_price", "discount", "total"}
)


def facts(document: dict[str, Any], now: datetime) -> Iterator[tuple[str, str | list[str]]]:
    """Each fact as its name and its text, or the lines of a list; what is empty or only for programs is left out."""
    names = {document.get(name) for name in ("number", "code", "login")}
    for key, value in document.items():
        if not value or key in UNSAID or (key == "ref" and value in names):
            continue
        if key.endswith("_ref") and document.get(key.removesuffix("_ref")):
            continue  # stands beside the fact that it leads to
        if isinstance(value, list):
            yield _name(key), [_line(each, now) for each in value]
        elif isinstance(value, dict):
            kept = ((k, v) for k, v in value.items() if v not in (None, "", False) and k not in UNSAID)
            yield from ((_name(k), said(k, v, now)) for k, v in kept)
        else:
            beside = document.get(f"{key}_ref")
            told = said(key, value, now)
            yield _name(key), f"{told}  {beside}" if beside else told


def _name(key: str) -> str:
    return say(NAMES[key]) if key in NAMES else key


def _line(each: Any, now: datetime) -> str:
    """One record of a list in a row: its REF, then what is said about it."""
    if not isinstance(each, dict):
        return str(each)
    known = [
        (k, v) for k, v in each.items() if v not in (None, "", False, []) and k not in UNSAID | {"version"}
    ]
    return "  ".join(_name(k) if v is True else said(k, v, now) for k, v in known)


def said(key: str, value: Any, now: datetime) -> str:
    """A value in the reader's words."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, list):
        return ", ".join(said(key, each, now) for each in value)
    if key in MONEY:
        return formats.money(value)
    if key == "working_days":
        return say_n("{days} working day", "{days} working days", round(value), days=formats.decimal(value))
    if key == "offer_kind":
        return say(OFFER_KIND_NAMES[OfferKind(value)])
    if key == "interest_level":
        return say(dict(INTEREST).get(str(value), str(value)))
    if key == "size":
        return formats.size(value)
    if isinstance(value, datetime):
        return formats.stamp(value, now, value.tzinfo or UTC)
    if isinstance(value, date):
        return formats.day_full(value)
    text = str(value)
    if key == "document":
        return formats.document(text)
    if key == "phone":
        return formats.phone(text)
    return _worded(key, text)


def _worded(key: str, value: str) -> str:
    if key == "relation" and value in SPOKEN:
        return say_in(*SPOKEN[value])
    field = field_of(FILTERED.get(key, ""))
    if field is None:
        return value
    words = fixed_words(field)
    if any(word.id == value for word in words):
        return word_name(words, value, language())
    return say_in(*SPOKEN[value]) if value in SPOKEN else value
