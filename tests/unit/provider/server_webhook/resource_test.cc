// What mlflow_server_webhook does with a server: when a webhook is gone, what updates send and refuse, and in which
// MLflow workspace.
#include "provider/server_webhook/resource.h"

#include <gmock/gmock.h>

#include <string>

#include "provider/server_webhook/identity.h"
#include "unit/provider/server_webhook/server_in_process.h"

namespace mlflow {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tfcpp::ResourceOutput;
using tfcpp::Value;
using tfcpp::rest::Method;

Value With(const char* attribute, const Value& value) { return ServerConfig(kPlain).With(attribute, value); }

class ServerResourceTest : public ServerInProcess {
 protected:
  ServerResourceTest() { Configure(kServer); }
};

TEST_F(ServerResourceTest, CreateReadUpdateDelete) {
  answer_ = [](const HttpRequest& request) {
    return request.method == Method::kDelete ? Said(200, "{}") : Has(Webhook("7"));
  };
  const ResourceOutput created = Create(ServerConfig(kPlain));
  EXPECT_EQ(Summaries(created.diagnostics), "");
  EXPECT_EQ(created.state, ServerConfig(kPlainState));
  EXPECT_EQ(created.identity, ServerWebhookIdentity(kServer, "", "7"));
  const ResourceOutput read = Read(created);
  EXPECT_EQ(read.state, created.state);
  EXPECT_TRUE(Delete(read).state.is_null());
  EXPECT_THAT(Asked(), ElementsAre("POST webhooks", "GET webhooks/7", "DELETE webhooks/7"));
}

// Gone is one thing only: 404 in JSON with its code, and a listing of the same workspace that answers 200.
TEST_F(ServerResourceTest, GoneIsSaidByTheWebhookAndByItsWorkspace) {
  const HttpResponse kUnknownWorkspace = Refused(404, "RESOURCE_DOES_NOT_EXIST", "Workspace 'x' not found");
  const struct {
    const char* what;
    HttpResponse webhook;
    HttpResponse listing;
    bool gone;
  } kCases[] = {
      {"gone", Missing(), Lists({}), true},
      {"gone, others are there", Missing(), Lists({Webhook("8")}), true},
      {"an empty listing", Missing(), Said(200, "{}"), true},
      {"no such workspace", kUnknownWorkspace, kUnknownWorkspace, false},
      {"the listing's workspace is unknown", Missing(), kUnknownWorkspace, false},
      {"another server", Missing(), Page(404), false},
      {"another server's page", Missing(), Page(200), false},
      {"no right to list", Missing(), Said(403, "Permission denied", "text/html"), false},
      {"not signed in", Missing(), Said(401, "You are not authenticated.", "text/html"), false},
      {"a server that is down", Missing(), Page(500), false},
      {"a lost key", Missing(), Refused(500, "INTERNAL_ERROR", ""), false},
      {"no listing", Missing(), Said(200, "[]"), false},
      {"a page", Page(404), Lists({}), false},
      {"another code", Refused(404, "NOT_FOUND", "x"), Lists({}), false},
      {"an old server", Refused(404, "ENDPOINT_NOT_FOUND", "x"), Lists({}), false},
      {"another status", Refused(400, "RESOURCE_DOES_NOT_EXIST", "x"), Lists({}), false},
      {"another method", Page(405), Lists({}), false},
      {"a lost key of the webhook", Refused(500, "INTERNAL_ERROR", ""), Lists({}), false},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    clock_.Advance(std::chrono::seconds(11));
    answer_ = [&](const HttpRequest& request) { return IsListing(request) ? c.listing : c.webhook; };
    const ResourceOutput read = Read(Tracked());
    EXPECT_EQ(read.state.is_null(), c.gone) << Told(read.diagnostics);
    EXPECT_EQ(read.diagnostics.has_error(), !c.gone);
    EXPECT_EQ(read.private_data == Tracked().private_data, !c.gone);
    clock_.Advance(std::chrono::seconds(11));
    const ResourceOutput deleted = Delete(Tracked());
    EXPECT_EQ(deleted.state.is_null(), c.gone) << Told(deleted.diagnostics);
    EXPECT_EQ(deleted.diagnostics.has_error(), !c.gone);
    clock_.Advance(std::chrono::seconds(11));
    const ResourceOutput updated = Apply(With("name", Value::String("m")), Tracked());
    EXPECT_EQ(updated.state, ServerConfig(kPlainState));
    EXPECT_TRUE(updated.diagnostics.has_error());
    EXPECT_EQ(Told(updated.diagnostics).find("Plan and apply again") != std::string::npos, c.gone);
  }
}

TEST_F(ServerResourceTest, AListingSpeaksForItsWorkspaceForTenSeconds) {
  answer_ = [](const HttpRequest& request) { return IsListing(request) ? Lists({}) : Missing(); };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Read(Tracked()).state.is_null());
  EXPECT_THAT(Asked(), ElementsAre("GET webhooks/7", "GET webhooks", "GET webhooks/7", "GET webhooks/7"));
  clock_.Advance(std::chrono::milliseconds(10'001));
  EXPECT_TRUE(Read(Tracked()).state.is_null());
  EXPECT_THAT(Asked(), ElementsAre("GET webhooks/7", "GET webhooks"));
  // For its own alone.
  ResourceOutput other = Tracked("b");
  other.state = other.state.With("workspace", Value::String("b"));
  EXPECT_TRUE(Read(other).state.is_null());
  EXPECT_THAT(Asked(), ElementsAre("GET webhooks/7", "GET webhooks"));
}

TEST_F(ServerResourceTest, WhatWasLastSeenElsewhereIsNotForgotten) {
  answer_ = [](const HttpRequest& request) { return IsListing(request) ? Lists({}) : Missing(); };
  const struct {
    const char* address;
    const char* workspace;
    const char* title;
    const char* setting;
  } kCases[] = {
      {"https://other.example.com", "", "another server", "tracking_uri"},
      {"https://mlflow.example.com/prefix", "", "another server", "tracking_uri"},
      {"https://mlflow.example.com", "b", "another workspace", "tracking_workspace"},
      {"https://MLFLOW.example.com:443/", "", nullptr, nullptr},  // the same
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.address);
    Configure(c.address, c.workspace);
    for (const ResourceOutput& output : {Read(Tracked())}) {
      EXPECT_EQ(output.state.is_null(), c.title == nullptr);
      if (c.title == nullptr) continue;
      EXPECT_EQ(output.private_data, Tracked().private_data);
      EXPECT_EQ(Summaries(output.diagnostics), tfcpp::Concat("error: Webhook was last seen in ", c.title, " @\n"));
      EXPECT_THAT(Told(output.diagnostics), HasSubstr(c.setting));
    }
  }
}

TEST_F(ServerResourceTest, AnImportOfWhatIsNotThereIsAnError) {
  answer_ = [](const HttpRequest& request) { return IsListing(request) ? Lists({}) : Missing(); };
  const tfcpp::Outcome meant =
      ServerType().import_state({.id = "7", .identity = std::nullopt, .facts = service_->facts});
  const ResourceOutput read = Read({*meant.state, meant.private_data, {}});
  EXPECT_EQ(Summaries(read.diagnostics), "error: Webhook to adopt does not exist @\n");
}

// Each of the server's answers that are no refusal and no success either.
TEST_F(ServerResourceTest, WhatAnUpdateIsAnsweredIsComparedWithThePlan) {
  const struct {
    const char* what;
    Value config;
    const char* answered;
    const char* errors;
  } kCases[] = {
      {"a description that stays", ServerConfig(kPlain), R"("description": "old")",
       "error: Description cannot be cleared @description\n"},
      {"a webhook that is switched on",
       With("status", Value::String("DISABLED")).With("description", Value::String("old")),
       R"("description": "old", "status": "ACTIVE")",
       "error: Webhook is active although it is to be disabled @status\n"},
      {"another name", With("name", Value::String("m")).With("description", Value::String("old")),
       R"("description": "old", "name": "x")", "error: The service did not take every value @\n"},
  };
  ResourceOutput before = Tracked();
  before.state = before.state.With("description", Value::String("old"));
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    answer_ = [&](const HttpRequest& request) {
      if (request.url.ends_with("/version")) return Said(200, "3.10.1", "text/html; charset=utf-8");
      return Has(Webhook("7", c.answered));
    };
    const ResourceOutput updated = Apply(c.config, before);
    EXPECT_EQ(Summaries(updated.diagnostics), c.errors) << Told(updated.diagnostics);
    EXPECT_EQ(updated.state.Get("description").AsString(), "old");
  }
  answer_ = [&](const HttpRequest& request) {
    return request.url.ends_with("/version") ? Said(200, "3.10.1", "text/html")
                                             : Has(Webhook("7", R"("description": "old")"));
  };
  EXPECT_THAT(Told(Apply(ServerConfig(kPlain), before).diagnostics), HasSubstr("MLflow 3.10.1"));
}

