"""Every place of the program by name: a place is named to be gone to, so that screens need not import each other.

Adding a module's screens adds lines here; they are loaded when first opened.
"""

from __future__ import annotations

from crm_tui.i18n import N_
from crm_tui.screens.core.go import Where

PLACES: tuple[Where, ...] = (
    Where("today", "followup.today:TodayScreen", "1", N_("Today"), mode=True),
    Where("board", "board.board:BoardScreen", "2", N_("Board"), mode=True),
    Where("people", "party.people:PeopleScreen", "4", N_("People"), mode=True),
    Where("settings", "core.settings:SettingsScreen", mode=True),
    Where("card", "board.card:CardScreen"),
    Where("person", "party.person:PersonScreen"),
    Where("note", "note.editor:NoteEditor"),
    Where("draft", "core.resume:resume"),
    Where("drafts", "note.drafts:DraftsScreen"),
    Where("notices", "notice.notices:NoticesScreen"),
    Where("history", "trail.history:HistoryScreen"),
    Where("find", "core.find:FindScreen"),
    Where("palette", "core.palette:PaletteScreen"),
    Where("help", "core.help:HelpScreen"),
    Where("new", "core.menus:new_menu"),
    Where("copy", "core.menus:copy_menu"),
    Where("refusal", "core.questions:RefusalScreen"),
    Where("leave", "core.questions:LeaveScreen"),
    Where("form", "core.forms:FormScreen"),
    Where("new_card", "board.forms:new_card"),
    Where("quick_add", "board.quickadd:QuickAdd"),
    Where("edit_card", "board.forms:edit_card"),
    Where("move", "board.forms:move"),
    Where("hand_over", "board.forms:hand_over"),
    Where("win", "board.forms:win"),
    Where("lose", "board.forms:lose"),
    Where("delete_card", "board.forms:delete"),
    Where("base_card", "board.forms:base_card"),
    Where("card_menu", "board.menu:card_menu"),
    Where("labels", "label.choose:LabelsScreen"),
    Where("members", "label.choose:MembersScreen"),
    Where("to_board", "board.moves:to_board"),
    Where("to_customer", "board.moves:to_customer"),
    Where("to_service", "board.moves:to_service"),
    Where("stage_times", "board.waits:WaitsScreen"),
    Where("why_idle", "board.idle:why_idle"),
    Where("template_labels", "label.base_cards:TemplateLabelsScreen"),
    Where("template_members", "label.base_cards:TemplateMembersScreen"),
    Where("new_party", "party.forms:new_party"),
    Where("edit_party", "party.forms:edit_party"),
    Where("comment", "note.forms:comment"),
    Where("attach", "note.files:AttachScreen"),
    Where("save_copy", "note.files:SaveCopyScreen"),
    Where("file_menu", "note.files:file_menu"),
    Where("template_files", "note.base_files:template_files"),
    Where("template_attach", "note.base_files:TemplateAttach"),
    Where("redate", "followup.forms:redate"),
    Where("schedule", "followup.forms:schedule"),
    Where("new_task", "followup.forms:new_task"),
    Where("import", "intake.preview:ImportScreen"),
    Where("record_history", "core.record_history:record_history"),
    Where("start", "start.start:StartScreen"),
)
