"""The habits of other programs' command lines, understood by the palette: `w`, `q`, `wq`, a number, `@login`.

(KEYS rule 14) It knows views of cards and users, and no screen's content.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from crm_tui.domain.text import fold
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.deeds import Deed
from crm_tui.screens.core.filtered import Filtered
from crm_tui.services.access import views as users
from crm_tui.services.board import views as boards

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

DIGITS_AT_MOST = 9
_SAVES = ("ed.save", "form.save", "im.apply")
_LEAVES = ("ed.leave", "form.leave", "im.leave", "place.back")


def habit(text: str, crm: Crm, below: CrmScreen[Any]) -> list[Deed]:
    """What such a word means here, best first; empty if it is none."""
    word = text.strip()
    match word.lower():
        case "w" | "wq" | "x":
            return [_first(below, _SAVES, say(N_("Save")), say(N_("nothing is being written here")))]
        case "q":
            return [_first(below, _LEAVES, say(N_("Back")), "")]
        case "u":
            return [_first(below, ("hist.undo", "text.undo"), say(N_("Undo")), say(N_("not here")))]
    if word.isdecimal() and len(word) <= DIGITS_AT_MOST:
        return _card(int(word), crm, below)
    if word.startswith("@") and len(word) > 1:
        return _list_of(word[1:].lower(), crm, below)
    return _views(word, below) if isinstance(below, Filtered) else []


def _first(below: CrmScreen[Any], ids: tuple[str, ...], words: str, why: str) -> Deed:
    """The first of these actions that the screen offers; going back is never refused."""
    found = next((i for i in ids if i in below.OFFERS), None)
    if found is None and not why:
        found = "app.back"
    method = (found or "").replace(".", "_")
    return Deed(
        found or "",
        say(N_("word")),
        words,
        "",
        lambda: below.app.call_later(below.app.run_action, method, below),
        "" if found else why,
    )


def _card(number: int, crm: Crm, below: CrmScreen[Any]) -> list[Deed]:
    """The card of that number on each board that has one."""
    found = []
    for board in crm.read(boards.boards):
        name = f"{board.number_prefix}-{number:04d}"
        for card in crm.read(boards.find, name, 1):
            if card.number == name:
                words = ", ".join(part for part in (card.number, card.party, card.title) if part)
                found.append(_go(below, board.name, words, "card", card=card.id))
    return found or [Deed("", say(N_("word")), say(N_("No card has the number {n}"), n=number), "", int, "—")]


def _list_of(login: str, crm: Crm, below: CrmScreen[Any]) -> list[Deed]:
    """The queues of the operators whose login begins so."""
    return [
        _go(
            below,
            f"@{user.login}",
            say(N_("The list of {name}"), name=user.name),
            "today",
            owner=(user.id, user.login),
        )
        for user in crm.read(users.users)
        if user.login.startswith(login)
    ]


def _views(word: str, below: Filtered) -> list[Deed]:
    """The saved views of the place whose name begins so. (K49)"""
    from crm_tui.screens.core.savedviews import views_of

    wanted = fold(word)
    return [
        Deed(
            "",
            say(N_("view")),
            view.name,
            f"v{view.shortcut}" if view.shortcut is not None else "",
            partial(below.app.call_later, below.take_view, view),
        )
        for view in (views_of(below) if len(wanted) > 1 else ())
        if fold(view.name).startswith(wanted)
    ]


def _go(below: CrmScreen[Any], group: str, words: str, place: str, **args: Any) -> Deed:
    return Deed("", group, words, "", lambda: below.go(place, **args))
