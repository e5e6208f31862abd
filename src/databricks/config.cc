#include "databricks/config.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "base/strings.h"
#include "databricks/attributes.h"
#include "databricks/host.h"
#include "databricks/profile_file.h"

namespace tfcpp::databricks {
namespace {

constexpr std::int64_t kSecondsInADay = 86'400;

Error Invalid(std::string message) { return {.code = ErrorCode::kInvalidArgument, .message = std::move(message)}; }

std::optional<bool> ParseBool(std::string_view text) {
  for (const char* yes : {"1", "t", "T", "TRUE", "true", "True"}) {
    if (text == yes) return true;
  }
  for (const char* no : {"0", "f", "F", "FALSE", "false", "False"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

template <class Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string> ParseList(std::string_view text) {
  std::set<std::string> elements;
  for (const std::string_view element : Split(text, ',')) {
    if (!Trim(element).empty()) elements.emplace(Trim(element));
  }
  return {elements.begin(), elements.end()};
}

// Puts a text into its member; the answer completes "token in the variable X ...", or is empty.
struct Assign {
  Config& config;
  std::string_view text;

  std::string operator()(std::string Config::*member) const {
    config.*member = text;
    return "";
  }
  std::string operator()(Secret Config::*member) const {
    config.*member = Secret(std::string(text));
    return "";
  }
  std::string operator()(bool Config::*member) const {
    const auto value = ParseBool(text);
    config.*member = value.value_or(false);
    return value.has_value() ? "" : "must be true or false";
  }
  std::string operator()(std::chrono::seconds Config::*member) const {
    const auto value = ParseNumber<std::int64_t>(text);
    if (!value.has_value() || *value < 0 || *value > kSecondsInADay) {
      return "must be a whole number of seconds, at most a day";
    }
    config.*member = std::chrono::seconds(*value);
    return "";
  }
  std::string operator()(std::optional<double> Config::*member) const {
    const auto value = ParseNumber<double>(text);
    if (!value.has_value() || !(*value >= 0)) return "must be a number, not below 0";
    config.*member = *value > 0 ? value : std::nullopt;
    return "";
  }
  std::string operator()(std::vector<std::string> Config::*member) const {
    config.*member = ParseList(text);
    return "";
  }
  std::string operator()(const Unused&) const { return ""; }
};

Result<void> Set(Config& config, const AttributeInfo& info, std::string_view text, std::string source) {
  if (text.empty() || config.IsSet(info.name)) return {};
  if (const std::string wrong = std::visit(Assign{config, text}, info.target); !wrong.empty()) {
    return Invalid(Concat(info.name, " in ", source, " ", wrong, "."));
  }
  config.sources.emplace(info.name, std::move(source));
  return {};
}

// --- The profile file ---

std::string ProfilePath(const Config& config, const Environment& environment) {
  std::string path = config.config_file.empty() ? "~/.databrickscfg" : config.config_file;
  if (path.front() != '~') return path;
  return Concat(FindVariable(environment, "HOME").value_or(""), std::string_view(path).substr(1));
}

// Whether a sign-in method is meant by this attribute. `azure_use_msi = false` means none.
bool MeansMethod(const Config& config, const AttributeInfo& info) {
  const auto* flag = std::get_if<bool Config::*>(&info.target);
  return !info.group.empty() && config.IsSet(info.name) && (flag == nullptr || config.**flag);
}

// A sign-in that is set elsewhere is not to be mixed with an unnamed profile's.
bool SkipsProfile(const Config& config) {
  if (!config.profile.empty()) return false;
  const auto decides = [&](const AttributeInfo& info) { return MeansMethod(config, info); };
  return config.IsSet("host") || std::any_of(Attributes().begin(), Attributes().end(), decides);
}

std::string Existing(const ProfileFile& file) {
  const auto names = file.Names();
  return names.empty() ? "The file has no profiles." : Concat("Its profiles are: ", Join(names, ", "), ".");
}

bool HoldsSecrets(const ProfileFile& file) {
  for (const std::string& name : file.Names()) {
    for (const auto& [key, value] : *file.Find(name)) {
      const AttributeInfo* info = FindAttribute(key);
      if (info != nullptr && info->sensitive() && !value.empty()) return true;
    }
  }
  return false;
}

void WarnAboutReaders(const std::string& path, const ProfileFile& file, Config& config) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || (status.st_mode & (S_IRGRP | S_IROTH)) == 0 || !HoldsSecrets(file)) return;
  config.warnings.push_back(Concat(
      "The profile file ", path, " holds secrets and other users of this machine can read it. Run: chmod 600 ", path));
}

Result<void> LoadProfile(Config& config, const Environment& environment) {
  const bool is_explicit = !config.profile.empty();
  const std::string path = ProfilePath(config, environment);
  std::ifstream in(path, std::ios::binary);
  const std::string named_by =
      is_explicit ? Concat("profile ", config.profile, " (named by ", config.sources["profile"], ")") : "";
  if (ProfileFile::IsReserved(config.profile)) {
    return Invalid(Concat(path, ": ", config.profile, " is a reserved section and no profile."));
  }
  if (!in) {
    if (is_explicit) {
      return Invalid(Concat("The profile file ", path, ", which should hold ", named_by,
                            ", does not exist or cannot be read. Set config_file (DATABRICKS_CONFIG_FILE) to where it "
                            "is, or make the profile: databricks auth login --profile ",
                            config.profile));
    }
    if (config.config_file.empty()) return {};
    return Invalid(Concat("The profile file ", path, " (named by ", config.sources["config_file"],
                          ") does not exist or cannot be read."));
  }
  const auto file = ProfileFile::Parse(std::string(std::istreambuf_iterator<char>(in), {}));
  if (!file.has_value())
    return Invalid(Concat("The profile file ", path, " is malformed: ", file.error().message, "."));
  const std::string name = is_explicit ? config.profile : file->DefaultName();
  const ProfileFile::Section* section = file->Find(name);
  if (section == nullptr || section->empty()) {
    if (!is_explicit && name == "DEFAULT") return {};
    return Invalid(Concat(
        "The profile file ", path, " has no section [", name, "], which ",
        is_explicit ? Concat(config.sources["profile"], " names as the profile") : "its own default_profile names",
        ". ", Existing(*file)));
  }
  WarnAboutReaders(path, *file, config);
  const std::string source = Concat("profile ", name, " of ", path);
  for (const AttributeInfo& info : Attributes()) {
    const auto found = section->find(info.name);
    if (found != section->end()) TFCPP_RETURN_IF_ERROR(Set(config, info, found->second, source));
  }
  config.profile = name;
  config.sources.emplace("profile", source);
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
    const auto value = FindVariable(environment, info.variable);
    if (value.has_value()) {
      TFCPP_RETURN_IF_ERROR(Set(config, info, *value, Concat("the variable ", info.variable)));
    }
  }
  if (!SkipsProfile(config)) TFCPP_RETURN_IF_ERROR(LoadProfile(config, environment));

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
