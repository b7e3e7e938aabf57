#ifndef MADOGUCHI_SERVICES_RPC_ADMISSION_H
#define MADOGUCHI_SERVICES_RPC_ADMISSION_H

#include "services/rpc/device_registry.h"
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_interceptor.h>
#include <memory>
#include <string>

namespace madoguchi::rpc {

/// Who is let in, and what each may do.
struct Admission {
  DeviceRegistry devices;
  MethodRoles methods;
};

/// Looks at every call before its handler does, and refuses
/// * without a token of a device, `authorization: Bearer TOKEN`:
///   kUnauthenticated, `DEVICE_UNKNOWN`;
/// * a method that the device's role may not call, or that no row is about:
///   kPermissionDenied, `ROLE_NOT_ALLOWED`;
/// * a request about another office, counter or device: kPermissionDenied,
///   `DEVICE_NOT_HERE`.
///
/// Health and readiness are open to all.
///
/// gRPC lets an interceptor refuse a call only when it is answered. So the
/// handler of a refused call is given an empty request, which names no office
/// and so must be refused by it, and whatever it answers is replaced.
///
/// `admission` must outlive the server. Every service there but health must be
/// of callbacks; a method that streams its answer must be one on bytes
/// (`WithRawCallbackMethod_`), any other one on messages, and none may take a
/// stream.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
MakeAdmissionInterceptor(Admission const& admission);

/// The id of the device that calls; empty where everybody is let in.
std::string DeviceOf(grpc::CallbackServerContext const& context);

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_ADMISSION_H
