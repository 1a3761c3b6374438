"""What moved away from the accepted figures is told; only what is worse makes a check fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import accepted, measures, run
from bench.accepted import Broken, Way
from bench.report import Figure

KNOWN = {"start": (1.6, ""), "bytes": (800.0, "B"), "letter": (10.0, "ms"), "gone": (5.0, "ms")}


def _figures(start: float, size: float, letter: float | None) -> list[Figure]:
    return [
        Figure("start", 1.7, 1.3, start),
        Figure("bytes", 2000, 900, size, "B"),
        Figure("letter", 15, 8, letter, "ms"),
    ]


@pytest.mark.parametrize(
    ("figures", "ways"),
    [
        (_figures(1.9, 830, 13.4), {}),
        (_figures(2.0, 800, 10), {"start": Way.WORSE}),
        (_figures(1.2, 800, 10), {"start": Way.BETTER}),
        (_figures(1.6, 870, 14), {"bytes": Way.WORSE, "letter": Way.WORSE}),
        (_figures(1.6, 800, None), {}),
    ],
)
def test_a_figure_moved_when_it_left_the_room_that_its_kind_has(
    figures: list[Figure], ways: dict[str, Way]
) -> None:
    assert {move.name: move.way for move in accepted.moved(figures, KNOWN, whole=False)} == ways


def test_a_new_figure_and_one_that_a_whole_run_lacks_are_told_and_the_worst_stands_first() -> None:
    figures = [*_figures(3.2, 2400, 10), Figure("fresh", 1, 1, 0.5)]
    told = [str(move) for move in accepted.moved(figures, KNOWN, whole=True)]
    assert told == [
        "worse: bytes: 800 B -> 2,400 B (x3.00)",
        "worse: start: 1.60 -> 3.20 (x2.00)",
        "new: fresh: - -> 0.50",
        "gone: gone: 5.00 ms -> -",
    ]


def test_what_was_measured_is_accepted_beside_what_was_not(tmp_path: Path) -> None:
    file = tmp_path / "accepted.json"
    assert accepted.read(file) == {}
    assert accepted.accept(_figures(1.6, 800, 10), "here", file) == 3
    assert accepted.accept(_figures(1.5, 700, None), "there", file) == 2
    assert accepted.read(file) == {"start": (1.5, ""), "bytes": (700.0, "B"), "letter": (10.0, "ms")}


@pytest.mark.parametrize("content", ["", "[]", '{"figures": {"x": 3}}', "\x00"])
def test_a_list_that_is_none_is_said_in_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "accepted.json"
    file.write_text(content)
    with pytest.raises(Broken, match="take it back from git"):
        accepted.read(file)


def test_a_run_tells_what_moved_and_a_check_fails_by_what_is_worse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "accepted.json"
    monkeypatch.setattr(accepted.read, "__defaults__", (file,))
    monkeypatch.setattr(accepted.accept, "__defaults__", (file,))
    taken = _figures(1.6, 800, 10)
    monkeypatch.setitem(measures.MEASURES, "starts", lambda _plan: taken)
    plan = measures.Plan(run.installed())
    assert run.main(["--only", "starts", "--accept"], plan) == 0
    assert "3 figures accepted" in capsys.readouterr().out
    assert run.main(["--only", "starts", "--check"], plan) == 0
    taken[1] = Figure("bytes", 2000, 900, 1000, "B")
    assert run.main(["--only", "starts"], plan) == 0
    assert "worse: bytes: 800 B -> 1,000 B (x1.25)" in capsys.readouterr().out
    assert run.main(["--only", "starts", "--check"], plan) == 1
    file.write_text("nonsense")
    assert run.main(["--only", "starts", "--check"], plan) == 1


def test_the_accepted_figures_of_this_checkout_are_those_of_its_document() -> None:
    """Their names are the table's, so that a figure that was renamed is not taken for a new one."""
    table = (run.DOCUMENT).read_text("utf-8")
    for name in accepted.read():
        assert f"| {name} |" in table
