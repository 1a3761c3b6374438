"""Every table by the name of its class, for whoever writes rows: `ctx.rows.insert(Party, …)`.

The classes in the modules beside are the schema's: SQLModel owns columns, indexes and checks, and tests hold migrations
and files against them. Nothing that runs every day loads them, for SQLAlchemy, its mappers and seventy classes are a
third of the program's memory (measured). What the row writer needs of a table stands in `shapes.json`, which `declared`
writes and a test holds against the classes.
"""

from crm_tui.store.shapes import Table

__all__ = [
    "ActionType",
    "Activity",
    "ActivityAttendee",
    "ActivitySeries",
    "Address",
    "AgendaDay",
    "AgendaSlot",
    "Attachment",
    "Blob",
    "Board",
    "BoardMember",
    "CalendarException",
    "Campaign",
    "CampaignAction",
    "CampaignResult",
    "Card",
    "CardItem",
    "CardLabel",
    "CardMember",
    "CardTemplate",
    "CaseType",
    "Change",
    "Channel",
    "ChecklistItem",
    "Consent",
    "ContactMedium",
    "ContactPoint",
    "Draft",
    "DuplicateRule",
    "Event",
    "FieldDef",
    "FieldValue",
    "ForeignRef",
    "Form",
    "FormResponse",
    "ImportLayout",
    "Label",
    "Lease",
    "LocalHoliday",
    "LossReason",
    "MediaSource",
    "Meta",
    "NotSame",
    "Note",
    "Notice",
    "Offer",
    "OfferItem",
    "Outbox",
    "Party",
    "PartyClass",
    "PartyRelation",
    "Presence",
    "Profile",
    "ProfilePermission",
    "Request",
    "Result",
    "ResultDetail",
    "SavedFilter",
    "Setting",
    "Stage",
    "StageGate",
    "StageStat",
    "StageTransition",
    "StageVisit",
    "SupervisorOverride",
    "Team",
    "Template",
    "User",
    "WorkCalendar",
    "WorkHours",
]

ActionType = Table("action_type")
Activity = Table("activity")
ActivityAttendee = Table("activity_attendee")
ActivitySeries = Table("activity_series")
Address = Table("address")
AgendaDay = Table("agenda_day")
AgendaSlot = Table("agenda_slot")
Attachment = Table("attachment")
Blob = Table("blob")
Board = Table("board")
BoardMember = Table("board_member")
CalendarException = Table("calendar_exception")
Campaign = Table("campaign")
CampaignAction = Table("campaign_action")
CampaignResult = Table("campaign_result")
Card = Table("card")
CardItem = Table("card_item")
CardLabel = Table("card_label")
CardMember = Table("card_member")
CardTemplate = Table("card_template")
CaseType = Table("case_type")
Change = Table("change")
Channel = Table("channel")
ChecklistItem = Table("checklist_item")
Consent = Table("consent")
ContactMedium = Table("contact_medium")
ContactPoint = Table("contact_point")
Draft = Table("draft")
DuplicateRule = Table("duplicate_rule")
ImportLayout = Table("import_layout")
Event = Table("event")
FieldDef = Table("field_def")
FieldValue = Table("field_value")
ForeignRef = Table("foreign_ref")
Form = Table("form")
FormResponse = Table("form_response")
Label = Table("label")
Lease = Table("lease")
LocalHoliday = Table("local_holiday")
LossReason = Table("loss_reason")
MediaSource = Table("media_source")
Meta = Table("meta")
NotSame = Table("not_same")
Note = Table("note")
Notice = Table("notice")
Offer = Table("offer")
OfferItem = Table("offer_item")
Outbox = Table("outbox")
Party = Table("party")
PartyClass = Table("party_class")
PartyRelation = Table("party_relation")
Presence = Table("presence")
Profile = Table("profile")
ProfilePermission = Table("profile_permission")
Request = Table("request")
Result = Table("result")
ResultDetail = Table("result_detail")
SavedFilter = Table("saved_filter")
Setting = Table("setting")
Stage = Table("stage")
StageGate = Table("stage_gate")
StageStat = Table("stage_stat")
StageTransition = Table("stage_transition")
StageVisit = Table("stage_visit")
SupervisorOverride = Table("supervisor_override")
Team = Table("team")
Template = Table("template")
User = Table("user")
WorkCalendar = Table("work_calendar")
WorkHours = Table("work_hours")
