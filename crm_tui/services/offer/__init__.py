"""What is sold: the register of offers and their items, and those that a card holds."""
