"""Money as people type it, to cents. One reader for forms, shell and filters."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"(?:r\$|us\$|\$)?\s*(?P<number>[0-9][0-9.,\s]*?)\s*(?P<unit>k|mil|mi|m)?", re.IGNORECASE)
_GROUPS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_UNITS = {"": 1, "k": 1_000, "mil": 1_000, "mi": 1_000_000, "m": 1_000_000}
MOST = 10**13
"""Cents; more is a slip of the keyboard."""
_LONGEST = 60
"""Signs; of thousands of digits no number can be made at all."""


def cents(text: str) -> int | None:
    """`12.400,50`, `12400`, `R$ 5.000`, `1,5mi`, `5k`, `1,234.56` in cents; None if it is no amount.

    The last of the two separators is the decimal one if at most two digits follow it; a single separator
    with exactly three digits after it groups thousands (`5.000`, `5,000`).
    """
    found = _SHAPE.fullmatch(text.strip())
    if found is None or len(text) > _LONGEST:
        return None
    number = re.sub(r"\s", "", found["number"])
    unit = _UNITS[(found["unit"] or "").lower()]
    whole, fraction = _parts(number)
    if whole is None or not (whole + fraction).isdigit():
        return None
    value = int(whole + fraction.ljust(2, "0")[:2]) if len(fraction) <= 2 else -1
    if unit > 1:
        exact = int(whole + fraction) * unit * 100
        scale = 10 ** len(fraction)
        value = exact // scale if exact % scale == 0 else -1
    return value if 0 <= value <= MOST else None


def _parts(number: str) -> tuple[str | None, str]:
    if number[-1] in ".,":
        return None, ""
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number, ""
    left, right = number[:last], number[last + 1 :]
    separators = {c for c in number if c in ".,"}
    if len(separators) == 1 and (number.count(number[last]) > 1 or (len(right) == 3 and left != "0")):
        return (re.sub("[.,]", "", number), "") if _GROUPS.fullmatch(number) else (None, "")
    if left.isdigit():
        return left, right
    return (re.sub("[.,]", "", left), right) if _GROUPS.fullmatch(left) else (None, "")
