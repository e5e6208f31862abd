// A provider of two services for the conformance tests: `pair`, with a `north` and a `south` that know nothing of each
// other. Each has a resource, a data source and a list `pair_<side>` and an action `pair_<side>_ring`.
//
// Of the provider block `<side>_host` and `<side>_token` are one service's, `ca_cert_file` is both's, and `timeout` is
// tuning, whose default holds as long as it is not known.
#pragma once

#include "tfcpp/framework/provider.h"

namespace conformance {

inline constexpr const char* kSides[] = {"north", "south"};

tfcpp::Provider MakePairProvider();

}  // namespace conformance
