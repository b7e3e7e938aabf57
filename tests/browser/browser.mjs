import { chromium } from "playwright-core";

/** Debian's Chromium, without a window. */
export function startBrowser() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    headless: true,
    // Tests run as root, where the sandbox does not work.
    chromiumSandbox: false,
    args: ["--autoplay-policy=no-user-gesture-required"],
  });
}

/**
 * A page of its own, as a screen has it. Whatever it writes to the console is
 * kept in `page.said`, errors that nobody caught too.
 */
export async function openScreen(browser, address, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "ja-JP",
    ...options,
  });
  const page = await context.newPage();
  page.said = [];
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => page.said.push(String(error)));
  await page.goto(address);
  return page;
}
