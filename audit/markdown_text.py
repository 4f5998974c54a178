"""What a document in Markdown holds, for the programs that compare other formats with it."""
import html
import re


def words(text):
    return re.findall(r"[^\W\d_]+|\d+", text.replace("\u00ad", ""))


def plain(line):
    """A line of Markdown without its marks."""
    line = re.sub(r"\[\^[^\]]+\]", "", line)
    line = re.sub(r"\[((?:[^\]\\]|\\.)*)\]\([^)]*\)", r"\1", line)
    line = re.sub(r"<(https?://[^>]*|mailto:[^>]*)>", r"\1", line)
    line = re.sub(r"(?<!\\)[*_`]", "", line)
    line = re.sub(r"\\(.)|&#?\w+;", lambda found: found.group(1) or html.unescape(found.group()), line)
    line = re.sub("\ue002\\d+\ue003|\ue004", "", line)
    return line


def markdown(text):
    """Headings, number of tables, words of the text and words of the notes."""
    headings, tables, body, notes = [], 0, [], []
    in_note = False
    for line in text.split("\n"):
        if re.match(r"\s*:::+", line) or line.strip() == "<!-- end list -->":
            continue
        if re.match(r"\s*\|[\s:|-]+\|\s*$", line):
            tables += 1
            continue
        note = re.match(r"\[\^[^\]]+\]:(.*)", line)
        if note:
            in_note, line = True, note.group(1)
        elif line.strip() and not line.startswith("    "):
            in_note = False
        head = re.match(r"(#{1,6}) (.*)", line)
        if head and not in_note:
            headings.append((len(head.group(1)), " ".join(words(plain(head.group(2))))))
        line = re.sub(r"^\s*(?:[-+>]\s+)+", "", line)
        line = re.sub(r"^\s*\d+[.)]\s+", "", line)
        line = line.replace("|", " ") if line.strip().startswith("|") else line
        (notes if in_note else body).extend(words(plain(line)))
    return headings, tables, body, notes


def missing_in_order(wanted, found):
    """The first wanted word that is not found after those before it, and what is left over."""
    at, left = 0, []
    for number, word in enumerate(wanted):
        start = at
        while True:
            if at >= len(found):
                return " ".join(wanted[max(0, number - 4):number + 1]), left + found[start:]
            # A long word may be broken at the end of a line.
            for length in (1, 2, 3):
                if "".join(found[at:at + length]) == word:
                    break
            else:
                at += 1
                continue
            left += found[start:at]
            at += length
            break
    return None, left + found[at:]


def first_difference(found, wanted):
    for one, other in zip(found, wanted):
        if one != other:
            return f"{one} instead of {other}"
    return f"{len(found)} instead of {len(wanted)}"
