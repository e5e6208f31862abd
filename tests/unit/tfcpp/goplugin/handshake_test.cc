#include "tfcpp/goplugin/handshake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace tfcpp::goplugin {
namespace {

using ::testing::HasSubstr;

constexpr char kCookie[] = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
using Variables = std::map<std::string, std::string>;

Result<HostContract> Read(Variables variables) {
  return ReadHostContract(
      [&](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(std::string(name));
        if (found == variables.end()) return std::nullopt;
        return found->second;
      },
      "the-program");
}

struct RefusedCase {
  const char* what;
  Variables variables;
  const char* words;
};

TEST(ReadHostContractTest, RefusesWhatIsNoHost) {
  const RefusedCase kCases[] = {
      {"by hand", {}, "-debug"},
      {"empty cookie", {{"TF_PLUGIN_MAGIC_COOKIE", ""}}, "Terraform starts it by itself"},
      {"other cookie", {{"TF_PLUGIN_MAGIC_COOKIE", "x"}}, "Terraform starts it by itself"},
      {"only 5", {{"TF_PLUGIN_MAGIC_COOKIE", kCookie}, {"PLUGIN_PROTOCOL_VERSIONS", "5"}}, "offers 5"},
      {"4 and 5", {{"TF_PLUGIN_MAGIC_COOKIE", kCookie}, {"PLUGIN_PROTOCOL_VERSIONS", "4,5"}}, "offers 4,5"},
      {"16", {{"TF_PLUGIN_MAGIC_COOKIE", kCookie}, {"PLUGIN_PROTOCOL_VERSIONS", "16,60"}}, "protocol 6"},
  };
  for (const RefusedCase& c : kCases) {
    const auto contract = Read(c.variables);
    ASSERT_FALSE(contract.has_value()) << c.what;
    EXPECT_EQ(contract.error().code, ErrorCode::kInvalidArgument) << c.what;
    EXPECT_THAT(contract.error().message, HasSubstr("the-program")) << c.what;
    EXPECT_THAT(contract.error().message, HasSubstr(c.words)) << c.what;
  }
}

struct AcceptedCase {
  const char* what;
  Variables variables;  // beside the cookie
  std::string certificate, folder;
  bool multiplex;
};

TEST(ReadHostContractTest, TakesWhatTheHostSays) {
  const AcceptedCase kCases[] = {
      {"an old host", {}, "", "", false},
      {"6 alone", {{"PLUGIN_PROTOCOL_VERSIONS", "6"}}, "", "", false},
      {"Terraform", {{"PLUGIN_PROTOCOL_VERSIONS", "5,6"}, {"PLUGIN_CLIENT_CERT", "PEM"}}, "PEM", "", false},
      {"later protocols too", {{"PLUGIN_PROTOCOL_VERSIONS", "7,6,5"}}, "", "", false},
      {"a newer go-plugin",
       {{"PLUGIN_UNIX_SOCKET_DIR", "/d"}, {"PLUGIN_MULTIPLEX_GRPC", "true"}, {"PLUGIN_CLIENT_CERT", ""}},
       "",
       "/d",
       true},
      // The field's mere presence asks for the answer; "false" comes as a value too.
      {"multiplex false", {{"PLUGIN_MULTIPLEX_GRPC", "false"}}, "", "", true},
  };
  for (AcceptedCase c : kCases) {
    c.variables["TF_PLUGIN_MAGIC_COOKIE"] = kCookie;
    const auto contract = Read(c.variables);
    ASSERT_TRUE(contract.has_value()) << c.what;
    EXPECT_EQ(contract->client_certificate, c.certificate) << c.what;
    EXPECT_EQ(contract->socket_folder, c.folder) << c.what;
    EXPECT_EQ(contract->wants_multiplex_field, c.multiplex) << c.what;
  }
}

TEST(HandshakeLineTest, HasSixOrSevenFields) {
  EXPECT_EQ(HandshakeLine("unix", "/tmp/x/plugin", "QUJD", false), "1|6|unix|/tmp/x/plugin|grpc|QUJD\n");
  EXPECT_EQ(HandshakeLine("unix", "/tmp/x/plugin", "", false), "1|6|unix|/tmp/x/plugin|grpc|\n");
  EXPECT_EQ(HandshakeLine("unix", "@name", "QUJD", true), "1|6|unix|@name|grpc|QUJD|false\n");
}

TEST(ReattachValueTest, IsWhatTerraformReads) {
  EXPECT_EQ(ReattachValue("registry.example.com/acme/example", "unix", "/tmp/x/plugin", 42),
            R"({"registry.example.com/acme/example":{"Protocol":"grpc","ProtocolVersion":6,"Pid":42,"Test":true,)"
            R"("Addr":{"Network":"unix","String":"/tmp/x/plugin"}}})");
}

}  // namespace
}  // namespace tfcpp::goplugin
