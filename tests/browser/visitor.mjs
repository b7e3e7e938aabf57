// A visitor at the page of a kiosk, who touches it. Its page must have touch.

export const step = (kiosk, name) => kiosk.locator(`[data-step='${name}']`);
export const button = (kiosk, name) => kiosk.locator(`[data-button='${name}']`);

/** Waits until visitors can take a number. */
export const isReady = (kiosk) =>
  kiosk
    .locator("[data-step='choose'] .tile:enabled")
    .first()
    .waitFor({ timeout: 30_000 });

/** The page's own time for a tremble, with room for the way there; in ms. */
const longerThanATremble = 800;

/**
 * Taps a button until `next` is there: a tap so soon after another is taken for
 * a tremble, and rightly ignored.
 */
export async function tap(kiosk, name, next) {
  for (;;) {
    await button(kiosk, name).tap();
    try {
      return await next.waitFor({ timeout: longerThanATremble });
    } catch (failure) {
      if ((await button(kiosk, name).count()) === 0) throw failure;
    }
  }
}

/** What the usual visitor answers; the rest depends on what they come for. */
const usual = {
  WHO: "OWN_CARD",
  CARD: "HERE",
  CARD_DATE: "LATER",
  CERT_EXPIRY: "WITHIN_THREE_MONTHS",
  PIN: "KNOWN",
  PHOTO_ID: "YES",
  REPLY_FORM: "GLUED",
};
const usualFor = {
  renew_pin_reset: { PIN: "FORGOTTEN" },
  renew_proxy: { WHO: "AS_PROXY" },
};

/**
 * Chooses `service` and answers its questions, the usual but for `answers`, until
 * the advice. Returns the questions that were asked.
 */
export async function beAsked(kiosk, service, answers = {}) {
  const given = { ...usual, ...usualFor[service], ...answers };
  const asked = [];
  await tap(kiosk, service, step(kiosk, "triage"));
  while ((await step(kiosk, "triage").count()) > 0) {
    const question = await step(kiosk, "triage").getAttribute("data-question");
    asked.push(question);
    await tap(
      kiosk,
      `answer-${given[question]}`,
      kiosk
        .locator(`[data-step]:not([data-step='triage'][data-question='${question}'])`)
        .first(),
    );
    await kiosk
      .locator("[data-step='triage'][data-asks='false'], [data-step='advice']")
      .waitFor();
  }
  return asked;
}

/** Presses for `service`, as far as the visitor has to. */
export async function pressFor(kiosk, service) {
  if (service.startsWith("renew_")) {
    await beAsked(kiosk, service);
    await tap(
      kiosk,
      `take-${service}`,
      kiosk.locator("[data-step]:not([data-step='advice'])"),
    );
    return;
  }
  await tap(kiosk, service, step(kiosk, "confirm"));
  await tap(
    kiosk,
    "yes",
    kiosk.locator("[data-step]:not([data-step='confirm'])"),
  );
}

/** Waits for the number that was pressed for. */
export async function readNumber(kiosk) {
  await step(kiosk, "number").waitFor({ timeout: 60_000 });
  return kiosk.locator(".number-digits").textContent();
}

/** Takes a number for a renewal, and answers with it. */
export async function takeNumber(kiosk) {
  await pressFor(kiosk, "renew_self");
  return readNumber(kiosk);
}
