import assert from "node:assert/strict";
import { test } from "node:test";
import { isAccessible } from "./accessibility.mjs";
import { comes, press, takeCounter } from "./clerk.mjs";
import { useHall } from "./hall.mjs";
import { beAsked, button, isReady, readNumber, step, tap } from "./visitor.mjs";

// From the questions before a number to the outcome of a case, for rows of the
// decision table, in two languages.
const hall = useHall();

const kioskScreen = { viewport: { width: 1080, height: 1920 }, hasTouch: true };

/** A kiosk and a counter that serves every kind of renewal. */
async function openHall(lang, counter = "2") {
  const kiosk = await hall.open("kiosk", { lang }, kioskScreen);
  const clerk = await hall.open("counter", { counter, staff: "hana", lang });
  await isReady(kiosk);
  await clerk.locator(".state-line[data-state='live']").waitFor({ timeout: 30_000 });
  await takeCounter(clerk);
  await comes(clerk, "free");
  return { kiosk, clerk };
}

/** Takes the number that the advice is for, and has it served. */
async function serve({ kiosk, clerk }, service) {
  await tap(kiosk, `take-${service}`, step(kiosk, "number"));
  const number = await readNumber(kiosk);
  assert.equal(await press(clerk, "n", "called"), number);
  await press(clerk, "s", "serving");
}

/** Does what is usual with `number`, whoever else waits. */
async function dealWith(clerk, number) {
  // While a press is at work, as one of the buttons beside, a key does nothing.
  do await clerk.keyboard.press("/");
  while (
    !(await dialog(clerk, "number")
      .waitFor({ timeout: 1_000 })
      .then(() => true, () => false))
  );
  await clerk.keyboard.type(number);
  await clerk.keyboard.press("Enter");
  await dialog(clerk, "deal").waitFor();
  await clerk.keyboard.press("1");
}

/** Calls `number`, and serves it. */
async function serveNumber(clerk, number) {
  await dealWith(clerk, number);
  assert.equal(await comes(clerk, "called"), number);
  await press(clerk, "s", "serving");
}

const dialog = (page, kind) => page.locator(`dialog[data-question='${kind}']`);
const path = (page, next) => page.locator(`.case[data-next='${next}']`);

/** Begins the case with the answers that stand there; `digits` turn some. */
async function begin(clerk, digits = "") {
  await clerk.locator(".next-step[data-command='case']").waitFor();
  await clerk.keyboard.press("j");
  await dialog(clerk, "case_answers").waitFor();
  await isAccessible(clerk, "answers");
  for (const digit of digits) await clerk.keyboard.press(digit);
  await clerk.keyboard.press("Enter");
  await clerk.locator(".case").waitFor();
}

/**
 * Presses the key for the next step until `then` is there: so soon after a step it
 * is taken for a double press, and rightly ignored.
 */
async function goOn(clerk, then) {
  for (;;) {
    await clerk.keyboard.press("j");
    try {
      return await then.waitFor({ timeout: 250 });
    } catch (failure) {
      if (await then.isVisible()) return;
      if ((await clerk.locator("dialog").count()) > 0) throw failure;
    }
  }
}

/** Takes each of `steps`, which come next in this order. */
async function walk(clerk, steps) {
  for (const next of steps) {
    await path(clerk, next).waitFor();
    await goOn(clerk, clerk.locator(`.case:not([data-next='${next}'])`));
  }
}

/** Asks the authority, and says that it has issued. */
async function issue(clerk) {
  await path(clerk, "ISSUE").waitFor();
  await goOn(clerk, clerk.locator(".case-care"));
  await goOn(clerk, dialog(clerk, "case_result"));
  await clerk.keyboard.press("1");
}

/** Ends the case and the visit; answers with what the visitor is told. */
async function finish(clerk) {
  await path(clerk, "STEP_UNSPECIFIED").waitFor();
  await goOn(clerk, dialog(clerk, "told"));
  return hear(clerk);
}

async function hear(clerk) {
  await dialog(clerk, "told").waitFor();
  await isAccessible(clerk, "told");
  const words = await dialog(clerk, "told").innerText();
  await clerk.keyboard.press("Enter");
  await dialog(clerk, "told").waitFor({ state: "detached" });
  return words;
}

