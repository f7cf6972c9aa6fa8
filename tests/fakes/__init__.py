"""Small stand-ins that behave, in place of mocks that only record."""
