"""Writes TOML for the synthetic registers; the standard library only reads it."""

import json
from datetime import date


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def document(tables):
    """A TOML file of plain keys and then tables, two levels deep where the data is, and inline below that."""
    out = [f"{k} = {toml(v)}" for k, v in tables.items() if not isinstance(v, dict)]
    for k, table in tables.items():
        if isinstance(table, dict):
            below = {a: b for a, b in table.items() if isinstance(b, dict)}
            plain = {a: b for a, b in table.items() if a not in below}
            if plain or not below:
                out += [f"\n[{k}]", *(f"{json.dumps(a)} = {toml(b)}" for a, b in plain.items())]
            for a, b in below.items():
                out += [f"\n[{k}.{json.dumps(a)}]", *(f"{json.dumps(x)} = {toml(y)}" for x, y in b.items())]
    return "\n".join(out) + "\n"
