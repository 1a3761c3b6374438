"""Labels as chips: as many as fit, the others counted, each by its name whatever the terminal can show."""

from __future__ import annotations

from crm_tui.ui.look import Depth, Look
from crm_tui.widgets.chips import chip, fitting
from crm_tui.widgets.looks import Run, width_of
from crm_tui.widgets.pane import wrap

LABELS = (("quente", 1), ("indicação", 4), ("TEF", 5))


def _text(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)


def test_those_that_do_not_fit_are_counted() -> None:
    look = Look()
    assert _text(fitting(look, LABELS, 40)) == "  quente   indicação   TEF "
    assert _text(fitting(look, LABELS, 14)) == "  quente  +2"
    assert _text(fitting(look, LABELS, 5)) == " +3"
    assert fitting(look, LABELS, 2) == []
    for room in range(40):
        assert width_of(fitting(look, LABELS, room)) <= room


def test_without_grounds_a_label_is_its_name_behind_a_sign() -> None:
    for depth in (Depth.MONO, Depth.C16):
        assert chip(Look(depth), ("quente", 1)).text == "#quente"
    assert chip(Look(), ("[b]a[/b]\x1b[31m", 1)).text == " [b]a[/b]␛[31m "


def test_a_chip_goes_to_the_next_row_whole() -> None:
    runs = [run for label in LABELS for run in (chip(Look(), label), Run(" "))]
    rows = ["".join(run.text for run in row) for row in wrap(runs, 18)]
    assert [row.strip() for row in rows] == ["quente", "indicação   TEF"]
    assert all(width_of([Run(row.rstrip())]) <= 18 for row in rows)
