// usage: node run.js TOPUPD PICTURES [RUN...]
//
// Uses the pages as people do, in Chromium: a reseller's first hour, an operator's morning, an
// owner's first one, a customer's bill and a developer's manual, in Indonesian on a small phone and
// in English at a desk in the dark, and somebody hostile.  Nothing may break the page's policy,
// appear in the console, or stand in the way of people with other senses (axe).  Pictures of every
// page are left in PICTURES.  Words after it choose runs by their names; "others" are the same
// stories in the other languages, sizes and colours.

import adminEn from "../../server/web/lang/admin_en.js";
import adminId from "../../server/web/lang/admin_id.js";
import auditEn from "../../server/web/lang/audit_en.js";
import auditId from "../../server/web/lang/audit_id.js";
import en from "../../server/web/lang/en.js";
import id from "../../server/web/lang/id.js";
import importEn from "../../server/web/lang/import_en.js";
import importId from "../../server/web/lang/import_id.js";
import { customer } from "./customer.js";
import { hostile } from "./hostile.js";
import { operator } from "./operator.js";
import { owner } from "./owner.js";
import { reader } from "./reader.js";
import { reseller } from "./reseller.js";
import { Shop } from "./shop.js";
import { Visitor } from "./visitor.js";

const [program, pictures, ...wanted] = process.argv.slice(2);

const indonesian = { lang: "id", words: { ...id, ...adminId, ...auditId, ...importId } };
const english = { lang: "en", words: { ...en, ...adminEn, ...auditEn, ...importEn } };
const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };
const looks = {
  phone: { ...phone, ...indonesian, dark: false },
  desk: { ...desk, ...english, dark: true },
};
const otherLooks = {
  "phone-dark": { ...phone, ...indonesian, dark: true },
  "phone-english": { ...phone, ...english, dark: false },
  "phone-english-dark": { ...phone, ...english, dark: true },
  "desk-light": { ...desk, ...english, dark: false },
  "desk-indonesian": { ...desk, ...indonesian, dark: false },
  "desk-indonesian-dark": { ...desk, ...indonesian, dark: true },
};
const stories = { reseller, operator, owner, customer, reader };

function runsOf(looksOfThem) {
  return Object.entries(stories).flatMap(([name, story]) =>
    Object.entries(looksOfThem).map(([look, how]) => ({ name: `${name}-${look}`, story, ...how })));
}

const usual = [...runsOf(looks), { name: "hostile", story: hostile, ...looks.phone }];
const others = runsOf(otherLooks);
const chosen = wanted.includes("others")
  ? others
  : usual.filter(({ name }) => !wanted.length || wanted.includes(name));

// Each has a shop of its own, so that they can't disturb each other.
async function play({ story, ...who }) {
  const start = Date.now();
  const shop = new Shop(program);
  const visitor = new Visitor({ ...who, pictures: `${pictures}/${who.name}` });
  try {
    await shop.start();
    await visitor.open();
    await story(visitor, shop);
  } catch (error) {
    visitor.blame(error.stack);
    await visitor.page?.screenshot({ path: `${pictures}/${who.name}/failed.png` }).catch(() => {});
  } finally {
    await visitor.close().catch(() => {});
    await shop.stop().catch(() => {});
    shop.remove();
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${who.name}: ${visitor.problems.length} problems, ${seconds} s`);
  return visitor.problems;
}

// A few at once: more only make each other slow.
async function playAll(runs, atOnce) {
  const waiting = [...runs];
  const found = [];
  const takeTurns = async () => {
    while (waiting.length) found.push(...(await play(waiting.shift())));
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  return found;
}

const problems = await playAll(chosen, 4);
for (const problem of problems) console.error(`\n${problem}`);
console.log(problems.length ? "the dashboard: FAILED" : "the dashboard: passed");
process.exit(problems.length ? 1 : 0);
