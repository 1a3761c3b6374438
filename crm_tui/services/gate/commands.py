"""What may be asked about gates: what a stage asks for, and the answers that lead on from it."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.fields import ShownIf
from crm_tui.domain.gate import FIELDS, GATE_KIND_NAMES, MOMENT_NAMES, GateKind, Moment
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version

_FIELD_CHOICES = tuple(FIELDS.items())


class AddGate(Command):
    """Let a stage ask for something before a card goes on. (E31, E32)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New requirement")

    stage: int = ask(N_("Stage"), pick="every_stage")
    kind: GateKind = ask(N_("What is needed"), choices=choices(GATE_KIND_NAMES))
    form: int | None = ask(
        N_("Form"), default=None, pick="forms", shown_if=ShownIf("kind", (GateKind.FORM.value,))
    )
    field: str = ask(
        N_("Field"), default="", choices=_FIELD_CHOICES, shown_if=ShownIf("kind", (GateKind.FIELD.value,))
    )
    moment: Moment = ask(N_("When"), default=Moment.LEAVE, choices=choices(MOMENT_NAMES))


class SetGate(Command):
    """Switch a requirement on or off; it keeps its place. (E32)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Requirement on or off")

    gate: int = ask(N_("Requirement"), pick="gates", hidden=True)
    on: bool = ask(N_("On"), default=True)
    version: int | None = seen_version()


class RemoveGate(Command):
    """Take a requirement off its stage."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Remove requirement")

    gate: int = ask(N_("Requirement"), pick="gates", hidden=True)


class MoveGate(Command):
    """Move a requirement up or down among its stage's."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Move requirement")

    gate: int = ask(N_("Requirement"), pick="gates", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class AddTransition(Command):
    """An answer to a stage's question, and the stage that it leads to. (B49-B52)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New answer")

    stage: int = ask(N_("Stage"), pick="stages")
    label: str = ask(N_("Answer"), max_length=60, help=N_("what came of it: sold, not sold"))
    to: int = ask(N_("Leads to"), pick="every_stage")
    team: int | None = ask(N_("Team"), default=None, pick="teams")
    requires_reason: bool = ask(N_("Asks why"), default=False)


class EditTransition(Command):
    """Change an answer; only what is given changes."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit answer")

    transition: int = ask(N_("Answer"), pick="transitions", hidden=True)
    label: str = ask(N_("Answer"), default="", max_length=60)
    to: int | None = ask(N_("Leads to"), default=None, pick="every_stage")
    team: int | None = ask(N_("Team"), default=None, pick="teams")
    requires_reason: bool = ask(N_("Asks why"), default=False)
    version: int | None = seen_version()


class RemoveTransition(Command):
    """Take an answer off its stage."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Remove answer")

    transition: int = ask(N_("Answer"), pick="transitions", hidden=True)


class MoveTransition(Command):
    """Move an answer up or down among its stage's: its place is its digit."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Move answer")

    transition: int = ask(N_("Answer"), pick="transitions", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)
