// The manual with a reader: his own key in the samples, his language of programming everywhere,
// and requests that are really sent.  The page can be read without this file.
"use strict";

const placeholder = "KUNCI_API";
const texts = new Map(); // of the samples as they came
let key = "";

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // a browser that keeps nothing
  }
}

function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// Key and samples.

const keyForm = document.getElementById("key");
const keyText = document.getElementById("key-text");
const said = document.getElementById("key-said");

function useKey(next) {
  key = next.trim();
  for (const [code, text] of texts)
    code.textContent = text.replaceAll(placeholder, key || placeholder);
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

// Somebody who is logged in to the dashboard proves himself again and gets his key.
async function offerOwnKey() {
  const answer = await fetch("/api/user/me");
  if (!answer.ok) return;
  const user = (await answer.json()).data;
  if (user.role === "admin") return;
  const own = document.getElementById("key-own");
  const who = document.getElementById("key-who");
  who.textContent = who.dataset.text.replace("{user}", user.user_id);
  own.hidden = false;
  keyForm.addEventListener("submit", async () => {
    const password = document.getElementById("key-password");
    const otp = document.getElementById("key-otp").value.trim();
    const login = await post("/api/auth/login",
      { user_id: user.user_id, password: password.value, otp: otp || undefined });
    const isIndonesian = document.documentElement.lang === "id";
    said.textContent = login.status ? "" : (isIndonesian ? login.pesan : login.message);
    if (!login.status) return;
    password.value = "";
    keyText.value = login.data.api_key;
    useKey(keyText.value);
  });
}

function chooseLanguage(name) {
  for (const radio of document.querySelectorAll(".sample input"))
    if (radio.value === name) radio.checked = true;
}

async function copy(button) {
  const shown = [...button.parentElement.querySelectorAll("pre")]
    .find((pre) => getComputedStyle(pre).display !== "none");
  await navigator.clipboard.writeText(shown.textContent);
  const text = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = text;
  }, 2000);
}

// Requests.

function requestOf(form) {
  const { method, path, once } = form.dataset;
  const values = Object.fromEntries(
    [...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, v]) => v));
  let url = path;
  for (const [name, value] of Object.entries(values)) {
    if (!url.includes(`{${name}}`)) continue;
    url = url.replace(`{${name}}`, encodeURIComponent(value));
    delete values[name];
  }
  const headers = key ? { "X-API-Key": key } : {};
  if (method === "GET") {
    const query = new URLSearchParams(values).toString();
    return [query ? `${url}?${query}` : url, { method, headers }];
  }
  headers["Content-Type"] = "application/json";
  if (once === "yes") headers["Idempotency-Key"] = `docs-${Date.now()}`;
  return [url, { method, headers, body: JSON.stringify(values) }];
}

async function send(form) {
  const shown = form.querySelector(".answer");
  const button = form.querySelector("button");
  button.disabled = true;
  shown.hidden = false;
  shown.textContent = "…";
  try {
    const [url, options] = requestOf(form);
    const answer = await fetch(url, options);
    const body = await answer.text();
    let text = body;
    try {
      text = JSON.stringify(JSON.parse(body), undefined, 2);
    } catch {
      // not JSON: as it came
    }
    shown.textContent = `${answer.status}\n${text}`;
  } catch (error) {
    shown.textContent = String(error);
  }
  button.disabled = false;
}

// What only works with a script appears, and begins to work.

keyForm.hidden = false;
for (const code of document.querySelectorAll(".sample pre code")) texts.set(code, code.textContent);
for (const form of document.querySelectorAll(".try")) form.hidden = false;
for (const button of document.querySelectorAll(".copy")) button.hidden = !navigator.clipboard;
keyText.addEventListener("input", () => useKey(keyText.value));
chooseLanguage(recall("sample") ?? "curl");

if (matchMedia("(max-width: 899px)").matches) document.querySelector("nav details").open = false;

document.addEventListener("change", (event) => {
  if (!event.target.matches(".sample input")) return;
  chooseLanguage(event.target.value);
  remember("sample", event.target.value);
});
document.addEventListener("click", (event) => {
  if (event.target.matches(".copy")) copy(event.target);
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches(".try form")) send(event.target);
});
offerOwnKey();
