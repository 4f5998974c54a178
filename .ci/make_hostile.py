#!/usr/bin/env python3
"""Puts text that looks like code into agreements, wherever a person writes freely. usage: make_hostile.py FILE.toml…"""
import re
import sys

HOSTILE = r'*a* _b_ `c` <i>d</i> &amp; {{ e }} {% f %} #panic() $g$ @h \\k \"l\" ]) }) // ::: mark | 1. m <n> =='
FREE = r'^(title|what|items|direct|purpose|lead|function|name|measure|preparation|childs_best|matter|reason_now) = '

for path in sys.argv[1:]:
    lines, changed = [], 0
    for line in open(path, encoding="utf-8"):
        if re.match(FREE, line) and '"""' not in line:
            # Inside the first text of the line, so that lists and tables stay what they are.
            line = re.sub(r'"(.*?)"', lambda text: f'"{text.group(1)} {HOSTILE}"', line, count=1)
            changed += 1
        lines.append(line)
    assert changed > 5, path
    open(path, "w", encoding="utf-8").writelines(lines)
