// Compares the files of a package with its lists: what differs, lacks, or is not listed.

const MOST_LIST = 64 << 20;
const EXPECTED = "as this program writes packages";
const DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
// What Python takes for blanks.
const BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANK = new RegExp(`[${BLANKS}]+`, "g");

function mismatch(kind, where, expected, found) {
  return { kind, where, expected, found };
}

/** The files of a package, as they lie in an archive or in a folder; trusts nothing. */
class Package {
  names = new Map();
  deviations = [];
  #space = new NameSpace();
  #openers = new Map();

  /** Note a file that can be read by that function. */
  note(name, size, open) {
    let fault = this.#space.add(name);
    if (fault === null) {
      this.names.set(name, size);
      this.#openers.set(name, open);
      fault = faultOfName(name);
    }
    if (fault !== null) this.refuse(name, fault);
  }

  /** Note what no file of a package is. */
  refuse(name, fault) {
    const kind = PLANTED.has(fault) ? "file_not_listed" : "package_form";
    this.deviations.push(mismatch(kind, name, EXPECTED, fault));
  }

  /**
   * The bytes of a file.
   * @throws {UnreadableError} It cannot be read, or is not there.
   * @throws {UnableError} It is larger than this browser can hold.
   */
  async read(name) {
    const open = this.#openers.get(name);
    if (!open) throw new UnreadableError(name);
    return open();
  }

  /** A text that is small in every package; empty if it cannot be read. */
  async text(name) {
    if (!this.names.has(name) || this.names.get(name) > MOST_LIST) return "";
    try {
      return textOf(await this.read(name)) ?? "";
    } catch (error) {
      if (error instanceof UnreadableError) return "";
      throw error;
    }
  }
}

/** The package in a ZIP file. */
async function fromArchive(blob) {
  const made = new Package();
  let members;
  try {
    members = await membersOf(blob);
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    made.refuse(error.where, error.fault);
    return made;
  }
  const top = topOf(members.map((one) => one.name)) ?? "";
  for (const member of members) {
    if (!member.name.startsWith(top)) {
      made.refuse(member.name, faultOfName(member.name) ?? FAULT.outside);
      continue;
    }
    made.note(member.name.slice(top.length), member.size, async () => {
      const bytes = await bytesAt(blob, member.start, member.start + member.size);
      if (crc32(bytes) !== member.crc) throw new UnreadableError(member.name);
      return bytes;
    });
  }
  return made;
}

/** The package in a folder, whose files have paths that begin with the folder's name. */
function fromFolder(files) {
  const made = new Package();
  // Some systems take accents apart when a name is written.
  const named = files.map((file) => [file.webkitRelativePath.normalize("NFC"), file]);
  const top = topOf(named.map(([path]) => path)) ?? "";
  for (const [path, file] of named.sort(([one], [other]) => byCodePoints(one, other))) {
    if (path.startsWith(top)) {
      made.note(path.slice(top.length), file.size, () => bytesAt(file, 0, file.size));
    } else {
      made.refuse(path, FAULT.outside);
    }
  }
  return made;
}

/**
 * Everything that is not as the package's own lists say.
 * @param onFile Is told each file: name, size, and "ok", "fail" or "unable".
 */
async function differences(made, onFile) {
  const found = [...made.deviations];
  for (const name of [...made.names.keys()].sort(byCodePoints)) {
    if (!name.startsWith(PAYLOAD) && !TAGS.has(name) && !BESIDE.has(name)) {
      found.push(mismatch("file_not_listed", name, EXPECTED, FAULT.noPart));
    }
  }
  if ((await made.text(DECLARATION)) !== DECLARED) {
    found.push(mismatch("package_form", DECLARATION, EXPECTED, "another declaration"));
  }
  const files = [];
  const lists = await readLists(made, files);
  const refused = new Set(found.map((one) => one.where));
  const names = new Set([...made.names.keys(), ...lists.expected.keys()]);
  for (const name of [...names].sort(byCodePoints)) {
    const [own, outcome] = await compareFile(made, name, lists);
    files.push(...own);
    const isFine = !own.length && !refused.has(name);
    onFile(name, made.names.get(name) ?? 0, isFine ? outcome : "fail");
  }
  found.push(...files);
  if (!files.length) found.push(...(await compareInfo(made)));
  return found;
}

