from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import PREFIX, Settings
from prompts.catalogue import say
from retrieval.errors import SettingsError
from retrieval.values import Language

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_lists_every_setting_with_its_default():
    lines = EXAMPLE.read_text("utf-8").splitlines()
    pairs = [line.split("=", 1) for line in lines if line and not line.startswith("#")]
    listed = dict(pairs)
    assert len(listed) == len(pairs)
    assert {name.removeprefix(PREFIX).lower() for name in listed} == set(Settings.model_fields)
    assert Settings.load(listed) == Settings.load({})
    silent = {"KIJI_STORE"}  # its default is a folder of the machine
    for name, value in listed.items():
        default = getattr(Settings.load({}), name.removeprefix(PREFIX).lower())
        if isinstance(default, SecretStr):
            default = default.get_secret_value()
        if name not in silent:
            shown = str(default).lower() if isinstance(default, bool) else str(default)
            assert value == shown, name


def test_every_line_of_the_example_is_commented_and_under_a_heading():
    blocks = re.split(r"\n\n+", EXAMPLE.read_text("utf-8").strip())
    assert sum(block.startswith("# ---") for block in blocks) >= 4
    for block in blocks:
        *comments, last = block.splitlines()
        assert last.startswith("#") or comments, last
        assert all(comment.startswith("#") for comment in comments), block


def test_the_environment_wins_over_the_file_and_options_over_both(tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_text("KIJI_LANG=ja\nKIJI_COLLECTION=file\nKIJI_STORE=/file\n", "utf-8")
    environ = {"KIJI_COLLECTION": "environment", "KIJI_STORE": "/environment"}
    settings = Settings.load(environ, dotenv, {"store": "/option"})
    assert settings.lang == "ja"
    assert settings.collection == "environment"
    assert settings.store == Path("/option")


def test_an_empty_variable_is_not_set_and_an_empty_option_is(tmp_path):
    assert Settings.load({"KIJI_COLLECTION": " "}).collection == "default"
    assert Settings.load({}, None, {"collection": ""}).collection == ""


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        Settings.load({}).collection = "other"


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(SettingsError) as caught:
        Settings.load({"KIJI_COLECTION": "x"})
    assert caught.value.details == {"name": "KIJI_COLECTION", "near": "KIJI_COLLECTION"}
    with pytest.raises(SettingsError) as caught:
        Settings.load({"KIJI_ZZZZZZ": "x"})
    assert caught.value.key == "settings.unknown"


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("KIJI_LANG", "fr", "auto, ja, en"),
        ("KIJI_LOG_LEVEL", "loud", "debug, info, warning, error"),
        ("KIJI_PASSAGES", "0", "from 1 to 100"),
        ("KIJI_PASSAGES", "many", "from 1 to 100"),
        ("KIJI_PASSAGES", "2.5", "whole number"),
        ("KIJI_FETCH_TIMEOUT", "0", "above 0"),
        ("KIJI_FETCH_TIMEOUT", "nan", "above 0"),
        ("KIJI_LOCK_TIMEOUT", "-1", "from 0 to 3600"),
        ("KIJI_MAX_FILE_MB", "inf", "up to 2000"),
        ("KIJI_ALLOW_PRIVATE_URLS", "perhaps", "true or false"),
        ("KIJI_TIMEZONE", "Moon/Base", "Asia/Tokyo"),
        ("KIJI_TIMEZONE", "../../etc/passwd", "Asia/Tokyo"),
        ("KIJI_TIMEZONE", "Asia", "Asia/Tokyo"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_allowed(name, value, allowed):
    with pytest.raises(SettingsError) as caught:
        Settings.load({name: value})
    for language in Language:
        sentence = say(language, caught.value.key, **caught.value.details)
        assert name in sentence
        assert value in sentence
    assert allowed in say("en", caught.value.key, **caught.value.details)


def test_a_wrong_option_is_told_as_it_was_typed():
    with pytest.raises(SettingsError) as caught:
        Settings.load({}, None, {"lang": "fr"})
    assert caught.value.details["name"] == "--lang"


@pytest.mark.parametrize("url", ["ftp://host", "host:8000", "http://", "http://host:port"])
def test_a_wrong_url_is_told_without_its_value(url):
    with pytest.raises(SettingsError) as caught:
        Settings.load({"KIJI_CHROMA_URL": url})
    assert caught.value.details == {"name": "KIJI_CHROMA_URL"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KIJI_MODEL", "gpt-5"),
        ("KIJI_MODEL", "openai:"),
        ("KIJI_MODEL_URL", "localhost:8080"),
        ("KIJI_MODEL_OPTIONS", "temperature=0"),
        ("KIJI_MODEL_OPTIONS", "[0]"),
    ],
)
def test_a_wrong_model_setting_is_told_by_its_name(name, value):
    with pytest.raises(SettingsError) as caught:
        Settings.load({name: value})
    for language in Language:
        assert name in say(language, caught.value.key, **caught.value.details)


def test_secrets_of_kiji_and_of_the_providers_are_known():
    settings = Settings.load({"KIJI_MODEL_KEY": "tell-no-one", "OPENAI_API_KEY": "sk-nor-this"})
    assert settings.secrets == {"tell-no-one", "sk-nor-this"}
    assert "tell" not in f"{settings!r}"


def test_what_is_private_is_listed():
    settings = Settings.load(
        {
            "KIJI_PRIVATE_COLLECTIONS": "hr, board",
            "KIJI_COLLECTION": "board",
            "KIJI_SLACK_PRIVATE_CHANNELS": "C1",
        }
    )
    assert settings.is_private
    assert settings.is_private_channel("C1")
    assert not settings.is_private_channel("C2")
    assert not Settings.load({}).is_private


def test_secrets_show_nowhere():
    settings = Settings.load({"KIJI_CHROMA_API_KEY": "tell-no-one", "KIJI_CHROMA_TOKEN": "nor-me"})
    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert "tell-no-one" not in shown
    assert "nor-me" not in shown
    assert settings.store_options().chroma_api_key == "tell-no-one"
    assert "tell-no-one" not in repr(settings.store_options())


def test_a_file_that_is_not_utf8_is_told(tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_bytes("KIJI_COLLECTION=記事".encode("shift_jis"))
    with pytest.raises(SettingsError) as caught:
        Settings.load({}, dotenv)
    assert caught.value.details == {"path": str(dotenv)}


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, Language.EN),
        ({"LANG": "ja_JP.UTF-8"}, Language.JA),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, Language.EN),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "ja"}, Language.JA),
        ({"LANG": "ja_JP.UTF-8", "KIJI_LANG": "en"}, Language.EN),
        ({"LANG": "en_US.UTF-8", "KIJI_LANG": "JA"}, Language.JA),
        ({"LANG": "ja_JP.UTF-8", "KIJI_LANG": "auto"}, Language.JA),
    ],
)
def test_the_language_is_the_settings_or_the_locales(environ, language):
    assert Settings.load(environ).language == language


def test_now_is_in_the_zone_of_the_settings():
    now = Settings.load({"KIJI_TIMEZONE": "Asia/Tokyo"}).now()
    assert now.utcoffset() == timedelta(hours=9)
    assert Settings.load({}).now().tzinfo is not None


def test_megabytes_become_bytes():
    limits = Settings.load({"KIJI_MAX_FILE_MB": "1.5", "KIJI_MAX_PAGE_MB": "2"}).load_limits()
    assert limits.max_bytes == 1_500_000
    assert limits.max_page_bytes == 2_000_000
    assert limits.allow_private is False
