#include "store.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <utility>

#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"

namespace notes {
namespace {

using tfcpp::Concat;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Json;
using tfcpp::Result;

constexpr std::size_t kMaxFile = 16u << 20;

auto Position(Json::Members& notes, const std::string& id) {
  return std::find_if(notes.begin(), notes.end(), [&](const auto& note) { return note.first == id; });
}

}  // namespace

Result<Json::Members> Store::Read() const {
  const auto text = tfcpp::ReadFile(path_, kMaxFile);
  if (!text.has_value() && text.error().code == ErrorCode::kNotFound) return Json::Members();
  if (!text.has_value()) return Error{text.error().code, Concat("The file ", path_, " ", text.error().message, ".")};
  auto json = Json::Parse(*text);
  if (!json.has_value() || !json->is_object()) {
    return Error{ErrorCode::kMalformed, Concat("The file ", path_, " is no JSON object, so it is not one of notes. ",
                                               "Name another one as `path` of the provider, or mend it.")};
  }
  return json->members();
}

// In one step, so that whoever reads meanwhile, or a crash, finds the old file or the new one.
Result<void> Store::Write(Json::Members notes) const {
  const std::string next = path_ + ".new";
  std::ofstream file(next, std::ios::trunc);
  file << Json::Object(std::move(notes)).Write() << "\n";
  file.close();
  if (file.fail() || std::rename(next.c_str(), path_.c_str()) != 0) {
    return Error{ErrorCode::kUnavailable, Concat("The file ", path_, " cannot be written.")};
  }
  return {};
}

Result<Json::Members> Store::All() {
  const std::lock_guard lock(mutex_);
  return Read();
}

Result<std::optional<Json>> Store::Find(const std::string& id) {
  TFCPP_ASSIGN_OR_RETURN(Json::Members notes, All());
  const auto found = Position(notes, id);
  return found == notes.end() ? std::nullopt : std::optional(found->second);
}

Result<void> Store::Add(const std::function<Json(const std::string&)>& write) {
  const std::lock_guard lock(mutex_);
  TFCPP_ASSIGN_OR_RETURN(Json::Members notes, Read());
  std::int64_t last = 0;
  for (const auto& [id, _] : notes) last = std::max(last, Json::String(id).AsInt64().value_or(0));
  const std::string id = std::to_string(last + 1);
  notes.emplace_back(id, write(id));
  return Write(std::move(notes));
}

Result<void> Store::Replace(const std::string& id, const Json& note) {
  const std::lock_guard lock(mutex_);
  TFCPP_ASSIGN_OR_RETURN(Json::Members notes, Read());
  const auto found = Position(notes, id);
  if (found == notes.end()) return Error{ErrorCode::kNotFound, Concat("There is no note ", id, " in ", path_, ".")};
  found->second = note;
  return Write(std::move(notes));
}

Result<void> Store::Remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  TFCPP_ASSIGN_OR_RETURN(Json::Members notes, Read());
  const auto found = Position(notes, id);
  if (found == notes.end()) return {};
  notes.erase(found);
  return Write(std::move(notes));
}

}  // namespace notes
