"""How a board's column looks: the three rows of a card, the two of a head, a folded column. (LOOK.md, Quadro)

Pure: facts in, strips out. Which of them are in sight, and when they are drawn anew, is the widget's (`column`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from textual.strip import Strip

from crm_tui.domain.aside import put_off
from crm_tui.domain.board import BoardCard, StageHead
from crm_tui.domain.hue import hue_number
from crm_tui.i18n import say
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.chips import Chip, fitting
from crm_tui.widgets.looks import Run, cells, chip, clean, paint, width_of


class CardPainter:
    """Paints a card's three rows at `now` (aware) for a reader in `zone`. Pure."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self.now = now
        self.zone = zone

    def paint(
        self,
        look: Look,
        card: BoardCard,
        labels: Sequence[Chip],
        width: int,
        *,
        tasks: tuple[int, int] | None = None,
        ground: str,
        cursor: bool,
        marked: bool,
        live: bool,
        staged: bool = False,
        others: str = "",
    ) -> tuple[Strip, Strip, Strip]:
        """Deal and value; party and owner (or stage, or who edits it); state, flags, labels, tasks."""
        room = width - 2
        tone = "stale" if card.stale_days is not None else "accent"
        bar = Run(look.glyph("bar") if live or card.stale_days is not None else " ", tone)
        closed = card.closed
        value = formats.money_list(card.value_cents, "")
        mark = [Run(f"{look.glyph('mark')} ", "accent")] if marked else []
        name = Run(clean(card.title), "muted" if closed and not cursor else "bright", True)
        title = _sides(look, mark, name, Run(value, "text"), room)
        owner = Run(clean(card.stage if staged else card.owner or look.glyph("dash")), "muted")
        if others:
            owner = Run(say("{who} edits", who=clean(others)), "today", True)
        party = _sides(look, [], Run(clean(card.whose), "muted" if closed else "text"), owner, room)
        rows = (title, party, self._state(look, card, labels, tasks, room, cursor and live))
        first, second, third = (paint(look, [bar, *runs], width, ground) for runs in rows)
        return first, second, third

    def _state(
        self,
        look: Look,
        card: BoardCard,
        labels: Sequence[Chip],
        tasks: tuple[int, int] | None,
        room: int,
        selected: bool,
    ) -> list[Run]:
        state = card.state(self.now, self.zone)
        when = formats.when_card(card.facts(), self.now, self.zone)
        runs = [Run(f"{look.glyph(state)} {when}", state)]
        flags: list[Run] = []
        if card.stale_days is not None:
            flags.append(Run(look.glyph("stale") + formats.days_short(card.stale_days), "stale"))
        if card.late_days is not None:
            flags.append(Run(look.glyph("late") + formats.days_short(card.late_days), "today"))
        if card.reopened:
            flags.append(Run(look.glyph("reopened"), "internal"))
        if card.snoozed_until is not None and put_off(card.snoozed_until, self.now):
            said = formats.put_off_short(card.snoozed_until, self.now, self.zone)
            flags.append(Run(look.glyph("snoozed") + said, "muted"))
        for flag in flags:
            if width_of(runs) + 1 + cells(flag.text) <= room:
                runs += [Run(" "), flag]
        runs += fitting(look, labels, room - width_of(runs), selected=selected)
        done = f"{tasks[0]}/{tasks[1]}" if tasks else ""
        counted = bool(labels) and runs[-1].style is None  # `+2 1/3` would be read as one number
        if done and not counted and width_of(runs) + 1 + cells(done) <= room:
            runs += [Run(" "), Run(done, "muted")]
        return runs


def _sides(look: Look, before: list[Run], left: Run, right: Run, room: int) -> list[Run]:
    """Left cut, right whole and flush right: numbers are never cut, and left out if there is no room."""
    spare = room - width_of(before)
    if cells(right.text) > spare - 2:
        right = right._replace(text="")
    gap = 1 if right.text else 0
    text = look.cut(left.text, spare - cells(right.text) - gap)
    blank = Run(" " * (spare - cells(text) - cells(right.text)))
    return [*before, left._replace(text=text), blank, right]


def paint_head(look: Look, head: StageHead, width: int) -> tuple[Strip, ...]:
    """Name and count against the limit; sum left and weighted right, shorter if they would touch."""
    room = width - 2
    over = head.wip_limit is not None and head.count > head.wip_limit
    count = f"{head.count}/{head.wip_limit}" if head.wip_limit is not None else str(head.count)
    if over:
        count += f" {look.glyph('missing')}"
    first = _sides(
        look,
        [],
        Run(clean(head.name), "bright", True),
        Run(count, "today" if over else "text", True),
        room,
    )
    total = formats.money_list(head.value_cents, "0")
    weighted = formats.money_list(head.weighted_cents, "0")
    for said in (say("weighted {sum}", sum=weighted), say("w. {sum}", sum=weighted), ""):
        if cells(total) + cells(said) + 2 <= room:
            break
    second = [Run(total, "muted"), Run(" " * (room - cells(total) - cells(said))), Run(said, "muted")]
    named = chip(look, [Run(" "), *first], hue_number(head.color))
    return tuple(paint(look, runs, width, "raised") for runs in (named, [Run(" "), *second]))


def beyond(above: int, below: int, room: int) -> str:
    """How many cards lie above and below those in sight: with a word, or both without one where there is no room."""
    ups, downs = [say("↑ {n}", n=above), say("↑ {n} more", n=above)], [say("↓ {n}", n=below)]
    downs.append(say("↓ {n} more", n=below))
    forms = [
        "  ".join([*[up] * bool(above), *[down] * bool(below)]) for up, down in zip(ups, downs, strict=True)
    ]
    return forms[1] if cells(forms[1]) <= room else forms[0]


def paint_folded(look: Look, head: StageHead, width: int, height: int, *, here: bool) -> list[Strip]:
    """Count on top, the name downwards, an arrow at the foot to unfold; `here`: under the cursor."""
    count = str(head.count) if head.count < 100 else "99+"
    letters = [*clean(head.name)][: max(0, height - 4)]
    column = [count, "", *letters]
    column += [""] * (height - 1 - len(column)) + [look.glyph("right")]
    tones = ["text", *["muted"] * (len(column) - 2), "accent"]
    ground = "selection" if here else "raised"
    return [
        paint(look, [Run(text.center(width) if len(text) < width else text, tone)], width, ground)
        for text, tone in zip(column, tones, strict=True)
    ][:height]
