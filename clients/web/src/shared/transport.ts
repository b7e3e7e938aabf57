import type { Interceptor, Transport } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

/** Speaks gRPC-Web to the server that the page came from. */
export function makeTransport(token: string): Transport {
  const show: Interceptor = (next) => (request) => {
    if (token !== "") request.header.set("authorization", `Bearer ${token}`);
    return next(request);
  };
  return createGrpcWebTransport({
    baseUrl: window.location.origin,
    interceptors: [show],
  });
}
