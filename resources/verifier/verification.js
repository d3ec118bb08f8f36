// The whole check of a package: it believes nothing that the package says of itself.

const STAMP = /^(.*\/)?entry-([0-9]{1,15})\.tsr$/;
// Of an RFC 3161 timestamp: the algorithm SHA-256 and the head of the digest that follows it.
const IMPRINT = fromHex("300d06096086480165030402010500" + "0420");
const IMPRINT_BARE = fromHex("300b0609608648016503040201" + "0420");

/**
 * Compute everything anew from the bytes of a package, and collect all that does not agree.
 * @param made The package.
 * @param given What the person got by another route: a check code, a public key; or "".
 * @param onFile Is told each file that was compared.
 */
async function verified(made, given, onFile) {
  const unable = new Set();
  const report = { mismatches: [...made.deviations], unable, signers: [], entries: 0, files: 0 };
  if (!MARKS.some((name) => made.names.has(name)) && !made.deviations.length) {
    report.mismatches.push(mismatch("package_form", "", EXPECTED, FAULT.noEnd));
  }
  if (!made.names.size) return withVerdict(report);
  const fileOutcome = (name, size, outcome) => {
    if (outcome === "unable") unable.add("memory");
    onFile(name, size, outcome);
  };
  const signatures = (await Signatures.areKnown()) ? new Signatures() : null;
  if (signatures === null) unable.add("signature");
  const found = await differences(made, fileOutcome);
  const [entries, unreadable] = await readLog(made);
  const chain = await followed(entries, signatures);
  const hashes = entries.map((one) => one.values.entry_hash);
  const info = fieldsOf(await made.text(INFO));
  const [signer, unsigned] = await signerOf(made, info, signatures);
  const isListed = !found.length;
  const tables = isListed ? await compareTables(made, entries) : { mismatches: [] };
  const stamps = await stampsOf(made, hashes);
  const first = entries[0]?.values.entry_hash.slice(0, 16) ?? "";
  return withVerdict({
    ...report,
    files: made.names.size,
    size: [...made.names.values()].reduce((sum, one) => sum + one, 0),
    entries: entries.length,
    withheld: entries.filter((one) => one.isWithheld).length,
    rows: tables.rows,
    unproven: tables.unproven,
    redacted: tables.redacted,
    stamps: stamps.count,
    signer,
    signers: chain.signers,
    code: entries.length ? `${entries.at(-1).values.seq}-${hashes.at(-1)}-${first}` : "",
    title: info.get("External-Description") ?? "",
    mismatches: [
      ...found,
      ...unsigned,
      ...unreadable,
      ...chain.mismatches,
      ...notAsSaid(info, entries, hashes),
      ...notAsGiven(given, hashes, chain.signers, signer),
      ...notByTheLast(chain.signers, signer, given.key),
      ...(await notInLog(made, entries)),
      ...tables.mismatches,
      ...stamps.mismatches,
    ],
  });
}

function withVerdict(report) {
  if (report.mismatches.length) return { ...report, verdict: "fail" };
  return { ...report, verdict: report.unable.size ? "unable" : "pass" };
}

/** The key that signed the list of lists; empty, and why, if it is not rightly signed. */
async function signerOf(made, info, signatures) {
  const unsigned = (expected, said) => [mismatch("package_signature", SIGNATURE, expected, said)];
  if (![SIGNED, SIGNATURE, PUBLIC_KEY].every((name) => made.names.has(name))) {
    return ["", unsigned("a signature", "none")];
  }
  const key = keyOfPem(await made.text(PUBLIC_KEY));
  let [listed, signature] = [];
  try {
    [listed, signature] = [await made.read(SIGNED), await made.read(SIGNATURE)];
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return ["", unsigned("a signature", "unreadable")];
  }
  const holds = signatures === null || (await signatures.holds(key, signature, listed));
  if (!key || !holds) return ["", unsigned(`by ${key || "a key"}`, toHex(signature).slice(0, 128))];
  const said = info.get(SIGNER) ?? "";
  return [key, said === key ? [] : [mismatch("package_form", INFO, key, said)]];
}

/** The public key in a PEM text of the very form that the program writes; empty if it is none. */
function keyOfPem(text) {
  const head = "MCowBQYDK2VwAyEA";
  const parts = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=]{60})\n-----END PUBLIC KEY-----\n$/.exec(text);
  if (!parts?.[1].startsWith(head)) return "";
  const raw = Uint8Array.from(atob(parts[1].slice(head.length)), (one) => one.charCodeAt(0));
  const isPlain = btoa(String.fromCharCode(...raw)) === parts[1].slice(head.length);
  return raw.length === 32 && isPlain ? toHex(raw) : "";
}

