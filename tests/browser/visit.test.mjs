import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as pass } from "node:timers/promises";
import { openScreen, startBrowser } from "./browser.mjs";
import { comes, press, takeCounter } from "./clerk.mjs";
import { House } from "./house.mjs";

/** How long the network is away at each stage of a visit. */
const cutMs = 30_000;
/** By when a screen must say that what it shows may be old. */
const toldMs = 5_000;
/** How long a server that was killed is away: longer than screens keep quiet. */
const awayMs = 6_000;

let house;
let browser;
const open = [];

before(async () => {
  house = await House.start();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await house?.stop();
});
afterEach(async () => {
  house.hallNetwork.mend();
  house.kioskNetwork.mend();
  for (const page of open.splice(0)) await page.context().close();
});

async function screen(name, parameters, options) {
  const page = await openScreen(browser, house.page(name, parameters), options);
  open.push(page);
  return page;
}

/** The three screens of a visit, connected, the counter open. */
async function openHall(counter) {
  const kiosk = await screen("kiosk", {}, { viewport: { width: 1080, height: 1920 } });
  const board = await screen("display", { sound: "off" });
  const clerk = await screen("counter", { counter, staff: "hana", lang: "en" });
  await kiosk.locator("[data-step='choose'] .tile:enabled").first().waitFor();
  await isLive(board);
  await isLive(clerk);
  await takeCounter(clerk);
  await countRings(board);
  return { kiosk, board, clerk };
}

const isLive = (page) =>
  page.locator(".state-line[data-state='live']").waitFor({ timeout: 30_000 });
const saysThatItIsLost = (page, since) =>
  page
    .locator(".state-line[data-state='lost']")
    .waitFor({ timeout: Math.max(1, since + toldMs + 500 - Date.now()) });

/** Notes each announcement of the board from now on, by its number. */
function countRings(board) {
  return board.evaluate(() => {
    window.rung = [];
    let shown = null;
    new MutationObserver(() => {
      const overlay = document.querySelector(".overlay");
      if (overlay !== null && overlay !== shown) {
        window.rung.push(overlay.dataset.number);
      }
      shown = overlay;
    }).observe(document.body, { childList: true, subtree: true });
  });
}
const ringsOf = (board, number) =>
  board.evaluate((n) => window.rung.filter((each) => each === n).length, number);

/** Presses for a number and answers with it. */
async function takeNumber(kiosk) {
  await askForNumber(kiosk);
  return readNumber(kiosk);
}

async function askForNumber(kiosk) {
  const confirm = kiosk.locator("[data-step='confirm']");
  const asked = kiosk.locator("[data-step]:not([data-step='confirm'])");
  await pressUntil(kiosk, "renew_self", confirm);
  await pressUntil(kiosk, "yes", asked);
}

/** A press so soon after another is taken for a tremble, and is made again. */
async function pressUntil(kiosk, name, next) {
  for (;;) {
    await kiosk.locator(`[data-button='${name}']`).click();
    if (await next.waitFor({ timeout: 1_000 }).then(() => true, () => false)) return;
  }
}

async function readNumber(kiosk) {
  await kiosk.locator("[data-step='number']").waitFor({ timeout: 60_000 });
  return kiosk.locator(".number-digits").textContent();
}

/** How often each number is on paper. */
async function slips() {
  const paper = await readFile(house.slips, "utf8").catch(() => "");
  const counts = {};
  for (const [, number] of paper.matchAll(/番号札 (\w+)/g)) {
    counts[number] = (counts[number] ?? 0) + 1;
  }
  return counts;
}

const row = (board, number) => board.locator(`.call[data-number='${number}']`);

/** Cuts the hall's network, does `step`, and mends it when `cutMs` have passed. */
async function withoutNetwork(screens, step) {
  const since = Date.now();
  house.hallNetwork.cut();
  await step();
  for (const page of screens) await saysThatItIsLost(page, since);
  await pass(Math.max(0, since + cutMs - Date.now()));
  house.hallNetwork.mend();
  for (const page of screens) await isLive(page);
}

test("a visit, from the kiosk to the counter, on three screens at once", async () => {
  const { kiosk, board, clerk } = await openHall("2");
  const number = await takeNumber(kiosk);
  assert.equal(await press(clerk, "n", "called"), number);
  await board.locator(`.overlay[data-number='${number}']`).waitFor();
  await press(clerk, "s", "serving");
  await press(clerk, "c", "free");
  assert.equal((await slips())[number], 1);
  assert.equal(await ringsOf(board, number), 1);
  for (const page of [kiosk, board, clerk]) assert.deepEqual(page.said, []);
});

