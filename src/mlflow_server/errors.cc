#include "mlflow_server/errors.h"

#include <algorithm>
#include <array>

#include "mlflow_server/server_webhooks.h"
#include "rest/service_error.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::mlflow_server {
namespace {

using rest::HttpResponse;
using rest::JsonCall;
using rest::ServiceError;

// How messages about an attribute begin, in any case.
struct Beginning {
  std::string_view words;
  std::string_view attribute;
};
constexpr std::array<Beginning, 6> kBeginnings = {{
    {"webhook name", "name"},
    {"webhook url", "url"},
    {"invalid webhook url", "url"},
    {"cannot resolve webhook url", "url"},
    {"webhook events", "events"},
    {"invalid action", "events"},
}};

// What a message of the server means. The first row that fits counts.
struct Meaning {
  int status;
  std::string_view words;  // in the message, in any case
  std::string_view advice;
};
constexpr std::string_view kNoRight = "permission denied";
constexpr std::array<Meaning, 6> kMeanings = {{
    {400, "invalid webhook url scheme",
     "Which schemes a server calls is its setting MLFLOW_WEBHOOK_ALLOWED_SCHEMES (https alone, unless it is set); it "
     "is its operator's to change."},
    {400, "non-public ip",
     "A server calls addresses of private networks only with its setting MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS=true; it is "
     "its operator's to change."},
    {403, "invalid host header",
     "The server does not answer to this name. Its operator must start it with --allowed-hosts and the name that "
     "tracking_uri has (mlflow server --allowed-hosts mlflow.example.com)."},
    {403, "cross-origin request blocked",
     "The server takes the call for that of a website: something on the way, such as a proxy, adds the header Origin. "
     "The provider sends none."},
    {403, kNoRight,
     "Whoever calls is let in, but has no right to it: from MLflow 3.11 on, only administrators of the server may "
     "manage webhooks."},
    {404, "workspace '",
     "The server has no MLflow workspace of that name. Check workspace, or tracking_workspace (MLFLOW_WORKSPACE). "
     "Where the workspace was deleted, take what was in it out of the state with `terraform state rm`."},
}};

const Meaning* FindMeaning(const ServiceError& said, int status) {
  const std::string message = ToLower(said.message);
  const auto found = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& meaning) {
    return meaning.status == status && message.find(meaning.words) != std::string::npos;
  });
  return found == kMeanings.end() ? nullptr : &*found;
}

std::string_view AttributeOf(const ServiceError& said) {
  const std::string message = ToLower(said.message);
  for (const auto& [words, attribute] : kBeginnings) {
    if (message.starts_with(words)) return attribute;
  }
  return "";
}

// The sign-in of the server answers in plain text that calls itself HTML.
ServiceError SaidIn(const HttpResponse& response, const rest::KnownSecrets& secrets) {
  constexpr std::array<std::string_view, 1> kMembers = {"message"};
  ServiceError said = rest::ParseErrorBody(response, kMembers, secrets);
  const std::string_view body = Trim(response.body);
  const bool is_page = body.empty() || body.front() == '<';
  if (rest::IsHtml(response) && !is_page) said.message = secrets.Shown(body);
  return said;
}

bool HasNoWorkspaces(const ServiceError& said) { return said.code == "FEATURE_DISABLED"; }

bool IsUnknownWorkspace(const ServiceError& said, int status) {
  return status == 404 && ToLower(said.message).starts_with("workspace '");
}

bool HasNoApi(const ServiceError& said, int status) { return (status == 404 || status == 405) && said.code.empty(); }

std::string_view ReasonOf(const ServiceError& said, const HttpResponse& response) {
  if (IsUnknownWorkspace(said, response.status)) return kWorkspaceNotFound;
  if (HasNoApi(said, response.status)) return kNoApi;
  if (response.status == 500 && said.code.empty()) return kServerPage;
  // With another status it says nothing of a webhook.
  if (said.code == kDoesNotExist && response.status != 404) return "";
  return said.code;
}

std::string_view SourceOfAddress(const Config& config) { return config.sources.find("tracking_uri")->second; }

std::string AdviceOnAddress(const Config& config, std::string_view what) {
  return Concat(
      what, " Check tracking_uri (from ", SourceOfAddress(config),
      "): its prefix, if the server was started with --static-prefix (before MLflow 3.12, the API is not below "
      "it), and that it is an MLflow server, 3.3 or later.");
}

std::string AdviceOnRedirect(const Config& config, const HttpResponse& response, const rest::KnownSecrets& secrets) {
  const std::string location = response.FindHeader("Location").value_or("");
  const Url there = Url::Split(location);
  const Url here = Url::Split(config.tracking_uri);
  const std::string scheme = there.HasScheme("https") ? "https://" : "";
  const std::string to = there.scheme.has_value() ? Concat(" to ", scheme, secrets.Shown(there.authority)) : "";
  const std::string what =
      Concat("The address redirects", to, ", which is not followed, so that credentials stay where they belong.");
  if (!scheme.empty() && here.HasScheme("http") && EqualsIgnoreCase(there.host, here.host)) {
    return Concat(what, " The server is called by https: let tracking_uri (from ", SourceOfAddress(config),
                  ") begin with https://.");
  }
  return AdviceOnAddress(config, what);
}

