"""Every action of the program, declared once, and which of them are alive together.

Bindings, footers, `?`, the palette and `docs/teclas.md` are made from these tables (`ui.keymap`,
`ui.footers`, `ui.teclas`); no screen writes a key of its own. Keys are written as people write them (`?`,
`ctrl+[`, `+`); `ui.keymap` knows Textual's names for them.
"""

from __future__ import annotations

from typing import Final

from crm_tui.ui.action import Action, Scope
from crm_tui.ui.actions_places import PLACES
from crm_tui.ui.actions_typing import TYPING

__all__ = ["ACTIONS", "ALIVE", "PROTECTED", "SCOPES", "SCOPE_OF", "YIELDING", "Action", "Scope"]

SCOPES: Final[dict[str, Scope]] = PLACES | TYPING
ACTIONS: Final[dict[str, Action]] = {a.id: a for scope in SCOPES.values() for a in scope.actions}
SCOPE_OF: Final[dict[str, str]] = {a.id: name for name, scope in SCOPES.items() for a in scope.actions}

YIELDING: Final = frozenset({"app.back", "app.copy", "focus.next", "focus.prev"})
"""The innermost thing that is open decides about these: any scope may take their keys."""

PROTECTED: Final = frozenset({"app.help", "app.quit", "app.back", "ed.save", "form.save"})
"""Without a key for these nobody gets out or saves: a remap that takes their last key is refused."""

ALIVE: Final[dict[str, tuple[str, ...]]] = {
    "today": ("app", "place", "record"),
    "board": ("app", "place", "record", "board"),
    "agenda": ("app", "place", "record", "agenda"),
    "free": ("app", "place", "free"),
    "people": ("app", "place", "record"),
    "dash": ("app", "place", "record"),
    "card": ("app", "place", "record", "card"),
    "settings": ("app", "place", "settings"),
    "drafts": ("app", "place", "drafts"),
    "notices": ("app", "place", "notices"),
    "ways": ("app", "place", "ways"),
    "consents": ("app", "place", "consents"),
    "actions": ("app", "place", "actions"),
    "import": ("app", "place", "import"),
    "columns": ("app", "place", "columns"),
    "mapping": ("app", "place", "mapping"),
    "editor": ("app", "editor", "text"),
    "form": ("app", "form", "text"),
    "quick": ("app", "quick", "text"),
    "date in the editor": ("app", "editor", "text", "whenfield"),
    "date in a form": ("app", "form", "text", "whenfield"),
    "days in the editor": ("app", "editor", "when"),
    "days in a form": ("app", "form", "when"),
    "filterdialog": ("app", "form", "text", "filterdialog"),
    "filterline": ("app", "filterline", "text"),
    "picker": ("app", "picker", "text"),
    "choose": ("app", "picker", "choose", "text"),
    "texts": ("app", "picker", "texts", "text"),
    "history": ("app", "history"),
    "menu": ("app", "menu"),
    "start": ("app", "start"),
    "confirm": ("app", "confirm"),
    "merge": ("app", "merge"),
    "help": ("app", "help"),
    "jump": ("app", "jump"),
}
"""Which scopes are alive together, the innermost last: what the conflict check goes through."""
