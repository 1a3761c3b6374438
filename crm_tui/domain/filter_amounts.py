"""Amounts of a filter: money to cents (`domain.money`), whole numbers with `%` or `d`, comparisons and ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_tui.domain.filter_errors import Code, instead, refuse
from crm_tui.domain.filter_fields import Field, Kind
from crm_tui.domain.filter_lex import Piece, Plain, Value
from crm_tui.domain.filter_tree import Amount, Op
from crm_tui.domain.filter_world import FilterWorld
from crm_tui.domain.money import cents
from crm_tui.i18n import N_, Text

MOST = 999_999_999
"""The largest whole number; more is a slip of the keyboard."""
_WHOLE = re.compile("([0-9]{1,9})([%d]?)")
_EXPECTED = {
    "money": N_("Expected an amount, such as 5000 or 5k."),
    "%": N_("Expected a percentage, such as 60%."),
    "d": N_("Expected a number of days, such as 9d, or yes or no."),
    "": N_("Expected a whole number, such as 3."),
}


def number(text: str, field: Field) -> int | None:
    """Cents of money, or the whole number; None if it is none."""
    if field.kind is Kind.MONEY:
        return cents(text)
    found = _WHOLE.fullmatch(text.strip().casefold())
    if found is None or found[2] not in ("", field.unit):
        return None
    return int(found[1])


def amount(piece: Piece, field: Field, line: str, world: FilterWorld) -> Amount:
    """The node of a clause about money or numbers. Raises Unreadable."""
    value = piece.values[0]
    if value.op.endswith("..") and value.op != "..":
        message = Text("Either a comparison or a range, not both.")
        raise refuse(Code.BAD_OPERATOR, value.start, value.end, message)
    if value.op != "..":
        return Amount(field.id, Op(value.op or "="), _one(value.low, value, piece, field, line, world))
    if value.low is None and value.high is None:
        raise _no_number(value.start, value.end, field)
    if value.high is None:
        return Amount(field.id, Op.FROM, _one(value.low, value, piece, field, line, world))
    if value.low is None:
        return Amount(field.id, Op.UP_TO, _one(value.high, value, piece, field, line, world))
    low = _one(value.low, value, piece, field, line, world)
    high = _one(value.high, value, piece, field, line, world)
    if high < low:
        turned = f"{line[value.high.start : value.high.end]}..{line[value.low.start : value.low.end]}"
        written = line[piece.start : piece.start + len(piece.name)]
        offers = (instead(line, piece.start, piece.end, f"{written}:{turned}"),)
        raise refuse(
            Code.EMPTY_RANGE, value.start, value.end, Text("The range is the wrong way round."), offers
        )
    return Amount(field.id, Op.BETWEEN, low, high)


def _one(plain: Plain | None, value: Value, piece: Piece, field: Field, line: str, world: FilterWorld) -> int:
    if plain is None:
        raise _no_number(value.start, value.end, field)
    found = number(plain.text, field)
    if found is not None:
        return found
    parts = plain.text.split(",")
    if len(parts) > 1 and not plain.quoted and all(number(part, field) is not None for part in parts):
        raise _list(parts, plain, value, piece, field, line, world)
    raise _no_number(plain.start, plain.end, field)


def _no_number(start: int, end: int, field: Field) -> Exception:
    key = "money" if field.kind is Kind.MONEY else field.unit
    return refuse(Code.BAD_NUMBER, start, end, Text(_EXPECTED[key]))


def _list(
    parts: Sequence[str],
    plain: Plain,
    value: Value,
    piece: Piece,
    field: Field,
    line: str,
    world: FilterWorld,
) -> Exception:
    """`5000,7000`: neither a decimal nor a list; what it would be as a decimal, and either of them offered."""
    written = line[piece.start : piece.start + len(piece.name)]
    either = f" {'or' if world.language == 'en' else 'ou'} "
    terms = either.join(f"{written}:{value.op}{part}" for part in parts)
    offers = (instead(line, piece.start, piece.end, f"({terms})"),)
    name = field.name(world.language)
    if field.kind is Kind.MONEY:
        params = {"field": name.capitalize(), "decimal": f"{parts[0]},{parts[1][:2]}"}
        message = Text("{field} takes no list; {decimal} would be a decimal.", params)
    else:
        message = Text("{field} takes no list.", {"field": name.capitalize()})
    return refuse(Code.LIST_HERE, plain.start, plain.end, message, offers)


def written_amount(value: int, field: Field | None, language: str) -> str:
    """As it is printed: no points between thousands, cents only if there are any, the field's unit behind."""
    if field is not None and field.kind is Kind.MONEY:
        whole, rest = divmod(value, 100)
        point = "." if language == "en" else ","
        return f"{whole}{point}{rest:02}" if rest else str(whole)
    return f"{value}{field.unit if field is not None else ''}"
