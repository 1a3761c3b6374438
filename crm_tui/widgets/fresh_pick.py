"""The pick field in which somebody new can be made in place: its list's last answer is `+ New contact Paula`.

It only says that one is wanted, and of what name; the screen makes it and puts it in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.actions import SkipAction
from textual.message import Message

from crm_tui.widgets.pick import ANSWERS, Option, Options, Pick


class FreshPick(Pick):
    """See the module. `fresh` is what making one is called. `contact`: whoever is made
    speaks for somebody else, whom the screen knows."""

    class Wanted(Message, namespace="fresh_pick"):
        """A new one of this name is wanted in the field."""

        def __init__(self, field: FreshPick, text: str) -> None:
            super().__init__()
            self.field = field
            self.text = text

    def __init__(
        self,
        options: Options,
        value: Option | None = None,
        *,
        fresh: str,
        contact: bool = False,
        **given: Any,
    ) -> None:
        super().__init__(self._with_new, value, **given)
        self._known = options
        self._fresh = fresh
        self.contact = contact

    def _with_new(self, text: str) -> Sequence[Option]:
        """What is known, and while letters are typed a new one behind it."""
        known = self._known(text)
        if not text.strip():
            return known
        return [*known[: ANSWERS - 1], Option("", f"+ {self._fresh} {text.strip()}")]

    def _makes(self) -> bool:
        """Whether what is highlighted is the new one."""
        return self._pending() and not self._found[self._at].value

    def take(self, index: int) -> bool:
        if not 0 <= index < len(self._found) or self._found[index].value:
            return super().take(index)
        wanted = self._text.strip()
        self._close()
        self.post_message(self.Wanted(self, wanted))
        return True

    def settle(self) -> bool:
        """Nobody is made because a form is saved, or its field left: letters that find nobody stay letters."""
        return not self._makes() and super().settle()

    def action_accept(self) -> None:
        if self._makes():
            self.take(self._at)
        else:
            super().action_accept()

    def action_accept_next(self) -> None:
        if self._makes():
            self.take(self._at)
        elif self.settle():
            raise SkipAction
