"""Offers, the lines of their price lists, and the items of cards; an offer of a hidden board is hidden with it."""

from __future__ import annotations

from crm_tui.store.queries.sight import on_board, owned

OFFERS = f"""
SELECT o.id, o.name, o.kind, o.board_id, b.name, o.active, o.inactivated_on,
       (SELECT count(*) FROM offer_item i WHERE i.offer_id = o.id AND i.active = 1), o.version
FROM offer o LEFT JOIN board b ON b.id = o.board_id
WHERE {on_board("o.board_id")} ORDER BY o.position, o.id
"""
ORDER = "SELECT id FROM offer ORDER BY position, id"
ITEMS = f"""
SELECT i.id, i.offer_id, o.name, i.name, i.price, i.recurring, i.unit, i.active, o.active, i.version
FROM offer o JOIN offer_item i ON i.offer_id = o.id
WHERE {on_board("o.board_id")} ORDER BY o.position, o.id, i.position, i.id
"""
ITEM_ORDER = "SELECT id FROM offer_item WHERE offer_id = :offer_id ORDER BY position, id"
ITEM_NAMES = "SELECT name, active FROM offer_item WHERE offer_id = :offer_id AND id <> :but"

_ON_CARD = """
SELECT k.id, k.offer_item_id, o.name, i.name, i.unit, k.qty, k.unit_price, k.discount, k.recurring,
       i.active AND o.active, k.version
"""
_FROM = """
FROM card_item k JOIN card c ON c.id = k.card_id JOIN offer_item i ON i.id = k.offer_item_id
JOIN offer o ON o.id = i.offer_id
"""
OF_CARD = f"""{_ON_CARD}{_FROM}
WHERE k.card_id = :card_id AND c.deleted_at IS NULL AND {owned("c.owner_id")} ORDER BY k.id
"""
CARD_ITEM = f"""{_ON_CARD}, c.number{_FROM}
WHERE k.id = :id AND c.deleted_at IS NULL AND {owned("c.owner_id")}
"""
HELD = "SELECT count(*) FROM card_item WHERE card_id = :card_id"
COPIED = """
SELECT k.offer_item_id, k.qty, k.unit_price, k.discount, k.recurring, i.name
FROM card o JOIN card_item k ON k.card_id = o.id JOIN offer_item i ON i.id = k.offer_item_id AND i.active = 1
JOIN offer f ON f.id = i.offer_id AND f.active = 1 WHERE o.number = :number ORDER BY k.id
"""
"""What a card of this number holds that another card may hold as well."""
TOTALS = """
SELECT count(*), coalesce(sum(iif(recurring, 0, qty * unit_price - discount)), 0),
       coalesce(sum(iif(recurring, qty * unit_price - discount, 0)), 0)
FROM card_item WHERE card_id = :card_id
"""
"""How many items a card has and what they come to: the twin of `domain.offer.totals`, held together by a test."""
