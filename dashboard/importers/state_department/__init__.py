"""The Office of the Historian's XML of the travels of US presidents."""
