"""From settings to a chat model, and what is told where that does not work."""

from __future__ import annotations

import subprocess
import sys

import langchain.chat_models.base
import langsmith.utils
import pytest

import bot.llm.model
from bot.llm.model import EXTRAS, ModelOptions, make_model, model_options
from bot.llm.probe import place, who_gets_what
from bot.log import start_log
from bot.opening import Opening
from bot.redact import redacted
from bot.settings import Settings
from prompts.catalogue import say
from retrieval.errors import ModelError
from retrieval.values import Language

KEY = "sk-do-not-show-1234567890"


def told(error: ModelError) -> str:
    return say("en", error.key, **error.details)


@pytest.mark.parametrize("provider", EXTRAS)
def test_a_missing_package_is_told_with_the_extra_that_brings_it(provider, monkeypatch):
    monkeypatch.setitem(sys.modules, f"langchain_{provider}", None)
    langchain.chat_models.base._get_chat_model_creator.cache_clear()
    with pytest.raises(ModelError) as caught:
        make_model(ModelOptions(f"{provider}:some-model"))
    assert f"pip install -e '.[{EXTRAS[provider]}]'" in told(caught.value)


def test_every_extra_stands_in_the_projects_file():
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))
    for extra in [*EXTRAS.values(), "otel"]:
        assert project["project"]["optional-dependencies"][extra]


def test_another_providers_package_is_told_by_its_own_name():
    with pytest.raises(ModelError) as caught:
        make_model(ModelOptions("groq:some-model"))
    assert "pip install langchain-groq" in told(caught.value)


def test_an_unknown_provider_is_told():
    with pytest.raises(ModelError) as caught:
        make_model(ModelOptions("nosuch:some-model"))
    assert "nosuch" in told(caught.value)
    assert "anthropic" in told(caught.value)


def test_a_missing_key_is_told_by_its_variable(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError) as caught:
        make_model(ModelOptions("openai:gpt-5"))
    assert "OPENAI_API_KEY" in told(caught.value)


def test_options_that_a_model_refuses_are_told_without_the_key():
    with pytest.raises(ModelError) as caught:
        make_model(ModelOptions("openai:tiny", key=KEY, options='{"temperature": "hot"}'))
    assert "KIJI_MODEL_OPTIONS" in told(caught.value)
    assert KEY not in f"{caught.value} {told(caught.value)}"


def test_what_is_set_reaches_the_model():
    options = model_options(
        Settings.load(
            {
                "KIJI_MODEL": "openai:tiny",
                "KIJI_MODEL_URL": "http://127.0.0.1:8080/v1",
                "KIJI_MODEL_MAX_TOKENS": "77",
                "KIJI_MODEL_CONNECT_TIMEOUT": "3",
                "KIJI_MODEL_OPTIONS": '{"temperature": 0.25}',
            }
        )
    )
    assert options is not None
    model = make_model(options)
    assert model.max_tokens == 77  # type: ignore[attr-defined]
    assert model.temperature == 0.25  # type: ignore[attr-defined]
    assert model.request_timeout.connect == 3  # type: ignore[attr-defined]
    assert model.max_retries == 0  # type: ignore[attr-defined]
    assert model.openai_api_base == "http://127.0.0.1:8080/v1"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("", True),
        ("https://api.example.com/v1", True),
        ("http://192.168.0.9:8080/v1", True),
        ("http://localhost.example.com/v1", True),
        ("http://localhost:8080/v1", False),
        ("http://127.0.0.1:11434", False),
        ("http://[::1]:8080/v1", False),
    ],
)
def test_only_loopback_is_not_outside(url, outside):
    assert ModelOptions("openai:x", url=url).outside is outside


@pytest.mark.parametrize("language", Language)
def test_who_gets_what_is_said(language):
    outside = who_gets_what(ModelOptions("openai:gpt-5"), language)
    assert "openai" in outside
    local = who_gets_what(ModelOptions("openai:x", url="http://u:pw@localhost:8080/v1"), language)
    assert "localhost:8080" in local
    assert "pw" not in local
    assert place(ModelOptions("openai:x", url="http://u:pw@host/v1"), language) == "host"


@pytest.mark.parametrize("url", ["", "http://localhost:8080/v1"])
def test_langsmith_is_named_where_it_hears_of_answers(url, monkeypatch):
    def told(**given) -> str:
        return who_gets_what(ModelOptions("openai:x", url=url, **given), Language.EN)

    langsmith.utils.get_env_var.cache_clear()
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    traced, private = told(), told(private=True)
    langsmith.utils.get_env_var.cache_clear()
    monkeypatch.delenv("LANGSMITH_TRACING")
    assert "LangSmith" in traced
    assert "nothing leaves" not in traced
    assert private == told()
    assert "LangSmith" not in private


def test_no_model_and_a_private_collection_have_no_writer():
    assert Opening(Settings.load({})).writer() is None
    assert Opening(Settings.load({})).model_notice() == ""
    private = {"KIJI_MODEL": "anthropic:x", "KIJI_PRIVATE_COLLECTIONS": "default,hr"}
    assert Opening(Settings.load(private)).writer() is None
    assert "anthropic:x" in Opening(Settings.load(private)).model_notice()


@pytest.mark.parametrize(
    "text",
    [
        f"Incorrect API key provided: {KEY}.",
        f"Authorization: Bearer {KEY}",
        "key AIzaSyA1234567890abcdef",
        "own-secret-of-a-setting",
        "api_key='abcdef123456'",
    ],
)
def test_keys_are_hidden(text):
    shown = redacted(text, {"own-secret-of-a-setting"})
    assert "[hidden]" in shown
    for secret in (KEY, "SyA1234567890", "own-secret", "abcdef123456"):
        assert secret not in shown


def test_ordinary_words_are_not_hidden():
    text = "The task-force asked about the desk-lamp; the bearer of news sk-"
    assert redacted(text, ()) == text


def test_a_secret_in_a_trace_does_not_reach_the_log(tmp_path):
    import logging

    start_log(tmp_path, "info", {"own-secret-of-a-setting"})
    try:
        raise RuntimeError("own-secret-of-a-setting was refused")
    except RuntimeError:
        logging.getLogger("bot.llm").exception("a call with %s failed", KEY)
    text = (tmp_path / "kiji.log").read_text("utf-8")
    assert "RuntimeError: [hidden] was refused" in text
    assert KEY not in text


def test_without_a_model_nothing_of_langchain_is_imported():
    code = (
        "import sys, bot.chain, bot.opening, bot.verify, bot.embedded, bot.records; "
        "from bot.settings import Settings; from bot.opening import Opening; "
        "assert Opening(Settings.load({})).writer() is None; "
        "print([m for m in sys.modules if m.startswith(('langchain', 'openai', 'opentelemetry'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_module_of_models_has_no_secret_in_its_repr():
    assert KEY not in repr(bot.llm.model.ModelOptions("openai:x", key=KEY))
