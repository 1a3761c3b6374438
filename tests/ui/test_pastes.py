"""The filter of pastes: nothing in a paste is a key, wherever the input is torn; typing goes through."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_tui.ui.pastes import END, START, Pastes

PIECES = st.sampled_from(
    ["a", "\x1b", "[", "201", "~", "\x1b[A", "\x1b[31m", "\x00", "ç", "\x1b[201", "\x1b[200"]
)
TEXT = st.lists(PIECES, max_size=12).map("".join)


@given(TEXT, TEXT, TEXT, st.integers(1, 7))
def test_nothing_in_a_paste_is_a_key_however_it_is_torn(
    before: str, pasted: str, after: str, size: int
) -> None:
    before = before.replace(START, "")
    pasted, after = pasted.replace(END, "").removesuffix(END[:-1]), after.replace(START, "")
    whole = f"{before}{START}{pasted}{END}{after}"
    if whole.count(START) != 1 or whole.count(END) != 1:
        return
    wall = Pastes()
    got = "".join(wall(whole[at : at + size]) for at in range(0, len(whole), size))
    visible = pasted.replace("\x1b", "\u241b").replace("\x00", "\u2400")
    assert got == f"{before}{START}{visible}{END}{after}"


def test_a_key_is_not_held_back() -> None:
    wall = Pastes()
    assert [wall(key) for key in ("\x1b", "[", "2", "x")] == ["\x1b", "[", "2", "x"]
