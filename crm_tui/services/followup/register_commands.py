"""What may be asked about the registers by which an action is told: actions, results, details, mediums. (B4)"""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.activity import ACTION_KIND_NAMES, TONE_NAMES, ActionKind, Tone
from crm_tui.domain.campaign import NEXT_MODE_NAMES, NextMode
from crm_tui.domain.fields import ShownIf
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version

_BY_ITSELF = ShownIf("next_mode", (NextMode.AUTO.value,))


class AddAction(Command):
    """A new kind of action, at the end of the list. (T39)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New action")

    name: str = ask(N_("Name"), max_length=60)
    kind: ActionKind = ask(N_("Kind"), default=ActionKind.CALL, choices=choices(ACTION_KIND_NAMES))
    minutes: int | None = ask(
        N_("Minutes"), default=None, ge=1, le=1_440, help=N_("how long it usually takes")
    )


class EditAction(Command):
    """Change a kind of action; what was done so keeps it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit action")

    action: int = ask(N_("Action"), pick="every_action", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    kind: ActionKind = ask(N_("Kind"), default=ActionKind.CALL, choices=choices(ACTION_KIND_NAMES))
    minutes: int | None = ask(
        N_("Minutes"), default=None, ge=1, le=1_440, help=N_("how long it usually takes")
    )
    version: int | None = seen_version()


class MoveAction(Command):
    """Put a kind of action some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order action")

    action: int = ask(N_("Action"), pick="every_action", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateAction(Command):
    """Take a kind of action out of use; what was done or planned so keeps it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take action out of use")

    action: int = ask(N_("Action"), pick="every_action", hidden=True)


class ReactivateAction(Command):
    """Offer a kind of action again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put action back in use")

    action: int = ask(N_("Action"), pick="every_action", hidden=True)


class AddResult(Command):
    """A new way in which actions end, and what follows from it. (T40)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New result")

    name: str = ask(N_("Name"), max_length=60)
    tone: Tone = ask(N_("Tone"), default=Tone.NEUTRAL, choices=choices(TONE_NAMES))
    next_action: int | None = ask(N_("Next step"), default=None, pick="actions")
    next_mode: NextMode = ask(N_("What follows"), default=NextMode.NONE, choices=choices(NEXT_MODE_NAMES))
    delay_days: int = ask(N_("Days until then"), default=0, ge=0, le=3_650, shown_if=_BY_ITSELF)
    requires_detail: bool = ask(N_("Asks for its detail"), default=False)


class EditResult(Command):
    """Change a result; what ended so keeps it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit result")

    result: int = ask(N_("Result"), pick="every_result", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    tone: Tone = ask(N_("Tone"), default=Tone.NEUTRAL, choices=choices(TONE_NAMES))
    next_action: int | None = ask(N_("Next step"), default=None, pick="actions")
    next_mode: NextMode = ask(N_("What follows"), default=NextMode.NONE, choices=choices(NEXT_MODE_NAMES))
    delay_days: int = ask(N_("Days until then"), default=0, ge=0, le=3_650, shown_if=_BY_ITSELF)
    requires_detail: bool = ask(N_("Asks for its detail"), default=False)
    version: int | None = seen_version()


class MoveResult(Command):
    """Put a result some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order result")

    result: int = ask(N_("Result"), pick="every_result", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateResult(Command):
    """Take a result out of use; what ended so keeps it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take result out of use")

    result: int = ask(N_("Result"), pick="every_result", hidden=True)


class ReactivateResult(Command):
    """Offer a result again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put result back in use")

    result: int = ask(N_("Result"), pick="every_result", hidden=True)


class AddResultDetail(Command):
    """What may justify a result: “asked for time”. (T42)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New detail")

    result: int = ask(N_("Result"), pick="every_result")
    name: str = ask(N_("Name"), max_length=60)


class EditResultDetail(Command):
    """Call a detail something else."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit detail")

    result_detail: int = ask(N_("Detail"), pick="every_detail", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    version: int | None = seen_version()


class MoveResultDetail(Command):
    """Put a detail some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order detail")

    result_detail: int = ask(N_("Detail"), pick="every_detail", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateResultDetail(Command):
    """Take a detail out of use; what it justifies keeps it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take detail out of use")

    result_detail: int = ask(N_("Detail"), pick="every_detail", hidden=True)


class ReactivateResultDetail(Command):
    """Offer a detail again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put detail back in use")

    result_detail: int = ask(N_("Detail"), pick="every_detail", hidden=True)


class AddMedium(Command):
    """A new medium of contact. (T41)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New medium")

    name: str = ask(N_("Name"), max_length=60)


class EditMedium(Command):
    """Call a medium something else."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit medium")

    medium: int = ask(N_("Medium"), pick="every_medium", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    version: int | None = seen_version()


class MoveMedium(Command):
    """Put a medium some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order medium")

    medium: int = ask(N_("Medium"), pick="every_medium", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateMedium(Command):
    """Take a medium out of use; contacts by it keep it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take medium out of use")

    medium: int = ask(N_("Medium"), pick="every_medium", hidden=True)


class ReactivateMedium(Command):
    """Offer a medium again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put medium back in use")

    medium: int = ask(N_("Medium"), pick="every_medium", hidden=True)
