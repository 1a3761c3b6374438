"""The whole setup as plain tables, one for each list of settings, and what a file of such tables would change here.

Made from the declarations of the registers and their commands, so that a new list is in it by itself. Records go by
their names, never by ids: the same file fits another base. Nobody is in it: no operators, people or cards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from crm_tui.domain.fields import FieldSpec, Option, Widget, chosen_id
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.register import Register, RegisterRow
from crm_tui.domain.setup_rows import Given, Judged, Verdict
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text, say, say_in
from crm_tui.services.core import setup_company
from crm_tui.services.core.commands import Command, New
from crm_tui.services.core.forms import World, build, joined, parted, specs
from crm_tui.services.core.reading import ask_view
from crm_tui.services.core.refs import PICKED

ORDER: Final = (
    *("calendars", "calendar_days", "local_holidays", "profiles", "teams", "boards", "stages", "labels"),
    *(
        "channels",
        "media_sources",
        "party_classes",
        "loss_reasons",
        "case_types",
        "standard_texts",
        "forms",
        "questions",
        "gates",
    ),
    *("transitions", "actions", "results", "result_details", "mediums", "campaigns", "campaign_actions"),
    *("campaign_results", "offers", "offer_items", "templates", "duplicate_rules", "import_layouts"),
)
"""Each list behind those that it names."""
_PEOPLE: Final = frozenset(("users", "every_user", "inactive_users", "colleagues", "people", "contacts"))
"""Pickers of those who are in no such file."""
IN_USE: Final = "active"
Value = str | int | bool | list[str]
Table = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole file, judged; `commands` take it in in their order, `lines` are those of the file behind each, `left` how
    many records of its lists are only here and stay."""

    rows: tuple[Judged, ...]
    commands: tuple[Command, ...]
    lines: tuple[int, ...]
    left: int = 0


class _Known(NamedTuple):
    """A record as it is here: its values as a file has them, and its row."""

    values: Table
    row: RegisterRow


@dataclass
class Setup:
    """The lists of settings, the commands that change them by name, and how their texts are read."""

    registers: Sequence[Register]
    command: Callable[[str], type[Command]]
    world: World
    _names: dict[str, dict[int, str]] = field(default_factory=dict)

    def lists(self) -> list[Register]:
        """Those that are in a file, in its order."""
        by_name = {each.name: each for each in self.registers}
        return [by_name[name] for name in ORDER if name in by_name]

    def tables(self) -> dict[str, list[Table]]:
        """Everything that is set up here, by list, behind the company; `Denied` if this operator does not see one."""
        company = setup_company.here(self.world.reading)
        found: dict[str, list[Table]] = {setup_company.LIST: [{**company}]} if company else {}
        return found | {each.name: [known.values for known in self._known(each)] for each in self.lists()}

    # --- what is here

    def shape(self, register: Register) -> _Shape:
        """What a record of this list consists of."""
        create = [s for s in specs(self.command(register.create)) if s.pick not in _PEOPLE]
        edit = [s for s in specs(self.command(register.edit)) if s.pick not in _PEOPLE]
        return _Shape(register, create, edit)

    def _known(self, register: Register) -> list[_Known]:
        shape = self.shape(register)
        rows: list[RegisterRow] = ask_view(self.world.reading, register.view)
        return [_Known(self._values(shape, row), row) for row in rows if not row.by_itself]

    def _values(self, shape: _Shape, row: RegisterRow) -> Table:
        found: Table = {}
        for spec in shape.fields:
            raw = _typed(shape, spec, row)
            if raw is not None:
                found[spec.name] = self._value(spec, raw, row)
        if shape.register.off and shape.register.on:
            found[IN_USE] = row.active
        return found

    def _value(self, spec: FieldSpec, raw: str, row: RegisterRow) -> Value:
        if spec.many:
            return [self._called(spec, each, row) for each in parted(raw)]
        if spec.pick is not None:
            return self._called(spec, raw, row)
        if spec.widget is Widget.FLAG:
            return raw == "1"
        if spec.widget is Widget.NUMBER and raw.isdigit():
            return int(raw)
        return raw

    def _called(self, spec: FieldSpec, raw: str, row: RegisterRow) -> str:
        """What a picked record is called, with what it is of where the name alone would not tell it."""
        row_id = chosen_id(raw)
        if row_id is None:
            return raw
        named = self._options(spec.pick or "")
        return named.get(row_id) or row.labels.get(spec.name, "")

    def _options(self, pick: str) -> dict[int, str]:
        if pick not in self._names:
            options: list[Option] = ask_view(self.world.reading, self.world.pickers[pick], "")
            self._names[pick] = dict(_told_apart(options))
        return self._names[pick]

    # --- what a file would change

    def plan(self, given: Sequence[Given]) -> Plan:
        """What becomes of each record of a file, in the order of the lists; nothing is written."""
        return _Planning(self).plan(given)


