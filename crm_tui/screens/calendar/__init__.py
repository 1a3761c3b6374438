"""The forms of working calendars."""
