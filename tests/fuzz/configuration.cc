#include "configuration.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz.h"
#include "tfcpp/value/parse.h"

namespace fuzz {
namespace {

using tfcpp::Attribute;
using tfcpp::Mode;
using tfcpp::Value;

struct Usual {
  std::string_view attribute;
  const char* text;
};
constexpr Usual kUsual[] = {
    {"events", "MODEL_VERSION_CREATED"},
    {"events", "REGISTERED_MODEL_CREATED"},
    {"events", "MODEL_VERSION_TRANSITIONED_STAGE"},
    {"event", "MODEL_VERSION_CREATED"},
    {"status", "ACTIVE"},
    {"status", "DISABLED"},
    {"url", "https://example.com/hook"},
    {"workspace_url", "https://example.cloud.databricks.com/"},
    {"job_id", "7"},
    {"webhook_id", "1"},
    {"id", "1"},
};

// A usual text of the attribute more often than an odd one.
std::string TextFor(const Attribute& attribute, tfcpp::test::Random& random) {
  std::vector<std::string> usual;
  for (const Usual& row : kUsual) {
    if (row.attribute == attribute.name) usual.emplace_back(row.text);
  }
  const std::uint32_t choice = random();
  if (usual.empty() || choice % 8 == 7) return tfcpp::test::AnyText(attribute, random);
  return usual[choice % usual.size()];
}

std::optional<Value> Admit(const std::vector<Attribute>& attributes, Value object) {
  for (const Attribute& attribute : attributes) {
    const Value member = object.Get(attribute.name);
    if (attribute.mode == Mode::kComputed) {
      object = object.With(attribute.name, Value::Null(attribute.ImpliedType()));
    } else if (attribute.required() && member.is_null()) {
      return std::nullopt;
    } else if (attribute.sensitive && member.is_set() && member.type() == tfcpp::Type::String()) {
      object = object.With(attribute.name, Value::String(std::string(kCanary) + member.AsString()));
    } else if (const tfcpp::NestedObject* nested = attribute.nested(); nested != nullptr && member.is_set()) {
      const auto inner = Admit(nested->attributes, member);
      if (!inner.has_value()) return std::nullopt;
      object = object.With(attribute.name, *inner);
    }
  }
  return object;
}

}  // namespace

tfcpp::test::Random RandomOf(std::string_view bytes) {
  return [bytes, at = std::size_t{0}]() mutable -> std::uint32_t {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at++]) : 0;
  };
}

std::optional<Value> ConfigurationOf(const tfcpp::Schema& schema, std::string_view about) {
  // What a user writes is told as it is: control characters of a configuration say nothing about the provider.
  const bool is_plain =
      std::all_of(about.begin(), about.end(), [](char c) { return c >= 0x20 && c < 0x7f && c != '\\'; });
  if (is_plain && about.starts_with('{')) {
    const auto written = tfcpp::ParseValue(about, schema.ImpliedType());
    return written.has_value() && written->is_set() ? Admit(schema.attributes, *written) : std::nullopt;
  }
  tfcpp::test::Random random = RandomOf(about);
  return Admit(schema.attributes, tfcpp::test::GenerateConfig(schema, random, {.texts = TextFor}));
}

}  // namespace fuzz
