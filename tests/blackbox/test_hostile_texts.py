"""A base full of hostile texts, written past the program's own writer: no screen passes one on, none is crooked.

The same walk through the program on the demonstration and on a poisoned copy of it, and what the two wrote to
the terminal, byte for byte.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.blackbox.conftest import Terminal
from tests.tools.term import Term

WIDE = (120, 36)
SETTINGS = 33
"""Lists of settings, one or two more than there are."""
PAYLOADS = (
    "A\x1b[2J\x1b[7;7HB",
    "A\x1b]0;owned\x1b\\B",
    "A\x1b]52;c;b3duZWQ=\x07B",
    "A\x9b2J\x9d0;owned\x9cB",
    "\x1bP+q\x1b\\\x1b_apc\x1b\\",
    "A\x00\x7f\t\r\nB",
    "A\u202egpj.exe\u2066\u2069\u061cB",
    "A\u200b\u2060\ufeff\u180e\u2028\u2029B",
    "A\U000e0041\U000e007fB",
    "[@click=app.quit]x[/]",
    "[/foo][b]x",
    "{name} %s {0} {",
    '=HYPERLINK("http://x")',
    "👩\u200d🔬👨\u200d👩\u200d👧\u200d👦🇧🇷👍🏽❤\ufe0f",
    "日本語の長い名前テスト顧客",
    "e\u0301" * 60,
    "Z" * 200,
)
TEXTS = {
    "party": ("name", "trade_name", "preferences"),
    "card": ("title", "description", "loss_note"),
    "activity": ("subject", "description", "objective", "location"),
    "activity_attendee": ("address",),
    "address": ("street", "city", "state", "postcode"),
    "attachment": ("filename", "mime"),
    "note": ("body",),
    "stage": ("name", "decision_question"),
    "stage_transition": ("label",),
    "board": ("name",),
    "user": ("name", "email"),
    "contact_point": ("value",),
    "party_relation": ("role",),
    "calendar_exception": ("title",),
    "campaign_action": ("objective",),
    "card_template": ("name", "description"),
    "checklist_item": ("text",),
    "consent": ("purpose", "basis"),
    "draft": ("text", "terminal"),
    "field_def": ("label",),
    "foreign_ref": ("source", "foreign_id"),
    "local_holiday": ("city", "title"),
    "notice": ("subject",),
    "offer_item": ("name", "unit"),
    "presence": ("terminal",),
    "saved_filter": ("name",),
    "template": ("code", "name", "body"),
    **dict.fromkeys(
        (
            *(
                "action_type",
                "campaign",
                "case_type",
                "channel",
                "contact_medium",
                "duplicate_rule",
                "form",
                "label",
            ),
            *("import_layout", "loss_reason", "media_source", "offer", "party_class", "profile", "result"),
            *("result_detail", "team", "work_calendar"),
        ),
        ("name",),
    ),
}
"""Every text that somebody types, by its table."""
WALKS = {
    "ana": (
        *(
            "I",
            "down",
            "p",
            "ctrl+g",
            "escape",
            "f7",
            "escape",
            "escape",
            "enter",
            "i",
            "escape",
            "e",
            "escape",
            "o",
        ),
        *("escape", "tab", "tab", "tab", "escape", "v", "escape", "A", "escape", "escape"),
        *(
            "2",
            "right",
            "down",
            "enter",
            "escape",
            "o",
            "escape",
            "s",
            "t",
            "down",
            "escape",
            "s",
            "o",
            "down",
            "escape",
        ),
        *("3", "s", "escape", "n", "escape", "right", "right", "down", "enter", "escape"),
        *(
            "4",
            "down",
            "enter",
            "o",
            "4",
            "escape",
            "o",
            "8",
            "escape",
            "o",
            "5",
            "escape",
            "escape",
            "v",
            "escape",
        ),
        *(
            "5",
            "right",
            "down",
            "enter",
            "escape",
            "ctrl+k",
            "a",
            "down",
            "escape",
            ":",
            "escape",
            "?",
            "escape",
        ),
        *("d", "escape", "N", "l", "escape", "escape", "1", "N", "p", "escape", "escape", "1"),
    ),
    "admin": (
        *(",", *["down", "right", "o", "escape", "left"] * SETTINGS, "escape"),
        *("1", "V", "escape", "2", "c", "escape", "B", "escape", "5", "1"),
    ),
}
"""The keys of a walk that comes by every place, list of settings and most sheets, by whose walk it is."""
SEQUENCE = re.compile(
    rb"\x1b(?:\[[?<=>]?[0-9;:]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|.)", re.DOTALL
)
FORBIDDEN = re.compile(
    "[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u061c\u180e\u200b\u200d-\u200f\u2028-\u202e\u2060-\u206f\ufe0f\ufeff"
    "\U000e0000-\U000e007f]"
)


def recorded(t: Term) -> bytearray:
    """Every byte that the program writes to this terminal from now on; before the first wait that is all."""
    sent, feed = bytearray(), t.screen.feed

    def record(data: bytes) -> bool:
        sent.extend(data)
        return feed(data)

    t.screen.feed = record  # type: ignore[method-assign]
    return sent


def poison(path: Path) -> None:
    """Put a payload in every text of every record, as a file from a stranger may have them."""
    with closing(sqlite3.connect(path)) as base, base:
        for table, columns in TEXTS.items():
            for i, column in enumerate(columns):
                for (row,) in base.execute(f"SELECT id FROM {table}").fetchall():
                    text = PAYLOADS[(row * 7 + i) % len(PAYLOADS)]
                    base.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE id = ?", (text, row))


def walk(t: Term, login: str) -> Iterator[tuple[str, str]]:
    """Go through the screens; the key, and the screen after it."""
    t.wait("1 Hoje")
    t.settle()
    for key in WALKS[login]:
        t.send(key)
        t.settle()
        yield key, t.text()


def sequences(sent: bytearray) -> set[bytes]:
    """Every sequence once; places, colours and counts in them are anything."""
    return {re.sub(rb"[0-9;]+", b"N", found) for found in SEQUENCE.findall(sent)}


@pytest.mark.parametrize(
    ("login", "size"), [*((login, WIDE) for login in WALKS), ("ana", (80, 24)), ("ana", (60, 20))]
)
def test_no_hostile_text_reaches_the_terminal_and_no_row_is_crooked(
    terminal: Terminal, demo_db: Path, login: str, size: tuple[int, int]
) -> None:
    with terminal(login, size=size, deadline=200) as clean:
        tame = recorded(clean)
        for _ in walk(clean, login):
            pass
        assert clean.quit("ctrl+q").code == 0
    poison(demo_db)
    seen = ""
    with terminal(login, size=size, deadline=200) as t:
        sent = recorded(t)
        for key, screen in walk(t, login):
            assert t.code is None, key
            if (
                key == "I" and size == WIDE
            ):  # the list and its pane: the rule between them stands in one column
                bars = {
                    x for y in range(3, 30) for x, cell in enumerate(t.screen.cells(y)) if cell.data == "▌"
                }
                assert len(bars - {0}) == 1, screen
            seen += screen
        assert t.quit("ctrl+q").code == 0
        assert sequences(sent) <= sequences(tame)
        assert set(FORBIDDEN.findall(sent.decode())) <= set(FORBIDDEN.findall(tame.decode()))
    assert "[@click=app.quit]" in seen
    assert "␛[2J" in seen
