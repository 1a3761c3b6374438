"""One person once: the rules of duplicates, who may be one person, and how two become one."""
