-- Written by the row writer from one declaration per table (store/search.py), never by triggers.
CREATE VIRTUAL TABLE IF NOT EXISTS party_fts USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
CREATE VIRTUAL TABLE IF NOT EXISTS card_fts USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
-- Words alone, parted by blanks: `ascii` takes every other sign as part of one.
CREATE VIRTUAL TABLE IF NOT EXISTS note_fts USING fts5(words, tokenize = "ascii", prefix = '2 3');