TEST_F(ServerResourceTest, AnUpdateOfUnknownOutcomeEndsWithARead) {
  for (const bool acts : {false, true}) {
    answer_ = [&](const HttpRequest& request) -> Answer {
      if (request.method == Method::kPatch) return Page(500);
      return Has(Webhook("7", acts ? R"("name": "m")" : ""));
    };
    const ResourceOutput updated = Apply(With("name", Value::String("m")), Tracked());
    EXPECT_THAT(Summaries(updated.diagnostics), HasSubstr("error: Cannot update the webhook"));
    EXPECT_EQ(updated.state.Get("name").AsString(), acts ? "m" : "n");
    EXPECT_EQ(updated.private_data, Tracked().private_data);
  }
}

TEST_F(ServerResourceTest, ADeleteOfUnknownOutcomeIsLookedFor) {
  for (const bool acts : {false, true}) {
    answer_ = [&](const HttpRequest& request) -> Answer {
      if (request.method == Method::kDelete) return Page(500);
      if (IsListing(request)) return Lists({});
      return acts ? Missing() : Has(Webhook("7"));
    };
    const ResourceOutput deleted = Delete(Tracked());
    EXPECT_EQ(deleted.state.is_null(), acts) << Told(deleted.diagnostics);
    EXPECT_EQ(deleted.diagnostics.has_error(), !acts);
  }
}

