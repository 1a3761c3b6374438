"""What comes of the stage, inside the parecer: its question with the answers, and the next question beneath. (B49-B51)

An answer fills the stage and says what that asks for, as choosing the stage does; a stage that is chosen instead takes
the answers away. Nothing of it is there where the card's stage has no answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual.strip import Strip
from textual.widget import Widget

from crm_tui.domain.board import StageCategory
from crm_tui.domain.deciding import Answer, Decision, offered
from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core.formrows import QuestionLabel
from crm_tui.screens.note.desk import Desk, Part, label
from crm_tui.screens.note.fields import ANSWER, LABEL
from crm_tui.services.gate import views as gates
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint
from crm_tui.widgets.pick import Option, Pick, among

LOSS = "answered_loss"
"""Why a card is lost by an answer; a result that closes a card asks for the same in a field of its own."""
SAYS: tuple[FieldSpec, ...] = (
    FieldSpec(LOSS, N_("Loss reason"), Kind.PICK, pick="loss_reasons"),
    FieldSpec("reason", N_("Why"), Kind.LINE),
)
"""What answers may ask for: why, and of a card that is lost its reason."""
SAID = tuple(spec.name for spec in SAYS)


class Leads(Lines):
    """Where an answer leads: the stage, and the team that takes over."""

    DEFAULT_CSS = "Leads { height: 1; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def show(self, words: str) -> None:
        """Other words."""
        self.words = words
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        words = self.look.cut(self.words, width - 2)
        return [paint(self.look, [Run(f" {words}", "muted")], width)]


class Answers(Part):
    """The questions of the stage in which the card stands. `rows` makes them; they stand in `box`, over the stage."""

    box: Stacked

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._questions: list[Decision] = []
        """The questions that are shown, each one's answers as they are offered there."""
        self._rows_of: dict[str, list[Widget]] = {}
        """What stands on the screen of each of these fields."""
        self._known: dict[str, str] = {}
        """The answers that were followed already: `tab` is quicker than the message of what it took."""

    # --- what is shown --------------------------------------------------------------------------------------

    def show(self, kept: Mapping[str, str]) -> Stacked:
        """The questions, as a draft left them, in their box."""
        self.box = Stacked(*self._rows(kept), classes="decided")
        return self.box

    def _rows(self, kept: Mapping[str, str]) -> list[Widget]:
        """The rows of the questions as a draft left them; the first one alone where nothing is kept."""
        desk = self._desk
        self._questions, self._rows_of, self._known = [], {}, {}
        rows: list[Widget] = []
        level = self._level([])
        while level is not None:
            chosen = next(
                (a for a in level.answers if f"#{a.id}" == kept.get(f"{ANSWER}{len(self._questions)}", "")),
                None,
            )
            rows += self._question_rows(level, chosen)
            if chosen is None:
                break
            level = self._level(self._given())
        stage = kept.get("stage", self._end())
        if self._given() and "stage" not in kept and desk.card is not None:  # an undo gave it back
            self._fill_stage()
            desk.seen = desk.card.version
        if self._end() != stage:  # it was chosen instead, or the card has moved
            first = self._questions[:1]
            self._forget(0)
            rows = [row for level in first for row in self._question_rows(level, None)]
        return rows + self._say_rows(kept)

    @staticmethod
    def as_fields(kept: Mapping[str, str]) -> dict[str, str]:
        """A draft that an undo gave back, which has the answers as the command had them, as one that was left here."""
        found = dict(kept)
        refs = [ref.rpartition(":")[2].strip() for ref in found.pop("answer", "").split(",")]
        found |= {f"{ANSWER}{n}": f"#{ref}" for n, ref in enumerate(refs) if ref}
        if refs != [""] and "loss_reason" in found:
            found[LOSS] = found.pop("loss_reason")
        return found

    def _level(self, chosen: list[Answer]) -> Decision | None:
        """The question behind these answers, without answers that lead back; None if there is none."""
        desk, card = self._desk, self._desk.card
        if card is None or card.closed:
            return None
        standing = chosen[-1].to_id if chosen else card.stage_id
        found: Decision | None = desk.crm.read(gates.decision, standing)
        answers = offered(found, (card.stage_id, *(answer.to_id for answer in chosen)))
        return replace(found, answers=answers) if found is not None and answers else None

    def _question_rows(self, level: Decision, chosen: Answer | None) -> list[Widget]:
        """A question with its answers, and where the one taken leads. One too long for the column of labels stands over
        them, whole, so that all answers begin in the same cell."""
        name = f"{ANSWER}{len(self._questions)}"
        self._questions.append(level)
        pick = Pick(
            among([_option(answer) for answer in level.answers]),
            _option(chosen) if chosen is not None else None,
            id=name,
        )
        pick.styles.width = 26
        self._desk.inputs[name] = pick
        self._known[name] = pick.raw
        leads = Leads()
        leads.words = _way(chosen) if chosen is not None else ""
        words = clean(level.question or say(N_("Decision")))
        over = cells(words) > LABEL - 2
        shown: list[Widget] = [Beside(label("" if over else words, LABEL), pick, leads, classes="row")]
        if over:
            room = self._desk.screen.app.size.width
            question = QuestionLabel(words, room + 1, room)
            question.GROUND = "background"
            shown.insert(0, question)
        self._rows_of[name] = shown
        return shown

    def _say_rows(self, kept: Mapping[str, str]) -> list[Widget]:
        rows: list[Widget] = []
        for spec in self._wanted():
            raw, called = kept.get(spec.name, ""), kept.get(f"{spec.name}:label", "")
            field = self._desk.make(spec.name, spec, raw, called)
            self._rows_of[spec.name] = [Beside(label(say(spec.label), LABEL), field, classes="row")]
            rows += self._rows_of[spec.name]
        return rows

    def _wanted(self) -> list[FieldSpec]:
        """What the answers taken ask for beside."""
        chosen = self._given()
        lost = bool(chosen) and chosen[-1].category == StageCategory.LOST
        wanted = {"reason": lost or any(answer.asks_why for answer in chosen), LOSS: lost}
        return [spec for spec in SAYS if wanted[spec.name]]

    # --- what is chosen -------------------------------------------------------------------------------------

    def _given(self) -> list[Answer]:
        """The answers taken, in order."""
        found: list[Answer] = []
        for n, level in enumerate(self._questions):
            raw = self._desk.text(f"{ANSWER}{n}")
            answer = next((each for each in level.answers if f"#{each.id}" == raw), None)
            if answer is None:
                break
            found.append(answer)
        return found

    @property
    def taken(self) -> bool:
        """Whether an answer says where the card goes, whatever the result says."""
        return bool(self._given())

    def way(self, stage_id: int) -> list[int]:
        """The stages through which a card goes to this one: where answers lead there, those on the way too."""
        chosen = self._given()
        leads = bool(chosen) and chosen[-1].to_id == stage_id
        return [answer.to_id for answer in chosen] if leads else [stage_id]

    def _end(self) -> str:
        """The stage where the answers end: where the card stands while none is taken."""
        chosen = self._given()
        return f"#{chosen[-1].to_id}" if chosen else self._desk.standing

    def chosen(self, name: str) -> None:
        """The question in a field of this name was answered."""
        if name.startswith(ANSWER):
            self._follow(name)

    def _follow(self, name: str) -> None:
        """The next question comes with an answer, what it asks for beside it, and the stage follows."""
        raw = self._desk.text(name)
        if self._known[name] == raw:
            return
        self._known[name] = raw
        place = int(name.removeprefix(ANSWER))
        self._forget(place + 1)
        chosen = self._given()
        for leads in self._rows_of[name][-1].query(Leads):
            leads.show(_way(chosen[place]) if place < len(chosen) else "")
        level = self._level(chosen) if len(chosen) > place else None
        rows = self._question_rows(level, None) if level is not None else []
        self._renew_says(rows)
        self._fill_stage()
        self._desk.stage_chosen()
        self._desk.decided()

    def _fill_stage(self) -> None:
        """The stage is where the answers lead."""
        chosen = self._given()
        standing = self._desk.card.stage if self._desk.card is not None else ""
        self._desk.put("stage", self._end(), chosen[-1].to if chosen else standing)

    def _forget(self, first: int) -> None:
        """The questions from a place on are no longer asked."""
        for n in range(first, len(self._questions)):
            self._take_away(f"{ANSWER}{n}")
        del self._questions[first:]

    def _take_away(self, name: str) -> None:
        del self._desk.inputs[name]
        for row in self._rows_of.pop(name):
            if row.is_attached:
                row.remove()

    def _renew_says(self, before: list[Widget]) -> None:
        """The fields that the answers ask for, with what was typed in those that stay, behind these rows."""
        wanted = {spec.name for spec in self._wanted()}
        fields = self._desk.inputs
        typed = {name: self._desk.text(name) for name in wanted & fields.keys()}
        labels = {
            f"{name}:label": pick.value.label
            for name in typed
            if isinstance(pick := fields[name], Pick) and pick.value is not None
        }
        self._take_says_away()
        rows = [*before, *self._say_rows({**typed, **labels})]
        if rows:
            self._desk.coming = self.box.mount(*rows)

    def _take_says_away(self) -> None:
        for spec in SAYS:
            if spec.name in self._desk.inputs:
                self._take_away(spec.name)

    def stage_chosen(self) -> None:
        """A stage that was chosen instead takes the answers away."""
        if self._questions and self._desk.text("stage") != self._end():
            self._forget(1)
            self._desk.put(f"{ANSWER}0", "")
            self._known[f"{ANSWER}0"] = ""
            for leads in self.box.query(Leads):
                leads.show("")
            self._renew_says([])

    def ask_anew(self) -> None:
        """The questions as they are now, for the card as it stands now; what can still be answered so stays."""
        if self._levels() == self._questions:
            return
        fields = [name for name in self._desk.inputs if name.startswith(ANSWER) or name in SAID]
        kept = {name: self._desk.text(name) for name in fields}
        self._forget(0)
        self._take_says_away()
        rows = self._rows(kept)
        if rows:
            self._desk.coming = self.box.mount(*rows)

    def _levels(self) -> list[Decision]:
        """The questions as they are now, as far as the answers lead that are taken."""
        chosen = self._given()
        found = [self._level(chosen[:n]) for n in range(len(self._questions))]
        return [level for level in found if level is not None]

    def settle(self) -> None:
        for n in range(len(self._questions)):
            if f"{ANSWER}{n}" in self._desk.inputs:
                self._follow(f"{ANSWER}{n}")

    # --- filing ---------------------------------------------------------------------------------------------

    def as_filed(self, raw: Mapping[str, str]) -> dict[str, str]:
        """The texts of the fields as the command has them."""
        self.settle()
        chosen = self._given()
        found = {name: text for name, text in raw.items() if not name.startswith(ANSWER)}
        if chosen:
            found["answer"] = ",".join(f"#{answer.id}" for answer in chosen)
            found["answer_seen"] = ",".join(str(answer.version) for answer in chosen)
        if LOSS in found:
            found["loss_reason"] = found.pop(LOSS)
        return found

    def refused(self, refusal: Refusal) -> Refusal:
        """A refusal that names the answers, with the field that is to be looked at; they are read anew."""
        desk = self._desk
        if LOSS in desk.inputs:
            own = tuple(LOSS if name == "loss_reason" else name for name in refusal.fields)
            refusal = replace(refusal, fields=own)
        if "answer" not in refusal.fields:
            return refusal
        followed = desk.text("stage") == self._end()
        self.ask_anew()
        if followed:
            self._fill_stage()
        open_ = f"{ANSWER}{max(0, min(len(self._given()), len(self._questions) - 1))}"
        fields = [open_ if name == "answer" else name for name in refusal.fields]
        return replace(refusal, fields=tuple(name for name in fields if name in desk.inputs))

    # --- moving ---------------------------------------------------------------------------------------------

    def order(self, names: Sequence[str]) -> list[str]:
        """The questions and what they ask for stand before the stage."""
        at = names.index("stage") if "stage" in names else len(names)
        return [*names[:at], *self._fields(), *names[at:]]

    def _fields(self) -> list[str]:
        fields = self._desk.inputs
        return [
            *(name for name in fields if name.startswith(ANSWER)),
            *(each for each in SAID if each in fields),
        ]

    def missing(self) -> str | None:
        """With all else filled, the question that stands open."""
        if not self._desk.filled("body", "result", "next_when"):
            return None
        return next((name for name in self._fields() if not self._desk.filled(name)), None)


def _option(answer: Answer) -> Option:
    return Option(f"#{answer.id}", clean(answer.label), _way(answer))


def _way(answer: Answer) -> str:
    """Where an answer leads: `→ Proposta · Jurídico`."""
    return clean(f"→ {answer.to} · {answer.team}" if answer.team else f"→ {answer.to}")
