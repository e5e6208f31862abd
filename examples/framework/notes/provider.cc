#include "provider.h"

#include <memory>
#include <string>

#include "draft.h"
#include "note.h"
#include "slug.h"
#include "store.h"

namespace notes {
namespace {

using tfcpp::Service;
using tfcpp::Value;

constexpr char kDefaultPath[] = "notes.json";

tfcpp::Configured Configure(const tfcpp::Context&, const tfcpp::ConfigureRequest& request) {
  const Value& path = request.config.Get("path");
  // A path that is not known yet will be at apply: until then reads keep what the state has.
  Service file{.name = "the file with the notes", .known = path.is_known()};
  const auto store = std::make_shared<Store>(path.is_set() ? path.AsString() : kDefaultPath);
  file.Bind(&Service::resources, kNote, [&] { return MakeNotes(store); });
  file.Bind(&Service::data_sources, kNote, [&] { return MakeNoteData(store); });
  file.Bind(&Service::ephemerals, kDraft, [&] { return MakeDrafts(store); });
  return file;
}

}  // namespace

tfcpp::Provider MakeProvider() {
  return {.type_name = "notes",
          .version = TFCPP_PROVIDER_VERSION,
          .address = TFCPP_PROVIDER_ADDRESS,
          .schema = {.attributes = {{.name = "path",
                                     .description = "The file with the notes, `notes.json` when absent. It is made "
                                                    "with the first note."}},
                     .description = "Notes in a JSON file."},
          .resources = {NoteType()},
          .data_sources = {NoteDataType()},
          .ephemerals = {DraftType()},
          .functions = {SlugFunction()},
          .configure = Configure};
}

}  // namespace notes
