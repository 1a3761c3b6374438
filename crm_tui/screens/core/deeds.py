"""What the palette can do from here: the actions of the place below, those of other places, and a few more.

Made from the one table of actions; it knows no module and draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen

from crm_tui.domain.text import fold
from crm_tui.i18n import C_, N_, language, say, say_in
from crm_tui.screens.core.barred import hindrance
from crm_tui.screens.core.barred import refusal as refused
from crm_tui.screens.core.base import ALWAYS, CrmScreen
from crm_tui.ui.action import Action
from crm_tui.ui.actions import ACTIONS, SCOPES
from crm_tui.ui.keymap import in_force, key_word

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell

KEYS_SHOWN: Final = 2
_GROUPS: Final = {
    "rec": C_("palette", "Contact"),
    "card": C_("palette", "Record"),
    "board": C_("palette", "Board"),
    "mode": C_("palette", "Go"),
    "nav": C_("palette", "Move"),
    "view": C_("palette", "List"),
    "sel": C_("palette", "Marks"),
    "work": C_("palette", "Queue"),
    "new": C_("palette", "New"),
    "set": C_("palette", "Settings"),
    "choose": C_("palette", "List"),
    "ed": C_("palette", "Note"),
    "form": C_("palette", "Form"),
    "text": C_("palette", "Text"),
}
_GENERAL: Final = C_("palette", "General")
_NOT_HERE: Final = frozenset(("app.palette", "app.back", "focus.next", "focus.prev"))
"""What a palette that is open makes senseless."""

_LATE: Final = {"mode": 1, "place": 2, "app": 2, "nav": 3}
"""What one knows by heart, or finds without asking, comes after what one came for."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done: `why` says why not now (empty: it can), `run` does it on the screen below."""

    id: str
    group: str
    words: str
    keys: str
    run: Callable[[], Any]
    why: str = ""
    label: str = ""

    @property
    def folded(self) -> str:
        """What a search looks in: the sentence, and the word that footers have for it."""
        return fold(f"{self.words} {self.label}")


def deeds(shell: Shell, below: Screen[Any]) -> list[Deed]:
    """Everything: what the record can, then the place, then everywhere; what has no key; what is elsewhere."""
    if not isinstance(below, CrmScreen):
        return []
    ascii = shell.look.ascii
    offered = (below.OFFERS | ALWAYS) - _NOT_HERE
    here = [
        _deed(action.id, ascii, _on(below, action.method), _why_not(below, action))
        for scope in reversed(below.SCOPES)
        for action in SCOPES[scope].actions
        if action.id in offered
    ]
    here.sort(key=lambda deed: _LATE.get(deed.id.partition(".")[0], 0))
    known = {deed.id for deed in here}
    return [*_once(here), *_more(shell, below), *_elsewhere(shell, known, ascii)]


def _once(found: list[Deed]) -> list[Deed]:
    """Two actions that do the same (find, by two keys) are one entry with both keys."""
    by_words: dict[str, Deed] = {}
    for deed in found:
        twin = by_words.get(deed.words)
        keys = deed.keys if twin is None else f"{twin.keys}  {deed.keys}"
        by_words[deed.words] = replace(twin or deed, keys=keys)
    return list(by_words.values())


def _deed(action_id: str, ascii: bool, run: Callable[[], Any], why: str) -> Deed:
    words = ACTIONS[action_id].help_said()
    keys = "  ".join(key_word(key, ascii=ascii) for key in in_force().of(action_id)[:KEYS_SHOWN])
    group = say_in("palette", _GROUPS.get(action_id.partition(".")[0], _GENERAL))
    return Deed(
        action_id, group, words[:1].upper() + words[1:], keys, run, why, ACTIONS[action_id].label_said()
    )


def _on(below: Screen[Any], method: str) -> Callable[[], Any]:
    return lambda: below.app.call_later(below.app.run_action, method, below)


def _why_not(below: CrmScreen[Any], action: Action) -> str:
    """Why not now: the screen cannot (it says so by Textual's `check_action`), or a rule would refuse it."""
    if not below.check_action(action.method, ()):
        return say(N_("not now"))
    refusal = hindrance(below, action.id)
    return say(refusal.reason) if refusal is not None else ""


def _elsewhere(shell: Shell, known: set[str], ascii: bool) -> Iterator[Deed]:
    """What only other places can do stays in the list, with the place in it."""
    for digit, name, offers in shell.elsewhere:
        for action_id in ACTIONS:
            if action_id in offers and action_id not in known | _NOT_HERE:
                known.add(action_id)
                why = say(N_("only in {place} ({key})"), place=name, key=digit)
                yield _deed(action_id, ascii, _nothing, why)


