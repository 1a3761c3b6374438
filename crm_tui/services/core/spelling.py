"""Words that may be meant where what was typed is called by nobody: the known ones that are a slip or two away.

Asked only when the words as they stand find little. The candidates are ranges of the search tables' own vocabulary,
so nothing is kept for it and nothing is read through.
"""

from __future__ import annotations

import json
import sqlite3

from crm_tui.domain.spelling import heads, nearest, slips
from crm_tui.domain.text import words_of

MEANT = 6
"""Words at most that are tried in place of one."""
READ = 4_000
"""Words of the vocabulary at most that are compared with one."""
_KNOWN = """
SELECT w.term, w.doc FROM json_each(:heads) h
CROSS JOIN {vocabulary} w ON w.term >= h.value AND w.term < h.value || '{{' LIMIT :most
"""
PEOPLE = _KNOWN.format(vocabulary="party_fts_words")
CARDS = _KNOWN.format(vocabulary="card_fts_words")


def match_meant(connection: sqlite3.Connection, text: str, known: str) -> str | None:
    """The FTS5 query for what may have been meant: each word as it stands, or one that it may have been meant for.

    None if no other word may be meant. `known` is `PEOPLE` or `CARDS`.
    """
    words = words_of(text)
    arms, other = [], False
    for place, word in enumerate(words):
        begun = place == len(words) - 1
        meant: list[str] = []
        if slips(word):
            asked = {"heads": json.dumps(heads(word)), "most": READ}
            found = connection.execute(known, asked).fetchall()
            meant = [each for each in nearest(word, found, begun=begun, most=MEANT) if each != word]
        other = other or bool(meant)
        arms.append(" OR ".join([f'"{word}"*', *(f'"{each}"' for each in meant)]))
    return " AND ".join(f"({arm})" for arm in arms) if other else None
