"""The chat model that the settings name, made by LangChain's `init_chat_model`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from retrieval.errors import ModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bot.settings import Settings

# Provider (as init_chat_model names it) → the extra of kiji-bot that brings it.
EXTRAS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google_genai": "google",
    "ollama": "ollama",
}
# Provider → the variable that its own package reads the key from.
_KEYS = {
    "openai": "OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
    "google_genai": "GOOGLE_API_KEY",
}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """What the settings say of the model; times in seconds, `per_minute` 0 for no limit.

    `private`: the collection is one whose text stays on this machine.
    """

    name: str
    url: str = ""
    key: str = field(default="", repr=False)
    format: str = "auto"
    options: str = ""
    connect_timeout: float = 10
    first_token_timeout: float = 30
    timeout: float = 120
    retries: int = 2
    per_minute: float = 0
    max_tokens: int = 1500
    history_tokens: int = 800
    private: bool = False

    @property
    def provider(self) -> str:
        """The part before the first colon."""
        return self.name.partition(":")[0]

    @property
    def outside(self) -> bool:
        """Whether text leaves this machine: everywhere but with a server on loopback."""
        return (urlsplit(self.url).hostname or "") not in _LOOPBACK


def model_options(settings: Settings) -> ModelOptions | None:
    """The model's part of the settings, or None where no model is set."""
    if not settings.model:
        return None
    return ModelOptions(
        name=settings.model,
        url=settings.model_url,
        key=settings.model_key.get_secret_value(),
        format=settings.model_format,
        options=settings.model_options,
        connect_timeout=settings.model_connect_timeout,
        first_token_timeout=settings.model_first_token_timeout,
        timeout=settings.model_timeout,
        retries=settings.model_retries,
        per_minute=settings.model_per_minute,
        max_tokens=settings.model_max_tokens,
        history_tokens=settings.model_history_tokens,
        private=settings.is_private,
    )


def _arguments(options: ModelOptions) -> dict[str, Any]:
    """The provider's own names for what is set. Retries are ours: they honour Retry-After."""
    given: dict[str, Any] = {}
    key = options.key or ("none" if options.url and not options.outside else "")
    if options.provider == "ollama":
        # Ollama's client takes neither a key nor a number of retries.
        given |= {
            "num_predict": options.max_tokens,
            "client_kwargs": {"timeout": _timeouts(options)},
        }
    else:
        given |= {"max_tokens": options.max_tokens, "max_retries": 0}
        if key:
            given["api_key"] = key
    if options.provider == "openai":
        given |= {"timeout": _timeouts(options), "stream_usage": True}
    elif options.provider in ("anthropic", "google_genai"):
        # These take one time for all; `Loop` bounds their connecting.
        given |= {"timeout": options.timeout}
    if options.provider == "google_genai":
        # Google's client counts tries, and takes none for its own default of several.
        given |= {"max_retries": 1}
    given |= json.loads(options.options or "{}")
    if options.url:
        # Last: what is said of the model's place, and of what it may read, hangs on this setting.
        given["base_url"] = options.url
    return given


def _timeouts(options: ModelOptions) -> Any:  # noqa: ANN401 - httpx.Timeout, imported only here
    import httpx

    return httpx.Timeout(options.timeout, connect=options.connect_timeout)


def make_model(options: ModelOptions) -> BaseChatModel:
    """The chat model, ready to be called; nothing is sent yet.

    Raises ModelError: `llm.missing_extra` where the provider's package is not
    installed, `llm.no_provider` for an unknown provider, `llm.no_key` and
    `llm.unusable` where the package refuses what it was given.
    """
    from langchain.chat_models import init_chat_model

    try:
        model = init_chat_model(options.name, **_arguments(options))
    except ImportError as error:
        extra = EXTRAS.get(options.provider)
        if extra is None:
            named = re.search(r"langchain-[\w-]+", str(error))
            package = named.group() if named else f"langchain-{options.provider}"
            raise ModelError(
                "llm.missing_package", provider=options.provider, package=package
            ) from None
        raise ModelError("llm.missing_extra", provider=options.provider, extra=extra) from None
    except Exception as error:  # noqa: BLE001 - each provider has errors of its own
        # From None, here and below: the provider's message may quote the key.
        name = type(error).__name__
        if isinstance(error, ValueError) and "nfer model provider" in str(error):
            providers = ", ".join(EXTRAS)
            raise ModelError("llm.no_provider", name=options.provider, known=providers) from None
        if not options.key and "key" in str(error).lower():
            variable = _KEYS.get(options.provider, "KIJI_MODEL_KEY")
            raise ModelError("llm.no_key", model=options.name, variable=variable) from None
        raise ModelError("llm.unusable", model=options.name, error=name) from None
    # Anthropic's package takes no key for an empty one, and only fails when it is called.
    held = getattr(model, f"{options.provider}_api_key", None)
    if isinstance(held, SecretStr) and not held.get_secret_value():
        raise ModelError("llm.no_key", model=options.name, variable=_KEYS[options.provider])
    return model  # type: ignore[no-any-return]
