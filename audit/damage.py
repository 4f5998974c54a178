"""Damages bytes and texts at random places."""


def damage(bytes_, chance, low=0, high=None):
    """Changes, repeats, takes away or cuts off some bytes between low and high."""
    data = bytearray(bytes_)
    high = len(data) if high is None else min(high, len(data))
    if high <= low:
        return bytes(data)
    for _ in range(chance.choice([1, 1, 2, 8, 64])):
        at = chance.randrange(low, high)
        match chance.randrange(6):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                data[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFE, 0xFF])
            case 2 | 3:
                width = chance.choice([2, 4])
                value = chance.choice([0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, chance.getrandbits(32)])
                data[at : at + width] = value.to_bytes(8, "big")[-width:]
            case 4:
                end = min(high, at + chance.randrange(1, 64))
                data[at:end] = bytes(chance.randbytes(end - at))
            case 5:
                start = chance.randrange(low, high)
                length = min(chance.randrange(1, 64), high - max(at, start))
                data[at : at + length] = data[start : start + length]
    return bytes(data[: len(bytes_)])


def text_damage(text, words, chance):
    """Puts words in, takes text away, repeats it, or changes a character."""
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text = text[:at] + chance.choice(words) * chance.choice([1, 1, 2, 1000]) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randrange(1, 20) :]
            case 2:
                end = at + chance.randrange(1, 60)
                text = text[:end] + text[at:end] * chance.choice([1, 50, 3000]) + text[end:]
            case 3:
                text = text[:at] + chr(chance.choice([*range(32, 127), 0, 9, 10, 13, 0xFEFF, 0x202E])) + text[at + 1 :]
        text = text[:1_000_000]
    return text


# What templates are broken with.
TEMPLATE_WORDS = [
    "{% if a %}", "{% elif a %}", "{% endif %}", "{% for a in parties %}", "{% for a in [1,2,3,4,5,6,7,8,9] %}", "{% endfor %}",
    "{% set x %}", "{% endset %}", "{% set x = [x, x] %}", "{{ x ~ x }}", "{{ 'a' * 999999999 }}", "{{", "}}", "{%", "%}", "{#",
    "(", "[", "not ", " | markdown", " | listed", ".a", "> ", "- ", "*a ", "[a](", "| a ", "{% include 'clauses/relation.md' %}",
    "{% macro m(x) %}", "{% endmacro %}", "{{ m(1) }}", "::: mark\n", ":::\n", "[^1]", "{% raw %}", "\r", "\ufeff",
    "{{ agreement }}", "{{ agreement.title }}", "`", "<b>", "\\", "{% extends 'a' %}", "{{ range(99999) }}",
]
