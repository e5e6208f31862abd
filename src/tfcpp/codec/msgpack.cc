// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/codec/msgpack.h"

#include <cmath>
#include <cstdint>
#include <msgpack.hpp>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/assemble.h"
#include "tfcpp/codec/cursor.h"

namespace tfcpp {
namespace {

using Packer = msgpack::packer<msgpack::sbuffer>;

// Extension types of Terraform's encoding, and the one refinement that we keep.
constexpr std::int8_t kPlainUnknown = 0;
constexpr std::int8_t kRefinedUnknown = 12;
constexpr std::uint64_t kRefineNullness = 1;  // false: known not to be null

void PackString(Packer& out, std::string_view text) {
  out.pack_str(static_cast<std::uint32_t>(text.size()));
  out.pack_str_body(text.data(), static_cast<std::uint32_t>(text.size()));
}

void PackUnknown(Packer& out, const Value& value) {
  // Terraform knows no refinement of an unknown of unknown type.
  if (value.may_be_null() || value.type().kind() == Type::Kind::kDynamic) {
    const char payload[] = {0};
    out.pack_ext(sizeof payload, kPlainUnknown);
    out.pack_ext_body(payload, sizeof payload);
    return;
  }
  const char payload[] = {'\x81', '\x01', '\xc2'};  // {1: false}
  out.pack_ext(sizeof payload, kRefinedUnknown);
  out.pack_ext_body(payload, sizeof payload);
}

void PackNumber(Packer& out, const Number& number) {
  if (const auto* whole = std::get_if<std::int64_t>(&number.form())) {
    out.pack_int64(*whole);
  } else if (const auto* fraction = std::get_if<double>(&number.form())) {
    out.pack_double(*fraction);
  } else {
    PackString(out, std::get<std::string>(number.form()));
  }
}

void Require(bool condition, const char* what) {
  if (!condition) throw std::logic_error(what);
}

void Pack(Packer& out, const Value& value, const Type& type);

void PackSequence(Packer& out, const Value& value, const Type& type) {
  out.pack_array(static_cast<std::uint32_t>(value.Elements().size()));
  for (const Value& element : value.Elements()) Pack(out, element, type.element());
}

void PackTuple(Packer& out, const Value& value, const Type& type) {
  const std::vector<Value>& elements = value.Elements();
  Require(elements.size() == type.tuple_elements().size(), "EncodeMsgpack: the tuple has another length");
  out.pack_array(static_cast<std::uint32_t>(elements.size()));
  for (std::size_t i = 0; i < elements.size(); ++i) Pack(out, elements[i], type.tuple_elements()[i]);
}

void PackMap(Packer& out, const Value& value, const Type& type) {
  out.pack_map(static_cast<std::uint32_t>(value.Entries().size()));
  for (const auto& [key, element] : value.Entries()) {
    PackString(out, key);
    Pack(out, element, type.element());
  }
}

void PackObject(Packer& out, const Value& value, const Type& type) {
  Require(value.Entries().size() == type.attributes().size(), "EncodeMsgpack: the object has other attributes");
  out.pack_map(static_cast<std::uint32_t>(type.attributes().size()));
  for (const auto& [name, attribute] : type.attributes()) {
    PackString(out, name);
    Pack(out, value.Get(name), attribute);
  }
}

// Neither null nor unknown, and of the kind of `type`.
void PackKnown(Packer& out, const Value& value, const Type& type) {
  switch (type.kind()) {
    case Type::Kind::kString:
      return PackString(out, value.AsString());
    case Type::Kind::kNumber:
      return PackNumber(out, value.AsNumber());
    case Type::Kind::kBool:
      value.AsBool() ? out.pack_true() : out.pack_false();
      return;
    case Type::Kind::kList:
    case Type::Kind::kSet:
      return PackSequence(out, value, type);
    case Type::Kind::kTuple:
      return PackTuple(out, value, type);
    case Type::Kind::kMap:
      return PackMap(out, value, type);
    case Type::Kind::kObject:
      return PackObject(out, value, type);
    case Type::Kind::kDynamic:
      break;
  }
  throw std::logic_error("EncodeMsgpack: a known value of dynamic type");
}

void Pack(Packer& out, const Value& value, const Type& type) {
  if (type.kind() == Type::Kind::kDynamic && value.type().kind() != Type::Kind::kDynamic) {
    const std::string json = value.type().ToJson();
    out.pack_array(2);
    out.pack_bin(static_cast<std::uint32_t>(json.size()));
    out.pack_bin_body(json.data(), static_cast<std::uint32_t>(json.size()));
    return Pack(out, value, value.type());
  }
  if (!value.is_known()) return PackUnknown(out, value);
  if (value.is_null()) {
    out.pack_nil();
    return;
  }
  Require(value.type().kind() == type.kind(), "EncodeMsgpack: the value is of another kind than the type");
  PackKnown(out, value, type);
}

// Checks the form before any tree is built: a header may promise more elements than there are bytes.
struct Precheck : msgpack::null_visitor {
  bool start_array(std::uint32_t) { return Enter(); }
  bool end_array() { return Leave(); }
  bool start_map(std::uint32_t) { return Enter(); }
  bool end_map() { return Leave(); }
  void parse_error(std::size_t, std::size_t) { sound = false; }
  void insufficient_bytes(std::size_t, std::size_t) { sound = false; }

