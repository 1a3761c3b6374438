"""What a stage asks for before a card goes on, and where it may lead."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.gate import GateKind, Moment
from crm_tui.store.tables.base import added, one_of, pk, ref, table_args, version


class StageGate(SQLModel, table=True):
    """A requirement of a stage. `form_id` is FORM's, `field` FIELD's. (E30-E40)"""

    __tablename__ = "stage_gate"
    __table_args__ = table_args(
        one_of("moment", Moment),
        one_of("kind", GateKind),
        sa.Index("ix_stage_gate_stage", "stage_id", "position", "id"),
        sa.Index("ix_stage_gate_form", "form_id", sqlite_where=sa.text("form_id IS NOT NULL")),
    )
    id: int | None = pk()
    stage_id: int = ref("stage.id", nullable=False)
    moment: str = Moment.LEAVE
    kind: str
    form_id: int | None = ref("form.id")
    field: str | None = None
    position: int = 0
    enabled: bool = added(True)
    version: int = version()


class StageTransition(SQLModel, table=True):
    """An answer to a stage's question: the stage, or the team, that it leads to. (B49-B51)"""

    __tablename__ = "stage_transition"
    __table_args__ = table_args(
        sa.UniqueConstraint("from_stage_id", "label"),
        sa.Index("ix_stage_transition_from", "from_stage_id", "position", "id"),
        sa.Index("ix_stage_transition_to", "to_stage_id"),
    )
    id: int | None = pk()
    from_stage_id: int = ref("stage.id", nullable=False)
    to_stage_id: int = ref("stage.id", nullable=False)
    label: str
    to_team_id: int | None = ref("team.id")
    requires_reason: bool = added(False)
    position: int = 0
    version: int = version()
