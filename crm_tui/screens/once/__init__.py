"""One person once: likely pairs, and two records side by side."""
