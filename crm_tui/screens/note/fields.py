"""The fields of the parecer: what they are called, what they offer, and in which order one goes through them."""

from __future__ import annotations

from collections.abc import Mapping

from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.fields import Widget as Kind
from crm_tui.i18n import N_

ORDER = ("body", "result", "next_when", "next_action", "stage", "next_subject", "action", "medium")
"""What `tab` goes through: what is drawn above the text is reached last, because it is filled; what the next step is
about is asked after the stage, because it is seldom needed. (JOBS, order)"""

ANSWER = "answer-"
"""How the names of the fields begin in which a stage's question is answered, the place of the question behind it; no
field of a command has a hyphen."""

LABEL = 16
"""Cells of the label with which a row under the text begins: what is chosen there begins in one column."""

SPECS: Mapping[str, FieldSpec] = {
    "result": FieldSpec("result", N_("Result"), Kind.PICK, pick="results"),
    "next_when": FieldSpec("next_when", N_("When"), Kind.WHEN, hours=True),
    "next_action": FieldSpec("next_action", N_("Next step"), Kind.PICK, pick="actions"),
    "next_subject": FieldSpec("next_subject", N_("About"), Kind.LINE),
    "stage": FieldSpec("stage", N_("Stage"), Kind.PICK, pick="stages"),
    "action": FieldSpec("action", N_("Action"), Kind.PICK, pick="actions"),
    "medium": FieldSpec("medium", N_("Medium"), Kind.PICK, pick="mediums"),
}
