"""Data is never markup and never a control sequence: the payloads of the threat list."""

from __future__ import annotations

import asyncio

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.widgets import Button, Label, Static

from crm_tui.ui.plain import plain
from crm_tui.ui.wall import Wall, harmless

PAYLOADS = {
    "clear screen": "A\x1b[2J\x1b[7;7HB",
    "title, ST": "A\x1b]0;owned\x1b\\B",
    "title, BEL": "A\x1b]0;owned\x07B",
    "clipboard": "A\x1b]52;c;b3duZWQ=\x07B",
    "C1 CSI": "A\x9b2JB",
    "C1 OSC": "A\x9d0;owned\x9cB",
    "NUL and DEL": "A\x00\x7fB",
    "tab, return, feed": "A\t\r\nB",
    "override": "A\u202egpj.exeB",
    "isolates": "A\u2066\u2069\u061cB",
    "zero width": "A\u200b\u200c\u2060\ufeff\u180eB",
    "separators": "A\u2028\u2029B",
    "tags": "A\U000e0041\U000e007fB",
}
MARKUP = ("[@click=app.quit]x[/]", "[/foo]", "[b]x", "[link=http://a]x[/link]", "[ZZ]", "\\[x]")


def dangerous(text: str) -> bool:
    return any(ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F for c in text)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_nothing_steers_the_terminal(payload: str) -> None:
    style = Style(bold=True)
    (found,) = Wall().apply([Segment(payload, style)], Color(0, 0, 0))
    assert not dangerous(found.text)
    assert found.text[0] == "A"
    assert found.text[-1] == "B"
    assert found.style is style
    assert cell_len(found.text) == cell_len(payload)
    assert harmless(found.text) is found.text


def test_a_surrogate_is_replaced_so_that_the_stream_can_be_encoded() -> None:
    assert harmless("a\ud800b") == "a\ufffdb"
    assert harmless("a\ud800b").encode()


@pytest.mark.parametrize("text", ["São João", "क्\u200dष", "👩 👍", "e\u0301", "日本語", "▌ ‖9d »3d", ""])
def test_what_is_seen_stays(text: str) -> None:
    segments = [Segment(text)]
    assert Wall().apply(segments, Color(0, 0, 0))[0] is segments[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("👩\u200d🔬 Lia", "👩 Lia"),
        ("👨\u200d👩\u200d👧\u200d👦|", "👨|"),
        ("👍🏽👍", "👍👍"),
        ("🇧🇷 Brasil", "BR Brasil"),
        ("❤\ufe0f|☎", "❤ |☎"),
        ("1\ufe0f\u20e3|", "1 |"),
        ("🏳\ufe0f\u200d🌈|", "🏳 |"),
    ],
)
def test_a_composed_sign_is_as_wide_on_every_terminal(text: str, shown: str) -> None:
    assert harmless(text) == shown
    assert cell_len(harmless(text)) == cell_len(text)
    assert sum(cell_len(c) for c in shown) == cell_len(text)


class Poisoned(App[None]):
    """Three stock widgets full of payloads, behind the wall."""

    def __init__(self, walled: bool) -> None:
        super().__init__()
        self._walls: list[LineFilter] = [Wall()] if walled else []

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), *self._walls]

    def compose(self) -> ComposeResult:
        for payload in (*PAYLOADS.values(), *MARKUP):
            yield Static(plain(payload))
        yield Label(plain(PAYLOADS["title, ST"]))
        yield Button(plain(PAYLOADS["C1 CSI"]))


def drawn(walled: bool) -> str:
    async def run() -> str:
        app = Poisoned(walled)
        async with app.run_test(size=(80, 50)) as pilot:
            await pilot.pause()
            filters = app.get_line_filters()
            strips = app.screen._compositor.render_strips()
            return "\n".join(strip.apply_filter(filters[-1], Color(0, 0, 0)).text for strip in strips)

    return asyncio.run(run())


def test_no_widget_passes_anything_through_the_wall() -> None:
    text = drawn(walled=True)
    assert not dangerous(text.replace("\n", ""))
    for markup in MARKUP:
        assert markup in text


def test_without_the_wall_it_would() -> None:
    assert dangerous(drawn(walled=False).replace("\n", ""))


@pytest.mark.parametrize("text", MARKUP)
def test_plain_is_verbatim(text: str) -> None:
    found = plain(text)
    assert isinstance(found, Content)
    assert found.plain == text
    assert found.spans == []
