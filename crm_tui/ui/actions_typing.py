"""The actions of editors, forms, pickers and dialogs: what is alive while one types or answers.

Data only; see `ui.actions`. Labels have at most 14 characters and helps at most 30 cells, in both languages.
"""

from __future__ import annotations

from typing import Final

from crm_tui.i18n import C_, N_
from crm_tui.ui.action import Action, Scope

TYPING: Final[dict[str, Scope]] = {
    "editor": Scope(
        C_("keys", "Note editor"),
        (
            Action("ed.save", "ctrl+s f2", C_("key", "File"), N_("file the note"), priority=True),
            Action(
                "ed.save_next",
                "ctrl+n f3",
                C_("key", "File & next"),
                N_("file and go to the next one"),
                priority=True,
            ),
            Action("ed.fill", "f4", C_("key", "Fill in"), N_("fill in what is missing"), priority=True),
            Action("ed.agenda", "f5", C_("key", "Free days"), N_("who is free, by day")),
            Action("ed.park", "f6", C_("key", "Park"), N_("leave it to conclude later"), priority=True),
            Action("ed.history", "f7", C_("key", "History"), N_("what was said before"), priority=True),
            Action("ed.data", "f8", C_("key", "Details"), N_("the record's data"), priority=True),
            Action("ed.texts", "f9", C_("key", "Texts"), N_("standard texts"), priority=True),
            Action("ed.attach", "ctrl+t", C_("key", "Attach"), N_("attach a file"), priority=True),
            Action("ed.more", "ctrl+g", C_("key", "More…"), N_("more fields, tasks, people"), priority=True),
            Action("ed.leave", "escape ctrl+[", C_("key", "Leave, park"), N_("leave; the text is kept")),
        ),
    ),
    "text": Scope(
        C_("keys", "In every text field"),
        (
            Action("text.undo", "ctrl+z", C_("key", "Undo typing"), N_("undo in this text")),
            Action("text.redo", "ctrl+y", C_("key", "Redo typing"), N_("redo in this text")),
        ),
    ),
    "form": Scope(
        C_("keys", "Forms"),
        (
            Action("form.save", "ctrl+s f2", C_("key", "Save"), N_("save"), priority=True),
            Action(
                "form.save_new",
                "ctrl+n f3",
                C_("key", "Save & new"),
                N_("save and begin another"),
                priority=True,
            ),
            Action("form.pick", "f4", C_("key", "Choose"), N_("choose from the list"), priority=True),
            Action("form.slot", "f5", C_("key", "First slot"), N_("first slot that is free")),
            Action(
                "form.drop", "f8", C_("key", "Discard"), N_("discard the draft, once sure"), priority=True
            ),
            Action("form.guide", "f9", C_("key", "Variables"), N_("what a text fills in"), priority=True),
            Action("form.next", "enter down", C_("key", "Next field"), N_("to the next field")),
            Action("form.prev", "up", C_("key", "Prev. field"), N_("to the field before")),
            Action(
                "form.leave", "escape ctrl+[", C_("key", "Leave (kept)"), N_("leave; what is typed is kept")
            ),
        ),
    ),
    "quick": Scope(
        C_("keys", "Quick add"),
        (
            Action("quick.add", "enter", C_("key", "Add card"), N_("add it and begin another")),
            Action(
                "quick.again",
                "ctrl+n f3",
                C_("key", "Save & new"),
                N_("add it and begin another"),
                priority=True,
            ),
            Action("quick.save", "ctrl+s f2", C_("key", "Add, close"), N_("add it and close"), priority=True),
            Action("quick.known", "tab", C_("key", "Known person"), N_("take who is known already")),
            Action("quick.base", "f4", C_("key", "Base card"), N_("begin from a base card"), priority=True),
            Action("quick.leave", "escape ctrl+[", C_("key", "End"), N_("end; what is typed is kept")),
        ),
    ),
    "picker": Scope(
        C_("keys", "Pickers"),
        (
            Action("pick.up", "up", C_("key", "Up"), N_("one row up"), vim="up ctrl+p"),
            Action("pick.down", "down", C_("key", "Down"), N_("one row down"), vim="down ctrl+n"),
            Action("pick.accept", "enter", C_("key", "Choose"), N_("choose this one")),
            Action("pick.accept_next", "tab", C_("key", "Accept"), N_("accept and go on")),
            Action("pick.digit", "1 2 3 4 5 6 7 8 9", C_("key", "By number"), N_("choose by its number")),
            Action("pick.mark", "space", C_("key", "Mark"), N_("mark this one")),
            Action("pick.actions", "f4", C_("key", "Actions"), N_("what can be done with it")),
            Action("pick.save_view", "f2", C_("key", "Save view"), N_("save as a view")),
            Action("pick.remove", "f8", C_("key", "Delete"), N_("delete this one")),
            Action("pick.unchip", "backspace", C_("key", "Drop last"), N_("drop the last chosen one")),
            Action("pick.cancel", "escape ctrl+[", C_("key", "Close"), N_("close without choosing")),
        ),
    ),
    "choose": Scope(
        C_("keys", "Choosing several"),
        (Action("choose.save", "ctrl+s f2", C_("key", "Save"), N_("save what was chosen"), priority=True),),
        replaces=frozenset({"pick.save_view"}),
    ),
    "texts": Scope(
        C_("keys", "Standard texts"),
        (Action("tx.variables", "f9", C_("key", "Variables"), N_("what a text fills in"), priority=True),),
    ),
    "whenfield": Scope(
        C_("keys", "The date field"),
        (Action("when.open", "down", C_("key", "See days"), N_("open the days")),),
        replaces=frozenset({"form.next"}),
    ),
    "when": Scope(
        C_("keys", "The days of the date field"),
        (
            Action("when.left", "left", C_("key", "Day before"), N_("day before")),
            Action("when.right", "right", C_("key", "Day after"), N_("day after")),
            Action("when.up", "up", C_("key", "Week before"), N_("week before")),
            Action("when.week", "down", C_("key", "Week after"), N_("week after")),
            Action("when.page_up", "pageup", C_("key", "Month before"), N_("month before")),
            Action("when.page_down", "pagedown", C_("key", "Month after"), N_("month after")),
            Action("when.today", ".", C_("key", "Today"), N_("to today")),
            Action("when.slot", "f5", C_("key", "First slot"), N_("first slot that is free")),
            Action("when.accept", "enter", C_("key", "Choose"), N_("choose this day")),
            Action("when.cancel", "escape ctrl+[", C_("key", "Close"), N_("close the days")),
        ),
        replaces=frozenset({"form.next", "form.prev", "form.slot", "form.leave", "ed.agenda", "ed.leave"}),
    ),
    "filterline": Scope(
        C_("keys", "Filter line"),
        (
            Action("fl.apply", "enter", C_("key", "Apply"), N_("keep the filter")),
            Action("fl.list", "down", C_("key", "To the list"), N_("go to the list")),
            Action("fl.complete", "tab", C_("key", "Complete"), N_("complete the word")),
            Action("fl.dialog", "f4", C_("key", "Filters…"), N_("build a filter")),
            Action("fl.save", "f2", C_("key", "Save view"), N_("save as a view")),
            Action("fl.older", "up", C_("key", "Earlier ones"), N_("filters used before")),
            Action("fl.close", "escape ctrl+[", C_("key", "Close"), N_("drop and close")),
        ),
    ),
    "filterdialog": Scope(
        C_("keys", "Filter dialog"),
        (
            Action("fd.apply", "ctrl+s f2", C_("key", "Apply"), N_("filter by this"), priority=True),
            Action("fd.save", "f3", C_("key", "Save view"), N_("save as a view"), priority=True),
            Action("fd.clear", "f8", C_("key", "Clear"), N_("empty all fields"), priority=True),
        ),
        replaces=frozenset({"form.save", "form.save_new", "form.drop"}),
    ),
    "history": Scope(
        C_("keys", "History pane"),
        (
            Action("hi.scroll", "up down pageup pagedown", C_("key", "Scroll"), N_("scroll")),
            Action("hi.filter", "/", C_("key", "Filter"), N_("filter the history")),
            Action("hi.std", "s", C_("key", "Standard only"), N_("only standard texts")),
            Action("hi.quote", "enter", C_("key", "Quote"), N_("quote in the note")),
            Action("hi.note", "o", C_("key", "Correct…"), N_("correct the note or void it")),
            Action("hi.copy", "y", C_("key", "Copy"), N_("copy the text")),
            Action("hi.actions", "a", C_("key", "Actions"), N_("only what was registered")),
            Action("hi.close", "f7 escape q", C_("key", "Back"), N_("back to the text")),
        ),
        letters=True,
    ),
    "actions": Scope(
        C_("keys", "History of actions"),
        (
            Action("ac.open", "enter", C_("key", "Open"), N_("open the card or the person")),
            Action("ac.mine", "m", C_("key", "Only mine"), N_("only what I registered")),
            Action("ac.export", "e", C_("key", "Export"), N_("all of it into a CSV file")),
            Action("ac.close", "escape q", C_("key", "Back"), N_("one step back")),
        ),
        letters=True,
        replaces=frozenset({"place.back"}),
    ),
    "drafts": Scope(
        C_("keys", "Notes to conclude"),
        (
            Action("dr.resume", "enter", C_("key", "Resume"), N_("go on where it stood")),
            Action("dr.open", "o", C_("key", "See record"), N_("see the record")),
            Action("dr.drop", "x", C_("key", "Discard…"), N_("throw the draft away")),
            Action("dr.close", "escape q", C_("key", "Back"), N_("one step back")),
        ),
        letters=True,
        replaces=frozenset({"place.back"}),
    ),
    "notices": Scope(
        C_("keys", "Notices"),
        (
            Action("nt.open", "enter", C_("key", "Open"), N_("open the card")),
            Action("nt.read", "space", C_("key", "Read"), N_("this notice is read")),
            Action("nt.close", "escape q", C_("key", "Back"), N_("one step back")),
        ),
        letters=True,
        replaces=frozenset({"place.back", "sel.toggle"}),
    ),
    "menu": Scope(
        C_("keys", "Menus"),
        (
            Action(
                "menu.letter",
                "",
                C_("key", "Run"),
                N_("do what stands there"),
                shown=C_("key", "letter shown"),
            ),
            Action("menu.up", "up", C_("key", "Up"), N_("one row up")),
            Action("menu.down", "down", C_("key", "Down"), N_("one row down")),
            Action("menu.run", "enter", C_("key", "Run"), N_("do it")),
            Action("menu.close", "escape q", C_("key", "Close"), N_("close the menu")),
        ),
    ),
    "start": Scope(
        C_("keys", "First start"),
        (
            Action("st.up", "up", C_("key", "Up"), N_("the way above")),
            Action("st.down", "down", C_("key", "Choose"), N_("the way below")),
            Action("st.begin", "enter", C_("key", "Begin"), N_("begin in this way")),
            Action("st.first", "1", C_("key", "Create my base"), N_("create my base")),
            Action("st.second", "2", C_("key", "Import"), N_("create it and import contacts")),
            Action("st.third", "3", C_("key", "Demonstration"), N_("see the demonstration")),
            Action("st.leave", "escape q", C_("key", "Leave"), N_("leave; nothing was written")),
        ),
        letters=True,
    ),
    "confirm": Scope(
        C_("keys", "Questions"),
        (
            Action("dlg.yes", "s y", C_("key", "Yes"), N_("yes, do it")),
            Action("dlg.no", "n escape", C_("key", "No"), N_("no, leave it")),
            Action("dlg.press", "enter", C_("key", "The marked"), N_("the marked answer")),
            Action("dlg.move", "left right tab", C_("key", "Switch"), N_("the other answer")),
        ),
    ),
    "merge": Scope(
        C_("keys", "Two versions side by side"),
        (
            Action("mg.left", "left", C_("key", "Keep mine"), N_("keep my text")),
            Action("mg.right", "right", C_("key", "Keep theirs"), N_("keep the other text")),
            Action("mg.both", "space", C_("key", "Both"), N_("keep both, one after the other")),
            Action("mg.apply", "ctrl+s f2", C_("key", "Save"), N_("save what was chosen"), priority=True),
            Action("mg.leave", "escape", C_("key", "Leave (kept)"), N_("leave; both are kept")),
        ),
    ),
    "import": Scope(
        C_("keys", "Import"),
        (
            Action("im.apply", "ctrl+s f2", C_("key", "Import"), N_("import these rows"), priority=True),
            Action("im.errors", "f7", C_("key", "Errors only"), N_("only rows with errors"), priority=True),
            Action(
                "im.mend",
                "f8",
                C_("key", "Save errors"),
                N_("rows with errors as CSV"),
                priority=True,
            ),
            Action("im.map", "f4", C_("key", "Column"), N_("what the column means"), priority=True),
            Action("im.leave", "escape", C_("key", "Cancel"), N_("give up the import")),
        ),
        replaces=frozenset({"place.find"}),
    ),
    "help": Scope(
        C_("keys", "Help"),
        (
            Action("he.filter", "/", C_("key", "Search"), N_("look for a key or action")),
            Action("he.up", "up k pageup", C_("key", "Page up"), N_("one page up")),
            Action("he.down", "down j pagedown", C_("key", "Page down"), N_("one page down")),
            Action("he.close", "escape q f1 ?", C_("key", "Close"), N_("close the help")),
        ),
        replaces=frozenset({"app.help"}),
    ),
    "jump": Scope(
        C_("keys", "Jump"),
        (
            Action("ju.go", "", C_("key", "Go"), N_("jump there"), shown=C_("key", "letter shown")),
            Action("ju.close", "escape", C_("key", "Close"), N_("stay here")),
        ),
    ),
}
