// Compares the tables of a package with the rows that it hands over, and these with the log.

const DIGEST_SIZE = 32;
const MOST_TOLD = 1000;
// The columns of the events that an event's row alone decides, and those of a file and its digest.
const HELD = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17];
const [FILE_COLUMN, DIGEST_COLUMN] = [2, 9];
const RISKY = "=+\\-@＝＋－＠";
const FORMULA = new RegExp(`(^|[,;|\\t\\r\\n])([${BLANKS}"'\\0]*)(?=[${RISKY}])`, "g");
const ROW_LINE =
  /^\{"cells":(\{.*\}),"entry":(-?\d+),"key":"([0-9a-f]*)","place":(-?\d+),"table":"(\w+)"\}\n$/su;

/** Something in the tables cannot be read as what it should be. */
class TableError extends Error {}

function differs(where, found) {
  return mismatch("table", where, "a row that the history covers", found);
}

/**
 * What a comparison of the tables found: rows, those that older programs sealed, those in which
 * something is blacked out, mismatches.
 */
async function compareTables(made, entries) {
  const done = { rows: 0, unproven: 0, redacted: 0, mismatches: [] };
  try {
    const excerpts = await excerptsOf(made);
    const records = new Map();
    for (const one of excerpts.values()) {
      for (const record of one.records) records.set(numberOf(record.event), record);
    }
    await compareEvents(made, entries, records, done);
    await compareFiles(made, excerpts, done);
    for (const number of records.keys()) done.mismatches.push(differs(EXCERPTS, `event ${number}`));
  } catch (error) {
    if (error instanceof UnableError) throw error;
    done.mismatches.push(differs(TABLES, String(error)));
  }
  return done;
}

function numberOf(value) {
  if (typeof value !== "number") throw new TableError("no number");
  return value;
}

async function excerptsOf(made) {
  const found = new Map();
  for (const name of made.names.keys()) {
    if (name.startsWith(EXCERPTS)) found.set(name, JSON.parse(textOf(await made.read(name))));
  }
  return found;
}

/** What stands in the place of originals in which something is blacked out. */
async function replacedIn(made) {
  if (!made.names.has(REDACTED_LIST)) return [];
  const found = JSON.parse(textOf(await made.read(REDACTED_LIST)));
  return found.map(({ file, original }) => ({ file: String(file), sha256: String(original.sha256) }));
}

/**
 * Names of excerpts and of copies, with the digest of the original that each says it is from.
 * Digests that are withheld are left out.
 */
async function excerptDigests(made) {
  const found = [];
  for (const name of made.names.keys()) {
    if (!name.startsWith(EXCERPTS)) continue;
    try {
      found.push([name, String(JSON.parse(textOf(await made.read(name))).original.sha256)]);
    } catch (error) {
      if (error instanceof UnableError) throw error;
      found.push([name, "unreadable"]);
    }
  }
  try {
    for (const { file, sha256: value } of await replacedIn(made)) found.push([file, value]);
  } catch (error) {
    if (error instanceof UnableError) throw error;
    found.push([REDACTED_LIST, "unreadable"]);
  }
  return found.filter(([, value]) => value);
}

/** The lines of the table of events and the rows that were handed over, side by side. */
async function compareEvents(made, entries, records, done) {
  const leaves = new Leaves(made, entries);
  const shown = rowsOfTable(textOf(await made.read(EVENTS)));
  const proofs = linesOf(await made.read(ROWS));
  for (let number = 2; done.mismatches.length < MOST_TOLD; number++) {
    const [cells, line] = [shown.next(), proofs.next()];
    const where = `${EVENTS}, ${number}`;
    if (cells.done && line.done) return;
    if (cells.done || line.done) {
      done.mismatches.push(differs(where, "none"));
      return;
    }
    const proof = proofOf(line.value);
    const { row } = proof;
    const record = records.get(row.id);
    records.delete(row.id);
    if (isWithheldRow(proof)) {
      if (cells.value[0] !== String(row.id)) done.mismatches.push(differs(where, `event ${row.id}`));
      done.redacted += 1;
    } else if (proof.table !== "event" || !isSame(HELD.map((one) => cells.value[one]), heldCells(row))) {
      done.mismatches.push(differs(where, `event ${row.id}`));
      if (record) records.set(row.id, record);
    } else if (record && !isSame(record, recordOf(row))) {
      done.mismatches.push(differs(EXCERPTS, `event ${row.id}`));
    } else if (await leaves.holds(proof)) {
      done.rows += 1;
    } else if (proof.place < 0 && leaves.isWithheld(proof.entry)) {
      done.unproven += 1;
    } else {
      done.mismatches.push(differs(where, `entry ${proof.entry}`));
    }
  }
}

