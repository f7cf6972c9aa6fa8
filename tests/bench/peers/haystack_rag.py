"""Haystack 3: the retrievers of haystack_reader, its prompt builder, the model that is set."""

# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "torch==2.13.0",
#   "haystack-ai==3.4.1",
#   "transformers-haystack==2.0.0",
#   "sentence-transformers-haystack==2.0.0",
# ]
# ///

from __future__ import annotations

from pathlib import Path

import model
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage
from haystack.utils import Secret
from haystack_reader import Haystack
from peer import Said, serve

_PROMPT = """Given the following information, answer the question.

Context:
{% for document in documents %}
    {{ document.content }}
{% endfor %}

Question: {{question}}
Answer:"""


class Rag(Haystack):
    def __init__(self, work: Path, encoder: Path, reader: Path) -> None:
        super().__init__(work, encoder, reader)
        self._pipeline.remove_component("reader")
        self._pipeline.add_component(
            "prompt", ChatPromptBuilder([ChatMessage.from_user(_PROMPT)], required_variables="*")
        )
        generator = OpenAIChatGenerator(
            model=model.NAME, api_base_url=model.URL, api_key=Secret.from_token(model.KEY)
        )
        self._pipeline.add_component("llm", generator)
        self._pipeline.connect("joiner", "prompt.documents")
        self._pipeline.connect("prompt.prompt", "llm.messages")

    def ask(self, question: str) -> Said:
        inputs = {"embedder": {"text": question}, "by_words": {"query": question}}
        inputs["prompt"] = {"question": question}
        run = self._pipeline.run(inputs, include_outputs_from={"joiner"})
        self._found = run["joiner"]["documents"]
        shown = [(each.meta["article"], each.content) for each in self._found]
        return Said(run["llm"]["replies"][0].text, shown)

    def unrefused(self, question: str) -> str | None:
        return None


serve(Rag)
