// Opens pages for the web in Chromium and lets axe-core look for what shuts somebody out.
//
//     node audit/check_axe.mjs FILE.html [...]
//
// Needs the npm packages axe-core and puppeteer-core where node finds them (NODE_PATH or node_modules above), and Chromium.
// Exit code 1 if any page has a violation.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve(process.env.NODE_PATH ?? ".", "index.js"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
let faults = 0;
for (const file of process.argv.slice(2)) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  for (const violation of violations) {
    faults += 1;
    console.log(`${file}: ${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.target).slice(0, 3).join(" ")}`);
  }
  await page.close();
}
await browser.close();
console.log(`${process.argv.length - 2} pages, ${faults} violations`);
process.exitCode = faults ? 1 : 0;
