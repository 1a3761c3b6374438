"""What moved away from the accepted figures is told; only what is worse makes a check fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import accepted, measures, run
from bench.accepted import Accepted, Broken, Way
from bench.report import Figure

KNOWN = {
    "start": Accepted(1.6, "", "then"),
    "bytes": Accepted(800.0, "B", "then"),
    "letter": Accepted(10.0, "ms", "then"),
    "gone": Accepted(5.0, "ms", "then"),
}


def _figures(start: float, size: float, letter: float | None) -> list[Figure]:
    return [
        Figure("start", 1.7, 1.3, start),
        Figure("bytes", 2000, 900, size, "B"),
        Figure("letter", 15, 8, letter, "ms"),
    ]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where `run` looks for the accepted figures; there are none yet."""
    file = tmp_path / "accepted.json"
    monkeypatch.setattr(accepted.read, "__defaults__", (file,))
    monkeypatch.setattr(accepted.accept, "__defaults__", (file,))
    return file


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """What `--only starts` measures, to be changed by the test."""
    figures = _figures(1.6, 800, 10)
    monkeypatch.setitem(measures.MEASURES, "starts", lambda _plan: figures)
    monkeypatch.setattr("compileall.compile_dir", lambda *_, **__: True)
    return figures


def _ran(*arguments: str) -> int:
    return run.main(["--only", "starts", *arguments], measures.Plan(run.installed()))


@pytest.mark.parametrize(
    ("figures", "ways"),
    [
        (_figures(1.9, 910, 13.4), {}),
        (_figures(2.0, 800, 10), {"start": Way.WORSE}),
        (_figures(1.2, 800, 10), {"start": Way.BETTER}),
        (_figures(1.6, 930, 14), {"bytes": Way.WORSE, "letter": Way.WORSE}),
        (_figures(1.6, 800, None), {}),
    ],
)
def test_a_figure_moved_when_it_left_the_room_that_its_kind_has(
    figures: list[Figure], ways: dict[str, Way]
) -> None:
    assert {move.name: move.way for move in accepted.moved(figures, KNOWN, whole=False)} == ways


@pytest.mark.parametrize(
    ("name", "was", "unit", "still", "worse"),
    [
        ("peer", 0.0096, "", 0.0114, 0.0118),  # a small ratio is as tight as a large one
        ("silence", 0, "B", 0, 1),  # of nothing nothing may come
        ("a key, 95 of 100", 40, "ms", 59, 61),  # the slow end of the keys drifts more
        ("fortnight", 0.5, "ms", 0.75, 0.85),
        ("memory", 100, "MB", 104, 106),
        ("what is left", 2.5, "MB", 3.4, 3.6),
        ("a unit of tomorrow", 10, "KB", 13, 14),
    ],
)
def test_each_kind_of_figure_has_its_room(
    name: str, was: float, unit: str, still: float, worse: float
) -> None:
    known = {name: Accepted(was, unit, "then")}
    assert accepted.moved([Figure(name, 1, 1, still, unit)], known, whole=True) == []
    (move,) = accepted.moved([Figure(name, 1, 1, worse, unit)], known, whole=True)
    assert move.way is Way.WORSE


def test_a_figure_in_another_unit_is_another_figure() -> None:
    (move,) = accepted.moved([Figure("letter", 1, 1, 0.01, "s")], KNOWN, whole=False)
    assert move.way is Way.NEW


def test_a_new_figure_and_one_that_a_whole_run_lacks_are_told_and_the_worst_stands_first() -> None:
    figures = [*_figures(3.2, 2400, 10), Figure("fresh", 1, 1, 0.5), Figure("tiny", 1, 1, 0.012)]
    told = [str(move) for move in accepted.moved(figures, KNOWN, whole=True)]
    assert told == [
        "worse: bytes: 800 B → 2,400 B (x3.00)",
        "worse: start: 1.60 → 3.20 (x2.00)",
        "new: fresh: 0.50",
        "new: tiny: 0.0120",
        "gone: gone: 5.00 ms was accepted, and it was not measured",
    ]


def test_what_was_measured_is_accepted_beside_what_was_not_each_with_its_conditions(tmp_path: Path) -> None:
    file = tmp_path / "accepted.json"
    assert accepted.accept(_figures(1.6, 800, 10), "here", file) == 3
    assert accepted.accept(_figures(1.5, 700, None), "there", file) == 2
    assert accepted.read(file) == {
        "start": Accepted(1.5, "", "there"),
        "bytes": Accepted(700.0, "B", "there"),
        "letter": Accepted(10.0, "ms", "here"),
    }
    assert [each["conditions"] for each in json.loads(file.read_text())["runs"]] == ["here", "there"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"runs": 3}',
        '{"runs": [{"conditions": "", "figures": {"x": 3}}]}',
        '{"runs": [{"conditions": "", "figures": {"x": {"got": NaN, "unit": ""}}}]}',
        '{"runs": [{"conditions": "", "figures": {"x": {"got": "1", "unit": ""}}}]}',
        "[" * 100_000,
        "\x00",
    ],
)
def test_a_list_that_is_none_is_said_in_a_sentence_and_never_written_over(
    tmp_path: Path, content: str
) -> None:
    file = tmp_path / "accepted.json"
    file.write_text(content)
    with pytest.raises(Broken, match="take it back from git"):
        accepted.read(file)
    with pytest.raises(Broken, match="take it back from git"):
        accepted.accept(_figures(1, 1, 1), "here", file)
    assert file.read_text() == content


def test_a_run_tells_what_moved_and_a_check_fails_by_what_is_worse(
    file: Path, taken: list[Figure], capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ran("--accept") == 0
    assert "3 figures accepted" in capsys.readouterr().out
    assert _ran("--check") == 0
    told = capsys.readouterr().out
    assert "Held against the accepted figures. Measured" in told
    assert "Nothing moved." in told
    taken[1] = Figure("bytes", 2000, 900, 1000, "B")
    assert _ran() == 0
    assert "worse: bytes: 800 B → 1,000 B (x1.25)" in capsys.readouterr().out
    assert _ran("--check") == 1
    taken[1] = Figure("bytes", 2000, 900, 600, "B")
    assert _ran("--check") == 0
    assert "better: bytes: 800 B → 600 B (x0.75)" in capsys.readouterr().out
    assert file.exists()


def test_a_run_without_accepted_figures_or_with_broken_ones_says_so_in_one_line(
    file: Path, taken: list[Figure], capsys: pytest.CaptureFixture[str]
) -> None:
    assert taken
    assert _ran() == 0
    assert _said(capsys) == [f"There is no {file}: take it back from git, or accept a run with --accept."]
    assert _ran("--check") == 1
    file.write_text("nonsense")
    assert _ran() == 0
    assert _ran("--check") == 1
    capsys.readouterr()
    assert _ran("--accept") == 1
    assert {line.partition(" (")[0] for line in _said(capsys)} == {f"{file} cannot be read"}
    assert file.read_text() == "nonsense"


def _said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What was said of the file, without how long the measure took."""
    return [line for line in capsys.readouterr().err.splitlines() if not line.startswith("starts: ")]


def test_the_accepted_figures_of_this_checkout_are_those_of_its_document() -> None:
    """Their names are the table's, so that a figure that was renamed is not taken for a new one."""
    table = run.DOCUMENT.read_text("utf-8")
    known = accepted.read()
    assert known
    for name in known:
        assert f"| {name} |" in table
