// Signing in over the page when the visit has ended: nothing behind it moves or is lost.

// Resolves to what the server tells of the essay then; to "other" when somebody else has signed in,
// to undefined when it was put off.
export async function signIn(dialog, here) {
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector("[data-problem]");
  const opened = await get(`${form.action}?next=${encodeURIComponent(here)}`);
  if (opened.told) return opened.told; // in another window, meanwhile
  if (!opened.token) return undefined;
  let token = opened.token;
  problem.hidden = true;
  dialog.showModal();

  return new Promise((resolve) => {
    const done = (told) => {
      form.elements.password.value = "";
      form.onsubmit = dialog.onclose = null;
      dialog.close();
      resolve(told);
    };
    dialog.onclose = () => done(undefined);
    form.onsubmit = async (event) => {
      event.preventDefault();
      const answer = await post(form, token, here);
      if (answer.told) return done(answer.told);
      if (answer.isOther) return done("other");
      token = answer.token ?? token;
      problem.textContent = answer.error || problem.dataset.words;
      problem.hidden = false;
      form.elements.password.select();
    };
  });
}

function get(address) {
  return read(fetch(address, { headers: { Accept: "application/json" } }));
}

function post(form, token, here) {
  const { name, password } = form.elements;
  const body = new URLSearchParams({ csrf_token: token, name: name.value, password: password.value, next: here });
  return read(fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }));
}

// The answer is either what stands at `here`, or the sign-in page again.
async function read(asked) {
  try {
    const answer = await asked;
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (isJson && answer.ok) return { told: { status: 200, ...(await answer.json()) } };
    if (isJson) return { isOther: answer.redirected, error: (await answer.json()).error };
    if (!answer.url.includes("/sign-in")) return { isOther: true };
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return {
      token: page.querySelector("form [name=password]")?.form.querySelector("[name=csrf_token]").value,
      error: page.querySelector(".note.bad")?.textContent.trim(),
    };
  } catch {
    return {};
  }
}
