#!/usr/bin/env python3
"""A second verifier, written from crates/book/FORMAT.md alone, with nothing but Python's standard library.

    second.py --key FILE --head FILE [--earlier FILE] EXPORT...

For each export one line: "whole", "not whole: WHY" or "not compared". It is slow and plain on purpose.
"""
import argparse
import base64
import hashlib
import json
import re
import sys

PARTS = {"who": 1, "subject": 2, "change": 3, "reason": 4}
LOGS = {"access": 1, "change": 2, "archive": 3}
KEYS = {"actor", "at", "hash", "index", "log", "name", "parts", "request", "subject", "version"}
OPTIONAL = {"group", "on_behalf", "queue", "stepped_back"}
LINE_BYTES_MAX = 5 * 1024 * 1024


class Bad(Exception):
    pass


# What Python raises by itself when something has not the form that the page demands.
MISTAKES = (Bad, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


def need(condition, why):
    if not condition:
        raise Bad(why)


def sha(data):
    return hashlib.sha256(data).digest()


# Ed25519, RFC 8032 section 5.1

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    s, t, u, v = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0]), 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = add(total, point)
        point = add(point, point)
        n >>= 1
    return total


def recover(y, sign):
    need(y < P, "a point's coordinate is too large")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    need((x * x - square) % P == 0 and (x or not sign), "not a point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def point(data):
    number = int.from_bytes(data, "little")
    return recover(number & (2**255 - 1), number >> 255)


BASE = recover(4 * pow(5, P - 2, P) % P, 0)


def holds(key, text, signature):
    if len(signature) != 64:
        return False
    try:
        a, r = point(key), point(signature[:32])
    except Bad:
        return False
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(k, a))
    same = (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0
    return s < ORDER and same


# Notes, keys and heads


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "base64 with unused bits")
    return data


def decimal(text):
    need(re.fullmatch(r"0|-?[1-9][0-9]*", text), "not a number")
    return int(text)


def verifier(text):
    name, key_id, key = text.split("+", 2)
    typed = unbase64(key)
    need(len(typed) == 33 and typed[0] == 1, "not an Ed25519 key")
    need(sha(name.encode() + b"\n" + typed)[:4].hex() == key_id, "key id")
    return name, key_id, typed[1:]


def note(text, keys):
    """The note's text and which of the keys have signed it."""
    body, _, lines = text.partition("\n\n")
    body += "\n"
    need(lines.endswith("\n"), "form of a note")
    signers = set()
    for line in lines[:-1].split("\n"):
        dash, name, signature = line.split(" ")
        need(dash == "\u2014", "form of a signature line")
        data = unbase64(signature)
        for at, (known, key_id, key) in enumerate(keys):
            if known == name and key_id == data[:4].hex():
                need(holds(key, body.encode(), data[4:]), "signature")
                signers.add(at)
    need(signers, "not signed by a known key")
    return body, signers


def read_keys(text):
    """Each key with the size from which on it signs."""
    first, *rest = re.split(r"\n\n(?=[^\u2014])", text.rstrip("\n"))
    keys = [(verifier(first), 0)]
    for rotation in rest:
        lines = rotation.split("\n")
        need(lines[1] == "key rotation", "form of a rotation")
        old, new = verifier(lines[2].removeprefix("old ")), verifier(lines[3].removeprefix("new "))
        size = decimal(lines[4].removeprefix("size "))
        body, signers = note(rotation + "\n", [old, new])
        need(signers == {0, 1} and old == keys[-1][0] and size >= keys[-1][1], "rotation")
        need(lines[0] == old[0] == new[0] and len(body.split("\n")) == 7, "names in a rotation")
        keys.append((new, size))
    return keys


def read_head(text, keys):
    body, signers = note(text, [key for key, _ in keys])
    origin, size, root, time, *_ = body.split("\n")
    need(time.startswith("time "), "form of a head")
    size = decimal(size)
    decimal(time[5:])
    need(origin == keys[0][0][0], "head of another book")
    after = [until for _, until in keys[1:]] + [2**64]
    need(any(keys[at][1] <= size <= after[at] for at in signers), "key not in force")
    return origin, size, unbase64(root)


# Export


def no_float(_):
    raise Bad("a number that is no integer")


def integer(text):
    number = int(text)
    need(-(2**63) <= number < 2**64, "an integer beyond 64 bits")
    return number


