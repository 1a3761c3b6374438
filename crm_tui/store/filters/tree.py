"""One tree to one condition: each node's SQL, every value a parameter, never NULL, so that a denial is the complement.

`:f0`, `:f1` … are the tree's own parameters; `:now`, `:today` and the like those of the asker's day. A condition on
people also names the parameters of `store.queries.sight`, which whoever runs it hands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from crm_tui.domain.filter_dates import Days, days
from crm_tui.domain.filter_fields import OWN, field_of
from crm_tui.domain.filter_tree import (
    ME,
    MY_TEAM,
    NOBODY,
    All,
    Amount,
    Answer,
    AnyOf,
    Codes,
    Dates,
    FreeText,
    Node,
    Not,
    Op,
    Presence,
    Texts,
    Things,
    Tri,
    Users,
    Words,
)
from crm_tui.store.filters import finding
from crm_tui.store.filters.asker import Asker, listed
from crm_tui.store.filters.rows import ALWAYS, CLOSED, HELD, NEVER, STALE_AFTER, Rows
from crm_tui.store.queries.followup import ARMS
from crm_tui.store.values import instant

_BELOW = """(WITH RECURSIVE below (id) AS (SELECT value FROM json_each({teams})
 UNION SELECT t.id FROM team t JOIN below b ON t.parent_id = b.id)
 SELECT u.id FROM "user" u JOIN below b ON b.id = u.team_id)"""
_OPERATORS = {Op.IS: "=", Op.BELOW: "<", Op.UP_TO: "<=", Op.ABOVE: ">", Op.FROM: ">="}


class Condition(NamedTuple):
    """A condition's text and the parameters that it names."""

    sql: str
    params: dict[str, Any]


def condition(where: Node, rows: Rows, asker: Asker) -> Condition:
    """The condition under which a row of this kind is one that the tree means: 1 or 0."""
    made = _Writer(rows, asker)
    sql = made.node(where)
    if "has_words(" in sql:
        finding.teach(asker.connection)
    return Condition(sql, made.params)


