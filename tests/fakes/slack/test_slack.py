"""The fake is as strict as Slack: each limit here is broken once."""

from __future__ import annotations

import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.limits import METHODS, TIERS
from tests.fakes.slack.messages import BOT_TOKEN


@pytest.fixture
def slack():
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def client(slack):
    return WebClient(BOT_TOKEN, slack.api_url, retry_handlers=[])


@pytest.fixture
def place(slack):
    person = slack.person("mika")
    channel = slack.new_channel(person)
    return channel, person, slack.say(channel, person, "hello")


def refused(call, **arguments):
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return caught.value.response["error"]


def markdown(length):
    return {"type": "markdown", "text": "x" * length}


def button(**more):
    text = {"type": "plain_text", "text": "x"}
    return {"type": "button", "text": text, "action_id": "a", **more}


FEEDBACK = {"type": "feedback_buttons", "action_id": "f"} | {
    name: {"text": {"type": "plain_text", "text": "x"}, "value": "v"}
    for name in ("positive_button", "negative_button")
}


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ([markdown(12_001)], "invalid_blocks"),
        ([markdown(7_000), markdown(7_000)], "msg_blocks_too_long"),
        ([{"type": "divider"}] * 51, "invalid_blocks"),
        ([{"type": "hologram"}], "invalid_blocks"),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}], "invalid_blocks"),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": ""}}], "invalid_blocks"),
        ([{"type": "section"}], "invalid_blocks"),
        ([{"type": "markdown", "text": "x", "colour": "red"}], "invalid_blocks"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button()] * 2}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button(value="x" * 2_001)]}], "invalid_blocks"),
        ([{"type": "actions", "elements": []}], "invalid_blocks"),
        ([{"type": "actions", "elements": [FEEDBACK]}], "invalid_blocks"),
        ([{"type": "context_actions", "elements": [button()]}], "invalid_blocks"),
        ([{"type": "divider", "block_id": "b"}] * 2, "invalid_blocks"),
        ({"type": "divider"}, "invalid_blocks_format"),
    ],
)
def test_blocks_beyond_a_limit(client, place, blocks, code):
    channel, _, _ = place
    # By api_call, for the SDK would stop some of these on its own.
    sent = {"json": {"channel": channel, "text": "x", "blocks": blocks}}
    assert refused(client.api_call, api_method="chat.postMessage", **sent) == code


def test_a_label_beyond_75_characters(client, place):
    long = button() | {"text": {"type": "plain_text", "text": "x" * 76}}
    sent = {"channel": place[0], "blocks": [{"type": "actions", "elements": [long]}]}
    assert refused(client.api_call, api_method="chat.postMessage", json=sent) == "invalid_blocks"


