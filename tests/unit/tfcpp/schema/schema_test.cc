#include "tfcpp/schema/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tfcpp/schema/plan_modifiers.h"
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

TEST(SchemaCheck, NamesFunctionsThatCannotWork) {
  const auto with = [](const std::function<void(Attribute&)>& make) {
    Attribute attribute{.name = "a"};
    make(attribute);
    return Schema{.attributes = {attribute}};
  };
  const struct {
    Schema schema;
    const char* mistake;
  } rows[] = {
      {with([](Attribute& a) {
         a.validators = {{"fine", nullptr}};
       }),
       "a has a validator without a check: \"fine\""},
      {with([](Attribute& a) {
         a.plan_modifiers = {{"kept", nullptr}};
       }),
       "a has a plan modifier without a function: \"kept\""},
      {with([](Attribute& a) { a.plan_modifiers = {UseStateForUnknown()}; }),
       "a has a plan modifier for computed values, but is not computed"},
      {with([](Attribute& a) { a.type = NestedObject{}; }), "a is a nested object without attributes"},
      {with([](Attribute& a) {
         a.type = NestedObject{Nesting::kSet, {{.name = "any", .type = Type::Dynamic()}}};
       }),
       "a is a set, but not all of its types are known"},
      {with([](Attribute& a) {
         a.mode = Mode::kOptionalComputed;
         a.type = Type::List(Type::String());
         a.default_value = Value::List(Type::String(), {Value::Int(1)});
       }),
       "a has a default of another type: [0] must be a string, but is a number"},
      {with([](Attribute& a) {
         a.mode = Mode::kOptionalComputed;
         a.default_value = Value();
       }),
       "a has a default of another type: make it of string"},
      {{.version = -1, .attributes = {}}, "its version is negative"},
  };
  for (const auto& row : rows) EXPECT_THAT(row.schema.Check(), ElementsAre(HasSubstr(row.mistake)));
}

TEST(SchemaCheck, NamesBlocksThatNobodyCanWrite) {
  const struct {
    Block block;
    const char* mistake;
  } rows[] = {
      {{.name = "b", .attributes = {}, .min_items = -1}, "b has a negative number of items"},
      {{.name = "b", .attributes = {}, .min_items = 3, .max_items = 2}, "b has more min_items than max_items"},
      {{.name = "b", .nesting = Nesting::kSet, .attributes = {}, .min_items = 3, .max_items = 2},
       "b has more min_items than max_items"},
      {{.name = "b", .nesting = Nesting::kSingle, .attributes = {}, .min_items = 1}, "b is a single block"},
      {{.name = "b", .nesting = Nesting::kSingle, .attributes = {}, .min_items = 2, .max_items = 2},
       "b is a single block"},
      {{.name = "b", .nesting = Nesting::kMap, .attributes = {}, .max_items = 2}, "b is a map of blocks"},
      {{.name = "b", .nesting = Nesting::kSet, .attributes = {{.name = "any", .type = Type::Dynamic()}}},
       "b is a set, but not all of its types are known"},
  };
  for (const auto& row : rows) {
    const Schema schema{.attributes = {}, .blocks = {row.block}};
    EXPECT_THAT(schema.Check(), ElementsAre(HasSubstr(row.mistake)));
  }
  for (const Block& sound :
       {Block{.name = "b", .attributes = {}, .min_items = 1},
        Block{.name = "b", .attributes = {}, .min_items = 2, .max_items = 2},
        Block{.name = "b", .nesting = Nesting::kSingle, .attributes = {}, .min_items = 1, .max_items = 1}}) {
    const Schema schema{.attributes = {}, .blocks = {sound}};
    EXPECT_THAT(schema.Check(), IsEmpty());
  }
}

// What makes sense in one kind of schema is without effect in another.
TEST(SchemaCheck, KnowsWhatTheSchemaIsOf) {
  const Attribute computed{.name = "a", .mode = Mode::kComputed};
  const Attribute with_default{.name = "a", .mode = Mode::kOptionalComputed, .default_value = Value::String("x")};
  const Attribute with_modifier{.name = "a", .mode = Mode::kComputed, .plan_modifiers = {UseStateForUnknown()}};
  const Attribute write_only{.name = "a", .write_only = true};
  const Attribute reserved{.name = "for_each"};
  const Attribute alias{.name = "alias"};
  using Kinds = std::vector<SchemaOf>;
  const Kinds all = {SchemaOf::kResource,  SchemaOf::kProvider, SchemaOf::kDataSource,
                     SchemaOf::kEphemeral, SchemaOf::kList,     SchemaOf::kAction};
  const struct {
    const Attribute& attribute;
    Kinds sound;  // elsewhere it is a mistake
  } rows[] = {
      {computed, {SchemaOf::kResource, SchemaOf::kDataSource, SchemaOf::kEphemeral}},
      {with_default, {SchemaOf::kResource}},
      {with_modifier, {SchemaOf::kResource}},
      {write_only, {SchemaOf::kResource, SchemaOf::kAction}},
      {reserved, {SchemaOf::kList, SchemaOf::kAction}},
      {alias, {SchemaOf::kResource, SchemaOf::kDataSource, SchemaOf::kEphemeral, SchemaOf::kList, SchemaOf::kAction}},
  };
  for (const auto& row : rows) {
    for (const SchemaOf of : all) {
      const bool is_sound = std::find(row.sound.begin(), row.sound.end(), of) != row.sound.end();
      EXPECT_EQ(Schema{.attributes = {row.attribute}}.Check(of).empty(), is_sound)
          << row.attribute.name << " " << static_cast<int>(of);
    }
  }
}

TEST(SchemaCheck, AnIdentityIsFlatAndNamesWhatIsThere) {
  const Attribute id{.name = "id", .mode = Mode::kRequired};
  const struct {
    Schema schema;
    const char* mistake;
  } rows[] = {
      {{.attributes = {}}, "it has no attributes"},
      {{.attributes = {{.name = "a", .mode = Mode::kComputed}}}, "a is computed"},
      {{.attributes = {Nested("a", Nesting::kSingle, {id})}}, "a is neither a string, number or bool nor a list"},
      {{.attributes = {{.name = "a", .type = Type::Map(Type::String())}}}, "a is neither a string, number or bool nor"},
      {{.attributes = {{.name = "a", .sensitive = true}}}, "a is sensitive"},
      {{.attributes = {{.name = "a", .write_only = true}}}, "a is write-only"},
      {{.attributes = {id}, .blocks = {{.name = "b", .attributes = {}}}}, "b is a block"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(row.schema.Check(SchemaOf::kIdentity), ElementsAre(HasSubstr(row.mistake)));
  }
  const Schema sound{.attributes = {id, {.name = "parts", .type = Type::List(Type::String())}, {.name = "count"}}};
  EXPECT_THAT(sound.Check(SchemaOf::kIdentity), IsEmpty());
}

}  // namespace
}  // namespace tfcpp