class _Writer:
    """Writes one tree; `params` grow with each value."""

    def __init__(self, rows: Rows, asker: Asker) -> None:
        self.rows = rows
        self.asker = asker
        self.params: dict[str, Any] = dict(asker.moment)
        self._own = 0

    def put(self, value: Any) -> str:
        name = f"f{self._own}"
        self._own += 1
        self.params[name] = value
        return f":{name}"

    def node(self, node: Node) -> str:
        match node:
            case All(of):
                return _joined(" AND ", [self.node(each) for each in of], ALWAYS)
            case AnyOf(of):
                return _joined(" OR ", [self.node(each) for each in of], NEVER)
            case Not(of):
                return f"NOT {self.node(of)}"
        found = self._leaf(node)
        return found if found in (NEVER, ALWAYS) else f"ifnull(({found}), 0)"

    def _leaf(self, node: Node) -> str:
        name = node.what if isinstance(node, Presence) else getattr(node, "field", "")
        if name.startswith(OWN):
            from crm_tui.store.filters import own  # the first list has no use for it

            return own.condition(self, node, name.removeprefix(OWN))
        match node:
            case Users(name, users):
                return _joined(" OR ", [self._user(name, each) for each in users], NEVER)
            case Things(name, things):
                return self._things(name, [each.id for each in things])
            case Words(name, words):
                return _joined(" OR ", [self._word(name, each) for each in words], NEVER)
            case Tri(name, answer):
                return self._tri(name, answer)
            case Dates(name, _):
                return self._dates(node)
            case Amount():
                return self._stale_days(node) if node.field == "stale" else self._amount(node)
            case Texts(name, phrases):
                return finding.either([finding.in_field(self, name, each) for each in phrases])
            case Codes(name, codes):
                return finding.either([finding.in_codes(self, (name,), each) for each in codes])
            case Presence(what, there):
                has = self.rows.has.get(what, NEVER)
                return has if there else f"NOT ifnull(({has}), 0)"
            case FreeText(phrase):
                return finding.freely(self, phrase)
        raise AssertionError(node)

    # --- users and things

    def _user(self, name: str, wanted: Any) -> str:
        column, link = self.rows.users.get(name), self.rows.links.get(name)
        if wanted == NOBODY:
            if link is not None:
                return f"NOT EXISTS ({link.format(value='IS NOT NULL')})"
            return f"{column} IS NULL" if column is not None else ALWAYS
        if wanted == ME:
            value = f"= {self.put(self.asker.me)}"
        elif wanted == MY_TEAM:
            value = self._in(self.asker.team)
        else:
            value = f"= {self.put(wanted.id)}"
        if link is not None:
            return f"EXISTS ({link.format(value=value)})"
        return f"{column} {value}" if column is not None else NEVER

    def _in(self, ids: Any) -> str:
        return f"IN (SELECT value FROM json_each({self.put(listed(list(ids)))}))"

    def _things(self, name: str, ids: Sequence[int]) -> str:
        if name == "team":
            return f"{self.rows.owner} IN {_BELOW.format(teams=self.put(listed(list(ids))))}"
        link = self.rows.links.get(name)
        if link is not None:
            return f"EXISTS ({link.format(value=self._in(ids))})"
        column = self.rows.things.get(name)
        return NEVER if column is None else f"{column} {self._in(ids)}"

    # --- words and answers

    def _word(self, name: str, word: str) -> str:
        if name == "due":
            return self._due(word)
        if name == "time":
            return self._time(word)
        column = self.rows.words.get(name)
        if name == "status" and word == "all":
            return ALWAYS
        if column is None:
            return NEVER
        if name == "status" and word in ("open", "closed"):
            sign = "IN" if word == "open" else "NOT IN"
            return f"{column} {sign} ('open', 'paused')"
        return f"{column} = {self.put(word)}"

    def _due(self, word: str) -> str:
        if not self.rows.due:
            return NEVER
        closed = f"ifnull({CLOSED}, 0)" if self.rows.key == "c.id" else NEVER
        if word == "closed":
            return closed
        arms = [f"({arm.format(**self.rows.due)})" for state, arm in ARMS if state.value == word]
        return f"NOT {closed} AND {_joined(' OR ', arms, NEVER)}"

    def _time(self, word: str) -> str:
        if not self.rows.due:
            return NEVER
        due, start = self.rows.due["due"], self.rows.due["start"]
        if word in ("with", "without"):
            return f"{start} IS NOT NULL" if word == "with" else f"{start} IS NULL AND {due} IS NOT NULL"
        *turns, (_, first) = self.asker.offsets()
        whens = "".join(f" WHEN {start} >= {self.put(at)} THEN {self.put(offset)}" for at, offset in turns)
        offset = f"CASE{whens} ELSE {self.put(first)} END" if whens else self.put(first)
        hour = f"CAST(strftime('%H', {start}, ({offset}) || ' minutes') AS INTEGER)"
        return f"{hour} {'<' if word == 'morning' else '>='} 12"

    def _tri(self, name: str, answer: Answer) -> str:
        if answer is Answer.ALL:
            return ALWAYS
        if name == "stale":
            flag = self._stale()
        elif name == "draft":
            flag = f"{self.rows.draft} IN (SELECT d.subject FROM draft d WHERE d.author_id = {self.put(self.asker.me)}"
            flag += " AND d.command = 'file_note')"
        else:
            flag = self.rows.flags.get(name, NEVER)
        return flag if answer is Answer.YES else f"NOT ifnull(({flag}), 0)"

    def _stale(self) -> str:
        """Its stage's days without touch are over: the twin of `domain.board.stale`, on the asker's clock."""
        touched = self.rows.instants.get("touched")
        if touched is None or not self.rows.due:
            return NEVER
        limits = "SELECT DISTINCT stale_days FROM stage WHERE stale_days IS NOT NULL"
        over = []
        for (limit,) in self.asker.connection.execute(limits).fetchall():
            last = self.asker.before(self.asker.today - timedelta(days=limit - 1))
            over.append(f"({STALE_AFTER} = {self.put(limit)} AND {touched} < {self.put(last)})")
        return f"{_joined(' OR ', over, NEVER)} AND NOT ifnull({HELD}, 0)"

    # --- days and amounts

    def _dates(self, node: Dates) -> str:
        return _joined(" OR ", [self._days(node.field, each) for each in self.days_of(node)], NEVER)

    def days_of(self, node: Dates) -> list[Days]:
        """The spans of days that are meant today."""
        known = field_of(node.field)
        back = known is not None and known.back
        spans = (days(span, self.asker.clock, back=back) for span in node.any)
        return [each for each in spans if each is not None]

    def _days(self, name: str, span: Days) -> str:
        if name == "due_on" and self.rows.due:
            due, start = self.rows.due["due"], self.rows.due["start"]
            plain, timed = self.civil(due, span), self._between(start, span)
            return f"iif({start} IS NULL, {plain}, {timed})"
        if name == "booked":
            return self._booked(span)
        if name in self.rows.days:
            return self.civil(self.rows.days[name], span)
        column = self.rows.instants.get(name)
        return NEVER if column is None else self._between(column, span)

    def _booked(self, span: Days) -> str:
        """One of its appointments begins then; one of whole days touches those days."""
        if not self.rows.booked:
            return NEVER
        whole = [f"b.due_on <= {self.put(span.last.isoformat())}"] if span.last is not None else []
        if span.first is not None:
            whole.append(f"coalesce(b.last_on, b.due_on) >= {self.put(span.first.isoformat())}")
        begins = f"iif(b.all_day, {_joined(' AND ', whole, ALWAYS)}, {self._between('b.start_at', span)})"
        return f"EXISTS ({self.rows.booked} AND {begins})"

    def civil(self, column: str, span: Days) -> str:
        """A civil day within a span."""
        ends = []
        if span.first is not None:
            ends.append(f"{column} >= {self.put(span.first.isoformat())}")
        if span.last is not None:
            ends.append(f"{column} <= {self.put(span.last.isoformat())}")
        return _joined(" AND ", ends, ALWAYS)

    def _between(self, column: str, span: Days) -> str:
        start, end = span.instants(self.asker.zone)
        ends = []
        if start is not None:
            ends.append(f"{column} >= {self.put(instant(start))}")
        if end is not None:
            ends.append(f"{column} < {self.put(instant(end))}")
        return _joined(" AND ", ends, ALWAYS)

    def _stale_days(self, node: Amount) -> str:
        """Days without touch are counted on the asker's clock: so many days ago is a span of days."""
        column = self.rows.instants.get("touched")
        if column is None or not self.rows.due:
            return NEVER

        def ago(count: int) -> date:
            return self.asker.today - timedelta(days=min(count, 100_000))

        match node.op:
            case Op.IS:
                span = Days(ago(node.value), ago(node.value))
            case Op.BELOW:
                span = Days(ago(node.value - 1), None)
            case Op.UP_TO:
                span = Days(ago(node.value), None)
            case Op.ABOVE:
                span = Days(None, ago(node.value + 1))
            case Op.FROM:
                span = Days(None, ago(node.value))
            case Op.BETWEEN:
                span = Days(ago(node.until or 0), ago(node.value))
        return self._between(column, span)

    def _amount(self, node: Amount) -> str:
        column = self.rows.amounts.get(node.field)
        return NEVER if column is None else self.compared(column, node)

    def compared(self, column: str, node: Amount) -> str:
        """A whole number beside what is asked for."""
        if node.op is Op.BETWEEN:
            return f"{column} BETWEEN {self.put(node.value)} AND {self.put(node.until or 0)}"
        return f"{column} {_OPERATORS[node.op]} {self.put(node.value)}"


def _joined(joint: str, parts: Sequence[str], empty: str) -> str:
    """Conditions in parentheses; of none, what none of them means."""
    if not parts:
        return empty
    return parts[0] if len(parts) == 1 else f"({joint.join(f'({part})' for part in parts)})"
