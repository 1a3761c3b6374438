"""Where a form of a card stands, in words: answered when and by whom, asked for by a stage, how far a script is."""

from __future__ import annotations

from datetime import datetime, tzinfo

from crm_tui.domain.form import FormOfCard
from crm_tui.domain.form_cycle import Cycle
from crm_tui.i18n import say, say_n
from crm_tui.ui.formats import stamp


def tally(given: int, asked: int) -> str:
    """How many of how many: `2 de 5`."""
    return say("{n} of {all}", n=given, all=asked)


def cycle_state(cycle: Cycle) -> str:
    """How far a sales script is answered: `2 de 5`, and whether required ones are missing."""
    told = tally(cycle.given, cycle.asked)
    if not cycle.missing:
        return told
    n = len(cycle.missing)
    return f"{told}, " + say_n("{n} required is missing", "{n} required are missing", n)


def form_state(form: FormOfCard, now: datetime, zone: tzinfo) -> str:
    """Where a form of a card stands: `respondido ter 10/11 14:02 por ana`, `pedido em Visita`, nothing yet."""
    if form.answered_at is not None:
        told = say(
            "answered {when} by {who}", when=stamp(form.answered_at, now, zone), who=form.answered_by or "—"
        )
        if form.answered_revision != form.revision:
            told = say("{told}, revision {n}", told=told, n=form.answered_revision)
        return told
    if form.wanted is not None:
        return say("asked for by {stage}", stage=form.wanted)
    return say("not answered yet")


def form_told(form: FormOfCard, now: datetime, zone: tzinfo) -> str:
    """The same, and of a sales script that is under way how far: `respondido … por ana, 2 de 5`."""
    state = form_state(form, now, zone)
    if form.answers and form.given < form.asked:
        return say("{told}, {far}", told=state, far=tally(form.given, form.asked))
    return state
