"""What may be asked about boards, their stages, and who takes part in them."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import RIGHT_NAMES, SET_UP, BoardRight
from crm_tui.domain.board import CATEGORY_NAMES, KIND_NAMES, PAGE_SIZE, CardKind, StageCategory
from crm_tui.domain.cadence import OWNER_RULE_NAMES, OwnerRule
from crm_tui.domain.fields import ShownIf
from crm_tui.domain.hue import HUE_NAMES, Hue
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version


class AddBoard(Command):
    """A new board. (K4, K6)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New board")

    name: str = ask(N_("Name"), max_length=60)
    kind: CardKind = ask(N_("Kind of card"), default=CardKind.OPPORTUNITY, choices=choices(KIND_NAMES))
    number_prefix: str = ask(
        N_("Number prefix"), max_length=4, help=N_("one to four letters: OP makes OP-0001")
    )
    color: Hue | None = ask(N_("Colour"), default=None, choices=choices(HUE_NAMES))


class EditBoard(Command):
    """Change a board's settings; only those that are given change. (K5, K11, K21, K39, K55, E58)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit board")

    board: int = ask(N_("Board"), pick="boards", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    number_prefix: str = ask(N_("Number prefix"), default="", max_length=4)
    color: Hue | None = ask(N_("Colour"), default=None, choices=choices(HUE_NAMES))
    restricted: bool = ask(N_("Only for members"), default=False)
    page_size: int = ask(N_("Cards per column"), default=PAGE_SIZE, help=N_("10, 20, 50, 100 or 500"))
    one_open_card_per_party: bool = ask(N_("One open per person"), default=False)
    stale_held: bool = ask(N_("Idle only if no step"), default=False)
    conversion_board: int | None = ask(N_("Converts into"), default=None, pick="boards")
    conversion_stage: int | None = ask(N_("In the stage"), default=None, pick="stages")
    reopen_full: bool = ask(N_("Reopen in full"), default=True)
    reopen_adjustment: bool = ask(N_("Reopen to adjust"), default=True)
    version: int | None = seen_version()


class MoveBoard(Command):
    """Move a board up or down among the others."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Move board")

    board: int = ask(N_("Board"), pick="boards", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class ArchiveBoard(Command):
    """Take a board out of use; it must hold no open card. Its past stays."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Archive board")

    board: int = ask(N_("Board"), pick="boards", hidden=True)


class UnarchiveBoard(Command):
    """Take a board into use again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Bring board back")

    board: int = ask(N_("Board"), pick="archived_boards", hidden=True)


class AddStage(Command):
    """A new stage at the end of a board. (K7, M37)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New stage")

    board: int = ask(N_("Board"), pick="boards")
    name: str = ask(N_("Name"), max_length=40)
    category: StageCategory = ask(N_("Category"), default=StageCategory.OPEN, choices=choices(CATEGORY_NAMES))
    color: Hue | None = ask(N_("Colour"), default=None, choices=choices(HUE_NAMES))
    probability: int | None = ask(N_("Chance %"), default=None, ge=0, le=100)
    expected_days: int | None = ask(
        N_("Working days"), default=None, ge=0, le=365, help=N_("how long a card may stay")
    )
    owner_rule: OwnerRule = ask(
        N_("Who answers"), default=OwnerRule.SELLER, choices=choices(OWNER_RULE_NAMES)
    )
    default_user: int | None = ask(
        N_("Operator"), default=None, pick="users", shown_if=ShownIf("owner_rule", (OwnerRule.USER.value,))
    )
    profile: int | None = ask(
        N_("Profile"), default=None, pick="profiles", shown_if=ShownIf("owner_rule", (OwnerRule.ROLE.value,))
    )
    team: int | None = ask(
        N_("Team"), default=None, pick="teams", shown_if=ShownIf("owner_rule", (OwnerRule.TEAM.value,))
    )
    question: str = ask(N_("Question"), default="", max_length=120, help=N_("what is decided here: sold?"))
    question_required: bool = ask(
        N_("Answer required"), default=False, help=N_("no note is filed here without it")
    )
    stale_days: int | None = ask(N_("Stale after days"), default=None, ge=1, le=999)
    wip_limit: int | None = ask(N_("Limit of cards"), default=None, ge=1, le=999)
    progress_pct: int | None = ask(N_("Progress %"), default=None, ge=0, le=100)


class EditStage(Command):
    """Change a stage; its category is independent of its name. (K8, K11)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit stage")

    stage: int = ask(N_("Stage"), pick="stages", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=40)
    category: StageCategory = ask(N_("Category"), default=StageCategory.OPEN, choices=choices(CATEGORY_NAMES))
    color: Hue | None = ask(N_("Colour"), default=None, choices=choices(HUE_NAMES))
    probability: int | None = ask(N_("Chance %"), default=None, ge=0, le=100)
    expected_days: int | None = ask(
        N_("Working days"), default=None, ge=0, le=365, help=N_("how long a card may stay")
    )
    owner_rule: OwnerRule = ask(
        N_("Who answers"), default=OwnerRule.SELLER, choices=choices(OWNER_RULE_NAMES)
    )
    default_user: int | None = ask(
        N_("Operator"), default=None, pick="users", shown_if=ShownIf("owner_rule", (OwnerRule.USER.value,))
    )
    profile: int | None = ask(
        N_("Profile"), default=None, pick="profiles", shown_if=ShownIf("owner_rule", (OwnerRule.ROLE.value,))
    )
    team: int | None = ask(
        N_("Team"), default=None, pick="teams", shown_if=ShownIf("owner_rule", (OwnerRule.TEAM.value,))
    )
    question: str = ask(N_("Question"), default="", max_length=120, help=N_("what is decided here: sold?"))
    question_required: bool = ask(
        N_("Answer required"), default=False, help=N_("no note is filed here without it")
    )
    stale_days: int | None = ask(N_("Stale after days"), default=None, ge=1, le=999)
    wip_limit: int | None = ask(N_("Limit of cards"), default=None, ge=1, le=999)
    progress_pct: int | None = ask(N_("Progress %"), default=None, ge=0, le=100)
    version: int | None = seen_version()


class MoveStage(Command):
    """Move a stage up or down among its board's."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Move stage")

    stage: int = ask(N_("Stage"), pick="stages", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class ArchiveStage(Command):
    """Remove a stage; if it holds cards, they need a stage to go to."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Remove stage")

    stage: int = ask(N_("Stage"), pick="stages", hidden=True)
    cards_to: int | None = ask(N_("Its cards go to"), default=None, pick="stages")


class SetBoardMember(Command):
    """What one operator may do on a board while it is only for members; `out` takes them off. (K5, K13, K53, K54)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Member of a board")

    board: int = ask(N_("Board"), pick="boards")
    user: int = ask(N_("User"), pick="users")
    may: BoardRight = ask(N_("May"), default=BoardRight.ATTEND, choices=choices(RIGHT_NAMES))
