import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { startBrowser } from "./browser.mjs";

const web = join(import.meta.dirname, "../../clients/web");
const clips = join(web, "public/clips");
const skip =
  !existsSync(join(clips, "clips.json")) &&
  "there are no clips; clients/web/clips/make_clips.mjs makes them";

/** Says `said` to its end; tells the seconds that it took, and the state. */
const pageScript = `
  import { createAnnouncer } from "/src/announcer/announcer.ts";
  const announcer = createAnnouncer({ clipBase: "/clips" });
  const say = async (said) => {
    const began = performance.now();
    await announcer.say(said);
    const seconds = (performance.now() - began) / 1000;
    window.tell({ seconds, state: announcer.state });
  };
`;

/**
 * Opens an empty page that runs `pageScript` and then `script`. Answers the
 * page and a function that waits for what it tells next.
 *
 * The script is the page's own: what a test evaluates counts as a gesture.
 */
async function openPage(browser, server, script) {
  const context = await browser.newContext();
  const told = [];
  let wake = () => {};
  await context.exposeFunction("tell", (result) => {
    told.push(() => result);
    wake();
  });
  await context.route("**/voice.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body:
        '<!doctype html><link rel="icon" href="/icon.svg">' +
        `<script type="module">${pageScript}${script}</script>`,
    }),
  );
  const page = await context.newPage();
  page.said = [];
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => {
    told.push(() => Promise.reject(error));
    wake();
  });
  const [address] = server.resolvedUrls.local;
  await page.goto(`${address}voice.html`);
  const nextTold = async () => {
    while (told.length === 0) await new Promise((resolve) => (wake = resolve));
    return told.shift()();
  };
  return { page, nextTold };
}

/** Sounds take their time, and other tests theirs. */
const limit = { timeout: 60_000 };

const call = {
  number: "A101",
  counter: "2",
  language: "en",
  recall: false,
  pickup: false,
};

const short = { ...call, number: "7", language: "ja" };

/** How long the clips of `said` last, in seconds, by `clips.json`. */
async function clipSeconds(server, said) {
  const { clipNamesOf, sentencesOf } = await server.ssrLoadModule(
    "/src/announcer/clip_sequence.ts",
  );
  const { clips: list } = JSON.parse(
    readFileSync(join(clips, "clips.json"), "utf8"),
  );
  return clipNamesOf(sentencesOf(said))
    .map((name) => list[name].seconds)
    .reduce((sum, seconds) => sum + seconds, 0);
}

describe("the voice in a real browser", { skip, timeout: 200_000 }, () => {
  let server;
  let browser;

  before(async () => {
    const vite = await import(
      join(web, "node_modules/vite/dist/node/index.js")
    );
    server = await vite.createServer({
      root: web,
      configFile: join(web, "vite.config.ts"),
      server: { host: "127.0.0.1", port: 0, hmr: false },
      logLevel: "error",
    });
    await server.listen();
    browser = await startBrowser();
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  it("decodes each clip to the length that was made", limit, async () => {
    const { page, nextTold } = await openPage(
      browser,
      server,
      `
      const { clips } = await (await fetch("/clips/clips.json")).json();
      const context = new OfflineAudioContext(1, 48000, 48000);
      const wrong = [];
      for (const [name, { seconds }] of Object.entries(clips)) {
        const file = await fetch("/clips/" + name + ".opus");
        const clip = await context.decodeAudioData(await file.arrayBuffer());
        const loudest = clip
          .getChannelData(0)
          .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
        if (Math.abs(clip.duration - seconds) > 0.01 || loudest < 0.1) {
          wrong.push([name, seconds, clip.duration, loudest]);
        }
      }
      window.tell(wrong);`,
    );
    assert.deepEqual(await nextTold(), []);
    assert.deepEqual(page.said, []);
    await page.context().close();
  });

  it("says a call for as long as its clips last", limit, async () => {
    const { page, nextTold } = await openPage(
      browser,
      server,
      `await say(${JSON.stringify(call)});`,
    );
    const { seconds, state } = await nextTold();
    assert.equal(state, "ready");
    const silence = seconds - (await clipSeconds(server, call));
    // The chime, two sentences and the pauses in them.
    assert.ok(silence > 3, `${silence} s besides the clips`);
    // Fetching takes its time while other tests run.
    assert.ok(silence < 15, `${silence} s besides the clips`);
    assert.deepEqual(page.said, []);
    await page.context().close();
  });

  it("waits for a gesture where the browser wants one", limit, async () => {
    const strict = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      headless: true,
      chromiumSandbox: false,
      args: ["--autoplay-policy=document-user-activation-required"],
    });
    try {
      const { page, nextTold } = await openPage(
        strict,
        server,
        `
        const said = ${JSON.stringify(short)};
        announcer.subscribe(() => {
          if (announcer.state === "ready") void say(said);
        });
        await say(said);`,
      );
      const blocked = await nextTold();
      assert.equal(blocked.state, "needs-gesture");
      const atLeast = await clipSeconds(server, short);
      assert.ok(blocked.seconds > atLeast, `${blocked.seconds} s`);
      await page.mouse.click(10, 10);
      const heard = await nextTold();
      assert.equal(heard.state, "ready");
      assert.ok(heard.seconds > atLeast, `${heard.seconds} s`);
    } finally {
      await strict.close();
    }
  });
});