std::string_view AdviceOnCode(ErrorCode code, const ServiceError& said, int status) {
  if (HasNoWorkspaces(said)) {
    return "The server has no MLflow workspaces. Remove workspace, and tracking_workspace (MLFLOW_WORKSPACE).";
  }
  if (status == 500 && said.code == "INTERNAL_ERROR" && said.message.empty()) {
    return "The server answers so when it cannot decrypt the secret of a webhook: its setting "
           "MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY is missing, differs between its workers, or has changed. Its operator "
           "must set it to one value for all of them. Webhooks whose secret was encrypted with a key that is lost can "
           "only be removed in the database.";
  }
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "The server refuses what the configuration asks for. Mend what its message names, and apply again.";
    case ErrorCode::kResourceExhausted:
      return "The server limits the rate of calls. Try again later, or with a lower -parallelism.";
    case ErrorCode::kUnimplemented:
      return "The server's store has no webhooks: it must be a database (mlflow server --backend-store-uri).";
    case ErrorCode::kInternal:
    case ErrorCode::kUnavailable:
    case ErrorCode::kDeadlineExceeded:
      return "The fault is the server's, or that of a proxy before it. Try again; if it stays, see the server's log.";
    default:
      return "";
  }
}

std::string_view WhyNotAccepted(const Config& config) {
  if (config.IsSet("tracking_token")) {
    return " The server does not accept the token. MLflow's own sign-in takes a user name and a password; a token is "
           "for a proxy before the server.";
  }
  return config.IsSet("tracking_username") ? " The server does not accept the two: check both." : "";
}

std::string AdviceOn(const Config& config, ErrorCode code, const ServiceError& said, const HttpResponse& response,
                     const rest::KnownSecrets& secrets) {
  if (const Meaning* meaning = FindMeaning(said, response.status)) {
    const bool is_of_user = meaning->words == kNoRight;
    return is_of_user ? Concat(meaning->advice, "\n\n", OriginOf(config)) : std::string(meaning->advice);
  }
  if (response.status == 401) return Concat(OriginOf(config), WhyNotAccepted(config));
  if (response.status == 403) return OriginOf(config);
  if (rest::IsRedirect(response)) return AdviceOnRedirect(config, response, secrets);
  if (HasNoApi(said, response.status)) return AdviceOnAddress(config, "There is no API of webhooks at this address.");
  if (ReasonOf(said, response) == kServerPage) return "";  // it depends on what was asked for
  if (response.status == 404) return AdviceOnAddress(config, "The server does not have what was asked for.");
  if (response.status < 300) return AdviceOnAddress(config, "This is what a login page or a proxy answers.");
  return std::string(AdviceOnCode(code, said, response.status));
}

}  // namespace

rest::JsonService ServiceOf(const Config& config) {
  return {.url = config.tracking_uri,
          .name = config.tracking_uri,
          .if_unreachable =
              Concat("Check tracking_uri (from ", SourceOfAddress(config), "), and that this machine reaches it."),
          .if_no_json = "the address may be none of an MLflow server",
          .error_member = "error_code"};
}

Error ToError(const Config& config, const JsonCall& call, const HttpResponse& response,
              const rest::KnownSecrets& secrets) {
  const ServiceError said = SaidIn(response, secrets);
  Error error;
  error.code = HasNoWorkspaces(said) ? ErrorCode::kInvalidArgument : rest::Classify(said.code, response.status);
  error.reason = ReasonOf(said, response);
  if (response.status < 300) error = {.code = ErrorCode::kMalformed};
  error.may_have_acted = !HasNoWorkspaces(said) && rest::MayHaveActed(call, response.status);
  if (response.status == 400) error.attribute = AttributeOf(said);
  error.message = rest::TextOf(config.tracking_uri, call, response, said, "");
  const std::string advice = AdviceOn(config, error.code, said, response, secrets);
  if (!advice.empty()) error.message += Concat("\n\n", advice);
  return error;
}

Error ToMisfit(std::string_view server, const JsonCall& call, const rest::JsonAnswer& answer, std::string_view what,
               const rest::KnownSecrets& secrets) {
  return {.code = ErrorCode::kMalformed,
          .message = Concat(rest::ToString(call.method), " ", call.path, " on ", server, " answered ",
                            std::to_string(answer.status), ", but in another form than documented: ",
                            secrets.Shown(what), ".\n\nCheck tracking_uri: it may be no MLflow server."),
          .may_have_acted = call.effect != rest::Effect::kNone};
}

}  // namespace tfcpp::mlflow_server
