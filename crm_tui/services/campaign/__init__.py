"""Campaigns, and what follows from how an action ended."""
