"""Gates: what a stage asks for before a card goes on, whichever way it goes."""
