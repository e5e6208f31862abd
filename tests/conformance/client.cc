#include "client.h"

#include <gtest/gtest.h>

namespace conformance {

using tfcpp::Value;

Client::Client() : ProviderClient(ThingProvider::provider, log, clock) {}

Change Client::Create(std::string_view config) {
  Change change = Plan(Value::Null(thing_type()), Thing(config));
  EXPECT_FALSE(change.failed) << testing::PrintToString(Texts(change.diagnostics));
  Apply(change);
  EXPECT_FALSE(change.failed) << testing::PrintToString(Texts(change.diagnostics));
  return change;
}

}  // namespace conformance
