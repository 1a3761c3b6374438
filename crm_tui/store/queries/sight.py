"""Who may see which row, as conditions that every reading query shares. Knows no view and no table of its own.

The parameters come from `services.core.scope`: `all`, `owners` (a JSON array) and `unowned` say how far
`card.read` reaches, `party_all`, `party_owners` and `party_unowned` the same of `party.read`; `hidden` are the
restricted boards that the viewer does not see (a JSON array, NULL for none: then no row is looked at for it); `me` is
the viewer.
"""

from __future__ import annotations

_HIDDEN = "(SELECT value FROM json_each(:hidden))"


def on_board(board: str) -> str:
    """The board of this column is not hidden; a row without a board is of all of them. (K5)"""
    return f"(:hidden IS NULL OR coalesce({board}, 0) NOT IN {_HIDDEN})"


def on_stage(stage: str) -> str:
    """The same by the column of a stage."""
    of_hidden = f"(SELECT id FROM stage WHERE board_id IN {_HIDDEN})"
    return f"(:hidden IS NULL OR {stage} NOT IN {of_hidden})"


def walled(alias: str, owner: str) -> str:
    """A card (`owner` is `owner_id`) or a step (`assignee_id`) is on no hidden board; of one's own rows, where no
    reach need be asked."""
    if owner == "assignee_id":
        return on_board(f"(SELECT board_id FROM card WHERE id = {alias}.card_id)")
    return on_board(f"{alias}.board_id")


def reached(column: str) -> str:
    """The row is within reach by this owner's column alone, whatever board it is on."""
    return f"(:all OR {column} IN (SELECT value FROM json_each(:owners)) OR (:unowned AND {column} IS NULL))"


def owned(column: str) -> str:
    """A card by its `owner_id`, or a step by its `assignee_id`, is within reach and on no hidden board."""
    alias, _, owner = column.partition(".")
    return f"({reached(column)} AND {walled(alias, owner)})"


def party_seen(alias: str) -> str:
    """A person is seen by whoever reaches its owner, or may see one of its cards. (MODEL.md §5.1)"""
    return f"""(:party_all OR {alias}.owner_id IN (SELECT value FROM json_each(:party_owners))
  OR (:party_unowned AND {alias}.owner_id IS NULL)
  OR EXISTS (SELECT 1 FROM card seen WHERE (seen.party_id = {alias}.id OR seen.contact_id = {alias}.id)
             AND seen.deleted_at IS NULL AND {owned("seen.owner_id")}))"""


def takes_part(alias: str) -> str:
    """An activity is one's own (`me`): one does it, booked it, or was invited to it."""
    return f"""({alias}.assignee_id = :me OR {alias}.created_by_id = :me OR EXISTS (
  SELECT 1 FROM activity_attendee m WHERE m.user_id = :me AND m.activity_id = {alias}.id))"""


def told(alias: str) -> str:
    """What an activity is about may be told: it is not private, or the viewer takes part. True where there is none."""
    return f"(coalesce({alias}.private, 0) = 0 OR {takes_part(alias)})"


def step_told(activity: str, event: str) -> str:
    """Whether an activity may be told of; one that is not there any more by what it was."""
    return f"""(e.actor_id = :me OR EXISTS (SELECT 1 FROM activity v WHERE v.id = {activity} AND {told("v")})
 OR (NOT EXISTS (SELECT 1 FROM activity v WHERE v.id = {activity}) AND NOT EXISTS (
  SELECT 1 FROM change g WHERE g.event_id = {event} AND g.table_name = 'activity' AND g.row_id = {activity}
  AND coalesce(g.after ->> 'private', g.before ->> 'private', 0))))"""


def put_back(event: str, *kinds: str) -> str:
    """An undo or redo (`event`) of what began with an event of one of these kinds; its words may have been erased."""
    kind = f"iif(json_valid({event}.params), json_extract({event}.params ->> 'what', '$.kind'), '')"
    of_these = " OR ".join(f"{kind} LIKE '{each}.%'" for each in kinds)
    return f"({event}.entity = 'batch' AND ({of_these}))"


def of_step(event: str) -> str:
    """What happened is about an activity, or that what was done to one was put back."""
    return f"({event}.entity = 'activity' OR {put_back(event, 'activity', 'appointment')})"


TOLD = f"(NOT {of_step('e')} OR {step_told('e.entity_id', 'e.id')})"
"""Whether what happened (`e`) may be told of at all: one about a private appointment, or that it was undone, by who
takes part and who did it (`me`)."""
