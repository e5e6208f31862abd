// A note: what it is, for Terraform and in the file, and what happens with it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "store.h"
#include "tfcpp/fields/field.h"
#include "tfcpp/framework/data_source.h"
#include "tfcpp/framework/resource.h"

namespace notes {

inline constexpr char kNote[] = "notes_note";  // of the resource and of the data source

struct Note {
  std::string id;
  std::string title;
  std::string body;
  std::optional<std::set<std::string>> tags;
  bool pinned = false;
  std::int64_t revision = 1;
};

tfcpp::ResourceType NoteType();
std::unique_ptr<tfcpp::Resource> MakeNotes(std::shared_ptr<Store> store);

tfcpp::DataSourceType NoteDataType();
std::unique_ptr<tfcpp::DataSource> MakeNoteData(std::shared_ptr<Store> store);

}  // namespace notes

template <>
const tfcpp::fields::Fields& tfcpp::fields::FieldsOf<notes::Note>();
