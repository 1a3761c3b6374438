-- Written by the row writer from one declaration per table (store/search.py), never by triggers.
CREATE VIRTUAL TABLE IF NOT EXISTS party_fts USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
CREATE VIRTUAL TABLE IF NOT EXISTS card_fts USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
-- Words alone, parted by blanks: `ascii` takes every other sign as part of one.
CREATE VIRTUAL TABLE IF NOT EXISTS note_fts USING fts5(words, tokenize = "ascii", prefix = '2 3');
-- Phones without the country and e-mail addresses, found by any part of three signs or more.
CREATE VIRTUAL TABLE IF NOT EXISTS point_fts USING fts5(words, tokenize = "trigram");
-- The words that people and cards are called by, in their order, with how many have each: nothing is kept twice.
CREATE VIRTUAL TABLE IF NOT EXISTS party_fts_words USING fts5vocab(party_fts, row);
CREATE VIRTUAL TABLE IF NOT EXISTS card_fts_words USING fts5vocab(card_fts, row);
