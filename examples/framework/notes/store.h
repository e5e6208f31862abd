// Store: the file with the notes, a JSON object of objects: {"1": {"id": "1", "title": "...", ...}}. It stands for
// whatever your provider manages; that it is read and written whole each time is no advice.
//
// Thread safety: all of it, within one process. Two processes that write at once may lose a note.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "tfcpp/base/result.h"
#include "tfcpp/json/json.h"

namespace notes {

class Store {
 public:
  explicit Store(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  tfcpp::Result<tfcpp::Json::Members> All();
  // Null: there is no note of that id.
  tfcpp::Result<std::optional<tfcpp::Json>> Find(const std::string& id);
  // `write` gets the id of the new note and gives what is to be written.
  tfcpp::Result<void> Add(const std::function<tfcpp::Json(const std::string& id)>& write);
  tfcpp::Result<void> Replace(const std::string& id, const tfcpp::Json& note);
  // That there is none is no error: it is what was wanted.
  tfcpp::Result<void> Remove(const std::string& id);

 private:
  tfcpp::Result<tfcpp::Json::Members> Read() const;
  tfcpp::Result<void> Write(tfcpp::Json::Members notes) const;

  std::string path_;
  std::mutex mutex_;
};

}  // namespace notes
