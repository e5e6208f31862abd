#include "json/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <stdexcept>
#include <utility>

#include "base/strings.h"
#include "json/number_mask.h"

namespace tfcpp {
namespace {

constexpr std::size_t kMaxDepth = 64;

// Builds values from RapidJSON's events. One frame for each array or object that is open. With `numbers`, they stand in
// for the numbers of the text.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  explicit Builder(std::vector<std::string_view> numbers = {}) : numbers_(std::move(numbers)) {}

  bool Null() { return Add(Json()); }
  bool Bool(bool value) { return Add(Json::Bool(value)); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view number = next_ < numbers_.size() ? numbers_[next_++] : std::string_view(text, size);
    return Add(Json::NumberText(std::string(number)));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) { return Add(Json::String({text, size})); }
  bool StartObject() { return Open(true); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    frames_.back().key.assign(text, size);
    return true;
  }
  bool EndObject(rapidjson::SizeType) {
    Frame frame = Close();
    return Add(Json::Object(std::move(frame.members)));
  }
  bool StartArray() { return Open(false); }
  bool EndArray(rapidjson::SizeType) {
    Frame frame = Close();
    return Add(Json::Array(std::move(frame.elements)));
  }

  bool too_deep() const { return too_deep_; }
  Json TakeRoot() { return std::move(root_); }

 private:
  struct Frame {
    bool is_object = false;
    std::string key;
    Json::Members members;
    std::vector<Json> elements;
  };

  bool Open(bool is_object) {
    too_deep_ = frames_.size() >= kMaxDepth;
    if (too_deep_) return false;
    frames_.push_back({is_object, {}, {}, {}});
    return true;
  }
  Frame Close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    return frame;
  }
  bool Add(Json value) {
    if (frames_.empty()) {
      root_ = std::move(value);
    } else if (frames_.back().is_object) {
      frames_.back().members.emplace_back(std::move(frames_.back().key), std::move(value));
    } else {
      frames_.back().elements.push_back(std::move(value));
    }
    return true;
  }

  std::vector<std::string_view> numbers_;
  std::size_t next_ = 0;
  std::vector<Frame> frames_;
  Json root_;
  bool too_deep_ = false;
};

rapidjson::ParseResult ParseInto(std::string_view text, Builder& builder) {
  constexpr unsigned kFlags =
      rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(stream);
  rapidjson::Reader reader;
  return reader.Parse<kFlags>(input, builder);
}

Error NotJson(std::size_t offset, std::string_view reason) {
  if (!reason.empty() && reason.back() == '.') reason.remove_suffix(1);  // it becomes a part of a sentence
  return {.code = ErrorCode::kMalformed, .message = Concat("not JSON at byte ", std::to_string(offset), ": ", reason)};
}

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void WriteText(Writer& writer, const std::string& text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void WriteValue(Writer& writer, const Json& json) {
  if (json.is_null()) {
    writer.Null();
  } else if (json.is_bool()) {
    writer.Bool(json.boolean());
  } else if (json.is_number()) {
    writer.RawValue(json.number_text().data(), json.number_text().size(), rapidjson::kNumberType);
  } else if (json.is_string()) {
    WriteText(writer, json.string());
  } else if (json.is_array()) {
    writer.StartArray();
    for (const Json& element : json.elements()) WriteValue(writer, element);
    writer.EndArray();
  } else {
    writer.StartObject();
    for (const auto& [name, member] : json.members()) {
      writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
      WriteValue(writer, member);
    }
    writer.EndObject();
  }
}

template <class T, class Form>
const T& Require(const Form& form, const char* what) {
  if (const T* value = std::get_if<T>(&form)) return *value;
  throw std::logic_error(Concat("Json: the value is no ", what));
}

}  // namespace

Json Json::Bool(bool value) {
  Json json;
  json.form_ = value;
  return json;
}
Json Json::String(std::string text) {
  Json json;
  json.form_ = std::move(text);
  return json;
}
Json Json::Int(std::int64_t value) { return NumberText(std::to_string(value)); }
Json Json::NumberText(std::string text) {
  Json json;
  json.form_ = NumberForm{std::move(text)};
  return json;
}
Json Json::Array(std::vector<Json> elements) {
  Json json;
  json.form_ = std::move(elements);
  return json;
}
Json Json::Object(Members members) {
  Json json;
  json.form_ = std::move(members);
  return json;
}

Result<Json> Json::Parse(std::string_view text) {
  // RapidJSON takes a NUL for the end and would not look at what follows.
  if (const std::size_t nul = text.find('\0'); nul != text.npos) return NotJson(nul, "NUL character");
  Builder builder;
  rapidjson::ParseResult parsed = ParseInto(text, builder);
  if (parsed.Code() == rapidjson::kParseErrorNumberTooBig) {
    MaskedNumbers masked = MaskNumbers(text);
    builder = Builder(std::move(masked.numbers));
    parsed = ParseInto(masked.text, builder);
  }
  if (parsed.IsError()) {
    return NotJson(parsed.Offset(),
                   builder.too_deep() ? "nested too deeply" : rapidjson::GetParseError_En(parsed.Code()));
  }
  return builder.TakeRoot();
}

std::string Json::Write() const {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  WriteValue(writer, *this);
  return {buffer.GetString(), buffer.GetSize()};
}

bool Json::is_null() const { return std::holds_alternative<std::monostate>(form_); }
bool Json::is_bool() const { return std::holds_alternative<bool>(form_); }
bool Json::is_string() const { return std::holds_alternative<std::string>(form_); }
bool Json::is_number() const { return std::holds_alternative<NumberForm>(form_); }
bool Json::is_array() const { return std::holds_alternative<std::vector<Json>>(form_); }
bool Json::is_object() const { return std::holds_alternative<Members>(form_); }

bool Json::boolean() const { return Require<bool>(form_, "boolean"); }
const std::string& Json::string() const { return Require<std::string>(form_, "string"); }
const std::string& Json::number_text() const { return Require<NumberForm>(form_, "number").text; }
const std::vector<Json>& Json::elements() const { return Require<std::vector<Json>>(form_, "array"); }
const Json::Members& Json::members() const { return Require<Members>(form_, "object"); }

std::optional<std::int64_t> Json::AsInt64() const {
  if (!is_number() && !is_string()) return std::nullopt;
  const std::string& text = is_number() ? number_text() : string();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

const Json* Json::Find(std::string_view name) const {
  if (!is_object()) return nullptr;
  const Members& all = members();
  for (auto member = all.rbegin(); member != all.rend(); ++member) {
    if (member->first == name) return &member->second;
  }
  return nullptr;
}

std::optional<std::string> Json::FindString(std::string_view name) const {
  const Json* member = Find(name);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return member->string();
}

}  // namespace tfcpp
