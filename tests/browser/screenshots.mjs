#!/usr/bin/env node
// Takes the pictures of the README, of real servers with people in the hall:
//
//   node tests/browser/screenshots.mjs [FOLDER]      (docs/screens)
//
// tests/run.sh must have built the programs and the pages. Look at each picture
// at half size from two metres: is what is read first what the person came for?
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startBrowser, openScreen } from "./browser.mjs";
import { letWait, press, takeCounter } from "./clerk.mjs";
import { House } from "./house.mjs";
import { beAsked, isReady, readNumber, step, tap } from "./visitor.mjs";

const languages = ["ja", "ja-easy", "en"];
const folder =
  process.argv[2] ?? join(import.meta.dirname, "../../docs/screens");

await mkdir(folder, { recursive: true });
const house = await House.start();
const browser = await startBrowser();
try {
  await takeAll();
} finally {
  await browser.close();
  await house.stop();
}

async function open(name, parameters, viewport) {
  // Half the size: what cannot be read here cannot be read from afar.
  return openScreen(browser, house.page(name, parameters), {
    viewport,
    deviceScaleFactor: 0.5,
    hasTouch: true,
  });
}

async function take(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`${name}.png`);
}

async function takeAll() {
  const wide = { width: 1920, height: 1080 };
  const board = await open("display", { sound: "off" }, wide);
  await board.locator(".board[data-state='live']").waitFor();

  const clerks = [];
  for (const counter of ["2", "3", "5"]) {
    const who = { counter, staff: "hana", lang: "en" };
    const clerk = await open("counter", who, { width: 1280, height: 720 });
    await clerk.locator(".state-line[data-state='live']").waitFor();
    await takeCounter(clerk);
    clerks.push(clerk);
  }
  await letWait(clerks[0], 8);
  await press(clerks[0], "n", "called");
  await press(clerks[0], "s", "serving");
  await press(clerks[1], "n", "called");
  const last = await press(clerks[2], "n", "called");
  await board.locator(`.overlay[data-number='${last}']`).waitFor();
  await take(board, "display-call");
  await board.locator(".overlay").waitFor({ state: "detached" });
  await take(board, "display");

  for (const language of languages) {
    const who = { counter: "2", staff: "hana", lang: language };
    const clerk = await open("counter", who, { width: 1280, height: 720 });
    await clerk.locator(".state-line[data-state='live']").waitFor();
    await takeCounter(clerk);
    await clerk.locator(".card[data-state='serving']").waitFor();
    await take(clerk, `counter-${language}`);

    const tall = { width: 1080, height: 1920 };
    const kiosk = await open("kiosk", { lang: language }, tall);
    await isReady(kiosk);
    await take(kiosk, `kiosk-${language}`);
    await tap(kiosk, "card_pickup", step(kiosk, "confirm"));
    await take(kiosk, `kiosk-confirm-${language}`);
    await tap(kiosk, "back", step(kiosk, "choose"));
    await tap(kiosk, "renew_proxy", step(kiosk, "triage"));
    await take(kiosk, `kiosk-question-${language}`);
    await tap(kiosk, "back", step(kiosk, "choose"));
    await beAsked(kiosk, "renew_proxy");
    await take(kiosk, `kiosk-advice-${language}`);
    await tap(kiosk, "take-renew_proxy", step(kiosk, "number"));
    await readNumber(kiosk);
    await take(kiosk, `kiosk-number-${language}`);
    await kiosk.context().close();
    await clerk.context().close();
  }
  const start = await open("index", {}, { width: 1280, height: 720 });
  await start.locator("[data-state='ready']").waitFor();
  await take(start, "start");
}
