#include "mlflow_server/credentials.h"

#include <algorithm>

#include "tfcpp/base/file.h"
#include "tfcpp/base/ini_file.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::mlflow_server {
namespace {

constexpr std::string_view kSection = "mlflow";

Error Invalid(std::string message) { return {.code = ErrorCode::kInvalidArgument, .message = std::move(message)}; }

bool HasAny(const Credentials& level) {
  return !level.username.text.empty() || !level.password.text.empty() || !level.token.text.empty();
}

// configparser takes keys in any case, and `%%` for a percent sign.
std::string ValueOf(const IniFile::Section& section, std::string_view key) {
  for (const auto& [name, value] : section) {
    if (!EqualsIgnoreCase(name, key)) continue;
    std::string plain;
    for (std::size_t i = 0; i < value.size(); ++i) {
      plain += value[i];
      if (value[i] == '%' && i + 1 < value.size() && value[i + 1] == '%') ++i;
    }
    return plain;
  }
  return "";
}

// The password that completes the user name of `level`: its own, or that of the next level that has one.
const Sourced* PasswordFor(std::vector<Credentials>::const_iterator level, const std::vector<Credentials>& levels) {
  const auto found =
      std::find_if(level, levels.end(), [](const Credentials& each) { return !each.password.text.empty(); });
  return found == levels.end() ? nullptr : &found->password;
}

Result<void> CheckForTwo(const Credentials& level) {
  if (level.token.text.empty()) return {};
  const Sourced& basic = level.username.text.empty() ? level.password : level.username;
  if (basic.text.empty()) return {};
  return Invalid(Concat("Two ways to sign in to the MLflow server are set: ",
                        level.username.text.empty() ? "tracking_password" : "tracking_username", " from ", basic.source,
                        ", and tracking_token from ", level.token.source,
                        ". Remove one of them: a user name and a password, or a token."));
}

Result<void> Take(Config& config, std::string_view name, TextKind kind, const Sourced& value) {
  if (value.text.empty()) return {};
  if (const std::string_view fault = FaultOf(kind, value.text.Reveal()); !fault.empty()) {
    return Invalid(Concat(name, " in ", value.source, " ", fault, "."));
  }
  config.sources.insert_or_assign(std::string(name), value.source);
  return {};
}

}  // namespace

bool Suffice(const std::vector<Credentials>& levels) {
  const auto first = std::find_if(levels.begin(), levels.end(), HasAny);
  if (first == levels.end()) return false;
  return first->username.text.empty() || PasswordFor(first, levels) != nullptr;
}

Result<Credentials> ReadCredentialsFile(const Environment& environment) {
  const auto home = FindHomeFolder(environment);
  if (!home.has_value()) return Credentials{};
  const std::string path = Concat(*home, "/.mlflow/credentials");
  const std::string source = Concat("the file ", path);
  const auto text = ReadFile(path, kMaxSettingsFile);
  if (!text.has_value()) {
    if (text.error().code == ErrorCode::kNotFound) return Credentials{};
    return Invalid(Concat("The credentials file ", path, " ", text.error().message, "."));
  }
  const auto file = IniFile::Parse(*text, IniValues::kAsTheyStand, "");
  if (!file.has_value()) {
    return Invalid(Concat("The credentials file ", path, " is malformed: ", file.error().message, "."));
  }
  const IniFile::Section* section = file->Find(kSection);
  if (section == nullptr) return Credentials{};
  Credentials credentials;
  credentials.username = {Secret(ValueOf(*section, "mlflow_tracking_username")), source};
  credentials.password = {Secret(ValueOf(*section, "mlflow_tracking_password")), source};
  return credentials;
}

Result<void> Choose(const std::vector<Credentials>& levels, Config& config) {
  const auto first = std::find_if(levels.begin(), levels.end(), HasAny);
  if (first == levels.end()) return {};
  TFCPP_RETURN_IF_ERROR(CheckForTwo(*first));
  Credentials chosen = *first;
  if (!chosen.username.text.empty()) {
    const Sourced* password = PasswordFor(first, levels);
    if (password == nullptr) {
      return Invalid(
          Concat("tracking_username comes from ", chosen.username.source,
                 ", but there is no password. Set tracking_password (MLFLOW_TRACKING_PASSWORD), or remove the "
                 "user name."));
    }
    chosen.password = *password;
  }
  if (chosen.username.text.empty() && !chosen.password.text.empty()) {
    return Invalid(Concat("tracking_password comes from ", chosen.password.source,
                          ", but there is no user name. Set tracking_username (MLFLOW_TRACKING_USERNAME) in the same "
                          "place, or remove the password."));
  }
  // RFC 7617: the first colon ends the user's name.
  if (chosen.username.text.Reveal().find(':') != std::string::npos) {
    return Invalid(Concat("tracking_username from ", chosen.username.source,
                          " contains a colon, which HTTP Basic cannot carry in a user's name."));
  }
  config.tracking_username = chosen.username.text.Reveal();
  config.tracking_password = chosen.password.text;
  config.tracking_token = chosen.token.text;
  TFCPP_RETURN_IF_ERROR(Take(config, "tracking_username", TextKind::kPlain, chosen.username));
  TFCPP_RETURN_IF_ERROR(Take(config, "tracking_password", TextKind::kPassword, chosen.password));
  return Take(config, "tracking_token", TextKind::kPlain, chosen.token);
}

}  // namespace tfcpp::mlflow_server
