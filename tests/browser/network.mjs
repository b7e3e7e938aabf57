import { connect, createServer } from "node:net";
import { once } from "node:events";

/**
 * The network between a browser and a server: it can be cut and mended.
 *
 * A cut is as of a pulled plug: nothing that was sent arrives, nobody is told,
 * and new connections get no answer. Mending it ends the old connections, as the
 * first packet after a long cut would.
 */
export class Network {
  #server;
  #target;
  #pairs = new Set();
  #cut = false;

  /** Carries connections to the port `target` of 127.0.0.1. */
  static async start(target) {
    const network = new Network();
    network.#target = target;
    network.#server = createServer({ allowHalfOpen: true }, (socket) =>
      network.#carry(socket),
    ).listen(0, "127.0.0.1");
    await once(network.#server, "listening");
    return network;
  }

  get port() {
    return this.#server.address().port;
  }

  cut() {
    this.#cut = true;
    for (const pair of this.#pairs) for (const end of pair) end.pause();
  }

  mend() {
    this.#cut = false;
    for (const pair of this.#pairs) for (const end of pair) end.destroy();
  }

  async stop() {
    this.mend();
    this.#server.close();
    await once(this.#server, "close");
  }

  #carry(from) {
    const to = this.#cut ? undefined : connect(this.#target, "127.0.0.1");
    const pair = to === undefined ? [from] : [from, to];
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      for (const other of pair) other.destroy();
    };
    for (const socket of pair) {
      socket.on("error", end);
      socket.on("close", end);
    }
    if (to === undefined) {
      from.pause();
      return;
    }
    from.on("data", (chunk) => this.#pass(from, to, chunk));
    to.on("data", (chunk) => this.#pass(to, from, chunk));
    from.on("end", () => to.end());
    to.on("end", () => from.end());
  }

  // What was read before the cut is lost with it.
  #pass(from, to, chunk) {
    if (this.#cut) return;
    if (!to.write(chunk)) {
      from.pause();
      to.once("drain", () => this.#cut || from.resume());
    }
  }
}
