#!/usr/bin/env node
// Prints what each page weighs on the wire and how soon it is first painted, each
// opened in a browser that has kept nothing:
//
//   node tests/browser/weigh.mjs
//
// tests/run.sh must have built the programs and the pages; nothing else should run.
import { openScreen, startBrowser } from "./browser.mjs";
import { House } from "./house.mjs";

const openings = 5;
const pages = {
  index: {},
  display: { sound: "off" },
  counter: { counter: "2", staff: "hana" },
  kiosk: {},
};

const house = await House.start();
try {
  console.log("page     requests   KiB   of that fonts   first paint, median (worst) of 5");
  for (const [name, parameters] of Object.entries(pages)) {
    const found = [];
    for (let i = 0; i !== openings; ++i) found.push(await weigh(name, parameters));
    found.sort((a, b) => a.paint - b.paint);
    const { requests, bytes, fonts } = found[0];
    const [median, worst] = [found[openings >> 1], found[openings - 1]];
    console.log(
      name.padEnd(8),
      String(requests).padStart(8),
      kib(bytes).padStart(5),
      kib(fonts).padStart(15),
      `   ${median.paint.toFixed(0)} (${worst.paint.toFixed(0)}) ms`,
    );
  }
} finally {
  await house.stop();
}

function kib(bytes) {
  return (bytes / 1024).toFixed(0);
}

async function weigh(name, parameters) {
  const browser = await startBrowser();
  try {
    const page = await openScreen(browser, house.page(name, parameters));
    await page.waitForFunction(
      () => performance.getEntriesByName("first-contentful-paint").length > 0,
    );
    await page.evaluate(() => document.fonts.ready);
    return await page.evaluate(() => {
      const all = [
        ...performance.getEntriesByType("navigation"),
        ...performance.getEntriesByType("resource"),
      ].filter((each) => each.transferSize > 0);
      const sum = (some) => some.reduce((n, each) => n + each.transferSize, 0);
      return {
        requests: all.length,
        bytes: sum(all),
        fonts: sum(all.filter((each) => each.name.endsWith(".woff2"))),
        paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      };
    });
  } finally {
    await browser.close();
  }
}
