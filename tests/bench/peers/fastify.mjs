// POST /api/order/create with fastify and better-sqlite3: one process, one transaction an order.
// usage: node fastify.mjs FILE PORT
import Database from "better-sqlite3";
import Fastify from "fastify";
import { createHash, randomBytes } from "node:crypto";

const [, , file, port] = process.argv;
const db = new Database(file);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(`
CREATE TABLE users (id INTEGER PRIMARY KEY, key_hash TEXT NOT NULL UNIQUE, balance INTEGER NOT NULL CHECK (balance >= 0));
CREATE TABLE services (id INTEGER PRIMARY KEY, price INTEGER NOT NULL, available INTEGER NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, invoice TEXT NOT NULL UNIQUE, user_id INTEGER NOT NULL,
  service_id INTEGER NOT NULL, target TEXT NOT NULL, ref_id TEXT, state TEXT NOT NULL, price INTEGER NOT NULL,
  created_at INTEGER NOT NULL, UNIQUE (user_id, ref_id));
CREATE UNIQUE INDEX orders_open ON orders (user_id, service_id, target) WHERE state = 'pending';
CREATE TABLE postings (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL, account TEXT NOT NULL, amount INTEGER NOT NULL);
`);
const hash = (text) => createHash("sha256").update(text).digest("hex");
db.transaction(() => {
  const user = db.prepare("INSERT INTO users VALUES (?, ?, 1000000000000)");
  for (let id = 2; id <= 1001; id++) user.run(id, hash("peer-key-" + id));
  const service = db.prepare("INSERT INTO services VALUES (?, ?, 1)");
  for (let id = 1; id <= 1000; id++) service.run(id, 2000 + ((id * 53) % 48000));
})();

const userOf = db.prepare("SELECT id FROM users WHERE key_hash = ?");
const serviceOf = db.prepare("SELECT id, price FROM services WHERE id = ? AND available = 1");
const pay = db.prepare("UPDATE users SET balance = balance - ? WHERE id = ? AND balance >= ?");
const insert = db.prepare(`INSERT INTO orders (invoice, user_id, service_id, target, ref_id, state, price, created_at)
  VALUES (?, ?, ?, ?, ?, 'pending', ?, ?)`);
const post = db.prepare("INSERT INTO postings (order_id, account, amount) VALUES (?, ?, ?)");
const place = db.transaction((user, service, asked) => {
  if (pay.run(service.price, user.id, service.price).changes !== 1) throw new Error("insufficient balance");
  const invoice = "INV-" + randomBytes(8).toString("hex");
  const id = insert.run(invoice, user.id, service.id, asked.target, asked.ref_id ?? null, service.price, Date.now())
    .lastInsertRowid;
  post.run(id, "balance:" + user.id, -service.price);
  post.run(id, "hold:" + user.id, service.price);
  return { id: Number(id), invoice, harga: service.price };
});

const app = Fastify();
app.post("/api/order/create", (request, reply) => {
  const user = userOf.get(hash(request.headers["x-api-key"] ?? ""));
  if (!user) return reply.code(401).send({ status: false });
  const service = serviceOf.get(request.body.layanan);
  if (!service) return reply.code(404).send({ status: false });
  reply.send({ status: true, data: place(user, service, request.body) });
});
await app.listen({ port: Number(port), host: "127.0.0.1" });
console.log("ready");
