"""The Slack face: one answer to each question, in the thread it was asked in."""