def _nothing() -> None:
    """What cannot be done now does nothing."""


def _more(shell: Shell, below: CrmScreen[Any]) -> Iterator[Deed]:
    """What has no key of its own."""

    def deed(name: str, context: str, words: str, run: Callable[[], Any], keys: str = "") -> Deed:
        return Deed(name, say_in("palette", context), say(words), keys, run)

    def go(place: str, **args: Any) -> Callable[[], Any]:
        return lambda: below.go(place, **args)

    new = C_("palette", "New")
    yield deed("new.lead", new, N_("New lead…"), go("new", choose="lead"), "N l")
    yield deed("new.opportunity", new, N_("New deal…"), go("new", choose="opportunity"), "N o")
    yield deed("new.ticket", new, N_("New ticket…"), go("new", choose="ticket"), "N c")
    yield deed("new.party", new, N_("New person…"), go("new", choose="person"), "N p")
    yield deed("import", _GENERAL, N_("Import contacts…"), go("import"))
    yield deed("import_cards", _GENERAL, N_("Import cards…"), go("import_cards"))
    yield deed("import_activities", _GENERAL, N_("Import activities…"), go("import_activities"))
    yield deed("import_notes", _GENERAL, N_("Import notes…"), go("import_notes"))
    yield deed("duplicates", _GENERAL, N_("Likely duplicates…"), go("duplicates"))
    yield deed("import_agenda", _GENERAL, N_("Import appointments…"), go("import_agenda"))
    yield deed("keylist", _GENERAL, N_("Keys of the actions…"), go("keylist"))
    yield deed("export_setup", _GENERAL, N_("Export the setup…"), go("export_setup"))
    yield deed("copies", _GENERAL, N_("Copies of the database…"), go("copies"))
    yield deed("import_setup", _GENERAL, N_("Import the setup…"), go("import_setup"))
    yield deed("actions", _GENERAL, N_("History of actions"), go("actions"), "I a")
    yield from _on_the_card(
        shell, below, deed("card.reopen", _GROUPS["card"], N_("Reopen card…"), _nothing, "o r")
    )
    look = shell.look
    other = "en" if language() == "pt-BR" else "pt-BR"
    machine = C_("palette", "Settings")
    yield deed(
        "language",
        machine,
        N_("Change language: English") if other == "en" else N_("Change language: Portuguese"),
        lambda: shell.prefer(language=other),
    )
    yield deed(
        "theme",
        machine,
        N_("Theme: light") if look.dark else N_("Theme: dark"),
        lambda: shell.prefer(theme="light" if look.dark else "dark"),
    )
    vim = shell.config.keys == "vim"
    yield deed(
        "keys",
        machine,
        N_("Keys: the usual set") if vim else N_("Keys: the Vim set"),
        lambda: shell.prefer(keys="default" if vim else "vim"),
    )
    yield deed(
        "ascii",
        machine,
        N_("Signs: all of them") if look.ascii else N_("Signs: plain ASCII"),
        lambda: shell.prefer(ascii=not look.ascii),
    )


def _on_the_card(shell: Shell, below: CrmScreen[Any], reopen: Deed) -> Iterator[Deed]:
    """What is done to a card by the menu of `o` alone and is looked for by its name."""
    card = below.record_ids().get("card")
    if card is None or not shell.warm:
        return
    refusal = refused(shell, "reopen_card", {"card": card})
    why = say(refusal.reason) if refusal is not None and not refusal.approval else ""
    yield replace(reopen, run=lambda: below.go("reopen", card=card), why=why)


def matching(found: Sequence[Deed], text: str) -> list[Deed]:
    """Those that hold every piece of the text, accents and case ignored: beginnings first, what cannot last."""
    pieces = fold(text).split()
    if not pieces:
        return [deed for deed in found if not deed.why]

    def rank(deed: Deed) -> tuple[bool, bool, bool]:
        words = fold(deed.words)
        starts = any(word.startswith(pieces[0]) for word in words.split())
        return bool(deed.why), not words.startswith(pieces[0]), not starts

    return sorted((d for d in found if all(piece in d.folded for piece in pieces)), key=rank)


def recent(found: Iterable[Deed], ids: Iterable[str]) -> list[Deed]:
    """The deeds of these ids that can be done here, in their order."""
    by_id = {deed.id: deed for deed in found if not deed.why}
    return [by_id[i] for i in ids if i in by_id]
