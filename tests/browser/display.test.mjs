import assert from "node:assert/strict";
import { test } from "node:test";
import { letWait, press, takeCounter } from "./clerk.mjs";
import { isAccessible } from "./accessibility.mjs";
import { useHall } from "./hall.mjs";

const hall = useHall();

/** Read from afar: contrast of 7:1. */
const farReading = ["color-contrast-enhanced"];

const wide = { viewport: { width: 1920, height: 1080 } };
const upright = { viewport: { width: 1080, height: 1920 } };

/** A board that is connected; silent, for a voice would take its time. */
async function atBoard(parameters = {}, options = wide) {
  const page = await hall.open(
    "display",
    { sound: "off", ...parameters },
    options,
  );
  await page.locator(".board[data-state='live']").waitFor();
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/** A clerk at an open counter with `waiting` more people waiting. */
async function atCounter(counter, waiting) {
  const who = { counter, staff: "hana", lang: "en" };
  const page = await hall.open("counter", who);
  await page.locator(".state-line[data-state='live']").waitFor();
  await takeCounter(page);
  await letWait(page, waiting);
  return page;
}

async function finish(clerk) {
  await press(clerk, "s", "serving");
  await press(clerk, "c", "free");
}

const row = (board, number) => board.locator(`.call[data-number='${number}']`);
const overlay = (board, number) =>
  board.locator(`.overlay[data-number='${number}']`);

async function numbersOf(board) {
  return board
    .locator(".call")
    .evaluateAll((rows) => rows.map((each) => each.dataset.number));
}

/** Asserts that the digits of `locator` are at least `part` of the window high. */
async function isAtLeast(part, locator) {
  const height = await locator.evaluate((element) => {
    const { fontSize, fontFamily, fontWeight } = getComputedStyle(element);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const digits = pen.measureText(element.textContent);
    return (
      (digits.actualBoundingBoxAscent + digits.actualBoundingBoxDescent) /
      window.innerHeight
    );
  });
  assert.ok(height >= part, `digits are ${height} of the height, not ${part}`);
}

/** Asserts that no text is cut off or runs out of the window. */
async function nothingIsCutOff(board, what) {
  const cut = await board.evaluate(() =>
    [...document.querySelectorAll(".board *:not(.visually-hidden)")]
      .filter((element) => element.childElementCount === 0)
      .filter((element) => element.textContent.trim() !== "")
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return (
          box.right > window.innerWidth + 1 ||
          box.bottom > window.innerHeight + 1 ||
          box.left < -1
        );
      })
      .map((element) => element.textContent),
  );
  assert.deepEqual(cut, [], what);
}

for (const [name, screen] of Object.entries({ wide, upright })) {
  test(`a call is seen across the ${name} board, then on top of the list`, async () => {
    const board = await atBoard({ arrows: "2:left" }, screen);
    const clerk = await atCounter("2", 1);
    const number = await press(clerk, "n", "called");
    await overlay(board, number).waitFor();
    const sentence = overlay(board, number).locator("[data-language='ja']");
    assert.equal(
      await sentence.textContent(),
      `番号札、${number}番のお客様、2番窓口へお越しください`,
    );
    // Three digits of a quarter of an upright board are wider than the board.
    if (name === "wide") {
      await isAtLeast(1 / 4, board.locator(".overlay-number"));
    }
    await nothingIsCutOff(board, "overlay");
    await isAccessible(board, "overlay", farReading);

    await overlay(board, number).waitFor({ state: "detached" });
    assert.equal((await numbersOf(board))[0], number);
    assert.equal(await row(board, number).getAttribute("data-new"), "true");
    await isAtLeast(1 / 12, row(board, number).locator(".call-number"));
    assert.equal(
      await row(board, number).locator(".arrow").getAttribute("data-direction"),
      "left",
    );
    await nothingIsCutOff(board, "list");
    await isAccessible(board, "list", farReading);

    await press(clerk, "s", "serving");
    await board
      .locator(`.call[data-number='${number}'][data-state='SERVING']`)
      .getByText("ご案内中")
      .waitFor();
    await press(clerk, "c", "free");
    await board
      .locator(`.call[data-number='${number}'][data-state='COMPLETED']`)
      .waitFor();
    assert.deepEqual(board.said, []);
  });
}

test("two calls at once are told one after the other", async () => {
  const board = await atBoard();
  const one = await atCounter("3", 2);
  const other = await atCounter("4", 0);
  const first = await press(one, "n", "called");
  const second = await press(other, "n", "called");
  await overlay(board, first).waitFor();
  await row(board, second).waitFor();
  assert.equal(await overlay(board, second).count(), 0);
  await overlay(board, first).waitFor({ state: "detached" });
  await overlay(board, second).waitFor();
  await finish(one);
  await finish(other);
});

test("a board of a zone is silent about the counters of others", async () => {
  const zone = await atBoard({ counters: "6,7" });
  const whole = await atBoard();
  const clerk = await atCounter("5", 1);
  const number = await press(clerk, "n", "called");
  await overlay(whole, number).waitFor();
  assert.equal(await overlay(zone, number).count(), 0);
  assert.deepEqual(await numbersOf(zone), []);
  await finish(clerk);
});

test("a loss is told within five seconds and clears nothing, and the board goes on after it", async () => {
  const board = await atBoard();
  const clerk = await atCounter("2", 2);
  const shown = await press(clerk, "n", "called");
  await overlay(board, shown).waitFor();
  await overlay(board, shown).waitFor({ state: "detached" });
  await press(clerk, "s", "serving");
  await row(board, shown).getByText("ご案内中").waitFor();
  const before = await numbersOf(board);

  hall.house.hallNetwork.cut();
  const cutAt = Date.now();
  await board.locator(".lost").waitFor();
  assert.ok(Date.now() - cutAt <= 5_000, "the loss was told too late");
  assert.match(
    await board.getByRole("alert").textContent(),
    /接続が切れています.*\d\d:\d\d:\d\d 現在/,
  );
  assert.equal(await board.locator(".head-clock").count(), 0);
  assert.deepEqual(await numbersOf(board), before);
  await nothingIsCutOff(board, "lost");
  await isAccessible(board, "lost", farReading);

  hall.house.hallNetwork.mend();
  await board.locator(".board[data-state='live']").waitFor();
  assert.equal(await board.locator(".lost").count(), 0);
  await press(clerk, "c", "free");
  const next = await press(clerk, "n", "called");
  assert.notEqual(next, shown);
  await overlay(board, next).waitFor();
  await finish(clerk);
});

test("from half a board to twice the size nothing is cut off", async () => {
  for (const [width, height] of [
    [1280, 720],
    [960, 540],
    [540, 960],
    [1024, 768],
  ]) {
    const board = await atBoard(
      { notice: "kiosk.assist", services: "renew_self,card_pickup" },
      { viewport: { width, height } },
    );
    await board.locator(".waiting-list li").first().waitFor();
    await nothingIsCutOff(board, `${width}x${height}`);
  }
});

test("with reduced motion nothing moves, and a new call is still told by words", async () => {
  const board = await atBoard({}, { ...wide, reducedMotion: "reduce" });
  const clerk = await atCounter("2", 1);
  const number = await press(clerk, "n", "called");
  await overlay(board, number).waitFor();
  await overlay(board, number).waitFor({ state: "detached" });
  await row(board, number).getByText("ただいまお呼びしました").waitFor();
  assert.equal(
    await board.evaluate(() => document.getAnimations().length),
    0,
  );
  await finish(clerk);
});
