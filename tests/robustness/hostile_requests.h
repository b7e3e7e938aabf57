#ifndef MADOGUCHI_TESTS_ROBUSTNESS_HOSTILE_REQUESTS_H
#define MADOGUCHI_TESTS_ROBUSTNESS_HOSTILE_REQUESTS_H

#include <google/protobuf/descriptor.h>
#include <map>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// What visitors and clerks must never get into the house's records, each in a
/// form that is to be found again: numbers, a PIN, a birth date, a telephone
/// number, an address, the number of a document.
std::vector<std::string> const& Planted();

/// How many requests were sent, and how many of them were taken.
struct Sown {
  int sent = 0;
  int taken = 0;
};

/// Sends `target` each method of `service` that answers once, with each of
/// `Planted` in each field that takes text, one at a time; the others have what
/// `usual` says for a field of that name, so that as much as can be is lawful.
/// Blocks.
Sown Sow(std::string const& target,
         google::protobuf::ServiceDescriptor const& service,
         std::map<std::string, std::string> const& usual);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_HOSTILE_REQUESTS_H
