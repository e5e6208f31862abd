#include "databricks/profile.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "databricks/attributes.h"
#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

Error Invalid(std::string message) { return {.code = ErrorCode::kInvalidArgument, .message = std::move(message)}; }

std::string PathOf(const Config& config, const Environment& environment) {
  std::string path = config.config_file.empty() ? "~/.databrickscfg" : config.config_file;
  if (path.front() != '~') return path;
  return Concat(FindHomeFolder(environment).value_or(""), std::string_view(path).substr(1));
}

// The attribute for whose sake an unnamed profile is left out: a sign-in that is set elsewhere is not to be mixed with
// it. Null: none.
const AttributeInfo* FindReasonToSkip(const Config& config) {
  if (!config.profile.empty()) return nullptr;
  const auto& all = Attributes();
  const auto decides = [&](const AttributeInfo& info) {
    return MeansMethod(config, info) || (info.name == "host" && config.IsSet(info.name));
  };
  const auto found = std::find_if(all.begin(), all.end(), decides);
  return found == all.end() ? nullptr : &*found;
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
  using std::filesystem::perms;
  std::error_code failed;
  const perms readers = std::filesystem::status(path, failed).permissions() & (perms::group_read | perms::others_read);
  if (failed || readers == perms::none || !HoldsSecrets(file)) return;
  config.warnings.push_back(Concat(
      "The profile file ", path, " holds secrets and other users of this machine can read it. Run: chmod 600 ", path));
}

// Nullopt: the file is the default one, which need not be there. `why` goes on after the path.
Result<std::optional<Profile>> WithoutFile(Config& config, const std::string& path, const Error& error) {
  if (!config.profile.empty()) {
    return Invalid(Concat("The profile file ", path, ", which should hold profile ", config.profile, " (named by ",
                          config.sources["profile"], "), ", error.message, ". Set ", Spell("config_file"),
                          " to where it is, or make the profile: databricks auth login --profile ", config.profile));
  }
  if (!config.config_file.empty()) {
    return Invalid(
        Concat("The profile file ", path, " (named by ", config.sources["config_file"], ") ", error.message, "."));
  }
  if (error.code == ErrorCode::kNotFound) return std::optional<Profile>();
  std::string ignored = Concat("The profile file ", path, " ", error.message, ". It counts as absent.");
  config.near_misses.push_back(ignored);
  config.warnings.push_back(std::move(ignored));
  return std::optional<Profile>();
}

// --- Near misses ---

// The attribute that a key probably means; empty: none. People write variables' names, `export`, capitals and quotes.
std::string_view MeantBy(std::string_view key) {
  std::string plain = ToLower(key);
  for (const std::string_view prefix : {"export ", "set "}) {
    if (plain.rfind(prefix, 0) == 0) plain = Trim(std::string_view(plain).substr(prefix.size()));
  }
  plain.erase(std::remove_if(plain.begin(), plain.end(), [](char c) { return c == '"' || c == '\''; }), plain.end());
  std::replace(plain.begin(), plain.end(), '-', '_');
  for (const AttributeInfo& info : Attributes()) {
    if (plain == info.name || EqualsIgnoreCase(plain, info.variable)) return info.name;
  }
  for (const AttributeInfo& info : Attributes()) {
    if (EditDistance(plain, info.name) == 1) return info.name;
  }
  return {};
}

void NoteUnknownKeys(const Profile& profile, Config& config) {
  for (const auto& [key, value] : profile.values) {
    if (FindAttribute(key) != nullptr) continue;
    const std::string_view meant = MeantBy(key);
    if (meant.empty() || config.IsSet(meant) || profile.values.find(meant) != profile.values.end()) continue;
    config.near_misses.push_back(Concat(QuotedValue(key), " in ", profile.source, " is no attribute; ", meant, " is."));
  }
}

std::string NearSection(const ProfileFile& file, std::string_view name) {
  for (const std::string& other : file.Names()) {
    if (EqualsIgnoreCase(other, name)) return Concat(" It has [", other, "], which is another name.");
  }
  return "";
}

// Nullopt: nobody has named the section.
Result<std::optional<Profile>> WithoutSection(Config& config, const std::string& path, const ProfileFile& file,
                                              const std::string& name) {
  const std::string lacking = Concat("The profile file ", path, " has no section [", name, "]");
  const std::string existing = Concat(NearSection(file, name), " ", Existing(file));
  if (config.profile.empty() && name == "DEFAULT") {
    const std::string choice = file.Names().empty() ? "" : Concat(" To use one, set ", Spell("profile"), ".");
    config.near_misses.push_back(Concat(lacking, ".", existing, choice));
    return std::optional<Profile>();
  }
  return Invalid(Concat(lacking, ", which ",
                        config.profile.empty() ? "its own default_profile names"
                                               : Concat(config.sources["profile"], " names as the profile"),
                        ".", existing));
}

}  // namespace

Result<std::optional<Profile>> FindProfile(Config& config, const Environment& environment) {
  const std::string path = PathOf(config, environment);
  if (const AttributeInfo* reason = FindReasonToSkip(config)) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored)) {
      config.near_misses.push_back(Concat("The profile file ", path, " was left out, because ", reason->name,
                                          " is set (from ", config.sources.find(reason->name)->second,
                                          ") and no profile is named. To use it, set ", Spell("profile"), "."));
    }
    return std::optional<Profile>();
  }
  if (ProfileFile::IsReserved(config.profile)) {
    return Invalid(Concat(path, ": ", config.profile, " is a reserved section and no profile."));
  }
  const auto text = ReadFile(path, kMaxSettingsFile);
  if (!text.has_value()) return WithoutFile(config, path, text.error());
  const auto file = ProfileFile::Parse(*text);
  if (!file.has_value())
    return Invalid(Concat("The profile file ", path, " is malformed: ", file.error().message, "."));

  const std::string name = config.profile.empty() ? file->DefaultName() : config.profile;
  const ProfileFile::Section* section = file->Find(name);
  if (section == nullptr || section->empty()) return WithoutSection(config, path, *file, name);
  WarnAboutReaders(path, *file, config);
  Profile profile{.name = name, .source = Concat("profile ", name, " of ", path), .values = *section};
  NoteUnknownKeys(profile, config);
  return std::optional(std::move(profile));
}

}  // namespace tfcpp::databricks
