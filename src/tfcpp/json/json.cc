// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/json/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/json/number_mask.h"

namespace tfcpp {
namespace {

constexpr std::size_t kMaxDepth = 64;

// RapidJSON's own class for bytes in memory: it reads no byte ahead, so Tell() is the place after what was read.
using Input = rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream>;

// Whether two members have one name.
bool HasTwice(const Json::Members& members) {
  std::vector<std::string_view> names;
  names.reserve(members.size());
  for (const auto& [name, member] : members) names.emplace_back(name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

// Builds values from RapidJSON's events. One frame for each array or object that is open and not skipped.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  // `original` not empty: the numbers of the input are masked, and stand there in the same places.
  Builder(const Input& input, const JsonLimits& limits, std::string_view original)
      : input_(input), limits_(limits), original_(original) {}

  bool Null() {
    return Add([] { return Json(); });
  }
  bool Bool(bool value) {
    return Add([&] { return Json::Bool(value); });
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return Add([&] { return Json::NumberText(original_.empty() ? std::string(text, size) : OriginalNumber()); });
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return IsText({text, size}) && Add([&] { return Json::String({text, size}); });
  }
  bool StartObject() { return Open(true); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view name(text, size);
    if (!IsText(name)) return false;
    if (skipped_.is_skipping) return true;
    Frame& frame = frames_.back();
    if (IsWanted(name)) {
      frame.key = name;
      return true;
    }
    skipped_.is_skipping = true;
    if (frame.has_skipped) return true;
    frame.has_skipped = true;
    frame.members.emplace_back(name, Json());
    return Count();
  }
  bool EndObject(rapidjson::SizeType) {
    if (!skipped_.is_skipping && HasTwice(frames_.back().members)) return Refuse("a member is there twice");
    return Close([](Frame& frame) { return Json::Object(std::move(frame.members)); });
  }
  bool StartArray() { return Open(false); }
  bool EndArray(rapidjson::SizeType) {
    return Close([](Frame& frame) { return Json::Array(std::move(frame.elements)); });
  }

  bool is_too_large() const { return is_too_large_; }
  // Why it stopped the reader; null: it did not.
  const char* refusal() const { return refusal_; }
  Json TakeRoot() { return std::move(root_); }

 private:
  struct Frame {
    bool is_object = false;
    bool has_skipped = false;
    std::string key = {};
    Json::Members members = {};
    std::vector<Json> elements = {};
  };
  // The value of a member that is not wanted, and how many of its arrays and objects are open.
  struct Skipped {
    bool is_skipping = false;
    std::size_t depth = 0;
  };

  bool Refuse(const char* why) {
    refusal_ = why;
    return false;
  }
  // The reader turns \udc00 into what is no UTF-8.
  bool IsText(std::string_view text) { return IsValidUtf8(text) || Refuse("half of a surrogate pair"); }
  bool IsWanted(std::string_view name) const {
    return limits_.members.empty() ||
           std::find(limits_.members.begin(), limits_.members.end(), name) != limits_.members.end();
  }
  std::string OriginalNumber() const {
    const std::string_view rest = original_.substr(input_.Tell() - 1);  // of a masked number, one digit was read
    return std::string(rest.substr(0, rest.find_first_not_of(kNumberCharacters)));
  }

  bool Open(bool is_object) {
    if (frames_.size() + skipped_.depth >= kMaxDepth) return Refuse("nested too deeply");
    if (skipped_.is_skipping) {
      ++skipped_.depth;
    } else {
      frames_.push_back({.is_object = is_object});
    }
    return true;
  }
  template <class Make>
  bool Close(Make make) {
    if (skipped_.is_skipping) {
      skipped_.is_skipping = --skipped_.depth > 0;
      return true;
    }
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    return Add([&] { return make(frame); });
  }
  bool Count() {
    is_too_large_ = ++values_ > limits_.values;
    return !is_too_large_ || Refuse("");
  }
  template <class Make>
  bool Add(Make make) {
    if (skipped_.is_skipping) {
      skipped_.is_skipping = skipped_.depth > 0;
      return true;
    }
    if (!Count()) return false;
    if (frames_.empty()) {
      root_ = make();
    } else if (frames_.back().is_object) {
      frames_.back().members.emplace_back(std::move(frames_.back().key), make());
    } else {
      frames_.back().elements.push_back(make());
    }
    return true;
  }

  const Input& input_;
  const JsonLimits& limits_;
  std::string_view original_;
  std::vector<Frame> frames_;
  Skipped skipped_;
  std::size_t values_ = 0;
  Json root_;
  bool is_too_large_ = false;
  const char* refusal_ = nullptr;
};

Error NotJson(std::size_t offset, std::string_view reason) {
  if (!reason.empty() && reason.back() == '.') reason.remove_suffix(1);  // it becomes a part of a sentence
  return {.code = ErrorCode::kMalformed, .message = Concat("not JSON at byte ", std::to_string(offset), ": ", reason)};
}

Error TooLarge(std::size_t most, std::string_view of_what) {
  return {.code = ErrorCode::kMalformed,
          .message = Concat("too large: more than ", std::to_string(most), " ", of_what),
          .reason = kTooLarge};
}

struct Reading {
  rapidjson::ParseResult result;
  Result<Json> json;
};

// `original` not empty: `text` is what MaskNumbers made of it.
Reading Read(std::string_view text, const JsonLimits& limits, std::string_view original) {
  constexpr unsigned kFlags =
      rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  Input input(stream);
  Builder builder(input, limits, original);
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(input, builder);
  if (builder.is_too_large()) return {result, TooLarge(limits.values, "values")};
  if (!result.IsError()) return {result, builder.TakeRoot()};
  return {result, NotJson(result.Offset(), builder.refusal() != nullptr ? builder.refusal()
                                                                        : rapidjson::GetParseError_En(result.Code()))};
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

Result<Json> Json::Parse(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) return TooLarge(limits.bytes, "bytes");
  // RapidJSON takes a NUL for the end and would not look at what follows.
  if (const std::size_t nul = text.find('\0'); nul != text.npos) return NotJson(nul, "NUL character");
  Reading reading = Read(text, limits, {});
  if (reading.result.Code() == rapidjson::kParseErrorNumberTooBig) reading = Read(MaskNumbers(text), limits, text);
  return std::move(reading.json);
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
