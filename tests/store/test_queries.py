"""Text and schema held together: every query is prepared, its columns fit its row class, its plan is an index's."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from house import House

from crm_tui.domain.action_history import ActionRow
from crm_tui.domain.arrangement import By, Grouping
from crm_tui.domain.board import BoardCard, BoardRow, CardDetail, Load, StageRow
from crm_tui.domain.board_setup import BoardSettings, MemberRow, StageSettings, TemplateRow
from crm_tui.domain.campaign import CampaignDefaults, ResultRule
from crm_tui.domain.consent import ConsentRow
from crm_tui.domain.due import DueState
from crm_tui.domain.followup import ContactFields, QueueRow, ResultRow, Step
from crm_tui.domain.label import LabelRow, Task
from crm_tui.domain.moving import Gone, Kin
from crm_tui.domain.notice import DueCard
from crm_tui.domain.party import PartyDetail, PartyHit, Point
from crm_tui.domain.stays import Stay
from crm_tui.domain.trail import ChangeRow, Entry, Said
from crm_tui.services.core.scope import sight
from crm_tui.services.followup.views import moment
from crm_tui.store import connect, queries
from crm_tui.store.connect import Use
from crm_tui.store.queries import board, export, followup, party, trail
from crm_tui.store.queries import filter as filters
from crm_tui.store.shapes import shapes

NOT_QUERIES = {
    "followup.CLOSED",
    "followup.LISTED",
    "followup.ALONE",
    "party.LIVE",
    "intake.LIVE",
    "board.LISTED",
    "board.OWNED",
    "label.OWNED",
    "filter.LISTED",
    "filter.OWNED",
    "filter.LIVE",
    "filter.BOARD_SEEN",
    *("sight.TOLD", "trail.TOLD", "board.TOLD"),
    *("export.SEEN", "export.LIVE", "export.HITS_OPEN", "party.HITS_OPEN"),
    "note.OWNED",
    *("agenda.SEEN", "notice.SEEN"),
    *("sight.TOLD", "board.TOLD", "trail.TOLD"),
    *("notice.LISTED", "notice.OWNED", "notice.ANSWERS", "notice.CONCERNED"),
    "board.HOLDING",
    "board.REOPENED",
    "board.STALE",
    "followup.HOLDING",
    "followup.REOPENED",
    "followup.STALE",
    "followup.STILL_TODAY",
    "form.OWNED",
    *("dash.LISTED", "dash.ALONE", "dash.CLOSED", "dash.STALE", "once.LISTED"),
}
"""Conditions that queries are made of."""
FILLED_IN = {
    *("followup.COUNT", "followup.COUNT_STEPS", "followup.SORTED_BY"),
    *("filter.COLUMNS", "filter.COLUMN_BEGUN", "filter.BOARD", "filter.CARDS", "filter.CARDS_OF_BOARD"),
    *("filter.PEOPLE", "filter.PEOPLE_NAMED", "filter.PEOPLE_ORDERED", "filter.COUNTED"),
}


def _texts() -> dict[str, str]:
    """Every query by module and name, with the arms of the queue spelt out."""
    found: dict[str, str] = {}
    for info in pkgutil.iter_modules(queries.__path__):
        module = importlib.import_module(f"crm_tui.store.queries.{info.name}")
        for name, value in vars(module).items():
            key = f"{info.name}.{name}"
            if (
                name.isupper()
                and isinstance(value, str)
                and not name.startswith("_")
                and key not in NOT_QUERIES
            ):
                found[key] = value
    for n, (state, condition) in enumerate(followup.ARMS):
        for one in (True, False):
            found[f"arm {n} {state} cards {'one' if one else 'many'}"] = followup.card_arm(condition, one=one)
            found[f"arm {n} {state} steps {'one' if one else 'many'}"] = followup.step_arm(condition, one=one)
        cards = condition.format(**followup.CARD_COLUMNS)
        found[f"count {n} {state} cards"] = followup.COUNT.format(listed=followup.LISTED, condition=cards)
        if state is DueState.NONE:
            continue  # a step has a date
        steps = condition.format(**followup.STEP_COLUMNS)
        found[f"count {n} {state} steps"] = followup.COUNT_STEPS.format(alone=followup.ALONE, condition=steps)
    for kind in ("people", "cards", "activities"):
        found[f"exported {kind} page"] = export.page(kind)
        found[f"exported {kind} chosen"] = export.chosen(kind)
    found |= {f"exported {kind} ids": export.ids(kind, "NULL") for kind in ("people", "cards")}
    for group, by, descending in itertools.product(Grouping, By, (False, True)):
        name = f"columns {group} {by} {'down' if descending else 'up'}"
        found[name] = board.arranged(group, by, descending=descending)
        found[f"chosen {name}"] = board.arranged(group, by, descending=descending, chosen=True)
    return {k: v for k, v in found.items() if k not in FILLED_IN} | _narrowed()


def _narrowed() -> dict[str, str]:
    """The texts that a filter's condition is put into, with one that says nothing; and what completion asks."""
    names = [each.removeprefix("filter.") for each in sorted(FILLED_IN) if each.startswith("filter.")]
    found = {
        f"narrowed {name}": getattr(filters, name).format(sort="NULL", also="1", order="p.name_key ASC")
        for name in names
        if name != "COUNTED"
    }
    found |= {f"archived {'one' if one else 'many'}": followup.archived_arm(one=one) for one in (True, False)}
    found |= {f"names of {kind}": sql for kind, sql in filters.NAMES.items()}
    for field, value in filters.COUNTS.items():
        for name, within in filters.WITHIN.items():
            joined = filters.JOINED.get(field, "")
            found[f"counted {field} {name}"] = filters.COUNTED.format(
                value=value, within=within, joined=joined
            )
    for name, (rows, row_id) in followup.SORTED_ROWS.items():
        found[f"sorted {name}"] = followup.SORTED_BY.format(
            key=row_id, sort="c.value_one_off", rows=rows, id=row_id
        )
    return found