test("the network is away for 30 s at each stage of a visit", async () => {
  const { kiosk, board, clerk } = await openHall("2");

  // While the visitor asks for a number: there is one slip, or none and the
  // visitor asks again.
  const before = new Set(Object.keys(await slips()));
  const asked = Date.now();
  house.kioskNetwork.cut();
  await askForNumber(kiosk);
  await kiosk
    .locator("[data-step='cannot-issue'], [data-step='issuing']")
    .first()
    .waitFor({ timeout: toldMs + 500 });
  await pass(Math.max(0, asked + cutMs - Date.now()));
  house.kioskNetwork.mend();
  await kiosk
    .locator("[data-step='number'], .tile:enabled")
    .first()
    .waitFor({ timeout: 30_000 });
  const printed = Object.keys(await slips()).filter((each) => !before.has(each));
  assert.ok(printed.length <= 1, `${printed.length} slips for one press`);
  const mine = printed[0] ?? (await takeNumber(kiosk));

  // While the clerk calls, begins and finishes: each once.
  await withoutNetwork([board, clerk], () => clerk.keyboard.press("n"));
  const called = await comes(clerk, "called");
  assert.equal(called, mine);
  await row(board, called).waitFor();
  await withoutNetwork([board, clerk], () => clerk.keyboard.press("s"));
  assert.equal(await comes(clerk, "serving"), called);
  await withoutNetwork([board, clerk], () => clerk.keyboard.press("c"));
  await comes(clerk, "free");

  assert.equal(await ringsOf(board, called), 1);
  for (const [each, count] of Object.entries(await slips())) {
    assert.equal(count, 1, `${each} is on ${count} slips`);
  }
});

test("each process is killed once in a visit, and nothing is lost or doubled", async () => {
  const { kiosk, board, clerk } = await openHall("2");
  const numbers = [await takeNumber(kiosk)];
  assert.equal(await press(clerk, "n", "called"), numbers[0]);
  await row(board, numbers[0]).waitFor();
  const rung = await ringsOf(board, numbers[0]);

  for (const program of [house.redis, house.ticketing, house.gateway]) {
    const since = Date.now();
    await program.kill();
    await saysThatItIsLost(board, since);
    await saysThatItIsLost(clerk, since);
    await pass(Math.max(0, since + awayMs - Date.now()));
    await program.start();
    await isLive(board);
    await isLive(clerk);
    // The call stands, on both screens, and is not rung again.
    assert.equal(await comes(clerk, "called"), numbers[0]);
    await row(board, numbers[0]).waitFor();
    assert.equal(await ringsOf(board, numbers[0]), rung);
  }
  await house.machine.kill();
  await kiosk.locator("[data-step='cannot-issue']").waitFor({ timeout: toldMs + 500 });
  await house.machine.start();
  await kiosk.locator(".tile:enabled").first().waitFor({ timeout: 30_000 });

  await press(clerk, "s", "serving");
  await press(clerk, "c", "free");
  numbers.push(await takeNumber(kiosk));
  assert.equal(await press(clerk, "n", "called"), numbers[1]);
  assert.notEqual(numbers[0], numbers[1]);
  const counts = await slips();
  for (const number of numbers) assert.equal(counts[number], 1);
  await press(clerk, "s", "serving");
  await press(clerk, "c", "free");
});

test("with eight pages open in one browser a number still comes at once", async () => {
  const kiosk = await screen("kiosk", {}, { viewport: { width: 1080, height: 1920 } });
  // Of one profile, as a browser's windows are: they share its connections.
  const context = kiosk.context();
  const others = ["display", "display", "display", "counter", "counter", "counter", "index"];
  for (const [index, name] of others.entries()) {
    const page = await context.newPage();
    await page.goto(
      house.page(name, { sound: "off", counter: String(index), staff: "hana" }),
    );
    if (name !== "index") await isLive(page);
  }
  assert.equal(context.pages().length, 8);
  await kiosk.bringToFront();
  await kiosk.locator("[data-step='choose'] .tile:enabled").first().waitFor();
  await askForNumber(kiosk);
  await kiosk.locator("[data-step='number']").waitFor({ timeout: 2_000 });
});
