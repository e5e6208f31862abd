#include "databricks/auth/sign_in.h"

#include <algorithm>
#include <utility>

#include "databricks/attributes.h"
#include "databricks/auth/azure.h"
#include "databricks/auth/strategies.h"
#include "databricks/workspace.h"
#include "rest/redact.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr std::chrono::minutes kTokenCallBudget{1};

rest::RetryPolicy TokenCallRetries() {
  rest::RetryPolicy policy;
  policy.budget = kTokenCallBudget;
  policy.budget_name = "the time for a sign-in";
  return policy;
}

// One strategy that does not apply, or has failed.
struct Verdict {
  std::string_view name;
  std::string why;
  int likelihood;  // that it is the one that was meant: the higher, the earlier it is told
};
constexpr int kFailed = 2;
constexpr int kBegun = 1;

std::string_view WithoutStop(std::string_view sentence) {
  while (!sentence.empty() && sentence.back() == '.') sentence.remove_suffix(1);
  return sentence;
}

std::string ListOf(std::vector<Verdict> verdicts) {
  std::stable_sort(verdicts.begin(), verdicts.end(),
                   [](const Verdict& a, const Verdict& b) { return a.likelihood > b.likelihood; });
  std::string list;
  for (const Verdict& verdict : verdicts) {
    list += Concat("\n  ", verdict.name, ": ", WithoutStop(verdict.why), ".");
  }
  return list;
}

std::string UsualCases(const Config& config) {
  const std::string host = config.host.empty() ? "HOST" : config.host;
  return Concat("\n\nWhat to set, in the three usual cases:\n  a personal access token: ", Spell("token"),
                "\n  a service principal: ", Spell("client_id"), " and ", Spell("client_secret"),
                "\n  a login of your own: run databricks auth login --host ", host, " --profile NAME, and set ",
                Spell("profile"), " to NAME\nThe first two need ", Spell("host"),
                " as well. Attributes belong in the block `provider \"mlflow\"`, or in the variable in brackets.");
}

// "host comes from the variable DATABRICKS_HOST, token from profile work of /home/me/.databrickscfg." Of the
// credentials, those that sign in, as far as that is known; empty when nothing is set.
std::string OriginOf(const Config& config, std::optional<Credentials> credentials) {
  const bool is_own_token = credentials == Credentials::kOwnToken;
  std::string origin;
  for (const AttributeInfo& info : Attributes()) {
    const bool is_address = info.name == "host" || info.name == "workspace_id";
    const bool counts =
        is_address ? config.IsSet(info.name)
                   : MeansMethod(config, info) && (!credentials.has_value() || (info.name == "token") == is_own_token);
    if (!counts) continue;
    origin += Concat(origin.empty() ? "" : ", ", info.name, origin.empty() ? " comes from " : " from ",
                     config.sources.find(info.name)->second);
  }
  return origin.empty() ? "" : origin + ".";
}

// Between two paragraphs, the second of which lists what is less likely.
std::string NearMisses(const Config& config) {
  if (config.near_misses.empty()) return "";
  return Concat("\n\nWhat has no effect:\n  ", Join(config.near_misses, "\n  "), "\n\n");
}

std::vector<Verdict> Obstacles(const Config& config, const Environment& environment) {
  std::vector<Verdict> verdicts;
  for (const Strategy& strategy : Strategies()) {
    if (const auto obstacle = strategy.find_obstacle(config, environment)) {
      verdicts.push_back({strategy.name, obstacle->why, obstacle->begun ? kBegun : 0});
    }
  }
  return verdicts;
}

Error Unauthenticated(std::string message) {
  return {.code = ErrorCode::kUnauthenticated, .message = std::move(message)};
}

Error UnknownAuthType(const Config& config) {
  std::vector<std::string> names;
  for (const Strategy& strategy : Strategies()) names.emplace_back(strategy.name);
  const bool is_interactive = config.auth_type == "external-browser" || config.auth_type == "oauth-u2m";
  return Unauthenticated(Concat(
      "auth_type is \"", config.auth_type, "\" (from ", config.sources.at("auth_type"), "), ",
      is_interactive ? "which needs a browser, and a provider has none. Log in with databricks auth login and set "
                       "auth_type to databricks-cli. "
                     : "which is no way to sign in. ",
      "Known are: ", Join(names, ", "), "."));
}

Result<std::vector<Strategy>> OnlyAuthType(const Config& config, const Environment& environment) {
  for (const Strategy& strategy : Strategies()) {
    if (strategy.name != config.auth_type) continue;
    const auto obstacle = strategy.find_obstacle(config, environment);
    if (!obstacle.has_value()) return std::vector<Strategy>{strategy};
    return Unauthenticated(Concat("auth_type is ", strategy.name, " (from ", config.sources.at("auth_type"),
                                  "), which does not apply: ", WithoutStop(obstacle->why),
                                  ". Set what is missing, or another auth_type, or none: then the first way that works "
                                  "is taken.",
                                  NearMisses(config)));
  }
  return UnknownAuthType(config);
}

}  // namespace

Result<std::vector<Strategy>> FindCandidates(const Config& config, const Environment& environment) {
  if (!config.auth_type.empty()) return OnlyAuthType(config, environment);
  std::vector<Strategy> candidates;
  for (const Strategy& strategy : Strategies()) {
    if (!strategy.find_obstacle(config, environment).has_value()) candidates.push_back(strategy);
  }
  if (!candidates.empty()) return candidates;
  return Unauthenticated(Concat(NameOfWorkspace(config).empty() ? Concat(Spell("host"),
                                                                         " is not set, so the provider does not know "
                                                                         "where to sign in. ")
                                                                : "",
                                NearMisses(config), "No way to sign in applies, the likeliest first:\n",
                                ListOf(Obstacles(config, environment)), UsualCases(config)));
}

