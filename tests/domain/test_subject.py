"""What a form is about, written and read in one place."""

from __future__ import annotations

import pytest

from crm_tui.domain.subject import record_of, subject_of, subject_of_step


def test_what_is_written_is_read() -> None:
    assert record_of(subject_of(12, 7)) == ("card", 12)
    assert record_of(subject_of(None, 7)) == ("party", 7)
    assert record_of(subject_of_step(9)) == ("activity", 9)


@pytest.mark.parametrize("subject", ["new", "many", "", "card:", "card:x", "card:-1"])
def test_a_word_is_about_no_record(subject: str) -> None:
    assert record_of(subject) is None
