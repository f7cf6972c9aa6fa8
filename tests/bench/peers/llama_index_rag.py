"""LlamaIndex's query engine with its defaults, and the model that is set."""

# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "torch==2.13.0",
#   "llama-index-core==0.14.25",
#   "llama-index-embeddings-huggingface==0.8.0",
#   "llama-index-llms-openai-like==0.8.1",
#   "llama-index-vector-stores-chroma==0.6.0",
# ]
# ///

from __future__ import annotations

from pathlib import Path

import model
from llama_index.llms.openai_like import OpenAILike
from llama_index_chroma import LlamaIndex
from peer import Said, serve


class Rag(LlamaIndex):
    def __init__(self, work: Path, encoder: Path, reader: Path) -> None:
        super().__init__(work, encoder, reader)
        llm = OpenAILike(
            model=model.NAME, api_base=model.URL, api_key=model.KEY, is_chat_model=True
        )
        self._engine = self._index.as_query_engine(llm=llm)

    def ask(self, question: str) -> Said:
        reply = self._engine.query(question)
        shown = [(each.node.ref_doc_id, each.node.get_content()) for each in reply.source_nodes]
        return Said(str(reply), shown)


serve(Rag)
