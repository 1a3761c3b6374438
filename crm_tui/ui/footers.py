"""The footer's line and the pages of `?`, made from the actions that a screen offers and the keys in force.

It knows neither widgets nor screens: a place gives its name, its width and what it offers. Texts are in the
language in force.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len

from crm_tui.i18n import C_, say_in
from crm_tui.ui.actions import ACTIONS, SCOPES
from crm_tui.ui.keymap import Keymap, effective, in_force, key_word

FOOTERS: Final[dict[str, tuple[str, ...]]] = {
    "marked": ("rec.redate", "rec.handover", "rec.move", "rec.labels", "rec.lost", "app.back"),
    "attend": ("rec.note", "rec.next", "rec.snooze", "rec.copy", "rec.trail", "app.back"),
    "dash": ("rec.open", "view.arrange", "place.reload", "work.attend"),
    "today": ("rec.open", "rec.note", "work.attend", "new.here", "view.filter", "sel.toggle", "rec.redate"),
    "today.empty": ("new.here", "work.attend", "mode.board", "view.clear", "app.palette"),
    "board": ("rec.open", "board.stage_next", "rec.move", "rec.lost", "board.add", "view.filter"),
    "board.owner": ("rec.open", "rec.handover", "rec.move", "rec.lost", "board.add", "view.filter"),
    "board.label": ("rec.open", "rec.labels", "rec.move", "rec.lost", "board.add", "view.filter"),
    "board.due": ("rec.open", "rec.redate", "rec.move", "rec.lost", "board.add", "view.filter"),
    "board.list": ("rec.open", "rec.note", "rec.move", "rec.lost", "view.filter", "sel.toggle"),
    "board.empty": ("board.add", "view.clear", "board.switch", "view.filter", "app.palette"),
    "people": ("rec.open", "rec.note", "new.here", "view.filter", "rec.copy", "sel.toggle"),
    "people.marked": ("rec.edit", "rec.cell", "sel.toggle", "sel.all", "sel.range", "app.back"),
    "settings": ("set.open", "set.edit", "new.here", "set.off", "view.filter", "set.menu"),
    "relations": ("rec.open", "new.here", "rec.edit", "rec.menu", "rec.trail", "app.back"),
    "pairs": ("rec.open", "rec.menu", "app.back"),
    "ways": ("wy.edit", "new.here", "wy.wish", "wy.first", "wy.remove", "app.back"),
    "consents": ("new.here", "co.revoke", "app.back"),
    "of_record": ("rec.open", "rec.schedule", "rec.free_days", "app.back"),
    "agenda": (
        "rec.open",
        "new.here",
        "agenda.view",
        "agenda.next",
        "agenda.today",
        "agenda.goto",
        "rec.free_days",
    ),
    "card": ("rec.note", "rec.edit", "rec.schedule", "rec.tasks", "rec.trail", "rec.next"),
    "card.tasks": ("card.tick", "card.add", "rec.edit", "card.remove", "card.down", "card.up"),
    "card.forms": ("rec.open", "rec.trail", "rec.note", "rec.move", "rec.menu"),
    "card.items": ("card.add", "rec.edit", "card.remove", "rec.note"),
    "card.files": ("rec.open", "card.add", "card.remove", "rec.note", "rec.edit"),
    "free": ("free.book", "free.slot", "free.who", "free.longer", "free.shorter"),
    "note": ("ed.save", "ed.save_next", "ed.park", "ed.history", "ed.fill"),
    "form": ("form.save", "form.save_new", "form.pick", "form.leave"),
    "quick": ("quick.add", "quick.known", "quick.base", "quick.leave"),
    "filterdialog": ("fd.apply", "fd.save", "fd.clear", "form.leave"),
    "picker": ("pick.accept", "pick.accept_next", "pick.cancel"),
    "choose": ("pick.accept", "choose.save", "pick.cancel"),
    "views": ("pick.accept", "pick.save_view", "pick.remove", "pick.cancel", "pick.actions"),
    "columns": ("sel.toggle", "col.down", "col.up", "col.apply", "app.back", "col.usual"),
    "mapping": ("map.field", "map.apply", "map.how", "map.blank", "map.layout", "map.out", "app.back"),
    "mapfield": ("map.field", "app.back"),
    "maplayout": ("map.field", "app.back"),
    "path": ("choose.save", "pick.cancel"),
    "when": ("when.accept", "when.slot", "when.cancel"),
    "people.search": ("fl.apply", "fl.list", "fl.close"),
    "filterline": ("fl.apply", "fl.list", "fl.complete", "fl.close"),
    "history": ("hi.close", "hi.filter", "hi.std", "hi.quote"),
    "history.all": ("hi.close", "hi.filter", "hi.std", "hi.actions"),
    "history.one": ("hi.close", "hi.filter", "hi.std", "hi.note", "place.history", "hi.actions"),
    "actions": ("ac.open", "view.filter", "ac.mine", "ac.export", "ac.close"),
    "notices": ("nt.open", "nt.read", "nt.close"),
    "drafts": ("dr.resume", "dr.open", "dr.drop", "dr.close"),
    "texts": ("pick.accept", "tx.variables", "pick.cancel"),
    "menu": ("menu.run", "menu.close"),
    "start": ("st.begin", "st.down", "focus.next", "st.leave"),
    "keylist": ("set.open", "view.filter"),
    "keysheet": ("menu.run", "menu.close"),
    "confirm": ("dlg.yes", "dlg.no"),
    "merge": ("mg.apply", "mg.left", "mg.right", "mg.both"),
    "import": ("im.apply", "im.errors", "im.map", "im.leave", "im.mend"),
    "help": ("he.filter", "he.close"),
    "jump": ("ju.close",),
}
"""The actions of each place's footer in the order in which they are taken until the line is full."""

