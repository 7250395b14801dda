"""The JSON schema of a command, from its dataclass and the words that its fields carry. No clause."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from greenlane.casework.registry import CommandSpec


def command_schema(spec: CommandSpec) -> dict[str, Any]:
    """A closed schema without references: titles and descriptions are the labels and helps of the forms."""
    schema = spec.adapter.json_schema(mode="validation")
    definitions = schema.pop("$defs", {})
    inlined: dict[str, Any] = _inline(schema, definitions)
    inlined["title"] = spec.name
    inlined["description"] = (spec.cls.__doc__ or "").strip()
    inlined["additionalProperties"] = False
    for field in spec.fields:
        described = inlined["properties"][field.name]
        described["title"] = str(_(field.metadata["label"])) if "label" in field.metadata else _plain_title(field)
        if "help" in field.metadata:
            described["description"] = str(_(field.metadata["help"]))
        if described.get("default") in (None, ""):
            described.pop("default", None)
    return inlined


def _plain_title(field: dataclasses.Field[Any]) -> str:
    return field.name.replace("_", " ").capitalize()


def _inline(node: Any, definitions: dict[str, Any], within: Iterable[str] = ()) -> Any:
    """Replace references by what they mean; what contains itself stays open at the second level."""
    if isinstance(node, list):
        return [_inline(part, definitions, within) for part in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if name in within:
            return {}
        rest = {key: value for key, value in node.items() if key != "$ref"}
        return {**_inline(copy.deepcopy(definitions[name]), definitions, (*within, name)), **rest}
    return {key: _inline(value, definitions, within) for key, value in node.items()}
