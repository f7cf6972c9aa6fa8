"""Block Kit as Slack holds it to: which blocks there are, what each may hold.

From docs.slack.dev/reference/block-kit; an unknown block, a missing field or a
length above its limit is `invalid_blocks`, too much markdown `msg_blocks_too_long`.
"""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.errors import SlackError

MARKDOWN_BLOCK = 12_000
MARKDOWN_MESSAGE = 13_200
MOST_BLOCKS = {"message": 50, "home": 100}


def _bad(detail: str) -> SlackError:
    return SlackError("invalid_blocks", detail)


def _only(block: dict[str, Any], required: set[str], optional: set[str] = frozenset()) -> None:
    given = set(block) - {"type", "block_id"}
    if missing := required - given:
        raise _bad(f"{block['type']} misses {sorted(missing)}")
    if extra := given - required - optional:
        raise _bad(f"{block['type']} has {sorted(extra)}")
    if len(block.get("block_id", "")) > 255:
        raise _bad("block_id is too long")


def _text(value: Any, most: int, kinds: tuple[str, ...], least: int = 1) -> None:
    if not isinstance(value, dict) or value.get("type") not in kinds:
        raise _bad(f"not a text object of {kinds}: {value!r}")
    allowed = {"type", "text", "emoji"} if value["type"] == "plain_text" else {
        "type", "text", "verbatim",
    }  # fmt: skip
    if extra := set(value) - allowed:
        raise _bad(f"text object has {sorted(extra)}")
    if not least <= len(value.get("text", "")) <= most:
        raise _bad(f"a text of {len(value.get('text', ''))} characters, {least} to {most} allowed")


def _button(element: dict[str, Any]) -> None:
    _only(element, {"text", "action_id"}, {"value", "style", "url", "accessibility_label"})
    _text(element["text"], 75, ("plain_text",))
    if len(element.get("value", "")) > 2000 or len(element["action_id"]) > 255:
        raise _bad("button value or action_id is too long")
    if element.get("style", "primary") not in ("primary", "danger"):
        raise _bad(f"button style {element['style']!r}")


def _feedback(element: dict[str, Any]) -> None:
    _only(element, {"positive_button", "negative_button", "action_id"})
    for name in ("positive_button", "negative_button"):
        button = element[name]
        if set(button) - {"text", "value", "accessibility_label"}:
            raise _bad(f"{name} has {sorted(button)}")
        _text(button["text"], 75, ("plain_text",))
        if not 1 <= len(button["value"]) <= 2000 or len(button.get("accessibility_label", "")) > 75:
            raise _bad(f"{name}: value or label")


def _elements(block: dict[str, Any], most: int, kinds: dict[str, Any]) -> None:
    _only(block, {"elements"})
    if not 1 <= len(block["elements"]) <= most:
        raise _bad(f"{block['type']} with {len(block['elements'])} elements")
    seen = set()
    for element in block["elements"]:
        if element.get("type") not in kinds:
            raise _bad(f"{block['type']} can't hold {element.get('type')!r}")
        kinds[element["type"]](element)
        action = element.get("action_id")
        if action is not None and action in seen:
            raise _bad(f"action_id {action!r} twice")
        seen.add(action)


def _section(block: dict[str, Any]) -> None:
    _only(block, set(), {"text", "fields", "accessory", "expand"})
    if "text" not in block and "fields" not in block:
        raise _bad("section without text or fields")
    if "text" in block:
        _text(block["text"], 3000, ("mrkdwn", "plain_text"))
    if "accessory" in block:
        if block["accessory"].get("type") != "button":
            raise _bad("accessory")
        _button(block["accessory"])


def _markdown(block: dict[str, Any]) -> None:
    _only(block, {"text"})
    if not 1 <= len(block["text"]) <= MARKDOWN_BLOCK:
        raise _bad(f"markdown of {len(block['text'])} characters")


def _header(block: dict[str, Any]) -> None:
    _only(block, {"text"})
    _text(block["text"], 150, ("plain_text",))


def _context_text(element: dict[str, Any]) -> None:
    _text(element, 3000, ("mrkdwn", "plain_text"))


def _check(block: Any, surface: str) -> None:
    match block.get("type") if isinstance(block, dict) else None:
        case "section":
            _section(block)
        case "markdown" if surface == "message":
            _markdown(block)
        case "header":
            _header(block)
        case "divider":
            _only(block, set())
        case "context":
            _elements(block, 10, {"mrkdwn": _context_text, "plain_text": _context_text})
        case "actions":
            _elements(block, 25, {"button": _button})
        case "context_actions" if surface == "message":
            _elements(block, 5, {"feedback_buttons": _feedback})
        case other:
            raise _bad(f"no block {other!r} on a {surface}")


def check_blocks(blocks: Any, surface: str = "message") -> list[dict[str, Any]]:
    """The blocks, if Slack would take them. Raises SlackError."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if len(blocks) > MOST_BLOCKS[surface]:
        raise _bad(f"{len(blocks)} blocks")
    for block in blocks:
        _check(block, surface)
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        raise _bad("a block_id twice")
    if sum(len(b["text"]) for b in blocks if b["type"] == "markdown") > MARKDOWN_MESSAGE:
        raise SlackError("msg_blocks_too_long")
    return blocks


def texts(message: dict[str, Any]) -> list[str]:
    """Every text of a message in which Slack would see a ping or a link."""
    found = [message.get("text", "")]

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") in ("mrkdwn", "markdown"):
                found.append(value.get("text", ""))
            for name, inner in value.items():
                if name != "text" or isinstance(inner, dict):
                    walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(message.get("blocks", []))
    return found
