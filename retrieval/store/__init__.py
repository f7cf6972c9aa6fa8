"""The store: articles, passages, their words and their vectors, on disk, for many processes."""

from retrieval.store.library import Library
from retrieval.store.options import StoreOptions
from retrieval.store.reports import ArticleInfo, IndexProgress, IndexReport

__all__ = ["ArticleInfo", "IndexProgress", "IndexReport", "Library", "StoreOptions"]
