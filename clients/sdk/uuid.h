#ifndef MADOGUCHI_CLIENTS_SDK_UUID_H
#define MADOGUCHI_CLIENTS_SDK_UUID_H

#include <string>

namespace madoguchi::sdk {

/// A random UUID (version 4), for the request id of one press. Thread safe.
std::string NewRequestId();

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_UUID_H
