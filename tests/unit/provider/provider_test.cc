// How the provider binds its types to the workspace: whatever the configuration is worth, every type is bound, and the
// workspace says why it cannot be called.
#include "provider/provider.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string_view>

#include "provider/registry_webhook/facts.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/testing/value_matchers.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;

// Configure makes no call.
class NoTransport final : public tfcpp::rest::HttpTransport {
  tfcpp::Result<tfcpp::rest::HttpResponse> Send(const tfcpp::Context&, const tfcpp::rest::HttpRequest&) override {
    throw std::logic_error("a call");
  }
};

struct ProviderTest : testing::Test {
  tfcpp::test::FakeClock clock;
  tfcpp::NullLogger log;
  const tfcpp::Provider provider =
      MakeProvider({.clock = clock,
                    .environment = [](std::string_view) { return std::nullopt; },
                    .jitter = [] { return 0.0; },
                    .make_transport = [](const tfcpp::rest::CurlOptions&) { return std::make_unique<NoTransport>(); }});

  tfcpp::Configured Configure(std::string_view block) {
    return provider.configure({.stop = {}, .log = log}, {.config = tfcpp::V(block, provider.schema.ImpliedType()),
                                                         .terraform_version = "1.11.4"});
  }
};

TEST_F(ProviderTest, BindsEveryTypeWhateverTheConfigurationIsWorth) {
  const struct {
    const char* what;
    const char* block;
    bool known;
    const char* diagnostics;  // part of the only one; empty: none
    const char* host;         // as a fact; empty: none
  } rows[] = {
      {"configured", R"({host: "x.example", token: "t"})", true, "", "https://x.example"},
      {"configured, with a warning", R"({host: "x.example", token: "t", skip_verify: true, ca_cert_file: "/ca"})", true,
       "ca_cert_file", "https://x.example"},
      {"configured, tuning not known yet", R"({host: "x.example", token: "t", http_timeout_seconds: ?, rate_limit: ?})",
       true, "", "https://x.example"},
      {"no way to sign in", R"({host: "x.example"})", true, "DATABRICKS_TOKEN", "https://x.example"},
      {"no block", "null", true, "DATABRICKS_HOST", ""},
      {"host not known yet", R"({host: ?, token: "t"})", false, "", ""},
      {"file of authorities not known yet", R"({host: "x.example", token: "t", ca_cert_file: ?})", false, "", ""},
      {"a way to sign in that there is not", R"({host: "x.example", token: "t", auth_type: "gues"})", true, "gues",
       "https://x.example"},
      {"two ways to sign in", R"({host: "x.example", token: "t", username: "u", password: "p"})", true, "password", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const tfcpp::Configured configured = Configure(row.block);
    EXPECT_TRUE(configured.diagnostics.empty());
    EXPECT_TRUE(CheckBindings(provider, configured.services).empty());
    ASSERT_EQ(configured.services.size(), 2u);
    const tfcpp::Service& workspace = configured.services.front();
    EXPECT_EQ(workspace.known, row.known);
    ASSERT_EQ(workspace.diagnostics.items().size(), *row.diagnostics == '\0' ? 0u : 1u);
    if (*row.diagnostics != '\0') {
      EXPECT_THAT(workspace.diagnostics.items()[0].detail, HasSubstr(row.diagnostics));
    }
    EXPECT_EQ(ReadFacts(workspace.facts).workspace, row.host);
  }
}

}  // namespace
}  // namespace mlflow
