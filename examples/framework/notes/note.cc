// The resource `notes_note`.
#include "note.h"

#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/import.h"
#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/schema/validators.h"

using tfcpp::Context;
using tfcpp::Json;
using tfcpp::Mode;
using tfcpp::Outcome;
using tfcpp::Value;
using tfcpp::fields::Field;
using tfcpp::fields::Fields;

// The table: schema, values, the form in the file and the documentation come from it.
template <>
const Fields& tfcpp::fields::FieldsOf<notes::Note>() {
  using notes::Note;
  static const Fields kFields = {
      Field<&Note::id>({.name = "id",
                        .mode = Mode::kComputed,
                        .plan_modifiers = {UseStateForUnknown()},
                        .description = "The number of the note in its file."},
                       {.name = "id"}),
      Field<&Note::title>({.name = "title",
                           .mode = Mode::kRequired,
                           .validators = {SizeAtLeast(1), SizeAtMost(200)},
                           .description = "The title, of 1 to 200 bytes."},
                          {.name = "title"}),
      Field<&Note::body>({.name = "body",
                          .mode = Mode::kOptionalComputed,
                          .default_value = Value::String(""),
                          .description = "The text."},
                         {.name = "body"}),
      Field<&Note::tags>({.name = "tags", .description = "Words to find the note by."},
                         {.name = "tags", .elements = "tags"}),
      Field<&Note::pinned>({.name = "pinned",
                            .mode = Mode::kOptionalComputed,
                            .default_value = Value::Bool(false),
                            .description = "Whether the note stays on top."},
                           {.name = "pinned"}),
      Field<&Note::revision>(
          {.name = "revision", .mode = Mode::kComputed, .description = "1 at first, one more with each change."},
          {.name = "revision"})};
  return kFields;
}

namespace notes {
namespace {

Json ToJson(const Note& note) { return Json::Object(tfcpp::fields::ToCreate(note)); }

Outcome Failed(const tfcpp::Error& error, std::string summary, std::optional<Value> state = std::nullopt) {
  Outcome outcome{.state = std::move(state)};
  outcome.diagnostics.AddError(std::move(summary), error.message);
  return outcome;
}

class Notes final : public tfcpp::Resource {
 public:
  explicit Notes(std::shared_ptr<Store> store) : store_(std::move(store)) {}

  Outcome Create(const Context&, const tfcpp::CreateRequest& request) override {
    Note note = tfcpp::fields::FromValue<Note>(request.planned);
    const auto done = store_->Add([&](const std::string& id) {
      note.id = id;
      return ToJson(note);
    });
    if (!done.has_value()) return Failed(done.error(), "Cannot write the note");
    return {.state = tfcpp::fields::ToState(note)};
  }

  Outcome Read(const Context&, const tfcpp::ReadRequest& request) override {
    Note note{.id = request.state.Get(tfcpp::fields::NameOf<&Note::id>()).AsString()};
    const auto found = store_->Find(note.id);
    if (!found.has_value()) return Failed(found.error(), "Cannot read the note", request.state);
    if (!found->has_value()) return {};  // gone: Terraform plans to make it anew
    const auto misfit = tfcpp::fields::Read(**found, note);
    if (!misfit.what.empty()) return Failed({.message = misfit.what + "."}, "Not a note", request.state);
    return {.state = tfcpp::fields::ToState(note)};
  }

  Outcome Update(const Context&, const tfcpp::UpdateRequest& request) override {
    Note note = tfcpp::fields::FromValue<Note>(request.planned);
    note.revision = tfcpp::fields::FromValue<Note>(request.prior).revision + 1;
    const auto done = store_->Replace(note.id, ToJson(note));
    if (!done.has_value()) return Failed(done.error(), "Cannot change the note", request.prior);
    return {.state = tfcpp::fields::ToState(note)};
  }

  Outcome Delete(const Context&, const tfcpp::DeleteRequest& request) override {
    const auto done = store_->Remove(request.state.Get(tfcpp::fields::NameOf<&Note::id>()).AsString());
    if (!done.has_value()) return Failed(done.error(), "Cannot remove the note", request.state);
    return {};
  }

 private:
  std::shared_ptr<Store> store_;
};

}  // namespace

tfcpp::ResourceType NoteType() {
  const tfcpp::Schema schema{.attributes = tfcpp::fields::AttributesOf(tfcpp::fields::FieldsOf<Note>()),
                             .description = "A note in the provider's file."};
  return {.name = kNote, .schema = schema, .import_state = tfcpp::ImportById(schema)};}

std::unique_ptr<tfcpp::Resource> MakeNotes(std::shared_ptr<Store> store) {
  return std::make_unique<Notes>(std::move(store));
}

}  // namespace notes
