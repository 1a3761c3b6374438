"""What is put on cards by hand: labels, members, a checklist."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.hue import Hue
from crm_tui.store.tables.base import instant, one_of, pk, ref, table_args, version


class Label(SQLModel, table=True):
    """A word with a colour; without a board it is for all of them. (K12)"""

    __table_args__ = table_args(one_of("color", Hue), sa.Index("ix_label_board", "board_id", "position"))
    id: int | None = pk()
    board_id: int | None = ref("board.id")
    name: str
    color: str
    position: int = 0
    active: bool = True
    version: int = version()


class CardLabel(SQLModel, table=True):
    """A label on a card. (K25)"""

    __tablename__ = "card_label"
    __table_args__ = table_args(
        sa.UniqueConstraint("card_id", "label_id"), sa.Index("ix_card_label_label", "label_id", "card_id")
    )
    id: int | None = pk()
    card_id: int = ref("card.id", nullable=False)
    label_id: int = ref("label.id", nullable=False)


class CardMember(SQLModel, table=True):
    """An operator who takes part in a card besides its owner. (K26)"""

    __tablename__ = "card_member"
    __table_args__ = table_args(
        sa.UniqueConstraint("card_id", "user_id"), sa.Index("ix_card_member_user", "user_id", "card_id")
    )
    id: int | None = pk()
    card_id: int = ref("card.id", nullable=False)
    user_id: int = ref("user.id", nullable=False)


class ChecklistItem(SQLModel, table=True):
    """A task of a card, ticked off or open; what is dated is an `Activity`. (K30, K44)"""

    __tablename__ = "checklist_item"
    __table_args__ = table_args(sa.Index("ix_checklist_item_card", "card_id", "position", "id"))
    id: int | None = pk()
    card_id: int = ref("card.id", nullable=False)
    text: str
    position: int = 0
    done_at: datetime | None = instant()
    done_by_id: int | None = ref("user.id")
    version: int = version()
