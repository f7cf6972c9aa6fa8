"""Every error that kiji raises on purpose.

A person never sees a Python message. Each error has a `key` such as
`load.missing_file`; the catalogue in `prompts/` holds one sentence per key and
language, filled with the error's `details`, that says what happened and what to
do. `str(error)` is for logs.

    KijiError                   base; exit status 1
    ├── LoadError               an article could not be read (file, page, record)
    ├── SettingsError           a KIJI_* setting is unknown or has a wrong value
    ├── StoreError              the store can't be opened, read or written
    │   ├── StoreLockedError    another process is writing and did not finish in time
    │   └── StoreMismatchError  the index was made otherwise (model …): `kiji reindex`
    ├── ModelError              an embedding or reading model could not be loaded
    └── InputError              a question or an argument can't be used as it is

Anything else that escapes is a bug: it is logged with its trace, and the person
is told so in one sentence with an id.
"""

from __future__ import annotations


class KijiError(Exception):
    """An error with a sentence for people.

    `key` names a sentence of the catalogue (`topic.name`), `details` are its
    placeholders.
    """

    def __init__(self, key: str, **details: object) -> None:
        self.key = key
        self.details = details
        shown = ", ".join(f"{name}={value!r}" for name, value in details.items())
        super().__init__(f"{key}({shown})")


class LoadError(KijiError):
    """An article could not be read."""


class SettingsError(KijiError):
    """A setting is unknown or has a value that can't be used."""


class StoreError(KijiError):
    """The store can't be opened, read or written."""


class StoreLockedError(StoreError):
    """Another process holds the store for writing."""


class StoreMismatchError(StoreError):
    """The collection was indexed with another model, prompt, splitter or schema."""


class ModelError(KijiError):
    """A model could not be loaded or is not what its checksum says."""


class InputError(KijiError):
    """What a person gave can't be used as it is."""
