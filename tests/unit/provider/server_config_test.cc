// The provider block's half about an MLflow server: what it makes of values, and that neither half disturbs the other.
#include "provider/server_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <variant>

#include "provider/config.h"
#include "provider/server_client.h"
#include "support/scripted_transport.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/testing/value_matchers.h"

namespace mlflow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Texts = std::map<std::string, std::string>;

tfcpp::Value Block(std::string_view text) { return tfcpp::V(text, ProviderSchema().ImpliedType()); }

tfcpp::Environment Variables(Texts variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

std::string TextOf(const tfcpp::Service& service) {
  std::string text;
  for (const auto& item : service.diagnostics.items()) text += item.summary + ": " + item.detail + "\n";
  return text;
}

TEST(ServerAttributesTest, AreOfTheSchemaAndHideSecrets) {
  const tfcpp::Schema schema = ProviderSchema();
  for (const tfcpp::Attribute& attribute : ServerAttributes()) {
    ASSERT_NE(schema.Find(attribute.name), nullptr) << attribute.name;
    const bool secret = attribute.name == "tracking_password" || attribute.name == "tracking_token";
    EXPECT_EQ(attribute.sensitive, secret) << attribute.name;
    EXPECT_THAT(attribute.description, HasSubstr("`MLFLOW_")) << attribute.name;
  }
  EXPECT_EQ(std::get<tfcpp::Type>(schema.Find("tracking_insecure_tls")->type), tfcpp::Type::Bool());
}

TEST(ServerAttributesTest, WarnOfWhatIsWrongAndStopNobody) {
  const struct {
    const char* block;
    const char* told;  // "": nothing
    bool has_path;
  } kCases[] = {
      {R"({tracking_uri: "https://h/ml"})", "", false},
      {R"({tracking_uri: ""})", "", false},
      {"{tracking_uri: ?}", "", false},
      {R"({tracking_uri: "databricks"})", "its webhooks are `mlflow_webhook`", true},
      {R"({tracking_uri: "ftp://h"})", "begins with http:// or https://", true},
      {R"({tracking_uri: "https://me:canary@h"})", "user information", false},
      {R"({tracking_uri: "https://h?canary"})", "a query or a fragment", false},
      {R"({tracking_uri: "https://h#canary"})", "a query or a fragment", false},
      {R"({tracking_workspace: "Team A"})", "lower-case letters", true},
      {R"({tracking_workspace: "team-a"})", "", false},
  };
  for (const auto& each : kCases) {
    const auto told = tfcpp::ValidateConfig(ProviderSchema(), {}, Block(each.block), {});
    EXPECT_FALSE(told.has_error()) << each.block;
    ASSERT_EQ(told.items().empty(), std::string_view(each.told).empty()) << each.block;
    if (told.items().empty()) continue;
    EXPECT_THAT(told.items()[0].detail, AllOf(HasSubstr(each.told), Not(HasSubstr("canary"))));
    EXPECT_EQ(!told.items()[0].path.empty(), each.has_path) << each.block;
  }
}

TEST(ServerAttributesTest, AHostThatIsNoneStopsNobodyEither) {
  for (const char* host : {"ftp://x", "not a host", "https://", "https://me:canary@h", "ftp://h?canary"}) {
    const tfcpp::Value block = Block(tfcpp::Concat(R"({tracking_uri: "https://h/ml", host: ")", host, R"("})"));
    const auto told = tfcpp::ValidateConfig(ProviderSchema(), {}, block, {});
    EXPECT_FALSE(told.has_error()) << host;
    ASSERT_EQ(told.items().size(), 1u) << host;
    EXPECT_EQ(told.items()[0].summary, "Unusable host");
    EXPECT_THAT(told.items()[0].detail, Not(HasSubstr("canary")));
    EXPECT_EQ(told.items()[0].path.empty(), std::string_view(host).find("canary") != std::string_view::npos) << host;
    tfcpp::Service workspace;
    EXPECT_FALSE(ConfigureWorkspace(block, Variables({}), workspace).has_value());
    EXPECT_TRUE(workspace.diagnostics.has_error()) << host;
  }
}

// What is set of one half, whether that is known and whether it can be used; the other half is set and fine.
TEST(ConfigureServerTest, NeitherHalfDisturbsTheOther) {
  constexpr char kWorkspace[] = R"(host: "x.example", token: "t")";
  constexpr char kServer[] = R"(tracking_uri: "http://localhost:5000")";
  const struct {
    std::string block;
    Texts variables;
    bool workspace_ready;
    bool server_ready;
  } kCases[] = {
      {std::string("{") + kWorkspace + ", " + kServer + "}", {}, true, true},
      {std::string("{") + kWorkspace + "}", {}, true, false},
      {std::string("{") + kServer + "}", {}, false, true},
      {std::string("{") + kWorkspace + R"(, tracking_uri: "ftp://x"})", {}, true, false},
      {std::string("{") + kWorkspace + ", tracking_uri: ?}", {}, true, false},
      {std::string("{") + kWorkspace + ", tracking_password: ?}", {}, true, false},
      {std::string("{") + kServer + ", host: ?}", {}, false, true},
      {std::string("{") + kServer + R"(, host: "ftp://x"})", {}, false, true},
      {std::string("{") + kWorkspace + "}", {{"MLFLOW_TRACKING_URI", "databricks"}}, true, false},
      {std::string("{") + kWorkspace + "}", {{"MLFLOW_TRACKING_URI", "sqlite:///m.db"}}, true, false},
      {std::string("{") + kWorkspace + "}", {{"MLFLOW_TRACKING_USERNAME", "u"}}, true, false},
      {std::string("{") + kServer + "}", {{"DATABRICKS_CONFIG_PROFILE", "none"}}, false, true},
      {std::string("{") + kServer + ", rate_limit: ?, http_timeout_seconds: ?, skip_verify: ?}", {}, false, true},
      {std::string("{") + kWorkspace + ", " + kServer + ", ca_cert_file: ?}", {}, false, false},
  };
  for (const auto& each : kCases) {
    tfcpp::Service workspace;
    tfcpp::Service server;
    const tfcpp::Value block = Block(each.block);
    const bool has_workspace = ConfigureWorkspace(block, Variables(each.variables), workspace).has_value();
    const bool has_server = ConfigureServer(block, Variables(each.variables), server).has_value();
    EXPECT_EQ(has_workspace, each.workspace_ready) << each.block << TextOf(workspace);
    EXPECT_EQ(has_server, each.server_ready) << each.block << TextOf(server);
    EXPECT_EQ(workspace.ready(), each.workspace_ready) << each.block;
    EXPECT_EQ(server.ready(), each.server_ready) << each.block;
    EXPECT_THAT(TextOf(workspace), Not(HasSubstr("tracking_"))) << each.block;
    EXPECT_THAT(TextOf(server), Not(HasSubstr("DATABRICKS"))) << each.block;
  }
}

TEST(ConfigureServerTest, SaysWhatIsMissing) {
  tfcpp::Service server;
  EXPECT_FALSE(ConfigureServer(Block("{}"), Variables({}), server).has_value());
  EXPECT_THAT(TextOf(server), AllOf(HasSubstr("MLflow server is not configured"), HasSubstr("tracking_uri"),
                                    HasSubstr("MLFLOW_TRACKING_URI")));
  tfcpp::Service named;
  const auto variables = Variables({{"MLFLOW_TRACKING_URI", "databricks"}});
  EXPECT_FALSE(ConfigureServer(Block("{}"), variables, named).has_value());
  EXPECT_THAT(TextOf(named), HasSubstr("its webhooks are `mlflow_webhook`"));
}

// What the transport of the server is made with, and what goes out.
struct Made {
  tfcpp::rest::CurlOptions options;
  std::vector<tfcpp::rest::HttpRequest> requests;
};

Made CallOnce(const std::string& block, const Texts& variables = {}) {
  Made made;
  tfcpp::Service service;
  const auto config = ConfigureServer(Block(block), Variables(variables), service);
  if (!config.has_value()) throw std::logic_error(TextOf(service));
  tfcpp::test::FakeClock clock;
  tfcpp::test::ScriptedTransport* transport = nullptr;
  const TransportFactory factory = [&](const tfcpp::rest::CurlOptions& options) {
    made.options = options;
    auto scripted = std::make_unique<tfcpp::test::ScriptedTransport>(
        std::initializer_list<tfcpp::Result<tfcpp::rest::HttpResponse>>{tfcpp::test::Answer(200, "3.17.2")});
    transport = scripted.get();
    return scripted;
  };
  ServerClient client(*config, Variables(variables), "agent", clock, [] { return 0.0; }, factory, {});
  tfcpp::NullLogger log;
  if (!client.api().Version({{}, log}).has_value()) throw std::logic_error("no version");
  made.requests = transport->requests;
  return made;
}

TEST(ServerClientTest, SignsInAsConfigured) {
  const auto signature = [](const std::string& block) {
    return tfcpp::rest::FindHeader(CallOnce(block).requests.at(0).headers, "Authorization").value_or("");
  };
  constexpr char kUri[] = R"(tracking_uri: "http://localhost")";
  EXPECT_EQ(signature(std::string("{") + kUri + "}"), "");
  EXPECT_EQ(signature(std::string("{") + kUri + R"(, tracking_token: "t"})"), "Bearer t");
  EXPECT_EQ(signature(std::string("{") + kUri + R"(, tracking_username: "u", tracking_password: "p"})"), "Basic dTpw");
}

TEST(ServerClientTest, EachServiceHasItsOwnSwitchAndBothTheFileOfAuthorities) {
  EXPECT_TRUE(CallOnce(R"({tracking_uri: "https://h", skip_verify: true})").options.verify_tls);
  EXPECT_FALSE(CallOnce(R"({tracking_uri: "https://h", tracking_insecure_tls: true})").options.verify_tls);
  const auto both = CallOnce(R"({tracking_uri: "https://h", ca_cert_file: "/ca", http_timeout_seconds: 7})",
                             {{"SSL_CERT_FILE", "/system"}, {"HTTPS_PROXY", "http://proxy"}});
  EXPECT_THAT(both.options.if_untrusted, AllOf(HasSubstr("tracking_server_cert_path"), HasSubstr("ca_cert_file"),
                                               HasSubstr("tracking_insecure_tls"), Not(HasSubstr("skip_verify"))));
  EXPECT_THAT(both.options.if_certificate_refused, HasSubstr("tracking_client_cert_path"));
  EXPECT_EQ(both.options.extra_ca_file, "/ca");
  EXPECT_EQ(both.options.ca_file, "/system");
  EXPECT_EQ(both.options.https_proxy, "http://proxy");
  EXPECT_EQ(both.options.timeout, std::chrono::seconds(7));
}

}  // namespace
}  // namespace mlflow