SignInOutlook OutlookOf(const std::vector<Strategy>& candidates) {
  const Strategy& first = candidates.at(0);
  if (first.credentials == Credentials::kOwnToken) return {.by_own_token = true, .names = std::string(first.name)};
  std::vector<std::string> names;
  for (const Strategy& candidate : candidates) names.emplace_back(candidate.name);
  return {.by_own_token = false, .names = Join(names, " or ")};
}

SignIn::SignIn(Config config, Environment environment, rest::HttpTransport& transport, Clock& clock,
               rest::KnownSecrets& secrets, std::function<double()> jitter, Endpoints endpoints)
    : config_(std::move(config)),
      environment_(std::move(environment)),
      endpoints_(std::move(endpoints)),
      repeating_(transport, clock, TokenCallRetries(), std::move(jitter)),
      metadata_(config_, transport),
      tools_{config_, environment_, repeating_, clock, secrets, endpoints_, metadata_} {}

Result<std::vector<rest::Header>> SignIn::Headers(const Context& context) {
  TFCPP_ASSIGN_OR_RETURN(const Chosen* chosen, Choose(context));
  auto headers = chosen->source->Headers(context);
  if (!headers.has_value()) {
    return Failure(headers.error(), Concat("Cannot sign in to ", NameOfWorkspace(config_), " by ", chosen->name, ": ",
                                           WithoutStop(headers.error().message), "."));
  }
  tools_.secrets.Add(rest::SecretsIn(*headers));
  if (!config_.workspace_id.empty()) headers->push_back({"X-Databricks-Workspace-Id", config_.workspace_id});
  return headers;
}

bool SignIn::Invalidate(const std::vector<rest::Header>& refused) {
  const std::lock_guard lock(mutex_);
  return chosen_.has_value() && chosen_->source->Invalidate(refused);
}

std::string SignIn::Origin() {
  const std::lock_guard lock(mutex_);
  if (!chosen_.has_value()) return OriginOf(config_, std::nullopt);
  const bool is_fetched = chosen_->credentials == Credentials::kFetched;
  return Concat(OriginOf(config_, chosen_->credentials),
                is_fetched ? Concat(" The token was fetched by ", chosen_->name, ".") : "");
}

Result<std::string> SignIn::Host(const Context& context) {
  if (!config_.host.empty()) return config_.host;
  const std::lock_guard lock(host_mutex_);
  if (found_host_.empty()) {
    TFCPP_ASSIGN_OR_RETURN(const std::vector<rest::Header> headers, Headers(context));
    auto found = FindAzureHost(context, tools_, headers);
    if (!found.has_value()) return Failure(found.error(), found.error().message);
    found_host_ = *std::move(found);
  }
  return found_host_;
}

Result<const SignIn::Chosen*> SignIn::Choose(const Context& context) {
  const std::lock_guard lock(mutex_);
  if (failure_.has_value()) return *failure_;
  if (!chosen_.has_value()) {
    Result<Chosen> chosen = TryCandidates(context);
    if (!chosen.has_value()) {
      if (!context.stop.stop_requested()) failure_ = chosen.error();
      return chosen.error();
    }
    chosen_ = *std::move(chosen);
    context.log.Info("signed in", {{"auth_type", std::string(chosen_->name)}});
  }
  return &*chosen_;
}

Result<SignIn::Chosen> SignIn::TryCandidates(const Context& context) const {
  TFCPP_ASSIGN_OR_RETURN(const std::vector<Strategy> candidates, FindCandidates(config_, environment_));
  std::vector<Verdict> verdicts;
  for (const Strategy& candidate : candidates) {
    auto source = candidate.make(tools_);
    const auto tried = source->Headers(context);
    if (tried.has_value()) return Chosen{candidate.name, candidate.credentials, std::move(source)};
    if (context.stop.stop_requested()) return Failure(tried.error(), tried.error().message);
    context.log.Warn("could not sign in", {{"auth_type", std::string(candidate.name)},
                                           {"error", tools_.secrets.Without(tried.error().message)}});
    verdicts.push_back({candidate.name, tried.error().message, kFailed});
  }
  if (!config_.auth_type.empty()) {
    return Failure(
        Unauthenticated(""),
        Concat("Cannot sign in to ", NameOfWorkspace(config_), " by ", verdicts.front().name, " (auth_type, from ",
               config_.sources.at("auth_type"), "): ", WithoutStop(verdicts.front().why), "."));
  }
  for (Verdict& verdict : Obstacles(config_, environment_)) verdicts.push_back(std::move(verdict));
  return Failure(Unauthenticated(""), Concat("Cannot sign in to ", NameOfWorkspace(config_), ". ", NearMisses(config_),
                                             "What was tried, and why the other "
                                             "ways do not apply, the likeliest first:\n",
                                             ListOf(std::move(verdicts)), UsualCases(config_)));
}

// Signing in comes before the call, which therefore has not acted.
Error SignIn::Failure(const Error& cause, std::string message) const {
  const std::string origin = OriginOf(config_, std::nullopt);
  if (!origin.empty()) message += Concat("\n\n", origin);
  return {.code = cause.code, .message = tools_.secrets.Without(std::move(message)), .reason = cause.reason};
}

}  // namespace tfcpp::databricks
