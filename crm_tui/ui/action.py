"""What an action and a scope of actions are; the tables are in `ui.actions_places` and `ui.actions_typing`.

It must not know Textual, nor what an action does: a screen that offers `rec.note` has a method
`action_rec_note`, and that is all the two share.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_tui.i18n import say, say_in


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a key does. `keys` and `vim` (the second set, where it differs) are parted by blanks.

    `asks` names the command that it leads to (parted by blanks where it depends on the record), so that it can
    be told beforehand that it would be refused.
    """

    id: str
    keys: str
    label: str
    help: str
    vim: str | None = None
    priority: bool = False
    context: str = "key"
    shown: str = ""
    asks: str = ""

    @property
    def method(self) -> str:
        """The name by which Textual runs it: `rec.note` is `rec_note`, so `action_rec_note` on the screen."""
        return self.id.replace(".", "_")

    def label_said(self) -> str:
        """The label in the language in force: `Parecer`."""
        return say_in(self.context, self.label)

    def help_said(self) -> str:
        """The help in the language in force: `escrever parecer`."""
        return say(self.help)

    def keys_in(self, keyset: str) -> tuple[str, ...]:
        """The keys of the set `default` or `vim`, as written."""
        return tuple((self.vim if keyset == "vim" and self.vim is not None else self.keys).split())


@dataclass(frozen=True, slots=True)
class Scope:
    """Actions that are alive together. `letters` says that a letter may be a command there (a place).

    `replaces` names the actions of other scopes whose keys this one takes on purpose while it is alive.
    """

    title: str
    actions: tuple[Action, ...]
    letters: bool = False
    replaces: frozenset[str] = frozenset()
