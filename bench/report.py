"""Figures against their limits, as a Markdown table, and its place in a document.

Knows nothing of how anything is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: `got` is good up to `must`, and as wished up to `aim`; None was not measured.

    `must` and `aim` are None where a whole measure could not be taken. `unit` is empty for a ratio.
    `how` holds what the ratio was made of, or why there is none.
    """

    name: str
    must: float | None
    aim: float | None
    got: float | None
    unit: str = ""
    how: str = ""

    @property
    def ok(self) -> bool:
        """Whether it was measured and is within the must."""
        return self.got is not None and self.must is not None and self.got <= self.must


def markdown(figures: Sequence[Figure], conditions: str) -> str:
    """The table, under a line that says when and where it was measured."""
    lines = [
        conditions,
        "",
        "| measure | must | aim | got | ok | made of |",
        "|---|---:|---:|---:|:---:|---|",
    ]
    for f in figures:
        got = "not measured" if f.got is None else f"**{_number(f.got, f.unit)}**"
        limits = f"{_number(f.must, f.unit)} | {_number(f.aim, f.unit)}"
        lines.append(f"| {f.name} | {limits} | {got} | {'yes' if f.ok else 'no'} | {_cell(f.how)} |")
    return "\n".join(lines) + "\n"


def put_between_markers(document: Path, table: str) -> None:
    """Replace what stands between the bench's markers; ValueError if the document does not have both, in order."""
    put_between(document, table, BEGIN, END)


def put_between(document: Path, table: str, first: str, last: str) -> None:
    """Replace what stands between two markers; ValueError if the document does not have both, in order."""
    text = document.read_text("utf-8")
    before, begin, rest = text.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"{document} has no {first} … {last}")
    document.write_text(f"{before}{first}\n{table}{last}{after}", "utf-8")


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    if not unit:
        return f"{value:.2f}"
    return f"{value:,.0f} {unit}" if value == int(value) or value >= 10 else f"{value:.1f} {unit}"


def _cell(text: str) -> str:
    """Harmless inside a table: on one line, at most 200 characters, no bars."""
    return " ".join(text.replace("|", "/").split())[:200]