TYPING_PLACES: Final = frozenset(
    (
        *(
            "people.search",
            "note",
            "form",
            "quick",
            "picker",
            "choose",
            "texts",
            "path",
            "when",
            "filterline",
            "filterdialog",
            "merge",
            "import",
        ),
        "start",
    )
)
"""Where letters are typed (or may be): help is written `f1` there, elsewhere `?`."""

MOST_KEYS: Final = 6
NARROW: Final = 80
"""Under this width the shorter of a binding's keys is shown: `f2` for `ctrl+s`."""
WIDE: Final = 100
"""From this width the gaps are 3 cells."""


class Hint(NamedTuple):
    """A key and what it does, as the footer writes them; `barred`: a rule would refuse it now."""

    key: str
    label: str
    barred: bool = False


def gap(width: int) -> int:
    """The cells between two hints of a footer of that width."""
    return 3 if width >= WIDE else 2


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _cells(hint: Hint) -> int:
    return cell_len(hint.key) + 1 + cell_len(hint.label)


def _shown(keys: tuple[str, ...], label: str, width: int, ascii: bool) -> str:
    """The first key, or the shorter one; of two letters that of the label: `s sim`, `y yes`."""
    words = [key_word(key, ascii=ascii) for key in keys]
    named = [word for word in words if len(word) == 1 and label.startswith(word)]
    return named[0] if named else min(words, key=cell_len) if width < NARROW else words[0]


def footer(
    place: str,
    width: int,
    *,
    marked: bool = False,
    only: Iterable[str] | None = None,
    keys: Keymap | None = None,
    ascii: bool = False,
    barred: Callable[[Sequence[str]], Iterable[str]] = lambda _: (),
    taken: Container[str] = (),
) -> list[Hint]:
    """The hints of a footer of so many cells; the last one is help and belongs at the right end.

    The place's list is taken in order until the line is full, at most six, a cell free at both edges; no
    label is cut. With marks, the verbs for many are shown. `only` names the actions that the screen offers;
    an action without a key is left out. `barred` answers which of the actions that are shown a rule forbids
    just now: they keep their place; `taken` are keys that mean something else here. An unknown place is a KeyError.
    """
    keys = keys or in_force()
    offered = None if only is None else frozenset(only)
    held = keys.of("app.help")
    typed = [key for key in held if len(key) > 1]
    wanted = typed if place in TYPING_PLACES and typed else [k for k in held if len(k) == 1] or list(held)
    last = Hint(key_word(wanted[0], ascii=ascii), _lower(ACTIONS["app.help"].label_said()))
    room = width - 2 - _cells(last) - gap(width)
    hints: dict[str, Hint] = {}
    for action_id in FOOTERS["marked" if marked else place]:
        free = tuple(key for key in keys.of(action_id) if key not in taken)
        if (offered is not None and action_id not in offered) or not free:
            continue
        label = _lower(ACTIONS[action_id].label_said())
        hint = Hint(_shown(free, label, width, ascii), label)
        needed = _cells(hint) + (gap(width) if hints else 0)
        if needed > room or len(hints) == MOST_KEYS:
            break
        room -= needed
        hints[action_id] = hint
    forbidden = frozenset(barred(tuple(hints)))
    return [*(hint._replace(barred=i in forbidden) for i, hint in hints.items()), last]


_GROUPS: Final = (
    (C_("keys", "This contact"), ("rec",)),
    (C_("keys", "The list"), ("view", "sel")),
    (C_("keys", "Work the queue"), ("work", "new", "hist")),
    (C_("keys", "Move about"), ("mode", "nav", "place")),
    (C_("keys", "Everywhere"), ("app", "focus")),
)
"""Purposes by the first part of an id; a scope whose ids are not here is a group of its own, first."""


class HelpGroup(NamedTuple):
    """A purpose and its rows: (keys as words, what they do)."""

    title: str
    rows: tuple[tuple[str, str], ...]


def help_rows(
    scopes: Sequence[str],
    *,
    only: Iterable[str] | None = None,
    keys: Keymap | None = None,
    ascii: bool = False,
) -> list[HelpGroup]:
    """The keys of a place by purpose, not by alphabet: what `?` shows, with the keys in force."""
    held = effective(scopes, keys or in_force(), only)
    kinds = {prefix for _, prefixes in _GROUPS for prefix in prefixes}

    def rows(ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple(
            ("  ".join(key_word(k, ascii=ascii) for k in held[i]), ACTIONS[i].help_said())
            for i in ids
            if i in held
        )

    ids = [action.id for scope in scopes for action in SCOPES[scope].actions]
    own = [
        HelpGroup(
            say_in("keys", SCOPES[scope].title),
            rows(a.id for a in SCOPES[scope].actions if a.id.partition(".")[0] not in kinds),
        )
        for scope in reversed(scopes)
    ]
    shared = [
        HelpGroup(say_in("keys", title), rows(i for i in ids if i.partition(".")[0] in prefixes))
        for title, prefixes in _GROUPS
    ]
    return [group for group in (*own, *shared) if group.rows]
