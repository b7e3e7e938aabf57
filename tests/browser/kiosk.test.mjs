import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { staffKey } from "./house.mjs";
import { isAccessible } from "./accessibility.mjs";
import { useHall } from "./hall.mjs";
import {
  beAsked,
  button,
  isReady,
  pressFor,
  readNumber,
  step,
  tap,
} from "./visitor.mjs";

const hall = useHall();

/** The page of the kiosk, touched and ready for visitors. */
async function atKiosk(options = {}) {
  const page = await hall.open("kiosk", {}, {
    viewport: { width: 1080, height: 1920 },
    hasTouch: true,
    ...options,
  });
  await isReady(page);
  return page;
}

/** Whether every button can be hit by a finger. */
async function areLargeEnough(page) {
  const heights = await page
    .locator("button.press")
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
  assert.ok(heights.length > 0);
  for (const height of heights) assert.ok(height >= 96, `${height} px`);
}

test("a visitor gets a number on paper and on the screen, and is forgotten", async () => {
  for (const viewport of [
    { width: 1080, height: 1920 },
    { width: 1280, height: 800 },
  ]) {
    const page = await atKiosk({ viewport });
    await areLargeEnough(page);
    await isAccessible(page, "choose");
    await tap(page, "card_pickup", step(page, "confirm"));
    await areLargeEnough(page);
    await isAccessible(page, "confirm");
    await tap(page, "yes", step(page, "number"));
    const number = await readNumber(page);
    assert.equal((await hall.house.readSlips())[number], 1);
    await page.getByRole("img", { name: number }).waitFor();
    await isAccessible(page, "number");
    const { scrollHeight, clientHeight } = await page.evaluate(() => ({
      scrollHeight: document.documentElement.scrollHeight,
      clientHeight: document.documentElement.clientHeight,
    }));
    assert.ok(scrollHeight <= clientHeight, "nothing is below the screen");
    await step(page, "choose").waitFor({ timeout: 15_000 });
    assert.deepEqual(page.said, []);
  }
});

test("a trembling finger presses once", async () => {
  const page = await atKiosk();
  const before = Object.keys(await hall.house.readSlips()).length;
  // Within the page, for the way there may take longer than a finger trembles.
  const pressed = await page.evaluate(async () => {
    document.querySelector("[data-button='card_pickup']").click();
    // The page changes under the finger, to what could be pressed next.
    await new Promise(requestAnimationFrame);
    const next = document.querySelector("[data-button='yes']");
    next?.click();
    return next !== null;
  });
  assert.ok(pressed);
  await step(page, "confirm").waitFor();
  assert.equal(Object.keys(await hall.house.readSlips()).length, before);
});

test("everything goes by keyboard", async () => {
  const page = await atKiosk();
  const focus = async (name) => {
    for (let i = 0; i !== 30; ++i) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => document.activeElement.dataset.button);
      if (at === name) return;
    }
    assert.fail(`Tab does not lead to ${name}`);
  };
  const enter = async (name, next) => {
    await focus(name);
    do await page.keyboard.press("Enter");
    while (
      !(await next
        .waitFor({ timeout: 1_000 })
        .then(() => true, () => false))
    );
  };
  await enter("card_pickup", step(page, "confirm"));
  await enter("yes", step(page, "number"));
  await enter("home", step(page, "choose"));
  await focus("staff");
  await page.keyboard.press("Enter");
  await step(page, "staff-key").waitFor();
  await page.keyboard.type(staffKey);
  await page.keyboard.press("Enter");
  await step(page, "staff").waitFor();
  await enter("leave", step(page, "choose"));
  assert.deepEqual(page.said, []);
});

// Within 5 s: its unit test has a clock that is nobody else's.
test("a page that hears nothing says so, and lives again", async () => {
  const page = await atKiosk();
  hall.house.kioskNetwork.cut();
  await step(page, "cannot-issue").waitFor({ timeout: 20_000 });
  // Grey, not gone.
  await page.locator(".tile:disabled").first().waitFor();
  await isAccessible(page, "lost");
  hall.house.kioskNetwork.mend();
  await isReady(page);
});

test("while the servers are away no number is promised", async () => {
  const page = await atKiosk();
  await hall.house.ticketing.kill();
  await step(page, "cannot-issue").waitFor({ timeout: 20_000 });
  await isAccessible(page, "server away");
  await hall.house.ticketing.start();
  await isReady(page);
});

test("a number that takes long comes once, though page and machine restart", async () => {
  const page = await atKiosk();
  const before = Object.keys(await hall.house.readSlips()).length;
  await beAsked(page, "renew_self");
  process.kill(hall.house.ticketing.pid, "SIGSTOP");
  try {
    await tap(page, "take-renew_self", step(page, "issuing"));
    await page.locator(".issuing-slow:not(:empty)").waitFor();
    await isAccessible(page, "issuing");
    await page.reload();
    await step(page, "issuing").waitFor();
    await hall.house.machine.kill();
    await hall.house.machine.start();
  } finally {
    process.kill(hall.house.ticketing.pid, "SIGCONT");
  }
  const number = await readNumber(page);
  const printed = await hall.house.readSlips();
  assert.equal(printed[number], 1);
  assert.equal(Object.keys(printed).length, before + 1);
});

test("without paper it says so; staff print what waited for it", async () => {
  const page = await atKiosk();
  const fault = `${hall.house.slips}.fault`;
  await writeFile(fault, "dies\n");
  await pressFor(page, "renew_self");
  await step(page, "stuck").waitFor();
  const number = await page.locator(".message .number-digits").textContent();
  await isAccessible(page, "stuck");
  await writeFile(fault, "out-of-paper\n");

  // A finger that rests in the corner.
  const { x, y } = await button(page, "staff").boundingBox();
  await page.mouse.move(x + 20, y + 20);
  await page.mouse.down();
  await step(page, "staff-key").waitFor();
  await page.mouse.up();
  await isAccessible(page, "staff key");
  for (const digit of "0000") await button(page, `digit-${digit}`).tap();
  await button(page, "enter").tap();
  await page.locator(".staff-key-refusal:not(:empty)").waitFor();
  for (const digit of staffKey) await button(page, `digit-${digit}`).tap();
  await button(page, "enter").tap();
  await step(page, "staff").waitFor();
  await isAccessible(page, "staff");

  await rm(fault);
  await button(page, "print-it").tap();
  await page.locator(".staff-open").waitFor({ state: "detached" });
  assert.equal((await hall.house.readSlips())[number], 1);
  await tap(page, "test", step(page, "test"));
  await isAccessible(page, "screen test");
  await tap(page, "end-test", step(page, "staff"));
  await button(page, "leave").tap();
  await isReady(page);
  assert.deepEqual(page.said, []);
});
