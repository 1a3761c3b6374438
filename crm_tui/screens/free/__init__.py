"""Free days: people by days."""
