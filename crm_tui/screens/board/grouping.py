"""What the columns of a board mean: how they are called, and what moving a card from one to another does.

Knows the commands by their names only; whether one is allowed is asked at the door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from crm_tui.domain.arrangement import NOTHING, STATES, Grouping
from crm_tui.domain.board import BoardCard, StageHead
from crm_tui.domain.due import DueState
from crm_tui.i18n import N_, say, say_in
from crm_tui.widgets.queue import GROUPS

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command

_NOTHING: Final = {Grouping.OWNER: N_("nobody's"), Grouping.LABEL: N_("without a label")}
_LAST: Final = {
    Grouping.STAGE: N_("This is the last stage: it is left by winning or losing."),
    Grouping.OWNER: N_("This is the last column."),
    Grouping.LABEL: N_("This is the last column."),
}
_FIRST: Final = {
    Grouping.STAGE: N_("This is the first stage."),
    Grouping.OWNER: N_("This is the first column."),
    Grouping.LABEL: N_("This is the first column."),
}


def named(group: Grouping, heads: Sequence[StageHead]) -> tuple[StageHead, ...]:
    """The heads with the names that the program gives: due states, and those of nobody or without a label."""

    def name(head: StageHead) -> str:
        if group is Grouping.DUE:
            return say_in("band", GROUPS[STATES[head.id]])
        return say(_NOTHING[group]) if group in _NOTHING and head.id == NOTHING else head.name

    return tuple(replace(head, name=name(head)) for head in heads)


def adding(group: Grouping, column: int, board: int, me: int) -> tuple[int, dict[str, str]]:
    """The column in which a card that is added there comes to stand, and what it is made with.

    A new card has no step and no label, and always an owner: who adds it, where the column is nobody's.
    """
    match group:
        case Grouping.STAGE:
            return column, {"stage": f"#{column}"}
        case Grouping.OWNER:
            owner = me if column == NOTHING else column
            return owner, {"board": f"#{board}", "owner": f"#{owner}"}
        case Grouping.DUE:
            return STATES.index(DueState.NONE), {"board": f"#{board}"}
    return NOTHING, {"board": f"#{board}"}


def at_end(group: Grouping, by: int) -> str:
    """Why a card does not go further than the first or last column."""
    return say((_LAST if by > 0 else _FIRST)[group])


def unmovable(group: Grouping, target: int | None = None) -> str:
    """Why no card is put into a column (or into this one); empty where it is."""
    if group is Grouping.DUE:
        return say(N_("A due state is not given by hand: R gives the card another date."))
    if group is Grouping.OWNER and target == NOTHING:
        return say(N_("A card is not taken from its owner: P hands it over to somebody."))
    return ""


def moving(shell: Shell, group: Grouping, card: BoardCard, source: int, target: int) -> Command:
    """The command that puts a card from one column into another; see `unmovable` first."""
    kinds = {Grouping.STAGE: "move_card", Grouping.OWNER: "hand_over", Grouping.LABEL: "set_labels"}
    kind: Any = shell.command(kinds[group])
    match group:
        case Grouping.OWNER:
            return kind(card=card.id, to=target, version=card.version)  # type: ignore[no-any-return]
        case Grouping.LABEL:
            on, off = [tuple(i for i in (each,) if i != NOTHING) for each in (target, source)]
            return kind(card=card.id, add=on, remove=off)  # type: ignore[no-any-return]
        case _:
            return kind(card=card.id, stage=target, version=card.version)  # type: ignore[no-any-return]


def moved(group: Grouping, name: str, target: int) -> str:
    """What moving one card into a column is called."""
    match group:
        case Grouping.OWNER:
            return say(N_("handed over to {name}"), name=name)
        case Grouping.LABEL if target == NOTHING:
            return say(N_("label taken off"))
        case Grouping.LABEL:
            return say(N_("labelled {name}"), name=name)
    return say(N_("moved to {stage}"), stage=name)
