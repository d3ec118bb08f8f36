// Reads a ZIP file only in the very form in which Evidence App writes it: each byte accounted for.
// Programs that unpack ZIP files disagree about whatever is unusual in one (APPNOTE.TXT 6.3.10).

const MOST_FILES = 250_000;
const MOST_DIRECTORY = 64 << 20;
const LOCAL_SIZE = 30;
const ENTRY_SIZE = 46;
const END_SIZE = 22;
const END64_SIZE = 56;
const LOCATOR_SIZE = 20;
const LOCAL_MARK = 0x04034b50;
const ENTRY_MARK = 0x02014b50;
const END_MARK = 0x06054b50;
const END64_MARK = 0x06064b50;
const LOCATOR_MARK = 0x07064b50;
const VERSION = 45;
const UNIX = 3;
const UTF8_FLAG = 0x800;
const ENCRYPTED_FLAGS = 0x2041;
const DESCRIPTOR_FLAG = 0x8;
const ATTRIBUTES = (0o644 << 16) >>> 0;
const MOST_16 = 0xffff;
const MOST_32 = 0xffffffff;
const MOST_PLAIN = 0x7fffffff;

/** A ZIP file is not as this program writes them. */
class FormError extends Error {
  constructor(fault, where = "") {
    super(fault);
    this.fault = fault;
    this.where = where;
  }
}

/** Numbers of fixed widths, the lowest byte first: pairs of width in bytes and value. */
function packedNumbers(...pairs) {
  const made = new DataView(new ArrayBuffer(pairs.reduce((sum, [width]) => sum + width, 0)));
  let place = 0;
  for (const [width, value] of pairs) {
    if (width === 1) made.setUint8(place, value);
    else if (width === 2) made.setUint16(place, value, true);
    else if (width === 4) made.setUint32(place, value, true);
    else made.setBigUint64(place, BigInt(value), true);
    place += width;
  }
  return new Uint8Array(made.buffer);
}

function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function startsWith(bytes, expected, place) {
  return areEqual(bytes.subarray(place, place + expected.length), expected);
}

async function bytesAt(blob, start, end) {
  try {
    return new Uint8Array(await blob.slice(Math.max(0, start), end).arrayBuffer());
  } catch (error) {
    const isTooLarge = error instanceof RangeError || end - start > SURELY_FITS;
    throw isTooLarge ? new UnableError(String(error)) : new UnreadableError(String(error));
  }
}

/** All members in the order of the archive: name, start, size, crc. */
async function membersOf(blob) {
  const directory = await directoryOf(blob);
  const data = await bytesAt(blob, directory.start, directory.start + directory.size);
  const members = [];
  let [place, position, stamp] = [0, 0, null];
  for (let number = 0; number < directory.count; number++) {
    const [entry, length] = readEntry(data, place, position);
    stamp ??= entry.stamp;
    if (entry.stamp !== stamp) throw new FormError(FAULT.otherForm, entry.name);
    const start = await compareLocal(blob, position, entry);
    members.push({ name: entry.name, start, size: entry.size, crc: entry.crc });
    place += length;
    position = start + entry.size;
  }
  if (place !== directory.size) throw new FormError(FAULT.notListedRecord);
  if (position !== directory.start) throw new FormError(FAULT.between);
  return members;
}

async function directoryOf(blob) {
  const longest = END_SIZE + MOST_16 + LOCATOR_SIZE + END64_SIZE;
  const tail = await bytesAt(blob, blob.size - longest, blob.size);
  const view = viewOf(tail);
  const end = tail.length - END_SIZE;
  if (end < 0 || view.getUint32(end, true) !== END_MARK || view.getUint16(end + 20, true)) {
    throw new FormError(faultOfEnd(tail));
  }
  const [disk, first] = [view.getUint16(end + 4, true), view.getUint16(end + 6, true)];
  const found = {
    count: view.getUint16(end + 10, true),
    size: view.getUint32(end + 12, true),
    start: view.getUint32(end + 16, true),
  };
  if (disk || first || view.getUint16(end + 8, true) !== found.count) {
    throw new FormError(FAULT.severalVolumes);
  }
  const locator = end - LOCATOR_SIZE;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR_MARK) {
    const place = locator - END64_SIZE;
    if (place < 0 || view.getUint32(place, true) !== END64_MARK) {
      throw new FormError(FAULT.endRecord);
    }
    found.count = Number(view.getBigUint64(place + 32, true));
    found.size = Number(view.getBigUint64(place + 40, true));
    found.start = Number(view.getBigUint64(place + 48, true));
  }
  if (found.count > MOST_FILES || found.size > MOST_DIRECTORY) throw new FormError(FAULT.tooMany);
  const expected = endOf(found);
  if (!startsWith(tail, expected, Math.max(0, tail.length - expected.length))) {
    throw new FormError(FAULT.endRecord);
  }
  if (found.start + found.size !== blob.size - expected.length) throw new FormError(FAULT.between);
  return found;
}

function faultOfEnd(tail) {
  const view = viewOf(tail);
  for (let place = tail.length - END_SIZE; place >= 0; place--) {
    if (view.getUint32(place, true) !== END_MARK) continue;
    const isComment = place + END_SIZE + view.getUint16(place + 20, true) === tail.length;
    return isComment ? FAULT.comment : FAULT.afterEnd;
  }
  return FAULT.noEnd;
}

