"""Small charts in rows of cells: half-high bars, sparklines, figures, and blocks of rows that have both.

Frozen values with every word said already; each number stands beside its bar, because the number is what is read
(LOOK.md section 8, Painel). Knows nothing of what is counted, and no keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, width_of

BAR_LEAST: Final = 4
"""Under so many cells a bar says nothing: the room goes to the words."""
LABEL_MOST: Final = 18
WORDS, BESIDE_LEAST = 20, 10
"""Cells of a row's words where something stands beside them, and the fewest of that."""
_GAP: Final = 2


@dataclass(frozen=True, slots=True)
class Spark:
    """A sparkline; `at` is the cell of today, in its own tone."""

    values: tuple[int, ...]
    at: int
    tone: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name, what it is made of, and its days, or, of what has none, `more` of it. `tone` is the
    number's; of `notes` the last one is kept longest."""

    key: str
    name: str
    value: str
    tone: str = "bright"
    notes: tuple[Run, ...] = ()
    spark: Spark | None = None
    more: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a block: `parts` of its bar as amount and tone, or `words` in the bar's place, with what stands `beside`
    them where there is room; numbers at the right."""

    key: str
    label: str
    parts: tuple[tuple[int, str], ...] = ()
    numbers: tuple[Run, ...] = ()
    words: str = ""
    beside: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under a title; `columns` names what the numbers are. `note` is the finding, or what belongs here when there
    is no row."""

    key: str
    title: str
    columns: str
    rows: tuple[Row, ...]
    note: str = ""


def bar(look: Look, parts: Sequence[tuple[int, str]], most: int, room: int) -> list[Run]:
    """A bar of half-high cells, `room` of them for `most`; what is there at all has a cell of its own."""
    total = sum(amount for amount, _ in parts)
    if most <= 0 or total <= 0 or room <= 0:
        return [Run(" " * max(0, room))]
    runs: list[Run] = []
    used = 0
    for amount, tone in parts:
        if amount > 0 and used < room:
            wide = min(room - used, max(1, round(amount * room / most)))
            runs.append(Run(look.glyph("chart") * wide, tone))
            used += wide
    return [*runs, Run(" " * (room - used))]


def _level(value: int, most: int, look: Look) -> str:
    """The lowest cell is nought; what is there at all is higher."""
    level = 1 if value <= 0 else max(2, -(-8 * value // most))
    return look.glyph(f"spark{level}")


def spark(look: Look, found: Spark, ground: str) -> list[Run]:
    """A cell for each day, today's in its tone."""
    most = max(found.values, default=0)
    shown = [_level(value, most, look) for value in found.values]
    before, now, after = shown[: found.at], shown[found.at : found.at + 1], shown[found.at + 1 :]
    return [
        Run("".join(before), "busy", ground=ground),
        Run("".join(now), found.tone, ground=ground),
        Run("".join(after), "busy", ground=ground),
    ]


def fill(runs: Sequence[Run], width: int, ground: str | None = None) -> list[Run]:
    """The runs in exactly `width` cells; those that do not fit are left out from the right."""
    kept: list[Run] = []
    used = 0
    for run in runs:
        if used + cells(run.text) > width:
            break
        kept.append(run if ground is None or run.ground is not None else run._replace(ground=ground))
        used += cells(run.text)
    return [*kept, Run(" " * (width - used), ground=ground)]


def figure_rows(
    look: Look, figure: Figure, width: int, height: int, *, here: bool, quiet: str = "surface"
) -> list[list[Run]]:
    """A figure in `height` rows of `width` cells: name, number with what it is made of, days. In two rows the number
    stands beside its name."""
    ground = "selection" if here else quiet
    edge = Run(look.glyph("bar") if here else " ", "accent", ground=ground)
    room = width - 1
    name = Run(look.cut(figure.name, room), "bright" if here else "muted", ground=ground)
    value = Run(figure.value, figure.tone, True, ground=ground)
    notes = [run._replace(ground=ground) for run in figure.notes]
    more = [run._replace(ground=ground) for run in figure.more]
    days = spark(look, figure.spark, ground) if figure.spark is not None else more
    beside = 0 if height >= 4 else cells(figure.value) + 2
    while len(notes) > 1 and beside + width_of(notes) > room:
        del notes[0]
    tall: list[list[Run]]
    if height >= 4:
        tall = [[name], [value], notes, days]
    elif height == 3:
        tall = [[name], [value, Run("  ", ground=ground), *notes], days]
    else:
        tall = [[name], [value, Run("  ", ground=ground), *notes]]
    return [[edge, *fill(row, room, ground)] for row in tall[:height]]


def _numbers(block: Block, width: int) -> list[int]:
    """The cells of each column of numbers."""
    count = max((len(row.numbers) for row in block.rows), default=0)
    return [
        max((cells(row.numbers[n].text) for row in block.rows if n < len(row.numbers)), default=0)
        for n in range(count)
    ]


def _side_by_side(look: Look, row: Row, room: int) -> str:
    """What stands beside the words begins in one column in every row."""
    if row.beside and room - WORDS >= BESIDE_LEAST:
        return look.pad(row.words, WORDS - 2) + look.pad(f"  {row.beside}", room - WORDS + 2)
    return look.pad(row.words, room)


def block_head(look: Look, block: Block, width: int) -> list[Run]:
    """`Contatos por dia ──────── feitos, vencidos`; where both do not fit, the columns are left out."""
    title = Run(look.cut(block.title, width - 2), "bright", True)
    columns = f" {block.columns} " if block.columns else " "
    if 1 + cells(block.title) + 4 + cells(columns) > width:
        columns = " "
    rule = width - 1 - cells(title.text) - 1 - cells(columns)
    return fill([Run(" "), title, Run(" "), Run(look.rule(rule), "line"), Run(columns, "muted")], width)


def block_row(look: Look, block: Block, row: Row, width: int, *, here: bool) -> list[Run]:
    """Label, bar or words, numbers in their columns."""
    wide = _numbers(block, width)
    numbers: list[Run] = []
    for n, room in enumerate(wide):
        run = row.numbers[n] if n < len(row.numbers) else Run("")
        numbers += [Run(" " * (_GAP + room - cells(run.text))), run]
    right = width_of(numbers)
    left = min(max(cells(each.label) for each in block.rows), LABEL_MOST, max(8, width - right - 3))
    room = width - 2 - left - 1 - right
    runs = [
        Run(look.glyph("bar") if here else " ", "accent"),
        Run(look.pad(row.label, left), "bright" if here or row.strong else "text", here or row.strong),
        Run(" "),
    ]
    if row.words:
        runs += [Run(_side_by_side(look, row, max(0, room)), "bright" if here else "text")]
    elif room >= BAR_LEAST:
        most = max(sum(amount for amount, _ in each.parts) for each in block.rows)
        runs += bar(look, row.parts, most, room)
    else:
        runs += [Run(" " * max(0, room))]
    return fill([*runs, *numbers], width, "selection" if here else None)
