"""Sentences, passages and the names that an article explains, as exact slices of its text."""

from retrieval.split.alias import aliases
from retrieval.split.context import embedding_text
from retrieval.split.passages import split
from retrieval.split.sentence import sentences

# Stored with an index: a change in what `split` or `embedding_text` give needs a new one.
SPLITTER_VERSION = "1"

__all__ = ["SPLITTER_VERSION", "aliases", "embedding_text", "sentences", "split"]
