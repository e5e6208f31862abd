#include "databricks/config.h"

#include <array>
#include <utility>

#include "databricks/attributes.h"
#include "databricks/host.h"
#include "databricks/profile.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

Error Invalid(std::string message) { return {.code = ErrorCode::kInvalidArgument, .message = std::move(message)}; }

// Puts a text into its member; the answer is AssignText's.
struct Assign {
  Config& config;
  std::string_view text;

  template <class Member>
  std::string operator()(Member Config::*member) const {
    return AssignText(text, config.*member);
  }
  std::string operator()(const Unused&) const { return ""; }
};

// What is wrong with the characters of a value, of each element where it is a list.
std::string_view FaultIn(const AttributeInfo& info, std::string_view text) {
  if (!std::holds_alternative<std::vector<std::string> Config::*>(info.target)) return FaultOf(info.text, text);
  for (const std::string_view element : Split(text, ',')) {
    if (const auto fault = FaultOf(info.text, Trimmed(info.text, element)); !fault.empty()) return fault;
  }
  return "";
}

Result<void> Set(Config& config, const AttributeInfo& info, std::string_view given, std::string source) {
  if (given.empty() || config.IsSet(info.name)) return {};
  const std::string_view text = Trimmed(info.text, given);
  if (text.empty()) {
    config.near_misses.push_back(Concat(info.name, " in ", source, " has only blanks, which count as unset."));
    return {};
  }
  std::string wrong(FaultIn(info, text));
  if (wrong.empty()) wrong = std::visit(Assign{config, text}, info.target);
  if (!wrong.empty()) return Invalid(Concat(info.name, " in ", source, " ", wrong, "."));
  config.sources.emplace(info.name, std::move(source));
  return {};
}

// --- What the values mean together ---

struct GroupMethods {
  std::string_view group;
  std::string_view auth_types;
};
constexpr std::array<GroupMethods, 8> kMethods = {{
    {"azure", "azure-client-secret, azure-msi, azure-cli or github-oidc-azure"},
    {"basic", "basic"},
    {"env-oidc", "env-oidc"},
    {"file-oidc", "file-oidc"},
    {"google", "google-credentials or google-id"},
    {"metadata-service", "metadata-service"},
    {"oauth", "oauth-m2m"},
    {"pat", "pat"},
}};

Result<void> CheckForConflict(const Config& config) {
  if (!config.auth_type.empty()) return {};
  std::vector<std::string> groups;
  for (const auto& [group, auth_types] : kMethods) {
    std::vector<std::string> members;
    for (const AttributeInfo& info : Attributes()) {
      if (info.group == group && MeansMethod(config, info)) {
        members.push_back(Concat(info.name, " from ", config.sources.find(info.name)->second));
      }
    }
    if (members.empty()) continue;
    groups.push_back(Concat("\n  ", group, ": ", Join(members, ", "), ". To use it: auth_type = ", auth_types));
  }
  if (groups.size() < 2) return {};
  return Invalid(
      Concat("More than one way to sign in is set:\n", Join(groups, ""),
             "\n\nRemove all but one, or choose one with auth_type in the block `provider \"mlflow\"` or the variable "
             "DATABRICKS_AUTH_TYPE. (A service principal that signs in with an ID token has client_id too: "
             "auth_type = file-oidc or env-oidc.)"));
}

Result<void> Take(Config& config, const Profile& profile) {
  for (const AttributeInfo& info : Attributes()) {
    const auto found = profile.values.find(info.name);
    if (found != profile.values.end()) TFCPP_RETURN_IF_ERROR(Set(config, info, found->second, profile.source));
  }
  config.profile = profile.name;
  config.sources.emplace("profile", profile.source);
  return {};
}

std::string CurrentAuthType(std::string_view name) {
  if (name == "google-creds") return "google-credentials";
  if (name == "google-accounts" || name == "google-workspace") return "google-id";
  return std::string(name);
}

Result<void> NormaliseAddress(Config& config) {
  if (config.workspace_id == "none") config.workspace_id.clear();
  if (config.host.empty()) return {};
  const PromotedIds ids = IdsInQuery(config.host);
  if (!config.IsSet("workspace_id")) config.workspace_id = ids.workspace_id;
  if (!config.IsSet("account_id")) config.account_id = ids.account_id;
  auto host = NormaliseHost(config.host);
  if (!host.has_value()) {
    return Invalid(Concat(host.error().message, " It comes from ", config.sources["host"], "."));
  }
  config.host = *std::move(host);
  return {};
}

}  // namespace

std::vector<Secret> Config::Secrets() const {
  std::vector<Secret> secrets;
  for (const AttributeInfo& info : Attributes()) {
    const auto* member = std::get_if<Secret Config::*>(&info.target);
    if (member != nullptr && !(this->**member).empty()) secrets.push_back(this->**member);
  }
  return secrets;
}

Result<Config> Resolve(const ConfigInput& input, const Environment& environment) {
  Config config;
  for (const AttributeInfo& info : Attributes()) {
    const auto given = input.find(info.name);
    if (given != input.end()) TFCPP_RETURN_IF_ERROR(Set(config, info, given->second.Reveal(), kFromBlock));
  }
  for (const AttributeInfo& info : Attributes()) {
    if (info.variable.empty()) continue;
    // As it stands: what counts of it depends on the attribute.
    const std::string value = environment(info.variable).value_or("");
    TFCPP_RETURN_IF_ERROR(Set(config, info, value, Concat("the variable ", info.variable)));
  }
  TFCPP_ASSIGN_OR_RETURN(const std::optional<Profile> profile, FindProfile(config, environment));
  if (profile.has_value()) TFCPP_RETURN_IF_ERROR(Take(config, *profile));

  config.auth_type = CurrentAuthType(config.auth_type);
  TFCPP_RETURN_IF_ERROR(CheckForConflict(config));
  TFCPP_RETURN_IF_ERROR(NormaliseAddress(config));
  if (config.http_timeout.count() == 0) {
    return Invalid(Concat("http_timeout_seconds in ", config.sources["http_timeout_seconds"], " must be at least 1."));
  }
  if (config.skip_verify) {
    config.warnings.emplace_back(
        "skip_verify is set, so TLS certificates are not verified and anybody on the way can read the credentials. To "
        "trust a certificate authority of your own, set ca_cert_file instead.");
  }
  return config;
}

}  // namespace tfcpp::databricks
