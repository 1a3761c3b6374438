"""People's fields of one's own as columns of a file: by which headings they are known, and their cells as one would
type the answers. (FEATURES.md M48)

Dates and amounts are decided for a column from all its values. Does not judge whether an answer fits its question.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from crm_tui.connectors import whole_columns
from crm_tui.connectors.delimited import Row
from crm_tui.connectors.whole_columns import TOLD, cell
from crm_tui.domain.cell_values import Moment, is_empty
from crm_tui.domain.fields import item
from crm_tui.domain.form import Question, QuestionType
from crm_tui.domain.import_map import How, own
from crm_tui.domain.text import one_line, sanitise

Answers = tuple[tuple[str, str], ...]
"""What a row says of fields of one's own: the key of each and its answer as typed."""


class OwnColumn(NamedTuple):
    """A column that holds a field of one's own; a field may have several, of which the first that is filled counts.
    `named`: it is headed by the field's name, as our own JSON heads it, not by its label."""

    key: str
    at: int
    named: bool = False


def headings_of(asked: Sequence[Question], as_heading: Callable[[str], str]) -> dict[str, str]:
    """The key of each field by the headings under which it is known: its label, and its name in layouts and exports."""
    found: dict[str, str] = {}
    for question in asked:
        for said in (question.label, own(question.key), f"campo.{question.key}"):
            found.setdefault(as_heading(said), question.key)
    return found


def columns_of(own: Mapping[str, str], headings: Sequence[str], taken: Collection[int]) -> list[OwnColumn]:
    """The columns that nothing else has `taken` and that `own` (see `headings_of`) names."""
    return [
        OwnColumn(own[text], at, text in (f"campo {_spaced(own[text])}", f"field {_spaced(own[text])}"))
        for at, text in enumerate(headings)
        if text in own and at not in taken
    ]


def _spaced(key: str) -> str:
    return key.replace("_", " ")


class Reader:
    """Reads the cells of a file's own columns; made of all its rows. Into `shown` goes how columns of dates and of
    money are read, by their place. `cents`: a whole number in a named column is of cents, as our own JSON has it."""

    def __init__(
        self,
        columns: Sequence[OwnColumn],
        asked: Sequence[Question],
        rows: Iterable[Row],
        said: Mapping[int, How],
        shown: dict[int, How],
        *,
        cents: bool,
    ) -> None:
        questions = {question.key: question for question in reversed(asked)}
        types = {column.at: questions[column.key].type for column in columns if column.key in questions}
        dated = [at for at, kind in types.items() if kind is QuestionType.DATE]
        paid = [at for at, kind in types.items() if kind is QuestionType.MONEY]
        values = whole_columns.values(rows, (*dated, *paid)) if dated or paid else {}
        days = whole_columns.read_dates({at: values[at] for at in dated}, said, shown)
        paid_in = whole_columns.read_money({at: values[at] for at in paid}, said, shown)
        counted = {column.at for column in columns if cents and column.named}
        self._columns = columns
        self._readers: dict[int, Callable[[str], str]] = {at: partial(_day, days[at]) for at in dated}
        self._readers |= {at: partial(_amount, _cents if at in counted else paid_in[at]) for at in paid}
        for column in columns:
            question = questions.get(column.key)
            if question is not None and question.type is QuestionType.MULTI:
                self._readers[column.at] = partial(_several, question)
        self._whole = {at for at, kind in types.items() if kind in (QuestionType.TEXT, QuestionType.LONG)}

    def __call__(self, row: Row) -> Answers:
        """What the row says, each field once."""
        found: dict[str, str] = {}
        for key, at, _ in self._columns:
            said = cell(row, at).strip()
            if said and key not in found and (at in self._whole or not is_empty(said)):
                found[key] = self._readers.get(at, sanitise)(said)
        return tuple(found.items())


def _day(read: Callable[[str], Moment | None], said: str) -> str:
    day = read(said) if len(said) <= TOLD else None
    if day is None:
        return one_line(said)
    return (day.date() if isinstance(day, datetime) else day).isoformat()


def _amount(read: Callable[[str], int | None], said: str) -> str:
    cents = read(said) if len(said) <= TOLD else None
    return one_line(said) if cents is None or cents < 0 else f"{cents // 100},{cents % 100:02d}"


def _cents(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() else None


def _several(question: Question, said: str) -> str:
    """Several answers in one cell are parted by commas, as we write them, or by semicolons, as most programs do."""
    if ";" not in said or any(";" in option for option in question.options):
        return one_line(said)
    return ",".join(item(one_line(part)) for part in said.split(";") if part.strip())
