// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/conformance/subject.h"

#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/schema_walk.h"

namespace tfcpp::conformance {
namespace {

constexpr int kTriesForEach = 30;  // configurations, for one that is accepted

void Compare(const Value& a, const Value& b, const Path& path, std::vector<std::string>& differences) {
  if (a == b || (!a.is_known() && !b.is_known())) return;
  const bool deeper = a.is_set() && b.is_set() && a.type().kind() == Type::Kind::kObject && a.type() == b.type();
  if (!deeper) return differences.push_back(path.ToString());
  for (const auto& [name, member] : a.Entries()) Compare(member, b.Get(name), path.Attribute(name), differences);
}

}  // namespace

std::string Shown(const Schema& schema, const Value& value) {
  const Value shown = TransformBySchema(schema, value, {}, [](const AttributeVisit& visit) {
    if (!visit.attribute.secret() || !visit.value.is_set()) return visit.value;
    return visit.attribute.ImpliedType() == Type::String() ? Value::String("(sensitive)")
                                                           : Value::Null(visit.attribute.ImpliedType());
  });
  return shown.ToString();
}

std::vector<std::string> Differences(const Value& a, const Value& b) {
  std::vector<std::string> differences;
  Compare(a, b, Path(), differences);
  return differences;
}

Configurations::Configurations(const Schema& schema, const Candidates* candidates, const Effort& effort,
                               Report::Subject& subject, std::function<Diagnostics(const Value&)> validate)
    : schema_(schema),
      effort_(effort),
      subject_(subject),
      validate_(std::move(validate)),
      random_(std::mt19937(effort.seed)),
      sources_(SourcesOf(candidates)) {}

std::optional<Value> Configurations::Next() {
  if (given_ == effort_.rounds) return std::nullopt;
  for (; tries_ < effort_.rounds * kTriesForEach; ++tries_) {
    sources_.required_only = tries_ == 0;
    const Value config = test::GenerateConfig(schema_, random_, sources_);
    if (!IsAccepted(config)) continue;
    subject_.Accept();
    ++tries_;
    ++given_;
    return config;
  }
  return std::nullopt;
}

bool Configurations::IsAccepted(const Value& config) {
  bool accepted = false;
  Answering(subject_, [&] {
    const Diagnostics told = validate_(config);
    accepted = !told.has_error();
    if (!accepted) subject_.Refuse("validation", Join(test::Texts(told), "; "));
  });
  return accepted;
}

}  // namespace tfcpp::conformance
