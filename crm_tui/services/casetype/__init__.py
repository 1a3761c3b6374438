"""Service types: what a contact is about for the house."""
