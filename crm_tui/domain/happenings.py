"""Every kind of event that the program can write, by its name in the trail.

Listed by hand, so that reading an old timeline needs no handler to be loaded; a test compares the list with
the classes that there are. Knows nothing of how a sentence is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crm_tui.domain.events.access import (
    CompanyChanged,
    PermissionSet,
    PinCleared,
    PinSet,
    ProfileAdded,
    ProfileDeactivated,
    ProfileEdited,
    ProfileReactivated,
    TeamAdded,
    TeamDeactivated,
    TeamEdited,
    TeamReactivated,
    UserAdded,
    UserDeactivated,
    UserEdited,
    UserReactivated,
)
from crm_tui.domain.events.activity import (
    ActivityCanceled,
    ActivityPlanned,
    ActivityRedated,
    ActivityTakenIn,
    StepEdited,
)
from crm_tui.domain.events.agenda import (
    AppointmentBooked,
    AppointmentCanceled,
    AppointmentDeleted,
    AppointmentEdited,
    AppointmentHeld,
    AppointmentMissed,
    AppointmentMoved,
    AppointmentRestored,
    AppointmentTakenIn,
    InvitationAnswered,
    SeriesBooked,
    SeriesContinued,
    SeriesEdited,
)
from crm_tui.domain.events.aside import (
    CardSkipped,
    CardSnoozed,
    CardWoken,
    StepSkipped,
    StepSnoozed,
    StepWoken,
)
from crm_tui.domain.events.board import (
    CardArchived,
    CardCopied,
    CardDeleted,
    CardDisplaced,
    CardEdited,
    CardFilled,
    CardHandedOver,
    CardLost,
    CardMoved,
    CardOpened,
    CardOrdered,
    CardReclosed,
    CardReopened,
    CardUnarchived,
    CardWon,
)
from crm_tui.domain.events.calendar import (
    CalendarAdded,
    CalendarDayAdded,
    CalendarDayEdited,
    CalendarDayRemoved,
    CalendarDeactivated,
    CalendarEdited,
    CalendarReactivated,
    HolidaysFilled,
    LeaveAdded,
    LeaveEdited,
    LeaveRemoved,
    LocalHolidayAdded,
    LocalHolidayDeactivated,
    LocalHolidayEdited,
    LocalHolidayReactivated,
)
from crm_tui.domain.events.campaign import (
    CampaignActionAdded,
    CampaignActionEdited,
    CampaignActionRemoved,
    CampaignAdded,
    CampaignDeactivated,
    CampaignEdited,
    CampaignReactivated,
    CampaignResultAdded,
    CampaignResultEdited,
    CampaignResultRemoved,
)
from crm_tui.domain.events.canned import (
    StandardTextAdded,
    StandardTextDeactivated,
    StandardTextEdited,
    StandardTextReactivated,
)
from crm_tui.domain.events.casetype import (
    CaseTypeAdded,
    CaseTypeDeactivated,
    CaseTypeEdited,
    CaseTypeReactivated,
)
from crm_tui.domain.events.channel import (
    ChannelAdded,
    ChannelDeactivated,
    ChannelEdited,
    ChannelReactivated,
)
from crm_tui.domain.events.contact import ContactAdded, ContactChosen, ContactEdited, ContactEnded
from crm_tui.domain.events.custody import BaseRestored
from crm_tui.domain.events.export import DataExported
from crm_tui.domain.events.filter import FilterDeleted, FilterEdited, FilterSaved
from crm_tui.domain.events.form import (
    FormAdded,
    FormAnswered,
    FormAnsweredAgain,
    FormDeactivated,
    FormEdited,
    FormReactivated,
    QuestionAdded,
    QuestionEdited,
    QuestionMoved,
    QuestionRemoved,
)
from crm_tui.domain.events.gate import (
    GateAdded,
    GateRemoved,
    GatesOrdered,
    GateSwitchedOff,
    GateSwitchedOn,
    TransitionAdded,
    TransitionEdited,
    TransitionRemoved,
)
from crm_tui.domain.events.intake import (
    ImportLayoutAdded,
    ImportLayoutDeactivated,
    ImportLayoutEdited,
    ImportLayoutReactivated,
)
from crm_tui.domain.events.label import (
    CardLabelled,
    LabelAdded,
    LabelEdited,
    LabelRestored,
    LabelRetired,
    MembersChanged,
    TaskAdded,
    TaskDeleted,
    TaskDone,
    TaskEdited,
    TaskOrdered,
    TaskReopened,
)
from crm_tui.domain.events.loss import (
    LossReasonAdded,
    LossReasonDeactivated,
    LossReasonEdited,
    LossReasonReactivated,
)
from crm_tui.domain.events.media import (
    MediaSourceAdded,
    MediaSourceDeactivated,
    MediaSourceEdited,
    MediaSourceReactivated,
)
from crm_tui.domain.events.moving import (
    CardCameOf,
    CardConverted,
    CardSent,
    CardServed,
    CardWentOn,
    LabelsLeft,
)
from crm_tui.domain.events.note import (
    AttendanceTakenIn,
    CardRouted,
    CommentAdded,
    Decided,
    FileAttached,
    FileRemoved,
    NoteAmended,
    NoteFiled,
    NoteTakenIn,
    NoteVoided,
)
from crm_tui.domain.events.offer import (
    CardItemAdded,
    CardItemEdited,
    CardItemRemoved,
    OfferAdded,
    OfferDeactivated,
    OfferEdited,
    OfferItemAdded,
    OfferItemDeactivated,
    OfferItemEdited,
    OfferItemMoved,
    OfferItemReactivated,
    OfferReactivated,
)
from crm_tui.domain.events.once import (
    DuplicateRuleAdded,
    DuplicateRuleDeactivated,
    DuplicateRuleEdited,
    DuplicateRuleReactivated,
    PartyMerged,
    ToldApart,
)
from crm_tui.domain.events.party import (
    AddressAdded,
    AddressChosen,
    AddressEdited,
    AddressRemoved,
    ConsentGranted,
    ConsentRevoked,
    PartyAdded,
    PartyDeleted,
    PartyEdited,
    PartyUnwon,
    PartyWon,
    PointAdded,
    PointChosen,
    PointEdited,
    PointRemoved,
    PointUnwished,
    PointWished,
)
from crm_tui.domain.events.partyclass import (
    PartyClassAdded,
    PartyClassDeactivated,
    PartyClassEdited,
    PartyClassReactivated,
)
from crm_tui.domain.events.registers import (
    ActionAdded,
    ActionDeactivated,
    ActionEdited,
    ActionReactivated,
    MediumAdded,
    MediumDeactivated,
    MediumEdited,
    MediumReactivated,
    ResultAdded,
    ResultDeactivated,
    ResultDetailAdded,
    ResultDetailDeactivated,
    ResultDetailEdited,
    ResultDetailReactivated,
    ResultEdited,
    ResultReactivated,
)
from crm_tui.domain.events.setup import (
    BoardAdded,
    BoardArchived,
    BoardEdited,
    BoardOpenedUp,
    BoardRestricted,
    BoardUnarchived,
    MemberAttends,
    MemberLeft,
    MemberManages,
    MemberViews,
    StageAdded,
    StageArchived,
    StageEdited,
    TemplateAdded,
    TemplateArchived,
    TemplateEdited,
    TemplateFileAdded,
    TemplateFileRemoved,
    TemplateUnarchived,
)
from crm_tui.domain.happened import Happened
from crm_tui.domain.trail import Redone, Undone

HAPPENINGS: Final[tuple[type[Happened], ...]] = (
    *(UserAdded, UserEdited, UserDeactivated, UserReactivated, PinSet, PinCleared),
    CompanyChanged,
    *(TeamAdded, TeamEdited, TeamDeactivated, TeamReactivated),
    *(ProfileAdded, ProfileEdited, PermissionSet, ProfileDeactivated, ProfileReactivated),
    *(CalendarAdded, CalendarEdited, CalendarDeactivated, CalendarReactivated, HolidaysFilled),
    *(CalendarDayAdded, CalendarDayEdited, CalendarDayRemoved, LeaveAdded, LeaveEdited, LeaveRemoved),
    *(LocalHolidayAdded, LocalHolidayEdited, LocalHolidayDeactivated, LocalHolidayReactivated),
    *(ContactAdded, ContactEdited, ContactChosen, ContactEnded),
    *(PartyAdded, PartyEdited, PartyWon, PartyUnwon, PartyDeleted),
    *(PointAdded, PointEdited, PointChosen, PointUnwished, PointWished, PointRemoved),
    *(AddressAdded, AddressEdited, AddressChosen, AddressRemoved),
    *(ConsentGranted, ConsentRevoked),
    *(ImportLayoutAdded, ImportLayoutEdited, ImportLayoutDeactivated, ImportLayoutReactivated),
    *(DuplicateRuleAdded, DuplicateRuleEdited, DuplicateRuleDeactivated, DuplicateRuleReactivated),
    *(PartyMerged, ToldApart),
    *(BoardAdded, BoardEdited, StageAdded, StageEdited, StageArchived),
    *(BoardArchived, BoardUnarchived, BoardRestricted, BoardOpenedUp),
    *(MemberViews, MemberAttends, MemberManages, MemberLeft),
    *(TemplateAdded, TemplateEdited, TemplateArchived, TemplateUnarchived),
    *(TemplateFileAdded, TemplateFileRemoved),
    *(CardOpened, CardFilled, CardCopied, CardEdited, CardMoved, CardDisplaced, CardOrdered),
    *(CardHandedOver, CardWon, CardLost, CardArchived, CardUnarchived, CardDeleted),
    *(CardReopened, CardReclosed),
    *(LossReasonAdded, LossReasonEdited, LossReasonDeactivated, LossReasonReactivated),
    *(CardSent, LabelsLeft, CardConverted, CardServed, CardWentOn, CardCameOf),
    *(ChannelAdded, ChannelEdited, ChannelDeactivated, ChannelReactivated),
    *(PartyClassAdded, PartyClassEdited, PartyClassDeactivated, PartyClassReactivated),
    *(MediaSourceAdded, MediaSourceEdited, MediaSourceDeactivated, MediaSourceReactivated),
    *(CaseTypeAdded, CaseTypeEdited, CaseTypeDeactivated, CaseTypeReactivated),
    *(StandardTextAdded, StandardTextEdited, StandardTextDeactivated, StandardTextReactivated),
    *(OfferAdded, OfferEdited, OfferDeactivated, OfferReactivated),
    *(OfferItemAdded, OfferItemEdited, OfferItemMoved, OfferItemDeactivated, OfferItemReactivated),
    *(CardItemAdded, CardItemEdited, CardItemRemoved),
    *(ActivityPlanned, ActivityRedated, ActivityCanceled, ActivityTakenIn, StepEdited),
    *(AppointmentBooked, AppointmentMoved, AppointmentEdited, AppointmentHeld, AppointmentMissed),
    *(AppointmentCanceled, AppointmentDeleted, AppointmentRestored, InvitationAnswered),
    AppointmentTakenIn,
    *(SeriesBooked, SeriesContinued, SeriesEdited),
    *(CardSnoozed, CardWoken, CardSkipped, StepSnoozed, StepWoken, StepSkipped),
    *(NoteFiled, NoteAmended, NoteVoided, Decided, CardRouted, CommentAdded, FileAttached, FileRemoved),
    *(NoteTakenIn, AttendanceTakenIn),
    *(
        ActionAdded,
        ActionDeactivated,
        ActionEdited,
        ActionReactivated,
        MediumAdded,
        MediumDeactivated,
        MediumEdited,
        MediumReactivated,
        ResultAdded,
        ResultDeactivated,
        ResultEdited,
        ResultReactivated,
        ResultDetailAdded,
        ResultDetailDeactivated,
        ResultDetailEdited,
        ResultDetailReactivated,
    ),
    *(
        CampaignAdded,
        CampaignDeactivated,
        CampaignEdited,
        CampaignReactivated,
        CampaignActionAdded,
        CampaignActionEdited,
        CampaignActionRemoved,
        CampaignResultAdded,
        CampaignResultEdited,
        CampaignResultRemoved,
    ),
    *(LabelAdded, LabelEdited, LabelRetired, LabelRestored, CardLabelled, MembersChanged),
    *(TaskAdded, TaskEdited, TaskDone, TaskReopened, TaskDeleted, TaskOrdered),
    *(GateAdded, GateSwitchedOn, GateSwitchedOff, GateRemoved, GatesOrdered),
    *(TransitionAdded, TransitionEdited, TransitionRemoved),
    *(FormAdded, FormEdited, FormDeactivated, FormReactivated, FormAnswered, FormAnsweredAgain),
    *(QuestionAdded, QuestionEdited, QuestionMoved, QuestionRemoved),
    *(DataExported, BaseRestored),
    *(FilterSaved, FilterEdited, FilterDeleted),
    *(Undone, Redone),
)

BY_KIND: Final[Mapping[str, type[Happened]]] = {happened.kind: happened for happened in HAPPENINGS}
"""The class of each kind of event."""

NOT_UNDONE: Final = tuple(happened.kind for happened in HAPPENINGS if not happened.undoable)
"""Kinds of event behind which there is nothing to put back."""
