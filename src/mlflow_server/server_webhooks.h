// The webhooks API of the MLflow server, /api/2.0/mlflow/webhooks: paths, pages, effects and the forms of errors. One
// call here is one HTTP call (besides retries, and the question for the server's release where that explains an error);
// what must be put together from several is the caller's. What a webhook is made of is the caller's too (ADR 14):
// requests are JSON members, and a function reads each webhook that is answered. Only `webhook_id` and `events` are
// known here.
//
// Facts, measured on servers 3.3.2, 3.10.1 and 3.17.2: there is a get by id; a deleted webhook answers as one that
// never was; listings are newest first, in pages of at most 1000; a PATCH changes the members that it has, but before
// 3.16 one without `status` switches the webhook on; secrets are never returned.
//
// An MLflow workspace is named by a header; a server before 3.10 ignores it. `workspace` empty: no header, which means
// the server's default one.
//
// A whole answer that is not of the documented form is an error of code kMalformed (ADR 10). Thread safety: as the
// JsonClient.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rest/answered.h"
#include "rest/json_client.h"
#include "tfcpp/json/json.h"

namespace tfcpp::mlflow_server {

using rest::ReadAnswered;
using ServerWebhookPage = rest::Page;

// Error::reason of a webhook that is not there. An unknown MLflow workspace, a wrong server and a server without the
// API may answer the same code for an id, so that alone it does not mean "gone".
inline constexpr char kDoesNotExist[] = "RESOURCE_DOES_NOT_EXIST";

struct ServerWebhookPageRequest {
  std::string workspace = {};               // empty: no header
  std::string page_token = {};              // empty: the first page
  int max_results = 1000;                   // the most that the server gives
  std::chrono::milliseconds time_limit{0};  // of the call; 0: the client's own
};

// How the target of a webhook took a test delivery. Texts are as they may be shown (KnownSecrets::Shown).
struct ServerWebhookTest {
  bool success = false;                     // the server's opinion: below 400, redirects too
  std::optional<std::int64_t> status = {};  // the target's HTTP status; nullopt: it did not answer
  std::string body = {};                    // what the target answered
  std::string error_message = {};           // why there is no answer, where there is none
};

class ServerWebhooks {
 public:
  // `members`: what is read of webhooks, at every level; the rest of answers is not built (JsonLimits). Views that
  // outlive this.
  ServerWebhooks(rest::JsonClient& client, std::vector<std::string_view> members);

  // `webhook` and `changes` are the members of the request; `events` as the API has them, objects of entity and action.
  Result<void> Create(const Context& context, const std::string& workspace, Json::Members webhook,
                      const ReadAnswered& read);
  Result<void> Get(const Context& context, const std::string& workspace, const std::string& id,
                   const ReadAnswered& read);
  // `take` gets each entry of the page, whatever it is; none after an error. Error::reason kTooLarge: a page with fewer
  // results may do.
  Result<ServerWebhookPage> ListPage(const Context& context, const ServerWebhookPageRequest& request,
                                     const std::function<void(const Json& entry)>& take);
  Result<void> Update(const Context& context, const std::string& workspace, const std::string& id,
                      Json::Members changes, const ReadAnswered& read);
  Result<void> Delete(const Context& context, const std::string& workspace, const std::string& id);
  // Makes the server send one delivery now, for real, up to four times where the target is slow or fails. `event`:
  // "entity.action"; empty: the server chooses one of the webhook's. A target that refuses is a success of this call.
  // What is told of a target quotes the path of its address, which may be a secret: the caller adds the address to
  // secrets() before.
  Result<ServerWebhookTest> Test(const Context& context, const std::string& workspace, const std::string& id,
                                 const std::string& event);

  // Whether the server tells MLflow workspaces apart; false from servers before 3.9, which have no such question.
  Result<bool> HasWorkspaces(const Context& context);
  // "3.17.2". For explanations only: no behaviour may depend on it, for a server behind a proxy need not tell.
  Result<std::string> Version(const Context& context);

  // What no error shows. Each call adds the secrets that it sends.
  rest::KnownSecrets& secrets() const { return client_.secrets(); }

 private:
  rest::JsonCall MakeCall(rest::Method method, std::string_view below, rest::Effect effect,
                          const std::string& workspace) const;
  // About the webhook of that id.
  Result<rest::JsonCall> MakeCallOf(const std::string& id, rest::Method method, rest::Effect effect,
                                    const std::string& workspace) const;
  Result<rest::JsonAnswer> Call(const Context& context, const rest::JsonCall& call);
  // With what a page under 500 says about the events of the call.
  Error Explained(const Context& context, const rest::JsonCall& call, Error error);

  rest::JsonClient& client_;
  std::vector<std::string_view> members_;
};

}  // namespace tfcpp::mlflow_server
