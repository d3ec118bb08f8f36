// Follows the custody log of a package: canonical form, salted digests, hashes, links, signatures.

const GENESIS = "0".repeat(64);
const LONGEST_LINE = 4 << 20;
const SECOND_FORM = 2;
const TEXT_FIELDS = ["at", "action", "prev_hash", "entry_hash"];
const NOT_HASHED = new Set(["entry_hash", "signature", "disclosed"]);
const OF_ANY = ["seq", ...TEXT_FIELDS, "signer", "signature"];
const OF_SECOND = new Set([...OF_ANY, "program", "rows_digest", "form", "hidden", "disclosed"]);
const OF_WITHHELD = new Set([...OF_ANY, "withheld"]);
const ARRIVALS = new Set(["import", "add_entry", "recover"]);
const EXAMPLE_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const EXAMPLE =
  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555" +
  "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

/** The signatures that this browser can check; it may lack Ed25519. */
class Signatures {
  #keys = new Map();

  /** Whether this browser knows Ed25519: it is tried with the first example of RFC 8032. */
  static async areKnown() {
    try {
      return await new Signatures().holds(EXAMPLE_KEY, fromHex(EXAMPLE), new Uint8Array());
    } catch {
      return false;
    }
  }

  /** Whether the signature of bytes was made with a key (64 hexadecimal digits). */
  async holds(publicKey, signature, bytes) {
    const raw = fromHex(publicKey);
    if (raw?.length !== 32 || signature?.length !== 64) return false;
    try {
      const key =
        this.#keys.get(publicKey) ??
        (await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]));
      this.#keys.set(publicKey, key);
      return await crypto.subtle.verify("Ed25519", key, signature, bytes);
    } catch (error) {
      if (error.name === "DataError") return false;
      throw error;
    }
  }
}

/** The entry of a line, or null if the line is none. */
async function entryOfLine(line) {
  const text = line.length > LONGEST_LINE ? null : textOf(line);
  if (text === null) return null;
  let values;
  try {
    values = JSON.parse(text);
    if (`${canonical(values)}\n` !== text) return null;
  } catch {
    return null; // JSON.parse and `canonical` say by exceptions of several kinds that it is none.
  }
  if (!isEntry(values)) return null;
  const [disclosed, problem] = await disclosedBy(values);
  const isWithheld = Object.hasOwn(values, "withheld");
  const shown = Object.entries(values).filter(([name]) => !NOT_HASHED.has(name));
  const hash = isWithheld
    ? values.entry_hash
    : await sha256(utf8(canonical(Object.fromEntries(shown))));
  return { values, disclosed, problem, isWithheld, hash };
}

function isEntry(values) {
  if (!values || typeof values !== "object" || Array.isArray(values)) return false;
  if (!Number.isInteger(values.seq) || values.seq < 1) return false;
  if (!TEXT_FIELDS.every((name) => typeof values[name] === "string")) return false;
  const names = Object.keys(values);
  if (Object.hasOwn(values, "withheld")) return names.every((name) => OF_WITHHELD.has(name));
  return names.every((name) => OF_SECOND.has(name)) && values.form === SECOND_FORM;
}

/** The private values that an entry shows and that were hashed; or why one is none. */
async function disclosedBy(values) {
  const { hidden, disclosed = [] } = values;
  const isList = Array.isArray(hidden) && hidden.every((one) => typeof one === "string");
  const known = new Set(isList ? hidden : []);
  const found = new Map();
  for (const one of Array.isArray(disclosed) ? disclosed : [disclosed]) {
    if (!Array.isArray(one) || one.length !== 3 || typeof one[0] !== "string") {
      return [new Map(), "no value"];
    }
    const [name, value, key] = one;
    const expected = await sha256(utf8(canonical([String(key), name, value])));
    if (found.has(name) || !known.has(expected)) return [new Map(), name];
    found.set(name, value);
  }
  return [found, ""];
}

/** The entries of a log, and the lines that are none. */
async function readLog(made) {
  if (!made.names.has(LOG)) {
    return [[], [mismatch("file_missing", LOG, "the history", "none")]];
  }
  const [entries, found] = [[], []];
  let number = 0;
  try {
    for (const line of linesOf(await made.read(LOG))) {
      number += 1;
      const entry = await entryOfLine(line);
      if (entry) entries.push(entry);
      else found.push(mismatch("entry_hash", `${LOG}, ${number}`, "an entry", "something else"));
    }
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    found.push(mismatch("file_changed", LOG, "a file", "unreadable"));
  }
  return [entries, found];
}

/**
 * Check the entries of a log from the first to the last.
 * @param signatures What checks signatures; null if this browser cannot.
 */
async function followed(entries, signatures) {
  const found = [];
  const signers = [];
  const signedFrom = entries.find((one) => one.values.signature)?.values.seq ?? 1;
  let [before, last] = [GENESIS, 0];
  for (const { values, hash, problem } of entries) {
    const where = String(values.seq);
    if (values.seq !== last + 1) {
      found.push(mismatch("entry_missing", where, String(last + 1), where));
    }
    if (values.prev_hash !== before) {
      found.push(mismatch("entry_link", where, before, values.prev_hash));
    }
    if (hash !== values.entry_hash) {
      found.push(mismatch("entry_hash", where, values.entry_hash, hash));
    }
    if (values.seq >= signedFrom) {
      if (!(await isSigned(values, signatures))) {
        found.push(mismatch("signature", where, `by ${values.signer}`, String(values.signature)));
      }
      noteSigner(signers, values);
    }
    if (problem) found.push(mismatch("entry_hash", where, "what was hashed", problem));
    [before, last] = [values.entry_hash, values.seq];
  }
  return { mismatches: found, signers };
}

async function isSigned({ signer, signature, entry_hash: hash }, signatures) {
  if (typeof signer !== "string" || typeof signature !== "string" || !signer) return false;
  if (signatures === null) return true;
  const [made, bytes] = [fromHex(signature), fromHex(hash)];
  if (made === null || bytes === null || toHex(made) !== signature) return false;
  return signatures.holds(signer, made, bytes);
}

function noteSigner(signers, { signer, seq }) {
  const newest = signers.at(-1);
  if (!signer) return;
  if (newest?.key === String(signer)) newest.last = seq;
  else signers.push({ key: String(signer), first: seq, last: seq });
}

/** The state of a log in a check code: number, hash, and the beginning of the first hash. */
function stateOf(code) {
  const plain = code.replace(BLANK, "").toLowerCase();
  const said = plain.slice(plain.lastIndexOf(":") + 1);
  const parts = /^([1-9][0-9]{0,15})-([0-9a-f]{64})(?:-([0-9a-f]{16}))?$/.exec(said);
  return parts && { seq: Number(parts[1]), hash: parts[2], first: parts[3] ?? "" };
}

/** Where a log differs from a state that somebody was given. */
function comparedWith(hashes, state) {
  if (state.first && !(hashes[0] ?? "").startsWith(state.first)) {
    return [mismatch("swapped", "1", state.first, hashes[0] ?? "")];
  }
  if (state.seq > hashes.length) {
    const next = String(hashes.length + 1);
    return [mismatch("tail_cut", next, String(state.seq), String(hashes.length))];
  }
  const found = hashes[state.seq - 1];
  if (found === state.hash) return [];
  return [mismatch("rewritten", String(state.seq), state.hash, found)];
}
