"""What a line over a history asks for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crm_tui.domain.happenings import BY_KIND
from crm_tui.domain.story_filter import KINDS, StoryAsked, kinds_called, read

FIRST, LAST = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


def meant(line: str) -> StoryAsked:
    staff = {"ana": ("ana",), "b": ("beto", "bia")}
    days = {"novembro": (FIRST, LAST)}
    return read(line, lambda name: staff.get(name, ()), days.get)


@pytest.mark.parametrize(
    ("line", "kinds", "by", "since", "until", "words"),
    [
        ("tipo:anexo por:ana padaria", ("file.",), ("ana",), None, None, "padaria"),
        ("kind:file,task", ("file.", "task."), (), None, None, ""),
        ("por:b em:novembro", (), ("beto", "bia"), FIRST, LAST, ""),
        ("de:novembro", (), (), FIRST, None, ""),
        ("ATÉ:novembro", (), (), None, LAST, ""),
        ("tipo:quadro por:ninguém em:nunca a:b tipo:", (), (), None, None, "same"),
        ("tipo:anexo,quadro", (), (), None, None, "same"),
    ],
)
def test_a_line_says_kinds_people_days_and_words(
    line: str, kinds: object, by: object, since: object, until: object, words: str
) -> None:
    """What names nothing that there is stays a word, so that nothing typed is passed over."""
    found = meant(line)
    assert (found.kinds, found.by, found.since, found.until) == (kinds, by, since, until)
    assert found.words == (line if words == "same" else words)


def test_every_kind_is_called_by_its_beginning_in_both_languages_and_meets_events_that_there_are() -> None:
    for called, known, starts in KINDS:
        assert set(starts) <= set(kinds_called(called[:4])), called
        assert set(starts) <= set(kinds_called(known)), known
        for start in starts:
            assert any(kind.startswith(start) for kind in BY_KIND) or start == "address.", start
