// What a page does, with the client that the pages use, at a real gateway:
//
//   node gateway_client.mjs BASE_URL DESCRIPTORS
//
// DESCRIPTORS is a file with the descriptors of proto/. Prints a line at the end
// if all is as it should be; else it ends with what is not.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [baseUrl, descriptors] = process.argv.slice(2);

// The packages are those of the pages.
const require = createRequire(
  new URL("../../clients/web/package.json", import.meta.url),
);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { createFileRegistry, fromBinary } = await load("@bufbuild/protobuf");
const { FileDescriptorSetSchema } = await load("@bufbuild/protobuf/wkt");
const { Code, ConnectError, createClient } = await load("@connectrpc/connect");
const { createGrpcWebTransport } = await load("@connectrpc/connect-web");

const registry = createFileRegistry(
  fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)),
);
const transport = createGrpcWebTransport({ baseUrl });
const clientOf = (service) =>
  createClient(
    registry.getService(`madoguchi.ticketing.v1.${service}`),
    transport,
  );

const office = "offices/honcho";
const counter = `${office}/counters/2`;
const tickets = clientOf("TicketService");
const counters = clientOf("CounterService");
const displays = clientOf("DisplayService");

// The error with which `promise` must end.
async function errorOf(promise) {
  try {
    await promise;
  } catch (error) {
    return ConnectError.from(error);
  }
  assert.fail("it should have failed");
}

async function unaryCallsAreAnswered() {
  const { services } = await tickets.listServices({ office });
  assert.ok(services.length > 3);
  assert.equal(services[0].displayName.ja.length > 0, true);
  const all = await Promise.all(
    Array.from({ length: 50 }, () => tickets.listServices({ office })),
  );
  assert.ok(all.every((each) => each.services.length === services.length));
}

async function errorsKeepTheirReason() {
  const error = await errorOf(
    counters.openCounter({
      counter: `${office}/counters/99`,
      staff: "hana",
      requestId: randomUUID(),
    }),
  );
  assert.equal(error.code, Code.NotFound);
  assert.match(error.rawMessage, /counter/i);
  const detail = error.details.find(
    (each) => each.type === "google.rpc.ErrorInfo",
  );
  const info = fromBinary(
    registry.getMessage("madoguchi.rpc.v1.ErrorInfo"),
    detail.value,
  );
  assert.equal(info.reason, "COUNTER_NOT_FOUND");
}

async function whatIsNotOfferedIsNotThere() {
  const error = await errorOf(
    tickets.issueTicket({
      office,
      service: "renew_self",
      requestId: randomUUID(),
    }),
  );
  assert.equal(error.code, Code.Unimplemented);
}

async function aDisplayIsToldOfACall() {
  const leaving = new AbortController();
  const stream = displays.watchOffice(
    { office },
    { signal: leaving.signal },
  );
  const updates = stream[Symbol.asyncIterator]();
  const first = (await updates.next()).value;
  assert.equal(first.update.case, "snapshot");

  const { session } = await counters.openCounter({
    counter,
    staff: "hana",
    requestId: randomUUID(),
  });
  // A visitor without a number is served on the spot, which all see.
  await counters.serveVisitor({
    counter,
    session,
    service: "consult",
    requestId: randomUUID(),
  });
  for (let seen = ""; seen !== "event"; ) {
    const { value, done } = await updates.next();
    assert.ok(!done);
    assert.ok(value.sequence >= first.sequence);
    seen = value.update.case;
  }
  leaving.abort();
  const error = await errorOf(
    (async () => {
      for (;;) if ((await updates.next()).done) return;
    })(),
  );
  assert.equal(error.code, Code.Canceled);
}

async function aDeadlineEndsAStream() {
  const error = await errorOf(
    (async () => {
      for await (const _ of displays.watchOffice(
        { office },
        { timeoutMs: 200 },
      ));
    })(),
  );
  assert.equal(error.code, Code.DeadlineExceeded);
}

await unaryCallsAreAnswered();
await errorsKeepTheirReason();
await whatIsNotOfferedIsNotThere();
await aDisplayIsToldOfACall();
await aDeadlineEndsAStream();
console.log("all is as it should be");
