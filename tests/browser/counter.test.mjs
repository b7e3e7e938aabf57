import assert from "node:assert/strict";
import { test } from "node:test";
import { comes, letWait, press, takeCounter } from "./clerk.mjs";
import { isAccessible } from "./accessibility.mjs";
import { useHall } from "./hall.mjs";

const hall = useHall();

/** The page of a counter, connected and in English. */
async function atCounter(counter, staff, options = {}) {
  const who = { counter, staff, lang: "en" };
  const page = await hall.open("counter", who, options);
  await page.locator(".state-line[data-state='live']").waitFor();
  await page.locator(`.floor-counters [data-counter='${counter}']`).waitFor();
  return page;
}

test("a visit is done with the keyboard alone, and every screen is accessible", async () => {
  const page = await atCounter("2", "hana");
  await isAccessible(page, "closed");
  await takeCounter(page);
  await isAccessible(page, "free");
  const [first] = await letWait(page, 2);
  assert.equal(await press(page, "n", "called"), first);
  await isAccessible(page, "called");
  await press(page, "s", "serving");
  await isAccessible(page, "serving");
  for (const [key, kind] of [
    ["h", "hold"],
    ["t", "transfer"],
    ["?", "help"],
    ["l", "ticket"],
    ["n", "confirm"],
  ]) {
    await page.keyboard.press(key);
    await page.locator(`dialog[data-question='${kind}']`).waitFor();
    await isAccessible(page, kind);
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
  }
  await press(page, "2", "free");
  assert.equal(await press(page, "u", "serving"), first);
  await press(page, "f", "free");
  assert.deepEqual(page.said, []);
});

test("a reload and a second window call and open nothing by themselves", async () => {
  const page = await atCounter("3", "mika");
  await takeCounter(page);
  await letWait(page, 1);
  const number = await press(page, "n", "called");
  await page.reload();
  await comes(page, "closed");
  const second = await atCounter("3", "ken");
  await comes(second, "closed");
  assert.match(await second.locator(".card").textContent(), /mika/);
  await page.keyboard.press("x");
  await page.locator("dialog[data-question='confirm']").waitFor();
  assert.equal(await press(page, "y", "called"), number);

  // The second window takes the counter; the first is told and acts no more.
  await takeCounter(second);
  assert.equal(await comes(second, "called"), number);
  await comes(page, "taken_over");
  await page.keyboard.press("s");
  await page.getByText("Press x to take it back").waitFor();
  assert.equal(await comes(second, "called"), number);
  await press(page, "x", "called");
  await comes(second, "taken_over");
  await press(page, "s", "serving");
  await press(page, "c", "free");
  assert.deepEqual([...page.said, ...second.said], []);
});

test("a press during an outage is repeated, said, and calls one visitor", async () => {
  const page = await atCounter("4", "sora");
  await takeCounter(page);
  await letWait(page, 3);
  const before = Number(await waiting(page));
  hall.house.hallNetwork.cut();
  const cutAt = Date.now();
  await page.keyboard.press("n");
  await page.getByRole("alert").getByText("Connection lost").waitFor();
  assert.ok(Date.now() - cutAt < 5_500, "the loss was said too late");
  assert.equal(await page.locator(".floor").getAttribute("data-stale"), "true");
  await page.getByText("Sending again").waitFor();
  await page.keyboard.press("n");
  await page.getByText("This one was ignored").waitFor();
  hall.house.hallNetwork.mend();
  await comes(page, "called");
  await page.locator(".state-line[data-state='live']").waitFor();
  await page.waitForFunction(
    (left) =>
      document.querySelector("[data-service='renew_self'] .floor-count")
        ?.textContent === left,
    String(before - 1),
  );
  await press(page, "s", "serving");
  await press(page, "c", "free");
});

test("on half a screen and at twice the size nothing is cut off", async () => {
  for (const viewport of [
    { width: 640, height: 720 },
    { width: 640, height: 360 },
  ]) {
    const page = await atCounter("5", "yuki", { viewport });
    await takeCounter(page);
    const [wide, room] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.ok(wide <= room, `${wide} px in ${room} px`);
    await page.keyboard.press("h");
    await page.getByText("This counter has no ticket").waitFor();
    await isAccessible(page, `${viewport.width}x${viewport.height}`);
  }
});

async function waiting(page) {
  return page.locator("[data-service='renew_self'] .floor-count").textContent();
}
