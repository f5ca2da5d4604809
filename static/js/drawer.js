// One store of this browser's database. Done only when it is on the disk: a battery may die in the
// next moment.

export function drawer(name, store) {
  let database;

  function opening() {
    database ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return database;
  }

  async function doing(mode, deed) {
    const transaction = (await opening()).transaction(store, mode, { durability: "strict" });
    const request = deed(transaction.objectStore(store));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  return {
    put: (row) => doing("readwrite", (rows) => rows.put(row)),
    remove: (id) => doing("readwrite", (rows) => rows.delete(id)),
    all: () => doing("readonly", (rows) => rows.getAll()).catch(() => []),
  };
}
