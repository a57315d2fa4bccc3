// A server of the tests' own, with the demo's data as a rule, on any free port.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Shop {
  #dir = mkdtempSync(join(tmpdir(), "topup-browser-"));
  #server;
  url = "";
  adminPassword = "";
  setupLink = ""; // of a shop without an admin

  constructor(program, flags = ["--demo"]) {
    this.program = program;
    this.flags = flags;
  }

  // The data outlive stop() and start(): that is how a restart is tested.
  async start(listen = "127.0.0.1:0") {
    this.#server = spawn(this.program, ["serve", ...this.flags, "--data", join(this.#dir, "data"),
      "--listen", listen, "--sandbox.delay_ms", "700", "--limits.login_per_minute", "0",
      "--limits.register_per_minute", "0"], { stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    await new Promise((resolve, reject) => {
      const read = (bytes) => {
        printed += bytes;
        const listens = printed.match(/topupd listens on (\S+)/);
        if (!listens) return;
        this.url = listens[1];
        resolve();
      };
      this.#server.stdout.on("data", read);
      this.#server.stderr.on("data", read);
      this.#server.on("exit", (code) => reject(new Error(`topupd ended (${code}):\n${printed}`)));
    });
    this.#server.removeAllListeners("exit");
    const admin = printed.match(/demo user admin, password (\S+)/);
    if (admin) this.adminPassword = admin[1];
    this.setupLink = printed.match(/http\S+\/app\/setup#\S+/)?.[0] ?? "";
  }

  async stop() {
    if (!this.#server || this.#server.exitCode !== null) return;
    const over = new Promise((resolve) => this.#server.on("exit", resolve));
    this.#server.kill("SIGTERM");
    await over;
  }

  // A customer pays at the sandbox's gateway.
  async settle(code) {
    const answer = await fetch(`${this.url}/sandbox/gateway/${code}/settle`, { method: "POST" });
    if (!answer.ok) throw new Error(`settle ${code}: ${answer.status}`);
  }

  async post(path, body, key) {
    const headers = { "Content-Type": "application/json" };
    if (key) headers["X-API-Key"] = key;
    const options = { method: "POST", headers, body: JSON.stringify(body) };
    return (await fetch(this.url + path, options)).json();
  }

  remove() {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
