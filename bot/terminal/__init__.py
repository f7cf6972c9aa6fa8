"""The terminal face: the chat and its rendering."""