/** The end of an archive with that directory. */
function endOf({ count, size, start }) {
  const pieces = [];
  if (count > MOST_16 || start > MOST_PLAIN) {
    pieces.push(
      packedNumbers([4, END64_MARK], [8, 44], [2, VERSION], [2, VERSION], [4, 0], [4, 0]),
      packedNumbers([8, count], [8, count], [8, size], [8, start]),
      packedNumbers([4, LOCATOR_MARK], [4, 0], [8, start + size], [4, 1]),
    );
  }
  const shown = Math.min(count, MOST_16);
  pieces.push(
    packedNumbers([4, END_MARK], [2, 0], [2, 0], [2, shown], [2, shown], [4, size]),
    packedNumbers([4, Math.min(start, MOST_32)], [2, 0]),
  );
  return concatenated(...pieces);
}

/** The entry of a file that begins at that position, and how many bytes the entry has. */
function readEntry(data, place, position) {
  const view = viewOf(data);
  if (data.length < place + ENTRY_SIZE || view.getUint32(place, true) !== ENTRY_MARK) {
    throw new FormError(FAULT.notListedRecord);
  }
  const [short, long] = [
    (offset) => view.getUint16(place + offset, true),
    (offset) => view.getUint32(place + offset, true),
  ];
  const start = place + ENTRY_SIZE;
  const rawName = data.subarray(start, start + short(28));
  const name = textOf(rawName);
  if (name === null) throw new FormError(FAULT.name, new TextDecoder().decode(rawName));
  if (name.endsWith("/")) throw new FormError(FAULT.folder, name);
  const fault = faultOfFields(short(8), short(10), short(32), short(34));
  if (fault) throw new FormError(fault, name);
  const extra = data.subarray(start + short(28), start + short(28) + short(30));
  let [packed, size] = [long(20), long(24)];
  if (size === MOST_32 && extra.length >= 20) {
    size = Number(viewOf(extra).getBigUint64(4, true));
    packed = Number(viewOf(extra).getBigUint64(12, true));
  }
  if (size !== packed) throw new FormError(FAULT.sizes, name);
  const flags = rawName.every((byte) => byte < 0x80) ? 0 : UTF8_FLAG;
  const entry = { rawName, name, flags, stamp: long(12), crc: long(16), size };
  const expected = entryOf(entry, position);
  if (!startsWith(data, expected, place)) {
    throw new FormError(faultOfEntry(short(8), long(38), long(42), extra, entry, position), name);
  }
  return [entry, expected.length];
}

function faultOfFields(flags, method, commentSize, disk) {
  if (flags & ENCRYPTED_FLAGS) return FAULT.encrypted;
  if (flags & DESCRIPTOR_FLAG) return FAULT.descriptor;
  if (method) return FAULT.compressed;
  if (commentSize) return FAULT.comment;
  return disk ? FAULT.severalVolumes : null;
}

function faultOfEntry(flags, attributes, offset, extra, entry, position) {
  const mode = (attributes >>> 16) & 0o170000;
  if (mode === 0o120000) return FAULT.link;
  if (mode === 0o040000) return FAULT.folder;
  if (mode !== 0 && mode !== 0o100000) return FAULT.special;
  if (attributes !== ATTRIBUTES) return FAULT.attributes;
  if (!areEqual(extra, extraOf(entry, position))) return FAULT.extraField;
  if (flags !== entry.flags) return FAULT.flags;
  return offset !== Math.min(position, MOST_32) ? FAULT.between : FAULT.otherForm;
}

/** The large numbers of an entry, if it has any. */
function extraOf(entry, position) {
  const large = entry.size > MOST_PLAIN ? [entry.size, entry.size] : [];
  if (position > MOST_PLAIN) large.push(position);
  if (!large.length) return new Uint8Array();
  return packedNumbers([2, 1], [2, 8 * large.length], ...large.map((value) => [8, value]));
}

function entryOf(entry, position) {
  const extra = extraOf(entry, position);
  const size = entry.size > MOST_PLAIN ? MOST_32 : entry.size;
  const offset = position > MOST_PLAIN ? MOST_32 : position;
  return concatenated(
    packedNumbers([4, ENTRY_MARK], [1, VERSION], [1, UNIX], [1, VERSION], [1, 0]),
    packedNumbers([2, entry.flags], [2, 0], [4, entry.stamp], [4, entry.crc], [4, size]),
    packedNumbers([4, size], [2, entry.rawName.length], [2, extra.length], [2, 0], [2, 0]),
    packedNumbers([2, 0], [4, ATTRIBUTES], [4, offset]),
    entry.rawName,
    extra,
  );
}

/** Where the bytes of the file begin whose own record stands at that position. */
async function compareLocal(blob, position, entry) {
  const expected = [localOf(entry, MOST_32)];
  if (entry.size <= MOST_32) expected.push(localOf(entry, entry.size));
  const found = await bytesAt(blob, position, position + expected[0].length);
  if (found.length < 4 || viewOf(found).getUint32(0, true) !== LOCAL_MARK) {
    throw new FormError(FAULT.between, entry.name);
  }
  if (!expected.some((one) => areEqual(one, found))) {
    throw new FormError(FAULT.otherRecord, entry.name);
  }
  return position + found.length;
}

/** The record before a file; the additional field always has the real size. */
function localOf(entry, size) {
  return concatenated(
    packedNumbers([4, LOCAL_MARK], [1, VERSION], [1, 0], [2, entry.flags], [2, 0]),
    packedNumbers([4, entry.stamp], [4, entry.crc], [4, size], [4, size]),
    packedNumbers([2, entry.rawName.length], [2, 20]),
    entry.rawName,
    packedNumbers([2, 1], [2, 16], [8, entry.size], [8, entry.size]),
  );
}
