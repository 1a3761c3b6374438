"""The fields that cure a refusal by gates, in the form that was refused: each belongs to another command.

A gate says which command gives what it asks for (`domain.gate.Cure`); here that becomes fields, and what is typed in
them the commands that are saved together with the one that was refused. Knows the declarations, no rule.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from crm_tui.connectors import files
from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.form import FormAsked
from crm_tui.domain.form_read import days, judge
from crm_tui.domain.gate import Asked, Cure, Gate
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.i18n import N_, Text, language, say, text_n
from crm_tui.services.form import views as forms
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command

MARK = "cure-"
"""How the names of these fields begin; no field of a command has a hyphen."""
TASK = "tick_task"
"""The command of a task, which is called by its own words."""
FILE = "attach_file"
"""The command of a file's contents, for which its path is typed."""
ANSWERS = "answer_form"
"""The command whose fields are the questions of a form."""
SEEN = frozenset(("version", "revision", "seen"))
"""What a command says of the record as it was seen, and which record it is does not depend on."""


ROOM = 76
"""Cells of a screen on which there is room to say beside a field which stage asks for it."""


class AskedBy(Lines):
    """Which stage asks for a field, at the end of its row."""

    DEFAULT_CSS = "AskedBy { height: 1; }"
    GROUND = "raised"

    def __init__(self, stage: str) -> None:
        super().__init__()
        self.words = asked_by(stage)
        self.styles.width = min(22, cells(self.words)) + 3

    def draw(self, width: int, height: int) -> list[Any]:
        words = self.look.cut(self.words, width - 3)
        return [paint(self.look, [Run("  "), Run(words, "muted")], width, self.GROUND)]


def asked_by(stage: str) -> str:
    """The stage that asks."""
    return say(N_("{stage} asks"), stage=clean(stage))


Build = Callable[[str, Mapping[str, "str | bytes"]], "Command | Refusal"]
"""Reads the texts of a command's fields."""


@dataclass(frozen=True, slots=True)
class Cured:
    """One field: the command it belongs to, what that is about, which of its fields it is, and who asks for it; of a
    form's question the form as it was seen."""

    command: str
    about: tuple[tuple[str, int], ...]
    field: str
    spec: FieldSpec
    stage: str
    form: FormAsked | None = None

    @property
    def name(self) -> str:
        """How the form knows it: one field of one record once, however many gates ask for it."""
        about = "-".join(str(row) for name, row in self.about if name not in SEEN)
        return f"{MARK}{self.command}-{about}-{self.field}"


def kept(asked: Iterable[Asked]) -> list[Any]:
    """What is missing as it is parked with the form; `revived` brings it back."""
    return [[each.gate, [*each.cures]] for each in asked if not each.met]


def revived(parked: Sequence[Any]) -> tuple[Asked, ...]:
    """What was parked, read again: what it was met by is not kept. What cannot be read is asked for anew by whatever
    asked for it."""
    try:
        return tuple(
            Asked(
                Gate(*gate),
                met=False,
                cures=tuple(
                    Cure(name, _pairs(about), tuple(fields), label) for name, about, fields, label in cures
                ),
            )
            for gate, cures in parked
        )
    except (TypeError, ValueError):
        return ()


