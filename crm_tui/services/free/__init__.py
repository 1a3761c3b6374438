"""Free days: who is free, when."""
