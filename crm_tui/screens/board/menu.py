"""`o` on a card: what is done seldom. The letter does it at once, or opens the form that asks. (KEYS.md §7)

What cannot be done now stays in its place, muted, with the reason; its letter says it in full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_tui.domain.board import CardDetail
from crm_tui.domain.form import FormOfCard
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.board.belongings import ITEMS
from crm_tui.screens.board.card import CardScreen
from crm_tui.screens.board.forms import Chosen
from crm_tui.screens.board.moves import LOOKED_AT, asks_nothing
from crm_tui.screens.core import barred, leftover, note_deeds, person_deeds
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.services.board import views
from crm_tui.services.form import views as forms
from crm_tui.ui.sentences import in_words

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell

ALONE = ("", "template_from_card", "answer_form")
"""What is done to one card at a time."""


def card_menu(
    shell: Shell, cards: Sequence[Chosen], note: int | None = None, party: int | None = None
) -> MenuScreen | None:
    """The menu of one card, or of many; with what becomes of the `note` under the cursor of its story, and of the
    `party` on whose screen it stands."""
    below = shell.screen
    if not cards or not isinstance(below, CrmScreen):
        return None
    first: CardDetail | None = shell.crm.read(views.detail, cards[0][0])
    away = first is not None and first.archived_at is not None
    at_once = partial(_at_once, below, cards)
    form = partial(_form, below, cards)
    archive = (
        Item(
            say(N_("Take out of the _archive")),
            say(N_("back where it was")),
            at_once("unarchive_card", _back),
        )
        if away
        else Item(
            say(N_("_Archive")), say(N_("out of sight, kept as it is")), at_once("archive_card", _archived)
        )
    )
    plain = asks_nothing(shell, cards)
    customer = at_once("convert_to_customer", _converted) if plain else form("to_customer")
    becomes = say(N_("the person is one from now on")) if plain else say(N_("the lead goes on in sales"))
    offered = (
        ("unarchive_card" if away else "archive_card", archive),
        (
            "copy_card",
            Item(say(N_("_Copy")), say(N_("a new card like this one, yours")), at_once("copy_card", _copied)),
        ),
        (
            "move_to_board",
            Item(say(N_("To another _board…")), say(N_("it keeps its number")), form("to_board")),
        ),
        (
            "convert_to_customer",
            Item(say(N_("Con_vert to customer")), becomes, customer),
        ),
        (
            "convert_to_service",
            Item(
                say(N_("Convert to _service…")), say(N_("a ticket that names this card")), form("to_service")
            ),
        ),
        (
            "set_members",
            Item(say(N_("_Members…")), say(N_("who takes part beside the owner")), form("members")),
        ),
        ("answer_form", Item(say(N_("_Forms…")), _forms_told(shell, cards), form("forms"))),
        (
            "template_from_card",
            Item(say(N_("Base car_d…")), say(N_("new cards may begin like this one")), form("base_card")),
        ),
        ("reopen_card", Item(say(N_("_Reopen…")), say(N_("it is worked on again")), form("reopen"))),
        (
            "",
            Item(
                say(N_("Appoi_ntments…")), say(N_("coming, earlier and deleted ones")), _agenda(below, cards)
            ),
        ),
        ("", Item(say(N_("_Items")), say(N_("what is sold, and for how much")), _items(below, cards))),
        ("", Item(say(N_("Why it stands still")), say(N_("the last update")), form("why_idle"), key="g")),
        (
            "delete_card",
            Item(say(N_("Delete…")), say(N_("asks about the person")), form("delete_card"), key="."),
        ),
    )
    items = note_deeds.items(below, note) if note is not None else []
    items += person_deeds.items(below, party) if party is not None else []
    items += [_told(below, cards, command, item) for command, item in offered]
    about = cards[0][2] if len(cards) == 1 else say_n("{n} card", "{n} cards", len(cards))
    return MenuScreen(say(N_("Other actions")), items, about)


def _forms_told(shell: Shell, cards: Sequence[Chosen]) -> str:
    """How many forms a stage waits for."""
    found: list[FormOfCard] = shell.crm.read(forms.of_card, cards[0][0])
    waiting = sum(form.open for form in found)
    return say_n("{n} is asked for", "{n} are asked for", waiting) if waiting else say(N_("answer or read"))


def _items(below: CrmScreen[Any], cards: Sequence[Chosen]) -> Callable[[], Any]:
    """The tab of the card's items; on the card itself it is turned to."""
    if isinstance(below, CardScreen):
        return partial(below.open_tab, ITEMS)
    return partial(below.go, "card", card=cards[0][0], tab="items")


def _agenda(below: CrmScreen[Any], cards: Sequence[Chosen]) -> Callable[[], Any]:
    """The appointments of the card."""
    card_id, _, name = cards[0]
    return partial(below.go, "of_record", card=card_id, name=name)


def _told(below: CrmScreen[Any], cards: Sequence[Chosen], command: str, item: Item) -> Item:
    """The entry as it is, or muted with the reason that every card has against it."""
    if command in ALONE and len(cards) > 1:
        return Item(item.label, say(N_("one card at a time")), None, item.key)
    if not command:
        return item
    refusals: list[Refusal] = []
    for card_id, _, _ in cards[:LOOKED_AT]:
        refusal = barred.refusal(below.shell, command, {"card": card_id})
        if refusal is None:
            return item
        refusals.append(refusal)
    if refusals[0].approval and len(cards) == 1:
        return Item(item.label, say(N_("somebody who may approves it")), item.run, item.key)
    if refusals[0].by is RefusedBy.PERMISSION:
        why = say(N_("your profile does not allow it"))
    else:
        why = say(in_words(refusals[0].reason, below.now, below.zone))
    return Item(item.label, why, partial(below.go, "refusal", refusal=refusals[0]), item.key, muted=True)


def _form(below: CrmScreen[Any], cards: Sequence[Chosen], place: str) -> Callable[[], Any]:
    return partial(below.go, place, cards=cards)


def _archived(n: int) -> str:
    return say_n("{n} card archived", "{n} cards archived", n)


def _back(n: int) -> str:
    return say_n("{n} card back from the archive", "{n} cards back from the archive", n)


def _copied(n: int) -> str:
    return say_n("{n} card copied", "{n} cards copied", n)


def _converted(n: int) -> str:
    return say_n("{n} customer won", "{n} customers won", n)


def _at_once(
    below: CrmScreen[Any], cards: Sequence[Chosen], command: str, said: Callable[[int], str]
) -> Callable[[], Any]:
    return lambda: below.run_worker(_do(below, command, cards, said))


async def _do(
    below: CrmScreen[Any], command: str, cards: Sequence[Chosen], said: Callable[[int], str]
) -> None:
    """One batch, one undo; a card that refuses is named, and stays marked, while the others go."""
    kind: Any = below.shell.command(command)
    many = await below.shell.write_many([kind(card=card_id) for card_id, _, _ in cards])
    left = leftover.left(many.outcomes, len(cards))
    why = leftover.sentence(left, [name for _, _, name in cards])
    alone = left.get(0) if len(cards) == 1 else None
    if many.done:
        told = say(N_("{what}   u undoes"), what=said(many.done))
        told = f"{told}   {leftover.noted(many.outcomes)}".rstrip()
        below.acted(many.done, f"{told}   {why}".rstrip(), sorted(left))
    elif isinstance(alone, Refusal):
        below.go("refusal", refusal=alone)
    else:
        below.tell(why)
