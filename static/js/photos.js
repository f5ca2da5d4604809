// Sends photos one by one, each with its progress: what has arrived stays, what failed can be sent
// again. Pages are dragged into another order. Without it the form sends all at once, and the
// buttons on each page move it.

const form = document.querySelector("form[data-photos]");
const order = document.querySelector("form[data-order]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-photos-list]");
  const said = form.querySelector("[data-photos-said]");
  const show = form.querySelector("[data-photos-show]");
  const words = form.dataset;
  let busy = false;
  let rows = [];

  addEventListener("beforeunload", (event) => busy && event.preventDefault());
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    if (!busy) sendAll([...input.files]);
  });

  async function sendAll(files) {
    busy = true;
    list.hidden = false;
    list.replaceChildren();
    rows = files.map((file) => ({ file, ...row(file.name) }));
    for (const one of rows) await send(one);
    busy = false;
    input.value = "";
    finish();
  }

  // The pages are shown by themselves only where there is no sentence left to be read.
  function finish() {
    if (rows.every((one) => one.ok)) location.reload();
    show.hidden = !rows.some((one) => one.ok);
  }

  function row(name) {
    const item = document.createElement("li");
    const title = document.createElement("p");
    const note = document.createElement("p");
    const bar = document.createElement("progress");
    item.className = "sending stack-s";
    title.className = "words";
    note.className = "sm mut";
    title.textContent = name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    item.append(title, bar, note);
    list.append(item);
    return { item, note, bar };
  }

  async function send(one) {
    one.note.textContent = words.sending;
    const { ok, error, refused } = await post(one);
    one.ok = ok;
    one.note.textContent = ok ? words.done : error;
    one.note.className = ok ? "sm ok c" : "sm bad c";
    said.textContent = `${one.file.name}: ${one.note.textContent}`;
    if (!ok && !refused) again(one);
  }

  // Not for what was refused: it would be refused again.
  function again(one) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn sm";
    button.textContent = words.again;
    button.addEventListener("click", async () => {
      button.remove();
      await send(one);
      if (!busy) finish();
    });
    one.item.append(button);
  }

  function post({ file, bar, note }) {
    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("photos", file);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.onprogress = ({ loaded, total }) => {
        bar.value = total ? loaded / total : 0;
        if (loaded === total) note.textContent = words.reading;
      };
      request.onload = () => {
        const { status, response } = request;
        done({ ok: status === 200, error: response?.error ?? words.failed, refused: status === 422 });
      };
      request.onerror = () => done({ ok: false, error: words.failed });
      request.send(data);
    });
  }
}

if (order) {
  let dragged = null;
  let before = "";
  for (const inner of order.querySelectorAll("[data-page] :is(a, img)")) inner.draggable = false;
  for (const page of order.querySelectorAll("[data-page]")) {
    page.draggable = true;
    page.addEventListener("dragstart", () => {
      dragged = page;
      before = ids();
      page.classList.add("dragged");
    });
    page.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      if (dragged === page) return;
      const all = [...order.querySelectorAll("[data-page]")];
      const behind = all.indexOf(dragged) < all.indexOf(page);
      page[behind ? "after" : "before"](dragged);
    });
    page.addEventListener("drop", (event) => event.preventDefault());
    page.addEventListener("dragend", () => {
      page.classList.remove("dragged");
      dragged = null;
      if (ids() !== before) send(ids());
    });
  }

  function ids() {
    return [...order.querySelectorAll("[data-page]")].map((one) => one.dataset.page).join(" ");
  }

  function send(wanted) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "do", value: `order:${wanted}` });
    order.append(field);
    order.submit();
  }
}
