import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Network } from "./network.mjs";
import { freePort, Program } from "./process.mjs";

const root = join(import.meta.dirname, "../..");
const bin = process.env.PROGRAMS_FOLDER ?? join(root, "build/release/bin");
const pages = process.env.PAGES_FOLDER ?? join(root, "build/web");

/** What opens the staff corner of the house's kiosk. */
export const staffKey = "4711";

/**
 * A whole house on this machine: Redis, ticketing, renewal, the gateway with the
 * pages, and a ticket machine that serves its kiosk page and prints to a file. Each is
 * a process that a test may kill; between the browser and each server there is a
 * network that a test may cut.
 *
 * Office time begins at ten in the morning of an open day and runs as the
 * machine's, so that no test meets a change of day.
 */
export class House {
  #folder;

  static async start({ devices } = {}) {
    const house = new House();
    const folder = await mkdtemp(join(tmpdir(), "house-"));
    house.#folder = folder;
    house.slips = join(folder, "slips.txt");
    const log = (name) => join(folder, `${name}.log`);
    const [ticketing, renewal, gateway, kiosk] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const tenOClock = Date.UTC(2026, 5, 1, 1, 0);
    const clock = [
      ...["--clock", "scaled"],
      ...["--clock_scale", `1,${tenOClock},${Date.now()}`],
    ];
    const settings = join(root, "deploy/config/example-city.textproto");

    house.redis = new Program(
      [
        "redis-server",
        join(root, "deploy/redis/redis.conf"),
        "--dir",
        folder,
        "--unixsocket",
        join(folder, "redis.sock"),
        "--aclfile",
        join(root, "deploy/redis/users.acl"),
      ],
      { ready: "eady to accept connections", log: log("redis") },
    );
    house.ticketing = new Program(
      [
        join(bin, "ticketing"),
        ...["--settings", settings],
        ...["--listen", `127.0.0.1:${ticketing}`],
        ...["--redis", `unix:${join(folder, "redis.sock")}`],
        ...clock,
        ...(devices === undefined ? [] : ["--devices", devices]),
      ],
      { ready: "ticketing: ready on", log: log("ticketing") },
    );
    house.renewal = new Program(
      [
        join(bin, "renewal"),
        ...["--settings", settings],
        ...["--listen", `127.0.0.1:${renewal}`],
        ...["--redis", `unix:${join(folder, "redis.sock")}`],
        ...["--ticketing", `127.0.0.1:${ticketing}`],
        ...clock,
      ],
      { ready: "renewal: ready on", log: log("renewal") },
    );
    house.gateway = new Program(
      [
        join(bin, "gateway"),
        ...["--listen", `house=127.0.0.1:${gateway}`],
        ...["--ticketing", `127.0.0.1:${ticketing}`],
        ...["--renewal", `127.0.0.1:${renewal}`],
        ...["--pages", pages],
      ],
      { ready: "gateway: ready on", log: log("gateway") },
    );
    house.machine = new Program(
      [
        join(bin, "ticket_machine"),
        ...["--target", `127.0.0.1:${ticketing}`],
        ...["--renewal", `127.0.0.1:${renewal}`],
        ...["--office", "honcho"],
        ...["--journal", join(folder, "journal")],
        ...["--printer", house.slips],
        ...["--page_listen", `127.0.0.1:${kiosk}`],
        ...["--pages", pages],
        ...["--public_url", "https://madoguchi.example/"],
        ...["--staff_key", staffKey],
      ],
      { ready: "ticket_machine: ready on", log: log("ticket_machine") },
    );
    try {
      for (const program of house.programs) await program.start();
      house.hallNetwork = await Network.start(gateway);
      house.kioskNetwork = await Network.start(kiosk);
    } catch (failure) {
      await house.stop();
      throw failure;
    }
    return house;
  }

  /** How often each number is on paper. */
  async readSlips() {
    const paper = await readFile(this.slips, "utf8").catch(() => "");
    const counts = {};
    for (const [, number] of paper.matchAll(/番号札 (\w+)/g)) {
      counts[number] = (counts[number] ?? 0) + 1;
    }
    return counts;
  }

  /** In the order in which they are started. */
  get programs() {
    return [
      this.redis,
      this.ticketing,
      this.renewal,
      this.gateway,
      this.machine,
    ];
  }

  /** The address of a page: `display`, `counter`, `kiosk` or `index`. */
  page(name, parameters = {}) {
    const query = new URLSearchParams({ office: "honcho", ...parameters });
    const host = name === "index" ? "localhost" : `${name}.localhost`;
    const { port } = name === "kiosk" ? this.kioskNetwork : this.hallNetwork;
    return `http://${host}:${port}/?${query}`;
  }

  async stop() {
    await this.hallNetwork?.stop();
    await this.kioskNetwork?.stop();
    for (const program of this.programs.reverse()) await program.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
