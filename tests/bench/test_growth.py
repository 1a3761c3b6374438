"""The curves of growth: measured on a stand-in, told as a table, drawn so that nothing lies upon anything."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

from bench import curves, growth
from bench.curves import Curve
from bench.program import Program
from tests.bench.test_bench import STAND_IN

FOUND = [
    (
        "cards",
        [
            Curve("start", ((1_000, 400.0), (100_000, 440.0))),
            Curve("a <key>", ((1_000, 4.0), (100_000, 4.4))),
        ],
    ),
    ("people", [Curve("search", ((10_000, 9.0), (1_000_000, 27.0)))]),
]


def test_the_table_says_how_many_times_the_first_the_last_is() -> None:
    told = curves.table(FOUND, "measured here")
    assert told.startswith("measured here\n\n| ms | 1,000 cards | 100,000 cards | last ÷ first |\n")
    assert "| start | 400.0 | 440.0 | 1.10 |" in told
    assert "| search | 9.0 | 27.0 | 3.00 |" in told


def test_the_picture_is_an_image_with_every_curve_and_names_that_do_not_cover_each_other() -> None:
    near = [Curve(f"wait {n}", ((10, 20.0), (1000, 20.0 + n / 10))) for n in range(4)]
    drawn = curves.picture([*FOUND, ("deeds", near)])
    root = ElementTree.fromstring(drawn)
    names = {"".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"start", "a <key>", "search", "100,000", "1,000,000"} <= names
    assert len(list(root.iter("{http://www.w3.org/2000/svg}polyline"))) == 7
    heights = [float(y) for y in re.findall(r'y="(\d+)" style="fill[^>]*>wait', drawn)]
    assert all(abs(a - b) >= 14 for n, a in enumerate(heights) for b in heights[:n])


def test_one_size_alone_is_drawn_too() -> None:
    assert "<circle" in curves.picture([("cards", [Curve("start", ((1_000, 0.0),))])])


def test_waits_are_measured_in_the_program(tmp_path: Path) -> None:
    program = Program(STAND_IN, tmp_path / "cache")
    found = growth.measured([20, 30], growth.of_cards, program, 1)
    assert [curve.name for curve in found] == [
        "start",
        "a key in Hoje",
        "the board opened again",
        "a key on the board",
    ]
    assert all([size for size, _ in curve.points] == [20, 30] for curve in found)
    assert all(took > 0 for curve in found for _, took in curve.points)
    assert sys.executable in STAND_IN[0]
