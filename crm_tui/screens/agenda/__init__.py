"""The agenda: day, week, month, list."""