async function compareFile(made, name, lists) {
  const listed = lists.expected.get(name) ?? {};
  const found = [];
  if (!made.names.has(name)) {
    return [[mismatch("file_missing", name, Object.values(listed)[0], "none")], "fail"];
  }
  const wanted = name.startsWith(PAYLOAD) ? lists.payload : ["sha256"];
  const isInAll = wanted.every((one) => one in listed) && Object.keys(listed).length > 0;
  if (!isInAll && !BESIDE.has(name)) {
    found.push(mismatch("file_not_listed", name, "none", "not in every list"));
  }
  let digests;
  try {
    digests = await digestsOf(made, name, Object.keys(listed));
  } catch (error) {
    if (error instanceof UnableError) return [found, "unable"];
    if (!(error instanceof UnreadableError)) throw error;
    digests = {};
  }
  for (const [algorithm, expected] of Object.entries(listed)) {
    if (digests[algorithm] !== expected) {
      found.push(mismatch("file_changed", name, expected, digests[algorithm] ?? "unreadable"));
      break;
    }
  }
  return [found, "ok"];
}

async function digestsOf(made, name, algorithms) {
  const digests = {};
  if (!algorithms.length) return digests;
  const bytes = await made.read(name);
  for (const one of algorithms) digests[one] = toHex(await digest(ALGORITHMS[one], bytes));
  return digests;
}

async function readLists(made, found) {
  const lists = { expected: new Map(), payload: [] };
  for (const [algorithm, name] of Object.entries(MANIFESTS)) {
    if (made.names.has(name)) lists.payload.push(algorithm);
    found.push(...(await readList(made, name, algorithm, lists)));
  }
  found.push(...(await readList(made, SIGNED, "sha256", lists)));
  return lists;
}

async function readList(made, name, algorithm, lists) {
  if (!made.names.has(name)) return [mismatch("file_missing", name, "a list", "none")];
  const found = [];
  const text = await made.text(name);
  let [isPlain, before] = [/^[^\ufeff].*\n$/s.test(text), null];
  for (const line of text.replace(/^\ufeff/, "").split("\n").slice(0, -1)) {
    const parts = /^([0-9a-fA-F]+)[ \t]+\*?([^\r]+)$/.exec(line);
    if (!parts) {
      isPlain = false;
      continue;
    }
    const [value, path] = [parts[1].toLowerCase(), parts[2]];
    isPlain &&= line === `${value}  ${path}` && !path.startsWith("./") && !path.includes("%");
    isPlain &&= before === null || byCodePoints(before, path) < 0;
    isPlain &&= path.startsWith(PAYLOAD) !== (name === SIGNED);
    before = path;
    const listed = lists.expected.get(path) ?? {};
    lists.expected.set(path, { ...listed, [algorithm]: value });
  }
  if (!isPlain) found.push(mismatch("package_form", name, EXPECTED, "a list of another form"));
  return found;
}

/** Whether what the package says of itself is written plainly, and its sums are right. */
async function compareInfo(made) {
  const found = [];
  const text = await made.text(INFO);
  const said = fieldsOf(text);
  const isPlain = writtenFields(said) === text;
  const isWhole = [OXUM, CHECK_CODE, SIGNER].every((label) => said.has(label));
  if (!isPlain || !isWhole || [...said.keys()].some((label) => !LABELS.has(label))) {
    found.push(mismatch("package_form", INFO, EXPECTED, text.slice(0, 80)));
  }
  const payload = [...made.names].filter(([name]) => name.startsWith(PAYLOAD));
  const sum = payload.reduce((total, [, size]) => total + size, 0);
  const sums = `${sum}.${payload.length}`;
  if (said.get(OXUM) !== sums) {
    found.push(mismatch("package_form", INFO, said.get(OXUM) ?? "", sums));
  }
  return found;
}

/** What bag-info.txt says, by label; of a label that is repeated, the last value. */
function fieldsOf(text) {
  const found = new Map();
  let label = "";
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(":");
    if (/^[ \t]/.test(line) && label) {
      found.set(label, `${found.get(label)} ${withoutMargins(line)}`);
    } else if (colon >= 0) {
      label = line.slice(0, colon);
      found.set(label, withoutMargins(line.slice(colon + 1)));
    }
  }
  return found;
}

function withoutMargins(text) {
  return text.replace(new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, "g"), "");
}

function writtenFields(said) {
  const lines = [...said].map(([label, value]) => [label, withoutMargins(value.replace(BLANK, " "))]);
  return lines.map(([label, value]) => (value ? `${label}: ${value}\n` : "")).join("");
}