class WorkspacesTest : public ServerInProcess {
 protected:
  void Answers(bool has_workspaces) {
    answer_ = [has_workspaces](const HttpRequest& request) {
      if (request.url.find("server-info") != request.url.npos) {
        return Said(200, tfcpp::Concat(R"({"workspaces_enabled": )", has_workspaces ? "true" : "false", "}"));
      }
      return request.method == Method::kDelete ? Said(200, "{}") : Has(Webhook("7"));
    };
  }
};

TEST_F(WorkspacesTest, AreAskedForOnceBeforeTheFirstWrite) {
  Configure(kServer, "a");
  Answers(true);
  const ResourceOutput created = Create(ServerConfig(kPlain));
  EXPECT_EQ(created.identity, ServerWebhookIdentity(kServer, "a", "7"));
  EXPECT_TRUE(created.state.Get("workspace").is_null());
  for (const HttpRequest& request : transport_->requests) {
    EXPECT_EQ(WorkspaceIn(request), request.url.find("server-info") != request.url.npos ? "" : "a") << request.url;
  }
  (void)Apply(With("name", Value::String("m")), created);
  (void)Delete(created);
  EXPECT_THAT(Asked(), ElementsAre("GET server-info", "POST webhooks", "PATCH webhooks/7", "DELETE webhooks/7"));
}

TEST_F(WorkspacesTest, AServerWithoutThemIsSentNothing) {
  Configure(kServer);
  for (const bool knows : {false, true}) {
    if (knows) {
      Answers(false);
    } else {
      answer_ = [](const HttpRequest&) { return Page(404); };
    }
    const ResourceOutput created = Create(With("workspace", Value::String("a")));
    EXPECT_EQ(Summaries(created.diagnostics), "error: Cannot create the webhook @workspace\n");
    EXPECT_THAT(Asked(), ElementsAre("GET server-info"));
    Configure(kServer);
  }
  Answers(false);
  EXPECT_EQ(Summaries(Create(ServerConfig(kPlain)).diagnostics), "");
  EXPECT_THAT(Asked(), ElementsAre("POST webhooks"));  // without a workspace nothing is asked
}

TEST_F(WorkspacesTest, TheSameByNameSendsNoCall) {
  Configure(kServer, "a");
  Answers(true);
  const Value named = With("workspace", Value::String("a"));
  const ResourceOutput updated = Apply(named, Tracked("a"));
  EXPECT_EQ(updated.state, ServerConfig(kPlainState).With("workspace", Value::String("a")));
  EXPECT_EQ(updated.private_data.find("address") != std::string::npos, true);
  EXPECT_EQ(updated.identity, ServerWebhookIdentity(kServer, "a", "7"));
  const ResourceOutput back = Apply(ServerConfig(kPlain), updated);
  EXPECT_EQ(back.state, ServerConfig(kPlainState));
  EXPECT_THAT(Asked(), IsEmpty());
}

}  // namespace
}  // namespace mlflow
