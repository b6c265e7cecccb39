"""Reads and writes MessagePack with Python's msgpack, for InteropTests: the same requests and answers as peer.mjs, but that integers
are packed in one way only, and that "float32" is the packer's use_single_float."""

import json
import math
import struct
import sys

import msgpack


class Pairs(list):
    """A map with its entries in order."""


def describe_number(value):
    # JavaScript cannot tell an integer from a float without a fraction, so it is described as one here too, but for -0 and large ones.
    if isinstance(value, int):
        return {"int": str(value)}
    if math.isnan(value):
        return {"float": "nan"}
    if value.is_integer() and abs(value) < 2**62 and not (value == 0 and math.copysign(1, value) < 0):
        return {"int": str(int(value))}
    return {"float": struct.pack(">d", value).hex()}


def describe(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        return describe_number(value)
    if isinstance(value, bytes):
        return {"bin": value.hex()}
    if isinstance(value, msgpack.ExtType):
        return {"ext": [value.code, value.data.hex()]}
    if isinstance(value, msgpack.Timestamp):
        return {"time": [str(value.seconds), value.nanoseconds]}
    if isinstance(value, Pairs):
        return {"map": [[describe(key), describe(item)] for key, item in value]}
    return [describe(item) for item in value]


def build(description):
    if isinstance(description, list):
        return [build(item) for item in description]
    if not isinstance(description, dict):
        return description
    if "int" in description:
        return int(description["int"])
    if "float" in description:
        return math.nan if description["float"] == "nan" else struct.unpack(">d", bytes.fromhex(description["float"]))[0]
    if "bin" in description:
        return bytes.fromhex(description["bin"])
    if "ext" in description:
        return msgpack.ExtType(description["ext"][0], bytes.fromhex(description["ext"][1]))
    if "time" in description:
        return msgpack.Timestamp(int(description["time"][0]), description["time"][1])
    return {build(key): build(item) for key, item in description["map"]}


def answer(request):
    if "describe" in request:
        unpacker = msgpack.Unpacker(strict_map_key=False, object_pairs_hook=Pairs)
        unpacker.feed(bytes.fromhex(request["describe"]))
        return json.dumps([describe(value) for value in unpacker])
    single = request["as"] == "float32"
    return b"".join(msgpack.packb(build(value), use_single_float=single) for value in request["pack"]).hex()


for line in sys.stdin:
    print(answer(json.loads(line)), flush=True)
