// usage: node tests/browser/dev.js [SERVER] [PORT]
//
// The dashboard with the files of server/web as they are on the disk now: change one, reload.  All
// else, and the page's policy, come from a running server (http://127.0.0.1:8080).

import { existsSync, readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const server = new URL(process.argv[2] ?? "http://127.0.0.1:8080");
const port = Number(process.argv[3] ?? 8081);
const root = fileURLToPath(new URL("../../", import.meta.url));
const base = "/assets/dev";
const types = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

function fileOf(path) {
  const below = normalize(path.slice(base.length + 1));
  const folder = below.startsWith("vendor/") ? "build/third_party/web" : "server/web";
  return join(root, folder, below);
}

function sendFile(path, answer) {
  const file = fileOf(path);
  if (!file.startsWith(root) || !existsSync(file)) return answer.writeHead(404).end();
  const type = `${types[extname(file)]}; charset=utf-8`;
  return answer.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" })
    .end(readFileSync(file));
}

// The server's headers with the page of the disk.
function sendPage(headers, answer) {
  const page = readFileSync(join(root, "server/web/index.html"), "utf8");
  const policy = headers["content-security-policy"];
  answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store",
    "Content-Security-Policy": policy });
  answer.end(page.replaceAll("{{base}}", base));
}

createServer((asked, answer) => {
  const { pathname } = new URL(asked.url, "http://dev");
  if (pathname.startsWith(`${base}/`)) return sendFile(pathname, answer);
  const isPage = pathname === "/app" || pathname.startsWith("/app/");
  const options = { host: server.hostname, port: server.port, path: isPage ? "/app" : asked.url,
    method: asked.method, headers: asked.headers };
  if (isPage) delete options.headers["if-none-match"];
  const passed = request(options, (given) => {
    if (isPage) {
      given.resume();
      return sendPage(given.headers, answer);
    }
    answer.writeHead(given.statusCode, given.headers);
    return given.pipe(answer);
  });
  passed.on("error", () => answer.writeHead(502).end(`no server at ${server.origin}\n`));
  return asked.pipe(passed);
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/app`));
