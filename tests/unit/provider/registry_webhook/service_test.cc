// A webhook keeps its id when its model is renamed: what is gone, what is not, and what that costs.
#include "provider/registry_webhook/service.h"

#include <gmock/gmock.h>

#include "unit/provider/registry_webhook/service_fixture.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using tfcpp::rest::HttpRequest;
using tfcpp::rest::HttpResponse;

class RenamedModelTest : public ServiceTest {
 protected:
  RenamedModelTest() { transport_.token = "dapi"; }
  void SetUser(workspace::User user) {
    workspace::Settings settings = space_.settings();
    settings.users = {{"dapi", std::move(user)}};
    space_.set_settings(settings);
  }
  void SetModels(std::set<std::string, std::less<>> models) {
    workspace::Settings settings = space_.settings();
    settings.models = std::move(models);
    space_.set_settings(settings);
  }
  // Refuses to list everything with this answer.
  void RefuseAll(HttpResponse answer) {
    transport_.intercept = [answer](const HttpRequest& request) -> Intercepted {
      if (request.url.find("model_name=") != std::string::npos) return std::nullopt;
      return answer;
    };
  }
  std::size_t Lists() const { return Count("GET list"); }
};

TEST_F(RenamedModelTest, AHitByIdIsTheWebhookWhateverItsModel) {
  Put("7", "new");
  for (const bool old_exists : {true, false}) {
    SetModels(old_exists ? std::set<std::string, std::less<>>{"old", "new"}
                         : std::set<std::string, std::less<>>{"new"});
    const auto found = service_.Find(context_, {"7", "old"});
    ASSERT_TRUE(found.value().webhook.has_value()) << old_exists;
    EXPECT_EQ(found->webhook->model_name, "new");
    EXPECT_FALSE(found->by_its_model_alone);
    // Data sources keep their filter.
    const auto listed = service_.FindListed(context_, {"7", "old"});
    EXPECT_TRUE(!listed->has_value() || (*listed)->model_name == "new");
  }
}

TEST_F(RenamedModelTest, EverythingIsAskedOnceARun) {
  for (int i = 0; i < 5; ++i) Put("there-" + std::to_string(i), "new");
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(Finds("gone-" + std::to_string(i), "old"));
    EXPECT_TRUE(Finds("there-" + std::to_string(i), "old"));
    clock_.Advance(std::chrono::seconds(1));
  }
  EXPECT_EQ(Lists(), 2u);  // the model's, and everything
  clock_.Advance(std::chrono::minutes(10));
  EXPECT_FALSE(Finds("gone", "old"));
  EXPECT_EQ(Lists(), 3u);  // the model's again; everything has lacked it all along
}

// What was there once may be gone by now.
TEST_F(RenamedModelTest, AnOldListingIsNotBelievedThatItIsThere) {
  Put("7", "new");
  EXPECT_TRUE(Finds("7", "old"));
  space_.Remove("7");
  clock_.Advance(std::chrono::minutes(1));
  EXPECT_FALSE(Finds("7", "old"));
}

TEST_F(RenamedModelTest, WhereEverythingIsRefusedTheModelsWordCounts) {
  Put("7", "new");
  SetUser({.admin = false, .models = {"old"}});
  for (const char* id : {"7", "8"}) {
    const auto found = service_.Find(context_, {id, "old"});
    EXPECT_FALSE(found.value().webhook.has_value());
    EXPECT_TRUE(found->by_its_model_alone);
  }
  EXPECT_EQ(Lists(), 2u);  // the model's and, once, everything
}

TEST_F(RenamedModelTest, ADeleteOfUnknownOutcomeNeedsMoreThanItsModelsWord) {
  Put("7", "new");
  SetUser({.admin = false, .models = {"old"}});
  transport_.intercept = [](const HttpRequest& request) -> Intercepted {
    if (request.method != tfcpp::rest::Method::kDelete) return std::nullopt;
    return HttpResponse{.status = 204, .headers = {}, .body = ""};
  };
  const auto deleted = service_.Delete(context_, {"7", "old"});
  ASSERT_FALSE(deleted.has_value());
  EXPECT_THAT(deleted.error().message, HasSubstr("could not be found out"));
}

TEST_F(RenamedModelTest, OnlyTheServicesOwnWordIsARefusal) {
  SetModels({"old"});
  const std::pair<int, const char*> kAnswers[] = {
      {401, R"({"error_code": "UNAUTHENTICATED"})"},
      {403, R"({"error_code": 403, "message": "Invalid access token."})"},
      {403, ""},
      {403, "<html>"},
      {500, R"({"error_code": "PERMISSION_DENIED_NOT"})"},
      {200, R"({"error_code": "PERMISSION_DENIED"})"},
      {404, ""},
      {503, ""},
  };
  for (const auto& [status, body] : kAnswers) {
    RefuseAll({.status = status, .headers = {}, .body = body});
    EXPECT_FALSE(service_.Find(context_, {"7", "old"}).has_value()) << status << body;
  }
}

TEST_F(RenamedModelTest, AnOddEntryAnywhereMakesGoneUnprovable) {
  workspace::Settings settings;
  settings.odd_members["odd"] = {{"id", tfcpp::Json::Int(7)}};
  space_.set_settings(settings);
  Put("odd", "new");
  EXPECT_THAT(service_.Find(context_, {"7", "old"}).error().message, HasSubstr("id is no text"));
  EXPECT_THAT(service_.Find(context_, {"7", ""}).error().message, HasSubstr("id is no text"));
}

}  // namespace
}  // namespace mlflow