  bool Enter() { return ++depth <= kMaxDepth || (too_deep = true, false); }
  bool Leave() { return (--depth, true); }

  int depth = 0;
  bool sound = true;
  bool too_deep = false;
};

bool IsNotNull(const msgpack::object_ext& ext) {
  if (ext.type() != kRefinedUnknown) return false;
  Precheck check;
  std::size_t end = 0;
  if (!msgpack::parse(ext.data(), ext.size, end, check) || !check.sound) return false;
  const msgpack::object_handle handle = msgpack::unpack(ext.data(), ext.size);
  const msgpack::object& refinements = handle.get();
  if (refinements.type != msgpack::type::MAP) return false;
  for (const msgpack::object_kv& entry : refinements.via.map) {
    if (entry.key.type == msgpack::type::POSITIVE_INTEGER && entry.key.via.u64 == kRefineNullness &&
        entry.val.type == msgpack::type::BOOLEAN) {
      return !entry.val.via.boolean;
    }
  }
  return false;
}

std::string_view Text(const msgpack::object& object) { return {object.via.str.ptr, object.via.str.size}; }

Result<Value> Unpack(const msgpack::object& object, const Type& type, const Cursor& here);

Result<Value> UnpackNumber(const msgpack::object& object, const Cursor& here) {
  switch (object.type) {
    case msgpack::type::POSITIVE_INTEGER:
      if (object.via.u64 > static_cast<std::uint64_t>(INT64_MAX)) {
        TFCPP_ASSIGN_OR_RETURN(Number number, Number::Parse(std::to_string(object.via.u64)));
        return Value::Num(std::move(number));
      }
      return Value::Int(static_cast<std::int64_t>(object.via.u64));
    case msgpack::type::NEGATIVE_INTEGER:
      return Value::Int(object.via.i64);
    case msgpack::type::FLOAT32:
    case msgpack::type::FLOAT64:
      if (!std::isfinite(object.via.f64)) return here.Fail("a finite number is required");
      return Value::Num(Number::FromDouble(object.via.f64));
    case msgpack::type::STR: {
      Result<Number> number = Number::Parse(Text(object));
      if (!number.has_value()) return here.Fail("a number is required");
      return Value::Num(*std::move(number));
    }
    default:
      return here.Fail("a number is required");
  }
}

Result<Value> UnpackDynamic(const msgpack::object& object, const Cursor& here) {
  if (object.type != msgpack::type::ARRAY || object.via.array.size != 2) {
    return here.Fail("a pair of type and value is required");
  }
  const msgpack::object& tag = object.via.array.ptr[0];
  std::string_view json;
  if (tag.type == msgpack::type::BIN) {
    json = {tag.via.bin.ptr, tag.via.bin.size};
  } else if (tag.type == msgpack::type::STR) {
    json = Text(tag);
  } else {
    return here.Fail("the type of a dynamic value must be JSON");
  }
  Result<Type> type = Type::FromJson(json);
  if (!type.has_value()) return here.Fail("the type of a dynamic value is no type");
  return Unpack(object.via.array.ptr[1], *type, here);
}

Result<Value> UnpackSequence(const msgpack::object& object, const Type& type, const Cursor& here) {
  if (object.type != msgpack::type::ARRAY) return here.Fail(Concat("a ", type.FriendlyName(), " is required"));
  const msgpack::object_array& array = object.via.array;
  const bool is_tuple = type.kind() == Type::Kind::kTuple;
  if (is_tuple && array.size != type.tuple_elements().size()) {
    return here.Fail(Concat("a tuple with ", std::to_string(type.tuple_elements().size()), " elements is required (",
                            std::to_string(array.size), " given)"));
  }
  std::vector<Value> elements;
  elements.reserve(array.size);
  for (std::size_t i = 0; i < array.size; ++i) {
    const Cursor child = type.kind() == Type::Kind::kSet ? here.Element() : here.Index(i);
    TFCPP_ASSIGN_OR_RETURN(Value element,
                           Unpack(array.ptr[i], is_tuple ? type.tuple_elements()[i] : type.element(), child));
    elements.push_back(std::move(element));
  }
  return is_tuple ? Value::Tuple(std::move(elements)) : AssembleSequence(type, std::move(elements), here);
}

Result<Value> UnpackMembers(const msgpack::object& object, const Type& type, const Cursor& here) {
  if (object.type != msgpack::type::MAP) return here.Fail(Concat("a ", type.FriendlyName(), " is required"));
  const bool is_object = type.kind() == Type::Kind::kObject;
  Value::Members members;
  for (const msgpack::object_kv& entry : object.via.map) {
    if (entry.key.type != msgpack::type::STR) return here.Fail("keys must be strings");
    const std::string_view key = Text(entry.key);
    if (!IsValidUtf8(key)) return here.Fail("keys must be UTF-8");
    const Type* member_type = nullptr;
    if (is_object) {
      const auto attribute = type.attributes().find(key);
      if (attribute == type.attributes().end()) return here.Fail(Concat("unsupported attribute \"", key, "\""));
      member_type = &attribute->second;
    } else {
      member_type = &type.element();
    }
    TFCPP_ASSIGN_OR_RETURN(Value member,
                           Unpack(entry.val, *member_type, is_object ? here.Attribute(key) : here.Key(key)));
    if (!members.emplace(key, std::move(member)).second) return here.Fail(Concat("\"", key, "\" is given twice"));
  }
  if (!is_object) return AssembleMap(type, std::move(members), here);
  for (const auto& [name, unused] : type.attributes()) {
    if (members.find(name) == members.end()) return here.Fail(Concat("attribute \"", name, "\" is required"));
  }
  return Value::Object(std::move(members));
}

Result<Value> Unpack(const msgpack::object& object, const Type& type, const Cursor& here) {
  if (object.type == msgpack::type::EXT) {
    // Of unknown type, an unknown has no refinement: as in PackUnknown.
    return Value::Unknown(type, type.kind() != Type::Kind::kDynamic && IsNotNull(object.via.ext));
  }
  if (object.type == msgpack::type::NIL) return Value::Null(type);
  switch (type.kind()) {
    case Type::Kind::kString:
      if (object.type != msgpack::type::STR) return here.Fail("a string is required");
      if (!IsValidUtf8(Text(object))) return here.Fail("a string must be UTF-8");
      return Value::String(std::string(Text(object)));
    case Type::Kind::kNumber:
      return UnpackNumber(object, here);
    case Type::Kind::kBool:
      if (object.type != msgpack::type::BOOLEAN) return here.Fail("a bool is required");
      return Value::Bool(object.via.boolean);
    case Type::Kind::kDynamic:
      return UnpackDynamic(object, here);
    case Type::Kind::kList:
    case Type::Kind::kSet:
    case Type::Kind::kTuple:
      return UnpackSequence(object, type, here);
    case Type::Kind::kMap:
    case Type::Kind::kObject:
      return UnpackMembers(object, type, here);
  }
  throw std::logic_error("DecodeMsgpack: unknown kind of type");
}

}  // namespace

std::string EncodeMsgpack(const Value& value, const Type& type) {
  msgpack::sbuffer buffer;
  Packer packer(buffer);
  Pack(packer, value, type);
  return std::string(buffer.data(), buffer.size());
}

Result<Value> DecodeMsgpack(std::string_view bytes, const Type& type) {
  const Cursor root;
  if (bytes.empty()) return Value::Null(type);
  if (bytes.size() > kMaxBytes) return root.Fail("the value is larger than 256 MiB");
  Precheck check;
  std::size_t end = 0;
  const bool complete = msgpack::parse(bytes.data(), bytes.size(), end, check);
  if (check.too_deep) return root.Fail("the value is nested more than 64 levels deep");
  if (!complete || !check.sound || end != bytes.size()) return root.Fail("the value is not well-formed MessagePack");
  // Strings stay in `bytes`: every reference is copied into the Value before this returns.
  const msgpack::object_handle handle =
      msgpack::unpack(bytes.data(), bytes.size(), [](msgpack::type::object_type, std::size_t, void*) { return true; });
  return Unpack(handle.get(), type, root);
}

}  // namespace tfcpp
