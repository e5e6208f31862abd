#include "provider/server_webhook/list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "provider/server_webhook/identity.h"
#include "tfcpp/testing/value_matchers.h"
#include "unit/provider/server_webhook/recorded_webhook.h"
#include "unit/provider/server_webhook/server_in_process.h"

namespace mlflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ServerListTest : public ServerInProcess {
 protected:
  ServerListTest() {
    Configure(kServer);
    answer_ = [](const HttpRequest& request) {
      if (request.url.find("server-info") != std::string::npos) return Said(200, R"({"workspaces_enabled": true})");
      return Lists({RecordedWebhook("b", "chat", "https://me:canary@hooks.example:8443/T0/canary?t=canary"),
                    RecordedWebhook("a", "ci", "http://10.0.0.1", R"("status": "DISABLED", "description": "d")")});
    };
  }
  // Names, then errors; stops after `most`.
  std::vector<std::string> List(std::string_view config, std::size_t most = 100, bool include_state = false) {
    std::vector<std::string> seen;
    const auto diagnostics = service_->lists.at(kServerWebhookTypeName)
                                 ->List(context_,
                                        {.config = tfcpp::V(config, ServerWebhookListType().schema.ImpliedType()),
                                         .include_state = include_state},
                                        [&](const tfcpp::ListedResource& listed) {
                                          seen.push_back(listed.display_name);
                                          listed_ = listed;
                                          return seen.size() < most;
                                        });
    for (const auto& item : diagnostics.items()) seen.push_back("error: " + item.summary);
    return seen;
  }
  tfcpp::ListedResource listed_;
};

TEST_F(ServerListTest, NamesWhatPeopleRecogniseAndNoMoreOfAUrlThanItsHost) {
  EXPECT_THAT(List("{}"), ElementsAre("ci (10.0.0.1)", "chat (hooks.example:8443)"));
  EXPECT_THAT(List(R"({workspace: "team-a"})"),
              ElementsAre("ci (team-a, 10.0.0.1)", "chat (team-a, hooks.example:8443)"));
}

TEST_F(ServerListTest, FiltersAndStops) {
  EXPECT_THAT(List(R"({status: "DISABLED"})"), ElementsAre(StartsWith("ci")));
  EXPECT_THAT(List(R"({url_prefix: "https://hooks.example/"})"), ElementsAre());
  EXPECT_THAT(List("{}", 1), ElementsAre(StartsWith("ci")));
}

TEST_F(ServerListTest, GivesIdentityAndState) {
  List(R"({name: "ci"})");
  EXPECT_EQ(listed_.identity.ToString(), R"({id: "a", tracking_uri: "https://mlflow.example.com", workspace: null})");
  EXPECT_EQ(listed_.identity.type(), ServerWebhookIdentitySchema().ImpliedType());
  EXPECT_FALSE(listed_.state.has_value());
  List(R"({name: "ci"})", 100, true);
  ASSERT_TRUE(listed_.state.has_value());
  EXPECT_EQ(listed_.state->type(), ServerWebhookSchema().ImpliedType());
  EXPECT_TRUE(listed_.state->is_wholly_known());
  EXPECT_EQ(listed_.state->Get("description").ToString(), R"("d")");
}

// The identity has the workspace that is meant; the state only one that is not the provider's own, as a configuration.
TEST_F(ServerListTest, TellsTheWorkspace) {
  Configure(kServer, "team-a");
  const struct {
    const char* config;
    const char* identity;
    const char* state;
  } rows[] = {{"{}", R"("team-a")", "null"},
              {R"({workspace: "team-a"})", R"("team-a")", "null"},
              {R"({workspace: "team-b"})", R"("team-b")", R"("team-b")"}};
  for (const auto& row : rows) {
    List(row.config, 1, true);
    EXPECT_EQ(listed_.identity.Get("workspace").ToString(), row.identity);
    EXPECT_EQ(listed_.state->Get("workspace").ToString(), row.state);
    EXPECT_EQ(tfcpp::Concat("\"", WorkspaceIn(transport_->requests.back()), "\""), row.identity);
  }
}

TEST_F(ServerListTest, AListingIsCompleteOrAnError) {
  answer_ = [](const HttpRequest&) { return Said(403, "Permission denied", "text/html"); };
  EXPECT_THAT(List("{}"), ElementsAre("error: Cannot list the webhooks"));
}

}  // namespace
}  // namespace mlflow
