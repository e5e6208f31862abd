// The data source `notes_note`: the note of a title.
#include <utility>

#include "note.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/schema/validators.h"

namespace notes {
namespace {

using tfcpp::Concat;
using tfcpp::DataOutcome;
using tfcpp::Value;

DataOutcome Failed(std::string summary, std::string detail) {
  DataOutcome outcome;
  outcome.diagnostics.AddError(std::move(summary), std::move(detail), tfcpp::Path("title"));
  return outcome;
}

class NoteData final : public tfcpp::DataSource {
 public:
  explicit NoteData(std::shared_ptr<Store> store) : store_(std::move(store)) {}

  DataOutcome Read(const tfcpp::Context&, const Value& config) override {
    const std::string& title = config.Get(tfcpp::fields::NameOf<&Note::title>()).AsString();
    const auto all = store_->All();
    if (!all.has_value()) return Failed("Cannot read the notes", all.error().message);
    for (const auto& [id, json] : *all) {
      Note note;
      if (json.FindString("title") != title || !tfcpp::fields::Read(json, note).what.empty()) continue;
      return {.state = tfcpp::fields::ToData(note)};
    }
    return Failed("No such note", Concat("No note in ", store_->path(), " has this title."));
  }

 private:
  std::shared_ptr<Store> store_;
};

}  // namespace

tfcpp::DataSourceType NoteDataType() {
  auto attributes = tfcpp::fields::DataAttributesOf(tfcpp::fields::FieldsOf<Note>());
  for (tfcpp::Attribute& attribute : attributes) {
    if (attribute.name == "title") attribute.mode = tfcpp::Mode::kRequired;
  }
  return {.name = kNote, .schema = {.attributes = std::move(attributes), .description = "Looks a note up."}};
}

std::unique_ptr<tfcpp::DataSource> MakeNoteData(std::shared_ptr<Store> store) {
  return std::make_unique<NoteData>(std::move(store));
}

}  // namespace notes
