"""The wall round a board, at the door: what a command names must be on a board that the operator may see, work or
set up. (K5, K13)

Asked before the profile, because a board that one does not see is as good as not there; and asked again of the
events that came of it, so that a command whose fields say nothing of boards stops at the same wall. Costs nothing
where no board is closed to the operator. Reading has its own wall, `store.queries.sight`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from crm_tui.domain.access import SET_UP
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, no_such
from crm_tui.services.core.naming import picked
from crm_tui.services.core.refs import PICKED
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import access, board, party
from crm_tui.store.queries.base import CARD_SEEN
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table, shapes
from crm_tui.store.tables import Card, Note, User

NAMED = frozenset(("offer", "offer_item", "case_type", "standard_text"))
"""Kinds of record that work on a card only names: whoever sees one may say that it is wanted there."""
LOOKING = frozenset({"filter.save"})
"""Keys for which a board need only be seen; every other key works on what it names."""
_TABLES = {"task": "checklist_item"}
"""Kinds of record that are called otherwise than their table."""
_OF_STAGE = {"gate": ("stage_gate", "stage_id"), "transition": ("stage_transition", "from_stage_id")}
"""Kinds of record that belong to a stage: their table, and its column of the stage."""
_ATTACHMENT = """
SELECT coalesce(c.board_id, t.board_id) FROM attachment x
LEFT JOIN card c ON x.entity = 'card' AND c.id = x.entity_id
LEFT JOIN card_template t ON x.entity = 'card_template' AND t.id = x.entity_id WHERE x.id = :id
"""
_OFFER_ITEM = "SELECT o.board_id FROM offer_item x JOIN offer o ON o.id = x.offer_id WHERE x.id = :id"
_QUESTION = "SELECT f.board_id FROM field_def x JOIN form f ON f.id = x.form_id WHERE x.id = :id"
_STANDARD_TEXT = """
SELECT t.board_id FROM template x JOIN case_type t ON t.id = x.case_type_id WHERE x.id = :id
"""
_TOUCHED = """
SELECT DISTINCT board_id FROM event
WHERE id IN (SELECT value FROM json_each(:ids)) AND board_id IS NOT NULL
UNION
SELECT json_extract(before, '$.board_id') FROM change
WHERE event_id IN (SELECT value FROM json_each(:ids)) AND table_name = 'card' AND op = 'update'
AND json_extract(before, '$.board_id') IS NOT NULL
"""
"""The boards of what has just happened, and those that a card has left by it."""


@cache
def _finds_board(entity: str) -> str | None:
    """The text that finds the board of a record: by its own column, or by its card's."""
    if entity == "board":
        return "SELECT id FROM board WHERE id = :id"
    if entity == "attachment":
        return _ATTACHMENT
    if entity in _OF_STAGE:
        table, column = _OF_STAGE[entity]
        return f"SELECT s.board_id FROM {table} x JOIN stage s ON s.id = x.{column} WHERE x.id = :id"
    if entity == "offer_item":
        return _OFFER_ITEM
    if entity == "question":
        return _QUESTION
    if entity == "standard_text":
        return _STANDARD_TEXT
    entity = _TABLES.get(entity, entity)
    known = shapes().get(Table(entity))
    columns = known.columns if known is not None else ()
    if "board_id" in columns:
        return f'SELECT board_id FROM "{entity}" WHERE id = :id'
    if "card_id" in columns:
        return f'SELECT c.board_id FROM "{entity}" x JOIN card c ON c.id = x.card_id WHERE x.id = :id'
    return None


@cache
def _naming(command: type[Command]) -> tuple[tuple[str, str], ...]:
    """The fields of a command that name something of a board, with what it is, in order."""
    found = []
    for name, info in command.model_fields.items():
        extra = info.json_schema_extra
        entity = PICKED.get(str(extra.get("pick"))) if isinstance(extra, dict) else None
        if entity is not None and _finds_board(entity) is not None:
            found.append((name, entity))
    return tuple(found)


def _named(ctx: Context, command: Command) -> Iterator[tuple[str, str, int, int]]:
    """What a command names that is on a board: its field, its kind, its id, and the board."""
    for name, entity in _naming(type(command)):
        value = getattr(command, name, None)
        for row_id in value if isinstance(value, tuple) else (value,):
            board_id = board_of(ctx, entity, row_id) if row_id is not None else None
            if board_id is not None:
                yield name, entity, row_id, board_id


def board_of(ctx: Context, entity: str, row_id: int) -> int | None:
    """On which board a record is; None if on none, or if there is no such record."""
    sql = _finds_board(entity)
    found = ctx.one(sql, id=row_id) if sql is not None else None
    return None if found is None or found[0] is None else int(found[0])


