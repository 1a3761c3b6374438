"""Who is known already, and what the rules of duplicates say of that: of whoever is made, changed, taken in, or comes
with a card. (M70)

Asked inside the transaction, so that of two operators the second is told. Somebody whom the operator may not see is
never named: only that there is somebody.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from crm_tui.domain import identity
from crm_tui.domain.access import SET_UP
from crm_tui.domain.board import CardKind
from crm_tui.domain.once import UNSEEN_CARD, Asked, Key, Known, Then, Verdict, verdicts
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import fold
from crm_tui.i18n import Text
from crm_tui.services.core import approvals
from crm_tui.services.core.context import Context, Refused
from crm_tui.services.core.lookup import known
from crm_tui.services.core.ruling import of_row, refusal_of, rules, word
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import once as queries
from crm_tui.store.rows import Row
from crm_tui.store.values import instant


def hindrance(ctx: Context, found: Sequence[Known], despite: str) -> Refusal | None:
    """Why nobody may be made, or become, like those who are known; None if no rule minds, or all it warns of are in
    `despite`. Who sets up the rules may go over one that blocks, knowingly, and may let somebody else do so, by login
    and PIN: then what else the rules say was seen, too."""
    told = set(despite.split())
    says = verdicts(rules(ctx.connection), found)
    blocked = [each for each in says if each.then is Then.BLOCK]
    if blocked and not ctx.viewer.may(SET_UP, None):
        refusal = replace(refusal_of(blocked, ""), warned=())
        return approvals.past_rule(ctx, refusal, SET_UP, "party", blocked[0].known.id)
    open_ = [each for each in says if word(each.known) not in told]
    stopping = [each for each in open_ if each.then is not Then.ATTACH]
    if not stopping:
        return None
    return refusal_of(stopping, despite)


def taken(ctx: Context, found: Sequence[Known], despite: str) -> Known | None:
    """Who a rule says is taken instead of making another; None if there is nobody, or more than one."""
    told = set(despite.split())
    found = [
        each.known
        for each in verdicts(rules(ctx.connection), found)
        if each.then is Then.ATTACH and word(each.known) not in told
    ]
    return found[0] if len(found) == 1 else None


def twin(ctx: Context, found: Sequence[Known], name: str, despite: str) -> int | None:
    """Who is meant without a question: the same name, and a document, an address or a phone that agrees. Nobody whom
    the operator does not see: of them a question is asked."""
    told = set(despite.split())
    for each in found:
        if (
            each.seen
            and Key.NAME in each.by
            and len(each.by) > 1
            and word(each) not in told
            and fold(each.name) == fold(name)
        ):
            return each.id
    return None


def unseen(found: Sequence[Known], despite: str) -> Refusal:
    """That somebody out of the operator's sight is meant, who is neither named nor taken; somebody else of the same
    signs may be made all the same."""
    return refusal_of([Verdict(Then.WARN, "", each) for each in found], despite)


def open_card(
    ctx: Context, board: Row, party_id: int | None, despite: str, alike: Sequence[Known] | None = None
) -> int | Refusal | None:
    """The open card that a rule of cards says is meant already: its id, where it is taken instead; the refusal, where
    one is told of it; None where no rule minds, or one that blocks is gone over as in `hindrance`. Who counts as the
    same person is said by the rule's signs: `alike` has those of somebody who is not there yet."""
    for rule in rules(ctx.connection):
        wanted = rule.board_id == board["id"] or (rule.board_id is None and board["kind"] == CardKind.LEAD)
        if rule.asked is not Asked.CARD or not wanted:
            continue
        since = ctx.now - timedelta(days=rule.window_days) if rule.window_days is not None else None
        asked = {
            "parties": json.dumps(_same(ctx, party_id, rule.keys, alike or ())),
            "board_id": board["id"],
            "since": "" if since is None else instant(since),
            **sight(ctx.viewer),
        }
        row = ctx.one(queries.OPEN_SINCE, **asked)
        if row is None:
            continue
        card_id, number, name, seen, person_seen = row
        word = number if person_seen else UNSEEN_CARD
        if word in despite.split():
            continue
        if rule.then is Then.ATTACH and seen:
            return int(card_id)
        facts = {"name": name, "number": number, "board": board["name"]}
        reason = (
            Text("{name} has an open card on {board} already: {number}.", facts)
            if person_seen
            else Text(
                "Somebody whom you may not see has an open card on {board} already: ask a colleague who may.",
                {"board": board["name"]},
            )
        )
        told = Refusal(reason, fields=("party", "party_name"), card=int(card_id) if seen else None)
        if rule.then is not Then.BLOCK or ctx.viewer.may(SET_UP, None):
            return replace(told, warned=(*despite.split(), word))
        refusal = approvals.past_rule(ctx, told, SET_UP, "card", int(card_id))
        if refusal is not None:
            return refusal
    return None


def _same(ctx: Context, party_id: int | None, keys: frozenset[Key], alike: Sequence[Known]) -> list[int]:
    """This person, and those who are the same by these signs."""
    row = ctx.one(queries.SIGNS_OF, id=party_id) if party_id is not None else None
    if row is not None:
        document, name, points = row
        alike = known(
            ctx.connection,
            ctx.viewer,
            name=name,
            points=json.loads(points),
            document=document,
            but=party_id or 0,
        )
    found = [each.id for each in alike if keys.intersection(each.by)]
    return found if party_id is None else [party_id, *found]


def keep(ctx: Context, found: Sequence[Known], despite: str) -> None:
    """Raise what `hindrance` says."""
    refusal = hindrance(ctx, found, despite)
    if refusal is not None:
        raise Refused(refusal)


def of_import(
    ctx: Context, name: str, points: Sequence[str], document: str = ""
) -> tuple[Known | None, Text | None]:
    """What the rules say of a row of a file that nobody was found for: who is taken instead, or of whom one is told;
    raises where they block."""
    if not document and ctx.ahead is not None and ctx.ahead.nobody(fold(name), identity.keys_of(points)):
        return None, None
    found = of_row(
        verdicts(
            ctx.once("rules", lambda: rules(ctx.connection)),
            known(ctx.connection, ctx.viewer, name=name, points=points, document=document),
        )
    )
    if found.refusal is not None:
        raise Refused(found.refusal)
    return found.there, found.told
