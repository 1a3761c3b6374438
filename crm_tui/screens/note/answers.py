"""What comes of the stage, inside the parecer: its question with the answers, and the next question beneath. (B49-B51)

An answer fills the stage and says what that asks for, as choosing the stage does; a stage that is chosen instead takes
the answers away. Nothing of it is there where the card's stage has no answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.strip import Strip
from textual.widget import Widget

from crm_tui.domain.board import StageCategory
from crm_tui.domain.deciding import Answer, Decision, offered
from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.gate import Asked
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import inputs
from crm_tui.screens.core.formrows import FieldLabel, QuestionLabel
from crm_tui.screens.note.cures import NoteCures
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


class NoteAnswers(NoteCures):
    """See the module; `NoteEditor` completes it."""

    decided: Stacked
    """Where the questions stand, over the stage."""
    questions: list[Decision]
    """The questions that are shown, each one's answers as they are offered there."""
    rows_of: dict[str, list[Widget]]
    """What stands on the screen of each of these fields."""
    known: dict[str, str]
    """The answers that were followed already: `tab` is quicker than the message of what it took."""

    # --- what is shown --------------------------------------------------------------------------------------

    def _answer_rows(self, kept: dict[str, str]) -> list[Widget]:
        """The rows of the questions as a draft left them; the first one alone where nothing is kept."""
        self.questions, self.rows_of, self.known = [], {}, {}
        rows: list[Widget] = []
        level = self._level([])
        while level is not None:
            chosen = next(
                (a for a in level.answers if f"#{a.id}" == kept.get(f"{ANSWER}{len(self.questions)}", "")),
                None,
            )
            rows += self._question_rows(level, chosen)
            if chosen is None:
                break
            level = self._level(self._given())
        stage = kept.get("stage", self._end())
        if self._given() and "stage" not in kept and self.card is not None:  # an undo gave it back
            self._fill_stage()
            self.seen = self.card.version
        if self._end() != stage:  # it was chosen instead, or the card has moved
            first = self.questions[:1]
            self._forget(0)
            rows = [row for level in first for row in self._question_rows(level, None)]
        return rows + self._say_rows(kept)

    @staticmethod
    def _as_fields(kept: Mapping[str, str]) -> dict[str, str]:
        """A draft that an undo gave back, which has the answers as the command had them, as one that was left here."""
        found = dict(kept)
        refs = [ref.rpartition(":")[2].strip() for ref in found.pop("answer", "").split(",")]
        found |= {f"{ANSWER}{n}": f"#{ref}" for n, ref in enumerate(refs) if ref}
        if refs != [""] and "loss_reason" in found:
            found[LOSS] = found.pop("loss_reason")
        return found

    def _level(self, chosen: list[Answer]) -> Decision | None:
        """The question behind these answers, without answers that lead back; None if there is none."""
        if self.card is None or self.card.closed:
            return None
        standing = chosen[-1].to_id if chosen else self.card.stage_id
        found: Decision | None = self.crm.read(gates.decision, standing)
        answers = offered(found, (self.card.stage_id, *(answer.to_id for answer in chosen)))
        return replace(found, answers=answers) if found is not None and answers else None

    def _question_rows(self, level: Decision, chosen: Answer | None) -> list[Widget]:
        """A question with its answers, and where the one taken leads. One too long for the column of labels stands over
        them, whole, so that all answers begin in the same cell."""
        name = f"{ANSWER}{len(self.questions)}"
        self.questions.append(level)
        pick = Pick(
            among([_option(answer) for answer in level.answers]),
            _option(chosen) if chosen is not None else None,
            id=name,
        )
        pick.styles.width = 26
        self.inputs[name] = pick
        self.known[name] = pick.raw
        leads = Leads()
        leads.words = _way(chosen) if chosen is not None else ""
        words = clean(level.question or say(N_("Decision")))
        over = cells(words) > LABEL - 2
        label = FieldLabel("" if over else words, LABEL)
        label.GROUND = "background"
        shown: list[Widget] = [Beside(label, pick, leads, classes="row")]
        if over:
            room = self.app.size.width
            question = QuestionLabel(words, room + 1, room)
            question.GROUND = "background"
            shown.insert(0, question)
        self.rows_of[name] = shown
        return shown

    def _say_rows(self, kept: dict[str, str]) -> list[Widget]:
        rows: list[Widget] = []
        for spec in self._wanted():
            raw, label = kept.get(spec.name, ""), kept.get(f"{spec.name}:label", "")
            self.inputs[spec.name] = inputs.make(self, spec, raw, label, context=self._place(), beside=True)
            words = FieldLabel(say(spec.label), LABEL)
            words.GROUND = "background"
            self.rows_of[spec.name] = [Beside(words, self.inputs[spec.name], classes="row")]
            rows += self.rows_of[spec.name]
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
        for n, level in enumerate(self.questions):
            raw = inputs.raw_of(self.inputs[f"{ANSWER}{n}"])
            answer = next((each for each in level.answers if f"#{each.id}" == raw), None)
            if answer is None:
                break
            found.append(answer)
        return found

    def _decided(self) -> bool:
        return bool(self._given())

    def _end(self) -> str:
        """The stage where the answers end: where the card stands while none is taken."""
        chosen = self._given()
        return f"#{chosen[-1].to_id}" if chosen else self.standing

    def _answer_taken(self, name: str) -> None:
        """The next question comes with an answer, what it asks for beside it, and the stage follows."""
        raw = inputs.raw_of(self.inputs[name])
        if self.known[name] == raw:
            return
        self.known[name] = raw
        place = int(name.removeprefix(ANSWER))
        self._forget(place + 1)
        chosen = self._given()
        for leads in self.rows_of[name][-1].query(Leads):
            leads.show(_way(chosen[place]) if place < len(chosen) else "")
        level = self._level(chosen) if len(chosen) > place else None
        rows = self._question_rows(level, None) if level is not None else []
        self._renew_says(rows)
        self._fill_stage()
        self._stage_chosen()
        self._decision_taken()

    def _fill_stage(self) -> None:
        """The stage is where the answers lead."""
        chosen = self._given()
        standing = self.card.stage if self.card is not None else ""
        inputs.put(self.inputs["stage"], self._end(), chosen[-1].to if chosen else standing)

    def _forget(self, first: int) -> None:
        """The questions from a place on are no longer asked."""
        for n in range(first, len(self.questions)):
            self._take_away(f"{ANSWER}{n}")
        del self.questions[first:]

    def _take_away(self, name: str) -> None:
        del self.inputs[name]
        for row in self.rows_of.pop(name):
            if row.is_attached:
                row.remove()

    def _renew_says(self, before: list[Widget]) -> None:
        """The fields that the answers ask for, with what was typed in those that stay, behind these rows."""
        wanted = {spec.name for spec in self._wanted()}
        typed = {name: inputs.raw_of(self.inputs[name]) for name in wanted & self.inputs.keys()}
        labels = {
            f"{name}:label": pick.value.label
            for name in typed
            if isinstance(pick := self.inputs[name], Pick) and pick.value is not None
        }
        for spec in SAYS:
            if spec.name in self.inputs:
                self._take_away(spec.name)
        rows = [*before, *self._say_rows({**typed, **labels})]
        if rows:
            self.coming = self.decided.mount(*rows)

    def _stage_chosen(self) -> None:
        """A stage that was chosen instead takes the answers away."""
        if self.questions and inputs.raw_of(self.inputs["stage"]) != self._end():
            self._forget(1)
            inputs.put(self.inputs[f"{ANSWER}0"], "")
            self.known[f"{ANSWER}0"] = ""
            for leads in self.decided.query(Leads):
                leads.show("")
            self._renew_says([])
        super()._stage_chosen()

    def _asked_of_stage(self, stage_id: int) -> tuple[Asked, ...]:
        """What all the stages on the way ask for."""
        chosen = self._given()
        if not chosen or chosen[-1].to_id != stage_id:
            return super()._asked_of_stage(stage_id)
        found: tuple[Asked, ...] = self.crm.read(
            gates.asked, self.card_id, *(answer.to_id for answer in chosen)
        )
        return found

    def _answers_anew(self) -> None:
        """The questions as they are now, for the card as it stands now; what can still be answered so stays."""
        if self._levels() == self.questions:
            return
        kept = {name: text for name, text in self.raw().items() if name.startswith(ANSWER)}
        kept |= {
            spec.name: inputs.raw_of(self.inputs[spec.name]) for spec in SAYS if spec.name in self.inputs
        }
        self._forget(0)
        for spec in SAYS:
            if spec.name in self.inputs:
                self._take_away(spec.name)
        rows = self._answer_rows(kept)
        if rows:
            self.coming = self.decided.mount(*rows)

    def _levels(self) -> list[Decision]:
        """The questions as they are now, as far as the answers lead that are taken."""
        chosen = self._given()
        found = [self._level(chosen[:n]) for n in range(len(self.questions))]
        return [level for level in found if level is not None]

    def _catch_up(self) -> None:
        """Follow an answer at once that a field has just taken."""
        for n in range(len(self.questions)):
            if f"{ANSWER}{n}" in self.inputs:
                self._answer_taken(f"{ANSWER}{n}")

    # --- filing ---------------------------------------------------------------------------------------------

    def _answered(self, raw: dict[str, str]) -> dict[str, str]:
        """The texts of the fields as the command has them."""
        self._catch_up()
        chosen = self._given()
        found = {name: text for name, text in raw.items() if not name.startswith(ANSWER)}
        if chosen:
            found["answer"] = ",".join(f"#{answer.id}" for answer in chosen)
            found["answer_seen"] = ",".join(str(answer.version) for answer in chosen)
        if LOSS in found:
            found["loss_reason"] = found.pop(LOSS)
        return found

    def _of_answers(self, refusal: Refusal) -> Refusal:
        """A refusal that names the answers, with the field that is to be looked at; they are read anew."""
        if LOSS in self.inputs:
            own = tuple(LOSS if name == "loss_reason" else name for name in refusal.fields)
            refusal = replace(refusal, fields=own)
        if "answer" not in refusal.fields:
            return refusal
        followed = inputs.raw_of(self.inputs["stage"]) == self._end()
        self._answers_anew()
        if followed:
            self._fill_stage()
        open_ = f"{ANSWER}{max(0, min(len(self._given()), len(self.questions) - 1))}"
        fields = [open_ if name == "answer" else name for name in refusal.fields]
        return replace(refusal, fields=tuple(name for name in fields if name in self.inputs))

    # --- moving ---------------------------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        self._catch_up()
        super()._step(by)

    def _order(self) -> list[str]:
        """The questions and what they ask for stand before the stage."""
        order = super()._order()
        here = [name for name in self.inputs if name.startswith(ANSWER)]
        here += [spec.name for spec in SAYS if spec.name in self.inputs]
        at = order.index("stage") if "stage" in order else len(order)
        return [*order[:at], *here, *order[at:]]

    def action_ed_fill(self) -> None:
        """`f4`: with all else filled, to the question that stands open."""
        filled = all(inputs.raw_of(self.inputs[name]).strip() for name in ("body", "result", "next_when"))
        empty = [n for n in self._order() if n.startswith((ANSWER, "reason", LOSS))]
        open_ = next((n for n in empty if not inputs.raw_of(self.inputs[n]).strip()), None)
        if filled and open_ is not None and not self.cured:
            self.inputs[open_].focus()
        else:
            super().action_ed_fill()


def _option(answer: Answer) -> Option:
    return Option(f"#{answer.id}", clean(answer.label), _way(answer))


def _way(answer: Answer) -> str:
    """Where an answer leads: `→ Proposta · Jurídico`."""
    return clean(f"→ {answer.to} · {answer.team}" if answer.team else f"→ {answer.to}")
