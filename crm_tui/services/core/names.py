"""What things that are set up are called: one line, never empty, and nothing like its neighbours.

Names are told apart without case and accents, as filters and pickers read them: two that differ only so could be
named by nobody.
"""

from __future__ import annotations

from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_
from crm_tui.services.core.context import Context, refuse
from crm_tui.store.shapes import Table, shape


def required(name: str) -> str:
    """A name without control characters; an empty one is refused."""
    clean = one_line(name)
    if not clean:
        raise refuse(N_("The name is missing: write it."), by=RefusedBy.INPUT, fields=("name",))
    return clean


def free(ctx: Context, model: Table, name: str, *, but: int = 0, board_id: int | None = None) -> str:
    """The name, which no other row of its kind has (of the same board, where `board_id` is given); `but` is itself.

    What is out of use keeps its name, because it may come back; a stage does not, unless by an undo.
    """
    clean = required(name)
    here = "board_id = :board_id" if board_id is not None else "1"
    gone = "archived_at IS NULL" if shape(model).name == "stage" else "1"
    text = f'SELECT name FROM "{shape(model).name}" WHERE id <> :but AND {here} AND {gone}'
    for (other,) in ctx.connection.execute(text, {"but": but, "board_id": board_id}).fetchall():
        if fold(other) == fold(clean):
            raise refuse(
                N_("“{name}” is the name of another already: choose another name."),
                fields=("name",),
                name=other,
            )
    return clean
