"""Reads messages as Python's email package understands them: an independent opinion.

Input: for each message an 8-byte big-endian length and the bytes. Output: one JSON line per message.
"""
import email, email.header, email.policy, email.utils, json, re, struct, sys


def text(value):
    if value is None:
        return None
    out = []
    for part, charset in email.header.decode_header(value):
        if isinstance(part, bytes):
            try:
                part = part.decode(charset or "ascii")
            except (LookupError, UnicodeDecodeError):
                part = part.decode("latin-1")
        out.append(part)
    return "".join(out)


def addresses(message, name):
    values = [str(v) for v in message.get_all(name, [])]
    return sorted({a.lower() for _, a in email.utils.getaddresses(values) if "@" in a})


def instant(value):
    if value is None:
        return None
    parsed = email.utils.parsedate_tz(str(value))
    if parsed is None:
        return None
    try:
        return email.utils.mktime_tz(parsed)
    except (ValueError, OverflowError):
        return None


stdin = sys.stdin.buffer
while True:
    head = stdin.read(8)
    if len(head) < 8:
        break
    raw = stdin.read(struct.unpack(">Q", head)[0])
    m = email.message_from_bytes(raw)
    row = {}
    for key, make in {
        "from": lambda: addresses(m, "From"),
        "to": lambda: addresses(m, "To"),
        "cc": lambda: addresses(m, "Cc"),
        "messageId": lambda: str(m.get("Message-ID") or "").strip(),
        "date": lambda: instant(m.get("Date")),
        "rawDate": lambda: str(m.get("Date")),
        "rawFrom": lambda: str(m.get("From")),
        "references": lambda: re.findall(r"<[^<>]*>", str(m.get("References") or "")),
        "subject": lambda: " ".join((text(m.get("Subject")) or "").split()),
        "attachments": lambda: sum(1 for p in m.walk() if not p.is_multipart() and p.get_content_disposition() == "attachment"),
    }.items():
        try:
            row[key] = make()
        except Exception as e:
            row[key] = None
            row.setdefault("errors", []).append(f"{key}: {e}")
    print(json.dumps(row))
