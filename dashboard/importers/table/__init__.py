"""Any table with a row for each trip or stop: what its columns hold is guessed, and can be said."""
