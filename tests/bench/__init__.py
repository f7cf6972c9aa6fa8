"""Measurements on benchmark data that stands outside the project."""
