"""Labels, and what is put on a card by hand: its labels, members and tasks. (K12, K25, K26, K30, K44)"""
