#include "tfcpp/schema/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Validator kAnything{"may be anything", [](const ValidateRequest&, Diagnostics&) {}};

Attribute Nested(std::string name, Nesting nesting, std::vector<Attribute> attributes) {
  return {.name = std::move(name), .type = NestedObject{nesting, std::move(attributes)}};
}

Schema Sound() {
  return {
      .attributes = {{.name = "id", .mode = Mode::kComputed},
                     {.name = "status",
                      .mode = Mode::kOptionalComputed,
                      .default_value = Value::String("ACTIVE"),
                      .validators = {kAnything}},
                     {.name = "tags", .type = Type::Map(Type::String())},
                     Nested("single", Nesting::kSingle,
                            {{.name = "url", .mode = Mode::kRequired}, {.name = "secret", .write_only = true}}),
                     Nested("list", Nesting::kList, {{.name = "count"}}),
                     Nested("set", Nesting::kSet, {{.name = "n", .type = Type::Number()}}),
                     Nested("map", Nesting::kMap, {Nested("deep", Nesting::kSingle, {{.name = "x"}})})},
      .blocks = {{.name = "job_spec",
                  .nesting = Nesting::kList,
                  .attributes = {{.name = "job_id"}},
                  .blocks = {{.name = "inner", .nesting = Nesting::kSingle, .attributes = {{.name = "y"}}}}}},
  };
}

TEST(Schema, ImpliedTypeHoldsAttributesAndBlocks) {
  EXPECT_EQ(Sound().ImpliedType().ToJson(),
            R"(["object",{"id":"string","job_spec":["list",["object",{"inner":["object",{"y":"string"}],)"
            R"("job_id":"string"}]],"list":["list",["object",{"count":"string"}]],)"
            R"("map":["map",["object",{"deep":["object",{"x":"string"}]}]],"set":["set",["object",{"n":"number"}]],)"
            R"("single":["object",{"secret":"string","url":"string"}],"status":"string","tags":["map","string"]}])");
}

TEST(Schema, ModesOfAnAttribute) {
  const struct {
    Mode mode;
    bool required, optional, computed;
  } rows[] = {{Mode::kRequired, true, false, false},
              {Mode::kOptional, false, true, false},
              {Mode::kComputed, false, false, true},
              {Mode::kOptionalComputed, false, true, true}};
  for (const auto& row : rows) {
    const Attribute attribute{.name = "a", .mode = row.mode};
    EXPECT_EQ(attribute.required(), row.required);
    EXPECT_EQ(attribute.optional(), row.optional);
    EXPECT_EQ(attribute.computed(), row.computed);
  }
}

TEST(Schema, FindsAttributesThroughNestedObjectsAndBlocks) {
  const Schema schema = Sound();
  const struct {
    Path path;
    const char* name;
  } rows[] = {
      {Path("id"), "id"},
      {Path("tags"), "tags"},
      {Path("single"), "single"},
      {Path("single").Attribute("url"), "url"},
      {Path("list").Index(3).Attribute("count"), "count"},
      {Path("set").Element(Value()).Attribute("n"), "n"},
      {Path("map").Key("k").Attribute("deep").Attribute("x"), "x"},
      {Path("job_spec").Index(0).Attribute("job_id"), "job_id"},
      {Path("job_spec").Index(0).Attribute("inner").Attribute("y"), "y"},
  };
  for (const auto& row : rows) {
    const Attribute* found = schema.Find(row.path);
    ASSERT_NE(found, nullptr) << row.path.ToString();
    EXPECT_EQ(found->name, row.name);
  }
  EXPECT_EQ(schema.Find("status"), &schema.attributes[1]);
}

TEST(Schema, FindsNothingWhereNoAttributeIs) {
  const Schema schema = Sound();
  for (const Path& path : {Path(), Path("none"), Path("job_spec"), Path("job_spec").Index(0), Path("tags").Key("k"),
                           Path("id").Attribute("x"), Path("list").Index(0), Path("single").Attribute("none")}) {
    EXPECT_EQ(schema.Find(path), nullptr) << path.ToString();
  }
  EXPECT_EQ(schema.Find("none"), nullptr);
}

TEST(SchemaCheck, ASoundSchemaHasNoMistake) { EXPECT_THAT(Sound().Check(), IsEmpty()); }

TEST(SchemaCheck, NamesEveryMistake) {
  const Attribute with_default{.name = "a", .mode = Mode::kOptionalComputed, .default_value = Value::String("x")};
  const auto change = [&](const std::function<void(Attribute&)>& make) {
    Attribute changed = with_default;
    make(changed);
    return Schema{.attributes = {changed}};
  };
  const Attribute write_only{.name = "w", .write_only = true};
  const struct {
    Schema schema;
    const char* mistake;
  } rows[] = {
      {{.attributes = {{.name = ""}}}, "no well-formed name"},
      {{.attributes = {{.name = "Url"}}}, "Url is no well-formed name"},
      {{.attributes = {{.name = "1a"}}}, "1a is no well-formed name"},
      {{.attributes = {{.name = "a-b"}}}, "a-b is no well-formed name"},
      {{.attributes = {Nested("n", Nesting::kMap, {{.name = "X"}})}}, "n.X is no well-formed name"},
      {{.attributes = {{.name = "count"}}}, "count is a name that Terraform keeps"},
      {{.attributes = {{.name = "for_each"}}}, "for_each is a name that Terraform keeps"},
      {{.attributes = {{.name = "depends_on"}}}, "depends_on is a name that Terraform keeps"},
      {{.attributes = {{.name = "lifecycle"}}}, "lifecycle is a name that Terraform keeps"},
      {{.attributes = {{.name = "provider"}}}, "provider is a name that Terraform keeps"},
      {{.attributes = {{.name = "provisioner"}}}, "provisioner is a name that Terraform keeps"},
      {{.attributes = {}, .blocks = {{.name = "connection", .attributes = {}}}},
       "connection is a name that Terraform keeps"},
      {{.attributes = {{.name = "a"}, {.name = "a"}}}, "a occurs twice"},
      {{.attributes = {{.name = "a"}}, .blocks = {{.name = "a", .attributes = {}}}}, "a occurs twice"},
      {{.attributes = {}, .blocks = {{.name = "b", .attributes = {{.name = "a"}, {.name = "a"}}}}}, "b.a occurs twice"},
      {change([](Attribute& a) { a.mode = Mode::kOptional; }), "a has a default, but is not optional and computed"},
      {change([](Attribute& a) { a.default_value = Value::Int(1); }), "a has a default of another type"},
      {change([](Attribute& a) { a.default_value = Value::Unknown(Type::String()); }),
       "a has a default that is not known"},
      {{.attributes = {{.name = "w", .mode = Mode::kOptionalComputed, .write_only = true}}},
       "w is write-only and computed"},
      {{.attributes = {Nested("s", Nesting::kSet, {write_only})}}, "s.w is write-only inside a set"},
      {{.attributes = {Nested("s", Nesting::kSet, {Nested("o", Nesting::kSingle, {write_only})})}},
       "s.o.w is write-only inside a set"},
      {{.attributes = {}, .blocks = {{.name = "b", .nesting = Nesting::kSet, .attributes = {write_only}}}},
       "b.w is write-only inside a set"},
      {{.attributes = {{.name = "c", .mode = Mode::kComputed, .validators = {kAnything}}}}, "c has validators"},
  };
  for (const auto& row : rows) EXPECT_THAT(row.schema.Check(), ElementsAre(HasSubstr(row.mistake)));
}

}  // namespace
}  // namespace tfcpp