/** How the log differs from what the package itself says of it. */
function notAsSaid(info, entries, hashes) {
  const found = [];
  const said = info.get(IDENTIFIER) ?? "";
  const caseId = entries[0]?.disclosed.get("detail.case_id");
  if (caseId !== undefined && caseId !== said) {
    found.push(mismatch("swapped", INFO, String(caseId), said));
  }
  const code = info.get(CHECK_CODE) ?? "";
  const state = stateOf(code);
  if (state === null) return [...found, mismatch("package_form", INFO, CHECK_CODE, code)];
  found.push(...comparedWith(hashes, state));
  if (hashes.length > state.seq) {
    found.push(mismatch("package_form", LOG, String(state.seq), String(hashes.length)));
  }
  return found;
}

/** How a package differs from what the person got by another route. */
function notAsGiven(given, hashes, signers, signer) {
  const found = [];
  const state = stateOf(given.code);
  if (state !== null) found.push(...comparedWith(hashes, state));
  if (!given.key) return found;
  const all = signer ? [...signers, { key: signer, first: 0 }] : signers;
  for (const { key, first } of all) {
    if (key !== given.key) found.push(mismatch("signer", String(first), given.key, key));
  }
  return found;
}

/** Whether somebody signed the package who did not sign the end of the log. */
function notByTheLast(signers, signer, trusted) {
  const last = signers.at(-1)?.key ?? "a signed history";
  if (!signer || signer === last || signer === trusted) return [];
  return [mismatch("signer", SIGNATURE, last, signer)];
}

/** Originals of which the log does not say that they came in. */
async function notInLog(made, entries) {
  const arrivals = entries.filter((one) => ARRIVALS.has(one.values.action));
  const known = new Set(arrivals.map((one) => one.disclosed.get("detail.sha256")));
  const files = [...(await listedOriginals(made)), ...(await excerptDigests(made))];
  const unknown = files.filter(([, value]) => !known.has(value));
  // Of entries that older programs wrote nothing private can be shown.
  if (unknown.length <= arrivals.filter((one) => one.isWithheld).length) return [];
  return unknown.map(([name, value]) =>
    mismatch("original_not_in_log", name, "an entry of the history", value),
  );
}

/** Timestamps that are not of the entries that they should be of; who signed them is not checked. */
async function stampsOf(made, hashes) {
  const mismatches = [];
  let count = 0;
  for (const name of made.names.keys()) {
    const parts = STAMP.exec(name.startsWith(TIMESTAMPS) ? name.slice(TIMESTAMPS.length) : "");
    if (!parts) continue;
    count += 1;
    const entryHash = fromHex(hashes[Number(parts[2]) - 1] ?? "");
    const stamped = `${TIMESTAMPS}${parts[1] ?? ""}entry-${parts[2]}.json`;
    const fits = entryHash?.length === 32 && (await isStampOf(made, name, stamped, entryHash));
    if (!fits) mismatches.push(mismatch("anchor", name, `entry ${parts[2]}`, "another"));
  }
  return { count, mismatches };
}

async function isStampOf(made, name, stamped, entryHash) {
  try {
    if (made.names.has(stamped)) {
      const found = await digest("SHA-256", await made.read(stamped));
      if (!areEqual(found, entryHash)) return false;
    }
    const token = await made.read(name);
    const heads = [IMPRINT, IMPRINT_BARE];
    return isOneValue(token) && heads.some((head) => holds(token, concatenated(head, entryHash)));
  } catch (error) {
    if (error instanceof UnreadableError) return false;
    throw error;
  }
}

/** Whether bytes are one sequence of DER from the first to the last, as a timestamp is. */
function isOneValue(bytes) {
  const [tag, short] = bytes;
  if (tag !== 0x30) return false;
  const more = short < 0x80 ? 0 : short & 0x7f;
  if (short === 0x80 || more > 4 || bytes.length < 2 + more) return false;
  const length = more ? bytes.slice(2, 2 + more).reduce((sum, one) => sum * 256 + one, 0) : short;
  return bytes.length === 2 + more + length;
}

/** Whether bytes stand somewhere in others. */
function holds(bytes, wanted) {
  for (let place = bytes.indexOf(wanted[0]); place >= 0; place = bytes.indexOf(wanted[0], place + 1)) {
    if (startsWith(bytes, wanted, place)) return true;
  }
  return false;
}
