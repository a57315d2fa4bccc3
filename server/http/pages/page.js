// A bill while somebody looks at it: counts down, and shows what has happened since without a
// reload.  The page says everything without this file, too.
"use strict";

const askEvery = 3000;
const askLater = 10000; // after an answer that did not come
let ends; // when the time to pay is over
let timer;

function tick() {
  const shown = document.querySelector("[data-left]");
  if (!shown) return;
  const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(left / 3600);
  const minutes = two(Math.floor(left / 60) % 60);
  shown.textContent = `${hours ? `${hours}:` : ""}${minutes}:${two(left % 60)}`;
  shown.classList.toggle("short", left < 120);
}

// What the markup can't do by itself.
function begin() {
  const shown = document.querySelector("[data-left]");
  if (shown) ends = Date.now() + Number(shown.dataset.left) * 1000;
  for (const button of document.querySelectorAll("[data-copy]"))
    button.hidden = !navigator.clipboard;
  tick();
}

const facts = () => document.querySelector("main").dataset;

function load(path) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // makes a document of it, of which no script runs
    request.responseType = "document";
    request.onload = () => (request.response ? resolve(request.response) : reject(request));
    request.onerror = reject;
    request.open("GET", path);
    request.send();
  });
}

async function renew() {
  const next = await load(location.pathname + location.search);
  const page = next.getElementById("page");
  if (!page) return;
  const before = document.querySelector("h1").textContent;
  document.getElementById("page").replaceWith(page);
  document.title = next.title;
  const now = document.querySelector("h1").textContent;
  if (now !== before) document.getElementById("said").textContent = now;
  begin();
}

async function ask() {
  clearTimeout(timer);
  let wait = askEvery;
  try {
    const answer = await fetch(`${location.pathname}/status`, {
      cache: "no-store",
      headers: { "If-None-Match": facts().tag },
    });
    if (answer.status === 200) await renew();
    else if (answer.status !== 304) wait = askLater;
  } catch {
    wait = askLater;
  }
  clearTimeout(timer);
  if (facts().over !== "yes" && !document.hidden) timer = setTimeout(ask, wait);
}

async function copy(button) {
  const { copy: id, copied } = button.dataset;
  const text = button.textContent;
  await navigator.clipboard.writeText(document.getElementById(id).textContent);
  button.textContent = copied;
  setTimeout(() => {
    button.textContent = text;
  }, 2000);
}

document.addEventListener("click", (event) => {
  if (event.target.matches("[data-copy]")) copy(event.target);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ask(); // back from the app that pays
});
setInterval(tick, 1000);
begin();
if (facts().over !== "yes") timer = setTimeout(ask, askEvery);
