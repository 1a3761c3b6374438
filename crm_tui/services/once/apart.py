"""How two who look like one person are said to be two. (X8)"""

from __future__ import annotations

from crm_tui.domain.events.once import ToldApart
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text
from crm_tui.services.core.context import Context, Made
from crm_tui.services.once.commands import TellApart
from crm_tui.store.tables import NotSame, Party

_SAID = "SELECT 1 FROM not_same WHERE one_id = :one AND other_id = :other"


def check(ctx: Context, command: TellApart) -> Refusal | None:
    """Two, and not said before."""
    one, other = sorted((command.party, command.other))
    ctx.row(Party, command.other, "person")
    if one == other:
        return Refusal(Text("That is one person already: choose another."), fields=("other",))
    if ctx.one(_SAID, one=one, other=other) is not None:
        return Refusal(Text("That was said of these two already."), fields=("other",))
    return None


def tell(ctx: Context, command: TellApart) -> Made:
    """Keep it, so that the pair does not come back."""
    one, other = sorted((command.party, command.other))
    party, beside = ctx.row(Party, command.party), ctx.row(Party, command.other)
    ctx.rows.insert(NotSame, one_id=one, other_id=other, said_by_id=ctx.viewer.user_id, said_at=ctx.now)
    ctx.emit(
        ToldApart(
            entity_id=party["id"],
            party_id=party["id"],
            name=party["name"],
            other=beside["name"],
            code=beside["code"],
        )
    )
    return Made("party", party["id"], party["code"])
