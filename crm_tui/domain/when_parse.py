"""Reads a phrase: cuts it into tokens, finds the longest rule at each place, and has the pieces settled.

The rules stand in `when_days`, `when_offsets` and `when_times`; how they go together in `when_settle`.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_tui.domain.when_atoms import CODES, Atom, Broken, Day, Rule, Said, rule
from crm_tui.domain.when_days import DAY_RULES
from crm_tui.domain.when_echo import offer
from crm_tui.domain.when_lex import Token, tokens
from crm_tui.domain.when_offsets import OFFSET_RULES
from crm_tui.domain.when_settle import MOST_OFFERS, NO_WORKING_DAY, settle
from crm_tui.domain.when_times import TIME_RULES, dotted_time
from crm_tui.domain.when_types import Moment, Reason, WhenRefusal, World
from crm_tui.domain.worktime import NoWorkingTime

_FILLERS = frozenset({"TO", "EM", "AT", "ON", "BY", "LA", "PELAS", "AROUND", "THE"})
_RULES: tuple[Rule, ...] = (
    *DAY_RULES,
    *OFFSET_RULES,
    *TIME_RULES,
    rule("POR VOLTA (DE|DA)", lambda said, world: ()),
)
_WAYS = tuple((pattern, each) for each in _RULES for pattern in each.patterns)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words say, which of them were taken for others (typed, meant), and the holiday they name."""

    value: Moment | WhenRefusal
    corrected: tuple[tuple[str, str], ...] = ()
    holiday: str | None = None


def _piece(found: Rule, said: Said, world: World) -> tuple[Atom, ...]:
    try:
        built = found.build(said, world)
    except NoWorkingTime:
        return (Broken(said.start, said.end, Reason.NO_SUCH_DATE, NO_WORKING_DAY),)
    if isinstance(built, Broken) and said.has("DOTTED"):
        built = dotted_time(said) or built
    return built if isinstance(built, tuple) else (built,)


def _pieces(phrase: list[Token], world: World) -> list[Atom] | Token:
    """The pieces in the order they were said, or the token to blame: an unknown word before any other."""
    unknown = next((token for token in phrase if token.kind == "UNKNOWN"), None)
    if unknown is not None:
        return unknown
    code = "".join(CODES[token.kind] for token in phrase)
    pieces: list[Atom] = []
    at = 0
    while at < len(phrase):
        end, longest = at, None
        for pattern, each in _WAYS:
            match = pattern.match(code, at)
            if match is not None and match.end() > end:
                end, longest = match.end(), each
        if longest is not None:
            pieces += _piece(longest, Said(tuple(phrase[at:end])), world)
            at = end
        elif phrase[at].kind in _FILLERS:
            at += 1
        else:
            return phrase[at]
    return pieces


def _two_meanings(words: str, phrase: list[Token], unclear: int, world: World) -> WhenRefusal:
    """A misspelt word that may be two known ones: each is tried, and what they give is offered."""
    token = phrase[unclear]
    offers = []
    for meaning in token.meanings[:MOST_OFFERS]:
        read = _settled(words, [*phrase[:unclear], token.meaning(meaning), *phrase[unclear + 1 :]], world)
        if not isinstance(read.value, WhenRefusal):
            offers.append(offer(read.value, world.now, world.language))
    reason = Reason.AMBIGUOUS if len(offers) > 1 else Reason.UNKNOWN
    return WhenRefusal(reason, token.start, token.end, tuple(dict.fromkeys(offers)))


def _settled(words: str, phrase: list[Token], world: World) -> Reading:
    corrected = tuple(
        (words[token.start : token.end], token.meanings[0].spelling)
        for token in phrase
        if token.meanings and token.kind != "UNKNOWN"
    )
    unclear = [at for at, token in enumerate(phrase) if token.kind == "UNKNOWN"]
    if len(unclear) == 1 and len(phrase[unclear[0]].meanings) > 1:
        return Reading(_two_meanings(words, phrase, unclear[0], world), corrected)
    pieces = _pieces(phrase, world)
    if isinstance(pieces, Token):
        return Reading(WhenRefusal(Reason.UNKNOWN, pieces.start, pieces.end), corrected)
    if not pieces:
        return Reading(WhenRefusal(Reason.UNKNOWN, 0, len(words) if phrase else 0), corrected)
    value = settle(words, pieces, world)
    holiday = next((piece.holiday for piece in pieces if isinstance(piece, Day) and piece.holiday), None)
    return Reading(value, corrected, holiday)


def interpret(words: str, world: World) -> Reading:
    """What the words say in that world. Never raises for any words."""
    return _settled(words, tokens(words), world)
