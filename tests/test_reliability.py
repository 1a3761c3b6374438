"""docs/reliability.md names tests that are there, and each defence that `make bite` takes out is still in its place."""

from __future__ import annotations

import re

import pytest

from tests.tools.bites import DEFENCES, ROOT, Defence

ROW = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
THREATS = 37


def test_every_threat_has_a_row_with_its_tests_or_why_it_waits() -> None:
    rows = ROW.findall((ROOT / "docs" / "reliability.md").read_text(encoding="utf-8"))
    assert [int(number) for number, _ in rows] == [*range(1, THREATS + 1)]
    for number, held in rows:
        tests = re.findall(r"`(tests/[^`]+\.py)`", held)
        assert tests or held.startswith("waits"), number
        assert not [name for name in tests if not (ROOT / name).exists()], number


@pytest.mark.parametrize("defence", DEFENCES, ids=lambda each: each.name)
def test_a_defence_stands_where_it_is_taken_out(defence: Defence) -> None:
    assert (ROOT / "crm_tui" / defence.file).read_text(encoding="utf-8").count(defence.line) == 1
    path, _, name = defence.test.partition("::")
    assert name in (ROOT / path).read_text(encoding="utf-8")
