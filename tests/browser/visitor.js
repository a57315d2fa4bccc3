// Somebody with a browser: a window, a language, light or dark, and an eye on what goes wrong.

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// Without these Chromium asks its maker's servers for updates.
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

// What a page may say in the console: the server is gone for a moment, nobody is logged in yet.
const restart = /\/api\/events$/;
const nobody = /401 \(Unauthorized\).*\/api\/(user\/me|auth\/session)$/;

export class Visitor {
  #dir = mkdtempSync(join(tmpdir(), "topup-chromium-"));
  problems = [];
  expected = [nobody, restart]; // what the console may say

  constructor({ name, words, lang, dark, width, height, pictures }) {
    Object.assign(this, { name, words, lang, dark, width, height, pictures });
    mkdirSync(pictures, { recursive: true });
  }

  async open() {
    this.context = await chromium.launchPersistentContext(this.#dir, {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      headless: true,
      args: flags,
      viewport: { width: this.width, height: this.height },
      colorScheme: this.dark ? "dark" : "light",
      reducedMotion: "reduce",
      acceptDownloads: true,
    });
    await this.context.addInitScript((lang) => {
      try {
        if (!localStorage.getItem("lang")) localStorage.setItem("lang", lang);
      } catch {
        // about:blank has no storage
      }
      addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
    }, this.lang);
    this.page = this.context.pages()[0];
    this.page.setDefaultTimeout(8000);
    this.page.on("console", (message) => {
      const isBad = message.type() === "error" || message.type() === "warning";
      const text = `${message.text()} ${message.location().url}`;
      if (isBad && !this.expected.some((one) => one.test(text))) this.blame(text);
    });
    this.page.on("pageerror", (error) => this.blame(error.stack ?? error.message));
    this.page.on("dialog", (dialog) => {
      this.blame(`a script opened a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
  }

  async close() {
    await this.context.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  blame(text) {
    this.problems.push(`${this.name}: ${text}`);
  }

  expect(isTrue, text) {
    if (!isTrue) this.blame(text);
  }

  // The words of this visitor's language, with their places filled.
  t(key, values = {}) {
    const text = this.words[key];
    if (text === undefined) throw new Error(`no words for ${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  rp(amount) {
    const dot = this.lang === "en" ? "," : ".";
    return `Rp\u00a0${String(amount).replace(/\B(?=(\d{3})+$)/g, dot)}`;
  }

  button(key, values) {
    return this.page.getByRole("button", { name: this.t(key, values), exact: true });
  }

  link(key) {
    return this.page.getByRole("link", { name: this.t(key) });
  }

  field(key) {
    return this.page.getByLabel(this.t(key), { exact: true });
  }

  // A place of the menu; on a phone some are behind the last tab.
  async visit(key) {
    const menu = this.page.getByRole("navigation", { name: this.t("nav.main") });
    const place = menu.getByRole("link", { name: this.t(key), exact: true });
    const shown = place.locator("visible=true");
    if ((await shown.count()) === 0) {
      await menu.locator("visible=true").getByRole("link", { name: this.t("nav.more") }).click();
      await this.page.getByRole("main").getByRole("link", { name: this.t(key) }).click();
      return;
    }
    await shown.first().click();
  }

  async sees(text) {
    await this.page.getByText(text).locator("visible=true").first().waitFor();
  }

  // What passes may be over before anybody looks.
  async seesEither(passing, final) {
    const either = this.page.getByText(passing).or(this.page.getByText(final));
    await either.locator("visible=true").first().waitFor();
  }

  async heading(key, values) {
    await this.page.getByRole("heading", { level: 1, name: this.t(key, values) }).waitFor();
  }

  // A picture of the page, and what a reader with other senses would stumble over.
  async look(name) {
    await this.page.waitForTimeout(150);
    const file = join(this.pictures, `${name}.png`);
    // A long page takes a busy machine its time.
    await this.page.screenshot({ path: file, fullPage: true, timeout: 60_000 });
    const isWide = await this.page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    this.expect(!isWide, `${name} is wider than the window`);
    const found = await this.page.evaluate(async (source) => {
      if (!window.axe) (0, eval)(source);
      const { violations } = await window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        resultTypes: ["violations"],
      });
      return violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) =>
        `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
    }, axeSource).catch((error) => [`axe did not run: ${error.message}`]);
    for (const one of found) this.blame(`${name}: ${one.slice(0, 400)}`);
  }
}