def canonical(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def parse(line):
    need(line.endswith(b"\n") and len(line) <= LINE_BYTES_MAX, "line without its end")
    value = json.loads(line[:-1].decode(), parse_float=no_float, parse_int=integer, parse_constant=no_float)
    need(canonical(value) + b"\n" == line, "not canonical")
    return value


def hex_id(text):
    need(re.fullmatch(r"[0-9a-f]{32}", text), "an id")
    return bytes.fromhex(text)


def hash32(text):
    data = unbase64(text)
    need(len(data) == 32, "length of a hash")
    return data


def text_bytes(text):
    data = text.encode()
    return len(data).to_bytes(4, "big") + data


def reference(value):
    need(set(value) == {"id", "kind"}, "keys of a reference")
    return text_bytes(value["kind"]) + hex_id(value["id"])


def leaf(entry):
    flags = [entry.get("stepped_back", False), "on_behalf" in entry, "group" in entry, "queue" in entry]
    need(entry.get("stepped_back", True) is True, "stepped_back")
    need(type(entry["at"]) is int and type(entry["version"]) is int, "types")
    out = bytes([1, LOGS[entry["log"]], sum(1 << bit for bit, flag in enumerate(flags) if flag)])
    out += entry["at"].to_bytes(8, "big", signed=True) + entry["version"].to_bytes(4, "big")
    out += hex_id(entry["request"]) + text_bytes(entry["name"])
    out += reference(entry["actor"]) + reference(entry["subject"])
    for key in ["on_behalf", "group", "queue"]:
        out += hex_id(entry[key]) if key in entry else b""
    parts = sorted(entry["parts"].items(), key=lambda part: PARTS[part[0]])
    out += bytes([len(parts)])
    for kind, part in parts:
        out += bytes([PARTS[kind]]) + hash32(part["commitment"])
    return out


def commitment(kind, salt, body):
    return sha(b"vaktbok.book/part/v1\0\0\0" + bytes([PARTS[kind]]) + len(body).to_bytes(8, "big") + salt + body)


def grow(frontier, size, new):
    while size & 1:
        new = sha(b"\x01" + frontier.pop() + new)
        size >>= 1
    frontier.append(new)


def root(frontier):
    if not frontier:
        return sha(b"")
    total = frontier[-1]
    for left in reversed(frontier[:-1]):
        total = sha(b"\x01" + left + total)
    return total


def check_parts(entry, bodies, missing):
    for kind, part in entry["parts"].items():
        need(set(part) in ({"commitment"}, {"body", "commitment", "salt"}), "keys of a part")
        if "body" not in part:
            missing.add((entry["index"], kind))
            continue
        need(bodies, "a body where there should be none")
        made = commitment(kind, hash32(part["salt"]), canonical(part["body"]))
        need(made == hash32(part["commitment"]), f"entry {entry['index']}: part {kind}")


def check_erasure(entry, missing):
    body = entry["parts"]["change"]["body"]
    need(set(body) == {"entries"}, "keys of an erasure")
    for run in body["entries"]:
        need(set(run) == {"first", "last", "parts"} and run["parts"], "keys of a run")
        need(run["parts"] == sorted(set(run["parts"]), key=PARTS.get), "parts of a run")
        need(0 <= run["first"] <= run["last"] < entry["index"], "an erasure of later entries")
        for index, kind in [one for one in missing if run["first"] <= one[0] <= run["last"] and one[1] in run["parts"]]:
            missing.discard((index, kind))


def verify(export, head, earlier):
    lines = [line for line in re.split(b"(?<=\n)", export) if line]
    need(lines, "empty")
    header = parse(lines[0])
    need(set(header) == {"bodies", "first", "format", "frontier", "origin", "size"}, "keys of the first line")
    need(header["format"] == "vaktbok.book/1" and type(header["bodies"]) is bool, "format")
    need(header["origin"] == head[0], "origin")
    first, size, bodies = header["first"], header["size"], header["bodies"]
    need(0 <= first <= size, "range")
    frontier = [hash32(text) for text in header["frontier"]]
    need(len(frontier) == bin(first).count("1"), "length of the frontier")
    need(not earlier or earlier[1] <= head[1], "rolled back")
    missing, index = set(), first

    def compare():
        for signed in [head, earlier]:
            need(not signed or signed[1] != index or signed[2] == root(frontier), "root")

    compare()
    for line in lines[1:]:
        entry = parse(line)
        need(KEYS <= set(entry) <= KEYS | OPTIONAL, "keys of an entry")
        need(type(entry["index"]) is int and entry["index"] == index, f"entry {index}: index")
        need(index < size and index < head[1], f"entry {index}: one too many")
        check_parts(entry, bodies, missing)
        made = sha(b"\0" + leaf(entry))
        need(made == hash32(entry["hash"]), f"entry {index}: leaf")
        if bodies and entry["name"] == "part.erased":
            check_erasure(entry, missing)
        grow(frontier, index, made)
        index += 1
        compare()
    need(index == size == head[1], "cut")
    need(not bodies or not missing, f"missing: {sorted(missing)[:3]}")
    return "not compared" if earlier and earlier[1] < first else "whole"


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--key", required=True)
    ask.add_argument("--head", required=True)
    ask.add_argument("--earlier")
    ask.add_argument("exports", nargs="+")
    asked = ask.parse_args()
    read = lambda path: open(path, encoding="utf-8", newline="").read()
    try:
        keys = read_keys(read(asked.key))
        heads = [path and read_head(read(path), keys) for path in [asked.head, asked.earlier]]
    except MISTAKES as bad:
        heads = bad
    for path in asked.exports:
        try:
            need(type(heads) is list, f"key or head: {heads}")
            print(verify(open(path, "rb").read(), *heads))
        except MISTAKES as bad:
            print(f"not whole: {bad}".replace("\n", " "))


sys.exit(main())
