import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/**
 * A program of ours that can be killed and started again as it was.
 *
 * It ends with this process, whatever happens: its parent's death is a signal
 * to it.
 */
export class Program {
  #command;
  #ready;
  #log;
  #child;

  /**
   * `command` is the program and its arguments; it is up once it has written
   * `ready`. Its output goes to the file `log`.
   */
  constructor(command, { ready, log }) {
    this.#command = command;
    this.#ready = ready;
    this.#log = log;
  }

  /** Starts it and waits until it is up. Throws with its last words if it ends. */
  async start() {
    const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", ...this.#command], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    const file = createWriteStream(this.#log, { flags: "a" });
    let said = "";
    await new Promise((up, failed) => {
      const hear = (chunk) => {
        file.write(chunk);
        if (said === undefined) return;
        said += chunk;
        if (!said.includes(this.#ready)) return;
        said = undefined;
        up();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("error", failed);
      child.once("exit", () => {
        file.end();
        failed(new Error(`${this.#command[0]} ended: ${said?.slice(-600)}`));
      });
    });
  }

  /** kill -9: it learns nothing of it. */
  async kill() {
    if (this.#child === undefined || this.#child.exitCode !== null) return;
    const exit = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exit;
  }

  get pid() {
    return this.#child.pid;
  }
}