TEXTS = _texts()


@pytest.fixture
def connection(empty_db: Path) -> Iterator[sqlite3.Connection]:
    made = connect.raw(empty_db, Use.READ)
    yield made
    made.close()


def _params(text: str) -> dict[str, Any]:
    return dict.fromkeys(re.findall(r":([a-z_]+)", text), 0)


def _plan(connection: sqlite3.Connection, text: str) -> list[str]:
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", _params(text))]


@pytest.mark.parametrize("name", TEXTS)
def test_every_query_is_prepared_on_a_migrated_database(connection: sqlite3.Connection, name: str) -> None:
    connection.execute(f"EXPLAIN {TEXTS[name]}", _params(TEXTS[name]))


ROWS: dict[str, tuple[type, int]] = {
    # text: row class, and how many columns more (+) or fewer (-) than fields, because its reader folds two
    # into one (stale days: last touch, limit and what holds them), drops one, or asks for the rest by another query
    "followup.ROWS_OF_CARDS": (QueueRow, +2),
    "followup.ROWS_OF_STEPS": (QueueRow, +2),
    "followup.STEPS_OF_CARD": (Step, 0),
    "followup.FIELDS_OF_CARDS": (ContactFields, 0),
    "followup.RESULTS": (ResultRow, 0),
    "followup.DONE_ROWS": (ActionRow, 0),
    "campaign.RULE": (ResultRule, 0),
    "campaign.DEFAULTS": (CampaignDefaults, 0),
    "board.BOARDS": (BoardRow, 0),
    "board.STAGES": (StageRow, 0),
    "board.STAGES_OF_ALL": (StageRow, +1),
    "board.STAGE_SETTINGS": (StageSettings, 0),
    "board.SETTINGS": (BoardSettings, 0),
    "board.MEMBERS": (MemberRow, 0),
    "board.TEMPLATES": (TemplateRow, 0),
    "board.COLUMN": (BoardCard, +2),
    "board.CARDS": (BoardCard, +2),
    "board.ONE": (CardDetail, +1),
    "board.JOURNEY": (Kin, 0),
    "board.GONE": (Gone, 0),
    "board.LOADS": (Load, 0),
    "notice.DUE": (DueCard, 0),
    "notice.TOLD": (DueCard, 0),
    "board.STAYS_OF_CARD": (Stay, 0),
    "label.LABELS": (LabelRow, 0),
    "label.TASKS": (Task, 0),
    "party.HITS": (PartyHit, -1),
    "party.ONE": (PartyDetail, -6),
    "party.CONSENTS": (ConsentRow, 0),
    "party.POINTS": (Point, 0),
    "trail.OF_CARD": (Entry, -1),
    "trail.OF_PARTY": (Entry, -1),
    "trail.ALL": (Entry, -1),
    "trail.OF_ENTITY": (Entry, -1),
    "trail.OF_BOARD": (Entry, -1),
    "trail.OF_BATCH": (Entry, -1),
    "trail.CHANGES": (ChangeRow, +1),
    "trail.LAST_NOTES": (Said, 0),
    "trail.LAST_NOTES_OF_PARTY": (Said, 0),
}


