"""Standard texts."""
