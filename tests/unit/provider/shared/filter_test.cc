#include "provider/shared/filter.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tfcpp/schema/validators.h"
#include "tfcpp/testing/value_matchers.h"

namespace mlflow {
namespace {

using tfcpp::Type;
using tfcpp::Value;

TEST(FilterTest, IsWhatTheAttributeMayBe) {
  const tfcpp::Schema resource{.attributes = {{.name = "status",
                                               .mode = tfcpp::Mode::kRequired,
                                               .default_value = Value::String("ACTIVE"),
                                               .validators = {tfcpp::OneOf({"ACTIVE", "DISABLED"})},
                                               .description = "Of the resource."}}};
  const tfcpp::Attribute filter = FilterBy(resource, "status", "Of the filter.");
  EXPECT_EQ(filter.name, "status");
  EXPECT_EQ(filter.mode, tfcpp::Mode::kOptional);
  EXPECT_FALSE(filter.default_value.has_value());
  EXPECT_EQ(filter.validators.size(), 1u);
  EXPECT_EQ(filter.description, "Of the filter.");
}

TEST(FilterTest, WhatIsAbsentIsEmpty) {
  const Type type = Type::Object({{"name", Type::String()}, {"events", Type::Set(Type::String())}});
  const Value absent = tfcpp::V("{}", type);
  EXPECT_EQ(TextFilter(absent, "name"), "");
  EXPECT_TRUE(TextsFilter(absent, "events").empty());
  const Value set = tfcpp::V(R"({name: "a", events: ["x", "y"]})", type);
  EXPECT_EQ(TextFilter(set, "name"), "a");
  EXPECT_EQ(TextsFilter(set, "events"), (std::vector<std::string>{"x", "y"}));
}

TEST(FilterTest, Texts) {
  const struct {
    const char* filter;
    const char* text;
    bool equal;
    bool begins;
  } rows[] = {
      {"", "", true, true},
      {"", "anything", true, true},
      {"any", "anything", false, true},
      {"anything", "anything", true, true},
      {"anything", "any", false, false},
      {"Any", "anything", false, false},
      {"thing", "anything", false, false},
      {"a", "", false, false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(FitsText(row.filter, row.text), row.equal) << row.filter << " and " << row.text;
    EXPECT_EQ(FitsPrefix(row.filter, row.text), row.begins) << row.filter << " and " << row.text;
  }
}

TEST(FilterTest, OneOfSeveralIsEnough) {
  const struct {
    std::vector<std::string> filter;
    std::set<std::string> texts;
    bool fits;
  } rows[] = {
      {{}, {}, true},
      {{}, {"a"}, true},
      {{"a"}, {}, false},
      {{"a"}, {"a", "b"}, true},
      {{"c", "b"}, {"a", "b"}, true},
      {{"c", "d"}, {"a", "b"}, false},
  };
  for (const auto& row : rows) EXPECT_EQ(FitsAny(row.filter, row.texts), row.fits);
}

}  // namespace
}  // namespace mlflow
