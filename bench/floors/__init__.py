"""The least that Textual itself costs: what the program is divided by."""
