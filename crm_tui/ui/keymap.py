"""Keys in force: names, the two sets, the user's own mapping, conflicts, and Textual's bindings.

It knows the tables of `ui.actions`, not what an action does nor which screen is shown. Textual is imported
only inside `bindings`, because the command line reads the keys too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crm_tui.i18n import C_, N_, Text, say_in
from crm_tui.ui.actions import ACTIONS, ALIVE, PROTECTED, SCOPE_OF, SCOPES, YIELDING

if TYPE_CHECKING:
    from textual.binding import Binding

KEYSETS: Final = ("default", "vim")

_NAMES: Final = {
    "?": "question_mark",
    "/": "slash,divide",
    ":": "colon",
    ";": "semicolon",
    ",": "comma",
    ".": "full_stop",
    "+": "plus,add",
    "-": "minus,subtract",
    "*": "asterisk,multiply",
    "=": "equals_sign",
    "_": "underscore",
    "]": "right_square_bracket",
    "[": "left_square_bracket",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "ctrl+[": "ctrl+left_square_bracket",
}
"""As people write a sign, and as Textual names it; under the kitty protocol the numeric pad has its own."""

_WORDS: Final = {
    "escape": C_("key word", "esc"),
    "enter": C_("key word", "enter"),
    "space": C_("key word", "space"),
    "tab": C_("key word", "tab"),
    "shift+tab": C_("key word", "shift+tab"),
    "backspace": C_("key word", "backspace"),
    "pageup": C_("key word", "pgup"),
    "pagedown": C_("key word", "pgdn"),
    "home": C_("key word", "home"),
    "end": C_("key word", "end"),
}
_ARROWS: Final = {
    "up": ("↑", C_("key word", "up")),
    "down": ("↓", C_("key word", "down")),
    "left": ("←", C_("key word", "left")),
    "right": ("→", C_("key word", "right")),
}

_SPELLINGS: Final = {
    "esc": "escape",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "espaço": "space",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
}
"""What the screen and `docs/teclas.md` show may be written in the configuration too."""

_NAMED: Final = frozenset({*_WORDS, *_ARROWS, "delete", "insert"})
_NEVER: Final = {
    **dict.fromkeys(
        ("ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j"),
        N_("many terminals send it as another key (tab, enter, backspace)"),
    ),
    **dict.fromkeys(("ctrl+space", "ctrl+@"), N_("terminals name it differently")),
    **dict.fromkeys(("~", "^", "´", "`", "¨", "'", '"'), N_("on many keyboards it is a dead key")),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line of the user's mapping was refused, or what it took from another action (`taken_from`)."""

    id: str
    text: Text
    taken_from: str | None = None


@dataclass(frozen=True, slots=True)
class Keymap:
    """Every action's keys as people write them, in force; and what was wrong with the mapping."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()

    def of(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action; an unknown id is a KeyError."""
        return self.keys[action_id]


def textual_names(key: str) -> tuple[str, ...]:
    """Textual's names of a key as people write it: `+` is `plus` and the numeric pad's `add`."""
    return tuple(_NAMES.get(key, key).split(","))


def as_written(name: str) -> str:
    """A key as people write it, from Textual's name of it."""
    return next((sign for sign, names in _NAMES.items() if name in names.split(",")), name)


def key_word(key: str, *, ascii: bool = False) -> str:
    """A key as the footer writes it, in the language in force: `esc`, `espaço`, `↓` (`baixo` in ASCII)."""
    if key in _ARROWS:
        sign, word = _ARROWS[key]
        return say_in("key word", word) if ascii else sign
    return say_in("key word", _WORDS[key]) if key in _WORDS else key


def printable(key: str) -> bool:
    """Whether pressing it types a character: such a key is a command only in a place."""
    return len(key) == 1 or key == "space"


