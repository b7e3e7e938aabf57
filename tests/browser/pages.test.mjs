import assert from "node:assert/strict";
import { test } from "node:test";
import { isAccessible } from "./accessibility.mjs";
import { letWait, press, takeCounter } from "./clerk.mjs";
import { useHall } from "./hall.mjs";
import { isReady } from "./visitor.mjs";

const hall = useHall();

const isLive = (page) => page.locator("[data-state='live']").first().waitFor();

/** Each page, and what it shows when it is ready. */
const pages = {
  index: { parameters: {}, isReady: (page) => page.locator("[data-state='ready']").waitFor() },
  display: { parameters: { sound: "off" }, isReady: isLive },
  counter: { parameters: { counter: "4", staff: "hana" }, isReady: isLive },
  kiosk: { parameters: {}, isReady },
};

async function open(name, lang, options = {}) {
  const { parameters, isReady: ready } = pages[name];
  const page = await hall.open(name, { ...parameters, lang }, options);
  await ready(page);
  await page.evaluate(() => document.fonts.ready);
  return page;
}

for (const lang of ["ja", "ja-easy", "en"]) {
  test(`every page is for everybody, and silent in the console: ${lang}`, async () => {
    for (const name of Object.keys(pages)) {
      const page = await open(name, lang);
      await isAccessible(page, `${name} in ${lang}`);
      assert.deepEqual(page.said, [], name);
    }
  });
}

test("at 200% no page is wider than its window", async () => {
  // A window of 1280 x 800 at 200% has room for this.
  const viewport = { width: 640, height: 400 };
  for (const name of Object.keys(pages)) {
    const page = await open(name, "en", { viewport });
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    assert.ok(beyond <= 0, `${name} is ${beyond} px too wide`);
  }
});

test("whoever wants no motion sees none", async () => {
  const board = await open("display", "ja", { reducedMotion: "reduce" });
  const clerk = await open("counter", "en", { reducedMotion: "reduce" });
  await takeCounter(clerk);
  await letWait(clerk, 1);
  const number = await press(clerk, "n", "called");
  await board.locator(`.overlay[data-number='${number}']`).waitFor();
  await moveNot(board, "overlay");
  await board.locator(".overlay").waitFor({ state: "detached" });
  await board.locator(`.call[data-number='${number}'][data-new='true']`).waitFor();
  await moveNot(board, "list");
  await moveNot(clerk, "counter");
});

test("a call pulses for whoever minds no motion", async () => {
  const board = await open("display", "ja");
  const clerk = await open("counter", "en");
  await takeCounter(clerk);
  if ((await clerk.locator(".card").getAttribute("data-state")) === "called") {
    await press(clerk, "s", "serving");
    await press(clerk, "c", "free");
  }
  await letWait(clerk, 1);
  const number = await press(clerk, "n", "called");
  await board.locator(`.call[data-number='${number}'][data-new='true']`).waitFor();
  await board.locator(".overlay").waitFor({ state: "detached" });
  assert.ok((await movements(board)).length > 0);
});

const movements = (page) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter((each) => each.playState === "running")
      .map((each) => each.animationName ?? each.transitionProperty),
  );

async function moveNot(page, what) {
  assert.deepEqual(await movements(page), [], what);
}
