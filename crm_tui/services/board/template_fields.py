"""The typed fields of a base card: names to ids and back, and what two who change one are told.

The payload is one column; who saves second is asked about the fields that both changed, not about its JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from crm_tui.domain.label import may_wear
from crm_tui.domain.outcome import Conflict, FieldConflict, Refusal, RefusedBy
from crm_tui.domain.template import (
    Payload,
    comments_in,
    load,
    names_in,
    not_too_much,
    tasks_in,
    typed_comments,
    typed_tasks,
)
from crm_tui.domain.text import fold
from crm_tui.i18n import N_
from crm_tui.services.board.commands import AddTemplate, EditTemplate
from crm_tui.services.core import rights
from crm_tui.services.core.context import Clashed, Context, Refused, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.store.queries import access, board
from crm_tui.store.rows import Row
from crm_tui.store.tables import CardTemplate, Label, User

PAYLOAD = frozenset({"labels", "members", "comments", "tasks"})
"""The fields that the payload holds."""
_LABELS = """
SELECT id, name FROM label WHERE active = 1 AND (board_id IS NULL OR board_id = :board_id)
ORDER BY board_id IS NULL, position, id
"""
_USERS = 'SELECT id, login FROM "user" WHERE active = 1 ORDER BY login'
_NAMED = 12
"""So many names are told where one was not known."""


def named(text: str, known: list[tuple[int, str]], field: str, refusal: str) -> tuple[int, ...]:
    """The ids of names; one that is not known is refused by naming those that are."""
    by_name = {fold(name): row_id for row_id, name in reversed(known)}
    found = []
    for name in names_in(text):
        row_id = by_name.get(fold(name))
        if row_id is None:
            there = ", ".join(each for _, each in known[:_NAMED]) or "—"
            raise refuse(refusal, by=RefusedBy.INPUT, fields=(field,), name=name, known=there)
        found.append(row_id)
    return tuple(dict.fromkeys(found))


def _labels(ctx: Context, board_id: int, text: str) -> tuple[int, ...]:
    known = ctx.connection.execute(_LABELS, {"board_id": board_id}).fetchall()
    return named(text, known, "labels", N_("There is no label “{name}” on this board: {known}."))


def _members(ctx: Context, board_id: int, text: str) -> tuple[int, ...]:
    known = ctx.connection.execute(_USERS).fetchall()
    found = named(text, known, "members", N_("There is no user “{name}”: {known}."))
    for user_id in found:
        _let_in(ctx, user_id, board_id)
    return found


def _let_in(ctx: Context, user_id: int, board_id: int) -> None:
    if not rights.takes_part(ctx, user_id, board_id):
        raise refuse(
            N_("{login} takes no part in this board: choose another, or let them in first."),
            fields=("members",),
            login=ctx.row(User, user_id)["login"],
        )


def payload(
    ctx: Context, board_id: int, before: Payload, command: AddTemplate | EditTemplate, given: set[str]
) -> Payload:
    """The payload with what the command gives."""
    found = Payload(
        _labels(ctx, board_id, command.labels) if "labels" in given else before.labels,
        _members(ctx, board_id, command.members) if "members" in given else before.members,
        comments_in(command.comments) if "comments" in given else before.comments,
        tasks_in(command.tasks) if "tasks" in given else before.tasks,
    )
    return _small(found)


def _small(found: Payload) -> Payload:
    refusal = not_too_much(found)
    if refusal is not None:
        raise Refused(refusal)
    return found


def with_labels(
    ctx: Context, board_id: int, kept: Payload, add: Sequence[int], remove: Sequence[int]
) -> Payload:
    """The payload with labels put on and taken off; one that does not fit the board is refused."""
    for label_id in set(add) - set(kept.labels):
        label = ctx.row(Label, label_id, "label")
        refusal = may_stand(label, board_id)
        if refusal is not None:
            raise Refused(refusal)
    return _small(replace(kept, labels=_changed(kept.labels, add, remove)))


def may_stand(label: Row, board_id: int) -> Refusal | None:
    """Why a label may not be on the cards of a board; None if it may."""
    return may_wear(label["name"], active=bool(label["active"]), fits=label["board_id"] in (None, board_id))


def with_members(
    ctx: Context, board_id: int, kept: Payload, add: Sequence[int], remove: Sequence[int]
) -> Payload:
    """The payload with members let in and taken off; who works here no longer, or not there, is refused."""
    for user_id in set(add) - set(kept.members):
        user = ctx.row(User, user_id, "user")
        if not user["active"]:
            raise refuse(
                N_("{login} no longer works here: choose another."), fields=("add",), login=user["login"]
            )
        _let_in(ctx, user_id, board_id)
    return _small(replace(kept, members=_changed(kept.members, add, remove)))


def _changed(kept: Sequence[int], add: Sequence[int], remove: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(i for i in (*kept, *add) if i in add or i not in remove))


def shown(ctx: Context, kept: Payload) -> dict[str, str]:
    """Its fields as they are typed."""
    labels = dict(ctx.connection.execute(board.LABEL_NAMES).fetchall())
    logins = {row[0]: row[1] for row in ctx.connection.execute(access.USERS, {"active": 0}).fetchall()}
    return {
        "labels": ", ".join(labels[i] for i in kept.labels if i in labels),
        "members": ", ".join(logins[i] for i in kept.members if i in logins),
        "comments": typed_comments(kept.comments),
        "tasks": typed_tasks(kept.tasks),
    }


def check(ctx: Context, template: Row, command: EditTemplate, columns: dict[str, Any]) -> None:
    """Let the change pass, unless a field of it was changed by others since the version that was seen."""
    try:
        check_version(ctx, CardTemplate, command.template, command.version, columns)
    except Clashed as clashed:
        found = clashed.conflict
        fields: list[FieldConflict] = []
        for each in found.fields:
            fields += _inside(ctx, template, command, each) if each.field == "payload" else [each]
        if fields:
            version, who, at = found.version, found.who, found.at
            conflict = Conflict(found.entity, found.entity_id, version, who, at, tuple(fields))
            raise Clashed(conflict) from clashed


def _inside(ctx: Context, template: Row, command: EditTemplate, whole: FieldConflict) -> list[FieldConflict]:
    """The fields of the payload that both changed: the others are as the row has them in mine, too."""
    base, mine, theirs = (shown(ctx, load(text)) for text in (whole.base, whole.mine, template["payload"]))
    return [
        FieldConflict(name, base[name], mine[name], theirs[name])
        for name in PAYLOAD & command.model_fields_set
        if base[name] != theirs[name] != mine[name]
    ]
