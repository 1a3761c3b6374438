"""Data as text: never markup.

Textual parses `[...]` in most of its APIs: `[@click=app.quit]` in a customer's name would run, `[/x]` would
end the program. Every string that is not a literal of ours goes through here
(`tests/ui/test_markup_lint.py`).
"""

from __future__ import annotations

from textual.content import Content


def plain(text: str) -> Content:
    """The text exactly as it stands, for any Textual API that would parse a `str`."""
    return Content(text)