def _valid(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable() and key != " "
    head, _, last = key.rpartition("+")
    if head in ("", "ctrl") and last.startswith("f") and last[1:].isdigit():
        return 1 <= int(last[1:]) <= 12
    if head in ("ctrl", "shift", "") and last in _NAMED:
        return True
    return head == "ctrl" and len(last) == 1


@lru_cache(maxsize=4)
def _standard(keyset: str) -> Keymap:
    return Keymap({action.id: action.keys_in(keyset) for action in ACTIONS.values()})


def _together(one: str, other: str) -> bool:
    """Whether two actions are ever alive at the same time."""
    a, b = SCOPE_OF[one], SCOPE_OF[other]
    return any(a in alive and b in alive for alive in ALIVE.values())


def _refusal(action_id: str, keys: Sequence[str]) -> Text | None:
    """Why these keys cannot be given to this action, or None."""
    letters = SCOPES[SCOPE_OF[action_id]].letters
    own = set(ACTIONS[action_id].keys.split())
    for key in keys:
        if key in _NEVER:
            return Text(N_("{key} cannot be used: {why}"), {"key": key, "why": Text(_NEVER[key])})
        if not _valid(key):
            return Text(N_("{key} is not a key that every terminal can send"), {"key": key})
        if printable(key) and not letters and key not in own:
            return Text(
                N_("{key} would be typed there: only ctrl and function keys can be given"), {"key": key}
            )
    if not keys and action_id in PROTECTED:
        return Text(N_("this action must keep a key"))
    return None


def keymap(keyset: str = "default", remap: Mapping[str, str] | None = None) -> Keymap:
    """The keys in force: a set, and the user's mapping by id (`"rec.note" = "p f4"`; empty: none).

    A key that another action holds while both are alive goes to the newer; both are named in `problems`. A
    line that cannot be is left out and says why: unknown ids, keys that terminals do not send, letters where
    text is typed, and whatever would take the last key of a protected action. An unknown set is a ValueError.
    """
    if keyset not in KEYSETS:
        raise ValueError(keyset)
    if not remap:
        return _standard(keyset)
    keys = dict(_standard(keyset).keys)
    problems: list[Problem] = []
    for action_id, written in remap.items():
        wanted = tuple(dict.fromkeys(_SPELLINGS.get(key, key) for key in written.split()))
        if action_id not in ACTIONS:
            problems.append(Problem(action_id, Text(N_("there is no action {id}"), {"id": action_id})))
            continue
        refused = _refusal(action_id, wanted)
        if refused is not None:
            problems.append(Problem(action_id, refused))
            continue
        new = set(wanted) - set(_standard(keyset).of(action_id))
        taken = {
            other: tuple(k for k in held if k not in new)
            for other, held in keys.items()
            if other != action_id and new & set(held) and _together(other, action_id)
        }
        stranded = next((o for o, left in taken.items() if o in PROTECTED and not left), None)
        if stranded is not None:
            text = Text(N_("{other} would be left without a key"), {"other": stranded})
            problems.append(Problem(action_id, text, stranded))
            continue
        for other, left in taken.items():
            lost = " ".join(k for k in keys[other] if k not in left)
            text = Text(
                N_("{key} now belongs to {id}, no longer to {other}"),
                {"key": lost, "id": action_id, "other": other},
            )
            problems.append(Problem(action_id, text, other))
            keys[other] = left
        keys[action_id] = wanted
    return Keymap(keys, tuple(problems))


class _Now:
    """The keys in force; one map per process, because one process is one operator's terminal."""

    keys: Keymap | None = None


def use(keys: Keymap) -> None:
    """Put a keymap in force for whatever is bound or shown from now on."""
    _Now.keys = keys


def in_force() -> Keymap:
    """The keymap in force; the default set until `use` says otherwise."""
    return _Now.keys or _standard("default")


def effective(
    scopes: Sequence[str], keys: Keymap, only: Iterable[str] | None = None
) -> dict[str, tuple[str, ...]]:
    """The keys of each action while these scopes are alive, the innermost last: an inner scope takes an outer
    one's key. `only` names the actions that the screen offers; others keep neither key nor place."""
    offered = None if only is None else frozenset(only)
    owner: dict[str, str] = {}
    for scope in scopes:
        for action in SCOPES[scope].actions:
            if offered is None or action.id in offered:
                owner.update(dict.fromkeys(keys.of(action.id), action.id))
    found: dict[str, tuple[str, ...]] = {}
    for scope in scopes:
        for action in SCOPES[scope].actions:
            held = tuple(key for key in keys.of(action.id) if owner.get(key) == action.id)
            if held:
                found[action.id] = held
    return found


def clashes(scopes: Sequence[str], keys: Keymap | None = None) -> list[tuple[str, str, str]]:
    """(key, id, id) for every key that two actions of these scopes hold without one replacing the other."""
    keys = keys or _standard("default")
    holders: dict[str, list[str]] = {}
    for scope in scopes:
        for action in SCOPES[scope].actions:
            for key in keys.of(action.id):
                holders.setdefault(key, []).append(action.id)
    found = []
    for key, ids in holders.items():
        for index, inner in enumerate(ids):
            replaces = SCOPES[SCOPE_OF[inner]].replaces | YIELDING
            for outer in ids[:index]:
                if outer not in replaces or SCOPE_OF[outer] == SCOPE_OF[inner]:
                    found.append((key, outer, inner))
    return found


def bindings(
    scopes: Sequence[str],
    keyset: str | None = None,
    remap: Mapping[str, str] | None = None,
    only: Iterable[str] | None = None,
) -> list[Binding]:
    """Textual's bindings for a screen or widget: ids are the actions' ids, `rec.note` runs `action_rec_note`.

    Scopes from the outermost to the innermost; `only` names the actions that the screen offers; without a
    `keyset` the keys in force are bound. Every binding has an id, or Textual could not say which one loses its
    key. Nothing is shown by Textual's own footer.
    """
    from textual.binding import Binding

    held = effective(scopes, in_force() if keyset is None else keymap(keyset, remap), only)
    return [
        Binding(
            ",".join(name for key in keys for name in textual_names(key)),
            ACTIONS[action_id].method,
            ACTIONS[action_id].label_said(),
            show=False,
            key_display=key_word(keys[0]),
            priority=ACTIONS[action_id].priority,
            id=action_id,
        )
        for action_id, keys in held.items()
    ]
