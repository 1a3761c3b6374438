"""Appointments: what may be asked, what may be read, how it is done."""
