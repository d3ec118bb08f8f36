// What a package is called inside, and which names its files may have.

const DECLARATION = "bagit.txt";
const INFO = "bag-info.txt";
const PAYLOAD = "data/";
const ORIGINALS = "data/originals/";
const EXCERPTS = "data/excerpts/";
const REDACTED = "data/redacted/";
const REDACTED_LIST = "data/redacted/redacted.json";
const TABLES = "data/tables/";
const EVENTS = "data/tables/events.csv";
const ORIGINALS_TABLE = "data/tables/originals.csv";
const LOG = "data/custody/log.jsonl";
const ROWS = "data/custody/rows.jsonl";
const LEAVES = "data/custody/rows/";
const TIMESTAMPS = "data/custody/timestamps/";
const SIGNED = "tagmanifest-sha256.txt";
const SIGNATURE = "signature/tagmanifest-sha256.sig";
const PUBLIC_KEY = "signature/key.pem";
const CHECK_CODE = "Evidence-Check-Code";
const SIGNER = "Evidence-Public-Key";
const IDENTIFIER = "External-Identifier";
const OXUM = "Payload-Oxum";
const MANIFESTS = { sha256: "manifest-sha256.txt", sha512: "manifest-sha512.txt" };
const ALGORITHMS = { sha256: "SHA-256", sha512: "SHA-512" };
const TAGS = new Set([
  DECLARATION,
  INFO,
  "README.txt",
  "verify.html",
  ...Object.values(MANIFESTS),
]);
const BESIDE = new Set([SIGNED, SIGNATURE, PUBLIC_KEY]);
const MARKS = [DECLARATION, SIGNED, MANIFESTS.sha256];
const LABELS = new Set([
  "Contact-Name",
  "External-Description",
  IDENTIFIER,
  "Bagging-Date",
  "Bag-Software-Agent",
  OXUM,
  CHECK_CODE,
  SIGNER,
]);

const FAULT = {
  comment: "a comment",
  afterEnd: "bytes after its end",
  between: "bytes that belong to no listed file",
  noEnd: "no end of a ZIP file",
  endRecord: "an end of another form",
  severalVolumes: "several volumes",
  tooMany: "more files than can be checked",
  notListedRecord: "a list of contents of another form",
  encrypted: "an encrypted file",
  descriptor: "sizes that stand behind the file",
  compressed: "a packed file",
  extraField: "an additional field",
  flags: "flags of another form",
  sizes: "sizes that differ",
  otherRecord: "a file that says of itself something else than the list of contents",
  otherForm: "a file that was added in another way",
  link: "a link",
  folder: "a folder as a file",
  special: "no ordinary file",
  attributes: "other rights",
  name: "a name that not every system can have",
  escaping: "a name that leads out of the package",
  lookalike: "a name that differs only by case or form from another",
  twice: "the same name twice",
  outside: "a file outside the folder of the package",
  noPart: "no file of a package",
};
const PLANTED = new Set([
  FAULT.link,
  FAULT.special,
  FAULT.outside,
  FAULT.twice,
  FAULT.lookalike,
]);

const LONGEST_NAME = 1024;
const ESCAPING = /^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.?(?:[/\\]|$)/;
const FORBIDDEN = /[<>:"/\\|?*%\u2028\u2029]|\p{C}/u;

/** Why a file of a package may not be called so; null if it may. */
function faultOfName(name) {
  if (ESCAPING.test(name)) return FAULT.escaping;
  const isPlain = Array.from(name).length <= LONGEST_NAME && name.split("/").every(isPlainPart);
  return isPlain ? null : FAULT.name;
}

function isPlainPart(part) {
  if (!part || /[ .]$/.test(part) || part !== part.normalize("NFC")) return false;
  return !FORBIDDEN.test(part);
}

/** The names that were met so far, as a system sees them that knows no case and no forms. */
class NameSpace {
  #spellings = new Map();
  #files = new Set();

  /** Note the name of a file; why it cannot stand beside those before it, or null. */
  add(name) {
    if (this.#files.has(name)) return FAULT.twice;
    const parts = name.split("/");
    const folders = parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join("/"));
    const isFree = !this.#spellings.has(foldedName(name));
    if (!isFree || !folders.every((folder) => this.#isSame(folder))) return FAULT.lookalike;
    for (const folder of folders) this.#spellings.set(foldedName(folder), folder);
    this.#spellings.set(foldedName(name), name);
    this.#files.add(name);
    return null;
  }

  #isSame(folder) {
    const spelling = this.#spellings.get(foldedName(folder)) ?? folder;
    return !this.#files.has(folder) && spelling === folder;
  }
}

/** What names have in common that differ only by case or by the form of their letters. */
function foldedName(name) {
  // Case folding of Unicode, from what JavaScript has; only the dotless i stays apart from i.
  const fold = (one) => (one === "ı" ? one : one.toLowerCase().toUpperCase().toLowerCase());
  const folded = (text) => Array.from(text, fold).join("");
  return folded(folded(name.normalize("NFD")).normalize("NFKD")).normalize("NFC");
}

/** The folder of the package, with its slash; null if there is no package. */
function topOf(names) {
  const tops = [];
  for (const name of names) {
    for (const mark of MARKS) {
      if (name === mark || name.endsWith(`/${mark}`)) tops.push(name.slice(0, -mark.length));
    }
  }
  const depth = (top) => top.split("/").length;
  return tops.length ? tops.reduce((best, top) => (depth(top) < depth(best) ? top : best)) : null;
}
