#include "mlflow_server/server_webhooks.h"

#include <utility>

namespace tfcpp::mlflow_server {
namespace {

Error NotYet() { return {.code = ErrorCode::kUnimplemented, .message = "The MLflow server is not called yet."}; }

}  // namespace

ServerWebhooks::ServerWebhooks(http::JsonClient& client, std::vector<std::string_view> members)
    : client_(client), members_(std::move(members)) {}

Result<void> ServerWebhooks::Create(const Context&, const std::string&, Json::Members, const ReadAnswered&) {
  return NotYet();
}

Result<void> ServerWebhooks::Get(const Context&, const std::string&, const std::string&, const ReadAnswered&) {
  return NotYet();
}

Result<ServerWebhookPage> ServerWebhooks::ListPage(const Context&, const ServerWebhookPageRequest&,
                                                   const std::function<void(const Json& entry)>&) {
  return NotYet();
}

Result<void> ServerWebhooks::Update(const Context&, const std::string&, const std::string&, Json::Members,
                                    const ReadAnswered&) {
  return NotYet();
}

Result<void> ServerWebhooks::Delete(const Context&, const std::string&, const std::string&) { return NotYet(); }

Result<ServerWebhookTest> ServerWebhooks::Test(const Context&, const std::string&, const std::string&,
                                               const std::string&) {
  return NotYet();
}

Result<bool> ServerWebhooks::HasWorkspaces(const Context&) { return NotYet(); }

Result<std::string> ServerWebhooks::Version(const Context&) { return NotYet(); }

}  // namespace tfcpp::mlflow_server
