"""Files, folders, pages and JSONL to Articles.

One direction: a source gives bytes, a reader (text, `markdown`, `page`,
`pdf`, `word`, `records`) gives Material, `assemble` gives the Article. Heavy
libraries are imported by the reader that needs them, when it does.
"""

from retrieval.load.files import SUPPORTED
from retrieval.load.limits import LoadLimits
from retrieval.load.sources import OnSkip, load

__all__ = ["SUPPORTED", "LoadLimits", "OnSkip", "load"]
