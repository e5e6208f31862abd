#include "databricks/errors.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "databricks/host.h"
#include "rest/service_error.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

using rest::HttpResponse;
using rest::JsonCall;
using rest::ServiceError;

constexpr std::size_t kMaxName = 128;  // of a request id

// What keeps a caller out, whatever its rights are. Words are compared without regard to case.
struct Refusal {
  std::string_view words;
  std::string_view advice;
  bool is_of_token = false;
};
constexpr std::string_view kNewToken =
    "The token is wrong, expired or revoked, or belongs to another workspace. Make a new one in the workspace's user "
    "settings (Developer, Access tokens) and set token or DATABRICKS_TOKEN. Another way to sign in needs an identity "
    "that belongs to this workspace.";
constexpr std::string_view kOtherWorkspace =
    "The credentials are good, but their owner does not belong to this workspace. Check that host (DATABRICKS_HOST) "
    "and workspace_id (DATABRICKS_WORKSPACE_ID) are those of the workspace that the token was made in, or let an "
    "account admin add the user or service principal to this workspace.";
constexpr std::string_view kOtherNetwork =
    "The workspace takes calls from certain networks only, and not from this machine's address (an IP access list, or "
    "a network policy). Run Terraform inside such a network, or let a workspace admin add the address to the list.";
constexpr std::array<Refusal, 7> kRefusals = {{
    {"invalid access token", kNewToken, true},
    {"invalid token", kNewToken, true},
    {"token is expir", kNewToken, true},
    {"access to org", kOtherWorkspace},
    {"ip acl", kOtherNetwork},
    {"ip access list", kOtherNetwork},
    {"unauthorized network access", kOtherNetwork},
}};

// Null: none. Where there is a code of the service's own it decides, and only a message that begins with the words does
// too: further on they may be somebody's, such as a model's name.
const Refusal* FindRefusal(const ServiceError& error, int status) {
  if (status != 401 && status != 403) return nullptr;
  const std::string message = ToLower(error.message);
  const auto fits = [&](const Refusal& refusal) {
    const auto at = message.find(refusal.words);
    return error.code.empty() ? at != message.npos : at == 0;
  };
  const auto found = std::find_if(kRefusals.begin(), kRefusals.end(), fits);
  return found == kRefusals.end() ? nullptr : &*found;
}

ServiceError ParseBody(const HttpResponse& response, const rest::KnownSecrets& secrets) {
  // "error" is the form of API 1.2, "detail" that of SCIM.
  constexpr std::array<std::string_view, 3> kMembers = {"message", "error", "detail"};
  ServiceError error = rest::ParseErrorBody(response, kMembers, secrets);
  if (error.message.empty())
    error.message = secrets.Shown(response.FindHeader("X-Databricks-Reason-Phrase").value_or(""));
  return error;
}

ErrorCode Classify(const ServiceError& error, int status) {
  return FindRefusal(error, status) != nullptr ? ErrorCode::kUnauthenticated : rest::Classify(error.code, status);
}

// What an answer without a word of the API tells of the host. Facts: an MLflow server answers this path with 404 and a
// page; a workspace that takes private connections only redirects to its login page and names the reason in the query.
std::string_view AdviceOnHost(const HttpResponse& response) {
  if (response.FindHeader("Location").value_or("").find("private-link-validation-error") != std::string::npos) {
    return "The workspace takes calls from its private network only (AWS PrivateLink, Azure Private Link or Private "
           "Service Connect), and this machine is outside of it. Run Terraform inside that network.";
  }
  if (response.status == 404) {
    return "The host has no such path: it is probably an MLflow server, which has other webhooks, or another website. "
           "Set host (DATABRICKS_HOST) to the address of a Databricks workspace.";
  }
  return "This is what a login page or a proxy answers, not the API of a Databricks workspace. Check host "
         "(DATABRICKS_HOST), and the proxy, if there is one (HTTPS_PROXY).";
}

std::string_view Advice(ErrorCode code, const ServiceError& error, const std::string& workspace,
                        const HttpResponse& response) {
  if (IsAccountHost(workspace)) {
    return "The host is an account console, which has no model registry. Set host (DATABRICKS_HOST) to the address of "
           "a workspace, such as https://example.cloud.databricks.com.";
  }
  if (const Refusal* refusal = FindRefusal(error, response.status)) return refusal->advice;
  if (rest::IsHtml(response) || rest::IsRedirect(response)) return AdviceOnHost(response);
  switch (code) {
    case ErrorCode::kUnauthenticated:
      return kNewToken;
    case ErrorCode::kPermissionDenied:
      return "A registry-wide webhook needs a workspace admin; the webhook of a model needs the permission CAN MANAGE "
             "on that model.";
    case ErrorCode::kInvalidArgument:
      return "The service refuses what the configuration asks for. Mend what its message names, and apply again.";
    case ErrorCode::kNotFound:
      return error.code.empty() ? AdviceOnHost(response) : "";
    case ErrorCode::kAlreadyExists:
      return "Something else changes the same thing at this time. Plan and apply again.";
    case ErrorCode::kResourceExhausted:
      return "The workspace limits the rate of calls. Try again later, or with a lower -parallelism.";
    case ErrorCode::kInternal:
    case ErrorCode::kUnavailable:
    case ErrorCode::kDeadlineExceeded:
      return "The fault is the service's. Try again; if it stays, ask Databricks with the request id.";
    default:
      return "";
  }
}

std::string RequestId(const std::vector<rest::Header>& headers, const rest::KnownSecrets& secrets) {
  for (const char* name : {"x-request-id", "x-databricks-request-id", "x-databricks-org-request-id"}) {
    if (auto id = rest::FindHeader(headers, name); id.has_value() && !id->empty())
      return Concat(" (request id ", secrets.Shown(*id, kMaxName), ")");
  }
  return "";
}

}  // namespace

bool RefusesToken(const HttpResponse& response) {
  if (response.status == 401) return true;
  const Refusal* refusal = FindRefusal(ParseBody(response, rest::KnownSecrets()), response.status);
  return refusal != nullptr && refusal->is_of_token;
}

Error ToError(const std::string& workspace, const JsonCall& call, const HttpResponse& response,
              const rest::KnownSecrets& secrets, std::string_view origin) {
  const ServiceError service = ParseBody(response, secrets);
  Error error{.code = Classify(service, response.status), .message = {}, .reason = service.code};
  // An error in the clothes of a success, or a page: nothing may be concluded from the code that it names.
  if (response.status < 300) error = {.code = ErrorCode::kMalformed};
  error.may_have_acted = rest::MayHaveActed(call, response.status);
  error.message = rest::TextOf(workspace, call, response, service, RequestId(response.headers, secrets));
  if (const std::string_view advice = Advice(error.code, service, workspace, response); !advice.empty()) {
    error.message += Concat("\n\n", advice);
  }
  if (error.code == ErrorCode::kUnauthenticated && !origin.empty()) error.message += Concat("\n\n", origin);
  return error;
}

Error ToMisfit(const std::string& workspace, const JsonCall& call, const rest::JsonAnswer& answer,
               std::string_view what, const rest::KnownSecrets& secrets) {
  return {.code = ErrorCode::kMalformed,
          .message = Concat(rest::ToString(call.method), " ", call.path, " on ", workspace, " answered ",
                            std::to_string(answer.status), ", but in another form than documented: ",
                            secrets.Shown(what), RequestId(answer.headers, secrets),
                            ".\n\nCheck host (DATABRICKS_HOST): it may be no Databricks workspace."),
          .may_have_acted = call.effect != rest::Effect::kNone};
}

}  // namespace tfcpp::databricks