@pytest.mark.parametrize(
    ("method", "sent", "code"),
    [
        ("chat.postMassage", {}, "unknown_method"),
        ("chat.postMessage", {"txt": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": None, "text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "CNONE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"text": "x" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {}, "no_text"),
        ("chat.postMessage", {"text": "x", "thread_ts": "1.2"}, "thread_not_found"),
        ("chat.postMessage", {"text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
        ("chat.startStream", {}, "missing_thread_ts"),
        ("chat.startStream", {"thread_ts": "*"}, "missing_recipient_user_id"),
        (
            "chat.startStream",
            {"thread_ts": "*", "recipient_user_id": "U"},
            "missing_recipient_team_id",
        ),
        ("chat.startStream", {"thread_ts": "*", "metadata": {}}, "invalid_arguments"),
        ("chat.update", {"ts": "*", "text": "x"}, "cant_update_message"),
        ("chat.update", {"ts": "1.2", "text": "x"}, "message_not_found"),
        ("chat.delete", {"ts": "*"}, "cant_delete_message"),
        ("chat.postEphemeral", {"user": "UNONE", "text": "x"}, "user_not_in_channel"),
        ("conversations.replies", {"ts": "1.2"}, "thread_not_found"),
        ("conversations.replies", {"ts": "*", "limit": 1001}, "invalid_limit"),
        ("users.info", {"channel": None, "user": "UNONE"}, "user_not_found"),
        ("files.info", {"channel": None, "file": "FNONE"}, "file_not_found"),
    ],
)
def test_arguments_that_slack_does_not_take(client, place, method, sent, code):
    channel, _, ts = place
    body = {"channel": channel} | {k: ts if v == "*" else v for k, v in sent.items()}
    body = {k: v for k, v in body.items() if v is not None}
    assert refused(client.api_call, api_method=method, json=body) == code


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        ("assistant.threads.setStatus", {"status": "x", "loading_messages": ["x"] * 11}),
        ("agents.sessions.setStatus", {"status": "asleep"}),
        ("agents.sessions.setStatus", {"status": "active", "title": "x" * 201}),
        (
            "assistant.threads.setSuggestedPrompts",
            {"prompts": [{"title": "x", "message": "x"}] * 5},
        ),
    ],
)
def test_status_and_prompts_beyond_a_limit(client, place, method, sent):
    channel, _, ts = place
    body = {"channel_id": channel, "thread_ts": ts, **sent}
    assert refused(client.api_call, api_method=method, json=body) == "invalid_arguments"


def test_prompts_with_a_thread_say_yes_and_do_nothing(client, place, slack):
    channel, _, ts = place
    prompts = [{"title": "x", "message": "x"}]
    client.assistant_threads_setSuggestedPrompts(channel_id=channel, thread_ts=ts, prompts=prompts)
    assert not slack.memory.prompts
    client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    assert slack.memory.prompts


def stream(client, place):
    channel, person, ts = place
    made = client.chat_startStream(
        channel=channel, thread_ts=ts, recipient_user_id=person, recipient_team_id="T",
        markdown_text="one",
    )  # fmt: skip
    return {"channel": channel, "ts": made["ts"]}


def test_a_stream_ends_and_then_takes_no_more(client, place):
    made = stream(client, place)
    assert refused(client.chat_update, **made, text="x") == "streaming_state_conflict"
    assert refused(client.chat_appendStream, **made) == "no_text"
    assert refused(client.chat_appendStream, **made, markdown_text="x" * 12_001) == "msg_too_long"
    client.chat_appendStream(**made, markdown_text=" two")
    client.chat_stopStream(**made)
    gone = "message_not_in_streaming_state"
    assert refused(client.chat_appendStream, **made, markdown_text="x") == gone
    assert refused(client.chat_stopStream, **made) == gone
    client.chat_update(**made, text="whole")


def test_a_stream_expires(client, place, slack):
    slack.stream_seconds = 0.05
    made = stream(client, place)
    time.sleep(0.1)
    gone = "message_not_in_streaming_state"
    assert refused(client.chat_appendStream, **made, markdown_text="x") == gone


@pytest.mark.parametrize("tier", [2, 3, 4])
def test_each_tier_ends_in_429_with_retry_after(slack, tier):
    slack.limits.on = True
    method = next(name for name, its in METHODS.items() if its == tier)
    for _ in range(TIERS[tier]):
        slack.limits.check(method, "C")
    client = WebClient(BOT_TOKEN, slack.api_url, retry_handlers=[])
    named = next(n for n, its in METHODS.items() if its == tier)
    required = {
        2: {"channel": "C"},
        3: {"channel": "C", "ts": "1", "text": "x"},
        4: {"channel": "C", "ts": "1"},
    }[tier]
    with pytest.raises(SlackApiError) as caught:
        client.api_call(named, json=required)
    assert caught.value.response.status_code == 429
    assert 1 <= int(caught.value.response.headers["Retry-After"]) <= 61


def test_a_channel_takes_about_one_message_a_second(client, place, slack):
    slack.limits.on = True
    with pytest.raises(SlackApiError) as caught:
        for _ in range(5):
            client.chat_postMessage(channel=place[0], text="x")
    assert caught.value.response.status_code == 429


def test_tokens_scopes_and_membership(client, place, slack):
    assert refused(WebClient("xoxb-x", slack.api_url).auth_test) == "invalid_auth"
    assert refused(client.apps_connections_open, app_token=BOT_TOKEN) == "invalid_auth"
    apart = slack.new_channel(place[1], bot=False)
    assert refused(client.chat_postMessage, channel=apart, text="x") == "not_in_channel"
    slack.memory.channels[place[0]].archived = True
    assert refused(client.chat_postMessage, channel=place[0], text="x") == "is_archived"
    slack.scopes.discard("chat:write")
    assert refused(client.chat_postMessage, channel=place[0], text="x") == "missing_scope"


def test_metadata_is_shown_only_to_whoever_asks(client, place):
    channel, _, ts = place
    mark = {"event_type": "a", "event_payload": {}}
    client.chat_postMessage(channel=channel, text="x", thread_ts=ts, metadata=mark)
    assert "metadata" not in client.conversations_replies(channel=channel, ts=ts)["messages"][1]
    shown = client.conversations_replies(channel=channel, ts=ts, include_all_metadata=True)
    assert shown["messages"][1]["metadata"] == mark
