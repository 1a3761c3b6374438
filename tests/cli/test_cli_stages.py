"""Late stages from the shell. (E29)"""

from __future__ import annotations

from tests.cli.conftest import Run


def test_what_is_late_is_listed_and_what_one_was_told_is_new_until_it_is_read(demo: Run) -> None:
    late = demo("notices", "--json").json
    assert [(each["late_days"], each["new"]) for each in late] == [(5, False), (3, False), (3, False)]
    assert demo("tick", "-q").status == 0
    told = demo("notices", "--read", "--json").json
    assert {each["number"] for each in told} == {each["number"] for each in late}
    assert all(each["new"] and each["told_at"] for each in told)
    assert not any(each["new"] for each in demo("avisos", "--json").json)
    assert demo("notices", "-q").lines == [each["number"] for each in late]
    assert "5 days ago" in demo("notices").out


def test_who_has_nothing_late_is_told_so(demo: Run) -> None:
    assert "No stage is late" in demo("notices", "--as", "admin").out
