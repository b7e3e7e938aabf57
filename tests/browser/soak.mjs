#!/usr/bin/env node
// Watches whether an open wall display grows, and prints what it holds after each
// hour of the office's clock:
//
//   deploy/run.sh --demo --speed 60 &       eight office hours in eight minutes
//   node tests/browser/soak.mjs http://display.localhost:8080/ 8
import { startBrowser } from "./browser.mjs";

const [address = "http://display.localhost:8080/", hours = "8"] =
  process.argv.slice(2);

const browser = await startBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(address);
  await page.locator(".board[data-state='live']").waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  console.log("office time   heap MiB   nodes   listeners");
  for (let hour = await shownHour(page), end = hour + Number(hours); ; ) {
    await print(devtools, hour);
    if (++hour > end) break;
    await page.waitForFunction(
      (wanted) =>
        Number(document.querySelector(".head-clock")?.textContent?.split(":")[0]) >=
        wanted,
      hour,
      { timeout: 0, polling: 500 },
    );
  }
  console.log(`console messages: ${said.length}`);
  for (const text of said.slice(0, 5)) console.log(`  ${text}`);
} finally {
  await browser.close();
}

async function shownHour(page) {
  const clock = await page.locator(".head-clock").textContent();
  return Number(clock.split(":")[0]);
}

async function print(devtools, hour) {
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const value = (name) => metrics.find((each) => each.name === name).value;
  console.log(
    `${String(hour).padStart(2, "0")}:00`.padEnd(11),
    (value("JSHeapUsedSize") / 2 ** 20).toFixed(2).padStart(10),
    String(value("Nodes")).padStart(7),
    String(value("JSEventListeners")).padStart(11),
  );
}
