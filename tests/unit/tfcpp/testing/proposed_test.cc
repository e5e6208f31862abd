#include "tfcpp/testing/proposed.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp::test {
namespace {

// Each nesting of attributes and of blocks, with members of each mode, and one level deeper.
std::vector<Attribute> ThingMembers() {
  return {{.name = "key", .mode = Mode::kRequired},
          {.name = "note"},
          {.name = "id", .mode = Mode::kComputed},
          {.name = "size", .mode = Mode::kOptionalComputed}};
}

Schema ThingSchema() {
  const auto nested = [](const char* name, Nesting nesting, Mode mode = Mode::kOptional) {
    return Attribute{.name = name, .type = NestedObject{nesting, ThingMembers()}, .mode = mode};
  };
  std::vector<Attribute> deep = ThingMembers();
  deep.push_back(nested("parts", Nesting::kList));
  const auto block = [](const char* name, Nesting nesting) {
    return Block{.name = name, .nesting = nesting, .attributes = ThingMembers()};
  };
  Block outer{.name = "outer", .nesting = Nesting::kSet, .attributes = {{.name = "key", .mode = Mode::kRequired}}};
  outer.blocks = {block("inner", Nesting::kList)};
  return {.attributes = {{.name = "id", .mode = Mode::kComputed},
                         {.name = "size", .mode = Mode::kOptionalComputed},
                         {.name = "note"},
                         nested("one", Nesting::kSingle),
                         nested("list", Nesting::kList),
                         nested("map", Nesting::kMap),
                         nested("set", Nesting::kSet),
                         nested("made", Nesting::kSet, Mode::kComputed),
                         nested("free", Nesting::kList, Mode::kOptionalComputed),
                         {.name = "deep", .type = NestedObject{Nesting::kSet, deep}}},
          .blocks = {block("b_list", Nesting::kList), block("b_set", Nesting::kSet), block("b_map", Nesting::kMap),
                     block("b_one", Nesting::kSingle), outer}};
}

struct Case {
  const char* what;
  const char* prior;
  const char* config;
  const char* proposed;
};

const Case kCases[] = {
    {"nothing was there", "null", R"({note: "n"})", R"({note: "n"})"},
    {"computed attributes stay, others go", R"({id: "1", size: "s", note: "n"})", "{}", R"({id: "1", size: "s"})"},
    {"what is configured counts", R"({id: "1", size: "s"})", R"({size: "t"})", R"({id: "1", size: "t"})"},
    {"what is not known counts", R"({id: "1", size: "s"})", "{size: ?}", R"({id: "1", size: ?})"},

    {"single", R"({one: {key: "a", id: "1", size: "s"}})", R"({one: {key: "b"}})",
     R"({one: {key: "b", id: "1", size: "s"}})"},
    {"single, gone", R"({one: {key: "a", id: "1"}})", "{}", "{}"},
    {"single, not known", R"({one: {key: "a", id: "1"}})", "{one: ?}", "{one: ?}"},

    {"list: by index", R"({list: [{key: "a", id: "1"}, {key: "b", id: "2"}]})",
     R"({list: [{key: "b"}, {key: "c"}, {key: "d"}]})",
     R"({list: [{key: "b", id: "1"}, {key: "c", id: "2"}, {key: "d"}]})"},
    {"map: by key", R"({map: {x: {key: "a", id: "1"}, y: {key: "b", id: "2"}}})",
     R"({map: {y: {key: "c"}, z: {key: "a"}}})", R"({map: {y: {key: "c", id: "2"}, z: {key: "a"}}})"},

    {"set: the same element, in another order", R"({set: [{key: "a", id: "2"}, {key: "b", id: "1", size: "s"}]})",
     R"({set: [{key: "b"}, {key: "a"}]})", R"({set: [{key: "a", id: "2"}, {key: "b", id: "1", size: "s"}]})"},
    {"set: another element", R"({set: [{key: "a", id: "1"}]})", R"({set: [{key: "b"}]})", R"({set: [{key: "b"}]})"},
    {"set: another optional member", R"({set: [{key: "a", note: "n", id: "1"}]})", R"({set: [{key: "a", note: "m"}]})",
     R"({set: [{key: "a", note: "m"}]})"},
    {"set: an optional member is gone", R"({set: [{key: "a", note: "n", id: "1"}]})", R"({set: [{key: "a"}]})",
     R"({set: [{key: "a"}]})"},
    {"set: the same optional and computed member", R"({set: [{key: "a", size: "s", id: "1"}]})",
     R"({set: [{key: "a", size: "s"}]})", R"({set: [{key: "a", size: "s", id: "1"}]})"},
    {"set: another optional and computed member", R"({set: [{key: "a", size: "s", id: "1"}]})",
     R"({set: [{key: "a", size: "t"}]})", R"({set: [{key: "a", size: "t"}]})"},
    {"set: each prior element once", R"({set: [{key: "a", id: "1"}]})", R"({set: [{key: "a"}, {key: "a", size: "t"}]})",
     R"({set: [{key: "a", id: "1"}, {key: "a", size: "t"}]})"},
    {"set: two that are alike", R"({set: [{key: "a", id: "1"}, {key: "a", id: "2"}]})", R"({set: [{key: "a"}]})",
     R"({set: [{key: "a", id: "1"}]})"},
    {"set: a part that is not known fits to none", R"({set: [{key: "a", id: "1"}]})", "{set: [{key: ?}]}",
     "{set: [{key: ?}]}"},
    {"set, not known", R"({set: [{key: "a", id: "1"}]})", "{set: ?}", "{set: ?}"},
    {"set, emptied", R"({set: [{key: "a", id: "1"}]})", "{set: []}", "{set: []}"},

    {"computed, with nested ones", R"({made: [{key: "a", id: "1"}]})", "{}", R"({made: [{key: "a", id: "1"}]})"},
    {"optional and computed: what was configured goes", R"({free: [{key: "a", id: "1"}]})", "{}", "{}"},
    {"optional and computed: what was computed stays", R"({free: [{id: "1", size: "s"}]})", "{}",
     R"({free: [{id: "1", size: "s"}]})"},

    {"deep: a set of lists", R"({deep: [{key: "a", id: "1", parts: [{key: "x", id: "2"}]}]})",
     R"({deep: [{key: "a", parts: [{key: "x"}]}]})", R"({deep: [{key: "a", id: "1", parts: [{key: "x", id: "2"}]}]})"},
    {"deep: another part", R"({deep: [{key: "a", id: "1", parts: [{key: "x", id: "2"}]}]})",
     R"({deep: [{key: "a", parts: [{key: "y"}]}]})", R"({deep: [{key: "a", parts: [{key: "y"}]}]})"},
    {"deep: one part more", R"({deep: [{key: "a", id: "1", parts: [{key: "x", id: "2"}]}]})",
     R"({deep: [{key: "a", parts: [{key: "x"}, {key: "y"}]}]})",
     R"({deep: [{key: "a", parts: [{key: "x"}, {key: "y"}]}]})"},

    {"blocks, list", R"({b_list: [{key: "a", id: "1"}]})", R"({b_list: [{key: "b"}, {key: "c"}]})",
     R"({b_list: [{key: "b", id: "1"}, {key: "c"}]})"},
    {"blocks, map", R"({b_map: {x: {key: "a", id: "1"}}})", R"({b_map: {x: {key: "b"}, y: {key: "a"}}})",
     R"({b_map: {x: {key: "b", id: "1"}, y: {key: "a"}}})"},
    {"blocks, set", R"({b_set: [{key: "a", id: "1"}, {key: "b", id: "2", size: "s"}]})",
     R"({b_set: [{key: "b"}, {key: "c"}]})", R"({b_set: [{key: "b", id: "2", size: "s"}, {key: "c"}]})"},
    {"blocks, single", R"({b_one: {key: "a", id: "1"}})", R"({b_one: {key: "b"}})", R"({b_one: {key: "b", id: "1"}})"},
    {"blocks, not known", R"({b_list: [{key: "a", id: "1"}]})", "{b_list: ?}", "{b_list: ?}"},
    {"blocks in blocks", R"({outer: [{key: "o", inner: [{key: "a", id: "1"}]}]})",
     R"({outer: [{key: "o", inner: [{key: "a"}]}, {key: "p", inner: [{key: "a"}]}]})",
     R"({outer: [{key: "o", inner: [{key: "a", id: "1"}]}, {key: "p", inner: [{key: "a"}]}]})"},
};

TEST(Proposed, IsWhatTerraformProposes) {
  const Schema schema = ThingSchema();
  ASSERT_EQ(schema.Check(), std::vector<std::string>());
  const Type type = schema.ImpliedType();
  for (const Case& row : kCases) {
    EXPECT_EQ(ProposedNewState(schema, V(row.prior, type), V(row.config, type)), V(row.proposed, type)) << row.what;
  }
}

}  // namespace
}  // namespace tfcpp::test
