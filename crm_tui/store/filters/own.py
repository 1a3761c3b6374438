"""Conditions on fields of one's own as SQL: what the latest answers about a row, or about its person, say. (M48)

An answer is JSON (`j` of `json_each`): a text, a whole number, true or false, a day as its ISO text, or a list of the
options that were chosen, of which one that fits is enough.
"""

from __future__ import annotations

from typing import Any, Protocol

from crm_tui.domain.filter_dates import Days
from crm_tui.domain.filter_tree import Amount, Answer, Dates, Node, Presence, Texts, Tri
from crm_tui.domain.text import words_of
from crm_tui.store.filters.rows import ALWAYS, NEVER, Rows


class Writing(Protocol):
    """The writer of a tree, as far as it is needed here."""

    rows: Rows

    def put(self, value: Any) -> str: ...
    def days_of(self, node: Dates) -> list[Days]: ...
    def civil(self, column: str, span: Days) -> str: ...
    def compared(self, column: str, node: Amount) -> str: ...


def condition(writing: Writing, node: Node, key: str) -> str:
    """The condition of a node on the field of one's own that has this key."""
    match node:
        case Presence(_, there):
            return _answered(writing, key, ALWAYS, there=there)
        case Tri(_, answer):
            if answer is Answer.ALL:
                return ALWAYS
            return _answered(writing, key, "j.type = 'true'", there=answer is Answer.YES)
        case Texts(_, phrases):
            if not all(words_of(each.text) for each in phrases):
                return ALWAYS  # signs alone restrict nothing
            found = [
                f"has_words(j.value, {writing.put(p.text)}, {writing.put(int(p.exact))})" for p in phrases
            ]
            return _answered(writing, key, f"j.type = 'text' AND ({' OR '.join(found)})")
        case Amount():
            return _answered(writing, key, f"j.type = 'integer' AND {writing.compared('j.value', node)}")
        case Dates():
            found = [f"({writing.civil('j.value', span)})" for span in writing.days_of(node)]
            return _answered(writing, key, f"j.type = 'text' AND ({' OR '.join(found) or NEVER})")
    return NEVER


def _answered(writing: Writing, key: str, value: str, *, there: bool = True) -> str:
    """Whether there is an answer for which this holds, or whether there is none."""
    of = writing.put(key)
    found = [f"EXISTS ({own.format(what=1, key=of)} AND {value})" for own in writing.rows.own]
    return f"{'' if there else 'NOT '}({' OR '.join(found) or NEVER})"


def least(rows: Rows, key: str) -> str | None:
    """What a row is sorted by: the least value of the field; None of what is no key (it stands in the text)."""
    if not key.replace("_", "").isalnum() or not key.isascii():
        return None
    found = [f"({own.format(what='min(j.value)', key=repr(key))})" for own in rows.own]
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"
