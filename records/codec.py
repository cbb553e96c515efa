"""Records to stored values and back: one property a field, so that a list can select what it needs.

Plain fields are stored as they are; anything nested is JSON under `<field>_json`. Every entity
carries `schema`. A field missing from an older entity takes its default, and a field of a newer
one is ignored, so that two versions can run side by side.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from records.store import Value

SCHEMA: Final = 1
Model = TypeVar("Model", bound=BaseModel)


def to_values(model: BaseModel) -> dict[str, Value]:
    """The stored form of a record. None is left out: storage drops it anyway."""
    values: dict[str, Value] = {"schema": SCHEMA}
    plain = model.model_dump(mode="json")
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Enum):
            values[name] = str(value.value)
        elif isinstance(value, str | int | float | datetime):
            values[name] = value
        elif value is not None:
            values[f"{name}_json"] = json.dumps(plain[name], ensure_ascii=False)
    return values


def from_values(kind: type[Model], values: Mapping[str, Value]) -> Model:
    """The record. Raises pydantic.ValidationError where the entity is not one."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        if name.endswith("_json") and isinstance(value, str):
            fields[name.removesuffix("_json")] = json.loads(value)
        else:
            fields[name] = value
    return kind.model_validate(fields)
