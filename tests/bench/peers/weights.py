"""kiji's reader as a folder that every library loads: `weights.py READER ENCODER OUT`."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["onnx==1.23.2", "safetensors==0.6.2", "numpy==2.3.5"]
# ///

from __future__ import annotations

import sys
from pathlib import Path

from retrieval.models.reader_folder import write

write(*(Path(each) for each in sys.argv[1:4]))
