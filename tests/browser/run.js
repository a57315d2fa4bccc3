// usage: node run.js TOPUPD PICTURES
//
// Uses the dashboard as people do, in Chromium: a reseller's first hour and an operator's morning,
// in Indonesian on a small phone and in English at a desk in the dark, and somebody hostile.
// Nothing may break the page's policy, appear in the console, or stand in the way of people with
// other senses (axe).  Pictures of every page are left in PICTURES.

import adminEn from "../../server/web/lang/admin_en.js";
import adminId from "../../server/web/lang/admin_id.js";
import en from "../../server/web/lang/en.js";
import id from "../../server/web/lang/id.js";
import { hostile } from "./hostile.js";
import { operator } from "./operator.js";
import { reseller } from "./reseller.js";
import { Shop } from "./shop.js";
import { Visitor } from "./visitor.js";

const [program, pictures] = process.argv.slice(2);

const phone = { lang: "id", words: { ...id, ...adminId }, dark: false, width: 360, height: 740 };
const desk = { lang: "en", words: { ...en, ...adminEn }, dark: true, width: 1280, height: 800 };
const runs = [
  { name: "phone", story: reseller, ...phone },
  { name: "desk", story: reseller, ...desk },
  { name: "operator-phone", story: operator, ...phone },
  { name: "operator-desk", story: operator, ...desk },
  { name: "hostile", story: hostile, ...phone },
];

// Each has a shop of its own, so that they can't disturb each other; none is waited for.
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

const problems = (await Promise.all(runs.map(play))).flat();
for (const problem of problems) console.error(`\n${problem}`);
console.log(problems.length ? "the dashboard: FAILED" : "the dashboard: passed");
process.exit(problems.length ? 1 : 0);