def _pairs(about: Sequence[Sequence[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((str(name), int(row)) for name, row in about)


def fields(shell: Shell, asked: Iterable[Asked], version: int | None) -> list[Cured]:
    """The fields of everything that is missing, in the order of the stages that ask; `version` is the one of the card
    that was seen when it was to go on."""
    return [
        cured
        for each in asked
        if not each.met
        for cure in each.cures
        for cured in (_questions if cure.command == ANSWERS else _fields)(shell, each.gate, cure, version)
    ]


def _questions(shell: Shell, gate: Gate, cure: Cure, _: int | None) -> list[Cured]:
    """The questions of a form that is to be answered, as they are asked now; none if it is gone meanwhile."""
    about = dict(cure.about)
    form: FormAsked | None = shell.crm.read(forms.asked, about["card"], about["form"])
    if form is None:
        return []
    known = (*cure.about, ("revision", form.revision), ("seen", form.seen))
    return [Cured(ANSWERS, known, q.key, q.spec, gate.stage, form) for q in form.questions]


def _fields(shell: Shell, gate: Gate, cure: Cure, version: int | None) -> list[Cured]:
    about = _about(cure, version)
    return [
        Cured(cure.command, about, spec.name, replace(spec, required=False), gate.stage)
        for spec in _specs(shell, cure)
    ]


def _about(cure: Cure, version: int | None) -> tuple[tuple[str, int], ...]:
    of_card = cure.command == "edit_card" and version is not None
    return (*cure.about, ("version", version or 0)) if of_card else cure.about


def _specs(shell: Shell, cure: Cure) -> list[FieldSpec]:
    from crm_tui.services.core.forms import specs

    declared = {spec.name: spec for spec in specs(shell.command(cure.command))}
    first, *more = (declared[name] for name in cure.fields)
    if cure.command == FILE:
        first = replace(first, label=N_("File"), widget=Kind.PATH, help=N_("path; tab completes it"))
    named = replace(first, label=cure.label or first.label, literal=cure.command == TASK)
    return [named, *more]


def commands(
    shell: Shell, cured: Sequence[Cured], raw: Mapping[str, str], build: Build
) -> list[tuple[Command, list[Cured]]] | Refusal:
    """The commands that the typed fields mean, each with the fields it came of; or why one of them means nothing. What
    was left empty asks for no command: the gate says once more that it is missing."""
    made: list[tuple[Command, list[Cured]]] = []
    for key, group in _grouped(cured).items():
        asked = shown(shell, group, raw)
        typed = {e.field: raw[e.name] for e in group if e.name in asked and raw.get(e.name, "").strip()}
        if not typed:
            continue
        command = _built(shell, key, typed, build)
        if isinstance(command, Refusal):
            return named(command, group)
        made.append((command, group))
    return made


def _grouped(cured: Sequence[Cured]) -> dict[tuple[str, tuple[tuple[str, int], ...]], list[Cured]]:
    found: dict[tuple[str, tuple[tuple[str, int], ...]], list[Cured]] = {}
    for each in cured:
        found.setdefault((each.command, each.about), []).append(each)
    return found


def _built(
    shell: Shell, key: tuple[str, tuple[tuple[str, int], ...]], typed: Mapping[str, str], build: Build
) -> Command | Refusal:
    name, about = key
    known: dict[str, Any] = {n: str(row) if n in SEEN else f"#{row}" for n, row in about}
    if name == ANSWERS:
        return build(name, {**known, "answers": json.dumps(typed, ensure_ascii=False)})
    if name == FILE:
        path = files.dropped(typed["content"])
        try:
            content = files.read(path, shell.crm.store.path)
        except files.FileFault as fault:
            return Refusal(fault.reason, RefusedBy.INPUT, ("content",))
        return build(name, {**known, "filename": path.name, "content": content})
    return build(name, {**known, **typed})


def shown(shell: Shell, cured: Sequence[Cured], raw: Mapping[str, str]) -> set[str]:
    """The fields that are asked for with the texts as they stand: of a form the questions that its answers call for."""
    asked = {each.name for each in cured}
    day = days(shell.crm.clock(), shell.crm.viewer.zone, shell.calendar, language())
    for (command, _), group in _grouped(cured).items():
        form = group[0].form
        if command == ANSWERS and form is not None:
            found = judge(form.questions, {each.field: raw.get(each.name, "") for each in group}, day).shown
            asked -= {each.name for each in group if each.field not in found}
    return asked


def revised(refusal: Refusal, group: Sequence[Cured]) -> bool:
    """Whether a form was revised or answered meanwhile, so that it must be shown anew."""
    return group[0].command == ANSWERS and bool({*refusal.fields} & SEEN)


ANEW = Text("What was missing has changed meanwhile: look at what is asked now, then save again.")
"""Said where `gone` holds and less is asked for than was shown."""


def gone(refusal: Refusal, group: Sequence[Cured]) -> bool:
    """Whether what a cure is about, a task or a form, was taken away meanwhile; not the card itself."""
    about = {name for name, _ in group[0].about} - SEEN - {"card"}
    return bool(about & {*refusal.fields})


def named(refusal: Refusal, group: Iterable[Cured]) -> Refusal:
    """A refusal of a curing command, with its fields as the form knows them."""
    names = tuple(each.name for each in group if not refusal.fields or each.field in refusal.fields)
    return replace(refusal, fields=names)


def told(asked: Sequence[Asked]) -> Text:
    """How much of what was asked is missing."""
    missing = sum(not each.met for each in asked)
    return text_n("{n} of {all} missing", "{n} of {all} missing", missing, all=len(asked))


def seen(cured: Cured, version: int) -> Cured:
    """The field of a record whose present version is known now: what is typed in it goes over a colleague's words."""
    about = tuple((name, version if name == "version" else row) for name, row in cured.about)
    return replace(cured, about=about)


def changed(conflict: Conflict, group: Iterable[Cured]) -> Refusal:
    """Why it is not done yet: somebody filled in meanwhile what was missing."""
    reason = Text(
        "{who} changed this while you wrote: look at it; saving once more goes over it.",
        {"who": conflict.who or Text("somebody")},
    )
    return Refusal(reason, fields=tuple(each.name for each in group))
