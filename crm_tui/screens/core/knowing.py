"""Who is known already, said under the fields of a form while one types; `f4` takes one of them. (JOBS 3, M70)

Completed by the form, which says what taking somebody means there. Knows names of fields, no command.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from crm_tui.domain.once import Known, signs
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.reach import reaches
from crm_tui.services.once import views
from crm_tui.ui.keymap import in_force, key_word
from crm_tui.widgets.bare import Stacked
from crm_tui.widgets.fields import Changed
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, clean, paint
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.sheet import TEXT_CELLS

if TYPE_CHECKING:
    from textual.strip import Strip
    from textual.widget import Widget

KEY: Final = "form.pick"
ROWS: Final = 2
"""Of the line at most: the fields stay in sight."""
NAMED: Final = 3
LISTED: Final = 9
"""How many f4 lists: each has a digit."""


class Typed(NamedTuple):
    """What stands in the fields by which somebody may be known."""

    name: str = ""
    phone: str = ""
    email: str = ""
    document: str = ""


class KnownLine(Lines):
    """Who is known, in as many rows as it needs; none where nobody is."""

    DEFAULT_CSS = "KnownLine { height: 0; width: 100%; }"
    GROUND = "raised"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def say(self, words: str) -> None:
        """Another sentence; empty: the line is not there."""
        self.words = words
        self.styles.height = min(ROWS, len(self._wrapped(max(20, self.app.size.width - 1)))) if words else 0
        self.sync()

    def _wrapped(self, width: int) -> list[list[Run]]:
        return wrap([Run(self.words, "today")], min(width - 2, TEXT_CELLS))

    def draw(self, width: int, height: int) -> list[Strip]:
        rows = self._wrapped(width)
        if len(rows) > height > 0:
            whole = "".join(run.text for run in rows[height - 1]).rstrip()
            room = min(width - 2, TEXT_CELLS)
            rows[height - 1] = [Run(self.look.cut(f"{whole} {self.look.glyph('cut')}", room), "today")]
        return [paint(self.look, [Run(" "), *row], width, self.GROUND) for row in rows[:height]]


class KnowingForm(FormScreen):
    """The generated form with that line; give `took`."""

    NAME: ClassVar[str] = "name"
    """The field that holds the name."""
    OFFERS: ClassVar[frozenset[str]] = FormScreen.OFFERS | {KEY}
    BINDINGS = keys(FormScreen.SCOPES, OFFERS)
    DEFAULT_CSS = "KnowingForm .foot { height: auto; width: 100%; }"

    def __init__(self, command: str, **form: Any) -> None:
        super().__init__(command, **form)
        self.known: Sequence[Known] = ()
        self.known_line = KnownLine()
        self._known_by: Latest[Typed, Sequence[Known]] = Latest(self, self._ask_known, self._answer_known)
        self._asked_by = Typed()
        self.about_party = 0
        """Whom the form is about: never told as known already; 0: somebody who is not there yet."""
        self.meant = ""
        """What is said of somebody who was taken."""

    def foot(self) -> Widget:
        return Stacked(self.known_line, self.message, classes="foot")

    def _shown(self) -> None:
        super()._shown()
        self.look_up()

    def on_resize(self) -> None:
        self.known_line.say(self.known_line.words)

    @property
    def offered(self) -> frozenset[str]:
        return super().offered - (set() if self._takeable() else {KEY})

    def took(self, who: Known) -> None:
        """This one is meant: what becomes of the form."""
        raise NotImplementedError

    def knows_already(self) -> bool:
        """Whether somebody was taken, so that nobody is looked for."""
        return False

    def typed(self) -> dict[str, str]:
        """By what somebody is looked for."""
        return self.raw()

    # --- who is known -------------------------------------------------------------------------------------

    def on_field_changed(self, event: Changed) -> None:
        self.look_up()

    def look_up(self) -> None:
        """Ask who is known by what stands in the fields now, if that is another than before."""
        raw = {} if self.knows_already() else self.typed()
        typed = Typed(*(raw.get(n, "").strip() for n in (self.NAME, "phone", "email", "document")))
        if typed == self._asked_by:
            return
        self._asked_by = typed
        if any(typed) and reaches(self.crm, views.known):
            self._known_by.want(typed)
        else:
            self._known_by.drop()
            self._told(())

    def _ask_known(self, typed: Typed) -> Sequence[Known]:
        found: Sequence[Known] = self.crm.read(views.known, **typed._asdict(), but=self.about_party)
        return found

    def _answer_known(self, typed: Typed, found: Sequence[Known]) -> None:
        if typed == self._asked_by:
            self._told(found)

    def _told(self, found: Sequence[Known]) -> None:
        could = self._takeable()
        self.known = found
        self.known_line.say(self._words())
        if could != self._takeable():
            self.show_footer()

    def _takeable(self) -> list[Known]:
        return [each for each in self.known if each.seen]

    def _words(self) -> str:
        if self.knows_already():
            return self.meant
        seen, hidden = self._takeable(), [each for each in self.known if not each.seen]
        told = []
        if seen:
            rest = f" … +{len(seen) - NAMED}" if len(seen) > NAMED else ""
            told.append(f"{self._key()}: {'; '.join(_called(each) for each in seen[:NAMED])}{rest}")
        if hidden:
            by = signs(dict.fromkeys(key for each in hidden for key in each.by))
            told.append(say(N_("Somebody whom you may not see has the same {signs}."), signs=say(by)))
        return "   ".join(told)

    def _key(self) -> str:
        return key_word(in_force().of(KEY)[0], ascii=self.shell.look.ascii)

    # --- taking -------------------------------------------------------------------------------------------

    def action_form_pick(self) -> None:
        """Take the one that is known, or choose among several."""
        found = self._takeable()
        if not found:
            self.tell(say(N_("Nobody is known by what stands here.")))
        elif len(found) == 1:
            self.took(found[0])
        else:
            items = [
                Item(clean(each.name), _hint(each), partial(self.took, each), key=str(n))
                for n, each in enumerate(found[:LISTED], 1)
            ]
            self.app.push_screen(MenuScreen(say(N_("Known already")), items))


def _hint(each: Known) -> str:
    return f"{each.code} · {say(signs(each.by))}" if each.by else each.code


def _called(each: Known) -> str:
    """`Marta Reis, PE-00012 (telefone)`."""
    by = f" ({say(signs(each.by))})" if each.by else ""
    return f"{clean(each.name)}, {each.code}{by}"
