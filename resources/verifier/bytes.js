// Bytes, digests and the two forms of JSON that the custody log uses.

const MASK = 0xffffffff;
// Above that many bytes, a failure may be one of the browser and not of the file.
const SURELY_FITS = 1 << 30;
const encoder = new TextEncoder();

/** A file of a package cannot be read, or is not what the archive says of it. */
class UnreadableError extends Error {}

/** This browser cannot do what the check needs. */
class UnableError extends Error {}

function utf8(text) {
  return encoder.encode(text);
}

/** The text of bytes; null if they are no UTF-8. A mark of the byte order stays in the text. */
function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of hexadecimal digits; null if a text is something else. */
function fromHex(text) {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function concatenated(...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, one) => sum + one.length, 0));
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
}

function areEqual(one, other) {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

/**
 * The digest of bytes by WebCrypto ("SHA-256" or "SHA-512").
 * @throws {UnableError} They are too many for it.
 */
async function digest(algorithm, bytes) {
  try {
    return new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
  } catch (error) {
    throw bytes.length > SURELY_FITS ? new UnableError(String(error)) : error;
  }
}

async function sha256(bytes) {
  return toHex(await digest("SHA-256", bytes));
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32, as ZIP files have it. */
function crc32(bytes) {
  let value = MASK;
  for (let place = 0; place < bytes.length; place++) {
    value = CRC_TABLE[(value ^ bytes[place]) & 0xff] ^ (value >>> 8);
  }
  return (value ^ MASK) >>> 0;
}

/** The order of Python's texts: by code points, not by the halves of pairs. */
function byCodePoints(one, other) {
  let place = 0;
  while (place < one.length && one[place] === other[place]) place += 1;
  if (place >= one.length || place >= other.length) return one.length - other.length;
  const rank = (unit) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
  return rank(one.charCodeAt(place)) - rank(other.charCodeAt(place));
}

/**
 * Canonical JSON (RFC 8785) of a value that JSON.parse made.
 * @throws {TypeError} The form has no such value.
 */
function canonical(value) {
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) throw new TypeError("half of a pair");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    const isTooLarge = Number.isInteger(value) && Math.abs(value) < 1e21;
    if (isTooLarge && !Number.isSafeInteger(value)) throw new TypeError("a number too large");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** Whether two values that JSON.parse made are the same. */
function isSame(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  );
}

/** The lines of a file, each with its end, as bytes. */
function* linesOf(bytes) {
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start);
    const next = end < 0 ? bytes.length : end + 1;
    yield bytes.subarray(start, next);
    start = next;
  }
}
