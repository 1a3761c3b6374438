"""Theme, glyphs, words, keys: how things look and are typed; no business, no database."""
