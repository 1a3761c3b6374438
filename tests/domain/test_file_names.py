"""The name of an attachment is a label: it names one file in one folder, and steers no terminal. (threat 6)"""

from __future__ import annotations

import os
from pathlib import PurePosixPath

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm_tui.domain.note import safe_filename
from crm_tui.domain.text import sanitise

PIECES = st.sampled_from(
    ["..", ".", "/", "\\", "\0", "\x1b[2J", "\u202e", "a", "é", ".pdf", " ", "~", "\n", "C:", "%2e", "-", "|"]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
@settings(max_examples=2000)
@example("../../etc/passwd")
@example("..")
@example("")
@example("a" * 5000)
def test_whatever_is_given_is_one_name_in_one_folder(name: str) -> None:
    kept = safe_filename(name)
    assert kept
    assert kept not in (".", "..")
    assert PurePosixPath(kept).name == kept
    assert len(os.fsencode(kept)) <= 255
    assert sanitise(kept) == kept
    assert "\n" not in kept
    assert safe_filename(kept) == kept
