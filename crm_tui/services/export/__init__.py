"""Data that leaves the base as a table: what may be read for it, and the word in the trail."""
