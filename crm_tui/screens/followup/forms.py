"""The forms of steps: reschedule one or many, put off, pass over, a task."""

from __future__ import annotations

from collections.abc import Sequence

from crm_tui.domain.subject import subject_of, subject_of_step
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.shell import Shell

Target = tuple[int, int | None, str]
"""Id, the version that was seen, and the name by which a refusal is told."""


def redate(shell: Shell, steps: Sequence[Target]) -> FormScreen:
    """*Remarcar*: one field in words; hours are kept where only a day is given. (JOBS 5)"""
    one = steps[0][2] if len(steps) == 1 else ""
    return FormScreen(
        "redate",
        heading=say_n("Reschedule {n} contact", "Reschedule {n} contacts", len(steps)),
        about=one,
        fields=("when",),
        targets=[{"activity": f"#{i}", "version": "" if v is None else str(v)} for i, v, _ in steps],
        names=[name for _, _, name in steps],
        subject=subject_of_step(steps[0][0]) if one else "many",
        done=say_n("{n} rescheduled", "{n} rescheduled", len(steps)),
    )


Aside = tuple[int, int | None, str]
"""A key of the queue (a card's id, or less than nought a step's), the version that was seen, and the name."""


def snooze(shell: Shell, contacts: Sequence[Aside]) -> FormScreen:
    """*Adiar*: until when in words, and why if one says so; of one that is put off an empty moment brings it back."""
    one = contacts[0] if len(contacts) == 1 else None
    return FormScreen(
        "snooze",
        heading=say_n("Put off {n} contact", "Put off {n} contacts", len(contacts)),
        about=one[2] if one is not None else "",
        fields=("until", "reason"),
        targets=[_named(key) | {"version": "" if v is None else str(v)} for key, v, _ in contacts],
        names=[name for _, _, name in contacts],
        subject=_subject(one[0]) if one is not None else "many",
        done=say_n("{n} put off", "{n} put off", len(contacts)),
    )


def skip(shell: Shell, key: int, name: str) -> FormScreen:
    """Why a contact is passed over for today."""
    return FormScreen(
        "skip_contact",
        heading=say(N_("Skip for today")),
        about=name,
        fields=("reason",),
        fixed=_named(key),
        subject=_subject(key),
        done=say(N_("{name} passed over for today"), name=name),
    )


def _named(key: int) -> dict[str, str]:
    return {"card": f"#{key}"} if key > 0 else {"activity": f"#{-key}"}


def _subject(key: int) -> str:
    return subject_of(key) if key > 0 else subject_of_step(-key)


def new_task(shell: Shell) -> FormScreen:
    """Something to do for a person on a day, without a card."""
    return FormScreen(
        "plan_step",
        heading=say(N_("New task")),
        fields=("party", "when", "subject", "action", "assignee", "internal_on"),
        done=say(N_("Step planned")),
        again={},
    )
