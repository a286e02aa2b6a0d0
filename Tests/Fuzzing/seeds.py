"""Makes a fuzzer's first inputs from the recordings: seeds.py <repository> <directory>."""

import base64
import hashlib
import json
import pathlib
import sys

LARGEST = 2048
root, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def keep(target, content):
    if 0 < len(content) <= LARGEST:
        folder = output / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)


def event_data(value):
    if isinstance(value, dict):
        if "event_type" in value and isinstance(value.get("data"), list):
            yield bytes(value["data"])
        for member in value.values():
            yield from event_data(member)
    elif isinstance(value, list):
        for element in value:
            if isinstance(element, (dict, list)):
                yield from event_data(element)


for path in sorted((root / "Tests/TheaterProtocolTests/Recordings").glob("*/*.jsonl")):
    for line in path.read_text().splitlines():
        record = json.loads(line)
        if record["what"] not in ("sent", "received"):
            continue
        text = record.get("text", "")
        raw = base64.b64decode(record.get("raw", ""))
        keep("frames", b"\x07" + raw)
        if "fragmenting" in str(path):
            keep("envelope", raw[4:])
        if not text.endswith("…"):
            keep("commands" if record["what"] == "sent" else "replies", text.encode())
            keep("json", text.encode())
            try:
                for data in event_data(json.loads(text)):
                    keep("graph" if data.startswith(b"CGRF") else "json", data)
            except ValueError:
                pass


def node(kind, content):
    return bytes([kind, 0, 0, 0]) + len(content).to_bytes(4, "little") + content


def graph(*nodes):
    header = b"CGRF\x02\0\0\0" + len(nodes).to_bytes(4, "little")
    return header + (len(nodes) - 1).to_bytes(4, "little") + b"".join(nodes)


def u32(number):
    return number.to_bytes(4, "little")


def text(string):
    return u32(len(string)) + string.encode()


# One graph of each kind of node: the recordings hold four of them.
WIDTHS = {1: 1, 2: 4, 3: 8, 4: 4, 5: 8, 12: 1, 13: 2, 14: 4, 15: 8, 16: 1, 17: 2, 18: 4, 19: 8}
for kind, width in WIDTHS.items():
    keep("graph", graph(node(kind, bytes([1]) + bytes(width - 1))))
    keep("graph", graph(node(21, bytes([kind]) + u32(2) + bytes(2 * width))))
LEAF = node(6, text("é"))
keep("graph", graph(LEAF, node(7, b"\x06" + u32(2) + u32(0) + u32(0))))
keep("graph", graph(LEAF, node(8, text("t") + text("c") + u32(1) + u32(1) + u32(0))))
keep("graph", graph(LEAF, node(9, text("t") + u32(1) + text("f") + u32(0))))
keep("graph", graph(LEAF, node(10, b"\x07\x06\x01" + u32(0))))
keep("graph", graph(node(10, b"\x14\x06\x0b" + u32(1) + b"\x0c\x00")))
keep("graph", graph(LEAF, node(20, b"\x06\x08" + text("e") + u32(1) + b"\x01" + u32(0))))
