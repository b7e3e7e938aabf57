// A clerk at the page of a counter, who works with the keys.

/** Waits until the counter is in `state`, and answers with the number there. */
export async function comes(page, state) {
  await page.locator(`.card[data-state='${state}']`).waitFor();
  return page.locator(".card").getAttribute("data-number");
}

/** Presses a key and waits for the state that it leads to. */
export async function press(page, key, state) {
  await page.keyboard.press(key);
  return comes(page, state);
}

/** Opens the counter, whoever worked there before. */
export async function takeCounter(page) {
  await page.keyboard.press("x");
  await page
    .locator("dialog, .card:not([data-state='closed'])")
    .first()
    .waitFor();
  if ((await page.locator("dialog").count()) > 0)
    await page.keyboard.press("y");
  await page.locator(".card:not([data-state='closed'])").waitFor();
}

/** Has `count` more people wait for a renewal, and answers with their numbers.
 * The page must be in English. */
export async function letWait(page, count) {
  const numbers = [];
  for (let i = 0; i < count; ++i) {
    await page.keyboard.press("v");
    await page.locator("dialog[data-question='visitor']").waitFor();
    await page.keyboard.press("7");
    await page.keyboard.press("Enter");
    numbers.push(await comes(page, "serving"));
    await page.keyboard.press("t");
    await page.locator("dialog[data-question='transfer']").waitFor();
    await page
      .getByLabel("Service", { exact: true })
      .selectOption("renew_self");
    await page.keyboard.press("Enter");
    await comes(page, "free");
  }
  return numbers;
}