def barred(ctx: Context, command: Command) -> Refusal | None:
    """Why what a command names is out of the operator's reach, by its board; None if it is not."""
    viewer = ctx.viewer
    if not viewer.unattended:
        return None
    for name, entity, row_id, board_id in _named(ctx, command):
        if not viewer.sees(board_id):
            return no_such(entity, row_id, (name,))
        works = command.permission not in (SET_UP, *LOOKING) and entity not in NAMED
        if works and not viewer.attends(board_id):
            return _not_attended((name,))
    return None


def runs_it(ctx: Context, command: Command) -> bool:
    """Whether the operator may set up the board that a command is about as a member that runs it, whatever the
    profile says. It is about the first thing of a board that it names."""
    if command.permission != SET_UP or not ctx.viewer.run:
        return False
    return next((board_id in ctx.viewer.run for *_, board_id in _named(ctx, command)), False)


def overstepped(ctx: Context, command: Command) -> Refusal | None:
    """Why what has just been done must not stand: an event of it is on a board that is closed to the operator."""
    viewer = ctx.viewer
    if not viewer.unattended:
        return None
    ids = json.dumps([event_id for _, event_id in ctx.happened])
    for (board_id,) in ctx.connection.execute(_TOUCHED, {"ids": ids}).fetchall():
        if command.permission == SET_UP:
            if not viewer.sees(board_id):
                return no_such("board", board_id)
        elif not viewer.attends(board_id):
            return _not_attended(())
    return None


def _not_attended(fields: tuple[str, ...]) -> Refusal:
    return Refusal(
        Text(
            "You take no part in the work of this board: ask whoever runs it, or an administrator, to let you in."
        ),
        RefusedBy.PERMISSION,
        fields,
    )


def unseen(ctx: Context, card_id: int) -> Refusal | None:
    """What is copied must be seen, whoever may make the copy: an id alone must not bring a card's words into sight."""
    if ctx.one(CARD_SEEN, id=card_id, **sight(ctx.viewer)) is None:
        return no_such("card", card_id, ("card",))
    return None


def may_be_member(ctx: Context, user: Row, card_id: int) -> bool:
    """Whether an operator may be made a member of a card: only who works here and sees it, for a member who cannot
    open it would be told of what is hidden. (K26)"""
    colleague = access.viewer(ctx.connection, user["login"])  # None of who works here no longer
    return colleague is not None and ctx.one(CARD_SEEN, id=card_id, **sight(colleague)) is not None


def takes_part(ctx: Context, user_id: int, board_id: int) -> bool:
    """Whether a colleague may work the cards of a board, as far as the board goes: only such a one is given any."""
    login = ctx.row(User, user_id, "user")["login"]
    colleague = access.viewer(ctx.connection, login)
    return colleague is not None and colleague.attends(board_id)


def not_for(ctx: Context, user_id: int, card: Row | None, field: str) -> Refusal | None:
    """Why a colleague is given no step: who works here no longer, and of a card who could not even see it; None if one
    may be. `field` is the one that names them. (K5)"""
    login = ctx.row(User, user_id, "user")["login"]
    if not ctx.row(User, user_id)["active"]:
        return Refusal(
            Text("{login} no longer works here: choose another.", {"login": login}), fields=(field,)
        )
    if card is None or takes_part(ctx, user_id, card["board_id"]):
        return None
    outside = Text(
        "{login} takes no part in this board: choose another, or let them in first.", {"login": login}
    )
    return Refusal(outside, fields=(field,))


def unreached(ctx: Context, command: Command) -> Refusal | None:
    """A person whom the viewer does not reach is as good as not there: an id alone must not tie a card or a note
    to it, which would bring it into sight. A card that was deleted comes back by undo alone, its notes with it."""
    for name in (*picked(type(command), "people"), *picked(type(command), "contacts")):
        named = getattr(command, name, None)
        for party_id in named if isinstance(named, tuple) else (named,):
            if party_id is not None and ctx.one(party.REACHED, id=party_id, **sight(ctx.viewer)) is None:
                return no_such("person", party_id, (name,))
    for name in picked(type(command), "cards"):
        card_id = getattr(command, name, None)
        card = ctx.row(Card, card_id, "card") if card_id is not None else None
        if card is not None and card["deleted_at"] is not None:
            if not ctx.viewer.may("card.read", card["owner_id"]):
                return no_such("card", card["id"], (name,))
            return _deleted(ctx, card, name)
    for name in picked(type(command), "notes"):
        note = ctx.rows.get(Note, getattr(command, name, None)) or {}
        card = ctx.rows.get(Card, note.get("card_id"))
        if card is not None and card["deleted_at"] is not None:
            return _deleted(ctx, card, name)
    return None


def _deleted(ctx: Context, card: Row, field: str) -> Refusal:
    """Whoever still has it open is told who deleted it, and what becomes of what was typed."""
    who = ctx.one(board.DELETED_BY, card_id=card["id"]) or ("—",)
    facts = {"number": card["number"], "who": who[0], "deleted_at": card["deleted_at"]}
    reason = Text("{who} deleted {number} on {deleted_at}; only undoing that brings it back.", facts)
    return Refusal(reason, RefusedBy.MISSING_RECORD, (field,))