@pytest.mark.parametrize("name", ROWS)
def test_its_columns_are_the_row_classes_fields(connection: sqlite3.Connection, name: str) -> None:
    kind, more = ROWS[name]
    cursor = connection.execute(TEXTS[name], _params(TEXTS[name]))
    assert len(cursor.description) == len(kind._fields) + more


def _enums(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The values that a CHECK allows, by column name, over all tables."""
    found: dict[str, set[str]] = {}
    for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'"):
        for column, values in re.findall(r"CHECK \((?:\w+ IS NULL OR )?(\w+) IN \(([^)]*)\)\)", sql):
            found.setdefault(column, set()).update(re.findall(r"'(\w+)'", values))
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_each_literal_compared_with_an_enum_column_is_one_of_its_values(
    connection: sqlite3.Connection, name: str
) -> None:
    enums = _enums(connection)
    assert enums["status"] == {"open", "paused", "won", "lost", "converted", "done"}
    compared = re.findall(r"\b(\w+)\s*(?:=|<>|IN|NOT IN)\s*(\('[^)]*\)|'\w+')", TEXTS[name])
    for column, literals in compared:
        for value in re.findall(r"'(\w+)'", literals):
            assert column not in enums or value in enums[column], (column, value)


# --- plans: what is on the path of a key goes by the named index, without a scan or a sort


OF_THEIR_IDS = tuple(f"intake.{kind}_BY_ID" for kind in ("PEOPLE", "CARDS", "ACTS", "NOTES"))
PLANS = {
    **dict.fromkeys((*OF_THEIR_IDS, "intake.FOREIGN"), "autoindex_foreign_ref"),
    "intake.IDS_OF_PARTY": "ix_foreign_ref_party",
    "intake.IDS_OF_CARD": "ix_foreign_ref_card",
    "once.KNOWN": "ix_contact_point_normalized",
    "once.BEGINS": "ix_party_name_key",
    "once.KNOWN_BY_NAMES": "ix_party_name_key",
    "once.KNOWN_BY_POINTS": "ix_contact_point_normalized",
    **{k: "ix_card_owner_due" for k in TEXTS if k.startswith("arm") and k.endswith("cards one")},
    **{k: "ix_card_due" for k in TEXTS if k.startswith("arm") and k.endswith("cards many")},
    **{k: "ix_activity_alone" for k in TEXTS if k.startswith("arm") and k.endswith("steps one")},
    **{k: "ix_card_owner_due" for k in TEXTS if k.startswith("count") and k.endswith("cards")},
    **{k: "ix_activity_alone" for k in TEXTS if k.startswith("count") and k.endswith("steps")},
    "followup.CLOSED_ONE": "ix_card_owner_closed",
    "followup.CLOSED_MANY": "ix_card_closed",
    "board.COLUMN": "ix_card_stage_rank",
    "narrowed COLUMNS": "ix_card_stage_rank",
    "narrowed COLUMN_BEGUN": "ix_card_stage_rank",
    "narrowed BOARD": "ix_card_board",
    "filter.BEYOND": "ix_card_board",
    "filter.OWN": "ix_saved_filter_user",
    **{f"archived {who}": "ix_card_archived" for who in ("one", "many")},
    "board.RANKS_LAST": "ix_card_stage_rank",
    **{k: "ix_card_stage_rank" for k in TEXTS if k.startswith("columns")},
    "board.LOADS": "ix_card_owner_due",
    "label.WORN": "sqlite_autoindex_card_label_1",
    "label.MEMBERS": "sqlite_autoindex_card_member_1",
    "label.TICKED": "ix_checklist_item_card",
    "label.TASKS": "ix_checklist_item_card",
    "label.TASK_ORDER": "ix_checklist_item_card",
    **{f"notice.{name}": "ix_card_stage_due" for name in ("LATE", "NEAR", "DUE", "STAYS")},
    **{
        f"notice.{name}": "ix_notice_unread"
        for name in ("UNREAD", "TOLD", "CHANGED", "APPOINTMENTS", "UNREAD_APPOINTMENTS")
    },
    "board.STAYS_OF_CARD": "ix_stage_visit_card",
    "board.STAYS_ENDED": "ix_stage_visit_stage",
    "board.STAYS_LASTING": "ix_stage_visit_stage",
    "board.ANSWERING": "ix_card_stage_seller",
    "notice.CHANGED_UNDER": "ix_change_event",
    "notice.KNOWN": "sqlite_autoindex_notice_1",
    "board.JOURNEY": "ix_card_journey",
    "form.QUESTIONS": "ix_field_def_form",
    "form.QUESTIONS_EVER": "ix_field_def_form",
    "form.VALUES": "sqlite_autoindex_field_value_1",
    "form.SETS": "ix_form_response_card",
    "form.LATEST": "ix_form_response_card",
    "form.LATEST_OF_PERSON": "ix_form_response_party",
    "followup.OWN_LATEST": "ix_event_actor",
    "trail.OF_CARD": "ix_event_card",
    "trail.HOW_MANY_OF_CARD": "ix_event_card",
    "trail.OF_ENTITY": "ix_event_entity",
    "trail.OF_BOARD": "ix_event_board",
    "trail.LAST_NOTES": "ix_note_card",
    "trail.LAST_NOTES_OF_PARTY": "ix_note_party",
    "followup.UNREGISTERED": "ix_activity_clash",
    **dict.fromkeys(("followup.DONE", "followup.DONE_WORDS"), "ix_activity_done "),
    **dict.fromkeys(("followup.DONE_BY", "followup.DONE_BY_WORDS"), "ix_activity_done_by"),
    **dict.fromkeys(("followup.DONE_ON_CARDS", "followup.DONE_ON_CARDS_WORDS"), "ix_activity_card"),
    **dict.fromkeys(("followup.DONE_WITH", "followup.DONE_WITH_WORDS"), "ix_activity_party"),
    **dict.fromkeys(("followup.DONE_FOR", "followup.DONE_FOR_WORDS"), "ix_activity_campaign"),
    "dash.DUE_CARDS": "ix_card_owner_due",
    "dash.STOPPED": "ix_card_owner_due",
    "dash.DUE_STEPS": "ix_activity_alone",
    "dash.DONE_BY_DAY": "ix_activity_done_by",
    "dash.CLOSED_SINCE": "ix_card_owner_closed",
    "party.CANDIDATES_BY_DOCUMENT": "ix_party_document",
    "party.CANDIDATES_BY_NAME": "ix_party_name_key",
    "party.CANDIDATES_BY_PART": "SEARCH c USING INTEGER PRIMARY KEY",
    "party.RANKED": "rowid=?",
    "party.CANDIDATES_BY_LETTERS": "SEARCH p USING INTEGER PRIMARY KEY",
    "party.NAMED": "SEARCH party USING INTEGER PRIMARY KEY",
    "trail.LATELY": "ix_event_actor",
    "board.BY_NUMBERS": "SEARCH c USING INDEX sqlite_autoindex_card",
    "board.FOUND_BY_WORDS": "SEARCH c USING INTEGER PRIMARY KEY",
    "note.FOUND_BY_WORDS": "SEARCH n USING INTEGER PRIMARY KEY",
    "party.CANDIDATES_BY_TAIL": "ix_contact_point_reversed",
    "party.CANDIDATES_BY_ADDRESS": "ix_contact_point_normalized",
}
KEPT = (
    *("followup.EVERY_ACTION", "followup.EVERY_RESULT", "followup.EVERY_MEDIUM", "followup.EVERY_DETAIL"),
    *("campaign.IN_USE", "campaign.EVERY", "campaign.ACTIONS", "campaign.RESULTS"),
)
CALENDARS = tuple(f"calendar.{name}" for name in ("EVERY", "IN_USE", "CITIES", "DAYS", "LEAVES"))
EXPORTED = ("exported people page", "exported people chosen", "exported cards page", "exported cards chosen")
OFFERS = ("offer.OFFERS", "offer.ORDER", "offer.ITEMS", "offer.ITEM_ORDER")
SCANS_OF_A_RANGE = {k for k in PLANS if k.endswith("many")} | {"followup.CLOSED_MANY"}
"""Everybody's list is read from its index's beginning; that is its order, not a search that failed."""
SORTS = {
    "form.OWN_VALUES": "what is known of the people of one page",
    "once.OWN_OF": "one person's: what is known in a few forms",
    "once.BOTH_ANSWERED": "two people's: the few forms of people",
    "followup.HEADS_OF_CARDS": "the cards of one board, beside the screen, by date where nothing else is asked",
    "narrowed PEOPLE_ORDERED": "people of the same name only; an order without an index keeps the first so many",
    **{k: "everybody's lone steps lie by assignee; they are few" for k in TEXTS if k.endswith("steps many")},
    "followup.NEXT_UNOWNED_LEAD": "the oldest of the few leads that nobody has taken",
    "followup.NEXT_STALE": "one owner's open cards, by last touch, once the queue is empty",
    "followup.STEPS_OF_CARD": "one card's steps, 200 at most",
    "followup.STEPS_OF_ASSIGNEE": "a picker: one's own planned steps",
    "followup.ACTIONS": "a register of a dozen rows",
    "followup.RESULTS": "a register of a dozen rows",
    "followup.MEDIUMS": "a register of a dozen rows",
    "board.OF_PARTY": "one person's cards",
    "board.LOSS_REASONS": "a register of a dozen rows",
    "board.EVERY_LOSS_REASON": "a register of a dozen rows",
    **dict.fromkeys(("board.BOARDS", "board.BY_USE"), "a dozen boards"),
    "label.LABELS": "a register of a few dozen rows",
    "label.NAMES": "a register of a few dozen rows",
    "board.STAGES_OF_ALL": "settings, and a picker: the stages of a dozen boards",
    "board.STAGE_SETTINGS": "settings: the stages of a dozen boards",
    "board.SETTINGS": "settings: a dozen boards",
    "gate.REGISTER": "settings, and a picker: what the stages of a dozen boards ask for",
    "gate.TRANSITIONS": "settings, and a picker: the answers of the stages of a dozen boards",
    "board.MEMBERS": "settings: a dozen boards by as many operators",
    "board.TEMPLATES": "settings, and a picker: a few base cards a board",
    "board.JOURNEY": "the few cards of one journey",
    **dict.fromkeys(KEPT, "registers of a few dozen rows"),
    "campaign.DEFAULTS": "the few actions of one campaign",
    **dict.fromkeys(
        ("followup.DONE_ON_CARDS", "followup.DONE_ON_CARDS_WORDS"),
        "the actions of one card, or of the few that a word means",
    ),
    **dict.fromkeys(
        ("followup.DONE_WITH", "followup.DONE_WITH_WORDS"),
        "the actions of one person, or of the 500 at most that a word means",
    ),
    "party.PHONES": "the few numbers of a few people",
    **dict.fromkeys(CALENDARS, "settings, and a picker: a few calendars, cities, and the days of a year"),
    "channel.EVERY": "a register of a dozen rows",
    **dict.fromkeys(
        ("casetype.ALL", "once.RULES", "once.ALL", "intake.LAYOUTS"), "a register of a dozen rows"
    ),
    **dict.fromkeys(("media.EVERY", "partyclass.EVERY"), "a register of a dozen rows"),
    **dict.fromkeys(("canned.ALL", "canned.ORDER"), "a register of a few dozen rows"),
    "access.EVERY_TEAM": "a register of a dozen rows",
    "access.EVERY_PROFILE": "a register of a dozen rows",
    **dict.fromkeys(
        (
            "form.IN_USE",
            "form.EVERY",
            "form.ORDER",
            "form.OF_PEOPLE",
            "filter.OWN_FIELDS",
            "form.OWN_OF_PEOPLE",
        ),
        "a register of a dozen rows",
    ),
    **dict.fromkeys(("form.CYCLES", "form.CYCLES_OF"), "the sales scripts among a dozen forms"),
    "form.EVERY_QUESTION": "settings, and a picker: the questions of a dozen forms",
    "form.ASKED_BY": "the few stages that ask for one form",
    "form.OF_CARD": "one card's: a dozen forms",
    "form.AMONG_DATA": "one card's: a form or two",
    "form.TOLD": "the answer sets on a page of events",
    "form.SETS": "the answer sets of one card",
    "form.QUESTIONS_EVER": "the questions of the forms answered about one card",
    **dict.fromkeys(OFFERS, "registers of a few dozen rows"),
    "party.CONSENTS": "one person's: a handful",
    "board.LABELS_FOR": "a sheet: a few dozen labels",
    "board.LOADS": "a picker: the operators by name",
    "board.OWNERS": "the operators who own a card of the board, by name",
    "board.LABELS": "the labels of a board",
    **{
        k: "one look at a board arranged otherwise than by hand: its open cards, off the path of a key"
        for k in TEXTS
        if k.startswith("columns") and " hand " not in k
    },
    **{
        k: "one look at the cards that a filter means, arranged otherwise: off the path of a key"
        for k in TEXTS
        if k.startswith("chosen columns")
    },
    "board.PREFIXES": "a dozen boards",
    "party.HITS": "the few contact points and cards of each hit",
    "party.POINTS": "one person's",
    "party.ADDRESSES": "one person's",
    "party.PEOPLE_OF": "one organisation's",
    "party.CONTACTS": "one organisation's",
    "party.CONTACT": "the contacts of one organisation",
    "gate.FACTS": "the contacts of one organisation",
    "party.WORKPLACES": "one person's",
    "party.MAIN_RELATION": "one organisation's",
    "party.ONE_RELATION": "one organisation's",
    "trail.OF_PARTY": "one person's events, in the order of the newest",
    "trail.HOW_MANY_OF_PARTY": "one person's events, each once however it is reached",
    "trail.LAST_NOTES_OF_PARTY": "one person's notes, the union of its own and those of its cards",
    "trail.CHANGES": "the images under a page of events",
    **{k: "registers of some dozen rows" for k in TEXTS if k.startswith("names of")},
    **{k: "20,000 cards at most, grouped by a value" for k in TEXTS if k.startswith("counted")},
    "filter.HELD": "the counters of one board",
    "filter.SAVED": "the views of one operator and the team",
    "access.USERS": "settings",
    "access.PROFILES": "settings",
    "access.TEAMS": "settings",
    "calendar.HOURS": "a week",
    "calendar.WEEK": "a week",
    "calendar.WRITTEN": "the holidays of some years",
    "calendar.OF_STATE": "the holidays of a state's cities, where a command writes them",
    "calendar.HOURS_SINCE": "two edits of a week that met",
    "calendar.EXCEPTIONS": "three years of holidays",
    "free.MEMBERS": "the people of a team",
    "notice.PART_IN": "who takes part in what one command changed: some dozen rows, 400 of a series",
    "agenda.UNFINISHED": "the job of the clock: a company has some dozen series",
    "agenda.OF_RECORD": "the appointments of one person",
    "agenda.UNTIMED": "what some operators have to do on some days",
    "agenda.COUNTS": "a row per operator and day of a month",
    "agenda.ATTENDEES": "who takes part in one appointment",
    "agenda.CONFLICTS": "what some operators have at one moment",
    "free.DAYS": "what some operators have on the days of a month, read in a thread",
    "dash.DONE_BY_DAY": "a row per day of two weeks",
    "dash.OPEN": "a row per stage of a dozen boards",
    "dash.STOPPED": "some operators' own open cards, a row per stage",
    **{k: "the labels or contact points of each row of a file" for k in TEXTS if k.startswith(EXPORTED)},
}
"""Where a sort is right, and why."""
SCANS = {
    "form.OWN_VALUES": "the people of one page by the few forms of people",
    "form.KNOWN_OF_PEOPLE": "who is known of a thousand rows of a file, by the few forms of people",
    **dict.fromkeys(OF_THEIR_IDS, "the ids that a file names"),
    "narrowed PEOPLE_ORDERED": "everybody in the order of an index, off the keys, to the first so many that are meant",
    "exported cards ids": "what a file in an order holds: asked once, never on a key",
    **{k: "the labels or contact points of a row" for k in TEXTS if k.startswith(EXPORTED)},
    **dict.fromkeys(
        ("once.POINTS", "once.NAMES", "once.EMPLOYED", "once.SIZE"),
        "likely pairs over the whole base, asked for",
    ),
    **{k: "registers of some dozen rows" for k in TEXTS if k.startswith("names of")},
    **{k: "20,000 cards at most" for k in TEXTS if k.startswith("counted")},
    "filter.SAVED": "some views an operator, in all a screenful",
    "narrowed CARDS": "what a bulk command means, on all boards: asked once, never on a key",
    "board.LOSS_REASONS": "a register of a dozen rows",
    "board.EVERY_LOSS_REASON": "a register of a dozen rows",
    **dict.fromkeys(("board.BOARDS", "board.BY_USE"), "a dozen boards"),
    "label.LABELS": "a register of a few dozen rows",
    "label.NAMES": "a register of a few dozen rows",
    "board.STAGES_OF_ALL": "settings, and a picker: the stages of a dozen boards",
    "board.STAGE_SETTINGS": "settings: the stages of a dozen boards",
    "board.SETTINGS": "settings: a dozen boards",
    "gate.REGISTER": "settings, and a picker: what the stages of a dozen boards ask for",
    "gate.TRANSITIONS": "settings, and a picker: the answers of the stages of a dozen boards",
    "board.MEMBERS": "settings: a dozen boards by as many operators",
    "board.TEMPLATES": "settings, and a picker: a few base cards a board",
    "board.LABEL_NAMES": "settings: the names of a few dozen labels",
    "followup.DONE_ROWS": "the ids of one stretch",
    "followup.DONE_NAMES": "registers of a few dozen rows",
    **dict.fromkeys(KEPT, "registers of a few dozen rows"),
    **dict.fromkeys(CALENDARS, "settings, and a picker: a few calendars, cities, and the days of a year"),
    "channel.EVERY": "a register of a dozen rows",
    **dict.fromkeys(
        ("casetype.ALL", "once.RULES", "once.ALL", "intake.LAYOUTS"), "a register of a dozen rows"
    ),
    **dict.fromkeys(("media.EVERY", "partyclass.EVERY"), "a register of a dozen rows"),
    **dict.fromkeys(("canned.ALL", "canned.ORDER", "canned.CODES"), "a register of a few dozen rows"),
    "access.EVERY_TEAM": "a register of a dozen rows",
    "access.EVERY_PROFILE": "a register of a dozen rows",
    **dict.fromkeys(
        (
            "form.IN_USE",
            "form.EVERY",
            "form.ORDER",
            "form.OF_PEOPLE",
            "filter.OWN_FIELDS",
            "form.OWN_OF_PEOPLE",
        ),
        "a register of a dozen rows",
    ),
    **dict.fromkeys(("form.CYCLES", "form.CYCLES_OF"), "the sales scripts among a dozen forms"),
    **dict.fromkeys(OFFERS, "registers of a few dozen rows"),
    "party.CONSENTS": "one person's: a handful",
    "board.LABELS_FOR": "a sheet: a few dozen labels",
    "board.PREFIXES": "a dozen boards",
    "followup.AROUND": "the counters: a row per stage, owner and status",
    "notice.OVER": "the job of the clock: unread notices, which are few because it puts them away",
    "party.COUNT": "counts all people, asked once per visit of the screen",
    "party.COUNT_SEEN": "the same of whom a narrower profile lets be seen",
    "calendar.EXCEPTIONS": "three years of holidays",
    "calendar.USED_BY": "the operators by name, where a calendar is put out of use",
    "calendar.OF_USERS": "some operators and the teams above them",
    "agenda.COUNTS": "the days of a month, as a JSON array",
    "notice.PART_IN": "who takes part in what one command changed: some dozen rows, 400 of a series",
    "agenda.UNFINISHED": "the job of the clock: a company has some dozen series",
    "free.DAYS": "what some operators have on the days of a month, narrowed by operator and instant before",
    "free.MEMBERS": "the operators of some teams, when somebody chooses one",
    "agenda.CONFLICTS": "the moments of one appointment, as a JSON array",
    "dash.DONE_BY_DAY": "the days of two weeks, as a JSON array",
    "dash.OPEN": "the stages of a dozen boards",
    "dash.LOGINS": "some operators",
    "party.RECENT": "from the newest id down, stops at a page",
    "trail.OPERATORS": "the operators, of whom there are few",
    "trail.ALL": "from the newest id down, stops at a page",
}


def _scans(plan: list[str]) -> list[str]:
    """Full scans of a table or an index; json arrays, recursive parts, registers and search rows are none."""
    searched = r"(?:party|card|note)_fts|SCAN n VIRTUAL"
    harmless = (
        rf"json_each|below|SCAN l VIRTUAL|{searched}|\bf\b|USING COVERING INDEX sqlite_autoindex|CONSTANT ROW"
    )
    small = r"SCAN (?:[thursb]|\(subquery|action_type|contact_medium|profile|team|stage|work_hours|work_calendar)\b"
    return [
        step
        for step in plan
        if step.startswith("SCAN") and not re.search(harmless, step) and not re.match(small, step)
    ]


@pytest.mark.parametrize("name", PLANS)
def test_the_plan_goes_by_the_named_index(connection: sqlite3.Connection, name: str) -> None:
    plan = _plan(connection, TEXTS[name])
    assert any(PLANS[name] in step for step in plan), plan
    if name not in SCANS_OF_A_RANGE and name not in SCANS:
        assert _scans(plan) == []
    if name not in SORTS:
        assert [step for step in plan if "TEMP B-TREE" in step] == []


@pytest.mark.parametrize("name", [n for n in TEXTS if n not in PLANS])
def test_no_other_query_scans_or_sorts_without_a_reason(connection: sqlite3.Connection, name: str) -> None:
    if name.split(".", maxsplit=1)[0] in ("intake",) or name.startswith("agenda.FILE_"):
        return  # an import reads whole; its own tests hold it
    plan = _plan(connection, TEXTS[name])
    if name not in SCANS and not name.endswith("steps many"):
        assert _scans(plan) == [], plan
    if name not in SORTS:
        assert [step for step in plan if "TEMP B-TREE" in step] == [], plan


@pytest.mark.parametrize("parent", ["party", "card", "activity", "note"])
def test_removing_a_row_looks_for_its_children_by_an_index(
    connection: sqlite3.Connection, parent: str
) -> None:
    """Undoing an import removes thousands: undo and SQLite's own foreign keys ask each child table every time."""
    asked = 0
    for table, known in shapes().items():
        for column, target in known.points_at.items():
            if target == parent:
                plan = _plan(connection, f'SELECT 1 FROM "{table}" WHERE "{column}" = :id')
                assert all(step.startswith("SEARCH") for step in plan), (table, column, plan)
                asked += 1
    assert asked > 0


def test_what_is_listed_as_an_exception_still_is_one(connection: sqlite3.Connection) -> None:
    """A reason that is no longer needed goes."""
    idle = [
        name
        for name in SORTS
        if name in TEXTS and not any("TEMP B-TREE" in step for step in _plan(connection, TEXTS[name]))
    ]
    assert idle == []
    assert set(SORTS) | set(SCANS) | set(PLANS) | set(ROWS) <= set(TEXTS)


def test_the_texts_answer_with_real_parameters(house: House) -> None:
    """Beside EXPLAIN: the parameters that the views bind are all that the texts ask for."""
    reading = house.open("bia").reading()
    bound = set(moment(reading)) | set(sight(reading.viewer))
    for module in (board, followup, party, trail):
        assert module.__doc__
    arms = [text for name, text in TEXTS.items() if name.startswith("arm")]
    assert {p for text in arms for p in _params(text)} <= bound | {"owner_id"}
