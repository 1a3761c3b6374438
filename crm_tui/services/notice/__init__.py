"""Notices: what operators are told once."""
