"""`o` on a card: what is done seldom. The letter does it at once, or opens the form that asks. (KEYS.md §7)"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.board.forms import Chosen
from crm_tui.screens.core import leftover
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.menus import Item, MenuScreen

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell


def card_menu(shell: Shell, cards: Sequence[Chosen]) -> MenuScreen | None:
    """The menu of one card, or of many."""
    below = shell.screen
    if not cards or not isinstance(below, CrmScreen):
        return None

    def at_once(command: str, said: Callable[[int], str]) -> Callable[[], Any]:
        return lambda: below.run_worker(_do(below, command, cards, said))

    def archived(n: int) -> str:
        return say_n("{n} card archived", "{n} cards archived", n)

    def copied(n: int) -> str:
        return say_n("{n} card copied", "{n} cards copied", n)

    members = partial(below.go, "members", cards=cards)
    delete = partial(below.go, "delete_card", cards=cards)
    base = partial(below.go, "base_card", cards=cards) if len(cards) == 1 else None
    return MenuScreen(
        say(N_("Other actions")),
        [
            Item(
                say(N_("_Archive")), say(N_("out of sight, kept as it is")), at_once("archive_card", archived)
            ),
            Item(say(N_("_Copy")), say(N_("a new card like this one, yours")), at_once("copy_card", copied)),
            Item(say(N_("_Base card…")), say(N_("new cards may begin like this one")), base),
            Item(say(N_("_Members…")), say(N_("who takes part beside the owner")), members),
            Item(say(N_("_Delete…")), say(N_("asks about the person")), delete),
        ],
        cards[0][2] if len(cards) == 1 else say_n("{n} card", "{n} cards", len(cards)),
    )


async def _do(
    below: CrmScreen[Any], command: str, cards: Sequence[Chosen], said: Callable[[int], str]
) -> None:
    """One batch, one undo; a card that refuses is named, and stays marked, while the others go."""
    kind: Any = below.shell.command(command)
    many = await below.shell.write_many([kind(card=card_id) for card_id, _, _ in cards])
    left = leftover.left(many.outcomes, len(cards))
    why = leftover.sentence(left, [name for _, _, name in cards])
    if many.done:
        told = say(N_("{what}   u undoes"), what=said(many.done))
        below.acted(many.done, f"{told}   {why}".rstrip(), sorted(left))
    else:
        below.tell(why)
