"""How the answers of a form are kept: each time an answer set of its own, the latest in force. (E38, M48)"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from crm_tui.domain.form import Question, Value
from crm_tui.domain.form_read import Judged
from crm_tui.services.core.context import Context
from crm_tui.store.tables import FieldValue, FormResponse

Place = dict[str, int | None]


def of_person(party_id: int) -> Place:
    """Where answers about a person belong, with no card."""
    return {"card_id": None, "party_id": party_id}


def store(ctx: Context, form_id: int, revision: int, place: Place, judged: Judged) -> int:
    """Store what was judged; the answer set's id. `place` are the card and the person."""
    by_key = {question.key: question for question in judged.asked}
    return put(ctx, form_id, revision, place, [(by_key[key], value) for key, value in judged.values.items()])


def put(
    ctx: Context, form_id: int, revision: int, place: Place, answers: Iterable[tuple[Question, Value]]
) -> int:
    """Store an answer set of values that were read already; its id. Emits nothing: it hangs under the next event."""
    response: dict[str, Any] = {"form_id": form_id, "form_revision": revision, **place}
    response_id = ctx.rows.insert(
        FormResponse, **response, submitted_at=ctx.now, submitted_by_id=ctx.viewer.user_id
    )
    ctx.rows.insert_many(
        FieldValue,
        [
            {
                "response_id": response_id,
                "field_def_id": question.id,
                "value": json.dumps(value, ensure_ascii=False),
            }
            for question, value in answers
        ],
    )
    return response_id
