"""botocore's own service model, as the judge of every request this app makes."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import botocore.session
from botocore.validate import ParamValidator

from cognito_tui.cognito.secrecy import revealed
from cognito_tui.cognito.steps import Call

NEWER_CHALLENGE = "NEVER_HEARD_OF_IT"
"""What Cognito might invent next."""


@functools.cache
def model() -> Mapping[str, Any]:
    """The raw model: operations and shapes."""
    loaded: Mapping[str, Any] = (
        botocore.session.Session().get_component("data_loader").load_service_model("cognito-idp", "service-2")
    )
    return loaded


@functools.cache
def _service() -> Any:
    return botocore.session.Session().get_service_model("cognito-idp")


def problems(call: Call) -> list[str]:
    """What of `call` the service model does not allow: botocore's validator, then enum, length, pattern."""
    params = revealed(call.params)
    operation = _service().operation_model(call.operation)
    report = ParamValidator().validate(params, operation.input_shape)
    found = [report.generate_report()] if report.has_errors() else []
    shape = model()["operations"][call.operation]["input"]["shape"]
    return found + list(_walk(call.operation, shape, params))


def _walk(where: str, shape_name: str, value: Any) -> list[str]:
    shape = model()["shapes"][shape_name]
    if shape["type"] == "structure":
        return [
            problem
            for name, item in value.items()
            for problem in _walk(f"{where}.{name}", shape["members"][name]["shape"], item)
        ]
    if shape["type"] == "map":
        return [
            problem
            for name, item in value.items()
            for problem in _walk(f"{where}[{name}]", shape["value"]["shape"], item)
        ]
    if shape["type"] == "list":
        return [problem for item in value for problem in _walk(where, shape["member"]["shape"], item)]
    return _string(where, shape, value) if shape["type"] == "string" else []


def _string(where: str, shape: Mapping[str, Any], value: str) -> list[str]:
    found = []
    if "enum" in shape and value not in shape["enum"] and value not in _also(shape):
        found.append(f"{where}: not one of {shape['enum']}")
    if len(value) > shape.get("max", len(value)):
        found.append(f"{where}: longer than {shape['max']}")
    if len(value) < shape.get("min", 0):
        found.append(f"{where}: shorter than {shape['min']}")
    if "pattern" in shape and not matches(shape["pattern"], value):
        found.append(f"{where}: does not match {shape['pattern']}")
    return found


def _also(shape: Mapping[str, Any]) -> tuple[str, ...]:
    """Challenges that the enum lacks: two that the text of the same model names, and one yet to come."""
    return ("PASSWORD_SRP", "EMAIL_MFA", NEWER_CHALLENGE) if "SELECT_CHALLENGE" in shape["enum"] else ()


def matches(pattern: str, value: str) -> bool:
    """Whether `value` matches a pattern of the model, which is Java's: `\\p{L}` is a Unicode category."""
    if "\\p" in pattern:
        categories = set(re.findall(r"\\p\{(\w)\}", pattern))
        return bool(value) and all(unicodedata.category(each)[0] in categories for each in value)
    return re.fullmatch(pattern, value, re.ASCII) is not None
