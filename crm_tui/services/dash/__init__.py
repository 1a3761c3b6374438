"""The dashboard: one's own day and week in numbers."""
