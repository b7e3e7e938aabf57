import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pass } from "node:timers/promises";
import { comes, press, takeCounter } from "./clerk.mjs";
import { useHall } from "./hall.mjs";
import { beAsked, isReady, pressFor, step, takeNumber, tap } from "./visitor.mjs";

/** How long the network is away at each stage of a visit. */
const cutMs = 30_000;
/** By when a screen must say that what it shows may be old. */
const toldMs = 5_000;
/** How long a server that was killed is away: longer than screens keep quiet. */
const awayMs = 6_000;

const kioskScreen = { viewport: { width: 1080, height: 1920 }, hasTouch: true };

const hall = useHall();

/** The three screens of a visit, connected, the counter open. */
async function openHall(counter) {
  const kiosk = await hall.open("kiosk", {}, kioskScreen);
  const board = await hall.open("display", { sound: "off" });
  const clerk = await hall.open("counter", { counter, staff: "hana", lang: "en" });
  await isReady(kiosk);
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

const row = (board, number) => board.locator(`.call[data-number='${number}']`);

/** Cuts the hall's network, does `act`, and mends it when `cutMs` have passed. */
async function withoutNetwork(screens, act) {
  const since = Date.now();
  hall.house.hallNetwork.cut();
  await act();
  for (const page of screens) await saysThatItIsLost(page, since);
  await pass(Math.max(0, since + cutMs - Date.now()));
  hall.house.hallNetwork.mend();
  for (const page of screens) await isLive(page);
}

test("a visit, from the kiosk to the counter, on three screens at once", async () => {
  const { kiosk, board, clerk } = await openHall("2");
  const number = await takeNumber(kiosk);
  assert.equal(await press(clerk, "n", "called"), number);
  await board.locator(`.overlay[data-number='${number}']`).waitFor();
  await press(clerk, "s", "serving");
  await press(clerk, "c", "free");
  assert.equal((await hall.house.readSlips())[number], 1);
  assert.equal(await ringsOf(board, number), 1);
  for (const page of [kiosk, board, clerk]) assert.deepEqual(page.said, []);
});

test("the network is away for 30 s at each stage of a visit", async () => {
  const { kiosk, board, clerk } = await openHall("2");

  // While the visitor asks for a number: there is one slip, or none and the
  // visitor asks again.
  const before = new Set(Object.keys(await hall.house.readSlips()));
  await beAsked(kiosk, "renew_self");
  const asked = Date.now();
  hall.house.kioskNetwork.cut();
  await tap(
    kiosk,
    "take-renew_self",
    kiosk.locator("[data-step]:not([data-step='advice'])"),
  );
  await kiosk
    .locator("[data-step='cannot-issue'], [data-step='issuing']")
    .first()
    .waitFor({ timeout: toldMs + 500 });
  await pass(Math.max(0, asked + cutMs - Date.now()));
  hall.house.kioskNetwork.mend();
  await kiosk
    .locator("[data-step='number'], .tile:enabled")
    .first()
    .waitFor({ timeout: 30_000 });
  const printed = Object.keys(await hall.house.readSlips()).filter((each) => !before.has(each));
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
  for (const [each, count] of Object.entries(await hall.house.readSlips())) {
    assert.equal(count, 1, `${each} is on ${count} slips`);
  }
});

test("each process is killed once in a visit, and nothing is lost or doubled", async () => {
  const { kiosk, board, clerk } = await openHall("2");
  const numbers = [await takeNumber(kiosk)];
  assert.equal(await press(clerk, "n", "called"), numbers[0]);
  await row(board, numbers[0]).waitFor();
  const rung = await ringsOf(board, numbers[0]);

  for (const program of [hall.house.redis, hall.house.ticketing, hall.house.gateway]) {
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
  await hall.house.machine.kill();
  await step(kiosk, "cannot-issue").waitFor({ timeout: toldMs + 500 });
  await hall.house.machine.start();
  await isReady(kiosk);

  await press(clerk, "s", "serving");
  await press(clerk, "c", "free");
  numbers.push(await takeNumber(kiosk));
  assert.equal(await press(clerk, "n", "called"), numbers[1]);
  assert.notEqual(numbers[0], numbers[1]);
  const counts = await hall.house.readSlips();
  for (const number of numbers) assert.equal(counts[number], 1);
  await press(clerk, "s", "serving");
  await press(clerk, "c", "free");
});

test("with eight pages open in one browser a number still comes at once", async () => {
  const kiosk = await hall.open("kiosk", {}, kioskScreen);
  // Of one profile, as a browser's windows are: they share its connections.
  const context = kiosk.context();
  const others = ["display", "display", "display", "counter", "counter", "counter", "index"];
  for (const [index, name] of others.entries()) {
    const page = await context.newPage();
    await page.goto(
      hall.house.page(name, { sound: "off", counter: String(index), staff: "hana" }),
    );
    if (name !== "index") await isLive(page);
  }
  assert.equal(context.pages().length, 8);
  await kiosk.bringToFront();
  await isReady(kiosk);
  await pressFor(kiosk, "renew_self");
  await step(kiosk, "number").waitFor({ timeout: 2_000 });
});
