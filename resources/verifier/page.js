// What is on the page, and what happens when a package is chosen.

const MOST_SHOWN = 500;
const BATCH = 200;
const byId = (id) => document.getElementById(id);
let language = navigator.language?.toLowerCase().startsWith("zh") ? "zh" : "en";
let redraw = () => {};

function words(name, values = {}) {
  const filled = (text, [key, value]) => text.replace(`{${key}}`, value);
  return Object.entries(values).reduce(filled, TEXTS[language][name]);
}

function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** A name as it is shown: what would turn letters around or hide stands as its number. */
function visible(text) {
  const number = (one) => `[U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
  return text.replace(/[\p{C}\u2028\u2029]/gu, number);
}

function translate() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = words("title");
  for (const one of document.querySelectorAll("[data-text]")) {
    one.textContent = words(one.dataset.text);
  }
  redraw();
}

function sentenceOf({ kind, where, found }) {
  const said = KINDS[kind][language === "zh" ? 0 : 1];
  const isFault = Object.values(FAULT).includes(found);
  const fault = isFault ? (language === "zh" ? FAULTS_ZH[found] : found) : "";
  const place = visible(where);
  const colon = language === "zh" ? "：" : ": ";
  const reason = fault && (language === "zh" ? `（${fault}）` : ` (${fault})`);
  return `${said}${place ? colon + place : ""}${reason}`;
}

function show(state, title, lead, details = []) {
  const box = byId("verdict");
  box.dataset.verdict = state;
  box.replaceChildren(element("h2", title), element("p", lead));
  for (const one of details) box.append(element("p", one));
  box.hidden = false;
}

function showReport(report, files, isFolder) {
  const { verdict, mismatches, unable } = report;
  const details = [];
  if (unable.has("signature")) details.push(words("unableSignature"));
  if (unable.has("memory")) details.push(words("unableMemory"));
  if (!report.files && mismatches.length) details.push(words("repacked"));
  if (isFolder) details.push(words("folderNote"));
  show(verdict, words(verdict), words(`${verdict}Lead`), details);
  byId("problems").hidden = !mismatches.length;
  const shown = mismatches.slice(0, MOST_SHOWN).map((one) => element("li", sentenceOf(one)));
  const left = mismatches.length - shown.length;
  if (left > 0) shown.push(element("li", words("more", { count: left })));
  byId("problem-list").replaceChildren(...shown);
  showFacts(report);
  showFiles(files);
}

function showFacts(report) {
  const { entries, withheld, rows, unproven, redacted, stamps } = report;
  const facts = !report.files
    ? []
    : [
        ["factTitle", visible(report.title)],
        ["factFiles", String(report.files)],
        ["factEntries", withheld ? words("entries", { count: entries, withheld }) : String(entries)],
        ["factRows", unproven ? words("rows", { count: rows, unproven }) : String(rows ?? "")],
        ["factRedacted", redacted ? words("redacted", { count: redacted }) : ""],
        ["factStamps", stamps ? words("stamps", { count: stamps }) : ""],
        ["factSigner", report.unable.has("signature") ? "" : report.signer],
        ["factCode", report.code],
      ];
  const pairs = facts.filter(([, value]) => value);
  byId("fact-list").replaceChildren(
    ...pairs.flatMap(([name, value]) => [element("dt", words(name)), element("dd", value, name)]),
  );
  byId("facts").hidden = !pairs.length;
}

function showFiles(files) {
  byId("files").hidden = !files.length;
  byId("files-title").textContent = words("files", { count: files.length });
  const failed = files.filter(([, , outcome]) => outcome !== "ok");
  const ordered = [...failed, ...files.filter(([, , outcome]) => outcome === "ok")];
  const names = { ok: "ok", fail: "bad", unable: "unread" };
  byId("file-list").replaceChildren(
    ...ordered.map(([name, size, outcome]) => {
      const row = element("tr", "", outcome);
      const head = element("th", visible(name));
      head.scope = "row";
      row.append(head, element("td", size.toLocaleString()), element("td", words(names[outcome])));
      return row;
    }),
  );
}

/** What the person got by another route; null if it cannot be read. */
function givenByPerson() {
  const code = byId("code").value.trim();
  const key = byId("key").value.replace(BLANK, "").toLowerCase();
  if ((code && !stateOf(code)) || (key && !/^[0-9a-f]{64}$/.test(key))) return null;
  return { code, key };
}

/** One file, or the parts of one that was split, as one; null if parts are missing. */
function joined(files) {
  const part = /^(.*)\.(\d{3,})$/;
  const parts = files.map((file) => [part.exec(file.name), file]);
  if (files.length === 1 && !parts[0][0]) return files[0];
  if (parts.some(([found]) => !found) || new Set(parts.map(([found]) => found[1])).size > 1) {
    return null;
  }
  parts.sort(([one], [other]) => Number(one[2]) - Number(other[2]));
  const isWhole = parts.every(([found], place) => Number(found[2]) === place + 1);
  return isWhole ? new Blob(parts.map(([, file]) => file)) : null;
}

/** Check a package, show the outcome, and return it. */
async function check(open, isFolder) {
  for (const id of ["problems", "facts", "files"]) byId(id).hidden = true;
  const told = (name) => {
    redraw = () => show("error", words("unable"), words(name));
    redraw();
    return { verdict: "error", mismatches: [], reason: name };
  };
  if (!globalThis.crypto?.subtle) return told("noCrypto");
  const given = givenByPerson();
  if (given === null) return told("badGiven");
  const files = [];
  redraw = () => show("working", words("title"), words("working", { done: files.length }));
  redraw();
  try {
    const report = await verified(await open(), given, (...file) => {
      files.push(file);
      if (files.length % BATCH === 1) redraw();
    });
    redraw = () => showReport(report, files, isFolder);
    redraw();
    return { ...report, unable: [...report.unable], outcomes: files };
  } catch (error) {
    console.error(error);
    return told(error instanceof UnableError ? "unableMemory" : "broken");
  }
}

async function checkFiles(files) {
  const whole = files.length ? joined(files) : null;
  redraw = () => show("error", words("unable"), words("badParts"));
  if (whole === null) {
    redraw();
    return { verdict: "error", mismatches: [], reason: "badParts" };
  }
  return check(() => fromArchive(whole), false);
}

// The newest check, so that whoever drives this page can wait for its outcome.
let outcome = Promise.resolve(null);
globalThis.outcomeOfCheck = () => outcome;

byId("file").addEventListener("change", ({ target }) => {
  if (target.files.length) outcome = checkFiles([...target.files]);
  target.value = "";
});
byId("folder").addEventListener("change", ({ target }) => {
  const files = [...target.files];
  if (files.length) outcome = check(() => fromFolder(files), true);
  target.value = "";
});
for (const [button, input] of [["choose-file", "file"], ["choose-folder", "folder"]]) {
  byId(button).addEventListener("click", () => byId(input).click());
}
byId("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  translate();
});
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  byId("drop").classList.add("over");
});
document.addEventListener("dragleave", () => byId("drop").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  byId("drop").classList.remove("over");
  const items = [...event.dataTransfer.items];
  if (items.some((one) => one.webkitGetAsEntry?.()?.isDirectory)) {
    redraw = () => show("error", words("unable"), words("isFolder"));
    redraw();
  } else if (event.dataTransfer.files.length) {
    outcome = checkFiles([...event.dataTransfer.files]);
  }
});
translate();