async function isAdvised(kiosk, row, words) {
  await step(kiosk, "advice").waitFor();
  assert.equal(await step(kiosk, "advice").getAttribute("data-row"), row);
  assert.match(await step(kiosk, "advice").innerText(), words);
  await isAccessible(kiosk, `advice ${row}`);
}

const words = {
  ja: {
    ready: /申請書を書いて/,
    reset: /設定し直してから更新/,
    proxy: /代理の方の顔写真付き証明書/,
    early: /3か月前から/,
    photo: /顔写真付き本人確認書類/,
    renewed: /電子証明書を更新しました[^]*24時間/,
    holder: /ご本人の来庁[^]*回答書とカードをお返し/,
    talk: /係員/,
  },
  en: {
    ready: /Fill in the form/,
    reset: /We reset the PIN, then renew/,
    proxy: /one photo ID of yours/,
    early: /3 months before/,
    photo: /One government photo ID/,
    renewed: /Your certificates are renewed[^]*24 hours/,
    holder: /the holder must come[^]*You get form and card back/,
    talk: /staff/,
  },
};

for (const [lang, say] of Object.entries(words)) {
  test(`C-20: the holder renews (${lang})`, async () => {
    const screens = await openHall(lang);
    const { kiosk, clerk } = screens;
    await tap(kiosk, "renew_self", step(kiosk, "triage"));
    await isAccessible(kiosk, "question");
    await tap(kiosk, "back", step(kiosk, "choose"));
    const asked = await beAsked(kiosk, "renew_self");
    assert.deepEqual(asked, ["WHO", "CARD", "CARD_DATE", "CERT_EXPIRY", "PIN"]);
    await isAdvised(kiosk, "C-20", say.ready);
    await serve(screens, "renew_self");
    await begin(clerk);
    await walk(clerk, ["CHECK_FORM", "CHECK_CARD", "CHECK_IDENTITY", "ENTER_PIN"]);
    await isAccessible(clerk, "case");
    await issue(clerk);
    await walk(clerk, ["CHECK_COPY", "RETURN_CARD"]);
    assert.match(await finish(clerk), say.renewed);
    await comes(clerk, "free");
    for (const page of [kiosk, clerk]) assert.deepEqual(page.said, []);
  });

  test(`C-21: a forgotten PIN is reset first (${lang})`, async () => {
    const screens = await openHall(lang);
    const { kiosk, clerk } = screens;
    await beAsked(kiosk, "renew_self", { PIN: "FORGOTTEN" });
    await isAdvised(kiosk, "C-21", say.reset);
    await serve(screens, "renew_pin_reset");
    await begin(clerk);
    await walk(clerk, [
      "CHECK_FORM",
      "CHECK_CARD",
      "CHECK_IDENTITY",
      "CHECK_SECOND_ID",
      "RESET_PIN",
      "ENTER_PIN",
    ]);
    await issue(clerk);
    await walk(clerk, ["CHECK_COPY", "RETURN_CARD"]);
    assert.match(await finish(clerk), say.renewed);
    await comes(clerk, "free");
  });

  test(`C-30, C-33: the PIN in a proxy's form is wrong (${lang})`, async () => {
    const screens = await openHall(lang);
    const { kiosk, clerk } = screens;
    const asked = await beAsked(kiosk, "renew_proxy");
    assert.equal(asked.length, 6);
    await isAdvised(kiosk, "C-30", say.proxy);
    await serve(screens, "renew_proxy");
    await begin(clerk);
    await walk(clerk, [
      "CHECK_PROXY_ID",
      "CHECK_ENVELOPE",
      "CHECK_CARD",
      "OPEN_ENVELOPE",
    ]);
    await path(clerk, "ENTER_PIN").waitFor();
    await clerk.keyboard.press("o");
    await dialog(clerk, "case_deal").waitFor();
    await isAccessible(clerk, "what else");
    await clerk.keyboard.press("1");
    assert.match(await hear(clerk), say.holder);
    await walk(clerk, ["EXPLAIN", "RETURN_PAPERS"]);
    assert.match(await finish(clerk), say.holder);
    await comes(clerk, "free");
  });

  test(`C-13: too early, and no number for it (${lang})`, async () => {
    const { kiosk } = await openHall(lang);
    await beAsked(kiosk, "renew_self", { CERT_EXPIRY: "LATER" });
    await isAdvised(kiosk, "C-13", say.early);
    assert.equal(await button(kiosk, "take-renew_self").count(), 0);
    // Whoever doubts it talks to staff.
    const talk = button(kiosk, "take-consult");
    assert.match(await talk.innerText(), say.talk);
    await tap(kiosk, "home", step(kiosk, "choose"));
  });

  test(`C-36: a proxy without photo ID is told to bring one (${lang})`, async () => {
    const { kiosk } = await openHall(lang);
    await beAsked(kiosk, "renew_proxy", { PHOTO_ID: "NO" });
    await isAdvised(kiosk, "C-36", say.photo);
    assert.equal(await button(kiosk, "take-renew_proxy").count(), 0);
    await tap(kiosk, "take-consult", step(kiosk, "number"));
    assert.match(await readNumber(kiosk), /^\d+$|^[A-Z]\d+$/);
  });
}

