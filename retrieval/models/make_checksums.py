"""Record the checksums of a model folder: `python -m retrieval.models.make_checksums encoder`.

Run it by hand, once, when a model has been made on purpose.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from retrieval.models import checksum


def main() -> None:
    """Measure the named folders and rewrite their entries in `checksums.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", metavar="NAME", help="a folder beside this script")
    sums = checksum.recorded() if checksum.SUMS_FILE.exists() else {}
    for name in parser.parse_args().names:
        folder = Path(__file__).parent / name
        if not folder.is_dir():
            parser.error(f"no folder {folder}")
        sums[name] = checksum.measure(folder)
        print(f"{name}: {len(sums[name])} files")
    text = json.dumps(sums, indent=2, sort_keys=True) + "\n"
    checksum.SUMS_FILE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
