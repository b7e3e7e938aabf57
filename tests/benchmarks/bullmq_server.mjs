// BullMQ behind a bare HTTP server: what an office would build from parts.
//
// POST /issue adds a job, /call takes the next one, /complete ends it. The
// answer to /call is the body of its /complete.

import http from 'node:http';
import {parseArgs} from 'node:util';
import {Queue, Worker} from 'bullmq';

const {values} = parseArgs({
  options: {redis: {type: 'string'}, port: {type: 'string'}},
});
const connection = {path: values.redis, maxRetriesPerRequest: null};
const token = 'benchmark';
const queue = new Queue('main', {connection});
// Without a processor: jobs are taken one by one, as a clerk does.
const worker = new Worker('main', null, {connection});
const held = new Map();

const routes = {
  '/issue': async (body) => {
    const job = await queue.add('ticket', JSON.parse(body));
    return {id: job.id};
  },
  '/call': async () => {
    const job = await worker.getNextJob(token, {block: false});
    if (!job) return {id: null};
    held.set(job.id, job);
    return {called: job.id};
  },
  '/complete': async (body) => {
    const id = JSON.parse(body).called;
    const job = held.get(id);
    held.delete(id);
    await job.moveToCompleted('done', token, false);
    return {completed: id};
  },
};

async function answer(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let status = 200;
  let body;
  try {
    body = await routes[request.url](Buffer.concat(chunks).toString());
  } catch (error) {
    status = 500;
    body = {error: String(error)};
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

await queue.waitUntilReady();
await worker.waitUntilReady();
const server = http.createServer(answer);
// Clients wait while the other side is measured, longer than Node lets them.
server.headersTimeout = 0;
server.requestTimeout = 0;
server.keepAliveTimeout = 0;
server.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`bullmq: ready on ${values.port}`);
});
