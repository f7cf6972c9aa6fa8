"""Prompt texts and the catalogue of what kiji says; imports nothing of ours."""
