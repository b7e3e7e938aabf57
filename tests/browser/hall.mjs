import { after, afterEach, before } from "node:test";
import { openScreen, startBrowser } from "./browser.mjs";
import { House } from "./house.mjs";

/**
 * A house and a browser for all tests of a file; what a test opened and cut is
 * closed and mended after it, whatever failed.
 */
export function useHall() {
  const hall = {
    /** @type {House} */
    house: undefined,
    browser: undefined,
    /** Opens a page by its name, as `House.page` and `openScreen`. */
    async open(name, parameters = {}, options = {}) {
      const page = await openScreen(
        hall.browser,
        hall.house.page(name, parameters),
        options,
      );
      pages.push(page);
      return page;
    },
  };
  const pages = [];

  before(async () => {
    hall.house = await House.start();
    hall.browser = await startBrowser();
  });
  after(async () => {
    await hall.browser?.close();
    await hall.house?.stop();
  });
  afterEach(async () => {
    hall.house.hallNetwork.mend();
    hall.house.kioskNetwork.mend();
    for (const page of pages.splice(0)) await page.context().close();
  });
  return hall;
}