test("a visit parked while the visitor looks for a PIN goes on where it was", async () => {
  const screens = await openHall("en");
  const { kiosk, clerk } = screens;
  // Whoever was left waiting by the tests before is not this one's business.
  await beAsked(kiosk, "renew_pin_reset");
  await tap(kiosk, "take-renew_pin_reset", step(kiosk, "number"));
  const number = await readNumber(kiosk);
  await serveNumber(clerk, number);
  await begin(clerk);
  await walk(clerk, ["CHECK_FORM"]);
  await path(clerk, "CHECK_CARD").waitFor();
  await clerk.keyboard.press("o");
  await dialog(clerk, "case_deal").waitFor();
  await clerk.keyboard.press("1");
  assert.match(await hear(clerk), /You keep your place/);
  await comes(clerk, "free");
  await clerk.locator("[data-command='cases_parked']").waitFor();
  await clerk.keyboard.press("z");
  await dialog(clerk, "case").waitFor();
  await isAccessible(clerk, "parked");
  await clerk.keyboard.press("1");
  assert.equal(await comes(clerk, "serving"), number);
  await path(clerk, "CHECK_CARD").waitFor();
});

test("who was parked in an outage is taken back and goes on", async () => {
  const { kiosk, clerk } = await openHall("en", "3");
  await beAsked(kiosk, "renew_self");
  await tap(kiosk, "take-renew_self", step(kiosk, "number"));
  const number = await readNumber(kiosk);
  await tap(kiosk, "home", step(kiosk, "choose"));
  await serveNumber(clerk, number);
  await begin(clerk);
  await walk(clerk, ["CHECK_FORM", "CHECK_CARD", "CHECK_IDENTITY", "ENTER_PIN"]);

  const upstream = (state) => clerk.locator(`.upstream[data-state='${state}']`);
  await clerk.getByRole("button", { name: "It is down" }).click();
  await upstream("DOWN").waitFor();
  await isAccessible(clerk, "outage");
  // Whoever comes now is told so before a number.
  await tap(kiosk, "renew_self", step(kiosk, "advice"));
  await isAdvised(kiosk, "C-03", /national system is down/);
  assert.equal(await button(kiosk, "take-renew_self").count(), 0);

  await clerk.keyboard.press("o");
  await dialog(clerk, "case_deal").waitFor();
  await dialog(clerk, "case_deal").getByText(/the national system is/).click();
  assert.match(await hear(clerk), /You keep your place/);
  await comes(clerk, "free");
  await clerk.getByRole("button", { name: "It works again" }).click();
  // This counter is asked to try, and takes the ticket back.
  await clerk.locator(".upstream-try").waitFor();
  await dealWith(clerk, number);
  assert.equal(await comes(clerk, "serving"), number);
  await clerk.locator(".next-step", { hasText: "Go on with the parked" }).waitFor();
  await goOn(clerk, path(clerk, "ISSUE"));
  await issue(clerk);
  await upstream("TRYING").waitFor();
  await walk(clerk, ["CHECK_COPY", "RETURN_CARD"]);
  assert.match(await finish(clerk), words.en.renewed);
  await comes(clerk, "free");
  for (const page of [kiosk, clerk]) assert.deepEqual(page.said, []);
});

test("without renewal visitors take numbers and clerks serve them", async () => {
  const kiosk = await hall.open("kiosk", { lang: "en" }, kioskScreen);
  await isReady(kiosk);
  await hall.house.renewal.kill();
  try {
    await tap(kiosk, "renew_self", step(kiosk, "confirm"));
    await tap(kiosk, "yes", step(kiosk, "number"));
    await readNumber(kiosk);
  } finally {
    await hall.house.renewal.start();
  }
});