/** Whether only the place of a row in the log is told, as something in it is blacked out. */
function isWithheldRow({ row, key }) {
  return !key && Object.keys(row).length === 1;
}

/** A row as it was handed over; its cells are digested as the very bytes that stand there. */
function proofOf(line) {
  const parts = ROW_LINE.exec(textOf(line) ?? "");
  if (!parts) throw new TableError("no row");
  const row = JSON.parse(parts[1]);
  if (!Number.isInteger(row.id)) throw new TableError("a row without a number");
  const [, cells, entry, key, place, table] = parts;
  return { row, cells: utf8(cells), entry: Number(entry), key, place: Number(place), table };
}

/** What the entries of a log hold of rows; each is read once. */
class Leaves {
  #made;
  #entries;
  #read = new Map();

  constructor(made, entries) {
    this.#made = made;
    this.#entries = new Map(entries.map((one) => [one.values.seq, one]));
  }

  /** Whether the log vouches for a row. */
  async holds({ row, cells, entry, key, place, table }) {
    if (place < 0) return false;
    if (!this.#read.has(entry)) this.#read.set(entry, await this.#leaves(entry));
    const start = utf8(`${key} ${table} ${row.id} `);
    const leaf = await digest("SHA-256", concatenated(start, await digest("SHA-256", cells)));
    const from = place * DIGEST_SIZE;
    return areEqual(this.#read.get(entry).subarray(from, from + DIGEST_SIZE), leaf);
  }

  isWithheld(seq) {
    return this.#entries.get(seq)?.isWithheld ?? false;
  }

  async #leaves(seq) {
    const [entry, name] = [this.#entries.get(seq), `${LEAVES}entry-${seq}.bin`];
    if (!entry || !this.#made.names.has(name)) return new Uint8Array();
    const found = await this.#made.read(name);
    return (await sha256(found)) === entry.values.rows_digest ? found : new Uint8Array();
  }
}

/** The cells of the table that a row decides, as CSV has them. */
function heldCells(row) {
  const place = row.place_unit ? `${row.place_sheet} ${row.place_unit} ${row.place_number}` : "";
  const hasTime = row.at !== undefined;
  const cells = [
    String(row.id),
    String(row.item_id),
    row.type,
    row.direction,
    row.outcome,
    hasTime ? row.at : "",
    hasTime ? row.time_source : "",
    hasTime ? row.time_precision : "",
    row.duration_s === undefined ? "" : shortNumber(row.duration_s),
    row.identifier,
    row.identifier_normalized,
    row.contact_name,
    row.text,
    withoutMargins(place),
  ];
  return cells.map((cell) => inTable(String(cell)));
}

/** A cell without what no table can hold, and with an apostrophe before what could be run. */
function inTable(cell) {
  const clean = cell.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "");
  if (/^[+-] ?[0-9][0-9 ]*$/.test(clean)) return clean;
  return (/^[\t\r\n]/.test(clean) ? "'" : "") + clean.replace(FORMULA, "$&'");
}

/** A number with six digits, as "%g" of C writes it: halves go to the even digit. */
function shortNumber(value) {
  if (typeof value !== "number") throw new TableError("no number");
  if (!value) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa, power] = Math.abs(value).toExponential(60).split("e");
  const exact = mantissa.replace(".", "");
  let digits = Number(exact.slice(0, 6));
  const rest = exact.slice(6);
  const half = `5${"0".repeat(rest.length - 1)}`;
  if (rest > half || (rest === half && digits % 2)) digits += 1;
  const exponent = Number(power) + (digits === 1_000_000 ? 1 : 0);
  const shown = String(digits).slice(0, 6);
  const sign = value < 0 ? "-" : "";
  if (exponent < -4 || exponent >= 6) {
    const tail = trimmed(`${shown[0]}.${shown.slice(1)}`);
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${tail}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}${trimmed(`0.${"0".repeat(-exponent - 1)}${shown}`)}`;
  return `${sign}${trimmed(`${shown.slice(0, exponent + 1)}.${shown.slice(exponent + 1)}`)}`;
}

function trimmed(decimal) {
  return decimal.replace(/\.?0*$/, "");
}

/** A chosen record of an excerpt, as a row has it. */
function recordOf(row) {
  const hasTime = row.at !== undefined;
  return {
    event: row.id,
    place: row.place_unit ? [row.place_unit, row.place_number, row.place_sheet ?? null] : null,
    type: row.type,
    direction: row.direction,
    outcome: row.outcome,
    time: hasTime ? row.at : null,
    time_as_written: hasTime ? (row.time_raw ?? null) : null,
    duration_s: row.duration_s ?? null,
    identifier: row.identifier,
    contact_name: row.contact_name,
    text: row.text,
    fields: JSON.parse(row.raw),
  };
}

/** Lines of the table of originals that say something else of a file than the lists. */
async function compareFiles(made, excerpts, done) {
  const files = new Map();
  for (const [name, value] of await listedOriginals(made)) files.set(inTable(name), value);
  for (const [name, one] of excerpts) files.set(inTable(name), one.original.sha256);
  const leftOut = new Set();
  for (const { file, sha256: value } of await replacedIn(made)) {
    if (!file) leftOut.add(value);
    if (file.startsWith(REDACTED) && made.names.has(file)) files.set(inTable(file), value);
  }
  let number = 1;
  for (const cells of rowsOfTable(textOf(await made.read(ORIGINALS_TABLE)))) {
    number += 1;
    if (!cells[FILE_COLUMN] && leftOut.has(cells[DIGEST_COLUMN])) continue;
    const expected = files.get(cells[FILE_COLUMN]) ?? "none";
    files.delete(cells[FILE_COLUMN]);
    if (cells[DIGEST_COLUMN] !== expected && done.mismatches.length < MOST_TOLD) {
      const where = `${ORIGINALS_TABLE}, ${number}`;
      done.mismatches.push(mismatch("table", where, expected, cells[DIGEST_COLUMN] ?? "none"));
    }
  }
  for (const [name, value] of files) {
    done.mismatches.push(mismatch("table", ORIGINALS_TABLE, value, `${name}: none`));
  }
}

/** Names and digests of originals by the list of the payload. */
async function listedOriginals(made) {
  const lines = (await made.text(MANIFESTS.sha256)).split("\n");
  const found = lines.map((line) => /^([0-9a-f]+) {2}(.+)$/.exec(line));
  return found
    .filter((parts) => parts?.[2].startsWith(ORIGINALS))
    .map(([, value, name]) => [name, value]);
}

/** The lines of a CSV table without its titles, each as its cells. */
function* rowsOfTable(text) {
  if (text === null) throw new TableError("no table");
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/y;
  cell.lastIndex = text.startsWith("\ufeff") ? 1 : 0;
  let [cells, isTitle] = [[], true];
  while (cell.lastIndex < text.length) {
    const parts = cell.exec(text);
    if (!parts) throw new TableError("no table");
    cells.push(parts[1] === undefined ? parts[2] : parts[1].replaceAll('""', '"'));
    if (parts[3] === ",") continue;
    if (!isTitle) yield cells;
    [cells, isTitle] = [[], false];
  }
}
