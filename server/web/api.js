// The server's API, asked with the session's cookie.

import { lang } from "./i18n.js";
import { shared } from "./lib.js";

// Raised when an answer says that nobody is logged in any more.
export const loggedOut = shared(0);

export class ApiError extends Error {
  constructor(status, body) {
    super(body.code ?? "network");
    this.status = status;
    this.code = body.code ?? "network";
    this.field = body.field;
    this.data = body.data;
    this.texts = { id: body.pesan, en: body.message };
    this.requestId = body.request_id;
  }

  // For people, in their language.
  text(t) {
    if (this.code === "network") return t("error.network");
    return this.texts[lang.get()] || t("error.unknown");
  }
}

async function answerOf(response) {
  let body;
  try {
    body = await response.json();
  } catch {
    throw new ApiError(response.status, { code: response.ok ? "network" : "internal" });
  }
  if (response.ok) return body;
  if (response.status === 401 && body.code === "invalid_api_key") loggedOut.set(Date.now());
  throw new ApiError(response.status, body);
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new ApiError(0, {});
  }
  return response;
}

function withQuery(path, params) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {}))
    if (value !== undefined && value !== null && value !== "") query.set(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

// What was answered last, by address: pages ask again and again, and mostly nothing is new.
const answered = new Map();
const answersMost = 60;

// The whole answer: {status, data, next_cursor, …}.
export async function ask(path, params) {
  const url = withQuery(path, params);
  const known = answered.get(url);
  const headers = known ? { "If-None-Match": known.tag } : {};
  const response = await send(url, { headers });
  if (known && response.status === 304) return known.body;
  const body = await answerOf(response);
  answered.delete(url);
  const tag = response.headers.get("ETag");
  if (tag) answered.set(url, { tag, body });
  if (answered.size > answersMost) answered.delete(answered.keys().next().value);
  return body;
}

export function forgetAnswers() {
  answered.clear();
}

// Changes something.  With the same idempotencyKey it happens once, however often it is sent.
export async function tell(path, body, idempotencyKey) {
  const headers = { "Content-Type": "application/json" };
  if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
  return answerOf(await send(path, { method: "POST", headers, body: JSON.stringify(body ?? {}) }));
}

// CSV text and the cursor of the page after it.
export async function askCsv(path, params) {
  const response = await send(withQuery(path, params), { headers: { Accept: "text/csv" } });
  if (!response.ok) await answerOf(response);
  return { text: await response.text(), next: response.headers.get("X-Next-Cursor") };
}

// randomUUID() is for secure contexts alone; a shop at home may have none.
export function newIdempotencyKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
