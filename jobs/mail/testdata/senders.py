"""Says who is named in messages, as Python's email package reads them: an independent opinion.

Input: for each message an 8-byte big-endian length and the bytes. Output: for each a JSON line
{"from": [...], "all": [...]}, addresses in small letters.
"""
import email, email.utils, json, struct, sys


def addresses(message, *names):
    found = set()
    for name in names:
        try:
            values = [str(v) for v in message.get_all(name, [])]
            found |= {a.lower() for _, a in email.utils.getaddresses(values) if "@" in a}
        except Exception:
            pass
    return sorted(found)


stdin = sys.stdin.buffer
while True:
    head = stdin.read(8)
    if len(head) < 8:
        break
    m = email.message_from_bytes(stdin.read(struct.unpack(">Q", head)[0]))
    print(json.dumps({"from": addresses(m, "From"), "all": addresses(m, "From", "Reply-To", "To", "Cc", "Bcc")}))
