"""Forms: their editor, their revisions, and how they are answered about a card."""
