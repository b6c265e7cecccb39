// Reads and writes MessagePack with @msgpack/msgpack, for InteropTests. Each line of the input is a JSON request, each line of the
// output its answer:
//   {"describe": "<hex>"}                       the values, one behind the other, as an array of descriptions (see Description.cs)
//   {"pack": [<description>, …], "as": "…"}     their bytes as hex, packed with the packer's own choices, or "bigint" or "float32"
import { createInterface } from "node:readline";
import { decodeMulti, decodeTimestampToTimeSpec, encode, encodeTimeSpecToTimestamp, ExtData, ExtensionCodec } from "@msgpack/msgpack";

class Time {
  constructor(spec) {
    this.spec = spec;
  }
}

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytesOf = (text) => new Uint8Array(Buffer.from(text, "hex"));

const codec = new ExtensionCodec();
codec.register({ type: -1, encode: () => null, decode: (data) => new Time(decodeTimestampToTimeSpec(data)) });

function bitsOf(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(number);
  return bytes.toString("hex");
}

// JavaScript has one type for numbers: what has no fraction is an integer, but for −0 and what no integer of 64 bits is.
function describeNumber(value) {
  if (typeof value === "bigint") return { int: value.toString() };
  if (Number.isNaN(value)) return { float: "nan" };
  return Number.isInteger(value) && Math.abs(value) < 2 ** 62 && !Object.is(value, -0) ? { int: BigInt(value).toString() } : { float: bitsOf(value) };
}

function describe(value) {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return describeNumber(value);
  if (value instanceof Uint8Array) return { bin: hex(value) };
  if (value instanceof ExtData) return { ext: [value.type, hex(value.data)] };
  if (value instanceof Time) return { time: [value.spec.sec.toString(), value.spec.nsec] };
  if (Array.isArray(value)) return value.map(describe);
  return { map: Object.entries(value).map(([key, item]) => [JSON.parse(key.slice(1)), describe(item)]) };
}

// Beside BigInts the packer writes numbers of more than 32 bits as floats.
function numberOf(text, form) {
  const value = BigInt(text);
  return value >= -(2n ** 31n) && value < 2n ** 32n && form !== "bigint" ? Number(value) : value;
}

function build(description, form) {
  if (description === null || typeof description !== "object") return description;
  if (Array.isArray(description)) return description.map((item) => build(item, form));
  if ("int" in description) return numberOf(description.int, form);
  if ("float" in description) return description.float === "nan" ? NaN : Buffer.from(description.float, "hex").readDoubleBE();
  if ("bin" in description) return bytesOf(description.bin);
  if ("ext" in description) return new ExtData(description.ext[0], bytesOf(description.ext[1]));
  if ("time" in description) return new ExtData(-1, encodeTimeSpecToTimestamp({ sec: Number(description.time[0]), nsec: description.time[1] }));
  return Object.fromEntries(description.map.map(([key, item]) => [key, build(item, form)]));
}

// Keys of objects are strings, so each key's description stands in its name; the sign in front keeps numbers from being put in order.
const decoding = { extensionCodec: codec, useBigInt64: true, mapKeyConverter: (key) => "#" + JSON.stringify(describe(key)) };

function answer(request) {
  if ("describe" in request) return JSON.stringify([...decodeMulti(bytesOf(request.describe), decoding)].map(describe));
  const options = { useBigInt64: true, forceFloat32: request.as === "float32" };
  return request.pack.map((value) => hex(encode(build(value, request.as), options))).join("");
}

for await (const line of createInterface({ input: process.stdin })) console.log(answer(JSON.parse(line)));
