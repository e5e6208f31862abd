// Client: the ProviderClient of thing.h's provider.
#pragma once

#include <string_view>

#include "provider_client.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "thing.h"

namespace conformance {

// Made before the client that serves it.
struct ThingProvider {
  ThingStore things;
  tfcpp::Provider provider = MakeProvider(things);
  tfcpp::NullLogger log;
  tfcpp::SystemClock clock;
};

class Client : private ThingProvider, public ProviderClient {
 public:
  Client();

  using ProviderClient::provider;
  ThingStore& store() { return things; }
  const tfcpp::Type& thing_type() const { return value_type(); }
  tfcpp::Value Thing(std::string_view text) const { return Parse(text); }

  void Configure() { ProviderClient::Configure(R"({host: "https://x"})"); }
  // Plan and apply of a new thing, which must succeed.
  Change Create(std::string_view config);
};

}  // namespace conformance
