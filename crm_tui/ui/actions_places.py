"""The actions of places: lists, boards, grids and records, where a letter is a command.

Data only; see `ui.actions`. Labels have at most 14 characters and helps at most 30 cells, in both languages.
"""

from __future__ import annotations

from typing import Final

from crm_tui.i18n import C_, N_
from crm_tui.ui.action import Action, Scope

PLACES: Final[dict[str, Scope]] = {
    "app": Scope(
        C_("keys", "Everywhere"),
        (
            Action("app.help", "f1 ?", C_("key", "Help"), N_("the keys of this place"), priority=True),
            Action(
                "app.palette",
                "ctrl+p :",
                C_("key", "Commands"),
                N_("every action by its name"),
                vim=":",
                priority=True,
            ),
            Action("app.find", "ctrl+k", C_("key", "Find"), N_("find a person, card or text"), priority=True),
            Action("app.jump", "ctrl+o", C_("key", "Jump"), N_("jump to a pane or field"), priority=True),
            Action("app.quit", "ctrl+q", C_("key", "Quit"), N_("leave the program"), priority=True),
            Action("app.copy", "ctrl+c", C_("key", "Copy"), N_("copy the selected text")),
            Action("app.redraw", "ctrl+l", C_("key", "Redraw"), N_("draw the screen anew"), priority=True),
            Action("focus.next", "tab", C_("key", "Next field"), N_("to the next field or pane")),
            Action("focus.prev", "shift+tab", C_("key", "Prev. field"), N_("to the field or pane before")),
            Action("app.back", "escape ctrl+[", C_("key", "Back"), N_("one step back")),
        ),
    ),
    "place": Scope(
        C_("keys", "In every place"),
        (
            Action("mode.today", "1", C_("key", "Today"), N_("what is due today")),
            Action("mode.board", "2", C_("key", "Board"), N_("the boards")),
            Action("mode.agenda", "3", C_("key", "Agenda"), N_("the appointments")),
            Action("mode.people", "4", C_("key", "People"), N_("people and companies")),
            Action("mode.dash", "5", C_("key", "Dashboard"), N_("the numbers")),
            Action("mode.settings", ",", C_("key", "Settings"), N_("settings")),
            Action("nav.up", "up k", C_("key", "Up"), N_("one row up")),
            Action("nav.down", "down j", C_("key", "Down"), N_("one row down")),
            Action("nav.left", "left h", C_("key", "Left"), N_("one column left")),
            Action("nav.right", "right l", C_("key", "Right"), N_("one column right")),
            Action("nav.first", "g home", C_("key", "First"), N_("to the first row")),
            Action("nav.last", "G end", C_("key", "Last"), N_("to the last row")),
            Action("nav.page_up", "pageup", C_("key", "Page up"), N_("one page up"), vim="pageup ctrl+b"),
            Action(
                "nav.page_down",
                "pagedown",
                C_("key", "Page down"),
                N_("one page down"),
                vim="pagedown ctrl+f",
            ),
            Action("nav.half_up", "", C_("key", "Half up"), N_("half a page up"), vim="ctrl+u"),
            Action("nav.half_down", "", C_("key", "Half down"), N_("half a page down"), vim="ctrl+d"),
            Action("place.find", "f2", C_("key", "Find"), N_("find a person, card or text")),
            Action("place.back", "q", C_("key", "Back"), N_("one step back")),
            Action("place.reload", "r", C_("key", "Reload"), N_("read everything anew")),
            Action("place.history", "I", C_("key", "All history"), N_("what everybody did; a: actions")),
            Action("hist.undo", "u ctrl+z", C_("key", "Undo"), N_("undo my last change"), asks="undo_batch"),
            Action(
                "hist.redo",
                "U ctrl+y",
                C_("key", "Redo"),
                N_("do it again"),
                vim="U ctrl+r",
                asks="redo_batch",
            ),
            Action("view.filter", "/", C_("key", "Filter"), N_("filter while typing")),
            Action("view.dialog", "f", C_("key", "Filters…"), N_("build a filter")),
            Action("view.clear", "F", C_("key", "Clear filter"), N_("drop the filter")),
            Action("view.saved", "v", C_("key", "Views"), N_("saved views")),
            Action("view.arrange", "s", C_("key", "Arrange"), N_("sort, group, columns")),
            Action("view.columns", "", C_("key", "Columns…"), N_("which columns, in which order")),
            Action("view.export", "", C_("key", "Export…"), N_("this list as a file"), asks="note_export"),
            Action("sel.toggle", "space", C_("key", "Mark"), N_("mark and go down")),
            Action("sel.all", "*", C_("key", "Mark all"), N_("mark all shown")),
            Action("sel.range", "M", C_("key", "Mark to here"), N_("mark from the last to here")),
            Action("work.attend", "A", C_("key", "Attend"), N_("attend: the program chooses")),
            Action("work.drafts", "d", C_("key", "Drafts"), N_("notes to conclude")),
            Action("work.notices", "B", C_("key", "Notices"), N_("notices")),
            Action("new.here", "n", C_("key", "New"), N_("new one of this kind")),
            Action("new.any", "N", C_("key", "New…"), N_("new of any kind")),
        ),
        letters=True,
    ),
    "record": Scope(
        C_("keys", "The selected or marked record"),
        (
            Action("rec.open", "enter", C_("key", "Open"), N_("open")),
            Action(
                "rec.edit",
                "e",
                C_("key", "Edit"),
                N_("edit the data"),
                vim="e i",
                asks="edit_card edit_party",
            ),
            Action(
                "rec.cell",
                ";",
                C_("key", "Edit cell"),
                N_("one value of the row"),
                asks="edit_card edit_party",
            ),
            Action("rec.note", "p", C_("key", "Note"), N_("write a note"), asks="file_note"),
            Action(
                "rec.comment",
                "c",
                C_("key", "Comment"),
                N_("comment without a next step"),
                asks="add_comment",
            ),
            Action(
                "rec.schedule",
                "a",
                C_("key", "Schedule"),
                N_("schedule the next step"),
                asks="book_appointment",
            ),
            Action(
                "rec.redate", "R", C_("key", "Reschedule"), N_("another date for the step"), asks="redate"
            ),
            Action("rec.snooze", "z", C_("key", "Snooze"), N_("put off until a moment"), asks="snooze"),
            Action("rec.skip", "Z", C_("key", "Skip…"), N_("skip for today, and why"), asks="skip_contact"),
            Action("rec.free_days", "D", C_("key", "Free days"), N_("who is free, by day")),
            Action("rec.move", "m", C_("key", "Move"), N_("move to a stage"), asks="move_card"),
            Action(
                "rec.handover", "P", C_("key", "Hand over"), N_("hand over to somebody"), asks="hand_over"
            ),
            Action(
                "rec.labels", "E", C_("key", "Labels"), N_("put on or take off labels"), asks="set_labels"
            ),
            Action("rec.tasks", "t", C_("key", "Tasks"), N_("the tasks")),
            Action("rec.trail", "i", C_("key", "History"), N_("the history"), vim="T"),
            Action("rec.copy", "y", C_("key", "Copy…"), N_("copy phone, e-mail, link")),
            Action("rec.menu", "o", C_("key", "More actions"), N_("other actions")),
            Action("rec.won", "w", C_("key", "Won"), N_("won"), asks="win_card"),
            Action("rec.lost", "x", C_("key", "Lost"), N_("lost"), asks="lose_card"),
            Action("rec.next", "] ctrl+down", C_("key", "Next"), N_("next one of the list")),
            Action("rec.prev", "[ ctrl+up", C_("key", "Previous"), N_("previous one of the list")),
        ),
        letters=True,
    ),
    "board": Scope(
        C_("keys", "Board"),
        (
            Action("board.add", "+", C_("key", "Add card"), N_("add a card to this stage"), asks="new_card"),
            Action(
                "board.stage_next", "L", C_("key", "Stage forward"), N_("one stage forward"), asks="move_card"
            ),
            Action("board.stage_prev", "H", C_("key", "Stage back"), N_("one stage back"), asks="move_card"),
            Action(
                "board.card_down",
                "J",
                C_("key", "Card down"),
                N_("card down in its stage"),
                asks="order_card",
            ),
            Action("board.card_up", "K", C_("key", "Card up"), N_("card up in its stage"), asks="order_card"),
            Action("board.switch", "b", C_("key", "Boards"), N_("another board")),
            Action("board.fold", "-", C_("key", "Fold"), N_("fold or unfold the stage")),
            Action("board.times", "", C_("key", "Waits"), N_("where cards wait")),
        ),
        letters=True,
    ),
    "agenda": Scope(
        C_("keys", "Agenda"),
        (
            Action("agenda.prev", "pageup", C_("period", "Previous"), N_("period before"), context="period"),
            Action("agenda.next", "pagedown", C_("period", "Next"), N_("next period"), context="period"),
            Action("agenda.today", ".", C_("key", "Today"), N_("back to today")),
            Action("agenda.goto", "g", C_("key", "Go to date"), N_("go to a date")),
            Action("agenda.view", "s", C_("key", "Day, month…"), N_("day, week, month or list")),
            Action("agenda.who", "O", C_("key", "Who"), N_("whose agendas are shown")),
            Action("agenda.day_next", "L", C_("key", "Day later"), N_("appointment: a day later")),
            Action("agenda.day_prev", "H", C_("key", "Day earlier"), N_("appointment: a day earlier")),
            Action("agenda.later", "J", C_("key", "Later"), N_("appointment: 30 min later")),
            Action("agenda.earlier", "K", C_("key", "Earlier"), N_("appointment: 30 min earlier")),
            Action("agenda.longer", ">", C_("key", "Longer"), N_("appointment: 30 min longer")),
            Action("agenda.shorter", "<", C_("key", "Shorter"), N_("appointment: 30 min shorter")),
            Action("agenda.done", "w", C_("key", "Done"), N_("appointment: it was held")),
            Action("agenda.undone", "x", C_("key", "Not held"), N_("not held, cancel, delete")),
        ),
        letters=True,
        replaces=frozenset(
            {"nav.first", "nav.page_up", "nav.page_down", "view.arrange", "rec.won", "rec.lost"}
        ),
    ),
    "free": Scope(
        C_("keys", "Free days"),
        (
            Action("free.book", "enter", C_("key", "Schedule"), N_("schedule in this day")),
            Action("free.slot", "f5", C_("key", "First slot"), N_("first slot that is free")),
            Action("free.who", "O", C_("key", "Who"), N_("whose days are shown")),
            Action("free.longer", ">", C_("key", "Longer"), N_("look for a longer slot")),
            Action("free.shorter", "<", C_("key", "Shorter"), N_("look for a shorter slot")),
            Action("free.prev", "pageup", C_("period", "Previous"), N_("days before"), context="period"),
            Action("free.next", "pagedown", C_("period", "Next"), N_("next days"), context="period"),
            Action("free.today", ".", C_("key", "Today"), N_("back to today")),
            Action("free.goto", "g", C_("key", "Go to date"), N_("go to a date")),
        ),
        letters=True,
        replaces=frozenset({"nav.first", "nav.page_up", "nav.page_down"}),
    ),
    "card": Scope(
        C_("keys", "An opened card or person"),
        (
            Action("card.add", "+", C_("key", "Add"), N_("add to this tab")),
            Action("card.tick", "space", C_("key", "Tick"), N_("tick the task")),
            Action("card.down", "J", C_("key", "Move down"), N_("task further down")),
            Action("card.up", "K", C_("key", "Move up"), N_("task further up")),
            Action("card.remove", "f8 delete", C_("key", "Delete"), N_("delete what is chosen")),
        ),
        letters=True,
        replaces=frozenset({"sel.toggle"}),
    ),
    "ways": Scope(
        C_("keys", "Ways to reach a person"),
        (
            Action("wy.edit", "enter e", C_("key", "Edit"), N_("edit"), asks="edit_contact_point"),
            Action(
                "wy.first", "m", C_("key", "Main"), N_("the main one from now on"), asks="edit_contact_point"
            ),
            Action(
                "wy.wish",
                "x",
                C_("key", "Do not use"),
                N_("do not use, or use again"),
                asks="edit_contact_point",
            ),
            Action(
                "wy.remove", "f8 delete", C_("key", "Remove"), N_("remove it"), asks="remove_contact_point"
            ),
        ),
        letters=True,
    ),
    "consents": Scope(
        C_("keys", "Consents of a person"),
        (Action("co.revoke", "x", C_("key", "Withdraw"), N_("withdraw from now on"), asks="revoke_consent"),),
        letters=True,
    ),
    "columns": Scope(
        C_("keys", "Columns of a list"),
        (
            Action("col.down", "J", C_("key", "Move right"), N_("this column further right")),
            Action("col.up", "K", C_("key", "Move left"), N_("this column further left")),
            Action("col.usual", "f8", C_("key", "As usual"), N_("the usual columns")),
            Action("col.apply", "ctrl+s f2 enter", C_("key", "Apply"), N_("show these columns")),
        ),
        letters=True,
        replaces=frozenset({"place.find"}),
    ),
    "mapping": Scope(
        C_("keys", "Columns of a file"),
        (
            Action("map.field", "enter", C_("key", "Field"), N_("what this column means")),
            Action("map.how", "f5", C_("key", "Read as"), N_("read date or amount otherwise")),
            Action("map.blank", "f6", C_("key", "Blanks"), N_("what blank cells become")),
            Action("map.layout", "f4", C_("key", "Layout"), N_("read it by another layout")),
            Action("map.out", "f8 delete", C_("key", "Leave out"), N_("leave this column out")),
            Action("map.apply", "ctrl+s f2", C_("key", "Apply"), N_("read it so, keep the layout")),
        ),
        replaces=frozenset({"place.find"}),
    ),
    "settings": Scope(
        C_("keys", "Settings"),
        (
            Action("set.open", "enter", C_("key", "Open"), N_("open")),
            Action("set.edit", "e", C_("key", "Edit"), N_("edit"), vim="e i"),
            Action("set.down", "J", C_("key", "Move down"), N_("move down")),
            Action("set.up", "K", C_("key", "Move up"), N_("move up")),
            Action("set.off", "x", C_("key", "Take out"), N_("take out of use")),
            Action("set.trail", "i", C_("key", "History"), N_("the history"), vim="T"),
            Action("set.menu", "o", C_("key", "More actions"), N_("other actions")),
        ),
        letters=True,
    ),
}
