"""The language model that peers are given: kiji's own settings, of which they need three.

`KIJI_MODEL` (`openai:NAME`), `KIJI_MODEL_URL` (the base URL of an OpenAI-compatible
server) and `KIJI_MODEL_KEY`.
"""

from __future__ import annotations

import os

NAME = os.environ.get("KIJI_MODEL", "").partition(":")[2]
URL = os.environ.get("KIJI_MODEL_URL", "") or None
KEY = os.environ.get("KIJI_MODEL_KEY", "") or "none"
