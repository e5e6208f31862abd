#include "provider/server_webhook/service.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "provider/server_webhook/schema.h"
#include "provider/shared/entry_candidates.h"
#include "rest/address_end.h"

namespace mlflow {
namespace {

using std::chrono::milliseconds;
using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Json;
using tfcpp::Result;
using tfcpp::mlflow_server::kDoesNotExist;
using tfcpp::mlflow_server::ServerWebhookPage;
using tfcpp::mlflow_server::ServerWebhookTest;

constexpr CreateWords kWords{
    .place = "server", .data_source = "mlflow_server_webhooks", .import_ids = "ADDRESS ID, or ADDRESS WORKSPACE/ID"};
constexpr milliseconds kWorkspaceIsThere{10'000};
constexpr milliseconds kForever = std::chrono::hours(24 * 365);

// Reads the webhook of an answer.
tfcpp::mlflow_server::ReadAnswered ReadInto(ServerWebhook& webhook, const tfcpp::rest::KnownSecrets& secrets) {
  return [&](const Json& json) { return Take(ReadServerWebhook(json, secrets), webhook); };
}

// What of this address no text about it shows: a chat service's path is a secret.
std::vector<tfcpp::Secret> HiddenOf(const std::string& url) {
  constexpr std::size_t kShortest = 8;  // bytes
  std::vector<tfcpp::Secret> hidden;
  for (std::string& end : tfcpp::rest::EndsOf(url, kShortest)) hidden.emplace_back(std::move(end));
  return hidden;
}

// The server's reason why there is no answer: it quotes the path, with escapes of Python's on top.
std::string WithoutPaths(std::string_view text) {
  std::string without;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t slash = std::min(text.find('/', at), text.size());
    without += text.substr(at, slash - at);
    at = std::min(text.find(' ', slash), text.size());
    if (slash < at) without += "/...";
  }
  return without;
}

template <class Map>
bool HaveTheSameKeys(const Map& a, const Map& b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) { return x.first == y.first; });
}

// Whether the two list the same webhooks, whatever has become of each in the meantime.
bool ListTheSame(const ServerListing& a, const ServerListing& b) {
  return HaveTheSameKeys(a.webhooks, b.webhooks) && HaveTheSameKeys(a.misfits, b.misfits) &&
         a.nameless.size() == b.nameless.size();
}

}  // namespace

ServerWebhookService::ServerWebhookService(tfcpp::mlflow_server::ServerWebhooks& api, tfcpp::Clock& clock,
                                           milliseconds patience)
    : api_(api),
      clock_(clock),
      bounds_(ListingBounds::WithPatience(patience)),
      creator_(ServerWebhookSchema(), kWords, clock, patience),
      workspace_exists_(clock, kWorkspaceIsThere),
      has_workspaces_(clock, kForever) {}

Result<void> ServerWebhookService::RequireWorkspaces(const Context& context, const std::string& workspace) {
  if (workspace.empty()) return {};
  TFCPP_ASSIGN_OR_RETURN(const bool has_them, has_workspaces_.Ask(context, "", [this](const Context& under) {
    return api_.HasWorkspaces(under);
  }));
  if (has_them) return {};
  return Error{
      .code = ErrorCode::kUnimplemented,
      .message = tfcpp::Concat(
          "The server has no workspaces, but the workspace ", workspace,
          " is asked for. MLflow has them since 3.10, when it is started with --enable-workspaces; a server "
          "without them would act in its only one, so nothing was sent. Remove workspace from the "
          "configuration, and tracking_workspace (MLFLOW_WORKSPACE) from the provider. Where the server has them, "
          "check tracking_uri and its prefix."),
      .reason = "no_workspaces",
      .attribute = "workspace"};
}

Result<ServerWebhook> ServerWebhookService::Create(const Context& context, const NewWebhook& webhook,
                                                   const Json::Members& request) {
  TFCPP_RETURN_IF_ERROR(RequireWorkspaces(context, webhook.scope));
  ServerWebhook answer;
  ServerListing listing;
  const auto create = [&](const Context& under) -> Result<std::string> {
    TFCPP_RETURN_IF_ERROR(api_.Create(under, webhook.scope, request, ReadInto(answer, api_.secrets())));
    return answer.id;
  };
  const auto list = [&](const Context& under, const ListOrder& order) {
    return FirstPage(under, webhook.scope, order, listing);
  };
  TFCPP_ASSIGN_OR_RETURN(const std::string id, creator_.Create(context, webhook, {create, list}));
  return id == answer.id ? answer : listing.webhooks.at(id);
}

// Listings begin with what was created last: a webhook of this minute is on the first page, or not there.
Result<Listed> ServerWebhookService::FirstPage(const Context& context, const std::string& workspace,
                                               const ListOrder& order, ServerListing& listing) {
  listing = {};
  TFCPP_ASSIGN_OR_RETURN(
      const ServerWebhookPage page,
      api_.ListPage(context, {.workspace = workspace, .time_limit = order.time.value_or(milliseconds(0))},
                    [&](const Json& entry) { listing.Add(ReadServerWebhook(entry, api_.secrets())); }));
  return Listed{.candidates = CandidatesOf(listing), .answered_at = page.answered_at, .complete = true};
}