class Words:
    """What the screens call the lists of a setup and their fields, in the language in force."""

    def __init__(self, registers: Sequence[Register], command: Callable[[str], type[Command]]) -> None:
        self._registers = {each.name: each for each in registers}
        self._command = command
        self._labels: dict[str, dict[str, str]] = {}

    def list(self, name: str, *, short: bool = False) -> str:
        """The heading of a list, or its `short` one; a list that there is not stands as it is written."""
        if name == setup_company.LIST:
            return say(N_("Company"))
        own = self._registers.get(name)
        return name if own is None else say_in("shelf", own.short) if short and own.short else say(own.title)

    def field(self, of: str, name: str) -> str:
        """What the forms of a list call a field."""
        if of not in self._labels:
            register = self._registers.get(of)
            known = register is not None or of == setup_company.LIST
            commands = (register.create, register.edit) if register is not None else (setup_company.COMMAND,)
            asked = [spec for each in commands if known for spec in specs(self._command(each))]
            self._labels[of] = {IN_USE: N_("In use"), **{spec.name: spec.label for spec in asked}}
        label = self._labels[of].get(name)
        return say(label) if label is not None else name


class _Shape:
    """The fields of a list's records: those that name one come first, those of the form that changes it follow."""

    def __init__(self, register: Register, create: list[FieldSpec], edit: list[FieldSpec]) -> None:
        self.register = register
        self.create = {s.name: s for s in create}
        self.id_field, *rest = [s for s in edit if s.name != "version"]
        self.edit = {s.name: s for s in rest if not (register.off == register.edit and s.name == "on")}
        only = [s for s in create if s.name not in self.edit]
        called: list[str] = [n for n in ("name", "label") if n in self.create]
        self.named_by = [s.name for s in only if s.pick or not called] + called
        self.named_by += ["start_on"] if "start_on" in self.create and "calendar" in self.create else []
        fixed = [s for s in only if s.name not in ("like",)]
        self.fields = [*fixed, *self.edit.values()]
        self.known = {s.name: s for s in self.fields}
        if "like" in self.named_by:
            self.named_by.remove("like")

    def key(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """By what a record is found again, whatever else changes."""
        return tuple(fold(_text(values.get(name, ""))) for name in self.named_by)

    def name(self, values: Mapping[str, Any]) -> str:
        """What it is called in a list."""
        return ": ".join(filter(None, (_text(values.get(name, "")) for name in self.named_by)))


class _Planning:
    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.commands: list[Command] = []
        self.lines: list[int] = []
        self.later: list[tuple[int, Callable[[], Command | Refusal], int]] = []
        self.rows: list[Judged] = []
        self.made: dict[str, list[Option]] = {}
        pickers = {name: self._with_made(name, each) for name, each in setup.world.pickers.items()}
        self.world = replace(setup.world, pickers=pickers)

    def _with_made(self, pick: str, picker: Callable[..., list[Option]]) -> Callable[..., list[Option]]:
        """A picker that offers, too, what the file makes before."""

        def picked(reading: Any, text: str, **more: Any) -> list[Option]:
            fresh = self.made.get(PICKED.get(pick, ""), [])
            found: list[Option] = picker(reading, text, **more)
            wanted = fold(text)
            return [*found, *(each for each in fresh if wanted in fold(each.label))]

        picked.permission = picker.permission  # type: ignore[attr-defined]
        return picked

    def plan(self, given: Sequence[Given]) -> Plan:
        by_list: dict[str, list[Given]] = {}
        for each in given:
            by_list.setdefault(each.list, []).append(each)
        self._company(by_list.pop(setup_company.LIST, []))
        lists = {each.name: each for each in self.setup.lists()}
        for name in by_list.keys() - lists.keys():
            for each in by_list[name]:
                reason = Text("There is no list called {name}.", {"name": name})
                self.rows.append(Judged(name, each.line, "", Verdict.ERROR, reason=reason))
        left = sum(
            self._list(lists[name], by_list[name]) for name in ORDER if name in by_list and name in lists
        )
        for line, make, at in self.later:
            self._add(make(), line, at)
        rows = sorted(self.rows, key=lambda row: row.line)
        return Plan(tuple(rows), tuple(self.commands), tuple(self.lines), left)

    def _company(self, given: list[Given]) -> None:
        command = self.setup.command(setup_company.COMMAND)
        rows, commands = setup_company.judged(self.setup.world.reading, command, given)
        self.rows += rows
        for made, line in commands:
            self.commands.append(made)
            self.lines.append(line)

    def _list(self, register: Register, given: Sequence[Given]) -> int:
        shape = self.setup.shape(register)
        here = {shape.key(known.values): known for known in self.setup._known(register)}
        seen: set[tuple[str, ...]] = set()
        for each in given:
            reason = _misfit(shape, each)
            key = shape.key(each.values)
            if reason is None and key in seen:
                reason = Text("It stands in the file twice: leave one out.")
            seen.add(key)
            if reason is not None:
                self._judged(shape, each, Verdict.ERROR, reason=reason)
            elif key in here:
                self._change(shape, each, here[key])
            else:
                self._make(shape, each)
        return len(here.keys() - seen)

    def _judged(self, shape: _Shape, each: Given, verdict: Verdict, **more: Any) -> None:
        name = shape.name(each.values)
        self.rows.append(Judged(each.list, each.line, name, verdict, **more))

    def _change(self, shape: _Shape, each: Given, known: _Known) -> None:
        register = shape.register
        changed = [
            name
            for name in shape.edit
            if name in each.values and _differs(each.values[name], known.values.get(name))
        ]
        turned = IN_USE in each.values and IN_USE in known.values and each.values[IN_USE] != known.row.active
        if not changed and not turned:
            self._judged(shape, each, Verdict.SAME)
            return
        self._judged(shape, each, Verdict.CHANGED, fields=(*changed, *([IN_USE] if turned else ())))
        at, row_id = len(self.rows) - 1, known.row.id
        if changed:
            raw = {name: _text(each.values[name]) for name in changed}
            self._do_later(register.edit, raw, shape.id_field.name, row_id, each.line, at)
        if turned:
            self._turn(shape, row_id, each, at)

    def _make(self, shape: _Shape, each: Given) -> None:
        register = shape.register
        raw = {n: _text(v) for n, v in each.values.items() if n in shape.create}
        early, late = self._parted(shape, raw)
        command = build(self.setup.command(register.create), early, self.world)
        if isinstance(command, Refusal):
            self._judged(shape, each, Verdict.ERROR, fields=command.fields, reason=command.reason)
            return
        self._judged(shape, each, Verdict.NEW)
        at, new = len(self.rows) - 1, New(len(self.commands))
        self._add(command, each.line, at)
        called = _text(each.values.get(shape.named_by[-1], "")) or shape.name(each.values)
        owner = _text(each.values.get(shape.named_by[0], "")) if len(shape.named_by) > 1 else ""
        self.made.setdefault(register.entity, []).append(Option(new, called, owner, ""))
        rest = {
            n: _text(v) for n, v in each.values.items() if n in shape.edit and n not in shape.create
        } | late
        if rest:
            self._do_later(register.edit, rest, shape.id_field.name, new, each.line, at)
        if each.values.get(IN_USE) is False:
            self._turn(shape, new, each, at)

    def _parted(self, shape: _Shape, raw: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """What is given when a record is made, and what names others that are only made behind it."""
        late = {
            name
            for name, text in raw.items()
            if text
            and (spec := shape.create[name]).pick is not None
            and not spec.required
            and name in shape.edit
            and not self._there(spec.pick, text)
        }
        return (
            {n: t for n, t in raw.items() if n not in late},
            {n: t for n, t in raw.items() if n in late},
        )

    def _there(self, pick: str, text: str) -> bool:
        options: list[Option] = ask_view(self.world.reading, self.world.pickers[pick], "")
        return fold(text) in {fold(name) for _, name in _told_apart(options)}

    def _turn(self, shape: _Shape, row_id: int, each: Given, at: int) -> None:
        register = shape.register
        on = bool(each.values[IN_USE])
        name = register.on if on else register.off
        raw = {} if on else dict(register.off_with)
        self._do_later(name, raw, "", row_id, each.line, at)

    def _do_later(
        self, name: str, raw: Mapping[str, str], id_field: str, row_id: int, line: int, at: int
    ) -> None:
        """Once every record is there that the file makes."""
        command = self.setup.command(name)
        first = id_field or next(iter(command.model_fields))

        def make() -> Command | Refusal:
            made = build(command, {**raw, first: "#1"}, self.world)
            return made if isinstance(made, Refusal) else made.model_copy(update={first: row_id})

        self.later.append((line, make, at))

    def _add(self, command: Command | Refusal, line: int, at: int) -> None:
        if isinstance(command, Refusal):
            row = self.rows[at]
            self.rows[at] = replace(row, verdict=Verdict.ERROR, fields=command.fields, reason=command.reason)
            return
        self.commands.append(command)
        self.lines.append(line)


def _misfit(shape: _Shape, each: Given) -> Text | None:
    """Why a record's table cannot be read: a key that there is not, a value of another kind."""
    for name, value in each.values.items():
        if name == IN_USE and isinstance(value, bool):
            continue
        spec = shape.known.get(name)
        if spec is None:
            return Text("There is no key {key} in {list}.", {"key": name, "list": each.list})
        if isinstance(value, list) != spec.many or not isinstance(value, str | int | bool | list):
            return Text("{key} cannot be that: see how an export writes it.", {"key": name})
    return None if shape.name(each.values).strip() else Text("The name is missing: write it.")


def _typed(shape: _Shape, spec: FieldSpec, row: RegisterRow) -> str | None:
    """A field of a record as one would type it."""
    for told in (row.made, row.raw, row.beside):
        if spec.name in told:
            return told[spec.name]
    if spec.name in row.belongs:
        return f"#{row.belongs[spec.name]}"
    if row.labels.get(spec.name):
        return row.labels[spec.name]
    return "" if spec.name in shape.create and not spec.required else None


def _text(value: Any) -> str:
    """A value of a file as one would type it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list | tuple):
        return joined([str(each) for each in value])
    return str(value)


def _differs(one: Any, other: Any) -> bool:
    return _text(one).strip() != _text("" if other is None else other).strip()


def _told_apart(options: Sequence[Option]) -> Iterator[tuple[int, str]]:
    """What each is called: with what it is of where several have the name."""
    labels = [fold(each.label) for each in options]
    for each in options:
        of = each.hint if isinstance(each.hint, str) else ""
        yield each.value, f"{of}: {each.label}" if of and labels.count(fold(each.label)) > 1 else each.label
