/**
 * Submissions that the server has not confirmed yet, kept in the browser so that they outlive a reload: in localStorage, or in IndexedDB
 * when they hold files or do not fit. Where the browser allows neither, a submission lives as long as its page.
 *
 * A record: {key, visit, kind, agentId, path, body, files: [[field, File]] | null, answer, keptAt}.
 */

const PREFIX = "mephisto-task:pending:";
const DATABASE = "mephisto-task";
const TABLE = "pending";
const OPEN_TIMEOUT_MS = 3_000;
const KEEP_MS = 14 * 24 * 3600 * 1000;

export async function keep(record) {
  if (!record.files && keepText(record)) {
    return;
  }
  try {
    await inTable("readwrite", (table) => table.put(record));
  } catch (error) {
    console.warn("This browser keeps nothing for the page; the submission lives only as long as the page does.", error);
  }
}

export async function release(record) {
  try {
    window.localStorage.removeItem(PREFIX + record.key);
  } catch {
    // Not allowed: then nothing is there.
  }
  if (record.files || record.inDatabase) {
    await inTable("readwrite", (table) => table.delete(record.key)).catch(() => {});
  }
}

/** All records, oldest first; those past their time are removed. */
export async function list() {
  const records = [...textRecords(), ...(await databaseRecords())];
  const oldest = Date.now() - KEEP_MS;
  const alive = [];
  for (const record of records) {
    if (record.keptAt < oldest) {
      await release(record);
    } else {
      alive.push(record);
    }
  }
  return alive.sort((a, b) => a.keptAt - b.keptAt);
}

function keepText(record) {
  try {
    window.localStorage.setItem(PREFIX + record.key, JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

function textRecords() {
  try {
    return Object.keys(window.localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => JSON.parse(window.localStorage.getItem(key)));
  } catch {
    return [];
  }
}

async function databaseRecords() {
  try {
    const records = await inTable("readonly", (table) => table.getAll());
    return records.map((record) => ({ ...record, inDatabase: true }));
  } catch {
    return [];
  }
}

async function inTable(mode, action) {
  const database = await openDatabase();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(TABLE, mode);
      const outcome = action(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(outcome.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const opening = window.indexedDB.open(DATABASE, 1);
    setTimeout(() => reject(new Error("IndexedDB did not open")), OPEN_TIMEOUT_MS);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: "key" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