Result<bool> ServerWebhookService::IsGone(const Context& context, const std::string& workspace, const Error& error) {
  if (error.reason != kDoesNotExist) return error;
  return workspace_exists_.Ask(context, workspace, [&](const Context& under) -> Result<bool> {
    TFCPP_RETURN_IF_ERROR(api_.ListPage(under, {.workspace = workspace, .max_results = 1}, [](const Json&) {}));
    return true;
  });
}

Result<std::optional<ServerWebhook>> ServerWebhookService::Find(const Context& context, const ServerWebhookKey& key) {
  creator_.Know(key.id);
  ServerWebhook webhook;
  const auto got = api_.Get(context, key.workspace, key.id, ReadInto(webhook, api_.secrets()));
  if (got.has_value()) return std::optional(std::move(webhook));
  TFCPP_RETURN_IF_ERROR(IsGone(context, key.workspace, got.error()));
  return std::optional<ServerWebhook>();
}

Result<ServerListing> ServerWebhookService::List(const Context& context, const std::string& workspace) {
  constexpr int kMostPasses = 4;
  TFCPP_RETURN_IF_ERROR(RequireWorkspaces(context, workspace));
  std::optional<ServerListing> before;
  for (int pass = 1; pass <= kMostPasses; ++pass) {
    ServerListing listing;
    const auto ask = [&](const Context& under, const PageOrder& order) -> Result<PageAnswer> {
      TFCPP_ASSIGN_OR_RETURN(
          const ServerWebhookPage page,
          api_.ListPage(under,
                        {.workspace = workspace,
                         .page_token = order.token,
                         .max_results = order.max_results,
                         .time_limit = order.time_limit},
                        [&](const Json& entry) { listing.Add(ReadServerWebhook(entry, api_.secrets())); }));
      return PageAnswer{.next_token = page.next_page_token, .bytes = page.bytes, .listed = listing.size()};
    };
    TFCPP_ASSIGN_OR_RETURN(const int pages, ReadPages(context, clock_, bounds_, ask));
    if (pages == 1 || (before.has_value() && ListTheSame(*before, listing))) return listing;
    before = std::move(listing);
  }
  return Error{.code = ErrorCode::kUnavailable,
               .message =
                   "The server's listing of webhooks was another one each time that it was read, so it is not "
                   "known whether it is complete. Nothing was concluded from it; try again."};
}

Result<std::optional<ServerWebhook>> ServerWebhookService::Update(const Context& context, const ServerWebhookKey& key,
                                                                  Json::Members changes) {
  creator_.Know(key.id);
  TFCPP_RETURN_IF_ERROR(RequireWorkspaces(context, key.workspace));
  ServerWebhook webhook;
  const auto updated =
      api_.Update(context, key.workspace, key.id, std::move(changes), ReadInto(webhook, api_.secrets()));
  if (updated.has_value()) return std::optional(std::move(webhook));
  TFCPP_RETURN_IF_ERROR(IsGone(context, key.workspace, updated.error()));
  return std::optional<ServerWebhook>();
}

Result<bool> ServerWebhookService::Delete(const Context& context, const ServerWebhookKey& key) {
  creator_.Know(key.id);
  TFCPP_RETURN_IF_ERROR(RequireWorkspaces(context, key.workspace));
  const auto deleted = api_.Delete(context, key.workspace, key.id);
  if (!deleted.has_value() && deleted.error().may_have_acted) {
    TFCPP_RETURN_IF_ERROR(RequireGone(context, key, deleted.error()));
  } else if (!deleted.has_value()) {
    TFCPP_RETURN_IF_ERROR(IsGone(context, key.workspace, deleted.error()));
  }
  creator_.Forget(key.id);
  return deleted.has_value();
}

Result<ServerWebhookTest> ServerWebhookService::Test(const Context& context, const std::string& workspace,
                                                     const ServerWebhook& webhook, const std::string& event) {
  // What is told of a target quotes its address, without the beginning. Before the call: logs show the answer as well.
  api_.secrets().AddAddresses({tfcpp::Secret(*webhook.url)});
  TFCPP_ASSIGN_OR_RETURN(ServerWebhookTest test, api_.Test(context, workspace, webhook.id, event));
  const tfcpp::rest::KnownSecrets hidden(HiddenOf(*webhook.url));
  test.body = hidden.Without(test.body);
  test.error_message = hidden.Without(WithoutPaths(test.error_message));
  return test;
}

Result<void> ServerWebhookService::RequireGone(const Context& context, const ServerWebhookKey& key, Error unclear) {
  const auto found = Find(context, key);
  if (found.has_value() && !found->has_value()) return {};
  unclear.message += found.has_value() ? "\n\nThe webhook is still there, so it stays in the state. Apply again."
                                       : "\n\nIt could not be found out whether the webhook is gone, so it stays in "
                                         "the state. Apply again: the next plan looks for it.";
  return unclear;
}

}  // namespace mlflow
