"""The curves of growth: measured on a stand-in, told as a table, drawn so that nothing lies upon anything."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import curves, growth, search
from bench.curves import Curve
from bench.program import Program, installed
from bench.report import put_between
from tests.bench.test_bench import STAND_IN

FOUND = [
    (
        "cards",
        [
            Curve("start", ((1_000, 400.0), (10_000, 400.0), (100_000, 440.0))),
            Curve("a <key>", ((1_000, 4.0), (10_000, 2.0), (100_000, 4.4))),
        ],
    ),
    ("people", [Curve("search", ((10_000, 9.0), (1_000_000, 27.0)))]),
]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_table_says_how_many_times_the_first_each_later_one_is() -> None:
    assert curves.table(FOUND, "measured here").splitlines() == [
        "measured here",
        "",
        "| ms (÷ the first) | 1,000 cards | 10,000 cards | 100,000 cards |",
        "|---|---:|---:|---:|",
        "| start | 400.0 | 400.0 (1.00) | 440.0 (1.10) |",
        "| a <key> | 4.0 | 2.0 (0.50) | 4.4 (1.10) |",
        "",
        "| ms (÷ the first) | 10,000 people | 1,000,000 people |",
        "|---|---:|---:|",
        "| search | 9.0 | 27.0 (3.00) |",
    ]


@pytest.mark.parametrize("ends", [(20.0, 20.1, 20.2, 20.3, 20.4), (0.1, 0.1, 0.1), (9e9, 9e9, 1.0, 1.0)])
def test_the_picture_has_every_curve_and_names_that_do_not_cover_each_other(ends: tuple[float, ...]) -> None:
    near = [Curve(f"wait {n}", ((10, 20.0), (1000, end))) for n, end in enumerate(ends)]
    drawn = curves.picture([*FOUND, ("deeds", near)])
    root = ElementTree.fromstring(drawn)
    names = {"".join(each.itertext()) for each in root.iter(f"{SVG}text")}
    assert {
        "start, 440 ms",
        "a <key>, 4.4 ms",
        "search, 27.0 ms",
        "100,000",
        "1,000,000",
        "0.5",
        "2",
    } <= names
    drawn_curves = [each for each in root.iter(f"{SVG}polyline") if "thin" not in each.get("class", "")]
    assert len(drawn_curves) == 3 + len(ends)
    heights = sorted(float(y) for y in re.findall(r' y="([\d.]+)">wait', drawn))
    assert len(heights) == len(ends)
    assert all(below - above >= 17.9 for above, below in pairwise(heights))
    assert heights[0] >= curves.TOP
    assert heights[-1] <= curves.TOP + curves.HIGH + 5


def test_a_wait_that_grows_as_the_data_lies_on_the_line_that_says_so() -> None:
    (drawn,) = [curves.picture([("cards", [Curve("slow", ((10, 1.0), (100, 10.0)))])])]
    line = re.search(r'stroke-dasharray="1 4" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"', drawn)
    curve = re.search(r'stroke-dasharray="none" points="([\d.]+),([\d.]+) ([\d.]+),([\d.]+)"', drawn)
    assert line
    assert curve
    assert line.groups() == curve.groups()


def test_one_size_alone_is_drawn_too() -> None:
    assert "<circle" in curves.picture([("cards", [Curve("start", ((1_000, 3.0),))])])


def test_light_and_dark_ground_have_their_own_inks() -> None:
    light, dark = curves.picture(FOUND).split("prefers-color-scheme: dark")
    for on_light, on_dark in curves.INKS:
        assert on_light in light
        assert on_dark in dark


def test_waits_are_measured_in_turns_and_the_first_is_not_counted(tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []

    def take(_program: Program, base: Path, turn: int) -> list[tuple[str, float]]:
        seen.append((base.name, turn))
        return [("wait", 100.0 if turn == 0 else float(turn)), (growth.TYPED, 1.0)]

    bases = {10: tmp_path / "small", 20: tmp_path / "large"}
    wait, typed, tail = growth.in_turns(Program(STAND_IN, tmp_path), bases, take, 3)  # type: ignore[arg-type]
    assert seen == [(name, turn) for turn in range(4) for name in ("small", "large")]
    assert wait == Curve("wait", ((10, 2.0), (20, 2.0)))
    assert (typed.name, tail.name) == (growth.TYPED, growth.TAIL)


def test_waits_on_cards_are_measured_in_the_program(tmp_path: Path) -> None:
    program = Program(STAND_IN, tmp_path / "cache")
    with program.demonstration(20, 0) as base:
        found = list(growth.of_cards(program, base, 1))
    names = [name for name, _ in found]
    keys = growth.KEYS
    assert names == [
        "start",
        *["a cursor key in Hoje"] * keys,
        "the board, opened",
        *["a cursor key on the board"] * keys,
        "the board, opened again",
    ]
    assert all(took > 0 for _, took in found)


def test_pessoas_is_opened_in_the_program_itself_and_letters_go_to_the_search_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SOUGHT", ("ana", "jo"))
    program = Program(installed().command, tmp_path / "cache")
    with program.demonstration(5, 80) as base:
        found = list(growth.of_people(program, base, 1))
    assert [name for name, _ in found] == ["Pessoas, opened", "Pessoas, opened again", *[growth.TYPED] * 2]
    assert all(took > 0 for _, took in found)


@pytest.mark.parametrize(("text", "found"), [("20", (20,)), ("30,10,30", (10, 30))])
def test_sizes_are_in_order_and_each_once(text: str, found: tuple[int, ...]) -> None:
    assert growth.sizes(text) == found


@pytest.mark.parametrize("text", ["", "many", "0", "5,"])
def test_what_is_no_size_is_refused_without_a_traceback(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        growth.main(["--cards", text])
    assert "invalid sizes value" in capsys.readouterr().err


def test_other_sizes_leave_the_document_and_the_picture_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, picture = tmp_path / "performance.md", tmp_path / "growth.svg"
    document.write_text(f"above\n{growth.BEGIN}\nold\n{growth.END}\n", "utf-8")
    monkeypatch.setattr(growth, "DOCUMENT", document)
    monkeypatch.setattr(growth, "PICTURE", picture)
    monkeypatch.setattr(growth, "widened", lambda *_: tmp_path)
    monkeypatch.setattr(growth, "of_cards", _start)
    monkeypatch.setattr(growth, "of_people", _start)
    program = Program(STAND_IN, tmp_path / "cache")
    assert growth.main(["--cards", "5,7", "--people", "6", "--rounds", "1"], program) == 0
    assert "| start | 1.0 | 1.0 (1.00) |" in capsys.readouterr().out
    assert "old" in document.read_text("utf-8")
    assert not picture.exists()
    monkeypatch.setattr(growth, "CARDS", (5, 7))
    monkeypatch.setattr(growth, "PEOPLE", (6,))
    assert growth.main(["--cards", "5,7", "--people", "6", "--rounds", "1"], program) == 0
    assert "| start | 1.0 | 1.0 (1.00) |" in document.read_text("utf-8")
    assert picture.read_text("utf-8").startswith("<svg")


def _start(*_: object) -> list[tuple[str, float]]:
    return [("start", 1.0)]


def test_the_projects_document_has_the_markers_of_growth_and_its_picture(tmp_path: Path) -> None:
    copy = tmp_path / "performance.md"
    copy.write_text(growth.DOCUMENT.read_text("utf-8"), "utf-8")
    put_between(copy, "table\n", growth.BEGIN, growth.END)
    assert f"({growth.PICTURE.relative_to(growth.DOCUMENT.parent)})" in copy.read_text("utf-8")
    assert growth.PICTURE.exists()
