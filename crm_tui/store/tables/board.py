"""Boards, stages, cards, and the time cards spent in each stage."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from crm_tui.domain.board import PAGE_SIZE, CardKind, CardStatus, ReopenMode, StageCategory
from crm_tui.domain.cadence import OwnerRule
from crm_tui.store.shapes import Undo
from crm_tui.store.tables.base import added, civil, instant, one_of, pk, ref, table_args, version, whole

LISTED = "status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL"
CLOSED = "status NOT IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL"


class Board(SQLModel, table=True):
    """A process: its stages and how its cards are numbered. `next_number` is taken inside the transaction.

    `restricted`: only its members see it; `page_size`: cards of a column that are shown at first (K39);
    `stale_held`: a next step that lies ahead holds the days without update; converted cards go on at
    `conversion_board_id`; `reopen_full`, `reopen_adjustment`: how its closed cards may be opened again.
    """

    __table_args__ = table_args(
        one_of("kind", CardKind), whole("page_size"), sa.UniqueConstraint("name"), derived=("next_number",)
    )
    id: int | None = pk()
    name: str
    kind: str
    color: str | None = None
    number_prefix: str
    next_number: int = 1
    position: int = 0
    archived_at: datetime | None = instant()
    version: int = version()
    restricted: bool = added(False)
    one_open_card_per_party: bool = added(False)
    stale_held: bool = added(False)
    page_size: int = added(PAGE_SIZE)
    conversion_board_id: int | None = ref("board.id")
    conversion_stage_id: int | None = ref("stage.id")
    reopen_full: bool = added(True)
    reopen_adjustment: bool = added(True)


class Stage(SQLModel, table=True):
    """A step of a board; the category is independent of the name.

    `expected_days`: working days that a card stays at most; `progress_pct`: how far it has come by being there;
    `owner_rule`: who answers for it meanwhile, named by user, profile or team. (E18-E24)
    `decision_required`: no note is filed there without an answer to its question. (B49)
    """

    __table_args__ = table_args(
        one_of("category", StageCategory),
        sa.Index("ix_stage_board", "board_id", "position"),
        whole("probability"),
        whole("stale_days"),
        whole("wip_limit"),
        whole("expected_days"),
        whole("progress_pct"),
        one_of("owner_rule", OwnerRule),
    )
    id: int | None = pk()
    board_id: int = ref("board.id", nullable=False)
    name: str
    position: int = 0
    category: str = StageCategory.OPEN
    color: str | None = None
    probability: int | None = None
    stale_days: int | None = None
    wip_limit: int | None = None
    archived_at: datetime | None = instant()
    version: int = version()
    expected_days: int | None = None
    progress_pct: int | None = None
    owner_rule: str = added(OwnerRule.SELLER.value)
    default_user_id: int | None = ref("user.id")
    profile_id: int | None = ref("profile.id")
    team_id: int | None = ref("team.id")
    decision_question: str | None = None
    decision_required: bool = added(False)


class BoardMember(SQLModel, table=True):
    """What one operator may do on a board besides what the profile allows. (K5, K13)"""

    __tablename__ = "board_member"
    __table_args__ = table_args(
        sa.UniqueConstraint("board_id", "user_id"), sa.Index("ix_board_member_user", "user_id")
    )
    id: int | None = pk()
    board_id: int = ref("board.id", nullable=False)
    user_id: int = ref("user.id", nullable=False)
    can_view: bool = True
    can_attend: bool = True
    can_manage: bool = False
    version: int = version()


class CardTemplate(SQLModel, table=True):
    """A base card: what new cards of a board may begin with; `payload` as `domain.template` says. (K14-K20)"""

    __tablename__ = "card_template"
    __table_args__ = table_args(sa.UniqueConstraint("board_id", "name"))
    id: int | None = pk()
    board_id: int = ref("board.id", nullable=False)
    name: str
    description: str | None = None
    payload: str = "{}"
    position: int = 0
    archived_at: datetime | None = instant()
    version: int = version()


class LossReason(SQLModel, table=True):
    __tablename__ = "loss_reason"
    __table_args__ = table_args(sa.UniqueConstraint("name"))
    id: int | None = pk()
    name: str
    requires_note: bool = False
    position: int = 0
    active: bool = True
    version: int = version()


class Card(SQLModel, table=True):
    """Lead, opportunity, ticket or delivery. `next_*` repeats the earliest planned activity (derived).

    `converted_at`: its prospect became a customer by it; `origin_card_id`: the card that it was made from,
    `journey_id` the first of that chain.
    """

    __table_args__ = table_args(
        one_of("kind", CardKind),
        one_of("status", CardStatus),
        one_of("reopen_mode", ReopenMode, nullable=True),
        whole("value_one_off"),
        whole("value_recurring"),
        whole("interest_level"),
        sa.UniqueConstraint("number"),
        sa.Index(
            "ix_card_owner_due",
            *("owner_id", "next_due_on", "next_start_at", "id", "next_internal_on"),
            sqlite_where=sa.text(LISTED),
        ),
        sa.Index(
            "ix_card_due",
            *("next_due_on", "next_start_at", "id", "next_internal_on", "owner_id"),
            sqlite_where=sa.text(LISTED),
        ),
        sa.Index("ix_card_owner_closed", "owner_id", "closed_on", "id", sqlite_where=sa.text(CLOSED)),
        sa.Index("ix_card_closed", "closed_on", "id", sqlite_where=sa.text(CLOSED)),
        sa.Index("ix_card_stage_rank", "stage_id", "rank", "id", sqlite_where=sa.text(LISTED)),
        sa.Index("ix_card_party", "party_id"),
        sa.Index("ix_card_contact", "contact_id", sqlite_where=sa.text("contact_id IS NOT NULL")),
        sa.Index("ix_card_title_key", "title_key"),
        sa.Index("ix_card_board", "board_id", "id"),
        sa.Index(
            "ix_card_archived",
            *("owner_id", "id"),
            sqlite_where=sa.text("archived_at IS NOT NULL AND deleted_at IS NULL"),
        ),
        sa.Index("ix_card_journey", "journey_id", sqlite_where=sa.text("journey_id IS NOT NULL")),
        sa.Index(
            "ix_card_stage_due",
            *("stage_due_on", "id", "stage_owner_id", "owner_id"),
            sqlite_where=sa.text(f"stage_due_on IS NOT NULL AND {LISTED}"),
        ),
        sa.Index(
            "ix_card_stage_owner",
            *("stage_owner_id", "id"),
            sqlite_where=sa.text(f"stage_owner_id IS NOT NULL AND {LISTED}"),
        ),
        sa.Index(
            "ix_card_stage_seller",
            *("owner_id", "id"),
            sqlite_where=sa.text(f"stage_owner_id IS NULL AND {LISTED}"),
        ),
        sa.Index("ix_card_referrer", "referrer_id", sqlite_where=sa.text("referrer_id IS NOT NULL")),
        sa.Index("ix_card_origin", "origin_card_id", sqlite_where=sa.text("origin_card_id IS NOT NULL")),
        derived=(
            *("next_activity_id", "next_due_on", "next_start_at", "next_internal_on"),
            *("last_touch_at", "last_touch_event_id", "title_key", "title_words"),
        ),
        ranked={"rank": "stage_id"},
        in_order=LISTED,
    )
    id: int | None = pk()
    number: str
    kind: str
    board_id: int = ref("board.id", nullable=False)
    stage_id: int = ref("stage.id", nullable=False)
    status: str = CardStatus.OPEN
    title: str
    title_key: str = ""
    description: str | None = None
    party_id: int | None = ref("party.id")
    contact_id: int | None = ref("party.id")
    owner_id: int | None = ref("user.id")
    team_id: int | None = ref("team.id")
    value_one_off: int = 0
    value_recurring: int = 0
    probability: int | None = None
    expected_close_on: date | None = civil()
    opened_at: datetime = instant(nullable=False)
    closed_on: date | None = civil()
    loss_reason_id: int | None = ref("loss_reason.id")
    loss_note: str | None = None
    reopen_mode: str | None = None
    reopened_at: datetime | None = instant()
    stage_due_on: date | None = civil()
    next_activity_id: int | None = None
    next_due_on: date | None = civil()
    next_start_at: datetime | None = instant()
    next_internal_on: date | None = civil()
    last_touch_at: datetime = instant(nullable=False)
    last_touch_event_id: int | None = None
    snoozed_until: datetime | None = instant()
    rank: str = ""
    archived_at: datetime | None = instant()
    deleted_at: datetime | None = instant()
    version: int = version()
    interest_level: int | None = None
    channel_id: int | None = ref("channel.id")
    converted_at: datetime | None = instant()
    origin_card_id: int | None = ref("card.id")
    journey_id: int | None = ref("card.id")
    title_words: str = added("")
    stage_owner_id: int | None = ref("user.id")
    offer_id: int | None = ref("offer.id")
    case_type_id: int | None = ref("case_type.id")
    medium_id: int | None = ref("contact_medium.id")
    referrer_id: int | None = ref("party.id")
    campaign_id: int | None = ref("campaign.id")
    media_id: int | None = ref("media_source.id")


class StageStat(SQLModel, table=True):
    """How many listed cards a stage holds and their cents, per owner (0: nobody) and status; by triggers."""

    __tablename__ = "stage_stat"
    __table_args__ = ({"info": {"undo": Undo.DERIVED, "derived": frozenset()}},)
    stage_id: int = Field(primary_key=True)
    owner_id: int = Field(primary_key=True)
    status: str = Field(primary_key=True)
    n: int
    total: int


class StageVisit(SQLModel, table=True):
    """A card's stay in a stage; one row per arrival."""

    __tablename__ = "stage_visit"
    __table_args__ = table_args(
        sa.Index("ix_stage_visit_card", "card_id", "id"),
        sa.Index("ix_stage_visit_stage", "stage_id", "left_at", "entered_at", "card_id"),
    )
    id: int | None = pk()
    card_id: int = ref("card.id", nullable=False)
    stage_id: int = ref("stage.id", nullable=False)
    entered_at: datetime = instant(nullable=False)
    left_at: datetime | None = instant()
    moved_by_id: int | None = ref("user.id")
    due_on: date | None = civil()
    owner_id: int | None = ref("user.id")
